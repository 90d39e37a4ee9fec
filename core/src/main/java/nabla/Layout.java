package nabla;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the axes of a derivative are arranged when it is shown. All three show the same numbers.
 *
 * <pre>{@code
 * Derivative d = Expression.parse("A*x").jacobian("x");
 * d.text() // A'
 * d.in(Layout.NUMERATOR).text() // A
 * d.in(Layout.NUMERATOR).entry() // ∂y_i/∂x_j
 * }</pre>
 *
 * <table>
 * <caption>shapes by layout</caption>
 * <tr><th></th><th>denominator</th><th>numerator</th><th>mixed</th></tr>
 * <tr><td>scalar by vector x[n]</td><td>column n</td><td>row n</td><td>column n</td></tr>
 * <tr><td>vector y[m] by vector x[n]</td><td>n×m</td><td>m×n</td><td>m×n</td></tr>
 * <tr><td>scalar by matrix X[m,n]</td><td>m×n</td><td>n×m</td><td>m×n</td></tr>
 * </table>
 */
public enum Layout {
  /** Axes of the variables first, as in the lecture. */
  DENOMINATOR,
  /** Axes of the expression first; gradients are rows and transposed. */
  NUMERATOR,
  /** Axes of the expression first; gradients have the shape of the variable. */
  MIXED;

  /** The layout as options and the JSON contract spell it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The layout with this label. */
  public static Optional<Layout> of(String label) {
    for (Layout layout : values()) if (layout.label().equals(label)) return Optional.of(layout);
    return Optional.empty();
  }

  /**
   * The order in which the axes of a derivative are shown.
   *
   * @param ranks the number of axes of each variable, in the order of differentiation
   * @param own the number of axes of the expression
   * @return positions among the axes of the variables followed by those of the expression
   */
  List<Integer> order(List<Integer> ranks, int own) {
    int variables = ranks.stream().mapToInt(Integer::intValue).sum();
    List<Integer> order = new ArrayList<>();
    boolean first = this == DENOMINATOR || own == 0;
    if (!first) for (int axis = 0; axis < own; axis++) order.add(variables + axis);
    for (int axis = 0; axis < variables; axis++) order.add(axis);
    if (first) for (int axis = 0; axis < own; axis++) order.add(variables + axis);
    boolean gradientOfMatrix = own == 0 && ranks.equals(List.of(2));
    return this == NUMERATOR && gradientOfMatrix ? order.reversed() : order;
  }

  /** Whether a gradient by a vector is shown as a row. */
  boolean gradientIsRow() {
    return this == NUMERATOR;
  }
}
