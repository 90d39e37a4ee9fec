package nabla.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.operation.MatrixMap;
import nabla.tensor.Apply;
import nabla.tensor.Cancellation;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.NumericArray;
import nabla.tensor.Operator;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * Applies linear maps of matrices, such as the derivative of {@code expm}, to the matrices that
 * they are multiplied with: for n x n matrices the map as a tensor has n^4 entries, and takes n^2
 * times as long as what it makes of one matrix.
 */
final class MatrixMaps {
  /** A map of its operands and a matrix, or of one for each position of further axes. */
  record Mapped(MatrixMap map) implements Operator {
    @Override
    public String name() {
      return map.name() + " of a matrix";
    }

    NumericArray value(List<NumericArray> operands) {
      List<NumericArray> own = operands.subList(0, operands.size() - 1);
      NumericArray matrices = operands.getLast();
      int[] shape = {matrices.size(0), matrices.size(1)};
      int entries = shape[0] * shape[1];
      int count = entries == 0 ? 0 : matrices.count() / entries;
      NumericArray result = NumericArray.zeros(matrices.shape());
      for (int k = 0; k < count; k++) {
        Cancellation.check();
        double[] matrix = new double[entries];
        for (int e = 0; e < entries; e++) matrix[e] = matrices.data()[e * count + k];
        double[] mapped = map.at(own, NumericArray.of(shape, matrix)).data();
        for (int e = 0; e < entries; e++) result.data()[e * count + k] = mapped[e];
      }
      return result;
    }
  }

  private final Map<String, Integer> sizes;
  private final Map<Tensor, Tensor> rebuilt = new HashMap<>();

  MatrixMaps(Map<String, Integer> sizes) {
    this.sizes = sizes;
  }

  /** The same value but for rounding. */
  Tensor of(Tensor root) {
    return Tensors.rewrite(root, rebuilt, this::mapped);
  }

  /** One map after the other. */
  private Tensor mapped(Tensor tensor) {
    if (!(tensor instanceof Einsum product)) return tensor;
    for (int k = 0; k < product.factors().size(); k++) {
      Factor f = product.factors().get(k);
      boolean plain = f.isPlain() && f.labels().size() == 4;
      if (!plain || !(f.tensor() instanceof Apply a && a.operator() instanceof MatrixMap map)) {
        continue;
      }
      List<Integer> first = f.labels().subList(0, 2);
      List<Integer> second = f.labels().subList(2, 4);
      Tensor along = applied(product, k, map, a.operands(), second, first);
      if (along == null) along = applied(product, k, map, map.adjoint(a.operands()), first, second);
      if (along != null) return mapped(along);
    }
    return product;
  }

  /**
   * The map at what is multiplied with it along two of its axes, and summed over them; null if that
   * depends on where in the result it is, or if there is more of it than the map has entries.
   */
  private @Nullable Tensor applied(
      Einsum product,
      int position,
      MatrixMap map,
      List<Tensor> operands,
      List<Integer> from,
      List<Integer> to) {
    Set<Integer> outer = new HashSet<>(product.output());
    outer.addAll(to);
    if (from.stream().anyMatch(outer::contains)) return null;
    BitSet reached = reached(product, position, outer, from);
    List<Factor> factors = Parts.at(product.factors(), reached);
    List<Integer> further =
        factors.stream()
            .flatMap(f -> f.labels().stream())
            .filter(outer::contains)
            .distinct()
            .toList();
    if (further.stream().anyMatch(to::contains)) return null;
    if (extent(product, further) >= extent(product, from)) return null;
    List<Tensor> own = new ArrayList<>(operands);
    own.add(mapped(matrix(product, factors, joined(from, further))));
    List<Integer> labels = joined(to, further);
    List<Size> shape = labels.stream().map(l -> product.sizes().get(l)).toList();
    reached.set(position);
    List<Factor> rest = new ArrayList<>(Parts.without(product.factors(), reached));
    rest.add(new Factor(new Apply(new Mapped(map), own, shape), Rational.ONE, labels));
    return Parts.product(product.sizes(), rest).times(product.coefficient()).to(product.output());
  }

  /** Where factors are that hang together with some axes by axes that are summed over. */
  private static BitSet reached(
      Einsum product, int position, Set<Integer> outer, List<Integer> from) {
    BitSet reached = new BitSet();
    Set<Integer> inner = new HashSet<>(from);
    int before = -1;
    while (reached.cardinality() > before) {
      before = reached.cardinality();
      for (int k = 0; k < product.factors().size(); k++) {
        List<Integer> labels = product.factors().get(k).labels();
        if (k == position || labels.stream().noneMatch(inner::contains)) continue;
        reached.set(k);
        labels.stream().filter(l -> !outer.contains(l)).forEach(inner::add);
      }
    }
    return reached;
  }

  private double extent(Einsum product, List<Integer> labels) {
    double extent = 1;
    for (int label : labels) extent *= product.sizes().get(label).value(sizes);
    return extent;
  }

  private static List<Integer> joined(List<Integer> first, List<Integer> second) {
    List<Integer> joined = new ArrayList<>(first);
    joined.addAll(second);
    return joined;
  }

  /** Ones if there is nothing to multiply with, and 0 off the diagonal of axes that are one. */
  private static Tensor matrix(Einsum whole, List<Factor> factors, List<Integer> labels) {
    Product product = new Product();
    for (Size size : whole.sizes()) product.label(size);
    BitSet carried = Parts.labels(factors);
    for (int label = 0; label < whole.sizes().size(); label++) {
      if (!carried.get(label) && !labels.contains(label)) product.forget(label);
    }
    for (Factor f : factors) product.factor(f.tensor(), f.exponent(), f.labels());
    return product.to(labels);
  }
}
