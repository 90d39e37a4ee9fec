package nabla.optimize.convexity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import nabla.tensor.Apply;
import nabla.tensor.Constant;
import nabla.tensor.Einsum;
import nabla.tensor.Elementwise;
import nabla.tensor.Extent;
import nabla.tensor.Product;
import nabla.tensor.Property;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Structural;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;

/**
 * What can be proved of every part of an expression, from the leaves up. Each rule is a theorem on
 * compositions; what no rule proves stays unknown.
 */
final class Analysis {
  private final Tensor root;
  private final Set<String> moving;
  private final Set<Tensor> positive;
  private final Map<Tensor, Behaviour> known = new HashMap<>();
  private final Map<Tensor, Range> natural = new HashMap<>();
  private final Definiteness definiteness = new Definiteness(this);

  Analysis(Tensor written, Set<String> moving) {
    this(written, moving, Set.of());
  }

  /**
   * @param positive what is known to be positive
   */
  Analysis(Tensor written, Set<String> moving, Set<Tensor> positive) {
    this.root = flat(written);
    this.moving = moving;
    this.positive = new HashSet<>(Positivity.of(root));
    this.positive.addAll(positive);
    for (Tensor node : Tensors.topological(root)) of(node);
  }

  /** The expression with nested products dissolved, as it is analysed. */
  Tensor root() {
    return root;
  }

  Behaviour ofRoot() {
    return of(root);
  }

  Definiteness definiteness() {
    return definiteness;
  }

  boolean moves(Variable variable) {
    return moving.contains(variable.name());
  }

  /** Products nested in products are dissolved where that changes no value and no domain. */
  static Tensor flat(Tensor written) {
    return Tensors.rewrite(
        written,
        node -> {
          if (!(node instanceof Einsum e) || !isPolynomial(e) || !Product.canFlatten(e))
            return node;
          Product product = new Product().flattening().times(e.coefficient());
          for (Size size : e.sizes()) product.label(size);
          for (Einsum.Factor f : e.factors()) product.factor(f.tensor(), f.exponent(), f.labels());
          return product.to(e.output());
        });
  }

