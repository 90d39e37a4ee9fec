package nabla.mistakes;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nabla.Expression;
import nabla.Layout;
import nabla.Symbol;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import nabla.lang.BinaryOperator;
import nabla.lang.Syntax;

/** Mistakes on the way: a right derivative of the wrong thing. */
final class Derived {
  /** What stands for a part that is held fixed; no exercise has such a name. */
  private static final String FIXED = "zz";

  private static final Set<String> ENTRYWISE =
      Set.of("exp", "log", "sin", "cos", "tanh", "sigmoid");

  private static final Syntax HELD = new Syntax.Name(FIXED, Span.NONE);

  private Derived() {}

  static Stream<String> claims(String mistake, Exercise e) {
    try {
      return attempted(mistake, e).toList().stream();
    } catch (NablaException cannotBeMade) {
      return Stream.empty();
    }
  }

  private static Stream<String> attempted(String mistake, Exercise e) {
    return switch (mistake) {
      case "symmetry taken for granted" -> Stream.of(declared(e, "symmetric"));
      case "orthogonality taken for granted" -> Stream.of(declared(e, "orthogonal"));
      case "only one use differentiated" -> oneUse(e);
      case "inner derivative forgotten" -> inner(e);
      case "outer derivative forgotten" -> outer(e);
      case "by another variable" -> others(e);
      case "term misread" ->
          Places.everywhere(e.written(), Derived::otherSign).flatMap(s -> derivative(e, s));
      default -> throw new IllegalArgumentException("no such mistake: " + mistake);
    };
  }

  private static Stream<Syntax> otherSign(Syntax s) {
    if (!(s instanceof Syntax.Binary b)) return Stream.empty();
    BinaryOperator other =
        b.operator() == BinaryOperator.ADD ? BinaryOperator.SUBTRACT : BinaryOperator.ADD;
    boolean sum = b.operator() == BinaryOperator.ADD || b.operator() == BinaryOperator.SUBTRACT;
    return sum
        ? Stream.of(new Syntax.Binary(other, b.left(), b.right(), Span.NONE))
        : Stream.empty();
  }

  private static Stream<String> derivative(Exercise e, Syntax function) {
    try {
      return Stream.of(
          Expression.parse(Places.text(function), declarations(e, "", ""))
              .derivative(e.by(), Layout.DENOMINATOR)
              .text());
    } catch (NablaException cannotBeRead) {
      return Stream.empty();
    }
  }

  /** With a property of the other square matrices. */
  private static String declared(Exercise e, String property) {
    return Expression.parse(e.function(), declarations(e, property, ""))
        .derivative(e.by(), Layout.DENOMINATOR)
        .text();
  }

  private static String declarations(Exercise e, String property, String more) {
    List<String> all = new ArrayList<>();
    for (Symbol s : e.expression().variables()) {
      boolean square = s.shape().size() == 2 && s.shape().get(0).equals(s.shape().get(1));
      String own = square && !e.by().contains(s.name()) ? property : "";
      all.add(declaration(s, s.name()) + " " + own);
    }
    if (!more.isEmpty()) all.add(more);
    return String.join("; ", all);
  }

  private static String declaration(Symbol s, String name) {
    String sizes = s.shape().stream().map(Object::toString).collect(Collectors.joining(","));
    return name + ": " + s.kind() + (sizes.isEmpty() ? "" : "[" + sizes + "]");
  }

  /** The product rule left half done: all uses but one are held fixed. */
  private static Stream<String> oneUse(Exercise e) {
    String x = e.variable();
    int uses = Places.uses(e.written(), x);
    if (uses < 2) return Stream.empty();
    Symbol symbol =
        e.expression().variables().stream()
            .filter(s -> s.name().equals(x))
            .findFirst()
            .orElseThrow();
    return IntStream.range(0, uses)
        .mapToObj(
            kept -> {
              String text = Places.text(Places.renamedBut(kept, e.written(), x, FIXED));
              String half =
                  Expression.parse(text, declarations(e, "", declaration(symbol, FIXED)))
                      .derivative(e.by(), Layout.DENOMINATOR)
                      .text();
              return half.replaceAll("\\b" + FIXED + "\\b", x);
            });
  }

  /** f'(u) without u', for every function of one argument that is more than a name. */
  private static Stream<String> inner(Exercise e) {
    return Places.everywhere(
            e.written(), s -> argument(s).stream().filter(u -> !(u instanceof Syntax.Name)))
        .map(Places::text)
        .distinct()
        .flatMap(u -> inner(e, u));
  }

  private static Stream<String> inner(Exercise e, String argument) {
    return Places.everywhere(
            e.written(),
            s ->
                s instanceof Syntax.Call c
                        && ENTRYWISE.contains(c.function())
                        && Places.text(c.arguments().getFirst()).equals(argument)
                    ? Stream.of(new Syntax.Call(c.function(), List.of(HELD), Span.NONE))
                    : Stream.empty())
        .flatMap(
            function -> {
              Expression inside = Expression.parse(argument, declarations(e, "", ""));
              String sizes =
                  inside.shape().stream().map(Object::toString).collect(Collectors.joining(","));
              String more =
                  FIXED + ": " + inside.kind() + (sizes.isEmpty() ? "" : "[" + sizes + "]");
              String outer =
                  Expression.parse(Places.text(function), declarations(e, "", more))
                      .derivative(List.of(FIXED), Layout.DENOMINATOR)
                      .text();
              return Stream.of(outer.replaceAll("\\b" + FIXED + "\\b", "(" + argument + ")"));
            });
  }

  private static List<Syntax> argument(Syntax s) {
    return s instanceof Syntax.Call c && c.arguments().size() == 1 ? c.arguments() : List.of();
  }

  /** u' without f'(u), for every function of one argument. */
  private static Stream<String> outer(Exercise e) {
    return Places.everywhere(e.written(), s -> argument(s).stream()).flatMap(s -> derivative(e, s));
  }

  private static Stream<String> others(Exercise e) {
    return e.expression().variables().stream()
        .filter(s -> !e.by().contains(s.name()))
        .map(s -> e.expression().derivative(List.of(s.name()), Layout.DENOMINATOR).text());
  }
}
