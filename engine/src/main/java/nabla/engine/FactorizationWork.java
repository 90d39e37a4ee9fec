package nabla.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nabla.engine.kernel.LinearAlgebra;
import nabla.engine.kernel.Precision;

/**
 * Factorises a square matrix: by Cholesky if it turns out to be symmetric and positive definite,
 * else by LU. The memory has the factors, the pivots as 32-bit integers, and a number that says
 * which it is.
 */
final class FactorizationWork implements Runnable {
  static final int CHOLESKY = 1;
  static final int LU = 0;

  /** A matrix with an entry that is infinite or NaN: elimination could hide it. */
  static final int NOTHING = 2;

  /** By LU, a matrix with a pivot that is 0. */
  static final int SINGULAR = 3;

  private final LinearAlgebra algebra = LinearAlgebra.best();
  private final Node.Factorization node;
  private final Precision precision;
  private final MemorySegment source;
  private final long from;
  private final Factors factors;

  FactorizationWork(Node.Factorization node, Memory memory, Precision precision) {
    this.node = node;
    this.precision = precision;
    this.source = memory.segment(node.matrix());
    this.from = memory.offset(node.matrix());
    this.factors = Factors.of(node.result(), memory, precision);
  }

  /** Where the parts of a factorisation lie. */
  record Factors(MemorySegment memory, int n, long matrix, long pivots, long kind) {
    static Factors of(Value value, Memory memory, Precision precision) {
      int length = value.shape()[0];
      int n = (int) Math.sqrt(length);
      while (Node.Factorization.length(n) > length) n--;
      long begin = memory.offset(value);
      long pivots = begin + (long) n * n * precision.bytes();
      return new Factors(
          memory.segment(value), n, begin, pivots, pivots + (long) n * precision.bytes());
    }

    boolean isCholesky() {
      return memory.get(ValueLayout.JAVA_INT, kind) == CHOLESKY;
    }

    boolean isNothing() {
      return memory.get(ValueLayout.JAVA_INT, kind) == NOTHING;
    }

    boolean isSingular() {
      return memory.get(ValueLayout.JAVA_INT, kind) == SINGULAR;
    }
  }

  @Override
  public void run() {
    int n = factors.n();
    copy();
    boolean symmetric = node.symmetric() || isSymmetric();
    boolean cholesky =
        symmetric
            && algebra.cholesky(precision, n, factors.memory(), factors.matrix(), Math.max(1, n));
    if (symmetric && !cholesky) copy();
    int kind = cholesky ? CHOLESKY : lu();
    factors.memory().set(ValueLayout.JAVA_INT, factors.kind(), kind);
  }

  /** Whether the numbers happen to be those of a symmetric matrix; most are not at a glance. */
  private boolean isSymmetric() {
    int n = factors.n();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) if (entry(i, j) != entry(j, i)) return false;
    }
    return true;
  }

  private double entry(int i, int j) {
    long at = (long) i * factors.n() + j;
    return Numbers.number(factors.memory(), factors.matrix(), at, precision);
  }

  private int lu() {
    int n = factors.n();
    for (long k = 0; k < (long) n * n; k++) {
      double entry = Numbers.number(factors.memory(), factors.matrix(), k, precision);
      if (!Double.isFinite(entry)) return NOTHING;
    }
    int zero =
        algebra.lu(
            precision,
            n,
            factors.memory(),
            factors.matrix(),
            Math.max(1, n),
            factors.memory(),
            factors.pivots());
    return zero == 0 ? LU : SINGULAR;
  }

  private void copy() {
    Value a = node.matrix();
    int width = precision.bytes();
    if (a.isRowMajor()) {
      MemorySegment.copy(source, from, factors.memory(), factors.matrix(), a.count() * width);
      return;
    }
    int n = factors.n();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        long at = i * a.strides()[0] + j * a.strides()[1];
        MemorySegment.copy(
            source,
            from + at * width,
            factors.memory(),
            factors.matrix() + ((long) i * n + j) * width,
            width);
      }
    }
  }
}
