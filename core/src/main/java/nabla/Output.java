package nabla;

import java.util.List;

/**
 * What a compiled function computes: the value of the expression, or a derivative of it.
 *
 * <pre>{@code
 * Output.hessian("w").label() // hessian by w
 * }</pre>
 *
 * @param operator what is asked for by name; of the value {@code DERIVATIVE} by no variable
 * @param variables differentiated by one after the other; none for the value
 * @param layout how the axes are arranged
 * @param structure what a declared structure of the variables means
 */
public record Output(
    DifferentialOperator operator, List<String> variables, Layout layout, Structure structure) {
  public Output {
    variables = List.copyOf(variables);
  }

  private static Output of(DifferentialOperator operator, List<String> variables) {
    return new Output(operator, variables, Layout.DENOMINATOR, Structure.AMBIENT);
  }

  /** The value of the expression. */
  public static Output value() {
    return of(DifferentialOperator.DERIVATIVE, List.of());
  }

  /** The gradient of a scalar; it has the shape of the variable. */
  public static Output gradient(String variable) {
    return of(DifferentialOperator.GRADIENT, List.of(variable));
  }

  /** The Hessian of a scalar: the axes of the variable, twice. */
  public static Output hessian(String variable) {
    return of(DifferentialOperator.HESSIAN, List.of(variable, variable));
  }

  /** The block of the Hessian that belongs to two variables. */
  public static Output hessian(String variable, String other) {
    return of(DifferentialOperator.HESSIAN, List.of(variable, other));
  }

  /** The Jacobian in denominator layout: the axes of the variable, then those of the function. */
  public static Output jacobian(String variable) {
    return of(DifferentialOperator.JACOBIAN, List.of(variable));
  }

  /** The derivative by one variable after the other. */
  public static Output derivative(String... variables) {
    return of(DifferentialOperator.DERIVATIVE, List.of(variables));
  }

  /** The same in another layout. */
  public Output in(Layout other) {
    return new Output(operator, variables, other, structure);
  }

  /** The same with another meaning of declared structure. */
  public Output with(Structure other) {
    return new Output(operator, variables, layout, other);
  }

  /** Whether this is the value and no derivative. */
  public boolean isValue() {
    return variables.isEmpty();
  }

  /** What it is, in words. */
  public String label() {
    if (isValue()) return "value";
    boolean twice =
        operator == DifferentialOperator.HESSIAN
            && variables.getFirst().equals(variables.getLast());
    return operator.label()
        + " by "
        + (twice ? variables.getFirst() : String.join(", ", variables));
  }
}
