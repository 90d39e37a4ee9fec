package nabla.simplify;

import static nabla.operation.Activation.SIGMOID;
import static nabla.operation.Activation.SOFTPLUS;
import static nabla.operation.Exponential.EXP;
import static nabla.operation.Exponential.LOG;
import static nabla.operation.Trigonometric.COS;
import static nabla.operation.Trigonometric.SIN;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import nabla.operation.Elementary;
import nabla.tensor.Einsum;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/** The logistic function wherever it hides, and sums of complementary terms. */
final class SigmoidRules {
  static final List<Rule> RULES =
      List.of(
          new Rule("softplus", "log(1 + exp(x)) -> softplus(x)", SigmoidRules::softplus),
          new Rule("logistic", "1/(1 + exp(x)) -> sigmoid(-x)", SigmoidRules::logistic),
          new Rule(
              "logistic numerator", "exp(x)*sigmoid(-x) -> sigmoid(x)", SigmoidRules::numerator),
          new Rule(
              "logistic complement", "1 - sigmoid(x) -> sigmoid(-x)", SigmoidRules::complement),
          new Rule(
              "logistic pair", "sigmoid(x) + sigmoid(-x) -> 1", SigmoidRules::complementaryPair),
          new Rule("Pythagoras", "sin(x)^2 + cos(x)^2 -> 1", SigmoidRules::pythagoras));

  private SigmoidRules() {}

  /** The x for which the tensor is 1 + exp(x), else null. */
  private static @Nullable Tensor onePlusExp(Tensor tensor) {
    if (!(tensor instanceof Sum sum) || sum.terms().size() != 2) return null;
    Tensor ones = Tensors.ones(tensor.shape());
    for (int k = 0; k < 2; k++) {
      Sum.Term one = sum.terms().get(k);
      Sum.Term other = sum.terms().get(1 - k);
      if (!one.tensor().equals(ones) || !one.coefficient().isOne()) continue;
      return other.coefficient().isOne() ? exponentOf(other.tensor()) : null;
    }
    return null;
  }

  /** The x for which the tensor is exp(x), also where it is a power or a relabelling, else null. */
  private static @Nullable Tensor exponentOf(Tensor tensor) {
    Tensor plain = Factors.argument(tensor, EXP);
    if (plain != null) return plain;
    if (!(tensor instanceof Einsum e) || e.factors().size() != 1 || e.contracts()) return null;
    Einsum.Factor f = e.factors().getFirst();
    Tensor x = Factors.argument(f.tensor(), EXP);
    boolean everywhere = e.output().stream().distinct().count() == e.rank();
    if (x == null || !e.coefficient().isOne() || !everywhere) return null;
    return Factors.without(e, 0).times(f.exponent()).factor(x, f.labels()).to(e.output());
  }

  private static @Nullable Tensor softplus(Tensor node) {
    Tensor inside = Factors.argument(node, LOG);
    Tensor x = inside == null ? null : onePlusExp(inside);
    return x == null ? null : SOFTPLUS.at(x);
  }

  private static @Nullable Tensor logistic(Tensor node) {
    if (!(node instanceof Einsum e)) return null;
    for (int k = 0; k < e.factors().size(); k++) {
      Einsum.Factor f = e.factors().get(k);
      if (f.exponent().signum() > 0 || !f.exponent().isInteger()) continue;
      Tensor x = onePlusExp(f.tensor());
      if (x == null) continue;
      Tensor sigmoid = SIGMOID.at(negated(x));
      return Factors.without(e, k)
          .factor(sigmoid, f.exponent().negate(), f.labels())
          .to(e.output());
    }
    return null;
  }

  private static @Nullable Tensor numerator(Tensor node) {
    if (!(node instanceof Einsum e)) return null;
    for (int k = 0; k < e.factors().size(); k++) {
      Einsum.Factor f = e.factors().get(k);
      Tensor x = Factors.argument(f.tensor(), EXP);
      if (x == null) continue;
      for (int s = 0; s < e.factors().size(); s++) {
        Einsum.Factor g = e.factors().get(s);
        Tensor w = Factors.argument(g.tensor(), SIGMOID);
        if (w == null || !g.labels().equals(f.labels()) || g.exponent().signum() < 0) continue;
        Tensor next = absorb(e, k, s, x, w);
        if (next != null) return next;
      }
    }
    return null;
  }

