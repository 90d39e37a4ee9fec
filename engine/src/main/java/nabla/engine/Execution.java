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
  private final List<Work> works = new ArrayList<>();

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
    for (Schedule.Step step : plan.schedule.steps) {
      works.add(Works.of(step, this, plan));
    }
  }

  void run() {
    for (Work work : works) work.run();
  }

  void profile() {
    long[] t = new long[works.size()];
    int runs = 50;
    for (int r = 0; r < runs; r++) {
      for (int k = 0; k < t.length; k++) {
        long b = System.nanoTime();
        works.get(k).run();
        t[k] += System.nanoTime() - b;
      }
    }
    for (int k = 0; k < t.length; k++) {
      System.out.printf("      step %d %10.3f us%n", k, t[k] / 1e3 / runs);
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
