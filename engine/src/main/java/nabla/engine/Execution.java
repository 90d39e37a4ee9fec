package nabla.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nabla.StructuredArray;
import nabla.tensor.NumericArray;

/** A plan with memory of its own, for one thread at a time. */
final class Execution {
  /** A cache line. */
  static final long ALIGNMENT = 64;

  private final Plan plan;
  private final MemorySegment memory;
  private final Map<String, MemorySegment> given = new HashMap<>();
  private final List<Work[]> works = new ArrayList<>();

  /**
   * @param data the memory of the variables that are the same in every run, by name; the others get
   *     memory of their own
   */
  Execution(Plan plan, Map<String, MemorySegment> data) {
    this.plan = plan;
    Arena arena = Arena.ofAuto();
    this.memory = arena.allocate(Math.max(plan.memory.bytes(), ALIGNMENT), ALIGNMENT);
    plan.given.forEach(
        (name, value) -> {
          MemorySegment bound = data.get(name);
          long bytes = Math.max(1, value.count()) * plan.precision.bytes();
          given.put(name, bound != null ? bound : arena.allocate(bytes, ALIGNMENT));
        });
    for (Passes.Pass pass : plan.passes.passes) {
      Work[] own = new Work[pass.items().size()];
      for (int k = 0; k < own.length; k++) own[k] = Works.of(pass.items().get(k), this, plan, pass);
      works.add(own);
    }
  }

  void run() {
    List<Passes.Pass> passes = plan.passes.passes;
    for (int p = 0; p < passes.size(); p++) {
      Passes.Pass pass = passes.get(p);
      Work[] own = works.get(p);
      for (int first = 0; first < pass.extent(); first += pass.rows()) {
        int rows = Math.min(pass.rows(), pass.extent() - first);
        for (Work work : own) work.run(first, rows);
      }
    }
  }

  void profile() {
    for (int p = 0; p < works.size(); p++) {
      Passes.Pass pass = plan.passes.passes.get(p);
      long[] t = new long[works.get(p).length];
      int runs = 20;
      for (int r = 0; r < runs; r++) {
        for (int first = 0; first < pass.extent(); first += pass.rows()) {
          int rows = Math.min(pass.rows(), pass.extent() - first);
          for (int k = 0; k < t.length; k++) {
            long b = System.nanoTime();
            works.get(p)[k].run(first, rows);
            t[k] += System.nanoTime() - b;
          }
        }
      }
      for (int k = 0; k < t.length; k++) {
        System.out.printf(
            "      pass %d (%d of %d) step %d %10.3f us  %s%n",
            p,
            pass.rows(),
            pass.extent(),
            k,
            t[k] / 1e3 / runs,
            StepCost.of(pass.items().get(k).step(), plan).what());
      }
    }
  }

  /** Gives a variable its numbers, if it is read. */
  void set(String name, NumericArray array) {
    MemorySegment own = given.get(name);
    if (own != null) Numbers.write(array.data(), own, plan.precision);
  }

  /** A core of an output as an array. */
  NumericArray array(int output, int core) {
    return Numbers.read(plan.roots.get(output).get(core), this, plan.precision);
  }

  /** An output with its structure. */
  StructuredArray read(int output) {
    Compressed form = plan.outputs.get(output);
    List<NumericArray> cores = new ArrayList<>();
    for (int k = 0; k < form.cores().size(); k++) cores.add(array(output, k));
    return form.form() instanceof Compressed.Dense
        ? new DenseArray(cores.getFirst(), form.rows())
        : new CompressedArray(form, cores, plan.sizes);
  }

  /** The memory that holds a value. */
  MemorySegment segment(Value value) {
    return value.origin() == Value.Origin.GIVEN ? given(value.name()) : memory;
  }

  /** Where a value begins in its memory, in bytes. */
  long offset(Value value) {
    return value.origin() == Value.Origin.GIVEN ? 0 : plan.memory.offset(value);
  }

  MemorySegment given(String name) {
    return Objects.requireNonNull(given.get(name), name);
  }
}
