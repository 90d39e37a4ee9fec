package nabla.lang;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import nabla.diagnostic.Span;
import nabla.tensor.Rational;

/** What was written, before it means anything; every part knows where it stands in the input. */
public sealed interface Syntax {
  /** Where it stands in the input; {@link Span#NONE} if it was generated. */
  Span span();

  /** The same with each of its parts replaced. */
  default Syntax map(UnaryOperator<Syntax> f) {
    return switch (this) {
      case Call c -> new Call(c.function(), all(c.arguments(), f), c.span());
      case Negate n -> new Negate(f.apply(n.operand()), n.span());
      case Transpose t -> new Transpose(f.apply(t.operand()), t.span());
      case Binary b -> new Binary(b.operator(), f.apply(b.left()), f.apply(b.right()), b.span());
      case Index i -> new Index(f.apply(i.target()), all(i.indices(), f), i.span());
      case Range r -> new Range(f.apply(r.from()), f.apply(r.to()), r.span());
      case MatrixLiteral m ->
          new MatrixLiteral(m.rows().stream().map(row -> all(row, f)).toList(), m.span());
      case Numeral _, Name _, Colon _, Text _ -> this;
    };
  }

  /** Its parts, in order. */
  default List<Syntax> parts() {
    return switch (this) {
      case Call c -> c.arguments();
      case Negate n -> List.of(n.operand());
      case Transpose t -> List.of(t.operand());
      case Binary b -> List.of(b.left(), b.right());
      case Index i -> Stream.concat(Stream.of(i.target()), i.indices().stream()).toList();
      case Range r -> List.of(r.from(), r.to());
      case MatrixLiteral m -> m.rows().stream().flatMap(List::stream).toList();
      case Numeral _, Name _, Colon _, Text _ -> List.of();
    };
  }

  /** Whether something is true of it or of a part of it. */
  default boolean anyMatch(Predicate<Syntax> test) {
    return test.test(this) || parts().stream().anyMatch(part -> part.anyMatch(test));
  }

  private static List<Syntax> all(List<Syntax> parts, UnaryOperator<Syntax> f) {
    return parts.stream().map(f).toList();
  }

  /** A number such as {@code 2} or {@code 0.1}. */
  record Numeral(Rational value, Span span) implements Syntax {}

  /** A variable, an intermediate, a size or a constant. */
  record Name(String name, Span span) implements Syntax {}

  /** {@code f(a, b)}. */
  record Call(String function, List<Syntax> arguments, Span span) implements Syntax {}

  /** {@code -a}. */
  record Negate(Syntax operand, Span span) implements Syntax {}

  /** {@code a'}. */
  record Transpose(Syntax operand, Span span) implements Syntax {}

  /** {@code a + b}, {@code a*b}, … */
  record Binary(BinaryOperator operator, Syntax left, Syntax right, Span span) implements Syntax {}

  /** {@code X[1,2]}, {@code X[:,1]}. */
  record Index(Syntax target, List<Syntax> indices, Span span) implements Syntax {}

  /** The bare {@code :} of an index. */
  record Colon(Span span) implements Syntax {}

  /** {@code a:b} in an index. */
  record Range(Syntax from, Syntax to, Span span) implements Syntax {}

  /** {@code [A, B; C, D]}. */
  record MatrixLiteral(List<List<Syntax>> rows, Span span) implements Syntax {}

  /** A text in double quotes, the first argument of einsum. */
  record Text(String text, Span span) implements Syntax {}
}
