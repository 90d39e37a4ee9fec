package nabla;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import nabla.calculus.Differentiation;
import nabla.lang.Elaboration;
import nabla.lang.Problem;
import nabla.lang.Program;
import nabla.lang.Syntax;
import nabla.notation.LatexPrinter;
import nabla.notation.Notation;
import nabla.notation.TextPrinter;
import nabla.notation.UnicodePrinter;
import nabla.operation.Condition;
import nabla.simplify.Conditions;
import nabla.simplify.Simplifier;
import nabla.tensor.NumericArray;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import nabla.verify.CheckReport;
import nabla.verify.DerivativeCheck;
import nabla.verify.ReferenceInterpreter;

/** A derivative: the formula in every notation, what an entry of it means, and its check. */
public final class Derivative {
  private final Expression expression;
  private final List<Variable> by;
  private final Layout layout;
  private final List<Tensor> chain;
  private final Tensor shown;
  private final Program formula;
  private final Notation notation;

  private Derivative(
      Expression expression,
      List<Variable> by,
      Layout layout,
      List<Tensor> chain,
      Tensor shown,
      Notation notation) {
    this.expression = expression;
    this.by = by;
    this.layout = layout;
    this.chain = chain;
    this.shown = shown;
    this.notation = notation;
    this.formula = notation.of(shown, axisNames(), isRow());
  }

  static Derivative of(Expression expression, List<String> names, Layout layout) {
    if (names.isEmpty()) throw new IllegalArgumentException("no variable to differentiate by");
    List<Variable> by = names.stream().map(expression::variable).toList();
    Problem problem = expression.problem();
    Simplifier simplifier = new Simplifier();
    List<Variable> ambient = by.stream().map(Derivative::ambient).toList();
    Tensor f = ambient(problem, by);
    List<Tensor> chain = new ArrayList<>(List.of(f));
    for (int order = 0; order < by.size(); order++) {
      Tensor derivative =
          Differentiation.next(
              simplifier.forDifferentiation(chain.getLast()),
              ambient.subList(0, order),
              ambient.get(order));
      chain.add(simplifier.normalize(derivative));
    }
    List<Integer> ranks = by.stream().map(Variable::rank).toList();
    Tensor declared = Tensors.rewrite(chain.getLast(), node -> declared(node, by));
    Tensor arranged = Tensors.permute(declared, layout.order(ranks, problem.tensor().rank()));
    Map<Tensor, Syntax> written = new HashMap<>();
    problem.parts().forEach((part, syntax) -> written.put(simplifier.normalize(part), syntax));
    Notation notation = new Notation(problem.tensor(), expression.symbols(), written);
    Tensor shown = simplifier.shortest(arranged, written.keySet(), notation::length);
    return new Derivative(expression, by, layout, List.copyOf(chain), shown, notation);
  }

  /**
   * The function with nothing declared of the variables that it is differentiated by, so that every
   * entry of them counts. It is read again: once a matrix was built as a symmetric one, its
   * transpose is the matrix itself, and which entry an index meant is lost.
   */
  private static Tensor ambient(Problem problem, List<Variable> by) {
    if (by.stream().allMatch(v -> v.properties().isEmpty())) return problem.tensor();
    List<Variable> variables =
        problem.variables().stream()
            .map(Problem.Symbol::variable)
            .map(v -> by.contains(v) ? ambient(v) : v)
            .toList();
    return Elaboration.readAs(problem.source(), variables, problem.tensor().shape());
  }

  private static Variable ambient(Variable v) {
    return new Variable(v.name(), v.shape(), Set.of());
  }

  private static Tensor declared(Tensor node, List<Variable> by) {
    if (!(node instanceof Variable v)) return node;
    return by.stream().filter(b -> b.name().equals(v.name())).findFirst().orElse(v);
  }

  private boolean isRow() {
    if (shown.rank() != 1) return false;
    boolean byScalar = by.stream().allMatch(v -> v.rank() == 0);
    return byScalar ? expression.problem().row() : layout.gradientIsRow();
  }

