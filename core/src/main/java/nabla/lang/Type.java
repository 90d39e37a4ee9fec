package nabla.lang;

import java.util.List;
import nabla.tensor.Size;

/**
 * What is known of a sub-expression before it has a value.
 *
 * @param shape the size of each axis; some may still be unknowns of {@link Sizes}
 * @param row whether a vector was written as a row
 */
record Type(List<Size> shape, boolean row) {
  static final Type SCALAR = new Type(List.of(), false);

  static Type vector(Size size) {
    return new Type(List.of(size), false);
  }

  static Type row(Size size) {
    return new Type(List.of(size), true);
  }

  static Type matrix(Size rows, Size columns) {
    return new Type(List.of(rows, columns), false);
  }

  int rank() {
    return shape.size();
  }

  boolean isScalar() {
    return rank() == 0;
  }

  boolean isVector() {
    return rank() == 1;
  }

  boolean isMatrix() {
    return rank() == 2;
  }

  Size size(int axis) {
    return shape.get(axis);
  }
}
