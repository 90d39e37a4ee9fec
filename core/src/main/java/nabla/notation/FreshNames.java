package nabla.notation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/** Names for indices and intermediates that nothing else in the formula has. */
final class FreshNames {
  private static final List<String> INDICES =
      List.of("i", "j", "k", "l", "p", "q", "r", "s", "t", "u", "v", "w", "o", "h");

  private final Set<String> taken = new HashSet<>();
  private int intermediates;

  /** Avoids the names of variables and sizes below some tensors. */
  static FreshNames avoiding(List<Tensor> roots) {
    FreshNames names = new FreshNames();
    for (Tensor root : roots) {
      Tensors.variables(root).forEach(v -> names.taken.add(v.name()));
      names.taken.addAll(Tensors.sizeNames(root));
    }
    return names;
  }

  boolean isTaken(String name) {
    return taken.contains(name);
  }

  FreshNames copy() {
    FreshNames copy = new FreshNames();
    copy.taken.addAll(taken);
    return copy;
  }

  /** The first of some names that is free; if none is, the first with a number. */
  String unused(List<String> wanted) {
    for (String name : wanted) if (!taken.contains(name)) return name;
    int number = 1;
    while (taken.contains(wanted.getFirst() + number)) number++;
    return wanted.getFirst() + number;
  }

  /** t1, t2, … */
  String intermediate() {
    String name;
    do name = "t" + ++intermediates;
    while (!taken.add(name));
    return name;
  }

  /** Index names that are neither taken nor among those in use. */
  List<String> axes(int count, Set<String> inUse) {
    List<String> found = new ArrayList<>();
    for (int round = 0; found.size() < count; round++) {
      for (String letter : INDICES) {
        String name = round == 0 ? letter : letter + round;
        if (found.size() < count && !taken.contains(name) && !inUse.contains(name)) {
          found.add(name);
        }
      }
    }
    return List.copyOf(found);
  }

  /** The proposed names, with others in the place of those that are taken. */
  List<String> axes(List<String> proposed) {
    Set<String> inUse = new HashSet<>(proposed);
    List<String> found = new ArrayList<>();
    for (String name : proposed) {
      String free = taken.contains(name) ? axes(1, inUse).getFirst() : name;
      inUse.add(free);
      found.add(free);
    }
    return List.copyOf(found);
  }
}
