package nabla;

import java.util.ArrayList;
import java.util.List;

/** Names for the axes of a derivative: i, j, … for those of the function, r, s, … for variables. */
final class AxisNames {
  private AxisNames() {}

  /** The names in the order in which a layout shows the axes. */
  static List<String> of(Chain chain, Layout layout) {
    int own = chain.own();
    int variables = chain.ranks().stream().mapToInt(Integer::intValue).sum();
    if (variables + own <= 2) return List.of("i", "j").subList(0, variables + own);
    List<String> outer =
        own == 0
            ? List.of("i", "j", "r", "s", "k", "l", "p", "q")
            : List.of("r", "s", "t", "u", "v", "w");
    List<String> inner = List.of("i", "j", "k", "l");
    List<String> names = new ArrayList<>();
    for (int axis = 0; axis < variables; axis++) names.add(name(outer, axis));
    for (int axis = 0; axis < own; axis++) names.add(name(inner, axis));
    return layout.order(chain.ranks(), own).stream().map(names::get).toList();
  }

  /** The letters, and after them the letters with numbers. */
  private static String name(List<String> letters, int axis) {
    int round = axis / letters.size();
    return letters.get(axis % letters.size()) + (round == 0 ? "" : round);
  }
}
