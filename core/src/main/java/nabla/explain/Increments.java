package nabla.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nabla.lang.BinaryOperator;
import nabla.lang.Syntax;
import nabla.tensor.Rational;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/** What parts of a function are more where the variable has moved than where it was. */
final class Increments {
  private final Scope scope;
  private final Writer writer;
  private final Differentials differentials;
  private final Variable h;
  private final Map<String, Optional<Increment>> increments = new HashMap<>();

  /**
   * @param differentials those for the change {@code h}
   */
  Increments(Scope scope, Writer writer, Differentials differentials, Variable h) {
    this.scope = scope;
    this.writer = writer;
    this.differentials = differentials;
    this.h = h;
  }

  /**
   * How a part grows when the variable moves.
   *
   * @param quadratic what is of second order; null if there is nothing
   * @param exact whether there is no more than these
   */
  record Increment(Syntax linear, @Nullable Syntax quadratic, boolean exact) {}

  /** How a part that depends on the variable grows; empty if no rule says it. */
  Optional<Increment> of(Syntax u) {
    String text = Make.text(u);
    Optional<Increment> known = increments.get(text);
    if (known == null) {
      known = found(u);
      increments.put(text, known);
    }
    return known;
  }

  private Optional<Increment> found(Syntax u) {
    if (u instanceof Syntax.Name) {
      return Optional.of(new Increment(Make.name(h.name()), null, true));
    }
    Optional<Differentials.Rewrite> rewrite = differentials.of(u).or(() -> whole(u));
    if (rewrite.isEmpty()) return Optional.empty();
    Growth growth = new Growth();
    Syntax linear = growth.linear(rewrite.get().result());
    if (growth.failed) return Optional.empty();
    boolean exact = growth.exact && !growth.failed;
    if (rewrite.get().trivial()) {
      return Optional.of(new Increment(linear, quadratic(rewrite.get().result()), exact));
    }
    if (isSquare(u) && exact && growth.quadratics == 0) {
      return Optional.of(new Increment(linear, square((Syntax.Binary) u), true));
    }
    List<Syntax> pair = pair(u);
    if (pair.isEmpty()) return Optional.of(new Increment(linear, null, false));
    return Optional.of(new Increment(linear, both(u, pair), exact && growth.quadratics == 0));
  }

  private Optional<Differentials.Rewrite> whole(Syntax u) {
    return scope
        .part(u)
        .flatMap(p -> writer.matrix(writer.differential(p.tensor(), scope.x, h), p.row()))
        .map(s -> Differentials.Rewrite.by(s, "differential of " + Make.text(u), ""));
  }

  /** Replaces open differentials by what is linear in the change. */
  private final class Growth {
    boolean exact = true;
    boolean failed;
    int quadratics;

    Syntax linear(Syntax s) {
      if (!differentials.isOpen(s)) return s.map(this::linear);
      Optional<Increment> e = of(((Syntax.Call) s).arguments().getFirst());
      if (e.isEmpty()) {
        failed = true;
        return s;
      }
      exact &= e.get().exact();
      if (e.get().quadratic() != null) quadratics++;
      return e.get().linear();
    }
  }

  /** What a linear function makes of what is quadratic in its parts. */
  private @Nullable Syntax quadratic(Syntax result) {
    List<Make.Term> terms = new ArrayList<>();
    for (Make.Term t : Make.terms(result)) {
      boolean[] found = {false};
      Syntax value = quadraticParts(t.value(), found);
      if (found[0]) terms.add(new Make.Term(t.minus(), value));
    }
    return terms.isEmpty() ? null : Make.sum(terms);
  }

  private Syntax quadraticParts(Syntax s, boolean[] found) {
    if (!differentials.isOpen(s)) return s.map(part -> quadraticParts(part, found));
    Syntax quadratic =
        of(((Syntax.Call) s).arguments().getFirst()).map(Increment::quadratic).orElse(null);
    if (quadratic == null) return s;
    found[0] = true;
    return quadratic;
  }

  /** The square of what is linear, or its norm's. */
  private Syntax square(Syntax.Binary b) {
    Syntax base =
        Differentials.isSquaredNorm(b)
            ? b.left().map(part -> of(part).orElseThrow().linear())
            : of(b.left()).orElseThrow().linear();
    return Make.binary(b.operator(), base, b.right());
  }

  private boolean isSquare(Syntax u) {
    return u instanceof Syntax.Binary b
        && (b.operator() == BinaryOperator.POWER
            || b.operator() == BinaryOperator.ELEMENTWISE_POWER)
        && b.right() instanceof Syntax.Numeral n
        && n.value().equals(Rational.TWO)
        && scope.dependsOnVariable(b.left());
  }

  /** The two factors of a product that depend on the variable; empty if it is no such product. */
  private List<Syntax> pair(Syntax u) {
    if (!(u instanceof Syntax.Binary b)) return List.of();
    boolean product =
        switch (b.operator()) {
          case MULTIPLY, ELEMENTWISE_MULTIPLY, KRONECKER -> true;
          default -> false;
        };
    if (!product) return List.of();
    List<Syntax> changing =
        Make.factors(u, b.operator()).stream().filter(scope::dependsOnVariable).toList();
    return changing.size() == 2 ? changing : List.of();
  }

  /** The product with the growth of both factors. */
  private Syntax both(Syntax u, List<Syntax> pair) {
    BinaryOperator operator = ((Syntax.Binary) u).operator();
    List<Syntax> factors = new ArrayList<>();
    for (Syntax f : Make.factors(u, operator)) {
      boolean changes = pair.contains(f);
      factors.add(changes ? of(f).orElseThrow().linear() : f);
    }
    return Make.product(factors, operator);
  }
}
