package nabla.generated;

import java.util.List;
import nabla.tensor.Size;

/** The kind of an expression: its axes, and whether a vector is written as a row. */
record Shape(List<Size> sizes, boolean row) {
  static final Shape SCALAR = new Shape(List.of(), false);

  static Shape vector(Size n) {
    return new Shape(List.of(n), false);
  }

  static Shape row(Size n) {
    return new Shape(List.of(n), true);
  }

  static Shape matrix(Size m, Size n) {
    return new Shape(List.of(m, n), false);
  }

  static Shape tensor(Size m, Size n, Size k) {
    return new Shape(List.of(m, n, k), false);
  }

  static Shape of(List<Size> sizes) {
    return new Shape(sizes, false);
  }

  int rank() {
    return sizes.size();
  }

  boolean isScalar() {
    return sizes.isEmpty();
  }

  boolean isSquare() {
    return rank() == 2 && sizes.get(0).equals(sizes.get(1));
  }

  Shape transposed() {
    return rank() == 1 ? new Shape(sizes, !row) : new Shape(sizes.reversed(), false);
  }
}
