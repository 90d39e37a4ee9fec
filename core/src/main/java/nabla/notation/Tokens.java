package nabla.notation;

import nabla.lang.Syntax;

/**
 * The length of a formula as a reader feels it: names, numbers and operators; brackets are free.
 */
final class Tokens {
  private static final int MOST = 1_000_000;

  private Tokens() {}

  static int count(Syntax syntax) {
    int count = 0;
    Syntax current = syntax;
    while (current instanceof Syntax.Binary b) {
      count += 1 + count(b.right());
      current = b.left();
    }
    count +=
        switch (current) {
          case Syntax.Numeral n -> 1;
          case Syntax.Name n -> 1;
          case Syntax.Call c -> 1 + c.arguments().stream().mapToInt(Tokens::count).sum();
          case Syntax.Negate n -> 1 + count(n.operand());
          case Syntax.Transpose t -> 1 + count(t.operand());
          case Syntax.Index i ->
              2 + count(i.target()) + i.indices().stream().mapToInt(Tokens::count).sum();
          case Syntax.Binary b -> 0;
          case Syntax.MatrixLiteral m ->
              2 + m.rows().stream().flatMap(java.util.List::stream).mapToInt(Tokens::count).sum();
          case Syntax.Range r -> 1 + count(r.from()) + count(r.to());
          case Syntax.Colon c -> 1;
          case Syntax.Text t -> 1;
        };
    return Math.min(count, MOST);
  }
}
