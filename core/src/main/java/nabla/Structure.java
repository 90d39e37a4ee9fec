package nabla;

import java.util.Locale;
import java.util.Optional;

/**
 * What the entries of a structured variable, such as a symmetric matrix, may do while it is
 * differentiated by.
 *
 * <pre>{@code
 * Expression f = Expression.parse("tr(A*X)", "X: matrix[n,n] symmetric");
 * f.derivative(List.of("X"), Layout.DENOMINATOR, Structure.AMBIENT).text() // A'
 * f.derivative(List.of("X"), Layout.DENOMINATOR, Structure.PROJECTED).text() // 0.5*(A + A')
 * f.derivative(List.of("X"), Layout.DENOMINATOR, Structure.INDEPENDENT).text() // A - diag(diag(A)) + A'
 * }</pre>
 */
public enum Structure {
  /** Every entry changes by itself; what is declared is used after differentiation. */
  AMBIENT,
  /**
   * Only changes that keep the structure: the derivative is orthogonally projected onto them, such
   * as (G + G')/2 for a symmetric matrix (Srinivasan and Panda, arXiv:1911.06491).
   */
  PROJECTED,
  /**
   * The free entries change one at a time, with those that depend on them: G + G' - G.*I for a
   * symmetric matrix (Matrix Cookbook 2.8.2).
   */
  INDEPENDENT;

  /** The name as options and the JSON contract spell it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The structure with this label. */
  public static Optional<Structure> of(String label) {
    for (Structure s : values()) if (s.label().equals(label)) return Optional.of(s);
    return Optional.empty();
  }
}
