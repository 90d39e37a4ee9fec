package nabla.engine.data;

import java.util.Arrays;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;

/** Vectors, scalars and matrices from files that tell them apart badly. */
final class Ranks {
  private Ranks() {}

  /** A matrix of one row or one column as a vector, of one entry as a scalar. */
  static NumericArray squeezed(NumericArray matrix) {
    if (matrix.size(0) == 1 && matrix.size(1) == 1) return reshaped(matrix);
    if (matrix.size(0) == 1 || matrix.size(1) == 1) return reshaped(matrix, matrix.count());
    return matrix;
  }

  /**
   * The same entries in an array of the rank, if only one is possible.
   *
   * @throws NablaException with {@link Code#SHAPE} if not
   */
  static NumericArray ranked(String name, NumericArray array, int rank) {
    int count = array.count();
    if (array.rank() == rank) return array;
    if (count == 1) return reshaped(array, ones(rank));
    if (rank == 1 && isLine(array)) return reshaped(array, count);
    if (rank == 2 && array.rank() == 1) return reshaped(array, count, 1);
    String wanted =
        switch (rank) {
          case 0 -> "a scalar";
          case 1 -> "a vector";
          case 2 -> "a matrix";
          default -> "an array of rank " + rank;
        };
    throw new NablaException(
        Code.SHAPE,
        name + ": holds " + Sizes.text(array.shape()) + " where " + wanted + " is expected");
  }

  private static boolean isLine(NumericArray array) {
    return Arrays.stream(array.shape()).filter(size -> size != 1).count() == 1;
  }

  private static int[] ones(int rank) {
    int[] ones = new int[rank];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static NumericArray reshaped(NumericArray array, int... shape) {
    return NumericArray.of(shape, array.data());
  }
}
