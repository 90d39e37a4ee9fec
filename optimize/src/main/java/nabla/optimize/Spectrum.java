package nabla.optimize;

import java.util.Map;
import java.util.Optional;
import nabla.Expression;
import nabla.tensor.NumericArray;
import nabla.tensor.Rational;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;

/**
 * The Hessian of a function of second degree by the matrices that it is made of: one of them, which
 * is M, or with {@code M*X*N} the Kronecker product, or with {@code M*X + X*N} the Kronecker sum.
 * Its eigenvalues are the products and the sums of theirs.
 */
record Spectrum(Kind kind, Rational factor, Expression left, Expression right) {
  enum Kind {
    SINGLE,
    PRODUCT,
    SUM
  }

  /** Of larger matrices no eigenvalues are computed. */
  private static final int MOST_ROWS = 400;

  private static final double SYMMETRIC = 1e-12;

  /** What the eigenvalues say, if the matrices are small enough. */
  Curvature curvature(Map<String, NumericArray> data, int threads) {
    Optional<double[]> l = extremes(left, data, threads);
    Optional<double[]> r = kind == Kind.SINGLE ? l : extremes(right, data, threads);
    if (l.isEmpty() || r.isEmpty()) return Curvature.UNKNOWN;
    double smallest = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (double a : l.get()) {
      for (double b : r.get()) {
        double eigenvalue =
            factor.doubleValue()
                * switch (kind) {
                  case SINGLE -> a;
                  case PRODUCT -> a * b;
                  case SUM -> a + b;
                };
        smallest = Math.min(smallest, eigenvalue);
        largest = Math.max(largest, eigenvalue);
      }
    }
    return Curvature.of(smallest, largest);
  }

  /** Whether all eigenvalues are positive, also of large matrices. */
  boolean isPositive(Map<String, NumericArray> data, int threads) {
    return isPositive(left, data, threads)
        && (kind == Kind.SINGLE || isPositive(right, data, threads));
  }

  private static boolean isPositive(
      Expression matrix, Map<String, NumericArray> data, int threads) {
    return symmetric(matrix, data, threads).map(Spectrum::isPositive).orElse(false);
  }

  private static boolean isPositive(double[][] rows) {
    double largest = 0;
    for (int k = 0; k < rows.length; k++) largest = Math.max(largest, rows[k][k]);
    try {
      new CholeskyDecomposition(
          MatrixUtils.createRealMatrix(rows), SYMMETRIC, Curvature.ROUNDING * largest);
      return true;
    } catch (MathIllegalArgumentException e) {
      return false;
    }
  }

  /** The least and the greatest eigenvalue; nothing if the matrix is large or not symmetric. */
  private static Optional<double[]> extremes(
      Expression matrix, Map<String, NumericArray> data, int threads) {
    return symmetric(matrix, data, threads)
        .filter(rows -> rows.length <= MOST_ROWS)
        .map(
            rows -> {
              Curvature own = new QuadraticModel(rows, new double[rows.length]).curvature();
              return new double[] {own.smallest(), own.largest()};
            });
  }

  /** By rows; nothing if it is not symmetric. */
  private static Optional<double[][]> symmetric(
      Expression matrix, Map<String, NumericArray> data, int threads) {
    NumericArray m = ClosedForm.value(matrix, data, threads);
    if (m.rank() != 2) return Optional.empty();
    int n = m.size(0);
    double[][] rows = new double[n][n];
    double scale = Vectors.largest(m.data());
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (!(Math.abs(m.get(i, j) - m.get(j, i)) <= SYMMETRIC * scale)) return Optional.empty();
        rows[i][j] = (m.get(i, j) + m.get(j, i)) / 2;
      }
    }
    return Optional.of(rows);
  }
}
