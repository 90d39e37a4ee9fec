package nabla.generated;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nabla.tensor.Size;

/** The few sizes of one expression, symbolic and numeric, and how they split into products. */
final class Sizes {
  private static final List<String> NAMES = List.of("n", "m", "k");
  private static final int LARGEST_PRODUCT = 12;

  private final Dice dice;
  private final List<Size> pool = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  Sizes(Dice dice) {
    this.dice = dice;
    for (int k = 0; k < 1 + dice.below(3); k++) {
      int number = dice.pick(1, 2, 2, 3, 3, 4, 5);
      pool.add(dice.chance(0.7) ? named(k, number) : Size.of(number));
    }
  }

  private Size named(int k, int number) {
    numbers.put(NAMES.get(k), number);
    return Size.of(NAMES.get(k));
  }

  Map<String, Integer> numbers() {
    return numbers;
  }

  List<Size> pool() {
    return pool;
  }

  Size any() {
    return dice.pick(pool);
  }

  int number(Size size) {
    return size.value(numbers);
  }

  /** Two sizes with this product; one may be 1. */
  List<Size> split(Size product) {
    List<List<Size>> ways = new ArrayList<>();
    for (Size a : pool) {
      for (Size b : pool) if (a.times(b).equals(product)) ways.add(List.of(a, b));
    }
    ways.add(List.of(Size.of(1), product));
    ways.add(List.of(product, Size.of(1)));
    return dice.pick(ways);
  }

  /** A product of two sizes that is not too large, or a plain size. */
  Size product() {
    Size product = any().times(any());
    return number(product) <= LARGEST_PRODUCT ? product : any();
  }
}
