package nabla.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nabla.operation.Softmax;
import nabla.tensor.Apply;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Operator;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Structural;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * Divides by the sum of the exponentials in the end: {@code A'*softmax(x)} is {@code A'*e/sum(e)},
 * so that the product need not wait for the sum.
 */
final class SoftmaxProducts {
  /** What softmax consists of; both are relative to the same numbers, which cancel. */
  enum Part implements Operator {
    /**
     * Multiples of exp(x), so small that their sum is 1 at most: no product with them overflows.
     */
    EXPONENTIALS,
    /** Their sum. */
    TOTAL
  }

  private static final Rational MOST_DIVISIONS = Rational.of(4);

  private final Map<String, Integer> sizes;
  private final Map<Tensor, Tensor> divided = new HashMap<>();

  SoftmaxProducts(Map<String, Integer> sizes) {
    this.sizes = sizes;
  }

  /** The same value but for rounding. */
  Tensor of(Tensor root) {
    for (Tensor node : Tensors.topological(root)) {
      if (divided.containsKey(node)) continue;
      Tensor rebuilt = node.mapOperands(o -> Objects.requireNonNull(divided.get(o)));
      if (rebuilt instanceof Einsum e && isTooSmall(e.factors())) rebuilt = node;
      divided.put(node, rebuilt instanceof Einsum e && e.contracts() ? divided(e) : rebuilt);
    }
    return Objects.requireNonNull(divided.get(root));
  }

  private Tensor divided(Einsum product) {
    // entries outside of a block are 0, and must not become NaN with what is in it
    if (product.factors().stream().anyMatch(f -> f.tensor() instanceof Structural)) return product;
    Factor softmax = softmax(product);
    List<Factor> quotients = product.factors().stream().filter(SoftmaxProducts::isDivided).toList();
    if (softmax == null && quotients.isEmpty()) return product;
    Product above = new Product().times(product.coefficient());
    for (Size size : product.sizes()) above.label(size);
    List<Factor> totals = new ArrayList<>();
    for (Factor f : product.factors()) {
      if (quotients.contains(f)) {
        multiply(above, f, totals);
      } else if (f.equals(softmax)) {
        List<Tensor> x = f.tensor().operands();
        above.factor(new Apply(Part.EXPONENTIALS, x, f.tensor().shape()), f.labels());
        Tensor total = new Apply(Part.TOTAL, x, List.of());
        totals.add(new Factor(total, Rational.ONE.negate(), List.of()));
      } else {
        above.factor(f.tensor(), f.exponent(), f.labels());
      }
    }
    if (isTooSmall(totals)) return product;
    Product quotient = new Product();
    List<Integer> labels = quotient.labels(product.shape());
    quotient.factor(above.to(product.output()), labels);
    for (Factor f : totals) quotient.factor(f.tensor(), f.exponent(), f.labels());
    return quotient.to(labels);
  }

  /** Multiplies by what a quotient has above, so that it is one contraction with what it is in. */
  private static void multiply(Product above, Factor quotient, List<Factor> totals) {
    Einsum divided = (Einsum) quotient.tensor();
    Product own = new Product().times(divided.coefficient());
    for (Size size : divided.sizes()) own.label(size);
    for (Factor f : divided.factors()) {
      if (isTotal(f)) totals.add(f);
      else own.factor(f.tensor(), f.exponent(), f.labels());
    }
    above.dissolved(own.to(divided.output()), quotient.labels());
  }

  /** The one that a product sums over; null if there is none, or more. */
  private @Nullable Factor softmax(Einsum product) {
    List<Factor> all = product.factors().stream().filter(SoftmaxProducts::isSoftmax).toList();
    if (all.size() != 1 || product.factors().size() < 2) return null;
    Factor softmax = all.getFirst();
    // without entries the sum of the exponentials is 0, and the product of nothing is 0, too
    boolean empty = softmax.tensor().shape().stream().anyMatch(s -> s.value(sizes) == 0);
    return empty || product.output().containsAll(softmax.labels()) ? null : softmax;
  }

  private static boolean isDivided(Factor factor) {
    return factor.isPlain()
        && factor.tensor() instanceof Einsum e
        && !e.contracts()
        && e.factors().stream().anyMatch(SoftmaxProducts::isTotal);
  }

  /** Whether a product of sums of exponentials could be too small a number: of n it is (2n)^-k. */
  private static boolean isTooSmall(List<Factor> factors) {
    Rational power = Rational.ZERO;
    for (Factor f : factors) if (isTotal(f)) power = power.minus(f.exponent());
    return power.compareTo(MOST_DIVISIONS) > 0;
  }

  private static boolean isTotal(Factor factor) {
    return factor.tensor() instanceof Apply a && a.operator() == Part.TOTAL;
  }

  private static boolean isSoftmax(Factor factor) {
    return factor.isPlain()
        && factor.tensor() instanceof Apply a
        && a.operator().equals(Softmax.SOFTMAX);
  }
}
