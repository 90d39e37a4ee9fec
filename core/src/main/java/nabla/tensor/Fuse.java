package nabla.tensor;

import java.util.List;
import java.util.Map;

/**
 * The 0/1 tensor with axes [k, i, j] that is 1 where k is the column-major position of (i, j), that
 * is k = i + m*(j-1). It carries vec, kron and every other reshaping as plain products, so that
 * none of them needs a rule of its own; it is never materialised.
 */
public final class Fuse extends Structural {
  private final Size rows;
  private final Size columns;

  /**
   * @param rows how many values i takes, the index that runs fastest
   * @param columns how many values j takes
   */
  public Fuse(Size rows, Size columns) {
    super(List.of(rows.times(columns), rows, columns), Digest.tag("fuse").with(rows).with(columns));
    this.rows = rows;
    this.columns = columns;
  }

  /**
   * Puts two axes of a product into one, the first running fastest.
   *
   * @return the label of the axis that both are then
   */
  public static int join(Product product, int first, int second) {
    Size rows = product.size(first);
    Size columns = product.size(second);
    int position = product.label(rows.times(columns));
    product.factor(new Fuse(rows, columns), position, first, second);
    return position;
  }

  public Size rows() {
    return rows;
  }

  public Size columns() {
    return columns;
  }

  @Override
  public int entry(int[] at, Map<String, Integer> sizes) {
    return at[0] == at[1] + rows.value(sizes) * at[2] ? 1 : 0;
  }
}
