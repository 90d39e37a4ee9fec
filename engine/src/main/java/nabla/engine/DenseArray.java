package nabla.engine;

import java.util.Arrays;
import java.util.List;
import nabla.StructuredArray;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;

/**
 * Numbers without a structure.
 *
 * @param rows how many of the axes are those of the rows of the matrix
 */
record DenseArray(NumericArray dense, int rows) implements StructuredArray {
  @Override
  public int[] shape() {
    return dense.shape();
  }

  private int[] rowShape() {
    return Arrays.copyOf(dense.shape(), rows);
  }

  private int[] columnShape() {
    return Arrays.copyOfRange(dense.shape(), rows, dense.rank());
  }

  private static int count(int[] shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  @Override
  public NumericArray times(NumericArray right) {
    require(right, columnShape(), "the columns");
    int m = count(rowShape());
    int n = count(columnShape());
    double[] product = new double[m];
    for (int i = 0; i < m; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) sum += dense.data()[i * n + j] * right.data()[j];
      product[i] = sum;
    }
    return NumericArray.of(rowShape(), product);
  }

  static void require(NumericArray right, int[] shape, String what) {
    if (Arrays.equals(right.shape(), shape)) return;
    throw new NablaException(
        Code.SHAPE,
        what
            + " have the shape "
            + Arrays.toString(shape)
            + ", not "
            + Arrays.toString(right.shape()));
  }

  @Override
  public NumericArray solve(NumericArray right) {
    require(right, rowShape(), "the rows");
    int n = count(rowShape());
    if (n != count(columnShape())) {
      throw new NablaException(
          Code.SHAPE, n + " rows and " + count(columnShape()) + " columns make no equation");
    }
    double[] solution = Equations.solve(dense.data(), n, right.data());
    return NumericArray.of(columnShape(), solution);
  }

  @Override
  public List<NumericArray> parts() {
    return List.of(dense);
  }

  @Override
  public long stored() {
    return dense.count();
  }

  @Override
  public String structure() {
    return "dense";
  }

  @Override
  public String savings() {
    return "stored all " + dense.count() + " numbers";
  }
}
