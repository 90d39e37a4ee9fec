package nabla.lang;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import nabla.tensor.Size;

/** Unification of sizes: unknowns are names that no user can write, bound as they are met. */
final class Sizes {
  private static final String MARK = "?";

  private final Map<String, Size> bound = new LinkedHashMap<>();
  private int count;

  /** A size that is not known yet. */
  Size unknown() {
    return Size.of(MARK + count++);
  }

  static boolean isUnknown(Size size) {
    return size.isName() && size.toString().startsWith(MARK);
  }

  /** The size as far as it is known by now. */
  Size resolve(Size size) {
    Size current = size;
    while (true) {
      Size next = current.substitute(bound);
      if (next.equals(current)) break;
      current = next;
    }
    // Without this a sum of n vectors would take n^2 steps.
    if (isUnknown(size) && !current.equals(size)) bound.put(size.toString(), current);
    return current;
  }

  List<Size> resolve(List<Size> shape) {
    return shape.stream().map(this::resolve).toList();
  }

  /** Makes two sizes equal; false if they can't be. */
  boolean unify(Size first, Size second) {
    Size a = resolve(first);
    Size b = resolve(second);
    if (a.equals(b)) return true;
    if (isUnknown(a)) return bind(a, b);
    if (isUnknown(b)) return bind(b, a);
    return unifyQuotients(a, b);
  }

  /** {@code 3*m*p} against {@code 3*m*?} leaves {@code p} against {@code ?}. */
  private boolean unifyQuotients(Size a, Size b) {
    long number = gcd(a.content(), b.content());
    if (number > 1) return unify(a.dividedBy(number), b.dividedBy(number));
    for (String name : a.names()) {
      if (!b.names().contains(name)) continue;
      Size smallerA = a.dividedBy(name);
      Size smallerB = b.dividedBy(name);
      if (smallerA != null && smallerB != null) return unify(smallerA, smallerB);
    }
    return false;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  private boolean bind(Size unknown, Size value) {
    if (value.names().contains(unknown.toString())) return false;
    bound.put(unknown.toString(), value);
    return true;
  }

  boolean unify(List<Size> first, List<Size> second) {
    if (first.size() != second.size()) return false;
    for (int axis = 0; axis < first.size(); axis++) {
      if (!unify(first.get(axis), second.get(axis))) return false;
    }
    return true;
  }

  /** Gives a name to every unknown that is still open. */
  void nameRest(Supplier<String> names) {
    for (int k = 0; k < count; k++) {
      Size size = resolve(Size.of(MARK + k));
      for (String open : size.names()) {
        if (open.startsWith(MARK)) name(Size.of(open), names.get());
      }
    }
  }

  /** Gives an unknown its name. */
  void name(Size unknown, String name) {
    bound.put(unknown.toString(), Size.of(name));
  }
}
