package nabla.optimize;

import java.util.List;
import java.util.Optional;
import nabla.Derivative;
import nabla.Expression;
import nabla.Nabla;
import nabla.tensor.Rational;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/**
 * A function of an orthogonal matrix Q whose part of second degree is {@code tr(Q'*M*Q)} or {@code
 * tr(Q*N*Q')}, which is the same for all of them: it is least where {@code tr(Q'*R)} is greatest,
 * with -R for the gradient at zero, and that is at the orthogonal factor of the polar decomposition
 * of R (Golub and Van Loan, Matrix Computations, section 6.4.1).
 */
final class OrthogonalProcrustes {
  private OrthogonalProcrustes() {}

  static Optional<Solution> of(Unknown unknown) {
    if (!unknown.isOrthogonal()) return Optional.empty();
    Derivative gradient = unknown.gradient();
    if (gradient.isIndexed() || unknown.degree(gradient.expression()) > 1) return Optional.empty();
    Expression affine = gradient.expression();
    if (!isConstant(unknown.slope(affine))) return Optional.empty();
    Tensor minus = Tensors.negate(unknown.constant(affine));
    Tensor constant = Polynomials.tensor(affine.written(minus));
    if (Tensors.isZero(constant)) return Optional.empty();
    Rational c = LinearMap.Term.content(constant);
    Expression r = affine.written(Tensors.scale(c.inverse(), constant));
    Expression q = affine.written(Polynomials.tensor(Nabla.call("polar", r)));
    return Optional.of(solution(unknown, gradient, c, r, q));
  }

  /** Whether the part of second degree is the same for all orthogonal matrices. */
  private static boolean isConstant(Tensor slope) {
    if (Tensors.isZero(slope)) return true;
    return LinearMap.of(slope)
        .filter(
            map ->
                map.terms().stream().allMatch(t -> isIdentity(t.left()) || isIdentity(t.right())))
        .isPresent();
  }

  private static boolean isIdentity(Tensor matrix) {
    return matrix.equals(Tensors.identity(matrix.shape().getFirst()));
  }

  private static Solution solution(
      Unknown unknown, Derivative gradient, Rational c, Expression r, Expression q) {
    String name = unknown.name();
    Solution.Line greatest =
        new Solution.Line(
            new Step("f", "f0 - " + c + "*tr(" + name + "'*R)", "R = " + r.text()),
            () -> isConstant(unknown, c, r));
    Solution.Line polar =
        Solution.Line.of(
            name,
            q,
            "greatest at the orthogonal factor of R: " + name + "'*R is symmetric and positive",
            () -> q.transpose().times(r).judge(r.transpose().times(q)).isRight());
    return new Solution(
        name,
        q,
        Solution.MOST_SPECTRAL * Solution.MOST_SPECTRAL,
        false,
        "an orthogonal Procrustes problem",
        null,
        List.of(Unknown.line(gradient), greatest, polar));
  }

  /** Whether f + c*tr(Q'*R) is the same for all orthogonal matrices as for the identity. */
  private static boolean isConstant(Unknown unknown, Rational c, Expression r) {
    Expression trace = Nabla.call("tr", unknown.x().transpose().times(r));
    Expression sum = unknown.function().plus(trace.times(c.doubleValue()));
    Expression identity =
        unknown.function().written(Tensors.identity(unknown.variable().shape().getFirst()));
    return sum.judge(Polynomials.where(sum, unknown.name(), identity)).isRight();
  }
}
