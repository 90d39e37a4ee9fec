package nabla.verify.exact;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import nabla.tensor.Property;
import nabla.tensor.Variable;

/**
 * Random arrays modulo a prime that have what is declared of a variable, as rational functions of
 * free numbers that reach all such arrays but for exceptions.
 */
final class RationalPoints {
  /** These restrict no identity of rational functions: what holds for them holds everywhere. */
  private static final Set<Property> OPEN =
      EnumSet.of(
          Property.INVERTIBLE,
          Property.POSITIVE,
          Property.NONNEGATIVE,
          Property.INTEGER,
          Property.CONSTANT);

  /** These make linear spaces, alone and together. */
  private static final Set<Property> LINEAR =
      EnumSet.of(
          Property.SYMMETRIC,
          Property.PD,
          Property.PSD,
          Property.SKEW,
          Property.DIAGONAL,
          Property.LOWER,
          Property.UPPER,
          Property.TOEPLITZ);

  private final PrimeField field;
  private final SplittableRandom random;

  RationalPoints(PrimeField field, SplittableRandom random) {
    this.field = field;
    this.random = random;
  }

  /** Whether orthogonal matrices have two kinds: those with determinant 1 and with -1. */
  static boolean hasTwoKinds(Variable variable) {
    return variable.is(Property.ORTHOGONAL);
  }

  /**
   * Draws an array.
   *
   * @param mirrored of a variable that has two kinds: which of them
   * @throws Obstacle if there is no such parametrisation
   */
  Dual draw(Variable variable, Map<String, Integer> sizes, boolean mirrored) {
    int[] shape = DualProduct.numbers(variable.shape(), sizes);
    Set<Property> restricting = EnumSet.noneOf(Property.class);
    restricting.addAll(variable.properties());
    restricting.removeAll(OPEN);
    if (LINEAR.containsAll(restricting)) return linear(variable, shape);
    boolean square = shape.length == 2 && shape[0] == shape[1];
    boolean rotation = variable.is(Property.ORTHOGONAL);
    boolean known = rotation ? square : variable.is(Property.UNIT) || variable.is(Property.SIMPLEX);
    if (restricting.size() > 1 || !known) {
      throw Obstacle.noModel(
          "no rational point is known for what is declared of " + variable.name());
    }
    if (rotation) return orthogonal(shape[0], mirrored);
    if (variable.is(Property.UNIT)) return unit(variable, shape);
    return simplex(shape);
  }

  private long[] free(int count) {
    long[] entries = new long[count];
    for (int k = 0; k < count; k++) entries[k] = field.random(random);
    return entries;
  }

  private Dual linear(Variable v, int[] shape) {
    long[] entries = free(Dual.count(shape));
    if (shape.length == 2) {
      boolean symmetric = v.is(Property.SYMMETRIC) || v.is(Property.PD) || v.is(Property.PSD);
      int m = shape[0];
      int n = shape[1];
      if (v.is(Property.TOEPLITZ)) {
        for (int k = n; k < entries.length; k++) if (k % n > 0) entries[k] = entries[k - n - 1];
      }
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          int k = i * n + j;
          boolean out =
              (i != j && v.is(Property.DIAGONAL))
                  || (i < j && v.is(Property.LOWER))
                  || (i > j && v.is(Property.UPPER))
                  || (i != j && symmetric && (v.is(Property.LOWER) || v.is(Property.UPPER)))
                  || (i == j && v.is(Property.SKEW));
          if (out) entries[k] = 0;
          else if (i > j && symmetric) entries[k] = entries[j * n + i];
          else if (i > j && v.is(Property.SKEW)) entries[k] = field.negate(entries[j * n + i]);
        }
      }
    }
    return new Dual(shape, entries, null, Bound.FREE);
  }

  /** Cayley: (I - S) inv(I + S) with a skew S, and the first column turned round if mirrored. */
  private Dual orthogonal(int n, boolean mirrored) {
    long[] s = free(n * n);
    long[] minus = new long[n * n];
    long[] plus = new long[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        long entry = i == j ? 0 : i > j ? s[i * n + j] : field.negate(s[j * n + i]);
        plus[i * n + j] = i == j ? 1 : entry;
        minus[i * n + j] = i == j ? 1 : field.negate(entry);
      }
    }
    int[] shape = {n, n};
    Bound bound = new Bound(Height.FREE, Height.ONE, Height.ONE);
    DualMatrices matrices = new DualMatrices(field);
    Dual inverse = matrices.inverse(new Dual(shape, plus, null, bound));
    Dual q = matrices.product(new Dual(shape, minus, null, bound), inverse);
    if (!mirrored) return q;
    for (int i = 0; i < n; i++) q.value()[i * n] = field.negate(q.value()[i * n]);
    return q;
  }

  /** The stereographic projection: (2t, |t|² - 1)/(|t|² + 1). */
  private Dual unit(Variable variable, int[] shape) {
    int n = Dual.count(shape);
    if (n < 2) {
      throw Obstacle.noModel("no rational point is known for " + variable.name() + " of size 1");
    }
    long[] t = free(n);
    long square = 0;
    for (int k = 0; k < n - 1; k++) square = field.plus(square, field.times(t[k], t[k]));
    long factor = field.inverse(field.plus(square, 1));
    for (int k = 0; k < n - 1; k++) t[k] = field.times(field.plus(t[k], t[k]), factor);
    t[n - 1] = field.times(field.minus(square, 1), factor);
    Height two = new Height(2, n);
    return new Dual(shape, t, null, new Bound(two, two, Height.ONE));
  }

  /** The last entry, of each row, is what the others leave of 1. */
  private Dual simplex(int[] shape) {
    long[] entries = free(Dual.count(shape));
    int run = shape.length == 0 ? 1 : shape[shape.length - 1];
    for (int start = 0; start < entries.length; start += run) {
      long rest = 1;
      for (int k = start; k < start + run - 1; k++) rest = field.minus(rest, entries[k]);
      entries[start + run - 1] = rest;
    }
    return new Dual(shape, entries, null, new Bound(new Height(1, run), Height.ONE, Height.ONE));
  }
}