  /** exp(x)^a * sigmoid(w)^b with w = -c*x, c a part of a: one of the sigmoids turns over. */
  private static @Nullable Tensor absorb(Einsum e, int k, int s, Tensor x, Tensor w) {
    Einsum.Factor f = e.factors().get(k);
    Einsum.Factor g = e.factors().get(s);
    if (!g.exponent().isInt()) return null;
    for (int parts = 1; parts <= Math.min(4, g.exponent().intValue()); parts++) {
      Rational c = f.exponent().dividedBy(Rational.of(parts));
      if (!w.equals(Normalizer.flatten(Tensors.scale(c.negate(), x)))) continue;
      Rational turned = Rational.of(parts);
      Product product = Factors.without(e, k, s);
      Factors.add(product, g, g.exponent().minus(turned));
      return product.factor(SIGMOID.at(negated(w)), turned, g.labels()).to(e.output());
    }
    return null;
  }

  /** As the normal form has it, so that it can be compared. */
  private static Tensor negated(Tensor x) {
    return Normalizer.flatten(Tensors.negate(x));
  }

  /** A term of a sum with one power of a function taken out of one of its factors. */
  private record Reduced(
      Sum.Term term, Rational power, Tensor rest, Tensor argument, Einsum view, int position) {

    /** The term with another tensor in the place of what was taken out. */
    Tensor exchanged(Tensor replacement, Rational exponent) {
      Einsum.Factor f = view.factors().get(position);
      Product product = Factors.without(view, position);
      Factors.add(product, f, f.exponent().minus(power));
      return Normalizer.flatten(
          product.factor(replacement, exponent, f.labels()).to(view.output()));
    }
  }

  private static List<Reduced> reduced(Sum sum, Elementary function, Rational power) {
    List<Reduced> all = new ArrayList<>();
    for (Sum.Term term : sum.terms()) {
      Einsum view = Einsum.view(term.tensor());
      for (int k = 0; k < view.factors().size(); k++) {
        Einsum.Factor f = view.factors().get(k);
        Tensor x = Factors.argument(f.tensor(), function);
        if (x == null || f.exponent().compareTo(power) < 0 || !f.exponent().isInteger()) continue;
        Product rest = Factors.without(view, k);
        Factors.add(rest, f, f.exponent().minus(power));
        all.add(new Reduced(term, power, rest.to(view.output()), x, view, k));
      }
    }
    return all;
  }

  private static @Nullable Tensor complement(Tensor node) {
    if (!(node instanceof Sum sum)) return null;
    Map<Tensor, Sum.Term> terms = byTensor(sum);
    for (Reduced r : reduced(sum, SIGMOID, Rational.ONE)) {
      Sum.Term whole = terms.get(r.rest());
      if (whole == null || !whole.coefficient().equals(r.term().coefficient().negate())) continue;
      Tensor turned = r.exchanged(SIGMOID.at(negated(r.argument())), Rational.ONE);
      return replace(sum, r.term(), whole, whole.coefficient(), turned);
    }
    return null;
  }

  private static @Nullable Tensor complementaryPair(Tensor node) {
    return pair(node, SIGMOID, Rational.ONE, x -> SIGMOID.at(negated(x)));
  }

  private static @Nullable Tensor pythagoras(Tensor node) {
    return pair(node, SIN, Rational.TWO, COS::at);
  }

  /** c*r*f(x)^k + c*r*g(x)^k is c*r where f^k + g^k = 1. */
  private static @Nullable Tensor pair(
      Tensor node, Elementary function, Rational power, UnaryOperator<Tensor> partner) {
    if (!(node instanceof Sum sum)) return null;
    Map<Tensor, Sum.Term> terms = byTensor(sum);
    for (Reduced r : reduced(sum, function, power)) {
      Sum.Term other = terms.get(r.exchanged(partner.apply(r.argument()), power));
      if (other == null || other.equals(r.term())) continue;
      if (!other.coefficient().equals(r.term().coefficient())) continue;
      return replace(sum, r.term(), other, r.term().coefficient(), r.rest());
    }
    return null;
  }

  private static Map<Tensor, Sum.Term> byTensor(Sum sum) {
    Map<Tensor, Sum.Term> terms = new HashMap<>();
    for (Sum.Term term : sum.terms()) terms.put(term.tensor(), term);
    return terms;
  }

  private static Tensor replace(
      Sum sum, Sum.Term first, Sum.Term second, Rational coefficient, Tensor replacement) {
    List<Sum.Term> terms = new ArrayList<>(List.of(new Sum.Term(coefficient, replacement)));
    for (Sum.Term t : sum.terms()) if (!t.equals(first) && !t.equals(second)) terms.add(t);
    return Sum.of(terms, sum.shape());
  }
}
