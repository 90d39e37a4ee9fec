package nabla.engine.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the entries of an .npy file: a Python dictionary of three fields.
 *
 * @param columnMajor whether the first index runs fastest
 */
record NpyHeader(NpyType type, boolean columnMajor, List<Integer> sizes, int count) {
  private static final Set<String> FIELDS = Set.of("descr", "fortran_order", "shape");
  private static final Pattern FIELD =
      Pattern.compile(
          "\\G\\s*+['\"](\\w++)['\"]\\s*+:\\s*+('[^']*+'|\"[^\"]*+\"|True|False|\\([^()]*+\\)|\\[.*])"
              + "\\s*+(,|(?=}))");

  /** Python 2 wrote an L after a long integer. */
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,18})L?");

  /**
   * @throws NablaException with {@link Code#VALUE} if the header is none, {@link Code#UNSUPPORTED}
   *     for entries that are no real numbers, {@link Code#LIMIT} for a shape that is too large
   */
  static NpyHeader parse(String name, String text) {
    Map<String, String> fields = fields(name, text);
    NpyType type = NpyType.parse(name, unquoted(fields.get("descr")));
    String order = fields.get("fortran_order");
    if (!"True".equals(order) && !"False".equals(order)) throw wrong(name, text);
    long[] shape = shape(name, text, fields.getOrDefault("shape", ""));
    int count = Sizes.count(name, shape);
    return new NpyHeader(
        type,
        "True".equals(order),
        Arrays.stream(shape).mapToObj(size -> (int) size).toList(),
        count);
  }

  int[] shape() {
    return sizes.stream().mapToInt(Integer::intValue).toArray();
  }

  /** A Python tuple: one of a single size has a comma, too. */
  private static long[] shape(String name, String text, String tuple) {
    if (!tuple.startsWith("(")) throw wrong(name, text);
    String sizes = tuple.substring(1, tuple.length() - 1).strip();
    if (sizes.isEmpty()) return new long[0];
    if (sizes.indexOf(',') < 0) throw wrong(name, text);
    String[] each = sizes.replaceFirst(",$", "").split(",", -1);
    long[] shape = new long[each.length];
    for (int axis = 0; axis < shape.length; axis++) {
      Matcher size = SIZE.matcher(each[axis].strip());
      if (!size.matches()) throw wrong(name, text);
      shape[axis] = Long.parseLong(size.group(1));
    }
    return shape;
  }

  private static Map<String, String> fields(String name, String text) {
    Map<String, String> fields = new HashMap<>();
    Matcher field = FIELD.matcher(text);
    int at = text.indexOf('{') + 1;
    while (at > 0 && field.find(at)) {
      if (fields.put(field.group(1), field.group(2)) != null) throw wrong(name, text);
      at = field.end();
    }
    if (!text.substring(at).strip().equals("}") || !text.strip().startsWith("{")) {
      throw wrong(name, text);
    }
    if (!fields.keySet().equals(FIELDS)) throw wrong(name, text);
    return fields;
  }

  private static String unquoted(@Nullable String quoted) {
    if (quoted == null) return "";
    return quoted.replaceAll("^['\"]|['\"]$", "");
  }

  private static NablaException wrong(String name, String text) {
    String shown = text.strip();
    if (shown.length() > 120) shown = shown.substring(0, 120) + "…";
    return new NablaException(
        Code.VALUE,
        name
            + ": the header is "
            + shown
            + " where {'descr': …, 'fortran_order': …, 'shape': (…)} is expected");
  }

  /** The header of an array of doubles whose last index runs fastest. */
  static String text(int[] shape) {
    String sizes =
        Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    return "{'descr': '<f8', 'fortran_order': False, 'shape': (%s%s), }"
        .formatted(sizes, shape.length == 1 ? "," : "");
  }
}
