package nabla.optimize.convexity;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import nabla.calculus.Differentiation;
import nabla.diagnostic.NablaException;
import nabla.simplify.Simplifier;
import nabla.tensor.Einsum;
import nabla.tensor.Product;
import nabla.tensor.Property;
import nabla.tensor.Rational;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;

/**
 * The sign of the second derivative of a smooth function along every direction: the quadratic form
 * of its Hessian, without the Hessian. It is nonnegative if each of its terms is, once it is
 * multiplied out and by what is positive, or if terms complete each other to squares.
 */
final class SecondDerivative {
  /** What holds of the difference of two points, if it holds of them. */
  private static final Set<Property> LINEAR =
      EnumSet.of(
          Property.SYMMETRIC,
          Property.SKEW,
          Property.DIAGONAL,
          Property.LOWER,
          Property.UPPER,
          Property.TOEPLITZ);

  /** Sums nest in contractions that nest in sums. */
  private static final int MOST_ROUNDS = 4;

  private final Simplifier simplifier = new Simplifier();
  private final Analysis analysis;
  private final Set<Tensor> positive;
  private final Set<Variable> directions = new HashSet<>();

  private SecondDerivative(Analysis analysis, Set<Tensor> positive) {
    this.analysis = analysis;
    this.positive = new HashSet<>(positive);
    this.positive.addAll(Positivity.of(analysis.root()));
    for (Tensor part : analysis.parts()) {
      if (analysis.of(part).range().isPositive()) this.positive.add(part);
    }
  }

  /** What the sign of the second derivative says of the function. */
  static Behaviour of(Analysis analysis) {
    Behaviour unknown =
        Behaviour.unknown(Range.ALL, "the sign of the second derivative is unknown");
    Optional<Set<Tensor>> positive = Smoothness.of(analysis);
    if (positive.isEmpty()) return unknown;
    try {
      return new SecondDerivative(analysis, positive.get()).sign(unknown);
    } catch (NablaException tooLong) {
      return unknown;
    }
  }

  private Behaviour sign(Behaviour unknown) {
    Tensor second = along(along(analysis.root()));
    List<Sum.Term> terms = simplifier.terms(second);
    if (sign(terms, unknown).isKnown()) return sign(terms, unknown);
    Tensor open = second;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Tensor next = expanded(open);
      if (next.equals(open)) break;
      open = next;
      terms = simplifier.terms(open);
      if (sign(terms, unknown).isKnown()) return sign(terms, unknown);
    }
    return sign(simplifier.terms(cleared(terms)), unknown);
  }

  private Behaviour sign(List<Sum.Term> terms, Behaviour unknown) {
    String why = "its second derivative along any direction is not ";
    if (isNonnegative(terms)) return Behaviour.convex(Range.ALL, Rational.ONE, why + "negative");
    List<Sum.Term> negated =
        terms.stream().map(t -> new Sum.Term(t.coefficient().negate(), t.tensor())).toList();
    return isNonnegative(negated)
        ? Behaviour.concave(Range.ALL, Rational.ONE, why + "positive")
        : unknown;
  }

  /** Multiplied out inside of contractions, too. */
  private Tensor expanded(Tensor tensor) {
    return Tensors.rewrite(
        tensor,
        node -> {
          boolean open =
              node instanceof Einsum e
                  && e.factors().stream().anyMatch(f -> f.isPlain() && f.tensor() instanceof Sum);
          return open ? Sum.of(simplifier.terms(node), node.shape()) : node;
        });
  }

  private Tensor along(Tensor function) {
    List<Variable> moving = Tensors.variables(function).stream().filter(analysis::moves).toList();
    Map<Variable, Tensor> slopes = Differentiation.derivatives(function, moving);
    List<Sum.Term> terms = new ArrayList<>();
    for (Variable x : moving) {
      Variable direction = direction(x);
      directions.add(direction);
      Product product = new Product();
      List<Integer> labels = product.labels(x.shape());
      product.factor(Objects.requireNonNull(slopes.get(x)), labels).factor(direction, labels);
      terms.add(new Sum.Term(Rational.ONE, product.to(List.of())));
    }
    return Sum.of(terms, List.of());
  }

  /** No name of a variable begins with a space. */
  private static Variable direction(Variable x) {
    Set<Property> properties = EnumSet.noneOf(Property.class);
    for (Property p : x.properties()) if (LINEAR.contains(p)) properties.add(p);
    if (x.is(Property.PD) || x.is(Property.PSD)) properties.add(Property.SYMMETRIC);
    return new Variable(" d" + x.name(), x.shape(), properties);
  }

  private boolean isNonnegative(List<Sum.Term> terms) {
    Analysis signs = new Analysis(Sum.of(terms, List.of()), Set.of(), positive);
    List<Sum.Term> open = new ArrayList<>();
    for (Sum.Term term : terms) {
      Range range = signs.of(Analysis.flat(term.tensor())).range();
      boolean up = term.coefficient().signum() > 0;
      if (!(up ? range.isNonnegative() : range.isNonpositive())) open.add(term);
    }
    return open.isEmpty() || new Squares(signs, directions).complete(terms);
  }

  /** The terms multiplied by every positive number that they are divided by. */
  private Tensor cleared(List<Sum.Term> terms) {
    Analysis signs = new Analysis(Sum.of(terms, List.of()), Set.of(), positive);
    Map<Tensor, Rational> powers = new LinkedHashMap<>();
    for (Sum.Term term : terms) {
      for (Einsum.Factor f : Einsum.view(term.tensor()).factors()) {
        boolean divides = f.tensor().rank() == 0 && f.exponent().signum() < 0;
        if (!divides || !signs.of(Analysis.flat(f.tensor())).range().isPositive()) continue;
        powers.merge(f.tensor(), f.exponent().negate(), Order::most);
      }
    }
    List<Sum.Term> cleared = new ArrayList<>();
    for (Sum.Term term : terms) {
      Product product = new Product().flattening().factor(term.tensor(), List.of());
      powers.forEach((tensor, exponent) -> product.factor(tensor, exponent, List.of()));
      cleared.add(new Sum.Term(term.coefficient(), product.to(List.of())));
    }
    return Sum.of(cleared, List.of());
  }
}
