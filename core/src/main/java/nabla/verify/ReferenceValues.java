package nabla.verify;

import java.util.Map;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import nabla.tensor.Selection;
import nabla.tensor.Structural;

/** Structural constants written out, and powers of numbers. */
final class ReferenceValues {
  private ReferenceValues() {}

  /** Shape [rows*columns, rows, columns]: 1 where k = i + rows*j, counted from 0. */
  static NumericArray fuse(int rows, int columns) {
    int[] shape = {Math.multiplyExact(rows, columns), rows, columns};
    NumericArray fuse = NumericArray.of(shape, new double[Shapes.count(shape)]);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        int k = i + rows * j;
        fuse.data()[(k * rows + i) * columns + j] = 1;
      }
    }
    return fuse;
  }

  /**
   * @throws NablaException with {@link Code#VALUE} if the range is not inside the axis
   */
  static NumericArray selection(Selection range, int[] shape, Map<String, Integer> sizes) {
    int offset = range.offset().value(sizes);
    if (offset < 0 || offset + shape[1] > shape[0]) {
      throw new NablaException(
          Code.VALUE,
          "positions "
              + (offset + 1)
              + " to "
              + (offset + shape[1])
              + " of an axis of size "
              + shape[0]);
    }
    return structural(range, shape, sizes);
  }

  /** Any structural constant, entry by entry. */
  static NumericArray structural(Structural constant, int[] shape, Map<String, Integer> sizes) {
    NumericArray written = NumericArray.of(shape, new double[Shapes.count(shape)]);
    int[] index = new int[shape.length];
    for (int k = 0; k < written.count(); k++) {
      int rest = k;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        index[axis] = rest % shape[axis];
        rest /= shape[axis];
      }
      written.data()[k] = constant.entry(index, sizes);
    }
    return written;
  }

  /**
   * @param index counted from 1
   * @throws NablaException with {@link Code#VALUE} if there is no such position
   */
  static NumericArray unit(int size, int index) {
    if (index < 1 || index > size) {
      throw new NablaException(Code.VALUE, "entry " + index + " of an axis of size " + size);
    }
    NumericArray unit = NumericArray.zeros(size);
    unit.data()[index - 1] = 1;
    return unit;
  }

  /** By repeated squaring; 0 to a negative power is infinite. */
  static double power(double base, int exponent) {
    double square = base;
    double power = 1;
    for (long k = Math.abs((long) exponent); k > 0; k >>= 1) {
      if ((k & 1) == 1) power *= square;
      square *= square;
    }
    return exponent < 0 ? 1 / (power + 0.0) : power;
  }

  /** The real power: NaN for a negative base. */
  static double power(double base, double exponent) {
    if (exponent == 0.5) return Math.sqrt(base);
    if (exponent == -0.5) return 1 / (Math.sqrt(base) + 0.0);
    return base < 0 ? Double.NaN : Math.pow(base + 0.0, exponent);
  }
}
