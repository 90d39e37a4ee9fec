package nabla.generated;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import nabla.Structure;
import nabla.tensor.NumericArray;
import nabla.tensor.Property;
import nabla.tensor.Variable;
import nabla.verify.Binding;

/**
 * What derivatives that keep a structure must be, entry by entry, from a basis of the changes that
 * keep it: the derivative along each of them says it all. Plain loops, and nothing of how the
 * library projects.
 */
final class Structures {
  private static final Set<Property> SYMMETRIC =
      EnumSet.of(Property.SYMMETRIC, Property.PD, Property.PSD);
  private static final Set<Property> FLAT =
      EnumSet.of(Property.SKEW, Property.DIAGONAL, Property.LOWER, Property.UPPER);
  private static final Set<Property> CURVED = EnumSet.of(Property.ORTHOGONAL, Property.UNIT);

  private Structures() {}

  private static boolean isAny(Variable x, Set<Property> properties) {
    return x.properties().stream().anyMatch(properties::contains);
  }

  static boolean isStructured(Variable x) {
    return isAny(x, SYMMETRIC) || isAny(x, FLAT) || isAny(x, CURVED) || x.is(Property.SIMPLEX);
  }

  /** Whether there is a derivative by all of these variables that keeps their structures. */
  static boolean exist(Structure structure, List<Variable> by) {
    for (Variable x : by) {
      boolean meet = x.is(Property.ORTHOGONAL) && (isAny(x, SYMMETRIC) || isAny(x, FLAT));
      boolean free = !isAny(x, CURVED) && !x.is(Property.SIMPLEX);
      boolean straight = !isAny(x, CURVED) || by.size() == 1;
      if (meet || !(structure == Structure.INDEPENDENT ? free : straight)) return false;
    }
    return true;
  }

  /**
   * The derivative that keeps the structures.
   *
   * @param derivative by all entries; the axes of the variables, then others
   * @param by the variables with what is declared of them
   */
  static NumericArray kept(
      NumericArray derivative, List<Variable> by, Binding at, Structure structure) {
    double[] data = derivative.data();
    int earlier = 1;
    for (Variable x : by) {
      NumericArray point = Objects.requireNonNull(at.variables().get(x.name()));
      if (isStructured(x)) data = kept(data, earlier, basis(x, point), structure);
      earlier *= point.count();
    }
    return NumericArray.of(derivative.shape(), data);
  }

  /**
   * The sum of the basis, each change times the derivative along it. So it is in the space of the
   * changes, and its inner product with each of them, which are orthogonal, is the derivative along
   * it if that is divided by the square of its length; without that the entry of a free parameter
   * is the derivative by it.
   */
  private static double[] kept(
      double[] data, int earlier, List<double[]> basis, Structure structure) {
    double[] kept = new double[data.length];
    for (double[] change : basis) {
      double square = 0;
      for (double e : change) square += e * e;
      double weight = structure == Structure.PROJECTED ? 1 / square : 1;
      int inner = data.length / (earlier * change.length);
      for (int p = 0; p < earlier; p++) {
        for (int r = 0; r < inner; r++) {
          int start = p * change.length * inner + r;
          double along = 0;
          for (int q = 0; q < change.length; q++) along += change[q] * data[start + q * inner];
          for (int q = 0; q < change.length; q++) {
            kept[start + q * inner] += weight * along * change[q];
          }
        }
      }
    }
    return kept;
  }

  /** An orthogonal basis of the changes that keep the structure of a variable at a point. */
  static List<double[]> basis(Variable x, NumericArray point) {
    if (x.is(Property.SIMPLEX)) return across(constant(point.count()));
    if (x.is(Property.UNIT)) return across(point.data());
    List<double[]> flat = ofMatrices(x, point.size(0));
    return x.is(Property.ORTHOGONAL) ? flat.stream().map(e -> times(point, e)).toList() : flat;
  }

  private static double[] constant(int n) {
    double[] constant = new double[n];
    java.util.Arrays.fill(constant, 1);
    return constant;
  }

  /** The vectors that are orthogonal to one, by Gram and Schmidt. */
  private static List<double[]> across(double[] normal) {
    List<double[]> all = new ArrayList<>(List.of(normal));
    for (int i = 0; i < normal.length; i++) {
      double[] v = new double[normal.length];
      v[i] = 1;
      for (int round = 0; round < 2; round++) all.forEach(u -> takeOff(v, u));
      if (dot(v, v) > 1e-6) all.add(v);
    }
    return all.subList(1, all.size());
  }

  private static void takeOff(double[] v, double[] u) {
    double factor = dot(u, v) / dot(u, u);
    for (int k = 0; k < v.length; k++) v[k] -= factor * u[k];
  }

  private static double dot(double[] a, double[] b) {
    double dot = 0;
    for (int k = 0; k < a.length; k++) dot += a[k] * b[k];
    return dot;
  }

  /** One change for each entry that is free, with the entry on the other side that moves along. */
  private static List<double[]> ofMatrices(Variable x, int n) {
    boolean even = isAny(x, SYMMETRIC);
    boolean odd = x.is(Property.SKEW) || x.is(Property.ORTHOGONAL);
    boolean onlyLower = x.is(Property.LOWER) || x.is(Property.DIAGONAL);
    boolean onlyUpper = x.is(Property.UPPER) || x.is(Property.DIAGONAL);
    boolean mirrored = even || odd;
    List<double[]> basis = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        boolean zero = (onlyLower || (mirrored && onlyUpper)) && j > i;
        zero |= (onlyUpper || (mirrored && onlyLower)) && j < i;
        boolean counted = mirrored && j > i;
        if (zero || counted || (odd && i == j)) continue;
        double[] change = new double[n * n];
        change[i * n + j] = 1;
        if (mirrored && i != j) change[j * n + i] = even ? 1 : -1;
        basis.add(change);
      }
    }
    return basis;
  }

  private static double[] times(NumericArray x, double[] e) {
    int n = x.size(0);
    double[] product = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) product[i * n + j] += x.get(i, k) * e[k * n + j];
      }
    }
    return product;
  }
}
