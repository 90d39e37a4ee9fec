package nabla.lang;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The kinds that undeclared names could have, as numbers of axes: first the kinds of their letters,
 * then with one name read otherwise, then with two, and so on.
 */
final class KindChoices implements Iterable<Map<String, Integer>> {
  private final List<String> names = new ArrayList<>();
  private final List<List<Integer>> kinds = new ArrayList<>();
  private int changes;

  KindChoices(List<Syntax.Name> undeclared, Names all, Map<String, Integer> known) {
    for (Syntax.Name n : undeclared) {
      names.add(n.name());
      kinds.add(kinds(n.name(), all, known));
    }
  }

  /** The kinds of one name, the likeliest first. */
  private static List<Integer> kinds(String name, Names all, Map<String, Integer> known) {
    Integer rank = known.get(name);
    if (rank != null) return List.of(rank);
    Integer indices = all.indexed().get(name);
    if (indices != null) return List.of(indices);
    if (isMatrix(name)) return List.of(2);
    if (Character.isUpperCase(name.charAt(0))) return List.of(0, 2);
    if (all.columns().contains(name)) return List.of(1);
    return isScalar(name) ? List.of(0, 1) : List.of(1, 0);
  }

  /** Whether the letter says matrix. */
  static boolean isMatrix(String name) {
    return Character.isUpperCase(name.charAt(0)) && !isGreek(name);
  }

  /** Whether the letter says scalar. */
  static boolean isScalar(String name) {
    return isGreek(name) || (name.charAt(0) >= 'a' && name.charAt(0) <= 'g');
  }

  private static boolean isGreek(String name) {
    String root = name.replaceFirst("[_0-9].*", "");
    String lower = root.toLowerCase(Locale.ROOT);
    return Greek.letter(lower) != null && !lower.equals("pi");
  }

  /** How many names the choice given last reads otherwise. */
  int changes() {
    return changes;
  }

  @Override
  public Iterator<Map<String, Integer>> iterator() {
    return new Iterator<>() {
      private final List<int[]> open = new ArrayList<>(List.of(new int[names.size()]));
      private int level;

      @Override
      public boolean hasNext() {
        if (open.isEmpty() && level < names.size()) {
          level++;
          choose(new int[names.size()], 0, level, open);
        }
        return !open.isEmpty();
      }

      @Override
      public Map<String, Integer> next() {
        if (!hasNext()) throw new java.util.NoSuchElementException();
        int[] choice = open.removeFirst();
        changes = level;
        Map<String, Integer> assignment = new LinkedHashMap<>();
        for (int k = 0; k < choice.length; k++)
          assignment.put(names.get(k), kinds.get(k).get(choice[k]));
        return assignment;
      }
    };
  }

  /** All ways to read {@code changes} of the names from {@code from} on otherwise. */
  private void choose(int[] choice, int from, int changes, List<int[]> into) {
    if (into.size() > 1_000) return;
    if (changes == 0) {
      into.add(choice.clone());
      return;
    }
    for (int k = from; k < names.size(); k++) {
      for (int other = 1; other < kinds.get(k).size(); other++) {
        choice[k] = other;
        choose(choice, k + 1, changes - 1, into);
        choice[k] = 0;
      }
    }
  }
}
