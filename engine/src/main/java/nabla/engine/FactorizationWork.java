package nabla.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nabla.engine.kernel.Exchanges;
import nabla.engine.kernel.LinearAlgebra;
import nabla.engine.kernel.Matrix;
import nabla.engine.kernel.Precision;
import org.jspecify.annotations.Nullable;

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

  /** The matrix, if it is stored by rows. */
  private final @Nullable Matrix whole;

  FactorizationWork(Node.Factorization node, Memory memory) {
    this.node = node;
    this.precision = memory.precision();
    this.source = memory.segment(node.matrix());
    this.from = memory.offset(node.matrix());
    this.factors = Factors.of(node.result(), memory);
    int n = factors.n();
    this.whole = node.matrix().isRowMajor() ? memory.matrix(node.matrix(), 0, n, n) : null;
  }

  /**
   * Where the parts of a factorisation lie.
   *
   * @param kind the byte of the memory at which the number is that says what it is
   */
  record Factors(Matrix matrix, Exchanges exchanges, MemorySegment memory, long kind) {
    static Factors of(Value value, Memory memory) {
      int length = value.shape()[0];
      int n = (int) Math.sqrt(length);
      while (Node.Factorization.length(n) > length) n--;
      Matrix matrix = memory.matrix(value, 0, n, n);
      long width = memory.precision().bytes();
      long pivots = memory.offset(value) + (long) n * n * width;
      MemorySegment segment = memory.segment(value);
      return new Factors(matrix, new Exchanges(segment, pivots, n), segment, pivots + n * width);
    }

    int n() {
      return matrix.rows();
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
    copy();
    boolean symmetric = node.symmetric() || isSymmetric();
    boolean cholesky =
        symmetric
            && algebra.cholesky(factors.matrix())
            && CholeskyPivots.areClear(factors.matrix(), this::diagonal);
    if (symmetric && !cholesky) copy();
    int kind = cholesky ? CHOLESKY : lu();
    factors.memory().set(ValueLayout.JAVA_INT, factors.kind(), kind);
  }

  private double diagonal(int i) {
    long[] strides = node.matrix().strides();
    return Numbers.number(source, from, i * (strides[0] + strides[1]), precision);
  }

  /** Whether the numbers happen to be those of a symmetric matrix; most are not at a glance. */
  private boolean isSymmetric() {
    Matrix a = factors.matrix();
    for (int i = 0; i < factors.n(); i++) {
      for (int j = 0; j < i; j++) if (a.get(i, j) != a.get(j, i)) return false;
    }
    return true;
  }

  private int lu() {
    Matrix a = factors.matrix();
    for (int i = 0; i < factors.n(); i++) {
      for (int j = 0; j < factors.n(); j++) if (!Double.isFinite(a.get(i, j))) return NOTHING;
    }
    return algebra.lu(a, factors.exchanges()) == 0 ? LU : SINGULAR;
  }

  private void copy() {
    if (whole != null) {
      factors.matrix().copyFrom(whole);
      return;
    }
    long[] strides = node.matrix().strides();
    for (int i = 0; i < factors.n(); i++) {
      for (int j = 0; j < factors.n(); j++) {
        long at = i * strides[0] + j * strides[1];
        factors.matrix().set(i, j, Numbers.number(source, from, at, precision));
      }
    }
  }
}
