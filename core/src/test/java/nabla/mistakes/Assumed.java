package nabla.mistakes;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import nabla.tensor.NumericArray;
import nabla.verify.Binding;

/** What a verdict assumes, read from its message, and points at which that holds. */
final class Assumed {
  private Assumed() {}

  /** The properties by variable in such as {@code right only if A is symmetric and b is unit}. */
  static Map<String, Set<String>> in(String message) {
    Map<String, Set<String>> assumed = new LinkedHashMap<>();
    String name = "";
    for (String part : message.replaceFirst(".*only if ", "").split(" and ", -1)) {
      String property = part;
      if (part.contains(" is ")) {
        name = part.replaceFirst("^each row of ", "").replaceFirst(" is .*", "");
        property = part.replaceFirst(".* is ", "");
      }
      assumed.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(property);
    }
    return assumed;
  }

  static Binding of(Binding at, Map<String, Set<String>> assumed, SplittableRandom random) {
    Map<String, NumericArray> values = new LinkedHashMap<>(at.variables());
    assumed.forEach(
        (name, properties) ->
            values.computeIfPresent(name, (n, array) -> with(array, properties, random)));
    return new Binding(at.sizes(), values);
  }

  private static NumericArray with(
      NumericArray array, Set<String> properties, SplittableRandom random) {
    if (properties.equals(Set.of("symmetric", "orthogonal"))) {
      int sign = random.nextBoolean() ? 1 : -1;
      return outer(direction(array, random), -2 * sign, sign);
    }
    if (properties.equals(Set.of("symmetric", "idempotent"))) {
      return outer(direction(array, random), -1, 1);
    }
    return switch (properties.iterator().next()) {
      case "symmetric" -> mirrored(array, 1);
      case "skew" -> mirrored(array, -1);
      case "diagonal" -> entries(array, (i, j) -> i == j ? array.get(i, j) : 0);
      case "pd" -> gram(array);
      case "positive" -> array.map(x -> Math.abs(x) + 0.1);
      case "unit" -> array.map(x -> x / norm(array.data()));
      case "orthogonal" -> times(reflection(array, random), reflection(array, random));
      case "idempotent" -> oblique(array, random);
      default -> throw new IllegalArgumentException("no points that are " + properties);
    };
  }

  private interface Entry {
    double at(int i, int j);
  }

  private static NumericArray entries(NumericArray like, Entry entry) {
    NumericArray filled = NumericArray.zeros(like.shape());
    int n = like.size(1);
    for (int k = 0; k < filled.count(); k++) filled.data()[k] = entry.at(k / n, k % n);
    return filled;
  }

  private static NumericArray mirrored(NumericArray a, int sign) {
    return entries(a, (i, j) -> (a.get(i, j) + sign * a.get(j, i)) / 2);
  }

  private static NumericArray times(NumericArray a, NumericArray b) {
    return entries(
        a,
        (i, j) -> {
          double sum = 0;
          for (int k = 0; k < a.size(1); k++) sum += a.get(i, k) * b.get(k, j);
          return sum;
        });
  }

  private static NumericArray gram(NumericArray a) {
    NumericArray turned = entries(a, (i, j) -> a.get(j, i));
    NumericArray square = times(a, turned);
    return entries(a, (i, j) -> square.get(i, j) + (i == j ? 0.5 : 0));
  }

  private static double[] direction(NumericArray like, SplittableRandom random) {
    double[] v = random.doubles(like.size(0), -1, 1).toArray();
    double norm = norm(v);
    for (int k = 0; k < v.length; k++) v[k] /= norm;
    return v;
  }

  private static double norm(double[] v) {
    double sum = 0;
    for (double x : v) sum += x * x;
    return Math.sqrt(sum);
  }

  /** c*v*v' + s*I. */
  private static NumericArray outer(double[] v, double c, double s) {
    NumericArray like = NumericArray.zeros(v.length, v.length);
    return entries(like, (i, j) -> c * v[i] * v[j] + (i == j ? s : 0));
  }

  private static NumericArray reflection(NumericArray like, SplittableRandom random) {
    return outer(direction(like, random), -2, 1);
  }

  /** I - u*v'/(v'*u). */
  private static NumericArray oblique(NumericArray like, SplittableRandom random) {
    double[] u = direction(like, random);
    double[] v = direction(like, random);
    for (int k = 0; k < u.length; k++) v[k] += 2 * u[k];
    double dot = 0;
    for (int k = 0; k < u.length; k++) dot += u[k] * v[k];
    double scale = dot;
    return entries(like, (i, j) -> (i == j ? 1 : 0) - u[i] * v[j] / scale);
  }
}
