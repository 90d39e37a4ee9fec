package nabla.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a step needs for each block of its positions, made when the block comes for the first time:
 * they come again in every evaluation.
 */
final class Blocks<T> {

  /** Makes what is needed for a block. */
  interface Maker<T> {
    T of(int first, int count);
  }

  private record Block<T>(int first, int count, T made) {}

  private final Maker<T> maker;

  /** In the order of their first positions. */
  private final List<Block<T>> blocks = new ArrayList<>();

  /** The one before: most often there is only one. */
  private @Nullable Block<T> last;

  Blocks(Maker<T> maker) {
    this.maker = maker;
  }

  /**
   * What is needed for some positions.
   *
   * @param first the first position
   * @param count how many positions
   */
  T at(int first, int count) {
    Block<T> block = last;
    if (block == null || block.first != first || block.count != count) {
      block = find(first, count);
      last = block;
    }
    return block.made;
  }

  private Block<T> find(int first, int count) {
    int low = 0;
    int high = blocks.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (blocks.get(middle).first < first) low = middle + 1;
      else high = middle;
    }
    boolean known = low < blocks.size() && blocks.get(low).first == first;
    if (known && blocks.get(low).count == count) return blocks.get(low);
    Block<T> block = new Block<>(first, count, maker.of(first, count));
    if (known) blocks.set(low, block);
    else blocks.add(low, block);
    return block;
  }
}
