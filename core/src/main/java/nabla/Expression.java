package nabla;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import nabla.lang.BinaryOperator;
import nabla.lang.Elaboration;
import nabla.lang.Problem;
import nabla.lang.Program;
import nabla.lang.Suggestions;
import nabla.lang.Syntax;
import nabla.notation.LatexPrinter;
import nabla.notation.Notation;
import nabla.notation.TextPrinter;
import nabla.notation.UnicodePrinter;
import nabla.tensor.NumericArray;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
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
    return apply(DifferentialOperator.DERIVATIVE, variables, layout, structure);
  }

  /**
   * What is asked for by name.
   *
   * @param variables the names; how many, the operator says
   * @throws NablaException with {@link Code#KIND} if the function has no such thing, such as a
   *     vector a gradient; with {@link Code#WRT} and {@link Code#UNSUPPORTED} as for a derivative
   */
  public Derivative apply(
      DifferentialOperator operator, List<String> variables, Layout layout, Structure structure) {
    return each(operator, List.of(variables), layout, structure).getFirst();
  }

  /**
   * Several derivatives in one run, which share their work: one walk back from the function gives
   * the gradients by all variables.
   *
   * <pre>{@code
   * Expression f = Expression.parse("norm2(A*x - b)^2", "b: vector[m]");
   * var each = List.of(List.of("x"), List.of("b"));
   * f.each(DifferentialOperator.GRADIENT, each, Layout.DENOMINATOR, Structure.AMBIENT) // [2*A'*(A*x - b), 2*(b - A*x)]
   * }</pre>
   *
   * @param each the variables of each derivative, as of one
   */
  public List<Derivative> each(
      DifferentialOperator operator, List<List<String>> each, Layout layout, Structure structure) {
    return Derivative.each(this, operator, each, layout, structure);
  }

  private Derivative apply(DifferentialOperator operator, String... variables) {
    return apply(operator, List.of(variables), Layout.DENOMINATOR, Structure.AMBIENT);
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

  /** The gradient of a scalar; it has the shape of the variable. */
  public Derivative gradient(String variable) {
    return apply(DifferentialOperator.GRADIENT, variable);
  }

  /** The Jacobian in denominator layout: the axes of the variable, then those of the function. */
  public Derivative jacobian(String variable) {
    return apply(DifferentialOperator.JACOBIAN, variable);
  }

  /** The Hessian of a scalar: the axes of the variable, twice. */
  public Derivative hessian(String variable) {
    return apply(DifferentialOperator.HESSIAN, variable);
  }

  /** The block of the Hessian of a scalar that belongs to two variables. */
  public Derivative hessian(String variable, String other) {
    return apply(DifferentialOperator.HESSIAN, variable, other);
  }

  /**
   * The sum of the second derivatives by each entry of the variable; it has the shape of the
   * function.
   */
  public Derivative laplacian(String variable) {
    return apply(DifferentialOperator.LAPLACIAN, variable);
  }

  /** The sum of ∂y_i/∂x_i, a scalar, of a function that has the shape of the variable. */
  public Derivative divergence(String variable) {
    return apply(DifferentialOperator.DIVERGENCE, variable);
  }

  /** The variables in the order in which they are met. */
  public List<Symbol> variables() {
    return problem.variables().stream().map(s -> new Symbol(s.variable(), s.declared())).toList();
  }

  /** Whether a variable stands in the expression; one that was only declared does not. */
  public boolean mentions(String variable) {
    return Tensors.variables(problem.tensor()).stream().anyMatch(v -> v.name().equals(variable));
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
    Data.requireKnown(problem);
    return Domain.value(problem, Data.bind(problem, data));
  }

  /**
   * A function that computes outputs of this expression, by the engine on the class path.
   *
   * @throws NablaException with {@link Code#UNSUPPORTED} if there is no engine; else as {@link
   *     #compilation}
   */
  public CompiledFunction compile(Output... outputs) {
    return Compiler.find().compile(compilation(List.of(outputs)));
  }

  /**
   * What an engine needs to know to compute outputs of this expression.
   *
   * @throws NablaException if the expression has no such output, or a function that has no values
   */
  public Compilation compilation(List<Output> outputs) {
    return new Compilation(this, outputs);
  }

  /**
   * A tensor over the variables of this expression as an expression, as short as it can be written.
   *
   * <pre>{@code
   * Expression f = Expression.parse("norm2(A*x)^2");
   * Tensor hessian = f.compilation(List.of(Output.hessian("x"))).tensors().getFirst();
   * f.written(hessian).text() // 2*A'*A
   * }</pre>
   *
   * @throws NablaException with {@link Code#UNSUPPORTED} if it needs index notation, with {@link
   *     Code#LIMIT} if it is too long
   */
  public Expression written(Tensor tensor) {
    SharedWork work = new SharedWork(this, List.of());
    Notation notation = work.notation(List.of());
    Tensor shown = work.shortest(work.simplifier.normalize(tensor), notation);
    Program program = notation.of(shown, List.of(), false);
    if (!program.result().indices().isEmpty()) {
      throw new NablaException(Code.UNSUPPORTED, "a tensor that needs index notation");
    }
    String text = TextPrinter.print(program);
    return new Expression(Elaboration.over(text, problem.context(), tensor.shape()));
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

  /** The sum. A scalar is added to every entry. */
  public Expression plus(Expression other) {
    return binary(BinaryOperator.ADD, other);
  }

  public Expression plus(double number) {
    return plus(Nabla.number(number));
  }

  public Expression minus(Expression other) {
    return binary(BinaryOperator.SUBTRACT, other);
  }

  public Expression minus(double number) {
    return minus(Nabla.number(number));
  }

  public Expression negate() {
    return Composition.of(List.of(this), own -> new Syntax.Negate(own.getFirst(), Span.NONE));
  }

  /** The product of matrices and vectors, or with a scalar. */
  public Expression times(Expression other) {
    return binary(BinaryOperator.MULTIPLY, other);
  }

  public Expression times(double number) {
    return Nabla.number(number).times(this);
  }

  /** Divided by a scalar, or by a matrix from the right: {@code b/A} is b times inv(A). */
  public Expression dividedBy(Expression other) {
    return binary(BinaryOperator.DIVIDE, other);
  }

  public Expression dividedBy(double number) {
    return dividedBy(Nabla.number(number));
  }

  /** The solution {@code x} of {@code A*x = b}, for {@code A.solve(b)}. */
  public Expression solve(Expression right) {
    return binary(BinaryOperator.LEFT_DIVIDE, right);
  }

  /** A power of a scalar, or a whole power of a square matrix. */
  public Expression power(double exponent) {
    return binary(BinaryOperator.POWER, Nabla.number(exponent));
  }

  public Expression transpose() {
    return Composition.of(List.of(this), own -> new Syntax.Transpose(own.getFirst(), Span.NONE));
  }

  /** The product entry by entry. */
  public Expression elementTimes(Expression other) {
    return binary(BinaryOperator.ELEMENTWISE_MULTIPLY, other);
  }

  /** The quotient entry by entry. */
  public Expression elementDividedBy(Expression other) {
    return binary(BinaryOperator.ELEMENTWISE_DIVIDE, other);
  }

  /** The power of every entry. */
  public Expression elementPower(double exponent) {
    return binary(BinaryOperator.ELEMENTWISE_POWER, Nabla.number(exponent));
  }

  /** The Kronecker product. */
  public Expression kronecker(Expression other) {
    return binary(BinaryOperator.KRONECKER, other);
  }

  /** The entry at a position; positions begin with 1. */
  public Expression entry(int... indices) {
    List<Syntax> positions = new ArrayList<>();
    for (int i : indices) positions.add(new Syntax.Numeral(Rational.of(i), Span.NONE));
    return Composition.of(
        List.of(this), own -> new Syntax.Index(own.getFirst(), positions, Span.NONE));
  }

  private Expression binary(BinaryOperator operator, Expression other) {
    return Composition.of(
        List.of(this, other),
        own -> new Syntax.Binary(operator, own.get(0), own.get(1), Span.NONE));
  }

  /**
   * Whether another expression is equal to this one, and if not, how they differ.
   *
   * <pre>{@code
   * Expression f = Expression.parse("tr(A*B)");
   * f.judge(Expression.parse("tr(B*A)")).message() // equal
   * f.judge(Expression.parse("tr(A*B')")).message() // equal only if A or B is symmetric
   * }</pre>
   *
   * @throws NablaException if they have different shapes
   */
  public Verdict judge(Expression other) {
    if (!other.shape().equals(shape()) && other.shape().size() != shape().size()) {
      String found = text() + " is a " + kind() + ", but " + other.text() + " is a ";
      throw new NablaException(Code.SHAPE, found + other.kind());
    }
    return new Equality(this, other).verdict();
  }

  /** The same text where variables have other shapes. */
  Expression over(List<Variable> variables) {
    return new Expression(Elaboration.over(text(), problem.context(variables)));
  }

  /** How it is put together; named intermediates are put in their places. */
  public Tree tree() {
    return Trees.of(problem.program());
  }

  /** The same as {@link #text()}. */
  @Override
  public String toString() {
    return text();
  }
}
