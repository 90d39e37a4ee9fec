package nabla.verify.exact;

import nabla.tensor.Property;
import nabla.tensor.Variable;
import nabla.verify.Directions;

/**
 * How a variable moves: along a random array T, or along what its structure makes of T, the sum of
 * the directions that belong to the entries of the derivative, each times its entry of T.
 */
record Movement(Directions directions, PrimeField field) {

  /** The variable at a point, moving. */
  Dual of(Variable variable, Dual at, long[] t) {
    if (directions == Directions.CHANGES) {
      Bound change = new Bound(Height.ONE, Height.ONE, Height.FREE);
      return new Dual(at.shape(), at.value(), t, change);
    }
    return new Dual(at.shape(), at.value(), direction(variable, at, t), moved(at));
  }

  /** T is of degree 1, and the square of the point times it of 3. */
  private static Bound moved(Dual at) {
    Height d = at.bound().d().times(new Height(0, at.count()));
    Height n = at.bound().n().times(new Height(0, at.count()));
    Height square = n.times(d).power(2);
    return new Bound(n, d, square.times(Height.FREE).sum(4.0 * at.count()));
  }

  private long[] direction(Variable v, Dual at, long[] t) {
    if (directions == Directions.ENTRIES) return t;
    boolean mean = directions == Directions.PROJECTED;
    if (v.is(Property.SIMPLEX)) return centred(t);
    if (v.is(Property.TOEPLITZ)) return spread(matrix(v, at, t), at.shape(), mean);
    if (at.shape().length == 1) return v.is(Property.UNIT) ? tangent(at.value(), t) : t;
    return at.shape().length == 2 ? matrix(v, at, t) : t;
  }

  private long[] centred(long[] t) {
    long sum = 0;
    for (long entry : t) sum = field.plus(sum, entry);
    long mean = field.times(sum, field.inverse(field.of(t.length)));
    long[] centred = new long[t.length];
    for (int k = 0; k < t.length; k++) centred[k] = field.minus(t[k], mean);
    return centred;
  }

  /** T - x (x'T). */
  private long[] tangent(long[] x, long[] t) {
    long inner = 0;
    for (int k = 0; k < t.length; k++) inner = field.plus(inner, field.times(x[k], t[k]));
    long[] tangent = new long[t.length];
    for (int k = 0; k < t.length; k++) {
      tangent[k] = field.minus(t[k], field.times(x[k], inner));
    }
    return tangent;
  }

  private long[] matrix(Variable v, Dual at, long[] t) {
    int m = at.shape()[0];
    int n = at.shape()[1];
    boolean symmetric = v.is(Property.SYMMETRIC) || v.is(Property.PD) || v.is(Property.PSD);
    boolean triangular = v.is(Property.LOWER) || v.is(Property.UPPER);
    boolean diagonal = v.is(Property.DIAGONAL) || (symmetric && triangular);
    long[] kept = t.clone();
    for (int k = 0; k < kept.length; k++) {
      int i = k / n;
      int j = k % n;
      boolean outside =
          (diagonal && i != j)
              || (v.is(Property.LOWER) && i < j)
              || (v.is(Property.UPPER) && i > j)
              || (v.is(Property.SKEW) && i == j);
      if (outside) kept[k] = 0;
    }
    if (diagonal) return kept;
    if (v.is(Property.ORTHOGONAL)) return orthogonal(at, kept, m, n);
    if (symmetric) return mirrored(kept, n, 1);
    return v.is(Property.SKEW) ? mirrored(kept, n, field.negate(1)) : kept;
  }

  private long[] mirrored(long[] t, int n, long sign) {
    long size = directions == Directions.PROJECTED ? field.inverse(2) : 1;
    long[] sum = t.clone();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (i == j) continue;
        long both = field.plus(t[i * n + j], field.times(sign, t[j * n + i]));
        sum[i * n + j] = field.times(size, both);
      }
    }
    return sum;
  }

  /** T - X (X'T + T'X)/2. */
  private long[] orthogonal(Dual x, long[] t, int m, int n) {
    long half = field.inverse(2);
    long[] inner = new long[n * n];
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < n; b++) {
        for (int k = 0; k < m; k++) {
          long one = field.times(x.value()[k * n + a], t[k * n + b]);
          long other = field.times(t[k * n + a], x.value()[k * n + b]);
          long both = field.times(half, field.plus(one, other));
          inner[a * n + b] = field.plus(inner[a * n + b], both);
        }
      }
    }
    long[] direction = t.clone();
    for (int k = 0; k < direction.length; k++) {
      for (int a = 0; a < n; a++) {
        long part = field.times(x.value()[k / n * n + a], inner[a * n + k % n]);
        direction[k] = field.minus(direction[k], part);
      }
    }
    return direction;
  }

  private long[] spread(long[] t, int[] shape, boolean mean) {
    int n = shape[1];
    long[] sums = new long[shape[0] + n - 1];
    int[] lengths = new int[sums.length];
    for (int k = 0; k < t.length; k++) {
      int diagonal = k / n - k % n + n - 1;
      sums[diagonal] = field.plus(sums[diagonal], t[k]);
      lengths[diagonal]++;
    }
    long[] spread = new long[t.length];
    for (int k = 0; k < t.length; k++) {
      int diagonal = k / n - k % n + n - 1;
      long sum = sums[diagonal];
      spread[k] = mean ? field.times(sum, field.inverse(lengths[diagonal])) : sum;
    }
    return spread;
  }
}
