package nabla.corpus;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import nabla.tensor.NumericArray;

/** Numbers as tables of figures write them. */
public final class Figures {
  private Figures() {}

  /**
   * A shape, then the entries, the last index running fastest: {@code 2x2 1 0 0 1}, {@code v2 1 0};
   * one number alone is a scalar.
   */
  public static NumericArray array(String text) {
    String[] words = text.strip().split(" ", -1);
    String shape = words[0];
    boolean vector = shape.startsWith("v");
    if (!vector && !shape.contains("x")) return NumericArray.scalar(Double.parseDouble(shape));
    String[] sizes = vector ? new String[] {shape.substring(1)} : shape.split("x", -1);
    return NumericArray.of(
        Arrays.stream(sizes).mapToInt(Integer::parseInt).toArray(),
        Arrays.stream(words).skip(1).mapToDouble(Double::parseDouble).toArray());
  }

  /** What variables stand for: {@code A = 2x2 1 0 0 1 ; c = 3}. */
  public static Map<String, NumericArray> data(String text) {
    Map<String, NumericArray> data = new LinkedHashMap<>();
    for (String binding : text.split(";", -1)) {
      if (binding.isBlank()) continue;
      int equals = binding.indexOf('=');
      data.put(binding.substring(0, equals).strip(), array(binding.substring(equals + 1)));
    }
    return data;
  }
}