  /** Otherwise factors might cancel, and with them a limit of the domain. */
  private static boolean isPolynomial(Einsum e) {
    for (Einsum.Factor f : e.factors()) {
      if (!isWhole(f)) return false;
      if (f.tensor() instanceof Einsum inner
          && !inner.factors().stream().allMatch(Analysis::isWhole)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWhole(Einsum.Factor f) {
    return f.exponent().isInteger() && f.exponent().signum() > 0;
  }

  Behaviour of(Tensor tensor) {
    Behaviour done = known.get(tensor);
    if (done != null) return done;
    Behaviour found = derive(tensor);
    natural.put(tensor, found.range());
    if (positive.contains(tensor)) found = found.within(Range.POSITIVE);
    known.put(tensor, found);
    return found;
  }

  /** Where its values are, whatever else its own logarithm may ask for. */
  Range natural(Tensor tensor) {
    of(tensor);
    return Objects.requireNonNull(natural.get(tensor));
  }

  private Behaviour derive(Tensor tensor) {
    boolean fixed = tensor.operands().stream().allMatch(o -> of(o).constant());
    return switch (tensor) {
      case Variable v -> variable(v);
      case Constant c ->
          Behaviour.constant(Range.open(Math.nextDown(c.value()), Math.nextUp(c.value())));
      case Extent _ -> Behaviour.constant(Range.closed(1, Double.POSITIVE_INFINITY));
      case Structural s ->
          Behaviour.constant(
              s instanceof nabla.tensor.Alternating ? Range.closed(-1, 1) : Range.closed(0, 1));
      case Sum sum -> fixed(fixed, sum(sum));
      case Einsum e -> fixed(fixed, new Products(this, e).behaviour());
      case Elementwise e -> fixed(fixed, Atoms.elementwise(e, operands(e)));
      case Apply a -> fixed(fixed, Operations.of(a, this));
    };
  }

  private static Behaviour fixed(boolean fixed, Behaviour behaviour) {
    return fixed ? Behaviour.constant(behaviour.range()) : behaviour;
  }

  List<Behaviour> operands(Tensor tensor) {
    return tensor.operands().stream().map(this::of).toList();
  }

  private Behaviour variable(Variable v) {
    Range range = Range.ALL;
    if (v.is(Property.NONNEGATIVE)) range = Range.NONNEGATIVE;
    if (v.is(Property.POSITIVE)) range = Range.POSITIVE;
    if (v.is(Property.SIMPLEX)) range = range.and(Range.closed(0, 1));
    if (v.is(Property.UNIT)) range = range.and(Range.closed(-1, 1));
    boolean diagonal = v.is(Property.DIAGONAL) || v.is(Property.LOWER) || v.is(Property.UPPER);
    if (v.rank() == 2 && diagonal) range = range.withZero();
    return moves(v) ? Behaviour.affine(range, "a variable") : Behaviour.constant(range);
  }

  private Behaviour sum(Sum sum) {
    if (sum.isZero()) return Behaviour.constant(Range.closed(0, 0));
    Range range = Range.closed(0, 0);
    boolean affine = true;
    boolean convex = true;
    boolean concave = true;
    boolean nonnegative = true;
    Rational most = Order.MINUS_INFINITE;
    Rational least = Order.INFINITE;
    for (Sum.Term term : sum.terms()) {
      Behaviour b = of(term.tensor());
      boolean up = term.coefficient().signum() > 0;
      range = range.plus(b.range().times(Range.of(term.coefficient())));
      affine &= b.affine();
      convex &= up ? b.isConvex() : b.isConcave();
      concave &= up ? b.isConcave() : b.isConvex();
      nonnegative &= up && b.range().isNonnegative();
      most = Order.most(most, b.convex());
      least = Order.least(least, b.concave());
    }
    if (affine) return Behaviour.affine(range, "a sum of affine functions");
    Behaviour tail = complement(sum, range);
    if (tail != null) return tail;
    return Behaviour.of(
        range,
        convex ? (nonnegative ? most : Rational.ONE) : Order.INFINITE,
        concave ? (nonnegative ? least : Rational.ONE) : Order.MINUS_INFINITE,
        convex
            ? "a sum of convex functions"
            : concave ? "a sum of concave functions" : "a sum of terms of both kinds");
  }

  /** 1 - sigmoid(t) is sigmoid(-t). */
  private @org.jspecify.annotations.Nullable Behaviour complement(Sum sum, Range range) {
    if (sum.terms().size() != 2) return null;
    for (int k = 0; k < 2; k++) {
      Sum.Term one = sum.terms().get(k);
      Sum.Term other = sum.terms().get(1 - k);
      boolean isOne = Tensors.isConstant(one.tensor(), Rational.ONE) && one.coefficient().isOne();
      if (!isOne || !other.coefficient().equals(Rational.MINUS_ONE)) continue;
      if (!(other.tensor() instanceof Elementwise e) || !e.operator().name().equals("sigmoid")) {
        continue;
      }
      if (!of(e.operands().getFirst()).isConvex()) continue;
      return Behaviour.concave(
          range.and(Range.open(0, 1)), Rational.ZERO, "the complement of a sigmoid is a sigmoid");
    }
    return null;
  }

  /** The parts that move, operands before what is made of them, each once. */
  List<Tensor> parts() {
    List<Tensor> parts = new ArrayList<>();
    Set<Tensor> seen = new HashSet<>();
    for (Tensor node : Tensors.topological(root)) {
      Behaviour b = Objects.requireNonNull(known.get(node));
      if (!b.constant() && seen.add(node)) parts.add(node);
    }
    return parts;
  }
}
