package nabla.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import nabla.Derivative;
import nabla.Expression;
import nabla.tensor.Apply;
import nabla.tensor.Einsum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;

/**
 * A function of the inverse of a variable: its gradient is no polynomial, but becomes an affine one
 * when it is multiplied by the variable. So it is with the likelihood of a normal distribution, as
 * a function of the covariance: {@code S*(inv(S) - inv(S)*C*inv(S))*S = S - C}.
 */
final class AffineMultiple {
  private static final Set<String> OF_INVERSE = Set.of("inv", "logdet", "det");

  /**
   * The gradient times the variable.
   *
   * @param left how it is written
   * @param whole the product as it stands
   * @param times multiplies a term of the gradient
   */
  private record Multiple(String left, Expression whole, UnaryOperator<Tensor> times) {}

  private AffineMultiple() {}

  static Optional<Solution> of(Unknown unknown) {
    String variable = unknown.name();
    if (!hasInverse(Polynomials.tensor(unknown.function()), variable)) return Optional.empty();
    Derivative gradient = unknown.gradient();
    if (gradient.isIndexed()) return Optional.empty();
    for (Multiple m : multiples(gradient, unknown.x())) {
      Optional<Expression> affine = product(unknown, gradient.expression(), m);
      if (affine.isEmpty()) continue;
      Optional<LinearEquation> equation = LinearEquation.of(affine.get(), unknown);
      if (equation.isPresent()) {
        return Optional.of(solution(gradient, m, affine.get(), equation.get(), variable));
      }
    }
    return Optional.empty();
  }

  /** The multiple, term by term, if it is affine. */
  private static Optional<Expression> product(
      Unknown unknown, Expression gradient, Multiple multiple) {
    Expression function = unknown.function();
    return Polynomials.terms(Polynomials.tensor(gradient))
        .map(terms -> terms.stream().map(multiple.times()).map(function::written).toList())
        .map(terms -> Tensors.add(terms.stream().map(Polynomials::tensor).toArray(Tensor[]::new)))
        .filter(sum -> Polynomials.degree(sum, unknown.name()) == 1)
        // zero would be a solution of the multiple alone
        .filter(sum -> !Tensors.isZero(Polynomials.atZero(sum, unknown.name())))
        .map(function::written);
  }

  private static boolean hasInverse(Tensor function, String variable) {
    return Tensors.topological(function).stream()
        .anyMatch(
            node ->
                switch (node) {
                  case Apply a ->
                      OF_INVERSE.contains(a.operator().name())
                          && isVariable(a.operands().getFirst(), variable);
                  case Einsum e ->
                      e.factors().stream()
                          .anyMatch(
                              f ->
                                  f.exponent().signum() < 0
                                      && f.labels().isEmpty()
                                      && isVariable(f.tensor(), variable));
                  default -> false;
                });
  }

  private static boolean isVariable(Tensor tensor, String name) {
    return tensor instanceof Variable v && v.name().equals(name);
  }

  private static List<Multiple> multiples(Derivative gradient, Expression x) {
    Expression g = gradient.expression();
    String label = gradient.label();
    String name = x.text();
    Tensor v = Polynomials.tensor(x);
    if (x.shape().isEmpty()) {
      return List.of(
          new Multiple(name + "^2*" + label, x.power(2).times(g), t -> Tensors.hadamard(v, v, t)),
          new Multiple(name + "*" + label, x.times(g), t -> Tensors.hadamard(v, t)));
    }
    String turned = "(" + label + ")'";
    UnaryOperator<Tensor> right = t -> Tensors.multiply(Tensors.transpose(t), v);
    return List.of(
        new Multiple(
            name + "*" + turned + "*" + name,
            x.times(g.transpose()).times(x),
            t -> Tensors.multiply(v, right.apply(t))),
        new Multiple(turned + "*" + name, g.transpose().times(x), right));
  }

  private static Solution solution(
      Derivative gradient,
      Multiple multiple,
      Expression affine,
      LinearEquation equation,
      String variable) {
    List<Solution.Line> lines = new ArrayList<>();
    lines.add(Unknown.line(gradient));
    lines.add(
        Solution.Line.of(
            multiple.left(),
            affine,
            "times " + variable,
            () -> multiple.whole().judge(affine).isRight()));
    lines.addAll(equation.lines(multiple.left(), affine, variable));
    return new Solution(
        variable,
        equation.solution(),
        equation.most(),
        true,
        "the gradient times " + variable + " is affine in " + variable,
        null,
        lines);
  }
}
