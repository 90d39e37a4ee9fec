package nabla.verify;

import java.util.List;
import java.util.Set;
import nabla.tensor.NumericArray;
import nabla.tensor.Property;
import nabla.tensor.Size;
import nabla.tensor.Variable;

/** Short names for the tests of this package. */
final class Samples {
  static final Size M = Size.of("m");
  static final Size N = Size.of("n");

  private Samples() {}

  static Variable scalar(String name, Property... properties) {
    return new Variable(name, List.of(), Set.of(properties));
  }

  static Variable vector(String name, Size n, Property... properties) {
    return new Variable(name, List.of(n), Set.of(properties));
  }

  static Variable matrix(String name, Size m, Size n, Property... properties) {
    return new Variable(name, List.of(m, n), Set.of(properties));
  }

  static NumericArray numbers(double... entries) {
    return NumericArray.of(new int[] {entries.length}, entries);
  }

  static NumericArray rows(int m, int n, double... entries) {
    return NumericArray.of(new int[] {m, n}, entries);
  }
}
