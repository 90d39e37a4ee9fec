package nabla.operation;

import static nabla.operation.Elementary.Domain.ABOVE_MINUS_ONE;
import static nabla.operation.Elementary.Domain.ALL;
import static nabla.operation.Elementary.Domain.POSITIVE;
import static nabla.operation.Elementary.Parity.NONE;
import static nabla.tensor.Tensors.add;
import static nabla.tensor.Tensors.ones;
import static nabla.tensor.Tensors.power;

import nabla.tensor.Rational;
import nabla.tensor.Tensor;

/** exp, log and their forms that are exact near zero. */
public final class Exponential {
  public static final Elementary EXP =
      new Elementary("exp", "exponential, entry by entry", NONE, ALL, Math::exp, (x, y) -> y);

  public static final Elementary LOG =
      new Elementary(
              "log",
              "natural logarithm, entry by entry",
              NONE,
              POSITIVE,
              Math::log,
              (x, y) -> power(x, Rational.MINUS_ONE))
          .alias("ln");

  static final Elementary LOG1P =
      new Elementary(
          "log1p",
          "log(1 + x), exact for small x",
          NONE,
          ABOVE_MINUS_ONE,
          Math::log1p,
          (x, y) -> power(onePlus(x), Rational.MINUS_ONE));

  static final Elementary EXPM1 =
      new Elementary(
          "expm1", "exp(x) - 1, exact for small x", NONE, ALL, Math::expm1, (x, y) -> EXP.at(x));

  private Exponential() {}

  private static Tensor onePlus(Tensor x) {
    return add(ones(x.shape()), x);
  }
}
