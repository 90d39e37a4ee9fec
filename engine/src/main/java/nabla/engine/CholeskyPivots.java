package nabla.engine;

import java.util.function.IntToDoubleFunction;
import nabla.engine.kernel.Matrix;
import nabla.engine.kernel.Precision;

/** The pivots of a Cholesky factorisation. */
final class CholeskyPivots {
  private CholeskyPivots() {}

  /**
   * Whether none is so small beside what it was before elimination that rounding may have made it:
   * a singular matrix can have such pivots where LU finds one that is exactly 0.
   *
   * @param u the upper triangular factor
   * @param diagonal of the matrix
   */
  static boolean areClear(Matrix u, IntToDoubleFunction diagonal) {
    double unit = u.precision() == Precision.DOUBLE ? Math.ulp(1.0) : Math.ulp(1f);
    for (int i = 0; i < u.rows(); i++) {
      double root = u.get(i, i);
      if (!(root * root > u.rows() * unit * diagonal.applyAsDouble(i))) return false;
    }
    return true;
  }
}
