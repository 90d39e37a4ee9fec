package nabla;

import java.util.List;
import java.util.Set;
import nabla.tensor.Property;
import nabla.tensor.Size;
import nabla.tensor.Variable;

/**
 * A variable of an expression and how it came to its kind.
 *
 * @param declared whether it was declared; otherwise its kind was inferred
 */
public record Symbol(Variable variable, boolean declared) {
  public String name() {
    return variable.name();
  }

  /** {@code scalar}, {@code vector}, {@code matrix} or {@code tensor}. */
  public String kind() {
    return Expression.kind(variable.rank(), false);
  }

  /** The sizes of its axes, such as [n, n]. */
  public List<Size> shape() {
    return variable.shape();
  }

  public Set<Property> properties() {
    return variable.properties();
  }
}
