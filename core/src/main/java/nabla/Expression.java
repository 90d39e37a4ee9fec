package nabla;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import nabla.lang.Elaboration;
import nabla.lang.Problem;
import nabla.lang.Suggestions;
import nabla.notation.LatexPrinter;
import nabla.notation.TextPrinter;
import nabla.notation.UnicodePrinter;
import nabla.tensor.NumericArray;
import nabla.tensor.Size;
import nabla.tensor.Variable;

/**
 * An expression of scalars, vectors, matrices and tensors that has been read and understood.
 *
 * <pre>{@code
 * Expression.parse("x'*A*x").derivative("x").text() // (A + A')*x
 * }</pre>
 */
public final class Expression {
  private final Problem problem;

  Expression(Problem problem) {
    this.problem = problem;
  }

  /**
   * Reads an expression.
   *
   * @param text such as {@code x'*A*x}
   * @param declarations such as {@code A: matrix[n,n] symmetric; x: vector[n]}; what is not
   *     declared is inferred
   * @throws NablaException if it is wrong; the exception says what and where
   */
  public static Expression parse(String text, String declarations) {
    return new Expression(Elaboration.read(text, declarations, Map.of()));
  }

  /** Reads an expression whose variables are all inferred. */
  public static Expression parse(String text) {
    return parse(text, "");
  }

  /** Reads an expression some of whose variables come with data, which tells their kind. */
  public static Expression parse(String text, String declarations, Map<String, NumericArray> data) {
    Map<String, Integer> ranks = new java.util.HashMap<>();
    data.forEach((name, array) -> ranks.put(name, array.rank()));
    return new Expression(Elaboration.read(text, declarations, ranks));
  }

  Problem problem() {
    return problem;
  }

  /**
   * The derivative by one variable after the other.
   *
   * @param variables the names, at least one; a repeated name differentiates again
   * @throws NablaException with {@link Code#WRT} if a name is no variable of the expression
   */
  public Derivative derivative(List<String> variables, Layout layout) {
    return derivative(variables, layout, Structure.AMBIENT);
  }

  /**
   * The derivative by variables whose declared structure is kept.
   *
   * @throws NablaException with {@link Code#WRT} if a name is no variable of the expression, with
   *     {@link Code#UNSUPPORTED} if the structure does not allow what is asked for
   */
  public Derivative derivative(List<String> variables, Layout layout, Structure structure) {
    return Derivative.of(this, variables, layout, structure);
  }

  /**
   * The derivative in denominator layout: {@code derivative("x")} is a gradient or a Jacobian,
   * {@code derivative("x", "x")} a Hessian.
   */
  public Derivative derivative(String variable, String... further) {
    List<String> variables = new ArrayList<>(List.of(variable));
    variables.addAll(List.of(further));
    return derivative(variables, Layout.DENOMINATOR);
  }

  /** The variables in the order in which they are met. */
  public List<Problem.Symbol> variables() {
    return problem.variables();
  }

  /** The sizes of the axes, such as [n, m]. */
  public List<Size> shape() {
    return problem.tensor().shape();
  }

  /** {@code scalar}, {@code vector}, {@code row}, {@code matrix} or {@code tensor}. */
  public String kind() {
    return kind(shape().size(), problem.row());
  }

  static String kind(int rank, boolean row) {
    return switch (rank) {
      case 0 -> "scalar";
      case 1 -> row ? "row" : "vector";
      case 2 -> "matrix";
      default -> "tensor";
    };
  }

  /** The expression as it was understood, in text that can be read again. */
  public String text() {
    return TextPrinter.print(problem.program());
  }

  public String unicode() {
    return UnicodePrinter.print(problem.program());
  }

  public String latex() {
    return LatexPrinter.print(problem.program(), ranks());
  }

  /** The number of axes of each variable. */
  Map<String, Integer> ranks() {
    Map<String, Integer> ranks = new java.util.HashMap<>();
    for (Variable v : symbols()) ranks.put(v.name(), v.rank());
    return ranks;
  }

  /**
   * The value by the reference interpreter.
   *
   * @param data an array for every variable
   * @throws NablaException with {@link Code#VALUE} if the data do not fit, and {@link Code#DOMAIN}
   *     if an operation is not defined for them
   */
  public NumericArray value(Map<String, NumericArray> data) {
    return Domain.value(problem, Data.bind(problem, data));
  }

  List<Variable> symbols() {
    return problem.variables().stream().map(Problem.Symbol::variable).toList();
  }

  Variable variable(String name) {
    return problem
        .variable(name)
        .orElseThrow(
            () -> {
              List<String> known = problem.variables().stream().map(Problem.Symbol::name).toList();
              String nearest = Suggestions.nearest(name, known);
              return new NablaException(
                  new Diagnostic(
                      Code.WRT,
                      problem.absence(name)
                          + (known.isEmpty()
                              ? ""
                              : "; the variables are " + String.join(", ", known)),
                      Span.NONE,
                      "",
                      nearest == null ? "" : "did you mean " + nearest + "?"));
            });
  }

  /** Every size name of the variables. */
  Stream<String> sizeNames() {
    return problem.variables().stream()
        .flatMap(s -> s.variable().shape().stream())
        .flatMap(size -> size.names().stream())
        .distinct();
  }
}
