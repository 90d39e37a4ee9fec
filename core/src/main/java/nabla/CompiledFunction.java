package nabla;

import java.util.Map;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;

/**
 * Outputs of an expression as a function of its variables, ready to run on numbers. It never
 * changes, and any number of threads may use it at once. How the outputs are computed is planned
 * once for the sizes that the data have.
 *
 * <p>For {@code f = Nabla.parse("norm2(X*w - y)^2").compile(Output.value(), Output.gradient("w"))},
 * {@code f.bind("X", x).bind("y", y).evaluate(Map.of("w", w)).gradient()} is the gradient at w.
 */
public interface CompiledFunction {
  /**
   * The same function where a variable has a value once and for all; the entries are copied. What
   * bound data alone decide, such as {@code X'*X}, is not computed anew in every evaluation.
   *
   * @throws NablaException with {@link Code#VALUE} if there is no such variable
   */
  CompiledFunction bind(String name, NumericArray data);

  /** The same function where a vector has a value once and for all. */
  default CompiledFunction bind(String name, double[] vector) {
    return bind(name, NumericArray.vector(vector));
  }

  /** The same function where a matrix, by its rows, has a value once and for all. */
  default CompiledFunction bind(String name, double[][] rows) {
    return bind(name, NumericArray.matrix(rows));
  }

  /** The same function where a scalar has a value once and for all. */
  default CompiledFunction set(String name, double value) {
    return bind(name, NumericArray.scalar(value));
  }

  /**
   * The same function on so many threads, where more than one helps. An evaluation goes on when its
   * thread is interrupted, and leaves it interrupted; only derivatives of functions of matrices,
   * such as {@code expm}, which take long, end with a {@link
   * java.util.concurrent.CancellationException}.
   */
  CompiledFunction withThreads(int threads);

  /** The same function in single precision: numbers of 32 bits. */
  CompiledFunction inSinglePrecision();

  /**
   * The outputs at a point.
   *
   * @param point the variables that are not bound: a {@link NumericArray}, a {@code double[]}, a
   *     {@code double[][]} by rows, the same of {@code float}, or a number for each
   * @throws NablaException with {@link Code#VALUE} if a variable has no data, or data of another
   *     size; with {@link Code#PROPERTY} if data contradict what is declared; with {@link
   *     Code#LIMIT} if there is not enough memory
   */
  Results evaluate(Map<String, ?> point);

  /** The same function with every output written out in full, whatever its structure is. */
  CompiledFunction inFull();

  /**
   * The function with memory of its own for points of these sizes, to be called again and again.
   *
   * @param point what the variables have at first that are not bound, as for {@link #evaluate}
   */
  Evaluator evaluator(Map<String, ?> point);

  /** The steps for the sizes of these data, with their work and their memory. */
  WorkPlan plan(Map<String, ?> point);
}
