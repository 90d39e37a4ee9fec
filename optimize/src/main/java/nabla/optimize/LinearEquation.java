package nabla.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nabla.Expression;
import nabla.Nabla;
import nabla.tensor.Rational;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/**
 * An affine expression of a variable, {@code c*(L(x) - r)}, that is to be zero.
 *
 * @param factor c, a positive number
 * @param image L(x)
 * @param right r
 * @param solution x, by the inverse of L
 * @param spectrum the eigenvalues of c*L
 */
record LinearEquation(
    Rational factor, Expression image, Expression right, Expression solution, Spectrum spectrum) {
  /** x as a formula, and what L is made of. */
  private record Solved(Expression x, Spectrum.Kind kind, Expression left, Expression right) {}

  /**
   * The equation that an affine expression is zero.
   *
   * @param affine a scalar, vector or matrix as the unknown is
   * @return nothing if it is no equation for which there is a formula
   */
  static Optional<LinearEquation> of(Expression affine, Unknown unknown) {
    Tensor slope = unknown.slope(affine);
    if (Tensors.isZero(slope)) return Optional.empty();
    Tensor minus = Tensors.negate(unknown.constant(affine));
    Expression x = unknown.x();
    return switch (x.shape().size()) {
      case 0, 1 -> Optional.of(plain(affine, slope, minus, x));
      case 2 -> LinearMap.of(slope).flatMap(map -> matrix(affine, map, minus, x));
      default -> Optional.empty();
    };
  }

  private static LinearEquation plain(Expression affine, Tensor slope, Tensor right, Expression x) {
    Rational factor = LinearMap.Term.content(slope);
    Expression map = affine.written(Tensors.scale(factor.inverse(), slope));
    Expression r = affine.written(Tensors.scale(factor.inverse(), right));
    Expression solution = x.shape().isEmpty() ? r.dividedBy(map) : map.solve(r);
    Spectrum spectrum = new Spectrum(Spectrum.Kind.SINGLE, factor, map, map);
    // neither 1*x nor eye(n)*x is written
    Expression product = map.times(x);
    Expression image = simplified(affine, product).text().equals(x.text()) ? x : product;
    return new LinearEquation(factor, image, r, simplified(affine, solution), spectrum);
  }

  /** By one term from both sides, or by Sylvester's equation {@code M*X + X*N = R}. */
  private static Optional<LinearEquation> matrix(
      Expression affine, LinearMap map, Tensor right, Expression x) {
    Rational factor = map.terms().getFirst().coefficient().abs();
    Expression r = affine.written(Tensors.scale(factor.inverse(), right));
    Expression image = null;
    for (LinearMap.Term t : map.terms()) {
      Expression term = image(affine, t, factor, x);
      image = image == null ? term : image.plus(term);
    }
    if (image == null) return Optional.empty();
    Expression left = image;
    return solved(affine, map, factor, r)
        .map(
            s ->
                new LinearEquation(
                    factor,
                    left,
                    r,
                    simplified(affine, s.x()),
                    new Spectrum(s.kind(), factor, s.left(), s.right())));
  }

  private static Optional<Solved> solved(
      Expression affine, LinearMap map, Rational factor, Expression r) {
    if (map.terms().size() > 2) return Optional.empty();
    LinearMap.Term first = map.terms().getFirst();
    if (map.terms().size() == 1) {
      Expression x = r;
      Expression m = affine.written(left(first, factor));
      Expression n = affine.written(first.right());
      if (!isIdentity(first.left()) || !first.coefficient().equals(factor)) x = m.solve(x);
      if (!isIdentity(first.right())) x = x.dividedBy(n);
      return Optional.of(new Solved(x, Spectrum.Kind.PRODUCT, m, n));
    }
    LinearMap.Term second = map.terms().getLast();
    if (isIdentity(first.left()) && isIdentity(second.right())) {
      LinearMap.Term other = first;
      first = second;
      second = other;
    }
    if (!isIdentity(first.right()) || !isIdentity(second.left())) return Optional.empty();
    Expression m = affine.written(left(first, factor));
    Rational multiple = second.coefficient().times(factor.inverse());
    Expression n = affine.written(Tensors.scale(multiple, second.right()));
    return Optional.of(new Solved(Nabla.call("sylv", m, n, r), Spectrum.Kind.SUM, m, n));
  }

  private static Tensor left(LinearMap.Term term, Rational factor) {
    return Tensors.scale(term.coefficient().times(factor.inverse()), term.left());
  }

  private static Expression image(
      Expression affine, LinearMap.Term term, Rational factor, Expression x) {
    Rational multiple = term.coefficient().times(factor.inverse());
    Tensor product = Polynomials.tensor(x);
    if (!isIdentity(term.left())) product = Tensors.multiply(term.left(), product);
    if (!isIdentity(term.right())) product = Tensors.multiply(product, term.right());
    return affine.written(Tensors.scale(multiple, product));
  }

  private static boolean isIdentity(Tensor matrix) {
    return matrix.equals(Tensors.identity(matrix.shape().getFirst()));
  }

  private static Expression simplified(Expression over, Expression formula) {
    return over.written(Polynomials.tensor(formula));
  }

  /** Of how many entries of the unknown the solution is computed fast enough. */
  int most() {
    return spectrum.kind() == Spectrum.Kind.SUM ? Solution.MOST_SPECTRAL : Integer.MAX_VALUE;
  }

  /** The affine expression again, as it is collected here. */
  Expression affine() {
    Expression difference =
        right.text().startsWith("-")
            ? image.plus(image.written(Tensors.negate(Polynomials.tensor(right))))
            : image.minus(right);
    return factor.isOne() ? difference : image.written(Tensors.number(factor)).times(difference);
  }

  /** That it holds at the solution. */
  boolean isSolved(String variable) {
    return Polynomials.where(image, variable, solution).judge(right).isRight();
  }

  /** The lines from the affine expression on. */
  List<Solution.Line> lines(String zero, Expression whole, String variable) {
    List<Solution.Line> lines = new ArrayList<>();
    Expression affine = affine();
    if (!affine.text().equals(whole.text())) {
      lines.add(
          Solution.Line.of(
              zero, affine, "affine in " + variable, () -> whole.judge(affine).isRight()));
    }
    lines.add(Solution.Line.of(image.text(), right, "set to zero", () -> true));
    if (!image.text().equals(variable)) {
      lines.add(
          Solution.Line.of(variable, solution, "solved for " + variable, () -> isSolved(variable)));
    }
    return lines;
  }
}
