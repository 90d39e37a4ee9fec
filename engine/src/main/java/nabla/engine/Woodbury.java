package nabla.engine;

import java.util.List;
import java.util.function.Supplier;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/**
 * Equations with a diagonal plus low rank: inv(D + U*V') = inv(D) - inv(D)*U*inv(I +
 * V'*inv(D)*U)*V'*inv(D) (Golub and Van Loan, Matrix Computations, section 2.1.4). A diagonal that
 * is small beside the rest makes the difference of large numbers of it. So the solution is refined
 * by its residual until that is rounding (Higham, Accuracy and Stability of Numerical Algorithms,
 * chapter 12); where it does not get there, the matrix is written out.
 */
final class Woodbury {
  /** A residual that is rounding, in proportion to what was added up. */
  private static final double ROUNDING = 8 * Math.ulp(1.0);

  /** The largest one of a solution. */
  private static final double SMALL = 1e-13;

  private static final int MOST_STEPS = 40;

  private final int n;
  private final int rank;
  private final double[] diagonal;
  private final double[] left;
  private final double[] right;

  private Woodbury(Compressed.DiagonalPlusLowRank form, List<NumericArray> cores) {
    this.diagonal = cores.getFirst().data();
    this.n = diagonal.length;
    int columns = 0;
    for (int k = 1; k < cores.size(); k += 2) columns += width(cores.get(k));
    this.rank = columns;
    this.left = new double[n * rank];
    this.right = new double[n * rank];
    int first = 0;
    for (int pair = 0; pair < form.signs().size(); pair++) {
      NumericArray u = cores.get(2 * pair + 1);
      NumericArray v = cores.get(2 * pair + 2);
      int width = width(u);
      for (int i = 0; i < n; i++) {
        for (int c = 0; c < width; c++) {
          left[i * rank + first + c] = form.signs().get(pair) * u.data()[i * width + c];
          right[i * rank + first + c] = v.data()[i * width + c];
        }
      }
      first += width;
    }
  }

  private int width(NumericArray core) {
    return n == 0 ? 0 : core.count() / n;
  }

  /**
   * @param dense the whole matrix, if there is no other way
   * @throws NablaException with {@link Code#DOMAIN} if it is singular
   */
  static NumericArray solve(
      Compressed.DiagonalPlusLowRank form,
      List<NumericArray> cores,
      NumericArray right,
      Supplier<NumericArray> dense) {
    Woodbury woodbury = new Woodbury(form, cores);
    double[] solution = woodbury.hasZeros() ? null : woodbury.refined(right.data());
    return solution == null
        ? new DenseArray(dense.get(), right.rank()).solve(right)
        : NumericArray.of(right.shape(), solution);
  }

  private boolean hasZeros() {
    for (double d : diagonal) if (d == 0) return true;
    return false;
  }

  /** A solution whose residual is rounding; null if none is found. */
  private double @Nullable [] refined(double[] b) {
    double[] small = small();
    if (!Double.isFinite(largest(b))) return solved(small, b);
    double scale = scale();
    double[] x = new double[n];
    double[] rest = b;
    double error = Double.POSITIVE_INFINITY;
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] further;
      try {
        further = solved(small, rest);
      } catch (NablaException singular) {
        return null; // if only by rounding, the whole matrix shows
      }
      for (int i = 0; i < n; i++) further[i] += x[i];
      double[] residual = residual(b, further);
      double before = error;
      error = largest(residual) / (scale * largest(further) + largest(b));
      if (largest(b) == 0 || error <= ROUNDING) return further;
      if (!(error < before / 2)) return before <= SMALL ? x : null;
      x = further;
      rest = residual;
    }
    return null;
  }

  /** I + V'*inv(D)*U. */
  private double[] small() {
    double[] small = new double[rank * rank];
    for (int r = 0; r < rank; r++) small[r * rank + r] = 1;
    for (int i = 0; i < n; i++) {
      for (int r = 0; r < rank; r++) {
        double v = right[i * rank + r] / diagonal[i];
        for (int c = 0; c < rank; c++) small[r * rank + c] += v * left[i * rank + c];
      }
    }
    return small;
  }

  private double[] solved(double[] small, double[] b) {
    double[] y = new double[n];
    double[] side = new double[rank];
    for (int i = 0; i < n; i++) {
      y[i] = b[i] / diagonal[i];
      for (int r = 0; r < rank; r++) side[r] += right[i * rank + r] * y[i];
    }
    double[] weights = Equations.solve(small, rank, side);
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int c = 0; c < rank; c++) sum += left[i * rank + c] * weights[c];
      y[i] -= sum / diagonal[i];
    }
    return y;
  }

  /** b - (D + U*V')*x. */
  private double[] residual(double[] b, double[] x) {
    double[] weights = new double[rank];
    for (int i = 0; i < n; i++) {
      for (int r = 0; r < rank; r++) weights[r] += right[i * rank + r] * x[i];
    }
    double[] residual = new double[n];
    for (int i = 0; i < n; i++) {
      double sum = diagonal[i] * x[i];
      for (int r = 0; r < rank; r++) sum += left[i * rank + r] * weights[r];
      residual[i] = b[i] - sum;
    }
    return residual;
  }

  /** The largest row sum of |D| + |U|*|V|'. */
  private double scale() {
    double[] columns = new double[rank];
    for (int i = 0; i < n; i++) {
      for (int r = 0; r < rank; r++) columns[r] += Math.abs(right[i * rank + r]);
    }
    double largest = 0;
    for (int i = 0; i < n; i++) {
      double sum = Math.abs(diagonal[i]);
      for (int r = 0; r < rank; r++) sum += Math.abs(left[i * rank + r]) * columns[r];
      largest = Math.max(largest, sum);
    }
    return largest;
  }

  private static double largest(double[] numbers) {
    double largest = 0;
    for (double number : numbers) largest = Math.max(largest, Math.abs(number));
    return largest;
  }
}
