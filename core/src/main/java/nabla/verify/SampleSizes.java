package nabla.verify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import nabla.tensor.Selection;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Unit;

/**
 * The small numbers that stand for symbolic sizes in a check: different for different names, so
 * that a wrong transpose cannot hide, and different from point to point.
 */
public final class SampleSizes {
  private static final int[][] TABLE = {
    {3, 5, 2},
    {4, 3, 5},
    {2, 4, 3},
    {5, 2, 4},
    {6, 1, 6},
    {1, 6, 1}
  };

  /** The smallest that differ from name to name and from one assignment to the other. */
  private static final int[][] SMALL = {
    {3, 2, 4}, {2, 3, 5}, {4, 5, 2}, {5, 4, 3}, {6, 7, 8}, {7, 6, 9}
  };

  /** How many assignments there are. */
  public static final int COUNT = TABLE[0].length;

  /** Ranges that depend on each other need their room one after the other. */
  private static final int MOST_ROUNDS = 16;

  private SampleSizes() {}

  /**
   * Numbers for the names of sizes in tensors, {@link #COUNT} assignments; larger than usual only
   * where an entry is read that a smaller axis would not have.
   */
  public static List<Map<String, Integer>> of(List<? extends Tensor> roots) {
    return of(roots, new TreeSet<>(), TABLE);
  }

  /**
   * Assignments of numbers that are as small as possible, for what grows with them, the smallest
   * first.
   */
  public static List<Map<String, Integer>> small(List<? extends Tensor> roots) {
    return of(roots, new TreeSet<>(), SMALL);
  }

  /** As many others, with numbers that compare the other way round for two names. */
  static List<Map<String, Integer>> others(List<? extends Tensor> roots) {
    return of(roots, new TreeSet<>(Comparator.reverseOrder()), TABLE);
  }

  /**
   * @param names gets the names, in the order in which numbers are given to them
   * @param table for each name its numbers
   */
  private static List<Map<String, Integer>> of(
      List<? extends Tensor> roots, SortedSet<String> names, int[][] table) {
    List<Unit> entries = new ArrayList<>();
    List<Selection> ranges = new ArrayList<>();
    for (Tensor root : roots) {
      names.addAll(Tensors.sizeNames(root));
      for (Tensor node : Tensors.topological(root)) {
        if (node instanceof Unit unit) entries.add(unit);
        if (node instanceof Selection range) ranges.add(range);
      }
    }
    List<Map<String, Integer>> assignments = new ArrayList<>();
    for (int k = 0; k < table[0].length; k++) {
      Map<String, Integer> sizes = assign(names, table, k);
      for (Unit entry : entries) makeRoom(entry, sizes);
      for (int round = 0; round < MOST_ROUNDS; round++) {
        for (Selection range : ranges) makeRoom(range, sizes);
      }
      assignments.add(Collections.unmodifiableMap(sizes));
    }
    return assignments;
  }

  private static Map<String, Integer> assign(
      SortedSet<String> names, int[][] table, int assignment) {
    Map<String, Integer> sizes = new TreeMap<>();
    for (String name : names) {
      sizes.put(name, table[sizes.size() % table.length][assignment]);
    }
    return sizes;
  }

  /** Lets a range have a first position and end inside its axis, where growing sizes helps. */
  private static void makeRoom(Selection range, Map<String, Integer> sizes) {
    if (range.length().value(sizes) < 1) grow(range.length(), sizes);
    Size room = range.size().minus(range.offset()).minus(range.length());
    if (room.value(sizes) < 0) grow(room, sizes);
  }

  /** Adds 1 to every name that makes a size larger. */
  private static void grow(Size size, Map<String, Integer> sizes) {
    size.terms()
        .forEach(
            (monomial, coefficient) -> {
              if (coefficient < 0) return;
              for (String name : monomial.names()) sizes.merge(name, 1, Integer::sum);
            });
  }

  private static void makeRoom(Unit entry, Map<String, Integer> sizes) {
    if (entry.size().isNumber()) return;
    while (entry.size().value(sizes) < entry.index()) {
      for (String name : entry.size().names()) sizes.merge(name, 1, Integer::sum);
    }
  }
}
