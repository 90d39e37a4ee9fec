package nabla.optimize;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import nabla.Expression;
import nabla.Nabla;
import nabla.Symbol;
import nabla.tensor.NumericArray;

/** Judges a claim by values of the function at three points of a line. */
final class Claims {
  /** What values of about this relative size are rounded by, with room for functions inside. */
  private static final double ROUNDING = 1e-9;

  private Claims() {}

  /** A chord that the claim is wrong of, in words; empty if none of so many is. */
  static String violation(Expression f, Convexity claimed, Random random, int chords) {
    for (int k = 0; k < chords; k++) {
      Points points = new Points(f, random);
      Map<String, NumericArray> x = points.draw();
      Map<String, NumericArray> y =
          Points.between(x, points.draw(), random.nextDouble(), claimed.over());
      Map<String, NumericArray> middle = Points.between(x, y, 0.5, claimed.over());
      double before = Points.value(f, x);
      double after = Points.value(f, y);
      if (!Double.isFinite(before) || !Double.isFinite(after)) continue;
      double at = Points.value(f, middle);
      String where = "from %s to %s".formatted(x, y);
      if (Double.isNaN(at)) return "the domain is not convex " + where;
      double gap = before + after - 2 * at;
      double rounding = ROUNDING * (1 + Math.abs(before) + Math.abs(after) + 2 * Math.abs(at));
      double least = modulus(claimed, middle, points) * Points.distance(x, y, claimed.over()) / 4;
      if (claimed.isConvex() && gap < least - rounding) return "not convex " + where + ": " + gap;
      if (claimed.isConcave() && gap > rounding) return "not concave " + where + ": " + gap;
    }
    return "";
  }

  /** A size that stands in a modulus, such as {@code 2*c/n}, is a number there. */
  private static double modulus(Convexity claimed, Map<String, NumericArray> point, Points points) {
    if (claimed.modulus().isEmpty()) return 0;
    Map<String, NumericArray> own = new HashMap<>(point);
    StringBuilder declarations = new StringBuilder();
    points
        .sizes()
        .forEach(
            (name, size) -> {
              own.put(name, NumericArray.scalar(size));
              declarations.append(name).append(": scalar; ");
            });
    Expression modulus = Nabla.parse(claimed.modulus().orElseThrow(), declarations.toString());
    own.keySet().retainAll(modulus.variables().stream().map(Symbol::name).toList());
    return modulus.value(own).data()[0];
  }
}
