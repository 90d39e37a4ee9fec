package nabla.operation;

import static nabla.operation.Elementary.Domain.ALL;
import static nabla.operation.Elementary.Domain.BETWEEN_MINUS_ONE_AND_ONE;
import static nabla.operation.Elementary.Domain.NO_POLE;
import static nabla.operation.Elementary.Parity.EVEN;
import static nabla.operation.Elementary.Parity.NONE;
import static nabla.operation.Elementary.Parity.ODD;
import static nabla.tensor.Tensors.add;
import static nabla.tensor.Tensors.negate;
import static nabla.tensor.Tensors.ones;
import static nabla.tensor.Tensors.power;
import static nabla.tensor.Tensors.subtract;

import nabla.tensor.Rational;
import nabla.tensor.Tensor;

/** Circular and hyperbolic functions and the inverses of the circular ones. */
public final class Trigonometric {
  public static final Elementary SIN =
      new Elementary(
          "sin", "sine, entry by entry", ODD, ALL, Math::sin, (x, y) -> Trigonometric.COS.at(x));

  public static final Elementary COS =
      new Elementary(
          "cos", "cosine, entry by entry", EVEN, ALL, Math::cos, (x, y) -> negate(SIN.at(x)));

  static final Elementary TAN =
      new Elementary(
          "tan",
          "tangent, entry by entry",
          ODD,
          NO_POLE,
          Math::tan,
          (x, y) -> add(ones(x.shape()), square(y)));

  static final Elementary ARCSIN =
      new Elementary(
              "arcsin",
              "inverse sine, entry by entry",
              ODD,
              BETWEEN_MINUS_ONE_AND_ONE,
              Math::asin,
              (x, y) -> power(oneMinusSquare(x), Rational.of(-1, 2)))
          .alias("asin");

  static final Elementary ARCCOS =
      new Elementary(
              "arccos",
              "inverse cosine, entry by entry",
              NONE,
              BETWEEN_MINUS_ONE_AND_ONE,
              Math::acos,
              (x, y) -> negate(power(oneMinusSquare(x), Rational.of(-1, 2))))
          .alias("acos");

  static final Elementary ARCTAN =
      new Elementary(
              "arctan",
              "inverse tangent, entry by entry",
              ODD,
              ALL,
              Math::atan,
              (x, y) -> power(add(ones(x.shape()), square(x)), Rational.MINUS_ONE))
          .alias("atan");

  public static final Elementary SINH =
      new Elementary(
          "sinh",
          "hyperbolic sine, entry by entry",
          ODD,
          ALL,
          Math::sinh,
          (x, y) -> Trigonometric.COSH.at(x));

  public static final Elementary COSH =
      new Elementary(
          "cosh", "hyperbolic cosine, entry by entry", EVEN, ALL, Math::cosh, (x, y) -> SINH.at(x));

  public static final Elementary TANH =
      new Elementary(
          "tanh",
          "hyperbolic tangent, entry by entry",
          ODD,
          ALL,
          Math::tanh,
          (x, y) -> oneMinusSquare(y));

  private Trigonometric() {}

  private static Tensor square(Tensor x) {
    return power(x, Rational.TWO);
  }

  private static Tensor oneMinusSquare(Tensor x) {
    return subtract(ones(x.shape()), square(x));
  }
}
