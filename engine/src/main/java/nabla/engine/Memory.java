package nabla.engine;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import nabla.engine.kernel.Matrix;
import nabla.engine.kernel.OffHeap;
import nabla.engine.kernel.Precision;
import org.jspecify.annotations.Nullable;

/** Where the values of a plan are, for one thread. */
final class Memory {
  private final Plan plan;
  private final MemorySegment computed;
  private final Map<String, MemorySegment> given;
  private final Set<String> finite;

  /** Where the values begin that this thread has for itself. */
  private final Map<Value, Long> own = new HashMap<>();

  private final @Nullable MemorySegment ownMemory;

  /**
   * The memory of a whole plan.
   *
   * @param finite the variables that are finite in every run
   */
  Memory(Plan plan, Map<String, MemorySegment> given, Set<String> finite) {
    this.plan = plan;
    this.given = given;
    this.finite = finite;
    this.computed = OffHeap.allocate(plan.memory.bytes());
    this.ownMemory = null;
  }

  /** The same, but for values that another thread has for itself. */
  private Memory(Memory shared, Set<Value> separate) {
    this.plan = shared.plan;
    this.given = shared.given;
    this.finite = shared.finite;
    this.computed = shared.computed;
    long bytes = 0;
    for (Value v : separate) {
      own.put(v, bytes);
      bytes += plan.memory.bytes(v);
    }
    this.ownMemory = OffHeap.allocate(bytes);
  }

  Memory separate(Set<Value> values) {
    return new Memory(this, values);
  }

  /** Whether this thread has a value for itself, which no other step has written to. */
  boolean isOwn(Value value) {
    return own.containsKey(value);
  }

  /** Whether a value is known to have neither NaN nor infinity. */
  boolean isFinite(Value value) {
    return finite.contains(value.name());
  }

  /** The memory that holds a value. */
  MemorySegment segment(Value value) {
    if (value.origin() == Value.Origin.GIVEN) {
      return Objects.requireNonNull(given.get(value.name()), value.name());
    }
    return own.containsKey(value) ? Objects.requireNonNull(ownMemory) : computed;
  }

  /** Where a value begins in its memory, in bytes. */
  long offset(Value value) {
    if (value.origin() == Value.Origin.GIVEN) return 0;
    Long separate = own.get(value);
    return separate == null ? plan.memory.offset(value) : separate;
  }

  Precision precision() {
    return plan.precision;
  }

  /** A whole view. */
  Matrix matrix(MatrixView view) {
    return matrix(view, 0, view.rows(), view.columns());
  }

  /**
   * A part of a view.
   *
   * @param further how many bytes behind the view it begins
   */
  Matrix matrix(MatrixView view, long further, int rows, int columns) {
    long at = offset(view.value()) + view.offset() * plan.precision.bytes() + further;
    MemorySegment segment = segment(view.value());
    int lines = view.transposed() ? columns : rows;
    int length = view.transposed() ? rows : columns;
    return Matrix.of(plan.precision, segment, at, lines, length, view.leading())
        .transposeIf(view.transposed());
  }

  /**
   * Rows of a result, without gaps.
   *
   * @param further how many bytes behind the beginning of the value they begin
   */
  Matrix matrix(Value value, long further, int rows, int columns) {
    return Matrix.of(
        plan.precision, segment(value), offset(value) + further, rows, columns, columns);
  }
}
