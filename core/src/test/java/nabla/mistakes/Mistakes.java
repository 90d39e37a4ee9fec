package nabla.mistakes;

import static nabla.lang.BinaryOperator.ADD;
import static nabla.lang.BinaryOperator.DIVIDE;
import static nabla.lang.BinaryOperator.ELEMENTWISE_DIVIDE;
import static nabla.lang.BinaryOperator.ELEMENTWISE_MULTIPLY;
import static nabla.lang.BinaryOperator.ELEMENTWISE_POWER;
import static nabla.lang.BinaryOperator.MULTIPLY;
import static nabla.lang.BinaryOperator.POWER;
import static nabla.lang.BinaryOperator.SUBTRACT;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import nabla.Layout;
import nabla.diagnostic.Span;
import nabla.lang.BinaryOperator;
import nabla.lang.Program;
import nabla.lang.Syntax;
import nabla.tensor.Rational;

/** How each mistake spoils a right formula: every wrong claim that it leads to. */
final class Mistakes {
  private static final Set<BinaryOperator> PRODUCTS = Set.of(MULTIPLY, ELEMENTWISE_MULTIPLY);
  private static final Set<BinaryOperator> QUOTIENTS = Set.of(DIVIDE, ELEMENTWISE_DIVIDE);
  private static final Set<BinaryOperator> POWERS = Set.of(POWER, ELEMENTWISE_POWER);
  private static final Map<String, String> CONFUSED =
      Map.of(
          "sin", "cos", "cos", "sin", "exp", "log", "tanh", "sigmoid", "sigmoid", "tanh", "softmax",
          "exp", "det", "tr", "inv", "adj");

  private Mistakes() {}

