package nabla.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An array as a matrix: groups of its axes are the rows and the columns.
 *
 * @param offset where it begins, in elements
 * @param leading how far apart two rows are, or two columns if it is {@code transposed}
 * @param transposed whether it is stored column by column
 */
record MatrixView(
    Value value, long offset, int rows, int columns, int leading, boolean transposed) {

  /** A group of labels that walks an array at one stride; of a single point the stride is 0. */
  record Group(int extent, long stride) {

    /** Joins labels, the slowest first; null if they do not walk at one stride. */
    static @Nullable Group of(List<Integer> labels, Affine.Walk walk, int[] extents) {
      long stride = 0;
      long extent = 1;
      for (int k = labels.size() - 1; k >= 0; k--) {
        int size = extents[labels.get(k)];
        if (size == 1) continue;
        long own = walk.stride(labels.get(k));
        if (extent == 1) stride = own;
        else if (own != stride * extent) return null;
        extent *= size;
      }
      return extent > Integer.MAX_VALUE ? null : new Group((int) extent, stride);
    }
  }

  /** The view, or null if neither rows nor columns are contiguous. */
  static @Nullable MatrixView of(
      Value value,
      Affine.Walk walk,
      List<Integer> rowLabels,
      List<Integer> columnLabels,
      int[] extents) {
    Group rows = Group.of(rowLabels, walk, extents);
    Group columns = Group.of(columnLabels, walk, extents);
    if (rows == null || columns == null) return null;
    boolean straight = columns.extent() == 1 || columns.stride() == 1;
    boolean turned = rows.extent() == 1 || rows.stride() == 1;
    if (straight && fits(rows, columns)) {
      return new MatrixView(
          value, walk.offset(), rows.extent(), columns.extent(), lead(rows, columns), false);
    }
    if (turned && fits(columns, rows)) {
      return new MatrixView(
          value, walk.offset(), rows.extent(), columns.extent(), lead(columns, rows), true);
    }
    return null;
  }

  /** Whether lines of {@code inner} numbers, {@code outer.stride} apart, do not overlap. */
  private static boolean fits(Group outer, Group inner) {
    return outer.extent() == 1
        || (outer.stride() >= inner.extent() && outer.stride() <= Integer.MAX_VALUE);
  }

  private static int lead(Group outer, Group inner) {
    return (int) Math.max(Math.max(1, inner.extent()), outer.extent() == 1 ? 0 : outer.stride());
  }

  MatrixView turned() {
    return new MatrixView(
        value, offset, /* rows= */ columns, /* columns= */ rows, leading, !transposed);
  }

  /** How far apart two rows are, in elements. */
  long rowStride() {
    return transposed ? 1 : leading;
  }

  /** How far apart two columns are, in elements. */
  long columnStride() {
    return transposed ? leading : 1;
  }
}
