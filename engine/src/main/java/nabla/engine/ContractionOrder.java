package nabla.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import nabla.tensor.Apply;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Elementwise;
import nabla.tensor.Product;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * Turns every contraction of many factors into a tree of products of two, in the order that costs
 * least at given sizes. What is multiplied anyway is not multiplied again where this saves time:
 * {@code A'*(B'*(S*B*A))} is {@code (B*A)'*(S*(B*A))}.
 */
final class ContractionOrder {
  /** A model that is this far off does not make anything slower. */
  private static final double BETTER = 0.9;

  /** So many forms of a contraction are looked at. */
  private static final int MOST_TRIALS = 16;

  private final Map<String, Integer> sizes;
  private final Map<Tensor, Tensor> ordered = new HashMap<>();

  /** What is in order by the product of all its factors. */
  private final Map<Tensor, Tensor> wholes = new HashMap<>();

  /** What was within others that are computed in another way. */
  private final Set<Tensor> gone = new HashSet<>();

  private final Uses uses;

  /** What only one tensor uses, in its order. */
  private final Set<Tensor> once = new HashSet<>();

  private final Mirrors mirrors = new Mirrors();
  private final Unfolding unfolding;
  private final SharedProducts shared;

  /** For all tensors that are going to be asked for. */
  ContractionOrder(List<Tensor> roots, Map<String, Integer> sizes) {
    this.sizes = sizes;
    this.uses = new Uses(roots);
    Set<Tensor> nodes = new LinkedHashSet<>();
    for (Tensor root : roots) nodes.addAll(Tensors.topological(root, nodes));
    List<Einsum> contractions =
        nodes.stream()
            .filter(node -> node instanceof Einsum e && e.contracts())
            .map(Einsum.class::cast)
            .toList();
    this.unfolding = new Unfolding(contractions, uses);
    this.shared = new SharedProducts(contractions);
    for (Tensor node : nodes) arguments(node).forEach(this::pairFirst);
  }

  /** What a node takes functions of, powers included. */
  private static Stream<Tensor> arguments(Tensor node) {
    return switch (node) {
      case Einsum e -> e.factors().stream().filter(f -> !f.isPlain()).map(Factor::tensor);
      case Elementwise _, Apply _ -> node.operands().stream();
      default -> Stream.empty();
    };
  }

  /**
   * A product of two that a function needs is computed in one way only. It, and what is below it,
   * come first, so that other products find it.
   */
  private void pairFirst(Tensor argument) {
    if (!(argument instanceof Einsum e) || !e.contracts()) return;
    if (unfolding.of(e).product().factors().size() < 3) of(e);
  }

  /** The same values; what several tensors share stays shared. */
  Tensor of(Tensor root) {
    for (Tensor node : Tensors.topological(root, ordered.keySet())) {
      if (ordered.containsKey(node)) continue;
      boolean whole = node instanceof Einsum e && e.contracts() && !unfolding.isInner(e);
      ordered.put(node, whole ? whole((Einsum) node) : order(node));
    }
    return Objects.requireNonNull(ordered.get(root));
  }

  /** Over operands that are in order. */
  private Tensor order(Tensor node) {
    Tensor rebuilt = node.mapOperands(this::operand);
    if (uses.isOnce(node)) once.add(rebuilt);
    Tensor primitive = rebuilt instanceof Einsum e ? Parts.primitive(e) : rebuilt;
    if (!(primitive instanceof Einsum e) || !e.contracts()) return primitive;
    Tensor sliced = Slices.of(e);
    if (!sliced.equals(e)) return order(sliced);
    Tensor mirrored = mirrors.of(e);
    if (!mirrored.equals(e)) return order(mirrored);
    if (e.factors().size() < 3 || isQuadraticForm(e)) return e;
    Tensor square = ScaledSquare.of(e);
    return square != null ? square : new ContractionSearch(e, sizes).tensor();
  }

  /** A form of an inverse that nothing else needs, nor any solution, stays whole. */
  private boolean isQuadraticForm(Einsum product) {
    QuadraticForm form = QuadraticForm.of(product);
    return form != null
        && once.contains(form.inverse().tensor())
        && form.isWorthwhile(product, sizes);
  }

  private Tensor operand(Tensor operand) {
    Tensor known = ordered.get(operand);
    return known != null ? known : of(operand);
  }

  /** A contraction with those that only it needs; one that is another one transposed is a view. */
  private Tensor whole(Einsum contraction) {
    Unfolding.Unfolded unfolded = unfolding.of(contraction);
    if (contraction.rank() == 2) {
      Tensor turned = wholes.get(Tensors.transpose(unfolded.product()));
      if (turned != null) return turned(turned);
    }
    Tensor shared = shared(contraction, unfolded);
    Tensor whole = shared != null ? shared : order(contraction);
    wholes.put(unfolded.product(), whole);
    return whole;
  }

  /** A transpose that is not multiplied again. */
  private static Tensor turned(Tensor matrix) {
    Product product = new Product();
    int row = product.label(matrix.shape().get(1));
    int column = product.label(matrix.shape().get(0));
    return product.factor(matrix, column, row).to(row, column);
  }

  /** With parts that exist or come twice as factors; null if none is worth it. */
  private @Nullable Tensor shared(Einsum contraction, Unfolding.Unfolded unfolded) {
    Predicate<Tensor> exists =
        t -> ordered.containsKey(t) && !gone.contains(t) && !unfolded.inner().contains(t);
    Einsum product = unfolded.product();
    double least = Double.NaN;
    Tensor best = null;
    Iterator<SharedProducts.Form> forms = shared.forms(product, exists).iterator();
    for (int trial = 0; trial < MOST_TRIALS && forms.hasNext(); trial++) {
      SharedProducts.Form form = forms.next();
      if (Double.isNaN(least)) least = cost(contraction) + cost(unfolded.inner());
      double cost = cost(form.product()) + (form.exists() ? 0 : cost(form.part()));
      if (cost > BETTER * least) continue;
      least = cost;
      best = form.product();
      if (!(best instanceof Einsum e) || !e.contracts()) break;
      forms = shared.forms(e, exists).iterator();
    }
    if (best == null) return null;
    gone.addAll(unfolded.inner());
    return order(best);
  }

  private double cost(Iterable<? extends Tensor> tensors) {
    double cost = 0;
    for (Tensor t : tensors) cost += cost(t);
    return cost;
  }

  private double cost(Tensor tensor) {
    if (!(tensor instanceof Einsum e) || e.factors().isEmpty()) return 0;
    return new ContractionSearch(e, sizes).cost();
  }
}
