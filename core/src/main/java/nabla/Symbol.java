package nabla;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import nabla.tensor.NumericArray;
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

  /**
   * The sizes that data for it tell, by name: {@code {n=3}} of {@code A: matrix[n,n]} with three
   * rows; none if they have another number of axes.
   */
  public Map<String, Integer> sizes(NumericArray data) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    if (data.rank() != shape().size()) return sizes;
    for (int axis = 0; axis < data.rank(); axis++) {
      Size size = shape().get(axis);
      if (size.isName()) sizes.putIfAbsent(size.toString(), data.size(axis));
    }
    return sizes;
  }

  /** As a user would declare it: {@code A: matrix[n,n] pd}. */
  public String declaration() {
    String sizes = shape().stream().map(Size::toString).collect(Collectors.joining(","));
    String properties =
        properties().stream().map(p -> " " + p.label()).collect(Collectors.joining());
    return name() + ": " + kind() + (sizes.isEmpty() ? "" : "[" + sizes + "]") + properties;
  }
}