  /** The wrong claims that a mistake leads to; none if it cannot be made. */
  static Stream<String> claims(String mistake, Exercise e) {
    return switch (mistake) {
      // in the whole
      case "wrong sign" -> whole(e, Mistakes::negate);
      case "a 2 too many" -> whole(e, s -> times(number(2), s));
      case "a 2 forgotten" -> whole(e, s -> new Syntax.Binary(DIVIDE, s, number(2), Span.NONE));
      case "the function itself" -> Stream.of(e.function());
      case "numerator for denominator" -> Stream.of(e.right().in(Layout.NUMERATOR).text());
      case "row for column" -> whole(e, s -> new Syntax.Transpose(s, Span.NONE));
      case "sum of the entries" -> whole(e, s -> call("sum", s));
      case "diag too many" -> whole(e, s -> call("diag", s));
      // in a term
      case "second term forgotten" -> linear(e, Mistakes::first);
      case "first term forgotten" -> linear(e, Mistakes::second);
      case "wrong sign of a term" -> linear(e, Mistakes::otherSign);
      case "a term twice" ->
          linear(
              e,
              s ->
                  sum(
                      s,
                      b ->
                          new Syntax.Binary(
                              b.operator(), b.left(), times(number(2), b.right()), Span.NONE)));
      case "a term too many" ->
          whole(
              e,
              s -> new Syntax.Binary(ADD, s, new Syntax.Name(e.variable(), Span.NONE), Span.NONE));
      case "a number forgotten" ->
          linear(
              e,
              s ->
                  product(
                      s,
                      b ->
                          b.left() instanceof Syntax.Numeral
                              ? Stream.of(b.right())
                              : Stream.empty()));
      // in a product
      case "factors in wrong order" ->
          linear(
              e,
              s ->
                  factors(
                      s,
                      b ->
                          Stream.of(
                              new Syntax.Binary(b.operator(), b.right(), b.left(), Span.NONE)),
                      MULTIPLY));
      case "left factor forgotten" ->
          linear(e, s -> factors(s, b -> Stream.of(b.right()), MULTIPLY, ELEMENTWISE_MULTIPLY));
      case "right factor forgotten" ->
          linear(e, s -> factors(s, b -> Stream.of(b.left()), MULTIPLY, ELEMENTWISE_MULTIPLY));
      case "a factor twice" ->
          linear(
              e,
              s ->
                  factors(
                      s,
                      b -> Stream.of(new Syntax.Binary(b.operator(), b.left(), b, Span.NONE)),
                      ELEMENTWISE_MULTIPLY));
      case "entrywise for matrix product" ->
          linear(
              e,
              s ->
                  factors(
                      s,
                      b ->
                          Stream.of(
                              new Syntax.Binary(
                                  ELEMENTWISE_MULTIPLY, b.left(), b.right(), Span.NONE)),
                      MULTIPLY));
      case "matrix for entrywise product" ->
          linear(
              e,
              s ->
                  factors(
                      s,
                      b -> Stream.of(new Syntax.Binary(MULTIPLY, b.left(), b.right(), Span.NONE)),
                      ELEMENTWISE_MULTIPLY));
      case "denominator forgotten" -> linear(e, s -> quotient(s, Syntax.Binary::left));
      case "multiplied instead of divided" ->
          linear(
              e,
              s ->
                  quotient(
                      s,
                      b ->
                          new Syntax.Binary(
                              b.operator() == DIVIDE ? MULTIPLY : ELEMENTWISE_MULTIPLY,
                              b.left(),
                              b.right(),
                              Span.NONE)));
      case "exponent too large" -> linear(e, s -> power(s, 1));
      case "exponent too small" -> linear(e, s -> power(s, -1));
      // in a factor
      case "transpose forgotten" ->
          everywhere(
              e, s -> s instanceof Syntax.Transpose t ? Stream.of(t.operand()) : Stream.empty());
      case "transpose too many" ->
          everywhere(
              e,
              s -> isMatrix(e, s) ? Stream.of(new Syntax.Transpose(s, Span.NONE)) : Stream.empty());
      case "inverse forgotten" -> everywhere(e, s -> argument(s, "inv"));
      case "inverse too many" ->
          everywhere(e, s -> isMatrix(e, s) ? Stream.of(call("inv", s)) : Stream.empty());
      case "diag forgotten" -> everywhere(e, s -> argument(s, "diag"));
      case "another function" ->
          everywhere(
              e,
              s ->
                  s instanceof Syntax.Call c && CONFUSED.containsKey(c.function())
                      ? Stream.of(
                          new Syntax.Call(CONFUSED.get(c.function()), c.arguments(), Span.NONE))
                      : Stream.empty());
      case "sign inside a function" ->
          everywhere(
              e,
              s ->
                  s instanceof Syntax.Call c
                          && List.of("exp", "sigmoid", "softmax", "log", "inv")
                              .contains(c.function())
                      ? Stream.of(call(c.function(), negate(c.arguments().getFirst())))
                      : Stream.empty());
      // in index notation
      case "indices exchanged" ->
          indexed(
              e,
              s ->
                  s instanceof Syntax.Index i && i.indices().size() == 2
                      ? Stream.of(new Syntax.Index(i.target(), i.indices().reversed(), Span.NONE))
                      : Stream.empty());
      case "delta forgotten" ->
          indexed(
              e,
              s ->
                  product(
                      s,
                      b ->
                          isDelta(b.right())
                              ? Stream.of(b.left())
                              : isDelta(b.left()) ? Stream.of(b.right()) : Stream.empty()));
      default -> Derived.claims(mistake, e);
    };
  }

  private static Stream<String> whole(Exercise e, Function<Syntax, Syntax> change) {
    return e.matrixFormula().map(change).map(Places::text);
  }

  private static Stream<String> linear(Exercise e, Function<Syntax, Stream<Syntax>> change) {
    return e.matrixFormula().flatMap(s -> Places.linear(s, change)).map(Places::text);
  }

  private static Stream<String> everywhere(Exercise e, Function<Syntax, Stream<Syntax>> change) {
    return e.matrixFormula().flatMap(s -> Places.everywhere(s, change)).map(Places::text);
  }

