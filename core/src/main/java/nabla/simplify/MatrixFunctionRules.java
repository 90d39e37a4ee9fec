package nabla.simplify;

import java.util.ArrayList;
import java.util.List;
import nabla.operation.Adjugate;
import nabla.operation.FrechetDerivative;
import nabla.operation.Inverse;
import nabla.operation.MatrixFunction;
import nabla.operation.SylvesterInverse;
import nabla.tensor.Apply;
import nabla.tensor.Einsum;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/**
 * Derivatives of matrix functions along directions that commute with the matrix, where they are as
 * those of scalar functions: {@code tr(expm(X))} leads here, and {@code expm(t*A)} by t.
 */
final class MatrixFunctionRules {
  static final List<Rule> RULES =
      List.of(
          new Rule(
              "commuting direction",
              "dexpm(X, E) -> E*expm(X), and logm, sinm, cosm, sqrtm, if E commutes with X",
              MatrixFunctionRules::commuting));

  private MatrixFunctionRules() {}

  /** A node that no rule of these applies to. */
  static Tensor withoutMaps(Tensor node) {
    Tensor changed = commuting(node);
    return changed == null ? node : withoutMaps(changed);
  }

  private static @Nullable Tensor commuting(Tensor node) {
    if (!(node instanceof Einsum e)) return null;
    for (int k = 0; k < e.factors().size(); k++) {
      Einsum.Factor f = e.factors().get(k);
      Tensor slope = f.isPlain() ? slope(f.tensor()) : null;
      if (slope == null) continue;
      Tensor matrix = f.tensor().operands().getFirst();
      List<Integer> l = f.labels();
      Tensor along = along(e, k, matrix, slope, List.of(l.get(2), l.get(3), l.get(0), l.get(1)));
      if (along != null) return along;
      // The adjoint: L[i,j,p,q] H[j,i] is H*f'(X) at [q,p].
      Tensor adjoint = along(e, k, matrix, slope, List.of(l.get(1), l.get(0), l.get(3), l.get(2)));
      if (adjoint != null) return adjoint;
    }
    return null;
  }

  /** The slope at the first operand of a derivative tensor, else null. */
  private static @Nullable Tensor slope(Tensor tensor) {
    if (!(tensor instanceof Apply a)) return null;
    Tensor x = a.operands().getFirst();
    if (a.operator() instanceof FrechetDerivative d && d.order() == 1) {
      return d.function().slope().apply(x);
    }
    boolean root = a.operator() instanceof SylvesterInverse && x.equals(a.operands().get(1));
    return root ? Tensors.scale(Rational.HALF, Inverse.at(x)) : null;
  }

  /**
   * Replaces a chain of commuting matrices from label {@code places[0]} to {@code places[1]} and
   * the derivative tensor by the chain and the slope between {@code places[2]} and {@code
   * places[3]}.
   */
  private static @Nullable Tensor along(
      Einsum e, int position, Tensor matrix, Tensor slope, List<Integer> places) {
    int from = places.get(0);
    int to = places.get(1);
    List<Integer> used = new ArrayList<>(List.of(position));
    List<Tensor> chain = new ArrayList<>();
    int at = from;
    while (at != to) {
      int label = at;
      if (Factors.isOutput(e, label) || Factors.uses(e, label) != 2) return null;
      int next =
          Factors.positions(e, f -> f.labels().contains(label)).stream()
              .filter(k -> !used.contains(k))
              .findFirst()
              .orElse(-1);
      if (next < 0) return null;
      Einsum.Factor f = e.factors().get(next);
      if (!f.isPlain() || f.labels().size() != 2) return null;
      boolean forward = f.labels().get(0) == at;
      Tensor oriented = forward ? f.tensor() : Tensors.transpose(f.tensor());
      if (!isFunctionOf(oriented, matrix)) return null;
      used.add(next);
      chain.add(oriented);
      at = f.labels().get(forward ? 1 : 0);
    }
    boolean closes = Factors.uses(e, to) == 2 && !Factors.isOutput(e, to);
    return closes ? replaced(e, used, chain, slope, places) : null;
  }

  private static Tensor replaced(
      Einsum e, List<Integer> used, List<Tensor> chain, Tensor slope, List<Integer> places) {
    Product product = Factors.without(e, used.stream().mapToInt(Integer::intValue).toArray());
    for (int position : used) {
      for (int label : e.factors().get(position).labels()) {
        boolean outer = label == places.get(2) || label == places.get(3);
        if (!outer) product.forget(label);
      }
    }
    int current = places.get(2);
    for (Tensor link : chain) {
      int next = product.label(link.shape().get(1));
      product.dissolved(link, List.of(current, next));
      current = next;
    }
    return product.dissolved(slope, List.of(current, places.get(3))).to(e.output());
  }

  /** Whether a matrix is certainly a function of another one, so that the two commute. */
  static boolean isFunctionOf(Tensor h, Tensor x) {
    if (withoutScalars(h).equals(withoutScalars(x)) || isIdentity(h)) return true;
    return switch (h) {
      case Sum s -> s.terms().stream().allMatch(t -> isFunctionOf(t.tensor(), x));
      case Apply a -> {
        boolean function =
            a.operator() instanceof MatrixFunction
                || a.operator() instanceof Inverse
                || a.operator() instanceof Adjugate;
        yield function && isFunctionOf(a.operands().getFirst(), x);
      }
      case Einsum e -> {
        List<Tensor> chain = Factors.chain(e);
        yield chain != null
            && chain.size() > 1
            && chain.stream().allMatch(link -> isFunctionOf(link, x));
      }
      default -> false;
    };
  }

  private static boolean isIdentity(Tensor h) {
    return h instanceof Einsum e
        && e.rank() == 2
        && e.output().get(0).equals(e.output().get(1))
        && e.factors().stream().allMatch(f -> f.labels().isEmpty());
  }

  /** A multiple of a matrix as the matrix. */
  private static Tensor withoutScalars(Tensor tensor) {
    if (!(tensor instanceof Einsum e)) return tensor;
    Product product = new Product();
    for (var size : e.sizes()) product.label(size);
    for (Einsum.Factor f : e.factors()) if (!f.labels().isEmpty()) Factors.add(product, f);
    return product.to(e.output());
  }
}
