package nabla.verify;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import nabla.tensor.NumericArray;

/**
 * A point: a number for every name of a size and an array for every name of a variable.
 *
 * @param sizes such as n = 3
 * @param variables arrays of the shapes that the sizes give
 */
public record Binding(Map<String, Integer> sizes, Map<String, NumericArray> variables) {
  public Binding {
    sizes = Collections.unmodifiableMap(new LinkedHashMap<>(sizes));
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
  }
}
