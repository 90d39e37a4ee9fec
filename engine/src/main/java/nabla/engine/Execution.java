package nabla.engine;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.StructuredArray;
import nabla.engine.kernel.OffHeap;
import nabla.engine.kernel.Precision;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/**
 * A plan with memory of its own. One caller at a time may use it; it takes further threads for
 * passes along a split and for large loops.
 */
final class Execution {
  /**
   * The numbers of a variable that are the same in every run.
   *
   * @param finite whether there is neither NaN nor infinity
   */
  record Constant(MemorySegment memory, boolean finite) {}

  private static final PassWork[] DONE = {};

  private final Plan plan;
  private final Memory memory;
  private final Map<String, MemorySegment> given = new HashMap<>();

  /** What has not been done yet, though it has to be once. */
  private PassWork[] preparation;

  final PassWork[] passes;

  /** Whether threads share an evaluation; null if there is nothing to share. */
  private final @Nullable Sharing sharing;

  /**
   * @param data the variables that are the same in every run, by name; the others get memory of
   *     their own
   */
  Execution(Plan plan, Map<String, Constant> data) {
    this.plan = plan;
    Set<String> finite = new HashSet<>();
    plan.given.forEach(
        (name, value) -> {
          Constant bound = data.get(name);
          long bytes = Math.multiplyExact(value.count(), (long) plan.precision.bytes());
          given.put(name, bound != null ? bound.memory : OffHeap.allocate(bytes));
          if (bound != null && bound.finite) finite.add(name);
        });
    this.memory = new Memory(plan, given, finite);
    this.preparation = works(plan.preparation);
    this.passes = works(plan.evaluation);
    boolean shareable = Arrays.stream(passes).anyMatch(PassWork::isShareable);
    this.sharing = shareable ? new Sharing(System::nanoTime) : null;
  }

  private PassWork[] works(Phase phase) {
    return phase.passes().passes.stream()
        .map(pass -> new PassWork(plan, phase, pass, memory))
        .toArray(PassWork[]::new);
  }

  Precision precision() {
    return plan.precision;
  }

  void run() {
    for (PassWork pass : preparation) pass.run(/* shared= */ true);
    preparation = DONE;
    if (sharing == null) evaluate(/* shared= */ false);
    else sharing.run(this::evaluate);
  }

  private void evaluate(boolean shared) {
    for (PassWork pass : passes) pass.run(shared);
  }

  /** Gives a variable its numbers, if it is read. */
  void set(String name, NumericArray array) {
    MemorySegment own = given.get(name);
    if (own != null) Numbers.write(array.data(), own, plan.precision);
  }

  void set(String name, double[] entries) {
    MemorySegment own = given.get(name);
    if (own != null) Numbers.write(entries, own, plan.precision);
  }

  /** The memory of a variable; one that is not read has some, too. */
  MemorySegment view(String name, int count) {
    long bytes = (long) count * plan.precision.bytes();
    return given.computeIfAbsent(name, n -> OffHeap.allocate(bytes)).asSlice(0, bytes);
  }

  /** The only number of an output. */
  double number(int output) {
    Value value = plan.roots.get(output).getFirst();
    return Numbers.number(memory.segment(value), memory.offset(value), 0, plan.precision);
  }

  /** The memory of the cores of an output. */
  List<MemorySegment> views(int output) {
    return plan.roots.get(output).stream()
        .map(
            value -> {
              long bytes = value.count() * plan.precision.bytes();
              return memory.segment(value).asSlice(memory.offset(value), bytes).asReadOnly();
            })
        .toList();
  }

  /** Copies an output that has one core. */
  void copy(int output, double[] into) {
    Value value = plan.roots.get(output).getFirst();
    Numbers.read(value, memory.segment(value), memory.offset(value), plan.precision, into);
  }

  /** A core of an output as an array. */
  NumericArray array(int output, int core) {
    return Numbers.read(plan.roots.get(output).get(core), memory, plan.precision);
  }

  /** An output with its structure. */
  StructuredArray read(int output) {
    Compressed form = plan.outputs.get(output);
    List<NumericArray> cores = new ArrayList<>();
    for (int k = 0; k < form.cores().size(); k++) cores.add(array(output, k));
    return form.form() instanceof Compressed.Dense
        ? new DenseArray(cores.getFirst(), form.rows())
        : new CompressedArray(plan.ofCores.get(output), cores);
  }
}
