package nabla.verify.exact;

import org.jspecify.annotations.Nullable;

/** Square matrices of dual numbers. */
record DualMatrices(PrimeField field) {
  private static final int LARGEST = 20;

  /**
   * By elimination.
   *
   * @throws Obstacle if it is singular here
   */
  Dual inverse(Dual a) {
    int n = a.shape()[0];
    long[] y = inverse(a.value(), n);
    long[] tangent = null;
    if (a.tangent() != null) {
      tangent = product(product(y, a.tangent(), n), y, n);
      for (int k = 0; k < tangent.length; k++) tangent[k] = field.negate(tangent[k]);
    }
    return new Dual(a.shape(), y, tangent, a.bound().inverse(n));
  }

  private long[] inverse(long[] matrix, int n) {
    int width = 2 * n;
    long[] a = new long[n * width];
    for (int i = 0; i < n; i++) {
      System.arraycopy(matrix, i * n, a, i * width, n);
      a[i * width + n + i] = 1;
    }
    for (int column = 0; column < n; column++) {
      int pivot = column;
      while (pivot < n && a[pivot * width + column] == 0) pivot++;
      if (pivot == n) throw Obstacle.point();
      swap(a, pivot, column, width);
      long factor = field.inverse(a[column * width + column]);
      for (int j = column; j < width; j++) {
        a[column * width + j] = field.times(a[column * width + j], factor);
      }
      for (int i = 0; i < n; i++) {
        if (i != column) subtract(a, i, a[i * width + column], column, width);
      }
    }
    long[] inverse = new long[n * n];
    for (int i = 0; i < n; i++) System.arraycopy(a, i * width + n, inverse, i * n, n);
    return inverse;
  }

  private void subtract(long[] a, int row, long times, int other, int width) {
    if (times == 0) return;
    for (int j = other; j < width; j++) {
      long product = field.times(times, a[other * width + j]);
      a[row * width + j] = field.minus(a[row * width + j], product);
    }
  }

  private static void swap(long[] a, int i, int k, int width) {
    if (i == k) return;
    for (int j = 0; j < width; j++) {
      long swap = a[i * width + j];
      a[i * width + j] = a[k * width + j];
      a[k * width + j] = swap;
    }
  }

