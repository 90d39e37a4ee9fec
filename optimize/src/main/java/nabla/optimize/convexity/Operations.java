package nabla.optimize.convexity;

import java.math.BigInteger;
import java.util.Map;
import nabla.tensor.Apply;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Tensor;

/** Operations on whole vectors and matrices. */
final class Operations {
  private static final Rational ONE = Rational.ONE;

  private Operations() {}

  static Behaviour of(Apply node, Analysis analysis) {
    Tensor operand = node.operands().getFirst();
    Behaviour x = analysis.of(operand);
    String name = node.operator().name();
    return switch (name) {
      case "max", "rowmax" ->
          x.isConvex() || x.convex().compareTo(Order.INFINITE) < 0
              ? Behaviour.convex(x.range(), x.convex(), "the largest of convex functions")
              : Behaviour.unknown(x.range(), "the largest of functions that are not all convex");
      case "min" ->
          x.concave().compareTo(Order.MINUS_INFINITE) > 0
              ? Behaviour.concave(x.range(), x.concave(), "the smallest of concave functions")
              : Behaviour.unknown(x.range(), "the smallest of functions that are not all concave");
      case "lse", "rowlse" ->
          x.isConvex()
              ? Behaviour.convex(Range.ALL, ONE, "log-sum-exp of convex functions")
              : Behaviour.unknown(Range.ALL, "log-sum-exp of what is not convex");
      case "softmax", "rowsoftmax" -> {
        Range range = new Range(0, 1, true, false);
        yield x.affine()
            ? Behaviour.concave(
                range, Rational.ZERO, "a softmax of affine functions is log-concave")
            : Behaviour.unknown(range, "a softmax of what is not affine");
      }
      case "prod" -> product(x);
      case "lmax" ->
          x.affine()
              ? Behaviour.convex(Range.ALL, ONE, "the largest eigenvalue of an affine matrix")
              : Behaviour.unknown(Range.ALL, "an eigenvalue of what is not affine");
      case "lmin" -> {
        Range range =
            analysis.definiteness().isSemidefinite(operand) ? Range.NONNEGATIVE : Range.ALL;
        if (analysis.definiteness().isDefinite(operand)) range = Range.POSITIVE;
        yield x.affine()
            ? Behaviour.concave(range, ONE, "the smallest eigenvalue of an affine matrix")
            : Behaviour.unknown(range, "an eigenvalue of what is not affine");
      }
      case "smax", "nuc" ->
          x.affine()
              ? Behaviour.convex(Range.NONNEGATIVE, ONE, "a norm of an affine matrix")
              : Behaviour.unknown(Range.NONNEGATIVE, "a norm of what is not affine");
      case "logdet" ->
          x.affine() && analysis.definiteness().isSemidefinite(operand)
              ? Behaviour.concave(Range.ALL, ONE, "logdet is concave on positive definite matrices")
              : Behaviour.unknown(
                  Range.ALL, "logdet is concave on positive definite matrices only");
      case "det" -> determinant(operand, x, analysis);
      case "expm", "inv" -> Behaviour.unknown(Range.ALL, name + " of a matrix, entry by entry");
      default -> Behaviour.unknown(Range.ALL, "no rule for " + name);
    };
  }

  private static Behaviour product(Behaviour x) {
    if (!x.range().isNonnegative()) {
      return Behaviour.unknown(Range.ALL, "a product of factors of unknown sign");
    }
    Range range = x.range().isPositive() ? Range.POSITIVE : Range.NONNEGATIVE;
    return Behaviour.of(
        range,
        x.convex().signum() <= 0 ? Rational.ZERO : Order.INFINITE,
        x.concave().signum() >= 0 ? Rational.ZERO : Order.MINUS_INFINITE,
        "a product of nonnegative functions");
  }

  /** det(X)^(1/n) is concave on positive definite matrices (Boyd, Convex Optimization, 3.18). */
  private static Behaviour determinant(Tensor operand, Behaviour x, Analysis analysis) {
    Definiteness definiteness = analysis.definiteness();
    if (!definiteness.isSemidefinite(operand)) {
      return Behaviour.unknown(Range.ALL, "a determinant of what may be indefinite");
    }
    Range range = definiteness.isDefinite(operand) ? Range.POSITIVE : Range.NONNEGATIVE;
    if (!x.affine()) return Behaviour.unknown(range, "a determinant of what is not affine");
    Size size = operand.shape().getFirst();
    Rational order =
        size.isNumber()
            ? new Rational(BigInteger.ONE, BigInteger.valueOf(size.value(Map.of())))
            : Rational.ZERO;
    return Behaviour.concave(range, order, "a determinant is log-concave on definite matrices");
  }
}
