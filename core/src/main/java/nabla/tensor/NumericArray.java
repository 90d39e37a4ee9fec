package nabla.tensor;

import java.util.Arrays;
import java.util.StringJoiner;
import java.util.function.DoubleUnaryOperator;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;

/** Numbers in a rectangular arrangement of any rank, the last index running fastest. */
public final class NumericArray {
  private final int[] shape;
  private final double[] data;

  private NumericArray(int[] shape, double[] data) {
    this.shape = shape;
    this.data = data;
  }

  /**
   * Takes over {@code data} without copying it.
   *
   * @throws IllegalArgumentException if the number of entries is not the product of the shape
   */
  public static NumericArray of(int[] shape, double... data) {
    if (count(shape) != data.length) {
      throw new IllegalArgumentException(data.length + " entries for " + Arrays.toString(shape));
    }
    return new NumericArray(shape.clone(), data);
  }

  public static NumericArray scalar(double value) {
    return new NumericArray(new int[0], new double[] {value});
  }

  public static NumericArray vector(double... entries) {
    return of(new int[] {entries.length}, entries.clone());
  }

  /**
   * A matrix by its rows.
   *
   * @throws NablaException with {@link Code#VALUE} if the rows differ in length; with {@link
   *     Code#LIMIT} if there are too many entries to be counted
   */
  public static NumericArray matrix(double[]... rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    double[] data = new double[count(rows.length, columns)];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) throw ragged(i, rows[i].length, columns);
      System.arraycopy(rows[i], 0, data, i * columns, columns);
    }
    return new NumericArray(new int[] {rows.length, columns}, data);
  }

  public static NumericArray zeros(int... shape) {
    return new NumericArray(shape.clone(), new double[count(shape)]);
  }

  private static NablaException ragged(int row, int entries, int expected) {
    return new NablaException(
        Code.VALUE,
        "row %d of a matrix has %d entries, but row 1 has %d"
            .formatted(row + 1, entries, expected));
  }

  private static int count(int... shape) {
    long count = 1;
    for (int size : shape) {
      count *= size;
      if (count > Integer.MAX_VALUE) {
        throw new NablaException(
            Code.LIMIT, "an array of shape " + Arrays.toString(shape) + " has too many entries");
      }
    }
    return (int) count;
  }

  public int rank() {
    return shape.length;
  }

  public int[] shape() {
    return shape.clone();
  }

  /** How many values the index of an axis takes. */
  public int size(int axis) {
    return shape[axis];
  }

  /** How many entries there are. */
  public int count() {
    return data.length;
  }

  /** The entries themselves, row by row; whoever writes to them owns this array. */
  public double[] data() {
    return data;
  }

  /** The only entry of a scalar. */
  public double scalarValue() {
    if (data.length != 1) throw new IllegalStateException("not a scalar");
    return data[0];
  }

  /** An entry, by indices that count from 0. */
  public double get(int... index) {
    int position = 0;
    for (int axis = 0; axis < shape.length; axis++) position = position * shape[axis] + index[axis];
    return data[position];
  }

  public NumericArray map(DoubleUnaryOperator function) {
    double[] mapped = new double[data.length];
    for (int k = 0; k < data.length; k++) mapped[k] = function.applyAsDouble(data[k]);
    return new NumericArray(shape, mapped);
  }

  /** The largest magnitude of an entry; 0 if there is none. */
  public double largest() {
    double largest = 0;
    for (double value : data) largest = Math.max(largest, Math.abs(value));
    return largest;
  }

  /** Whether no entry is infinite or NaN. */
  public boolean isFinite() {
    for (double value : data) if (!Double.isFinite(value)) return false;
    return true;
  }

  /** The entries in nested brackets, as in {@code [[1.0, 2.0], [3.0, 4.0]]}. */
  @Override
  public String toString() {
    return text(0, 0);
  }

  private String text(int axis, int position) {
    if (axis == shape.length) return Double.toString(data[position]);
    StringJoiner entries = new StringJoiner(", ", "[", "]");
    for (int k = 0; k < shape[axis]; k++) entries.add(text(axis + 1, position * shape[axis] + k));
    return entries.toString();
  }
}
