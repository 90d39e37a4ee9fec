package nabla.engine;

import java.lang.foreign.MemorySegment;
import java.util.List;
import nabla.engine.kernel.BinaryFunction;
import nabla.engine.kernel.OffHeap;
import nabla.engine.kernel.Precision;

/**
 * The shift of exponentials. Where it grows from block to block, what has been summed up is put
 * right (Milakov and Gimelshein, 2018: online normalizer calculation for softmax).
 */
final class ShiftWork implements Work {
  private final Memory memory;
  private final Precision precision;
  private final Value largest;
  private final Value shift;
  private final MemorySegment factor;

  /** What multiplies the sums with the factor. */
  private final List<Runnable> corrections;

  /**
   * @param sums what is summed up relative to it
   */
  ShiftWork(Node.Shift node, List<Value> sums, Memory memory) {
    this.memory = memory;
    this.precision = memory.precision();
    this.largest = node.largest();
    this.shift = node.result();
    this.factor = OffHeap.allocate(precision.bytes());
    this.corrections =
        sums.stream().map(s -> InPlace.of(BinaryFunction.MULTIPLY, s, memory, factor)).toList();
  }

  @Override
  public void run(int first, int rows, boolean fresh) {
    double now = finite(number(largest));
    if (fresh) put(now);
    else grow(now);
  }

  /** Makes what two threads have summed up relative to the same shift. */
  void agree(ShiftWork other) {
    double both = Math.max(number(shift), other.number(other.shift));
    grow(both);
    other.grow(both);
  }

  private void grow(double now) {
    double before = number(shift);
    if (now == before) return;
    Numbers.put(factor, 0, 0, Math.exp(before - now), precision);
    for (Runnable correction : corrections) correction.run();
    put(now);
  }

  private double finite(double number) {
    return Math.min(Math.max(number, -precision.largest()), precision.largest());
  }

  private double number(Value value) {
    return Numbers.number(memory.segment(value), memory.offset(value), 0, precision);
  }

  private void put(double number) {
    Numbers.put(memory.segment(shift), memory.offset(shift), 0, number, precision);
  }
}
