package nabla;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nabla.tensor.NumericArray;
import nabla.tensor.Property;
import nabla.tensor.Rational;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import nabla.verify.Agreement;
import nabla.verify.Binding;
import nabla.verify.ReferenceInterpreter;

/**
 * The changes that keep a variable what it is, where not every change does: a vector of length 1
 * changes at right angles to itself. Each is written in terms of a variable that is free.
 *
 * @param reasons what holds of the changes, as formulas
 * @param all whether that is known of every such change
 */
record Tangents(Map<Variable, Tensor> of, List<String> reasons, boolean all) {
  /** What is not kept by all changes of the same structure. */
  private static final Set<Property> CURVED =
      EnumSet.of(Property.ORTHOGONAL, Property.IDEMPOTENT, Property.UNIT, Property.SIMPLEX);

  /** What makes of such variables a set that is not described here. */
  private static final Set<Property> UNCLEAR =
      EnumSet.of(Property.TOEPLITZ, Property.INTEGER, Property.SKEW);

  /** No name has a gap. */
  private static final String FREE = "free ";

  private record Tangent(Tensor change, String reason) {}

  /**
   * @param changes each with the variable that changes
   */
  static Tangents of(Map<Variable, Variable> changes) {
    Map<Variable, Tensor> known = new LinkedHashMap<>();
    List<String> reasons = new ArrayList<>();
    boolean all = true;
    for (Map.Entry<Variable, Variable> e : changes.entrySet()) {
      Variable x = e.getValue();
      if (x.properties().stream().noneMatch(CURVED::contains)) continue;
      Optional<Tangent> tangent = tangent(x, e.getKey());
      all &= tangent.isPresent();
      tangent.ifPresent(
          t -> {
            known.put(e.getKey(), t.change());
            reasons.add(t.reason());
          });
    }
    return new Tangents(known, reasons, all);
  }

  boolean isEmpty() {
    return of.isEmpty() && all;
  }

  /** A tensor with its changes written out. */
  Tensor in(Tensor tensor) {
    return Tensors.rewrite(
        tensor, node -> node instanceof Variable v ? of.getOrDefault(v, v) : node);
  }

  /** A difference at a point at which the changes have their values, too. */
  Agreement.Difference at(Agreement.Difference difference) {
    Binding at = difference.at();
    Map<String, NumericArray> values = new LinkedHashMap<>(at.variables());
    of.forEach(
        (change, tangent) -> values.put(change.name(), ReferenceInterpreter.evaluate(tangent, at)));
    values.keySet().removeIf(name -> name.startsWith(FREE));
    return new Agreement.Difference(
        new Binding(at.sizes(), values),
        difference.index(),
        difference.expected(),
        difference.found());
  }

  private static Optional<Tangent> tangent(Variable x, Variable change) {
    long curved = x.properties().stream().filter(CURVED::contains).count();
    boolean unclear = UNCLEAR.stream().anyMatch(x::is);
    if (curved > 1 || unclear) return Optional.empty();
    Variable z = new Variable(FREE + change.name(), x.shape(), change.properties());
    String dx = change.name();
    if (x.is(Property.UNIT)) {
      Tensor along = Tensors.hadamard(Tensors.multiply(x, z), x);
      return tangent(Tensors.subtract(z, along), "%s'*%s = 0".formatted(x.name(), dx));
    }
    if (x.is(Property.SIMPLEX)) return tangent(simplex(x, z), "sum(%s) = 0".formatted(dx));
    return x.is(Property.IDEMPOTENT)
        ? tangent(idempotent(x, z), "%1$s*%2$s + %2$s*%1$s = %2$s".formatted(x.name(), dx))
        : tangent(orthogonal(x, z), "%s'*%s is skew".formatted(x.name(), dx));
  }

  private static Optional<Tangent> tangent(Tensor change, String reason) {
    return Optional.of(new Tangent(change, reason));
  }

  /** The derivative of softmax times z, whose entries sum to 0, and are any such as p has no 0. */
  private static Tensor simplex(Variable p, Variable z) {
    return Tensors.subtract(Tensors.hadamard(p, z), Tensors.hadamard(Tensors.multiply(p, z), p));
  }

  /** P*Z + Z*P - 2*P*Z*P, a projection onto the solutions of P*dP + dP*P = dP. */
  private static Tensor idempotent(Variable p, Variable z) {
    Tensor left = Tensors.multiply(p, z);
    Tensor both = Tensors.scale(Rational.of(-2), Tensors.multiply(left, p));
    return Tensors.add(left, Tensors.multiply(z, p), both);
  }

  /**
   * Q*S with a skew S. If Q is symmetric, it is its own inverse, and Z - Q*Z*Q with a symmetric Z
   * anticommutes with it; triangular ones have entries 1 and -1 only.
   */
  private static Tensor orthogonal(Variable q, Variable z) {
    if (q.is(Property.LOWER) || q.is(Property.UPPER)) return Sum.zero(q.shape());
    if (z.is(Property.SYMMETRIC) || z.is(Property.DIAGONAL)) {
      return Tensors.subtract(z, Tensors.multiply(Tensors.multiply(q, z), q));
    }
    return Tensors.multiply(q, new Variable(z.name(), z.shape(), Set.of(Property.SKEW)));
  }
}
