package nabla.explain;

import static nabla.lang.BinaryOperator.DIVIDE;
import static nabla.lang.BinaryOperator.ELEMENTWISE_DIVIDE;
import static nabla.lang.BinaryOperator.ELEMENTWISE_MULTIPLY;
import static nabla.lang.BinaryOperator.ELEMENTWISE_POWER;
import static nabla.lang.BinaryOperator.KRONECKER;
import static nabla.lang.BinaryOperator.MULTIPLY;
import static nabla.lang.BinaryOperator.POWER;
import static nabla.lang.BinaryOperator.SUBTRACT;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nabla.diagnostic.Span;
import nabla.lang.BinaryOperator;
import nabla.lang.Syntax;
import nabla.tensor.Rational;

/**
 * The rules of differentials, one step at a time: what {@code d(u)} is, with the differentials of
 * the parts of {@code u} left as they are. Products keep the order in which they were written, so
 * that a reader sees where a transpose comes from.
 */
final class Differentials {
  static final String D = "d";

  /**
   * What a differential is replaced by.
   *
   * @param trivial whether a reader does it in passing: sums, signs, constants
   */
  record Rewrite(Syntax result, List<Rule> rules, boolean trivial, List<String> conditions) {
    static Rewrite trivial(Syntax result, String name, String statement) {
      return new Rewrite(result, List.of(new Rule(name, statement)), true, List.of());
    }

    static Rewrite by(Syntax result, String name, String statement) {
      return new Rewrite(result, List.of(new Rule(name, statement)), false, List.of());
    }
  }

  private static final String PRODUCT = "product rule";
  private static final String CONSTANTS = "constant factors stay";

  private final Scope scope;
  private final String change;
  private final FunctionDifferentials functions;

  /**
   * @param change the name of the change of the variable, such as {@code dx}
   */
  Differentials(Scope scope, Writer writer, String change) {
    this.scope = scope;
    this.change = change;
    this.functions = new FunctionDifferentials(scope, writer, this);
  }

  /** LaTeX in which d of something is no function with that name. */
  static String upright(String latex) {
    return latex.replaceAll("(?<![A-Za-z\\\\])d\\\\left\\(", "\\\\mathrm{d}\\\\left(");
  }

  /** The differential of a part, not worked out. */
  Syntax d(Syntax u) {
    boolean variable = u instanceof Syntax.Name n && n.name().equals(scope.x.name());
    return variable ? Make.name(change) : Make.call(D, u);
  }

  /** Whether it is a differential that is not worked out. */
  boolean isOpen(Syntax s) {
    return s instanceof Syntax.Call c && c.function().equals(D) && c.arguments().size() == 1;
  }

  /** Whether a part is neither linear in its parts nor a product of them. */
  boolean isFunction(Syntax u) {
    if (!scope.dependsOnVariable(u) || u instanceof Syntax.Name) return false;
    return of(u)
        .filter(r -> !r.trivial())
        .filter(r -> r.rules().stream().noneMatch(rule -> rule.name().equals(PRODUCT)))
        .isPresent();
  }

  /**
   * The differential of a part that depends on the variable and is not the variable itself; empty
   * if no rule applies.
   */
  Optional<Rewrite> of(Syntax u) {
    return switch (u) {
      case Syntax.Negate n ->
          Optional.of(Rewrite.trivial(new Syntax.Negate(d(n.operand()), Span.NONE), CONSTANTS, ""));
      case Syntax.Transpose t ->
          Optional.of(
              Rewrite.trivial(Make.transpose(d(t.operand())), "transpose", "d(U') = (dU)'"));
      case Syntax.Binary b -> binary(b);
      case Syntax.Index i when scope.dependsOnVariable(i.target()) ->
          Optional.of(
              Rewrite.trivial(
                  new Syntax.Index(d(i.target()), i.indices(), Span.NONE),
                  "an entry of a differential is the differential of the entry",
                  ""));
      case Syntax.Call c when c.function().equals("einsum") -> Optional.of(einsum(c));
      case Syntax.Call c -> functions.of(c, c.arguments());
      case Syntax.MatrixLiteral m ->
          functions.of(m, m.rows().stream().flatMap(List::stream).toList());
      default -> Optional.empty();
    };
  }

  private Optional<Rewrite> binary(Syntax.Binary b) {
    if (isSquaredNorm(b)) return functions.ofSquaredNorm(b);
    return switch (b.operator()) {
      case ADD, SUBTRACT -> sum(b).or(() -> functions.of(b, List.of(b.left(), b.right())));
      case MULTIPLY, ELEMENTWISE_MULTIPLY, KRONECKER -> Optional.of(product(b));
      case DIVIDE, ELEMENTWISE_DIVIDE -> {
        if (scope.dependsOnVariable(b.right())) {
          yield quotient(b).or(() -> functions.of(b, List.of(b.left(), b.right())));
        }
        Syntax result = Make.binary(b.operator(), d(b.left()), b.right());
        yield Optional.of(Rewrite.trivial(result, CONSTANTS, ""));
      }
      default -> functions.of(b, List.of(b.left(), b.right()));
    };
  }

