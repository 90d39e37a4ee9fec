package nabla.operation;

import static nabla.operation.Elementary.Domain.ALL;
import static nabla.operation.Elementary.Domain.KINK_AT_ZERO;
import static nabla.operation.Elementary.Parity.EVEN;
import static nabla.operation.Elementary.Parity.NONE;
import static nabla.operation.Elementary.Parity.ODD;
import static nabla.tensor.Tensors.hadamard;
import static nabla.tensor.Tensors.negate;

import nabla.tensor.Sum;

/**
 * Sigmoid and softplus, and the functions with a kink at 0. There the convention is the same
 * everywhere: sign(0) = 0, step(0) = 0, and with them the derivatives of abs and relu are 0 at 0;
 * the derivatives of sign and step are 0.
 */
public final class Activation {
  public static final Elementary SIGMOID =
      new Elementary(
          "sigmoid",
          "logistic function 1/(1 + exp(-x)), entry by entry",
          NONE,
          ALL,
          x -> x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)),
          (x, y) -> hadamard(y, Activation.SIGMOID.at(negate(x))));

  public static final Elementary SOFTPLUS =
      new Elementary(
          "softplus",
          "log(1 + exp(x)) without overflow, entry by entry",
          NONE,
          ALL,
          x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
          (x, y) -> SIGMOID.at(x));

  public static final Elementary STEP =
      new Elementary(
          "step",
          "1 where x > 0, else 0",
          NONE,
          KINK_AT_ZERO,
          x -> Double.isNaN(x) ? x : x > 0 ? 1 : 0,
          (x, y) -> Sum.zero(x.shape()));

  public static final Elementary RELU =
      new Elementary(
          "relu",
          "max(x, 0), entry by entry; derivative step(x)",
          NONE,
          KINK_AT_ZERO,
          x -> Math.max(x, 0),
          (x, y) -> STEP.at(x));

  public static final Elementary SIGN =
      new Elementary(
          "sign",
          "-1, 0 or 1, entry by entry",
          ODD,
          KINK_AT_ZERO,
          Math::signum,
          (x, y) -> Sum.zero(x.shape()));

  public static final Elementary ABS =
      new Elementary(
          "abs",
          "absolute value, entry by entry; derivative sign(x)",
          EVEN,
          KINK_AT_ZERO,
          Math::abs,
          (x, y) -> SIGN.at(x));

  private Activation() {}
}
