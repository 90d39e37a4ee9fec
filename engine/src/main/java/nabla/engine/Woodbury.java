package nabla.engine;

import java.util.List;
import java.util.function.Supplier;
import nabla.tensor.NumericArray;

/**
 * Equations with a diagonal plus low rank: inv(D + U*V') = inv(D) - inv(D)*U*inv(I +
 * V'*inv(D)*U)*V'*inv(D) (Golub and Van Loan, Matrix Computations, section 2.1.4).
 */
final class Woodbury {
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
   * @param dense the whole matrix, for a diagonal with zeros
   */
  static NumericArray solve(
      Compressed.DiagonalPlusLowRank form,
      List<NumericArray> cores,
      NumericArray right,
      Supplier<NumericArray> dense) {
    Woodbury woodbury = new Woodbury(form, cores);
    for (double d : woodbury.diagonal) {
      if (d == 0) return new DenseArray(dense.get(), right.rank()).solve(right);
    }
    return NumericArray.of(right.shape(), woodbury.solved(right.data()));
  }

  private double[] solved(double[] b) {
    double[] y = new double[n];
    for (int i = 0; i < n; i++) y[i] = b[i] / diagonal[i];
    double[] small = new double[rank * rank];
    double[] side = new double[rank];
    for (int r = 0; r < rank; r++) {
      small[r * rank + r] = 1;
      for (int i = 0; i < n; i++) {
        double v = right[i * rank + r];
        side[r] += v * y[i];
        for (int c = 0; c < rank; c++) {
          small[r * rank + c] += v * left[i * rank + c] / diagonal[i];
        }
      }
    }
    double[] weights = Equations.solve(small, rank, side);
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < rank; c++) y[i] -= left[i * rank + c] * weights[c] / diagonal[i];
    }
    return y;
  }
}
