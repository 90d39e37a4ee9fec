package nabla.tensor;

import java.util.List;
import java.util.Map;

/**
 * The columns of a unit matrix that belong to a range of positions: contraction with it reads a
 * slice, or puts a block in its place.
 */
public final class Selection extends Structural {
  private final Size offset;

  /**
   * @param size how long the axis is that the range is taken from
   * @param offset how many positions come before the range
   * @param length how long the range is
   */
  public Selection(Size size, Size offset, Size length) {
    super(List.of(size, length), Digest.tag("selection").with(size).with(offset).with(length));
    this.offset = offset;
  }

  /** How many positions come before the range. */
  public Size offset() {
    return offset;
  }

  public Size size() {
    return shape().get(0);
  }

  public Size length() {
    return shape().get(1);
  }

  /** Whether two ranges of one axis have certainly no position in common. */
  boolean isApartFrom(Selection other) {
    return ends(this, other) || ends(other, this);
  }

  /** Sizes are whole numbers from 1, so that a polynomial without minus signs is not negative. */
  private static boolean ends(Selection first, Selection second) {
    Size gap = second.offset.minus(first.offset.plus(first.length()));
    return gap.terms().values().stream().allMatch(c -> c > 0);
  }

  @Override
  public int entry(int[] index, Map<String, Integer> sizes) {
    return index[0] == index[1] + offset.value(sizes) ? 1 : 0;
  }
}
