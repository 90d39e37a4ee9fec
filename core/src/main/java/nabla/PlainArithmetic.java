package nabla;

import java.util.List;
import nabla.operation.Inverse;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/** Matrices as the textbook has them, for small ones. */
final class PlainArithmetic implements MatrixArithmetic {
  @Override
  public NumericArray product(NumericArray left, NumericArray right) {
    int n = right.size(1);
    double[] a = left.data();
    double[] b = right.data();
    double[] product = new double[left.size(0) * n];
    for (int i = 0; i < left.size(0); i++) {
      for (int k = 0; k < right.size(0); k++) {
        double factor = a[i * right.size(0) + k];
        for (int j = 0; j < n; j++) product[i * n + j] += factor * b[k * n + j];
      }
    }
    return NumericArray.of(new int[] {left.size(0), n}, product);
  }

  @Override
  public NumericArray inverse(NumericArray matrix) {
    return Inverse.INVERSE.value(List.of(matrix));
  }

  @Override
  public double @Nullable [] pivots(NumericArray symmetric) {
    int n = symmetric.size(0);
    double[] a = symmetric.data().clone();
    double[] pivots = new double[n];
    for (int k = 0; k < n; k++) {
      pivots[k] = a[k * n + k];
      if (!(pivots[k] > 0)) return null;
      for (int i = k + 1; i < n; i++) {
        double factor = a[k * n + i] / pivots[k];
        for (int j = i; j < n; j++) a[i * n + j] -= factor * a[k * n + j];
      }
    }
    return pivots;
  }
}
