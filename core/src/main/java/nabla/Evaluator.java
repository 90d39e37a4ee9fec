package nabla;

import java.lang.foreign.MemorySegment;
import java.util.List;
import nabla.diagnostic.NablaException;

/**
 * A compiled function with memory of its own, for one thread at a time: what is called thousands of
 * times, as by an optimiser. After the first call nothing is allocated: {@code set}, {@code run},
 * {@code copy}, and again.
 *
 * <p>The first data are checked as {@link CompiledFunction#evaluate} checks them. Later ones are
 * checked as far as one look at each entry goes: a matrix that is declared {@code pd} must be
 * symmetric. Whether it is positive definite, orthogonal or invertible is not looked at again;
 * where an optimiser leaves the domain of a function, its value is NaN there.
 */
public interface Evaluator {
  /**
   * Gives a variable that is not bound its entries, row by row.
   *
   * @throws NablaException if it is no such variable, if it has another number of entries, or if
   *     they contradict what is declared of it; what was set before stays then
   */
  void set(String variable, double[] entries);

  /**
   * The memory from which a variable is read, row by row: what is written there is taken by the
   * next run, without a copy and without a check; 64-bit numbers, or 32-bit ones in single
   * precision.
   *
   * @throws NablaException if it is no variable that can be set, or if anything is declared of it
   *     that would have to be checked
   */
  MemorySegment view(String variable);

  /** Computes the outputs for what was set last. */
  void run();

  /** The value, if the function is a scalar and its value was asked for. */
  double value();

  /**
   * Copies an output, row by row.
   *
   * @throws NablaException if it was not asked for, or if it has another number of entries
   */
  void copy(Output output, double[] into);

  /**
   * The memory in which the parts of an output lie, each row by row, until the next run: one part,
   * or as many as {@link StructuredArray#parts} has; 64-bit numbers, or 32-bit ones in single
   * precision.
   *
   * @throws NablaException if it was not asked for
   */
  List<MemorySegment> views(Output output);

  /** An output as an object of its own. */
  StructuredArray get(Output output);
}
