package nabla.tensor;

import java.util.List;
import java.util.Map;

/**
 * The unit vector that is 1 at one position and 0 elsewhere; contraction with it reads an entry.
 */
public final class Unit extends Structural {
  private final Size size;
  private final int index;

  /**
   * @param size how long the vector is
   * @param index the position of the 1, counted from 1
   */
  public Unit(Size size, int index) {
    super(List.of(size), Digest.tag("unit").with(size).with(index));
    this.size = size;
    this.index = index;
  }

  public Size size() {
    return size;
  }

  /** The position of the 1, counted from 1. */
  public int index() {
    return index;
  }

  @Override
  public int entry(int[] at, Map<String, Integer> sizes) {
    return at[0] == index - 1 ? 1 : 0;
  }
}
