package nabla.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nabla.engine.Node.Effect;
import nabla.engine.kernel.BinaryFunction;

/**
 * A pass over memory. Along a split each thread takes some of the rows, with memory of its own for
 * blocks and for what is summed up, which is put together in the end.
 */
final class PassWork {
  private final Plan plan;
  private final Phase phase;
  private final Passes.Pass pass;

  private final int threads;

  /** How many threads share each step if there is no split. */
  private final int[] crews;

  private final int[] extents;

  /** For each thread the steps in order. */
  final List<Work[]> works = new ArrayList<>();

  private final List<Runnable> merges = new ArrayList<>();

  /**
   * @param memory of the caller; other threads get some of their own
   */
  PassWork(Plan plan, Phase phase, Passes.Pass pass, Memory memory) {
    this.plan = plan;
    this.phase = phase;
    this.pass = pass;
    this.threads = pass.isSplit() ? pass.threads() : plan.grain.threads();
    Work[] first = works(memory);
    works.add(first);
    this.crews = Arrays.stream(first).mapToInt(this::crew).toArray();
    this.extents = Arrays.stream(first).mapToInt(Work::extent).toArray();
    if (pass.isSplit()) shareSplit(memory);
    else shareSteps(memory);
  }

  private void shareSplit(Memory memory) {
    Set<Value> sums = new HashSet<>();
    Set<Value> separate = separate(sums);
    for (int t = 1; t < threads; t++) {
      Memory own = separate.isEmpty() ? memory : memory.separate(separate);
      Work[] part = works(own);
      agree(works.getFirst(), part);
      works.add(part);
      for (Stages.Item i : pass.items()) {
        for (Node n : i.step().nodes()) {
          if (sums.contains(n.result())) merges.add(merge(n, memory, own));
        }
      }
    }
  }

  /** Sums are relative to the same shifts before they are put together. */
  private void agree(Work[] whole, Work[] part) {
    for (int k = 0; k < part.length; k++) {
      if (whole[k] instanceof ShiftWork s && part[k] instanceof ShiftWork o) {
        merges.add(() -> s.agree(o));
      }
    }
  }

  /** Further threads take part only in steps that are large enough. */
  private void shareSteps(Memory memory) {
    int most = Arrays.stream(crews).max().orElse(1);
    for (int t = 1; t < most; t++) {
      Work[] own = works.getFirst().clone();
      for (int k = 0; k < own.length; k++) {
        if (crews[k] > t) own[k] = Works.of(pass.items().get(k), memory, plan, phase, pass);
      }
      works.add(own);
    }
  }

  /** For how many threads a step has enough to do. */
  private int crew(Work work) {
    double worth = work.points() / plan.grain.leastPoints();
    return (int) Math.max(1, Math.min(Math.min(threads, work.extent()), worth));
  }

  private Work[] works(Memory memory) {
    return pass.items().stream()
        .map(i -> Works.of(i, memory, plan, phase, pass))
        .toArray(Work[]::new);
  }

  /** What a thread can't share; {@code sums} gets what is to be put together. */
  private Set<Value> separate(Set<Value> sums) {
    Set<Value> separate = new HashSet<>();
    for (Stages.Item i : pass.items()) {
      for (Node n : i.step().nodes()) {
        if (n instanceof Node.Shift) separate.add(n.result());
        if (i.split() == null || !phase.schedule().isStored(n.result())) continue;
        if (i.split().accumulates(n)) sums.add(n.result());
        else if (!phase.passes().blocked().contains(n.result())) continue;
        separate.add(n.result());
      }
    }
    return separate;
  }

  /** Adds what a thread has summed up to the whole. */
  private static Runnable merge(Node node, Memory whole, Memory part) {
    Effect effect = node instanceof Node.Pointwise p ? p.effect() : Effect.SUM;
    BinaryFunction function =
        switch (effect) {
          case MAX -> BinaryFunction.MAX;
          case MIN -> BinaryFunction.MIN;
          case SUM, STORE, ADD -> BinaryFunction.ADD;
        };
    return InPlace.of(function, node.result(), whole, part);
  }

  /** Whether there is something for several threads. */
  boolean isShareable() {
    return works.size() > 1;
  }

  /**
   * @param shared whether threads take the parts, or the caller does one after the other
   */
  void run(boolean shared) {
    if (pass.isSplit()) along(shared);
    else atOnce(shared);
  }

  private void along(boolean shared) {
    int extent = pass.extent();
    inParts(shared, threads, extent, this::rows);
    for (Runnable merge : merges) merge.run();
    for (Work work : works.getFirst()) work.finish();
  }

  private void rows(int thread, int from, int to) {
    Work[] own = works.get(thread);
    for (int first = from; first < to; first += pass.rows()) {
      int rows = Math.min(pass.rows(), to - first);
      for (Work work : own) work.run(first, rows, first == from);
    }
  }

  private void atOnce(boolean shared) {
    Work[] own = works.getFirst();
    for (int k = 0; k < own.length; k++) {
      if (crews[k] == 1) own[k].run(0, extents[k], /* fresh= */ true);
      else step(k, shared);
    }
  }

  private void step(int step, boolean shared) {
    inParts(
        shared,
        crews[step],
        extents[step],
        (t, from, to) -> works.get(t)[step].run(from, to - from, /* fresh= */ true));
    works.getFirst()[step].finish();
  }

  /** Positions that a thread takes. */
  private interface Positions {
    void run(int thread, int from, int to);
  }

  /** All positions; none of the parts is empty, as there are no more of them than positions. */
  private static void inParts(boolean shared, int parts, int extent, Positions positions) {
    Workers.Part part = t -> positions.run(t, begin(t, parts, extent), begin(t + 1, parts, extent));
    if (shared && parts > 1) Workers.run(parts, part);
    else for (int t = 0; t < parts; t++) part.run(t);
  }

  /** Where the part of a thread begins. */
  private static int begin(int thread, int threads, int extent) {
    return (int) ((long) extent * thread / threads);
  }
}
