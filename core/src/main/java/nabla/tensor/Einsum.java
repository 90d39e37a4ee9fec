package nabla.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The n-ary product of Einstein notation: {@code coefficient * Π tensor^exponent}, where every axis
 * of every factor carries a label, and labels that are not in the output are summed.
 *
 * <p>Product, trace, transpose, diagonal, outer product, sum over an axis and broadcast are all
 * this one node. A label that the output repeats is a unit tensor (so {@code [i,i]} over no factors
 * is the identity matrix), and an output label that no factor carries is a broadcast (so {@code
 * [i]} over no factors is the vector of ones): neither is ever an operand.
 *
 * <p>Nodes are canonical: equal up to the names of labels and the order of factors means equal.
 * They are built by {@link Product}.
 */
public final class Einsum extends Tensor {

  /**
   * One factor of the product.
   *
   * @param exponent the elementwise power that is taken of {@code tensor}, never zero
   * @param labels the label of each axis
   */
  public record Factor(Tensor tensor, Rational exponent, List<Integer> labels) {
    /** Whether the exponent is 1. */
    public boolean isPlain() {
      return exponent.isOne();
    }
  }

  private final Rational coefficient;
  private final List<Factor> factors;
  private final List<Integer> output;
  private final List<Size> sizes;

  /** Takes what {@link Product} has brought into canonical form. */
  Einsum(Rational coefficient, List<Factor> factors, List<Integer> output, List<Size> sizes) {
    super(output.stream().map(sizes::get).toList(), digest(coefficient, factors, output, sizes));
    this.coefficient = coefficient;
    this.factors = List.copyOf(factors);
    this.output = List.copyOf(output);
    this.sizes = List.copyOf(sizes);
  }

  /**
   * Any tensor seen as a product, for looking at: a tensor that is no product becomes the only
   * factor. The view of such a tensor never stands in an expression.
   */
  public static Einsum view(Tensor tensor) {
    if (tensor instanceof Einsum e) return e;
    List<Integer> labels = java.util.stream.IntStream.range(0, tensor.rank()).boxed().toList();
    Factor only = new Factor(tensor, Rational.ONE, labels);
    return new Einsum(Rational.ONE, List.of(only), labels, tensor.shape());
  }

  private static Digest digest(
      Rational coefficient, List<Factor> factors, List<Integer> output, List<Size> sizes) {
    Digest digest = Digest.tag("einsum").with(coefficient);
    for (Factor factor : factors) {
      digest = digest.with(factor.tensor().digest()).with(factor.exponent());
      for (int label : factor.labels()) digest = digest.with(label);
    }
    digest = digest.with(-1);
    for (int label : output) digest = digest.with(label);
    for (Size size : sizes) digest = digest.with(size);
    return digest;
  }

  public Rational coefficient() {
    return coefficient;
  }

  public List<Factor> factors() {
    return factors;
  }

  /** The label of each axis of the result; one label may stand twice. */
  public List<Integer> output() {
    return output;
  }

  /** The size of each label; labels are numbered from 0. */
  public List<Size> sizes() {
    return sizes;
  }

  /** The same product with coefficient 1. */
  public Tensor withoutCoefficient() {
    if (coefficient.isOne()) return this;
    Product product = new Product();
    return product.relabelled(this, Rational.ONE).toOutput();
  }

  /** Whether a label is summed, so that elementwise powers do not pass through. */
  public boolean contracts() {
    return sizes.size() > output.stream().distinct().count();
  }

  @Override
  public List<Tensor> operands() {
    return factors.stream().map(Factor::tensor).toList();
  }

  @Override
  public Tensor mapOperands(UnaryOperator<Tensor> change) {
    Product product = new Product().times(coefficient);
    for (Size size : sizes) product.label(size);
    for (Factor f : factors) product.factor(change.apply(f.tensor()), f.exponent(), f.labels());
    return product.to(output);
  }

  /** The same product with the axes of the result in another order. */
  Tensor permute(List<Integer> order) {
    Product product = new Product().times(coefficient);
    for (Size size : sizes) product.label(size);
    for (Factor f : factors) product.factor(f.tensor(), f.exponent(), f.labels());
    List<Integer> permuted = new ArrayList<>();
    for (int axis : order) permuted.add(output.get(axis));
    return product.to(permuted);
  }

  @Override
  boolean symmetricContent() {
    return output.get(0).equals(output.get(1)) || equals(permute(List.of(1, 0)));
  }
}
