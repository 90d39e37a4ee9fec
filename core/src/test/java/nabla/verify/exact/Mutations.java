package nabla.verify.exact;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import nabla.operation.Adjugate;
import nabla.operation.Exponential;
import nabla.operation.Inverse;
import nabla.operation.Trigonometric;
import nabla.tensor.Apply;
import nabla.tensor.Einsum;
import nabla.tensor.Elementwise;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/** Mistakes as people make them, each at one place of a formula. */
final class Mutations {
  private final SplittableRandom random;

  Mutations(SplittableRandom random) {
    this.random = random;
  }

  /** The formula with a mistake of the same shape, or null if none came to mind. */
  @Nullable Tensor of(Tensor formula) {
    List<Tensor> nodes = Tensors.topological(formula);
    Tensor place = nodes.get(random.nextInt(nodes.size()));
    Tensor wrong = mistaken(place, nodes);
    if (wrong == null || wrong.equals(place) || !wrong.shape().equals(place.shape())) return null;
    try {
      return Tensors.rewrite(formula, node -> node.equals(place) ? wrong : node);
    } catch (RuntimeException doesNotFit) {
      return null;
    }
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private @Nullable Tensor mistaken(Tensor place, List<Tensor> nodes) {
    if (random.nextInt(4) == 0) return anywhere(place, nodes);
    return switch (place) {
      case Sum sum when sum.terms().size() > 1 -> sum(sum);
      case Einsum product -> product(product);
      case Elementwise e when e.operands().size() == 1 -> other(e.operands().getFirst());
      case Apply a when a.operator().equals(Inverse.INVERSE) ->
          random.nextBoolean() ? Adjugate.at(a.operands().getFirst()) : Inverse.at(place);
      default -> anywhere(place, nodes);
    };
  }

  /** Another factor, sign, exponent, order of axes, or another part of the same shape. */
  private @Nullable Tensor anywhere(Tensor place, List<Tensor> nodes) {
    return switch (random.nextInt(6)) {
      case 0 -> Tensors.negate(place);
      case 1 -> Tensors.scale(pick(List.of(Rational.TWO, Rational.HALF, Rational.of(3))), place);
      case 2 -> Tensors.scale(Rational.of(1001, 1000), place);
      case 3 -> Tensors.add(place, Tensors.ones(place.shape()));
      case 4 -> turned(place);
      default -> {
        List<Tensor> others = new ArrayList<>();
        for (Tensor t : nodes) if (t.shape().equals(place.shape())) others.add(t);
        yield others.isEmpty() ? null : pick(others);
      }
    };
  }

  private @Nullable Tensor turned(Tensor place) {
    if (place.rank() < 2) return null;
    List<Integer> order = new ArrayList<>();
    for (int axis = 0; axis < place.rank(); axis++) order.add(axis);
    Collections.swap(order, random.nextInt(place.rank()), random.nextInt(place.rank()));
    return Tensors.permute(place, order);
  }

  private Tensor other(Tensor x) {
    return pick(List.of(Trigonometric.SIN, Trigonometric.COS, Trigonometric.TANH, Exponential.EXP))
        .at(x);
  }

  private Tensor sum(Sum sum) {
    List<Sum.Term> terms = new ArrayList<>(sum.terms());
    int k = random.nextInt(terms.size());
    Sum.Term term = terms.remove(k);
    if (random.nextInt(3) > 0) {
      Rational factor = pick(List.of(Rational.MINUS_ONE, Rational.TWO, Rational.of(1, 3)));
      terms.add(new Sum.Term(term.coefficient().times(factor), term.tensor()));
    }
    return Sum.of(terms, sum.shape());
  }

  private @Nullable Tensor product(Einsum e) {
    int count = e.factors().size();
    if (count == 0) return null;
    int wrong = random.nextInt(count);
    Product product = new Product().times(e.coefficient());
    for (Size size : e.sizes()) product.label(size);
    int mistake = random.nextInt(4);
    for (int k = 0; k < count; k++) {
      Einsum.Factor f = e.factors().get(k);
      if (k != wrong) product.factor(f.tensor(), f.exponent(), f.labels());
      else if (mistake == 0) product.factor(f.tensor(), changed(f.exponent()), f.labels());
      else if (mistake == 1) product.factor(f.tensor(), f.exponent(), exchanged(f, e));
      else if (mistake == 2) product.factor(other(f, e), f.exponent(), f.labels());
    }
    return product.to(e.output());
  }

  private Rational changed(Rational exponent) {
    return random.nextBoolean() ? exponent.negate() : exponent.plus(Rational.ONE);
  }

  /** Two labels of one factor, or one of another factor. */
  private List<Integer> exchanged(Einsum.Factor f, Einsum e) {
    List<Integer> labels = new ArrayList<>(f.labels());
    if (labels.isEmpty()) return labels;
    int axis = random.nextInt(labels.size());
    List<Integer> fitting = new ArrayList<>();
    for (int label = 0; label < e.sizes().size(); label++) {
      if (e.sizes().get(label).equals(e.sizes().get(labels.get(axis)))) fitting.add(label);
    }
    int before = labels.get(axis);
    int after = pick(fitting);
    int same = labels.indexOf(after);
    if (same >= 0) labels.set(same, before);
    labels.set(axis, after);
    return labels;
  }

  private Tensor other(Einsum.Factor f, Einsum e) {
    List<Tensor> fitting = new ArrayList<>(List.of(Tensors.ones(f.tensor().shape())));
    for (Einsum.Factor g : e.factors()) {
      if (g.tensor().shape().equals(f.tensor().shape())) fitting.add(g.tensor());
    }
    if (f.tensor() instanceof Variable v) {
      fitting.add(new Variable(v.name(), v.shape(), v.properties()));
    }
    return pick(fitting);
  }
}
