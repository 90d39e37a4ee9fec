package nabla.simplify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import nabla.tensor.Einsum;
import nabla.tensor.Rational;
import nabla.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A tensor as a pattern that is looked for among the factors of a product: {@code X'*A*X} inside
 * {@code inv(X'*A*X)*X'*A*X*b}.
 *
 * @param coefficient what the pattern's factors are multiplied by
 * @param factors the factors to find, of rank 1 or more
 * @param output the labels of the pattern's axes
 * @param labels how many labels the pattern has
 */
record SubProduct(
    Rational coefficient, List<Einsum.Factor> factors, List<Integer> output, int labels) {

  /**
   * Where a pattern was found.
   *
   * @param positions the factors of the product that it covers
   * @param output the product's label for each axis of the pattern
   * @param labels the product's label for each label of the pattern
   */
  record Match(List<Integer> positions, List<Integer> output, List<Integer> labels) {
    int[] positionsAnd(int more) {
      return IntStream.concat(positions.stream().mapToInt(Integer::intValue), IntStream.of(more))
          .toArray();
    }
  }

  static SubProduct of(Tensor tensor) {
    if (tensor instanceof Einsum e && e.factors().stream().noneMatch(f -> f.labels().isEmpty())) {
      return new SubProduct(e.coefficient(), e.factors(), e.output(), e.sizes().size());
    }
    List<Integer> labels = IntStream.range(0, tensor.rank()).boxed().toList();
    Einsum.Factor whole = new Einsum.Factor(tensor, Rational.ONE, labels);
    return new SubProduct(Rational.ONE, List.of(whole), labels, tensor.rank());
  }

  /**
   * The pattern in {@code e} with one of its axes at a given label, covering that label completely
   * but for the factor at {@code except}.
   */
  @Nullable Match find(Einsum e, int except, int axis, int label) {
    if (factors.isEmpty() || output.stream().distinct().count() < output.size()) return null;
    List<Integer> map = new ArrayList<>(Collections.nCopies(labels, -1));
    map.set(output.get(axis), label);
    List<Integer> used = new ArrayList<>();
    if (!assign(e, except, 0, map, used)) return null;
    return new Match(List.copyOf(used), output.stream().map(map::get).toList(), List.copyOf(map));
  }

  private boolean assign(Einsum e, int except, int next, List<Integer> map, List<Integer> used) {
    if (next == factors.size()) return closed(e, except, map, used);
    Einsum.Factor wanted = factors.get(next);
    for (int k = 0; k < e.factors().size(); k++) {
      Einsum.Factor f = e.factors().get(k);
      if (k == except || used.contains(k)) continue;
      if (!f.tensor().equals(wanted.tensor()) || !f.exponent().equals(wanted.exponent())) continue;
      if (tryLabels(e, except, next, map, used, k, f.labels())) return true;
      boolean flip = f.tensor().isSymmetric();
      if (flip && tryLabels(e, except, next, map, used, k, f.labels().reversed())) return true;
    }
    return false;
  }

  private boolean tryLabels(
      Einsum e,
      int except,
      int next,
      List<Integer> map,
      List<Integer> used,
      int position,
      List<Integer> found) {
    List<Integer> extended = new ArrayList<>(map);
    List<Integer> wanted = factors.get(next).labels();
    for (int axis = 0; axis < wanted.size(); axis++) {
      int bound = extended.get(wanted.get(axis));
      if (bound >= 0 && bound != found.get(axis)) return false;
      if (bound < 0 && extended.contains(found.get(axis))) return false;
      extended.set(wanted.get(axis), found.get(axis));
    }
    used.add(position);
    if (assign(e, except, next + 1, extended, used)) {
      for (int k = 0; k < map.size(); k++) map.set(k, extended.get(k));
      return true;
    }
    used.removeLast();
    return false;
  }

  /** No label that the pattern sums, nor the joint, is used outside the match. */
  private boolean closed(Einsum e, int except, List<Integer> map, List<Integer> used) {
    for (int k = 0; k < labels; k++) {
      int label = map.get(k);
      if (label < 0) return false;
      boolean carried = carriedBy(e, except, label);
      if (!output.contains(k) && carried) return false;
      if ((!output.contains(k) || carried) && usesOutside(e, except, label, used)) return false;
    }
    return true;
  }

  private static boolean carriedBy(Einsum e, int position, int label) {
    return e.factors().get(position).labels().contains(label);
  }

  private static boolean usesOutside(Einsum e, int except, int label, List<Integer> used) {
    if (Factors.isOutput(e, label)) return true;
    for (int k = 0; k < e.factors().size(); k++) {
      if (k != except && !used.contains(k) && e.factors().get(k).labels().contains(label)) {
        return true;
      }
    }
    return false;
  }
}
