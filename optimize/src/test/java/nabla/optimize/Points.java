package nabla.optimize;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import nabla.Expression;
import nabla.Symbol;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import nabla.tensor.Property;
import nabla.tensor.Size;

/** Random points that have what is declared, and values there; for judging claims of convexity. */
final class Points {
  private final Expression function;
  private final Random random;
  private final Map<String, Integer> sizes = new LinkedHashMap<>();

  Points(Expression function, Random random) {
    this.function = function;
    this.random = random;
    for (Symbol s : function.variables()) {
      for (Size size : s.shape()) {
        for (String name : size.names()) sizes.putIfAbsent(name, 1 + random.nextInt(4));
      }
    }
  }

  Map<String, Integer> sizes() {
    return sizes;
  }

  Map<String, NumericArray> draw() {
    Map<String, NumericArray> point = new LinkedHashMap<>();
    double scale = Math.exp(random.nextGaussian());
    for (Symbol s : function.variables()) point.put(s.name(), draw(s, scale));
    return point;
  }

  private NumericArray draw(Symbol s, double scale) {
    int[] shape = s.shape().stream().mapToInt(size -> size.value(sizes)).toArray();
    NumericArray x = NumericArray.zeros(shape).map(zero -> scale * random.nextGaussian());
    if (s.properties().contains(Property.POSITIVE)
        || s.properties().contains(Property.NONNEGATIVE)) {
      x = x.map(Math::abs);
    }
    if (s.properties().contains(Property.SIMPLEX)) {
      double sum = 0;
      for (double entry : x.data()) sum += Math.abs(entry);
      double total = sum;
      x = x.map(entry -> Math.abs(entry) / total);
    }
    boolean pd = s.properties().contains(Property.PD);
    if (pd || s.properties().contains(Property.PSD)) return gram(x, pd ? 0.1 : 0);
    return s.properties().contains(Property.SYMMETRIC) ? symmetric(x) : x;
  }

  private static NumericArray symmetric(NumericArray x) {
    int n = x.size(0);
    double[] sum = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) sum[i * n + j] = x.data()[i * n + j] + x.data()[j * n + i];
    }
    return NumericArray.of(x.shape(), sum);
  }

  private static NumericArray gram(NumericArray x, double shift) {
    int n = x.size(0);
    double[] gram = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) gram[i * n + j] += x.data()[i * n + k] * x.data()[j * n + k];
        if (i == j) gram[i * n + j] += shift;
      }
    }
    return NumericArray.of(x.shape(), gram);
  }

  /** The reference value; NaN outside of the domain. */
  static double value(Expression function, Map<String, NumericArray> point) {
    try {
      return function.value(point).data()[0];
    } catch (NablaException outside) {
      return Double.NaN;
    }
  }

  /** {@code x + t*(y - x)} in the variables that move. */
  static Map<String, NumericArray> between(
      Map<String, NumericArray> x, Map<String, NumericArray> y, double t, Iterable<String> over) {
    Map<String, NumericArray> point = new LinkedHashMap<>(x);
    for (String name : over) {
      double[] a = array(x, name).data();
      double[] b = array(y, name).data();
      double[] c = new double[a.length];
      for (int k = 0; k < a.length; k++) c[k] = a[k] + t * (b[k] - a[k]);
      point.put(name, NumericArray.of(array(x, name).shape(), c));
    }
    return point;
  }

  /** {@code norm2(y - x)^2} of the variables that move. */
  static double distance(
      Map<String, NumericArray> x, Map<String, NumericArray> y, Iterable<String> over) {
    double sum = 0;
    for (String name : over) {
      double[] a = array(x, name).data();
      double[] b = array(y, name).data();
      for (int k = 0; k < a.length; k++) sum += (b[k] - a[k]) * (b[k] - a[k]);
    }
    return sum;
  }

  static NumericArray array(Map<String, NumericArray> point, String name) {
    return Objects.requireNonNull(point.get(name));
  }
}
