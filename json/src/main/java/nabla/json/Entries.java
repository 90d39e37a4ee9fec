package nabla.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import nabla.Expression;
import nabla.Symbol;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import nabla.tensor.Size;

/** How many numbers an answer may have. */
final class Entries {
  private static final double MOST = 1e6;

  private Entries() {}

  /**
   * @throws NablaException with {@link Code#LIMIT} if these are more than an answer may have
   */
  static void requireFew(double entries) {
    if (entries <= MOST) return;
    throw new NablaException(
        Code.LIMIT,
        String.format(
            Locale.ROOT, "this has %.2g numbers; an answer has up to %.0f", entries, MOST));
  }

  /** The same of an array whose sizes data tell, as far as they do. */
  static void requireFew(List<Size> shape, Map<String, Integer> sizes) {
    double entries = 1;
    for (Size size : shape) {
      if (!sizes.keySet().containsAll(size.names())) return;
      entries *= size.value(sizes);
    }
    requireFew(entries);
  }

  /** The sizes that data have, by name. */
  static Map<String, Integer> sizes(Expression expression, Map<String, NumericArray> data) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    for (Symbol s : expression.variables()) {
      NumericArray array = data.get(s.name());
      if (array != null) sizes.putAll(s.sizes(array));
    }
    return sizes;
  }
}
