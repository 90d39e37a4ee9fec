package nabla.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.engine.kernel.Exchanges;
import nabla.engine.kernel.LinearAlgebra;
import nabla.engine.kernel.Matrix;

/** Systems of linear equations over arrays. */
final class Equations {
  private Equations() {}

  /**
   * The solution of A*x = b, by Cholesky if A is symmetric and positive definite; NaN if A has an
   * entry that is infinite or NaN.
   *
   * @param matrix n x n, row by row
   * @throws NablaException with {@link Code#DOMAIN} if it is singular
   */
  static double[] solve(double[] matrix, int n, double[] right) {
    if (n == 0) return new double[0];
    if (n == 1) return Arrays.stream(right).map(b -> quotient(b, matrix[0])).toArray();
    if (!isFinite(matrix)) return filled(right.length);
    LinearAlgebra algebra = LinearAlgebra.best();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment a = EngineArithmetic.copy(matrix, arena);
      MemorySegment b = EngineArithmetic.copy(right, arena);
      Matrix factors = EngineArithmetic.matrix(a, n, n);
      Matrix sides = EngineArithmetic.matrix(b, n, right.length / n);
      boolean cholesky =
          isSymmetric(matrix, n)
              && algebra.cholesky(factors)
              && CholeskyPivots.areClear(factors, i -> matrix[i * n + i]);
      if (cholesky) {
        algebra.choleskySolve(factors, sides);
      } else {
        MemorySegment.copy(matrix, 0, a, ValueLayout.JAVA_DOUBLE, 0, matrix.length);
        Exchanges exchanges = EngineArithmetic.exchanges(n, arena);
        if (algebra.lu(factors, exchanges) != 0) {
          throw new NablaException(Code.DOMAIN, "the matrix is singular");
        }
        algebra.luSolve(factors, exchanges, sides);
      }
      return b.toArray(ValueLayout.JAVA_DOUBLE);
    }
  }

  /** The solution of a*x = b for one number. */
  static double quotient(double b, double a) {
    if (a == 0) throw new NablaException(Code.DOMAIN, "the matrix is singular");
    return Double.isFinite(a) ? b / a : Double.NaN;
  }

  private static double[] filled(int length) {
    double[] nothing = new double[length];
    Arrays.fill(nothing, Double.NaN);
    return nothing;
  }

  private static boolean isFinite(double[] numbers) {
    for (double number : numbers) if (!Double.isFinite(number)) return false;
    return true;
  }

  private static boolean isSymmetric(double[] a, int n) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) if (a[i * n + j] != a[j * n + i]) return false;
    }
    return true;
  }
}
