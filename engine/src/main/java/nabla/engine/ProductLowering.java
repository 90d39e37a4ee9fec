package nabla.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import nabla.engine.kernel.BinaryFunction;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Structural;
import nabla.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Products as nodes of a plan. */
final class ProductLowering {
  private final Lowering lowering;

  ProductLowering(Lowering lowering) {
    this.lowering = lowering;
  }

  Value of(Einsum product) {
    Affine.check(product, lowering.sizes);
    Affine affine = new Affine(product, lowering.sizes);
    if (product.contracts()) {
      QuadraticForm form = QuadraticForm.of(product);
      if (form != null) return new MatrixProducts(lowering, product, affine).of(form);
      Value matrices = new MatrixProducts(lowering, product, affine).of(1);
      if (matrices != null) return matrices;
    } else if (isPermutation(product, affine)) {
      Value permuted = permuted(product);
      if (permuted != null) return permuted;
    }
    Tensor split = OuterProduct.of(product, lowering.shape(product));
    if (split != null) return lowering.value(split);
    return loop(product, affine, product.coefficient().doubleValue(), null);
  }

  private static boolean isPermutation(Einsum product, Affine affine) {
    return affine.factors.size() == 1
        && product.factors().size() == 1
        && product.factors().getFirst().isPlain()
        && affine.covers(product.output())
        && product.factors().getFirst().labels().size() == product.rank()
        && affine.covers(product.factors().getFirst().labels());
  }

  /** A tensor with its axes in another order; or null if its numbers have to be multiplied. */
  private @Nullable Value permuted(Einsum product) {
    Factor only = product.factors().getFirst();
    Value value = scaled(only.tensor(), product.coefficient().doubleValue());
    if (value == null) return null;
    List<Integer> order = new ArrayList<>();
    for (int l : product.output()) order.add(only.labels().indexOf(l));
    for (List<Integer> axes : OuterSquare.mirrored(only.tensor())) {
      int first = order.indexOf(axes.get(0));
      int second = order.indexOf(axes.get(1));
      boolean slower = value.strides()[axes.get(0)] > value.strides()[axes.get(1)];
      if (slower != first < second) Collections.swap(order, first, second);
    }
    return value.permuted(order);
  }

  /** A tensor times a number; null if that takes a loop of its own. */
  @Nullable Value scaled(Tensor tensor, double factor) {
    if (factor == 1) return lowering.value(tensor);
    boolean own = tensor instanceof Einsum e && e.contracts() && lowering.uses.isOnce(e);
    if (!own) return null;
    Einsum product = (Einsum) tensor;
    Affine.check(product, lowering.sizes);
    Affine affine = new Affine(product, lowering.sizes);
    return new MatrixProducts(lowering, product, affine).of(factor);
  }

  /** Whether a tensor is a product that leaves entries of its result 0. */
  boolean isSparse(Tensor tensor) {
    return tensor instanceof Einsum e
        && !e.contracts()
        && !isFull(e, new Affine(e, lowering.sizes));
  }

  private boolean isFull(Einsum product, Affine affine) {
    double points = 1;
    for (int l : affine.left(product.output())) points *= extent(product, l);
    double entries = 1;
    for (int size : lowering.shape(product)) entries *= size;
    return points == entries;
  }

  private int extent(Einsum product, int label) {
    return lowering.extent(product.sizes().get(label));
  }

  /** Adds a sparse product to numbers that nothing else needs. */
  Value added(Einsum product, double factor, Value before) {
    Affine affine = new Affine(product, lowering.sizes);
    double coefficient = factor * product.coefficient().doubleValue();
    return loop(product, affine, coefficient, before);
  }

  /** Any product as a loop over all its labels. */
  private Value loop(Einsum product, Affine affine, double coefficient, @Nullable Value before) {
    List<Integer> labels = labels(product, affine);
    Code code = code(affine, labels, coefficient);
    boolean full = before == null && isFull(product, affine);
    Value base = before != null || full ? before : lowering.zeros(product);
    Value result =
        base == null
            ? lowering.nodes.computed(product.shape(), lowering.shape(product))
            : lowering.nodes.value(
                Value.Origin.COMPUTED, "", product.shape(), base.shape(), base.strides());
    Affine.Walk out = affine.walk(product.output(), result.strides());
    Node.Effect effect =
        before != null
            ? Node.Effect.ADD
            : product.contracts() ? Node.Effect.SUM : Node.Effect.STORE;
    return lowering.nodes.add(
        new Node.Pointwise(
            result,
            lowering.domain(product, labels),
            code,
            read(result, out, labels),
            effect,
            base));
  }

  static Code.Read read(Value value, Affine.Walk walk, List<Integer> labels) {
    return new Code.Read(value, labels.stream().map(walk::stride).toList(), walk.offset());
  }

  /** Every label that is left; in the order of the axes of the result, or of the largest factor. */
  private List<Integer> labels(Einsum product, Affine affine) {
    List<Integer> output = affine.left(product.output());
    Set<Integer> all = new LinkedHashSet<>(output);
    for (Factor f : affine.factors) all.addAll(affine.left(f.labels()));
    for (int l = 0; l < product.sizes().size(); l++) all.addAll(affine.left(List.of(l)));
    if (all.size() == output.size()) return output;
    Affine.Walk largest = largest(affine);
    if (largest == null) return List.copyOf(all);
    List<Integer> sorted = new ArrayList<>(all);
    Comparator<Integer> slowest = Comparator.comparingLong(l -> -Math.abs(largest.stride(l)));
    sorted.sort(Comparator.comparing((Integer l) -> largest.stride(l) != 0).thenComparing(slowest));
    return sorted;
  }

  private Affine.@Nullable Walk largest(Affine affine) {
    Affine.Walk largest = null;
    long most = -1;
    for (Factor f : affine.factors) {
      if (lowering.number(f.tensor()) != null) continue;
      Value value = lowering.value(f.tensor());
      if (value.count() <= most) continue;
      most = value.count();
      largest = affine.walk(f.labels(), value.strides());
    }
    return largest;
  }

  private Code code(Affine affine, List<Integer> labels, double coefficient) {
    Code product = null;
    for (Factor f : affine.factors) {
      if (f.tensor() instanceof Structural) continue;
      Code own = Powers.of(factor(f, affine, labels), f.exponent());
      product = product == null ? own : Code.times(product, own);
    }
    product = product == null ? new Code.Literal(coefficient) : Code.scaled(coefficient, product);
    for (Factor f : affine.factors) {
      if (!(f.tensor() instanceof Structural)) continue;
      Code mask = factor(f, affine, labels);
      product = Nodes.call(BinaryFunction.MASK, mask, Code.times(mask, product));
    }
    return product;
  }

  private Code factor(Factor f, Affine affine, List<Integer> labels) {
    Double number = lowering.number(f.tensor());
    if (number != null) return new Code.Literal(number);
    Value value = lowering.value(f.tensor());
    return read(value, affine.walk(f.labels(), value.strides()), labels);
  }
}
