package nabla.lang;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import nabla.lang.IndexedEntries.Fused;

/** How often indices stand in index notation. A power counts as a product with itself. */
final class IndexUses {
  private IndexUses() {}

  /** In all of it; with a stack of its own, since a sum may be a long chain. */
  static Map<String, Integer> of(Syntax root) {
    Map<String, Integer> uses = new HashMap<>();
    Deque<Syntax> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      switch (open.pop()) {
        case Syntax.Index i -> i.indices().forEach(index -> count(index, uses));
        case Syntax.Negate n -> open.push(n.operand());
        case Syntax.Binary b -> {
          open.push(b.right());
          open.push(b.left());
          if (b.operator().isPower()) open.push(b.left());
        }
        default -> {}
      }
    }
    return uses;
  }

  /** In that of its terms that has it most often. */
  static Map<String, Integer> inTerms(Syntax root) {
    Map<String, Integer> most = new HashMap<>();
    Deque<Syntax> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      Syntax s = open.pop();
      if (s instanceof Syntax.Binary b && Typing.isSum(b.operator())) {
        open.push(b.right());
        open.push(b.left());
      } else {
        of(s).forEach((index, count) -> most.merge(index, count, Math::max));
      }
    }
    return most;
  }

  /**
   * The indices that go on outside. In brackets these are the ones that a term has once; what all
   * terms repeat that have it is summed in them.
   */
  static Set<String> free(Syntax s) {
    Set<String> free = new LinkedHashSet<>();
    switch (s) {
      case Syntax.Index i -> free.addAll(of(i).keySet());
      case Syntax.Negate n -> free.addAll(free(n.operand()));
      case Syntax.Binary b when Typing.isSum(b.operator()) -> free.addAll(freeOfSum(b));
      case Syntax.Binary b -> {
        free.addAll(free(b.left()));
        free.addAll(free(b.right()));
      }
      default -> {}
    }
    return free;
  }

  private static Set<String> freeOfSum(Syntax.Binary sum) {
    List<Syntax> terms = new ArrayList<>();
    Syntax current = sum;
    while (current instanceof Syntax.Binary b && Typing.isSum(b.operator())) {
      terms.add(b.right());
      current = b.left();
    }
    terms.add(current);
    List<Set<String>> each = terms.stream().map(IndexUses::free).toList();
    Set<String> free = new LinkedHashSet<>();
    for (int k = 0; k < terms.size(); k++) {
      Map<String, Integer> uses = of(terms.get(k));
      for (String index : each.get(k)) if (uses.getOrDefault(index, 0) == 1) free.add(index);
    }
    return free;
  }

  /** The left side that gives a definition the indices that its value has once: {@code y[i]}. */
  static Optional<String> leftSide(Program.Definition definition, Predicate<String> isSize) {
    Syntax value = definition.value();
    Map<String, Integer> uses = inTerms(value);
    List<String> once = uses.keySet().stream().filter(i -> uses.get(i) == 1).sorted().toList();
    boolean plain = once.stream().allMatch(i -> i.length() == 1 && !isArray(i, value));
    if (once.isEmpty() || !plain || once.stream().anyMatch(isSize)) return Optional.empty();
    String name = definition.name().isEmpty() ? "y" : definition.name();
    return Optional.of(name + "[" + String.join(",", once) + "]");
  }

  private static boolean isArray(String name, Syntax value) {
    return value.anyMatch(
        s ->
            s instanceof Syntax.Index i
                && i.target() instanceof Syntax.Name n
                && n.name().equals(name));
  }

  private static void count(Syntax index, Map<String, Integer> uses) {
    if (Slices.isEnd(index)) return;
    if (index instanceof Syntax.Name n) uses.merge(n.name(), 1, Integer::sum);
    Fused fused = IndexedEntries.fused(index);
    if (fused == null) return;
    uses.merge(fused.fast(), 1, Integer::sum);
    uses.merge(fused.slow(), 1, Integer::sum);
  }
}
