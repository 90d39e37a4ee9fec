package nabla.engine;

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
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

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
      divided.put(node, rebuilt instanceof Einsum e && e.contracts() ? divided(e) : rebuilt);
    }
    return Objects.requireNonNull(divided.get(root));
  }

  private Tensor divided(Einsum product) {
    List<Factor> all = product.factors().stream().filter(SoftmaxProducts::isSoftmax).toList();
    if (all.size() != 1 || product.factors().size() < 2) return product;
    Factor softmax = all.getFirst();
    // without entries the sum of the exponentials is 0, and the product of nothing is 0, too
    boolean empty = softmax.tensor().shape().stream().anyMatch(s -> s.value(sizes) == 0);
    if (empty || product.output().containsAll(softmax.labels())) return product;
    List<Tensor> x = softmax.tensor().operands();
    List<Size> shape = softmax.tensor().shape();
    Product above = new Product().times(product.coefficient());
    for (Size size : product.sizes()) above.label(size);
    for (Factor f : product.factors()) {
      boolean same = f.equals(softmax);
      Tensor factor = same ? new Apply(Part.EXPONENTIALS, x, shape) : f.tensor();
      above.factor(factor, f.exponent(), f.labels());
    }
    Tensor sum = above.to(product.output());
    Product quotient = new Product();
    List<Integer> labels = quotient.labels(product.shape());
    return quotient
        .factor(sum, labels)
        .factor(new Apply(Part.TOTAL, x, List.of()), Rational.ONE.negate(), List.of())
        .to(labels);
  }

  private static boolean isSoftmax(Factor factor) {
    return factor.isPlain()
        && factor.tensor() instanceof Apply a
        && a.operator().equals(Softmax.SOFTMAX);
  }
}
