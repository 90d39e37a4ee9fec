package nabla.simplify;

import static nabla.operation.Exponential.EXP;
import static nabla.operation.Exponential.LOG;

import java.util.List;
import java.util.Set;
import nabla.operation.Extremum;
import nabla.operation.ProductOfEntries;
import nabla.operation.Softmax;
import nabla.tensor.Apply;
import nabla.tensor.Einsum;
import nabla.tensor.Operator;
import nabla.tensor.Product;
import nabla.tensor.Property;
import nabla.tensor.Rational;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/** Softmax and log-sum-exp recognised, and sums that are 1 by definition or declaration. */
final class SoftmaxRules {
  static final List<Rule> RULES =
      List.of(
          new Rule(
              "of one number",
              "lse(c), max(c), min(c), prod(c) -> c; softmax(c), argmax(c), argmin(c) -> 1",
              SoftmaxRules::ofOneNumber),
          new Rule("log-sum-exp", "log(sum(exp(x))) -> lse(x)", SoftmaxRules::logSumExp),
          new Rule("softmax", "exp(x)/sum(exp(x)) -> softmax(x)", SoftmaxRules::softmax),
          new Rule(
              "sum of softmax", "sum(softmax(x)) -> 1, row by row too", SoftmaxRules::sumsToOne),
          new Rule(
              "declared value",
              "sum(y) -> 1, y simplex; u'*u -> 1, u unit; Q'*Q -> eye, Q orthogonal;"
                  + " P*P -> P, P idempotent",
              SoftmaxRules::declared));

  private static final Set<Operator> ITSELF =
      Set.of(Softmax.LSE, Extremum.MAX, Extremum.MIN, ProductOfEntries.PROD);
  private static final Set<Operator> ONE =
      Set.of(Softmax.SOFTMAX, Extremum.ARGMAX, Extremum.ARGMIN);

  private SoftmaxRules() {}

  private static @Nullable Tensor ofOneNumber(Tensor node) {
    if (!(node instanceof Apply a) || a.operands().size() != 1) return null;
    Tensor number = a.operands().getFirst();
    if (number.rank() > 0) return null;
    if (ITSELF.contains(a.operator())) return number;
    return ONE.contains(a.operator()) ? Tensors.number(Rational.ONE) : null;
  }

  /** Which entries a sum of exponentials runs over: all, along each row or along each column. */
  private enum Range {
    ALL,
    ROWS,
    COLUMNS
  }

  private static @Nullable Tensor exponent(Tensor tensor) {
    if (!(tensor instanceof Einsum e) || e.factors().size() != 1) return null;
    Einsum.Factor f = e.factors().getFirst();
    if (!f.isPlain() || !e.coefficient().isOne()) return null;
    if (f.labels().stream().distinct().count() != f.labels().size()) return null;
    return Factors.argument(f.tensor(), EXP);
  }

  private static @Nullable Range range(Tensor sumOfExp) {
    Einsum e = (Einsum) sumOfExp;
    int rank = e.factors().getFirst().labels().size();
    if (e.rank() == 0 && rank > 0) return Range.ALL;
    if (rank != 2 || e.rank() != 1 || !e.contracts()) return null;
    int kept = e.output().getFirst();
    return e.factors().getFirst().labels().get(0) == kept
        ? Range.ROWS
        : e.factors().getFirst().labels().get(1) == kept ? Range.COLUMNS : null;
  }

  private static @Nullable Tensor logSumExp(Tensor node) {
    Tensor inside = Factors.argument(node, LOG);
    Tensor x = inside == null ? null : exponent(inside);
    Range range = x == null ? null : range(java.util.Objects.requireNonNull(inside));
    if (x == null || range == null) return null;
    return switch (range) {
      case ALL -> Softmax.LSE.of(List.of(x));
      case ROWS -> Softmax.ROW_LSE.of(List.of(x));
      case COLUMNS -> Softmax.ROW_LSE.of(List.of(Tensors.transpose(x)));
    };
  }

  private static @Nullable Tensor softmax(Tensor node) {
    if (!(node instanceof Einsum e)) return null;
    for (int t = 0; t < e.factors().size(); t++) {
      Einsum.Factor total = e.factors().get(t);
      if (total.exponent().compareTo(Rational.MINUS_ONE) > 0) continue;
      Tensor x = exponent(total.tensor());
      Range range = x == null ? null : range(total.tensor());
      if (x == null || range == null) continue;
      for (int k = 0; k < e.factors().size(); k++) {
        Einsum.Factor f = e.factors().get(k);
        if (!x.equals(Factors.argument(f.tensor(), EXP))) continue;
        if (f.exponent().compareTo(Rational.ONE) < 0 || !f.exponent().isInteger()) continue;
        if (!fits(range, total, f)) continue;
        Product product = Factors.without(e, t, k);
        Factors.add(product, total, total.exponent().plus(Rational.ONE));
        Factors.add(product, f, f.exponent().minus(Rational.ONE));
        addSoftmax(product, range, x, f);
        return product.to(e.output());
      }
    }
    return null;
  }

