package nabla.verify;

import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;

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
