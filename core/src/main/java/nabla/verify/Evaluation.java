package nabla.verify;

import java.util.Objects;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/** The values of all nodes of a tensor at one point; it never changes. */
public final class Evaluation {
  private final ReferenceInterpreter interpreter;
  private final @Nullable NumericArray[] values;

  Evaluation(ReferenceInterpreter interpreter, @Nullable NumericArray[] values) {
    this.interpreter = interpreter;
    this.values = values;
  }

  /** The value of the tensor itself; it must not be written to. */
  public NumericArray value() {
    return Objects.requireNonNull(values[values.length - 1]);
  }

  /**
   * The evaluation where one variable has another value; only what depends on it is computed again.
   *
   * @param value of the shape of the variable
   */
  public Evaluation with(Variable variable, NumericArray value) {
    return new Evaluation(interpreter, interpreter.replace(values, variable, value));
  }

  /**
   * The first node that an operation left without a value though all its operands are finite, such
   * as the logarithm of -1; null if there is none.
   */
  public @Nullable Tensor undefined() {
    return interpreter.undefined(values);
  }

  /**
   * How far the point is from the nearest one where a derivative jumps or ends: the smallest
   * distance of any operation, and of the base of any power with a broken exponent from 0.
   */
  public double distanceToKink() {
    return interpreter.distanceToKink(values);
  }
}
