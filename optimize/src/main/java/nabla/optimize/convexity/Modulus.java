package nabla.optimize.convexity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import nabla.tensor.Einsum;
import nabla.tensor.Rational;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;

/**
 * The largest m of which it is certain that {@code f - m/2*norm2(x)^2} is convex: each term {@code
 * c*norm2(a*x - b)^2} with a number a and c > 0 contributes 2*c*a^2, if all terms are convex.
 */
final class Modulus {
  private final Analysis analysis;
  private final Map<String, List<Sum.Term>> found = new LinkedHashMap<>();

  private Modulus(Analysis analysis) {
    this.analysis = analysis;
  }

  static Optional<String> of(
      Analysis analysis, List<Variable> variables, Function<Tensor, String> text) {
    Modulus modulus = new Modulus(analysis);
    List<Sum.Term> terms =
        analysis.root() instanceof Sum sum
            ? sum.terms()
            : List.of(new Sum.Term(Rational.ONE, analysis.root()));
    for (Sum.Term term : terms) modulus.add(term);
    List<Tensor> moduli = new ArrayList<>();
    for (Variable v : variables) {
      if (!analysis.moves(v)) continue;
      List<Sum.Term> own = modulus.found.get(v.name());
      if (own == null) return Optional.empty();
      moduli.add(Sum.of(own, List.of()));
    }
    return moduli.isEmpty() ? Optional.empty() : least(moduli).map(text);
  }

  private static Optional<Tensor> least(List<Tensor> moduli) {
    Tensor first = moduli.getFirst();
    if (moduli.stream().allMatch(first::equals)) return Optional.of(first);
    Optional<Rational> least = Optional.of(number(first).orElse(Rational.ZERO));
    for (Tensor m : moduli) {
      Optional<Rational> number = number(m);
      if (number.isEmpty()) return Optional.empty();
      least = Optional.of(Order.least(least.orElseThrow(), number.orElseThrow()));
    }
    return least.map(Tensors::number);
  }

  private static Optional<Rational> number(Tensor tensor) {
    return tensor instanceof Einsum e && e.factors().isEmpty()
        ? Optional.of(e.coefficient())
        : Optional.empty();
  }

  /** A term that is a positive multiple of the sum of squares of one affine function. */
  private void add(Sum.Term term) {
    Einsum e = Einsum.view(term.tensor());
    Rational coefficient = term.coefficient().times(e.coefficient()).times(Rational.TWO);
    if (coefficient.signum() <= 0) return;
    List<Tensor> weights = new ArrayList<>();
    Tensor square = null;
    for (Einsum.Factor f : e.factors()) {
      Behaviour b = analysis.of(f.tensor());
      if (b.constant() && f.tensor().rank() == 0) {
        if (!Products.power(b, f.exponent()).range().isPositive()) return;
        weights.add(f.isPlain() ? f.tensor() : Tensors.power(f.tensor(), f.exponent()));
      } else {
        if (square != null || b.constant()) return;
        square = base(f);
        if (square == null) return;
      }
    }
    if (square != null) add(square, coefficient, weights);
  }

  /** What is squared, if every entry is and the squares are summed. */
  private static @org.jspecify.annotations.Nullable Tensor base(Einsum.Factor f) {
    if (f.labels().stream().distinct().count() < f.labels().size()) return null;
    if (f.exponent().equals(Rational.TWO)) return f.tensor();
    boolean inner = f.isPlain() && f.tensor() instanceof Einsum;
    if (!inner) return null;
    Einsum e = (Einsum) f.tensor();
    boolean plain = e.rank() == 0 && e.coefficient().isOne() && e.factors().size() == 1;
    return plain ? base(e.factors().getFirst()) : null;
  }

  private void add(Tensor square, Rational coefficient, List<Tensor> weights) {
    Variable variable = null;
    Rational slope = Rational.ZERO;
    List<Sum.Term> parts =
        square instanceof Sum sum ? sum.terms() : List.of(new Sum.Term(Rational.ONE, square));
    for (Sum.Term part : parts) {
      if (analysis.of(part.tensor()).constant()) continue;
      if (variable != null || !(part.tensor() instanceof Variable v)) return;
      variable = v;
      slope = part.coefficient();
    }
    if (variable == null) return;
    Tensor modulus =
        weights.isEmpty()
            ? Tensors.number(Rational.ONE)
            : Tensors.hadamard(weights.toArray(Tensor[]::new));
    found
        .computeIfAbsent(variable.name(), name -> new ArrayList<>())
        .add(new Sum.Term(coefficient.times(slope).times(slope), modulus));
  }
}
