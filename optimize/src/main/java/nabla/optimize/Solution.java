package nabla.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import nabla.Expression;
import org.jspecify.annotations.Nullable;

/**
 * A variable as a formula of the others.
 *
 * @param most entries of the variable, for which the formula is computed fast enough
 * @param unique whether there must be no other point that is as good nearby
 * @param why such a formula exists, as in {@code the gradient is affine in x}
 * @param spectrum the eigenvalues of the Hessian, where they are known
 * @param lines how one gets there
 */
record Solution(
    String variable,
    Expression formula,
    int most,
    boolean unique,
    String why,
    @Nullable Spectrum spectrum,
    List<Line> lines) {
  /** Of larger variables no eigenvectors, singular values or Sylvester's equations are computed. */
  static final int MOST_SPECTRAL = 400;

  /**
   * A line of a derivation.
   *
   * @param holds finds out whether it is right
   */
  record Line(Step step, BooleanSupplier holds) {
    static Line of(String left, Expression right, String remark, BooleanSupplier holds) {
      return new Line(new Step(left, right.text(), remark), holds);
    }
  }

  Solution {
    lines = List.copyOf(lines);
  }

  /** The same after another variable was eliminated. */
  Solution after(Expression function, Solution other) {
    List<Line> all = new ArrayList<>(lines);
    all.addFirst(Line.of("f", function, "with " + other.variable() + " put in", () -> true));
    return new Solution(variable, formula, most, unique, why, spectrum, all);
  }
}