  /** Names for the axes: i, j, … for those of the expression, r, s, … for the variables'. */
  private List<String> axisNames() {
    int own = expression.shape().size();
    int variables = shown.rank() - own;
    List<String> outer =
        own == 0
            ? List.of("i", "j", "r", "s", "k", "l", "p", "q")
            : List.of("r", "s", "t", "u", "v", "w");
    List<String> inner = List.of("i", "j", "k", "l");
    if (shown.rank() <= 2) return List.of("i", "j").subList(0, shown.rank());
    List<String> names = new ArrayList<>();
    for (int axis = 0; axis < variables; axis++) {
      names.add(outer.get(axis % outer.size()));
    }
    for (int axis = 0; axis < own; axis++) {
      names.add(inner.get(axis % inner.size()));
    }
    List<Integer> ranks = by.stream().map(Variable::rank).toList();
    return layout.order(ranks, own).stream().map(names::get).toList();
  }

  /** The formula in the language itself; it can be read again. */
  public String text() {
    return TextPrinter.print(formula);
  }

  public String unicode() {
    return UnicodePrinter.print(formula);
  }

  public String latex() {
    return LatexPrinter.print(formula);
  }

  /** The sizes of its axes, in the order in which they are shown. */
  public List<Size> shape() {
    return shown.shape();
  }

  /** {@code scalar}, {@code vector}, {@code row}, {@code matrix} or {@code tensor}. */
  public String kind() {
    return Expression.kind(shown.rank(), isRow());
  }

  /** Whether the formula needs index notation, {@code D[r,s,i,j] = …}. */
  public boolean isIndexed() {
    return !formula.result().indices().isEmpty();
  }

  /** The derivative as a symbol, such as {@code ∂f/∂x}. */
  public String label() {
    return EntryText.label(by, expression.shape().size());
  }

  /** What an entry is, such as {@code ∂y_j/∂x_i}. */
  public String entry() {
    return EntryText.of(by, expression.shape().size(), names());
  }

  /** The names of the axes in the order in which they are shown. */
  public List<String> indices() {
    List<String> indices = formula.result().indices();
    return indices.isEmpty() ? axisNames() : indices;
  }

  private Map<Integer, String> names() {
    List<Integer> order =
        layout.order(by.stream().map(Variable::rank).toList(), expression.shape().size());
    Map<Integer, String> names = new LinkedHashMap<>();
    for (int axis = 0; axis < order.size(); axis++) names.put(order.get(axis), indices().get(axis));
    return names;
  }

  /** What must hold for the formula to be right, such as {@code X invertible}. */
  public List<String> conditions() {
    Set<String> texts = new LinkedHashSet<>();
    for (Condition c : Conditions.of(List.of(expression.problem().tensor(), shown))) {
      Program subject = notation.of(c.subject(), List.of(), false);
      texts.add(TextPrinter.print(subject) + " " + c.requirement());
    }
    return List.copyOf(texts);
  }

  /**
   * Compares what {@link #text()} says, read again, with finite differences at random points.
   *
   * @param seed what the points are drawn from
   */
  public CheckReport check(long seed) {
    return DerivativeCheck.atRandomPoints(checkedChain(), by, seed);
  }

  /** The same check at the given data. */
  public CheckReport check(Map<String, NumericArray> data) {
    return DerivativeCheck.atPoint(checkedChain(), by, Data.bind(expression.problem(), data));
  }

  /** The chain that ends in what is printed, with the axes in the order of differentiation. */
  private List<Tensor> checkedChain() {
    List<Tensor> checked = new ArrayList<>(chain.subList(0, chain.size() - 1));
    List<Variable> variables =
        expression.variables().stream().map(Problem.Symbol::variable).toList();
    Tensor read = Elaboration.readAs(text(), variables, shown.shape());
    List<Integer> order =
        layout.order(by.stream().map(Variable::rank).toList(), expression.shape().size());
    List<Integer> back = IntStream.range(0, order.size()).map(order::indexOf).boxed().toList();
    checked.add(Tensors.permute(read, back));
    return checked;
  }

  /**
   * The value of the derivative at the given data, axes in the order in which they are shown.
   *
   * @param data an array for every variable
   */
  public NumericArray value(Map<String, NumericArray> data) {
    return ReferenceInterpreter.evaluate(shown, Data.bind(expression.problem(), data));
  }
}
