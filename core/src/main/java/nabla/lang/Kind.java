package nabla.lang;

import java.util.Locale;

/** What a variable is, by its number of axes. */
public enum Kind {
  SCALAR(0),
  VECTOR(1),
  MATRIX(2),
  TENSOR(-1);

  private final int rank;

  Kind(int rank) {
    this.rank = rank;
  }

  /** The kind with so many axes. */
  static Kind of(int rank) {
    return switch (rank) {
      case 0 -> SCALAR;
      case 1 -> VECTOR;
      case 2 -> MATRIX;
      default -> TENSOR;
    };
  }

  /** The number of axes; -1 if any number from 3 on. */
  int rank() {
    return rank;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
