package nabla.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;

/**
 * The array that was given for a variable. A variable that is a vector takes a matrix of one
 * column, too; what was given as a table says itself only how many rows and columns it has.
 *
 * @param table whether it is a matrix because its format knows nothing else
 */
record Datum(NumericArray array, boolean table) {
  /** The number of axes that it has by itself: a table of one row or column is a vector. */
  int likelyRank() {
    return table
        ? (int) Arrays.stream(array.shape()).filter(size -> size != 1).count()
        : array.rank();
  }

  /** Whether nobody would say that it has another number of axes. */
  boolean fits(int rank) {
    if (rank == array.rank()) return true;
    if (rank > array.rank()) return false;
    return array.count() == 1 || (rank == 1 && isLine());
  }

  private boolean isLine() {
    return Arrays.stream(array.shape()).filter(size -> size != 1).count() == 1;
  }

  /**
   * The same entries with so many axes.
   *
   * @throws NablaException with {@link Code#VALUE} if there is no single way to arrange them so
   */
  NumericArray as(String name, String kind, int rank) {
    if (rank == array.rank()) return array;
    int[] shape = new int[rank];
    Arrays.fill(shape, 1);
    boolean line = array.rank() == 1 || isLine();
    if (array.count() != 1) {
      boolean possible = line && (rank == 1 || (rank == 2 && array.rank() == 1));
      if (!possible) {
        throw new NablaException(
            Code.VALUE, name + " is a " + kind + ", but its data are a " + kind(array.shape()));
      }
      shape[0] = array.count();
    }
    return NumericArray.of(shape, array.data());
  }

  /** {@code vector[3]}. */
  static String kind(int[] shape) {
    String kind =
        switch (shape.length) {
          case 0 -> "scalar";
          case 1 -> "vector";
          case 2 -> "matrix";
          default -> "tensor";
        };
    return shape.length == 0 ? kind : kind + sizes(shape);
  }

  private static String sizes(int[] shape) {
    return Arrays.stream(shape)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(",", "[", "]"));
  }
}
