package nabla.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import nabla.Expression;

/**
 * A variable as a formula of the others.
 *
 * @param unique whether there must be no other point that is as good nearby
 * @param why such a formula exists, as in {@code the gradient is affine in x}
 * @param lines how one gets there
 */
record Solution(
    String variable, Expression formula, boolean unique, String why, List<Line> lines) {
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
    return new Solution(variable, formula, unique, why, all);
  }
}
