package nabla.operation;

import static nabla.operation.Elementary.Domain.ALL;
import static nabla.operation.Elementary.Parity.NONE;
import static nabla.operation.Elementary.Parity.ODD;
import static nabla.tensor.Tensors.hadamard;
import static nabla.tensor.Tensors.negate;
import static nabla.tensor.Tensors.number;
import static nabla.tensor.Tensors.power;

import nabla.tensor.Constant;
import nabla.tensor.Rational;
import nabla.tensor.Tensor;

/** The error function; erf' = 2/sqrt(pi) exp(-x^2) (Abramowitz and Stegun 7.1.1). */
final class ErrorFunction {
  static final Elementary ERF =
      new Elementary(
          "erf",
          "error function, entry by entry",
          ODD,
          ALL,
          SpecialFunctions::erf,
          (x, y) -> slope(x));

  static final Elementary ERFC =
      new Elementary(
          "erfc",
          "1 - erf(x) without cancellation, entry by entry",
          NONE,
          ALL,
          SpecialFunctions::erfc,
          (x, y) -> negate(slope(x)));

  private ErrorFunction() {}

  private static Tensor slope(Tensor x) {
    Tensor bell = Exponential.EXP.at(negate(power(x, Rational.TWO)));
    return hadamard(number(2), power(Constant.PI, Rational.of(-1, 2)), bell);
  }
}
