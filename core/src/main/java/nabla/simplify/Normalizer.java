package nabla.simplify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nabla.tensor.Einsum;
import nabla.tensor.Product;
import nabla.tensor.Size;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/**
 * Applies rules from the leaves up until none applies. Products come out flattened: no factor is a
 * plain product any more.
 */
final class Normalizer {
  private static final int MOST_STEPS = 200;

  private final List<Rule> rules;
  private final Map<Tensor, Tensor> normal = new HashMap<>();

  Normalizer(List<Rule> rules) {
    this.rules = rules;
  }

  /** The normal form of a tensor; it has the same value wherever both are defined. */
  Tensor normalize(Tensor root) {
    Tensor known = normal.get(root);
    if (known != null) return known;
    for (Tensor node : Tensors.topological(root)) {
      if (!normal.containsKey(node)) normal.put(node, settle(node));
    }
    return Objects.requireNonNull(normal.get(root));
  }

  private Tensor settle(Tensor node) {
    Tensor current = settleOperands(node);
    for (int step = 0; step < MOST_STEPS; step++) {
      Tensor known = normal.get(current);
      if (known != null) return known;
      Tensor next = step(current);
      if (next == null) {
        normal.put(current, current);
        return current;
      }
      if (next.rank() != node.rank()) throw new IllegalStateException("a rule changed the rank");
      current = settleOperands(next);
    }
    throw new IllegalStateException("no normal form after " + MOST_STEPS + " steps: " + node);
  }

  /**
   * The node over operands in normal form. A rule may have built new ones, and so may flattening: a
   * part that no output label reaches becomes a scalar factor of its own.
   */
  private Tensor settleOperands(Tensor node) {
    Tensor current = node;
    while (true) {
      for (Tensor operand : current.operands()) normalize(operand);
      Tensor next = flatten(current.mapOperands(o -> normal.getOrDefault(o, o)));
      if (next.equals(current)) return current;
      current = next;
    }
  }

  private @org.jspecify.annotations.Nullable Tensor step(Tensor node) {
    for (Rule rule : rules) {
      Tensor next = rule.apply(node);
      if (next != null && !next.equals(node)) return next;
    }
    return null;
  }

  /** Dissolves products in products, and a relabelled sum into a sum of relabelled terms. */
  static Tensor flatten(Tensor node) {
    if (!(node instanceof Einsum e)) return node;
    Tensor flat = copy(e, Product.canFlatten(e) ? new Product().flattening() : new Product());
    return flat instanceof Einsum f ? openSum(f) : flat;
  }

  static Tensor copy(Einsum e, Product product) {
    product.times(e.coefficient());
    for (Size size : e.sizes()) product.label(size);
    for (Einsum.Factor f : e.factors()) product.factor(f.tensor(), f.exponent(), f.labels());
    return product.to(e.output());
  }

  /** {@code c*(a + b)} with nothing else is {@code c*a + c*b}. */
  private static Tensor openSum(Einsum e) {
    if (e.factors().size() != 1 || !e.factors().getFirst().isPlain()) return e;
    Einsum.Factor only = e.factors().getFirst();
    if (!(only.tensor() instanceof Sum sum) || e.contracts()) return e;
    if (e.rank() != sum.rank() || only.labels().stream().distinct().count() != e.rank()) return e;
    List<Integer> order = new ArrayList<>();
    for (int label : e.output()) order.add(only.labels().indexOf(label));
    if (order.contains(-1)) return e;
    return Tensors.scale(e.coefficient(), Tensors.permute(sum, order));
  }
}