  private static Stream<String> indexed(Exercise e, Function<Syntax, Stream<Syntax>> change) {
    return e.formula()
        .map(Program::result)
        .filter(r -> !r.indices().isEmpty())
        .flatMap(
            r ->
                Places.everywhere(r.value(), change)
                    .map(s -> new Program.Definition(r.name(), r.indices(), s, Span.NONE)))
        .map(r -> Places.text(new Program(List.of(), r)));
  }

  static Syntax number(int value) {
    return new Syntax.Numeral(Rational.of(value), Span.NONE);
  }

  static Syntax negate(Syntax s) {
    return new Syntax.Negate(s, Span.NONE);
  }

  private static Syntax times(Syntax a, Syntax b) {
    return new Syntax.Binary(MULTIPLY, a, b, Span.NONE);
  }

  private static Syntax call(String function, Syntax argument) {
    return new Syntax.Call(function, List.of(argument), Span.NONE);
  }

  private static Stream<Syntax> argument(Syntax s, String function) {
    return s instanceof Syntax.Call c && c.function().equals(function)
        ? Stream.of(c.arguments().getFirst())
        : Stream.empty();
  }

  private static boolean isMatrix(Exercise e, Syntax s) {
    return s instanceof Syntax.Name n
        && e.expression().variables().stream()
            .anyMatch(v -> v.name().equals(n.name()) && v.kind().equals("matrix"));
  }

  private static boolean isDelta(Syntax s) {
    return s instanceof Syntax.Index i
        && i.target() instanceof Syntax.Name n
        && n.name().equals("delta");
  }

  private static Stream<Syntax> sum(Syntax s, Function<Syntax.Binary, Syntax> change) {
    return s instanceof Syntax.Binary b && (b.operator() == ADD || b.operator() == SUBTRACT)
        ? Stream.of(change.apply(b))
        : Stream.empty();
  }

  private static Stream<Syntax> first(Syntax s) {
    return sum(s, Syntax.Binary::left);
  }

  private static Stream<Syntax> second(Syntax s) {
    return sum(s, b -> b.operator() == ADD ? b.right() : negate(b.right()));
  }

  private static Stream<Syntax> otherSign(Syntax s) {
    return sum(
        s,
        b ->
            new Syntax.Binary(
                b.operator() == ADD ? SUBTRACT : ADD, b.left(), b.right(), Span.NONE));
  }

  private static Stream<Syntax> product(Syntax s, Function<Syntax.Binary, Stream<Syntax>> change) {
    return s instanceof Syntax.Binary b && PRODUCTS.contains(b.operator())
        ? change.apply(b)
        : Stream.empty();
  }

  /** Of real factors, not of a number and something. */
  private static Stream<Syntax> factors(
      Syntax s, Function<Syntax.Binary, Stream<Syntax>> change, BinaryOperator... operators) {
    return product(
        s,
        b ->
            b.left() instanceof Syntax.Numeral || !List.of(operators).contains(b.operator())
                ? Stream.empty()
                : change.apply(b));
  }

  private static Stream<Syntax> quotient(Syntax s, Function<Syntax.Binary, Syntax> change) {
    return s instanceof Syntax.Binary b && QUOTIENTS.contains(b.operator())
        ? Stream.of(change.apply(b))
        : Stream.empty();
  }

  /** Every factor may be seen as a power. */
  private static Stream<Syntax> power(Syntax s, int more) {
    if (!(s instanceof Syntax.Binary b)) return Stream.empty();
    if (!POWERS.contains(b.operator()) || !(b.right() instanceof Syntax.Numeral n)) {
      return Stream.empty();
    }
    Rational exponent = n.value().plus(Rational.of(more));
    return exponent.isZero()
        ? Stream.empty()
        : Stream.of(
            new Syntax.Binary(
                b.operator(), b.left(), new Syntax.Numeral(exponent, Span.NONE), Span.NONE));
  }
}