  /** It is differentiable where the norm is not. */
  static boolean isSquaredNorm(Syntax.Binary b) {
    return b.operator() == POWER
        && b.left() instanceof Syntax.Call c
        && c.arguments().size() == 1
        && (c.function().equals("norm2") || c.function().equals("normF"))
        && b.right() instanceof Syntax.Numeral n
        && n.value().equals(Rational.TWO);
  }

  /** Term by term; empty if the terms that are left have another shape. */
  private Optional<Rewrite> sum(Syntax.Binary b) {
    List<Make.Term> kept = new ArrayList<>();
    List<Make.Term> terms = Make.terms(b);
    for (Make.Term t : terms) {
      if (!scope.dependsOnVariable(t.value())) continue;
      var whole = scope.part(b).map(Scope.Part::shape);
      if (!scope.part(t.value()).map(Scope.Part::shape).equals(whole)) return Optional.empty();
      kept.add(new Make.Term(t.minus(), d(t.value())));
    }
    boolean all = kept.size() == terms.size();
    Rule rule =
        new Rule(
            all ? "sum rule" : "sum rule, constants have no differential", "d(U + V) = dU + dV");
    return Optional.of(new Rewrite(Make.sum(kept), List.of(rule), true, List.of()));
  }

  /** Of numbers, or entry by entry of arrays of one shape, as it is taught. */
  private Optional<Rewrite> quotient(Syntax.Binary b) {
    Optional<Scope.Part> above = scope.part(b.left());
    Optional<Scope.Part> below = scope.part(b.right());
    if (above.isEmpty() || below.isEmpty()) return Optional.empty();
    boolean scalar = b.operator() == DIVIDE && below.get().shape().isEmpty();
    boolean entrywise =
        b.operator() == ELEMENTWISE_DIVIDE && below.get().shape().equals(above.get().shape());
    if (!scalar && !entrywise) return Optional.empty();
    BinaryOperator times = scalar ? MULTIPLY : ELEMENTWISE_MULTIPLY;
    BinaryOperator power = scalar ? POWER : ELEMENTWISE_POWER;
    Syntax u = b.left();
    Syntax v = b.right();
    Syntax second = Make.binary(times, u, d(v));
    Syntax difference =
        scope.dependsOnVariable(u)
            ? Make.binary(SUBTRACT, Make.binary(times, d(u), v), second)
            : new Syntax.Negate(second, Span.NONE);
    Syntax square = Make.binary(power, v, Make.number(2));
    Syntax result = Make.binary(b.operator(), difference, square);
    String t = times.text();
    String statement =
        "d(u"
            + b.operator().text()
            + "v) = (du"
            + t
            + "v - u"
            + t
            + "dv)"
            + b.operator().text()
            + "v"
            + power.text()
            + "2";
    return Optional.of(Rewrite.by(result, "quotient rule", statement));
  }

  private Rewrite product(Syntax.Binary b) {
    BinaryOperator operator = b.operator();
    List<Syntax> factors = Make.factors(b, operator);
    List<Make.Term> terms = new ArrayList<>();
    for (int k = 0; k < factors.size(); k++) {
      if (!scope.dependsOnVariable(factors.get(k))) continue;
      List<Syntax> changed = new ArrayList<>(factors);
      changed.set(k, d(factors.get(k)));
      terms.add(new Make.Term(false, Make.product(changed, operator)));
    }
    Syntax result = Make.sum(terms);
    if (terms.size() == 1) return Rewrite.trivial(result, CONSTANTS, "");
    String sign = operator.text();
    String statement = "d(U" + sign + "V) = dU" + sign + "V + U" + sign + "dV";
    return Rewrite.by(result, PRODUCT, statement);
  }

  /** An Einstein sum is linear in each of its operands. */
  private Rewrite einsum(Syntax.Call c) {
    List<Make.Term> terms = new ArrayList<>();
    for (int k = 1; k < c.arguments().size(); k++) {
      if (!scope.dependsOnVariable(c.arguments().get(k))) continue;
      List<Syntax> changed = new ArrayList<>(c.arguments());
      changed.set(k, d(c.arguments().get(k)));
      terms.add(new Make.Term(false, new Syntax.Call(c.function(), changed, Span.NONE)));
    }
    Syntax result = Make.sum(terms);
    return terms.size() == 1
        ? Rewrite.trivial(result, CONSTANTS, "")
        : Rewrite.by(result, PRODUCT, "an Einstein sum is linear in each operand");
  }
}
