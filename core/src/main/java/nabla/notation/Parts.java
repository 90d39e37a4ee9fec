package nabla.notation;

import java.util.List;
import java.util.function.UnaryOperator;
import nabla.lang.Syntax;

/** The parts that a piece of syntax consists of, and the same piece with other parts. */
final class Parts {
  private Parts() {}

  static List<Syntax> of(Syntax syntax) {
    return switch (syntax) {
      case Syntax.Numeral _, Syntax.Name _, Syntax.Colon _, Syntax.Text _ -> List.of();
      case Syntax.Call c -> c.arguments();
      case Syntax.Negate n -> List.of(n.operand());
      case Syntax.Transpose t -> List.of(t.operand());
      case Syntax.Binary b -> List.of(b.left(), b.right());
      case Syntax.Index i -> List.of(i.target());
      case Syntax.Range r -> List.of(r.from(), r.to());
      case Syntax.MatrixLiteral m -> m.rows().stream().flatMap(List::stream).toList();
    };
  }

  static Syntax map(Syntax syntax, UnaryOperator<Syntax> change) {
    return switch (syntax) {
      case Syntax.Numeral _, Syntax.Name _, Syntax.Colon _, Syntax.Text _ -> syntax;
      case Syntax.Call c -> new Syntax.Call(c.function(), all(c.arguments(), change), c.span());
      case Syntax.Negate n -> new Syntax.Negate(change.apply(n.operand()), n.span());
      case Syntax.Transpose t -> new Syntax.Transpose(change.apply(t.operand()), t.span());
      case Syntax.Binary b ->
          new Syntax.Binary(
              b.operator(), change.apply(b.left()), change.apply(b.right()), b.span());
      case Syntax.Index i -> new Syntax.Index(change.apply(i.target()), i.indices(), i.span());
      case Syntax.Range r ->
          new Syntax.Range(change.apply(r.from()), change.apply(r.to()), r.span());
      case Syntax.MatrixLiteral m ->
          new Syntax.MatrixLiteral(
              m.rows().stream().map(row -> all(row, change)).toList(), m.span());
    };
  }

  private static List<Syntax> all(List<Syntax> parts, UnaryOperator<Syntax> change) {
    return parts.stream().map(change).toList();
  }
}
