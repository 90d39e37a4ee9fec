package nabla.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nabla.Derivative;
import nabla.Expression;
import nabla.Nabla;
import nabla.tensor.Einsum;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * A quotient of two quadratic forms, {@code x'*P*x/(x'*Q*x)}: its gradient is zero where {@code P*x
 * = f*Q*x}, at the eigenvectors, and it is least where f is the least eigenvalue (Golub and Van
 * Loan, Matrix Computations, section 8.7). With Q = L*L' it is the quotient of L'*x with the matrix
 * inv(L)*P*inv(L)'.
 */
final class RayleighQuotient {
  private RayleighQuotient() {}

  /** Numerator and denominator. */
  private record Quotient(Expression over, Expression under) {}

  static Optional<Solution> of(Unknown unknown) {
    if (unknown.variable().rank() != 1) return Optional.empty();
    Quotient quotient = quotient(unknown);
    if (quotient == null) return Optional.empty();
    Expression p = form(quotient.over(), unknown);
    Expression q = form(quotient.under(), unknown);
    if (p == null || q == null) return Optional.empty();
    Rational scale = Einsum.view(Polynomials.tensor(q)).coefficient();
    Tensor identity = Tensors.identity(unknown.variable().shape().getFirst());
    boolean plain =
        scale.signum() > 0 && Polynomials.tensor(q).equals(Tensors.scale(scale, identity));
    Expression x = plain ? Nabla.call("vmin", p) : generalized(p, q);
    return Optional.of(solution(unknown, p, q, unknown.function().written(Polynomials.tensor(x))));
  }

  private static Expression generalized(Expression p, Expression q) {
    Expression inverse = Nabla.call("inv", Nabla.call("chol", q));
    Expression turned = inverse.times(p).times(inverse.transpose());
    return inverse.transpose().times(Nabla.call("vmin", Nabla.call("sym", turned)));
  }

  private static @Nullable Quotient quotient(Unknown unknown) {
    if (!(Polynomials.tensor(unknown.function()) instanceof Einsum product)) return null;
    Product over = new Product().times(product.coefficient());
    product.sizes().forEach(over::label);
    Tensor under = null;
    for (Einsum.Factor f : product.factors()) {
      boolean divides =
          f.labels().isEmpty()
              && f.exponent().equals(Rational.MINUS_ONE)
              && Polynomials.degree(f.tensor(), unknown.name()) == 2;
      if (!divides) over.factor(f.tensor(), f.exponent(), f.labels());
      else if (under == null) under = f.tensor();
      else return null;
    }
    if (under == null) return null;
    return new Quotient(unknown.function().written(over.to()), unknown.function().written(under));
  }

  /** The symmetric matrix P of a form {@code x'*P*x}; null if it is none. */
  private static @Nullable Expression form(Expression scalar, Unknown unknown) {
    if (unknown.degree(scalar) != 2 || !Tensors.isZero(unknown.constant(scalar))) return null;
    Derivative gradient = scalar.gradient(unknown.name());
    boolean linear = Tensors.isZero(unknown.constant(gradient.expression()));
    if (!linear) return null;
    Derivative hessian = scalar.hessian(unknown.name());
    if (hessian.isIndexed()) return null;
    Tensor twice = Polynomials.tensor(hessian.expression());
    return scalar.written(Tensors.scale(Rational.of(2).inverse(), twice));
  }

  private static Solution solution(Unknown unknown, Expression p, Expression q, Expression point) {
    Derivative gradient = unknown.gradient();
    Expression f = unknown.function();
    Expression x = unknown.x();
    Expression left = f.written(Polynomials.tensor(p.times(x)));
    Expression right = f.written(Polynomials.tensor(q.times(x)));
    Expression norm = f.written(Polynomials.tensor(x.transpose().times(right)));
    Expression difference = left.minus(f.times(right));
    String eigen = "f*" + factor(right);
    List<Solution.Line> lines = new ArrayList<>();
    lines.add(Unknown.line(gradient));
    lines.add(
        new Solution.Line(
            new Step(
                "(" + norm.text() + ")*" + gradient.label(),
                "2*(" + left.text() + " - " + eigen + ")",
                "f is the quotient"),
            () -> norm.times(gradient.expression()).judge(difference.times(2)).isRight()));
    lines.add(
        new Solution.Line(
            new Step(left.text(), eigen, "set to zero: f is an eigenvalue, at best the least"),
            () -> true));
    lines.add(
        Solution.Line.of(
            unknown.name(),
            point,
            "an eigenvector for it",
            () -> isEigenvector(unknown, p, q, point)));
    return new Solution(
        unknown.name(),
        point,
        Solution.MOST_SPECTRAL,
        false,
        "the least eigenvalue of a quotient of quadratic forms",
        null,
        lines);
  }

  private static String factor(Expression e) {
    return e.text().contains(" ") ? "(" + e.text() + ")" : e.text();
  }

  private static boolean isEigenvector(
      Unknown unknown, Expression p, Expression q, Expression point) {
    Expression value = Polynomials.where(unknown.function(), unknown.name(), point);
    return p.times(point).judge(value.times(q.times(point))).isRight();
  }
}
