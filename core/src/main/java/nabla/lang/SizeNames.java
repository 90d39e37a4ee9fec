package nabla.lang;

import java.util.List;
import java.util.Set;
import nabla.tensor.Size;

/** Names for sizes that nobody named: n for vectors and columns, m for rows, then k, p, q … */
final class SizeNames {
  private static final List<String> LETTERS = List.of("n", "m", "k", "p", "q", "r", "s");

  private SizeNames() {}

  /**
   * Names every unknown size of the variables, in order.
   *
   * @param taken names that are in use; new ones are added
   */
  static void assign(List<Type> types, Sizes sizes, Set<String> taken) {
    for (Type type : types) {
      List<Size> shape = type.shape();
      boolean oblong =
          type.isMatrix() && !sizes.resolve(shape.get(0)).equals(sizes.resolve(shape.get(1)));
      for (int axis = 0; axis < shape.size(); axis++) {
        Size size = sizes.resolve(shape.get(axis));
        if (Sizes.isUnknown(size)) sizes.name(size, next(oblong && axis == 0 ? 1 : 0, taken));
      }
    }
    sizes.nameRest(() -> next(0, taken));
  }

  private static String next(int preferred, Set<String> taken) {
    for (int k = 0; k < LETTERS.size(); k++) {
      String letter = LETTERS.get(k == 0 ? preferred : k <= preferred ? k - 1 : k);
      if (taken.add(letter)) return letter;
    }
    for (int k = 1; ; k++) if (taken.add("n_" + k)) return "n_" + k;
  }
}
