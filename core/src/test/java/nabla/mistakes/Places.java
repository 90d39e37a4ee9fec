package nabla.mistakes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nabla.diagnostic.Span;
import nabla.lang.BinaryOperator;
import nabla.lang.Program;
import nabla.lang.Syntax;
import nabla.notation.TextPrinter;

/** Changes a formula at one place. */
final class Places {
  private Places() {}

  /** The formula with a change at each place where it can be made, one place at a time. */
  static Stream<Syntax> everywhere(Syntax root, Function<Syntax, Stream<Syntax>> change) {
    List<Syntax> parts = parts(root);
    Stream<Syntax> inside =
        IntStream.range(0, parts.size())
            .boxed()
            .flatMap(k -> everywhere(parts.get(k), change).map(part -> with(root, k, part)));
    return Stream.concat(change.apply(root), inside);
  }

  /** The same at places on which the value depends linearly: in sums and products, not within f. */
  static Stream<Syntax> linear(Syntax root, Function<Syntax, Stream<Syntax>> change) {
    List<Syntax> parts = parts(root);
    boolean linear =
        switch (root) {
          case Syntax.Negate _, Syntax.Transpose _ -> true;
          case Syntax.Binary b -> b.operator() != BinaryOperator.POWER && !isPower(b);
          default -> false;
        };
    boolean quotient =
        root instanceof Syntax.Binary b
            && (b.operator() == BinaryOperator.DIVIDE
                || b.operator() == BinaryOperator.ELEMENTWISE_DIVIDE);
    int reached = !linear ? 0 : quotient ? 1 : parts.size();
    Stream<Syntax> inside =
        IntStream.range(0, reached)
            .boxed()
            .flatMap(k -> linear(parts.get(k), change).map(part -> with(root, k, part)));
    return Stream.concat(change.apply(root), inside);
  }

  private static boolean isPower(Syntax.Binary b) {
    return b.operator() == BinaryOperator.ELEMENTWISE_POWER;
  }

  private static List<Syntax> parts(Syntax root) {
    List<Syntax> parts = new ArrayList<>();
    UnaryOperator<Syntax> collect =
        part -> {
          parts.add(part);
          return part;
        };
    root.map(collect);
    return parts;
  }

  private static Syntax with(Syntax root, int position, Syntax replacement) {
    int[] next = {0};
    return root.map(part -> next[0]++ == position ? replacement : part);
  }

  /** How often a name stands in a formula. */
  static int uses(Syntax root, String name) {
    int own = root instanceof Syntax.Name n && n.name().equals(name) ? 1 : 0;
    return own + parts(root).stream().mapToInt(part -> uses(part, name)).sum();
  }

  /** With another name at all uses of a name but one, counted from 0. */
  static Syntax renamedBut(int kept, Syntax root, String name, String other) {
    int[] use = {0};
    return renamed(root, name, n -> use[0]++ == kept ? n : new Syntax.Name(other, Span.NONE));
  }

  private static Syntax renamed(Syntax root, String name, UnaryOperator<Syntax.Name> change) {
    if (root instanceof Syntax.Name n) return n.name().equals(name) ? change.apply(n) : n;
    return root.map(part -> renamed(part, name, change));
  }

  static String text(Syntax syntax) {
    return text(new Program(List.of(), new Program.Definition("", List.of(), syntax, Span.NONE)));
  }

  static String text(Program program) {
    return TextPrinter.print(program);
  }
}