  private long[] product(long[] a, long[] b, int n) {
    long[] product = new long[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        long sum = 0;
        for (int k = 0; k < n; k++) {
          sum = field.plus(sum, field.times(a[i * n + k], b[k * n + j]));
        }
        product[i * n + j] = sum;
      }
    }
    return product;
  }

  /**
   * The adjugate and, behind its entries, the determinant, by the algorithm of Faddeev and
   * LeVerrier: it divides by whole numbers only, so that singular matrices have both.
   */
  private Dual faddeev(Dual a) {
    int n = a.shape()[0];
    if (n > LARGEST) throw Obstacle.noModel("a determinant of size " + n);
    long[] m = new long[n * n + 1];
    long @Nullable [] dm = a.tangent() == null ? null : new long[n * n + 1];
    for (int i = 0; i < n; i++) m[i * n + i] = 1;
    m[n * n] = 1;
    for (int k = 1; k <= n; k++) {
      long[] am = product(a.value(), m, n);
      long factor = field.negate(field.inverse(k));
      long c = field.times(trace(am, n), factor);
      long[] dam = null;
      long dc = 0;
      if (dm != null && a.tangent() != null) {
        dam = product(a.tangent(), m, n);
        long[] more = product(a.value(), dm, n);
        for (int e = 0; e < dam.length; e++) dam[e] = field.plus(dam[e], more[e]);
        dc = field.times(trace(dam, n), factor);
      }
      if (k == n) {
        boolean odd = n % 2 == 1;
        m[n * n] = odd ? field.negate(c) : c;
        if (dm != null) dm[n * n] = odd ? field.negate(dc) : dc;
        return signed(a, m, dm, n);
      }
      System.arraycopy(am, 0, m, 0, n * n);
      if (dm != null && dam != null) System.arraycopy(dam, 0, dm, 0, n * n);
      for (int i = 0; i < n; i++) {
        m[i * n + i] = field.plus(m[i * n + i], c);
        if (dm != null) dm[i * n + i] = field.plus(dm[i * n + i], dc);
      }
    }
    return new Dual(new int[] {1}, m, dm, Bound.ONE);
  }

  /** adj(A) is (-1)^(n-1) times the last matrix. */
  private Dual signed(Dual a, long[] m, long @Nullable [] dm, int n) {
    if (n % 2 == 0) {
      for (int e = 0; e < n * n; e++) {
        m[e] = field.negate(m[e]);
        if (dm != null) dm[e] = field.negate(dm[e]);
      }
    }
    return new Dual(a.shape(), m, dm, a.bound());
  }

  private long trace(long[] a, int n) {
    long trace = 0;
    for (int i = 0; i < n; i++) trace = field.plus(trace, a[i * n + i]);
    return trace;
  }

  Dual determinant(Dual a) {
    int n = a.shape()[0];
    Dual all = faddeev(a);
    long[] tangent = all.tangent() == null ? null : new long[] {all.tangent(n * n)};
    return new Dual(new int[0], new long[] {all.value()[n * n]}, tangent, a.bound().determinant(n));
  }

  Dual adjugate(Dual a) {
    int n = a.shape()[0];
    Dual all = faddeev(a);
    long[] tangent = all.tangent() == null ? null : java.util.Arrays.copyOf(all.tangent(), n * n);
    return new Dual(
        a.shape(),
        java.util.Arrays.copyOf(all.value(), n * n),
        tangent,
        n == 1 ? Bound.ONE : a.bound().determinant(n - 1));
  }

  /** That of a matrix of full rank: inv(X'X) X' or X' inv(X X'). */
  Dual pseudoInverse(Dual x) {
    boolean tall = x.shape()[0] >= x.shape()[1];
    Dual turned = transpose(x);
    Dual gram = tall ? product(turned, x) : product(x, turned);
    Dual inverse = inverse(gram);
    return tall ? product(inverse, turned) : product(turned, inverse);
  }

  private static Dual transpose(Dual a) {
    int m = a.shape()[0];
    int n = a.shape()[1];
    long[] value = new long[m * n];
    long[] tangent = a.tangent() == null ? null : new long[m * n];
    for (int k = 0; k < value.length; k++) {
      int from = k % m * n + k / m;
      value[k] = a.value()[from];
      if (tangent != null) tangent[k] = a.tangent(from);
    }
    return new Dual(new int[] {n, m}, value, tangent, a.bound());
  }

  Dual product(Dual a, Dual b) {
    int m = a.shape()[0];
    int inner = a.shape()[1];
    int n = b.shape()[1];
    long[] value = new long[m * n];
    long[] tangent = a.tangent() == null && b.tangent() == null ? null : new long[m * n];
    for (int k = 0; k < value.length; k++) {
      for (int l = 0; l < inner; l++) {
        int left = k / n * inner + l;
        int right = l * n + k % n;
        value[k] = field.plus(value[k], field.times(a.value()[left], b.value()[right]));
        if (tangent == null) continue;
        long one = field.times(a.tangent(left), b.value()[right]);
        long other = field.times(a.value()[left], b.tangent(right));
        tangent[k] = field.plus(tangent[k], field.plus(one, other));
      }
    }
    return new Dual(new int[] {m, n}, value, tangent, a.bound().times(b.bound()).sum(inner));
  }

  /** The inverse of Z -> A Z + Z B, as a tensor. */
  Dual sylvester(Dual a, Dual b) {
    int m = a.shape()[0];
    int n = b.shape()[0];
    int all = m * n;
    long[] value = new long[all * all];
    long[] tangent = a.tangent() == null && b.tangent() == null ? null : new long[all * all];
    for (int k = 0; k < value.length; k++) {
      int i = k / all / n;
      int j = k / all % n;
      int p = k % all / n;
      int q = k % all % n;
      if (j == q) {
        value[k] = field.plus(value[k], a.value()[i * m + p]);
        if (tangent != null) tangent[k] = field.plus(tangent[k], a.tangent(i * m + p));
      }
      if (i == p) {
        value[k] = field.plus(value[k], b.value()[q * n + j]);
        if (tangent != null) tangent[k] = field.plus(tangent[k], b.tangent(q * n + j));
      }
    }
    Bound bound = a.bound().plus(b.bound());
    return inverse(new Dual(new int[] {all, all}, value, tangent, bound)).withShape(m, n, m, n);
  }
}
