package nabla.notation;

import java.util.IdentityHashMap;
import java.util.List;
import nabla.lang.Syntax;

/**
 * The length of a formula as a reader feels it: names, numbers and operators; brackets are free.
 * Shared parts are measured once, so that a formula too long to print has a length, too.
 */
final class Tokens {
  private static final int MOST = 1_000_000_000;

  private final IdentityHashMap<Syntax, Integer> known = new IdentityHashMap<>();

  /** Gives a name the length of what it stands for. */
  void weigh(Syntax name, int length) {
    known.put(name, length);
  }

  int count(Syntax syntax) {
    Integer length = known.get(syntax);
    if (length != null) return length;
    long count =
        switch (syntax) {
          case Syntax.Numeral n -> 1;
          case Syntax.Name n -> 1;
          case Syntax.Call c -> 1 + count(c.arguments());
          case Syntax.Negate n -> 1L + count(n.operand());
          case Syntax.Transpose t -> 1L + count(t.operand());
          case Syntax.Index i -> 2 + count(i.target()) + count(i.indices());
          case Syntax.Binary b -> 1L + count(b.left()) + count(b.right());
          case Syntax.MatrixLiteral m -> 2 + m.rows().stream().mapToLong(this::count).sum();
          case Syntax.Range r -> 1L + count(r.from()) + count(r.to());
          case Syntax.Colon c -> 1;
          case Syntax.Text t -> 1;
        };
    int saturated = (int) Math.min(count, MOST);
    known.put(syntax, saturated);
    return saturated;
  }

  private long count(List<Syntax> all) {
    return all.stream().mapToLong(this::count).sum();
  }
}
