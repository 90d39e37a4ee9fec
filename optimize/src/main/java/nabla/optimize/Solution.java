package nabla.optimize;

import java.util.List;
import java.util.function.BooleanSupplier;
import nabla.Expression;

/**
 * A variable as a formula of the others.
 *
 * @param why such a formula exists, as in {@code the gradient is affine in x}
 * @param lines how one gets there
 */
record Solution(String variable, Expression formula, String why, List<Line> lines) {
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
}
