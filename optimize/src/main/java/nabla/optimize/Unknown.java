package nabla.optimize;

import java.util.List;
import java.util.Set;
import nabla.Derivative;
import nabla.DifferentialOperator;
import nabla.Expression;
import nabla.Layout;
import nabla.Structure;
import nabla.tensor.Property;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;

/** A variable of a scalar function for which a formula is sought. */
record Unknown(Expression function, Variable variable) {
  String name() {
    return variable.name();
  }

  Expression x() {
    return function.written(variable);
  }

  boolean isOrthogonal() {
    return variable.properties().contains(Property.ORTHOGONAL);
  }

  boolean isSymmetric() {
    return variable.isSymmetric();
  }

  /** That of a symmetric variable is symmetric. */
  Derivative gradient() {
    return function.apply(
        DifferentialOperator.GRADIENT,
        List.of(name()),
        Layout.DENOMINATOR,
        isSymmetric() ? Structure.PROJECTED : Structure.AMBIENT);
  }

  /** At most the degree of an expression in the variable. */
  int degree(Expression expression) {
    return Polynomials.degree(Polynomials.tensor(expression), name());
  }

  /** How an affine expression depends on the variable: its axes, then those of the variable. */
  Tensor slope(Expression affine) {
    Tensor slope = Polynomials.tensor(affine.jacobian(name()).expression());
    return switch (slope.rank()) {
      case 2 -> Tensors.transpose(slope);
      case 4 -> Tensors.permute(slope, List.of(2, 3, 0, 1));
      default -> slope;
    };
  }

  /** What is left of an affine expression where the variable is zero. */
  Tensor constant(Expression affine) {
    return Polynomials.atZero(Polynomials.tensor(affine), name());
  }

  /** The first line of a derivation. */
  static Solution.Line line(Derivative gradient) {
    return Solution.Line.of(
        gradient.label(), gradient.expression(), "the gradient", () -> gradient.check(1).passed());
  }

  /** Whether formulas have regard for all that is declared of a variable. */
  static boolean allows(Variable variable) {
    Set<Property> properties = variable.properties();
    return properties.isEmpty()
        || properties.equals(Set.of(Property.ORTHOGONAL))
        || properties.equals(Set.of(Property.SYMMETRIC))
        || properties.equals(Set.of(Property.PD));
  }
}