  private static boolean fits(Range range, Einsum.Factor total, Einsum.Factor f) {
    return switch (range) {
      case ALL -> true;
      case ROWS -> f.labels().get(0).equals(total.labels().getFirst());
      case COLUMNS -> f.labels().get(1).equals(total.labels().getFirst());
    };
  }

  private static void addSoftmax(Product product, Range range, Tensor x, Einsum.Factor f) {
    switch (range) {
      case ALL -> product.factor(Softmax.SOFTMAX.of(List.of(x)), f.labels());
      case ROWS -> product.factor(Softmax.ROW_SOFTMAX.of(List.of(x)), f.labels());
      case COLUMNS ->
          product.factor(
              Softmax.ROW_SOFTMAX.of(List.of(Tensors.transpose(x))), f.labels().reversed());
    }
  }

  /** A softmax whose summed labels nothing else carries. */
  private static @Nullable Tensor sumsToOne(Tensor node) {
    if (!(node instanceof Einsum e)) return null;
    for (int k = 0; k < e.factors().size(); k++) {
      Einsum.Factor f = e.factors().get(k);
      if (!f.isPlain() || !(f.tensor() instanceof Apply a)) continue;
      boolean all = a.operator().equals(Softmax.SOFTMAX);
      boolean rows = a.operator().equals(Softmax.ROW_SOFTMAX);
      if (all && f.labels().stream().allMatch(l -> free(e, l)) && !f.labels().isEmpty()) {
        return dropSummed(e, k, f.labels());
      }
      if (rows && free(e, f.labels().get(1)) && !f.labels().get(0).equals(f.labels().get(1))) {
        return dropSummed(e, k, f.labels().subList(1, 2));
      }
    }
    return null;
  }

  private static boolean free(Einsum e, int label) {
    return Factors.uses(e, label) == 1 && !Factors.isOutput(e, label);
  }

  /** Without a factor whose sum over some labels is 1; those labels vanish with it. */
  private static Tensor dropSummed(Einsum e, int position, List<Integer> summed) {
    Product product = Factors.without(e, position);
    for (int label : summed) product.forget(label);
    return product.to(e.output());
  }

  private static @Nullable Tensor declared(Tensor node) {
    if (!(node instanceof Einsum e)) return null;
    for (int k = 0; k < e.factors().size(); k++) {
      Einsum.Factor f = e.factors().get(k);
      if (!(f.tensor() instanceof Variable v)) continue;
      boolean simplex = v.is(Property.SIMPLEX) && f.isPlain();
      boolean unit = v.is(Property.UNIT) && f.exponent().equals(Rational.TWO);
      if ((simplex || unit) && v.rank() == 1 && free(e, f.labels().getFirst())) {
        return dropSummed(e, k, f.labels());
      }
      if (v.is(Property.ORTHOGONAL) && f.isPlain()) {
        Tensor next = orthogonal(e, k, f);
        if (next != null) return next;
      }
      if (v.is(Property.IDEMPOTENT) && f.isPlain()) {
        Tensor next = idempotent(e, k, f, isSymmetric(v));
        if (next != null) return next;
      }
    }
    return null;
  }

  private static boolean isSymmetric(Variable v) {
    return Tensors.transpose(v).equals(v);
  }

  /** P[i,j]*P[j,k] is P[i,k] if nothing else carries j. */
  private static @Nullable Tensor idempotent(
      Einsum e, int first, Einsum.Factor f, boolean symmetric) {
    for (int k = 0; k < e.factors().size(); k++) {
      Einsum.Factor g = e.factors().get(k);
      if (k == first || !g.tensor().equals(f.tensor()) || !g.isPlain()) continue;
      for (int from = 0; from < 2; from++) {
        for (int to = 0; to < 2; to++) {
          int joint = f.labels().get(from);
          if (joint != g.labels().get(to) || Factors.uses(e, joint) != 2) continue;
          if (Factors.isOutput(e, joint) || (!symmetric && (from == 0 || to == 1))) continue;
          return Factors.without(e, first, k)
              .forget(joint)
              .factor(f.tensor(), f.labels().get(1 - from), g.labels().get(1 - to))
              .to(e.output());
        }
      }
    }
    return null;
  }

  /** Q[i,j]*Q[i,k] is δ[j,k] and Q[j,i]*Q[k,i] too, if nothing else carries i. */
  private static @Nullable Tensor orthogonal(Einsum e, int first, Einsum.Factor f) {
    for (int k = first + 1; k < e.factors().size(); k++) {
      Einsum.Factor g = e.factors().get(k);
      if (!g.tensor().equals(f.tensor()) || !g.isPlain()) continue;
      for (int axis = 0; axis < 2; axis++) {
        int joint = f.labels().get(axis);
        if (joint != g.labels().get(axis) || Factors.uses(e, joint) != 2) continue;
        if (Factors.isOutput(e, joint)) continue;
        return Factors.without(e, first, k)
            .forget(joint)
            .unify(f.labels().get(1 - axis), g.labels().get(1 - axis))
            .to(e.output());
      }
    }
    return null;
  }
}
