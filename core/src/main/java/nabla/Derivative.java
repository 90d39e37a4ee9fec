package nabla;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import nabla.calculus.Projection;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.lang.Elaboration;
import nabla.lang.Problem;
import nabla.lang.Program;
import nabla.notation.Notation;
import nabla.notation.TextPrinter;
import nabla.operation.Condition;
import nabla.operation.FunctionSymbol;
import nabla.simplify.Conditions;
import nabla.tensor.NumericArray;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import nabla.verify.Binding;
import nabla.verify.CheckReport;
import nabla.verify.DerivativeCheck;
import nabla.verify.Directions;
import nabla.verify.ReferenceInterpreter;
import nabla.verify.Trace;
import nabla.verify.exact.Certificate;
import nabla.verify.exact.ExactComparison;
import org.jspecify.annotations.Nullable;

/**
 * A derivative: the formula in every notation, what an entry of it means, and its check.
 *
 * <pre>{@code
 * Derivative d = Expression.parse("log(det(X))").gradient("X");
 * d.text() // inv(X)'
 * d.latex() // X^{-\top}
 * d.entry() // ∂f/∂X_{i,j}
 * d.conditions() // [det(X) > 0]
 * d.check(1).passed() // true
 * d.value(Map.of("X", NumericArray.matrix(new double[] {2, 0}, new double[] {0, 4}))) // [[0.5, 0.0], [0.0, 0.25]]
 * }</pre>
 */
public final class Derivative {
  private final Chain chain;
  private final Layout layout;
  private final Tensor shown;
  private final Notation notation;
  private final Formula formula;

  private Derivative(Chain chain, Layout layout, Tensor shown, Notation notation, Program program) {
    this.chain = chain;
    this.layout = layout;
    this.shown = shown;
    this.notation = notation;
    this.formula = new Formula(program, chain.expression.ranks());
  }

  static List<Derivative> each(
      Expression expression,
      DifferentialOperator operator,
      List<List<String>> each,
      Layout layout,
      Structure structure) {
    return Chain.each(expression, operator, each, structure).stream()
        .map(chain -> of(chain, layout))
        .toList();
  }

  private static Derivative of(Chain chain, Layout layout) {
    Notation notation = chain.work.notation(List.of());
    Tensor shown = chain.work.shortest(chain.arranged(layout), notation);
    boolean row = isRow(chain, layout, shown.rank());
    Program program = notation.of(shown, AxisNames.of(chain, layout), row);
    return new Derivative(chain, layout, shown, notation, program);
  }

  static boolean isRow(Chain chain, Layout layout, int rank) {
    if (rank != 1) return false;
    boolean byScalar = chain.ranks().stream().allMatch(r -> r == 0);
    return byScalar ? chain.expression.problem().row() : layout.gradientIsRow();
  }

  Layout layout() {
    return layout;
  }

  Program program() {
    return formula.program();
  }

  Structure structure() {
    return chain.structure;
  }

  Tensor tensor() {
    return shown;
  }

  /**
   * Whether a claim is this derivative, and if not, what is wrong with it. Claim and derivative are
   * compared at points of different sizes; a claim may be in any layout.
   *
   * @throws NablaException if the claim is no expression over the variables of the function
   */
  public Verdict judge(String claim) {
    return referee().judge(claim);
  }

  /**
   * The same for given data: a claim that is right only for variables with some property is right
   * for data that have it.
   *
   * <pre>{@code
   * Derivative d = Expression.parse("x'*A*x").gradient("x");
   * NumericArray a = NumericArray.matrix(new double[] {1, 2}, new double[] {2, 3});
   * NumericArray x = NumericArray.vector(1, 2);
   * d.judge("2*A*x", Map.of("A", a, "x", x)).isRight() // true
   * d.judge("2*A*x").isRight() // false
   * }</pre>
   *
   * @param data an array for every variable
   * @throws NablaException if the claim can't be read, or if the data do not fit
   */
  public Verdict judge(String claim, Map<String, NumericArray> data) {
    return referee().judge(claim, Data.bind(chain.expression.problem(), data));
  }

  /** A claim as a tensor. */
  Tensor claimed(String claim) {
    return referee().claimed(claim);
  }

  Referee referee() {
    return new Referee(this, chain.expression, chain.comparison());
  }

  /** The derivatives for which the entries of structured variables move otherwise. */
  List<Derivative> inOtherStructures() {
    boolean structured =
        chain.targets.stream().map(Target::variable).anyMatch(Projection::isStructured);
    if (!structured) return List.of();
    List<Derivative> others = new ArrayList<>();
    for (Structure other : Structure.values()) {
      if (other == chain.structure) continue;
      try {
        others.add(of(chain.in(other), layout));
      } catch (NablaException unsupported) {
        // Some structures have no second derivatives.
      }
    }
    return others;
  }

  /** The matrix in which whole matrices are vectors; null if there is none. */
  @Nullable Vectorization vectorized(Layout other) {
    return Vectorization.of(chain, other);
  }

  /** The same derivative where variables have other shapes. */
  Derivative over(List<Variable> variables) {
    Expression expression = chain.expression.over(variables);
    List<String> names = chain.targets.stream().map(t -> t.entries().name()).toList();
    return each(expression, chain.operator, List.of(names), layout, chain.structure).getFirst();
  }

  /** The same derivative in another layout. */
  public Derivative in(Layout other) {
    return of(chain, other);
  }

  /**
   * The other ways to show the derivative: index notation, Kronecker products, the differential …
   * Those that do not exist are left out.
   */
  public List<Form> forms() {
    return new Forms(chain, layout).all(text());
  }

  /**
   * How one gets to the derivative, line by line; every line is verified before it is shown.
   *
   * @throws NablaException with {@link Code#UNSUPPORTED} if there is no such explanation
   */
  public Explanation explain(Explanation.Options options) {
    return Explanation.of(Subjects.of(this, chain, options.seed()), options);
  }

  /** Why the formula is in index notation; empty if it is not. */
  public String whyIndexed() {
    if (!formula.isIndexed()) return "";
    return shown.rank() > 2
        ? "the result has " + shown.rank() + " axes, a matrix has two"
        : "no product of matrices has these sums: the graph of a term is not series-parallel";
  }

  /**
   * The same derivative with a name for every long part that stands in its formula more than once:
   * {@code t1 = A*x - b; t1/norm2(t1)}.
   */
  public Derivative namingRepeats() {
    return new Derivative(
        chain, layout, shown, notation, notation.namingRepeats(formula.program()));
  }

  /** The formula in the language itself; it can be read again. */
  public String text() {
    return formula.text();
  }

  /** The statements of {@link #text()}: the named intermediates, then the formula. */
  public List<String> statements() {
    return formula.statements();
  }

  public String unicode() {
    return formula.unicode();
  }

  public String latex() {
    return formula.latex();
  }

  /** How the formula is put together, to be walked. */
  public Tree tree() {
    return formula.tree();
  }

  /**
   * The formula as an expression, to be used in others.
   *
   * <pre>{@code
   * Expression f = Expression.parse("c*x'*x");
   * f.gradient("x").expression().times(2).text() // 2*(2*c*x)
   * }</pre>
   *
   * @throws NablaException with {@link Code#LIMIT} if it is too long to be one
   */
  public Expression expression() {
    Problem problem = chain.expression.problem();
    return new Expression(Elaboration.over(text(), problem.context(), shown.shape()));
  }

  /** The same as {@link #text()}. */
  @Override
  public String toString() {
    return text();
  }

  /** The sizes of its axes, in the order in which they are shown. */
  public List<Size> shape() {
    return shown.shape();
  }

  /** {@code scalar}, {@code vector}, {@code row}, {@code matrix} or {@code tensor}. */
  public String kind() {
    return Expression.kind(shown.rank(), isRow(chain, layout, shown.rank()));
  }

  /** Whether the formula needs index notation, {@code D[r,s,i,j] = …}. */
  public boolean isIndexed() {
    return formula.isIndexed();
  }

  /** Whether it is a sum over pairs of axes, a Laplacian or a divergence. */
  public boolean isTrace() {
    return chain.operator.isTrace();
  }

  /** The derivative as a symbol, such as {@code ∂f/∂x}. */
  public String label() {
    return EntryText.label(chain);
  }

  /** What an entry is, such as {@code ∂y_j/∂x_i}. */
  public String entry() {
    return EntryText.of(chain, names());
  }

  /** The names of the axes in the order in which they are shown. */
  public List<String> indices() {
    List<String> indices = formula.program().result().indices();
    return indices.isEmpty() ? AxisNames.of(chain, layout) : indices;
  }

  private Map<Integer, String> names() {
    List<Integer> order = layout.order(chain.ranks(), chain.own());
    Map<Integer, String> names = new LinkedHashMap<>();
    for (int axis = 0; axis < order.size(); axis++) names.put(order.get(axis), indices().get(axis));
    return names;
  }

  /** What must hold for the formula to be right, such as {@code X invertible}. */
  public List<String> conditions() {
    return texts(Conditions.of(List.of(chain.expression.problem().tensor(), shown)));
  }

  /** What must hold for a formula to be right, besides what must for this one. */
  List<String> furtherConditions(Tensor formula) {
    Tensor function = chain.expression.problem().tensor();
    List<Condition> own = Conditions.of(List.of(function, shown));
    List<Condition> all = new ArrayList<>(Conditions.of(List.of(function, shown, formula)));
    all.removeAll(own);
    return texts(all);
  }

  private List<String> texts(List<Condition> conditions) {
    Set<String> texts = new LinkedHashSet<>();
    for (Condition c : conditions) {
      Program subject = notation.of(c.subject(), List.of(), false);
      texts.add(c.text(TextPrinter.print(subject)));
    }
    return List.copyOf(texts);
  }

  /**
   * Compares what {@link #text()} says, read again, with finite differences at random points. What
   * is longer than an input may be is not printed first.
   *
   * @param seed what the points are drawn from
   */
  public CheckReport check(long seed) {
    return check(
        seed,
        tensors -> DerivativeCheck.atRandomPoints(tensors, moving(), directions(), trace(), seed));
  }

  /**
   * Compares what {@link #text()} says, read again, with the function over dual numbers, exactly
   * modulo random primes: a proof but for a stated probability, at the sizes that were tried.
   *
   * <pre>{@code
   * Expression.parse("x'*A*x").gradient("x").certificate(1).isCertified() // true
   * Expression.parse("max(x)").gradient("x").certificate(1).reason() // max has a kink
   * }</pre>
   *
   * @param seed what primes and points are drawn from
   */
  public Certificate certificate(long seed) {
    List<Tensor> claimed;
    try {
      claimed = checkedChain();
      return ExactComparison.ofDerivatives(claimed, moving(), directions(), trace(), seed);
    } catch (NablaException e) {
      if (e.diagnostic().code() != Code.LIMIT) throw e;
      return Certificate.none(
          Certificate.Status.UNDECIDED, seed, "the formula can't be read again: " + e.getMessage());
    }
  }

  /** The same check at the given data. */
  public CheckReport check(Map<String, NumericArray> data) {
    Binding at = Data.bind(chain.expression.problem(), data);
    return check(
        0, tensors -> DerivativeCheck.atPoint(tensors, moving(), directions(), trace(), at));
  }

  /** Whether entries are moved, not whole variables: then their changes are variables. */
  private boolean byChanges() {
    return !chain.targets.stream().allMatch(Target::isWhole);
  }

  private List<Variable> moving() {
    return byChanges() ? chain.targets.stream().map(Target::change).toList() : chain.by;
  }

  private Directions directions() {
    if (byChanges()) return Directions.CHANGES;
    return switch (chain.structure) {
      case AMBIENT -> Directions.ENTRIES;
      case PROJECTED -> Directions.PROJECTED;
      case INDEPENDENT -> Directions.INDEPENDENT;
    };
  }

  /**
   * What a reader should know of the convention, a line each: how a variable with structure was
   * differentiated by, and what others would do.
   */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (Variable x : chain.targets.stream().map(Target::variable).distinct().toList()) {
      if (Projection.isStructured(x)) notes.add(StructureNote.of(x, chain.structure));
    }
    List<FunctionSymbol> functions = chain.expression.problem().functions();
    if (!functions.isEmpty()) notes.add(FunctionNote.of(functions));
    for (String name : chain.expression.problem().unused()) {
      notes.add(name + " is declared, but does not stand in the expression");
    }
    return List.copyOf(notes);
  }

  private CheckReport check(long seed, Function<List<Tensor>, CheckReport> comparison) {
    List<Tensor> checked;
    try {
      checked = checkedChain();
    } catch (NablaException e) {
      if (e.diagnostic().code() != Code.LIMIT) throw e;
      String reason = "the formula can't be read again: " + e.getMessage();
      return new CheckReport(CheckReport.Status.NOT_CHECKED, 0, Map.of(), 0, seed, reason, null);
    }
    return comparison.apply(checked);
  }

  /** The chain that ends in what is printed, with the axes in the order of differentiation. */
  private List<Tensor> checkedChain() {
    List<Tensor> checked = new ArrayList<>(chain.tensors);
    if (!chain.operator.isTrace()) {
      checked.set(checked.size() - 1, Tensors.permute(readAgain(), places()));
    }
    if (byChanges()) {
      for (Target t : Set.copyOf(chain.targets)) checked.replaceAll(t::changed);
    }
    return checked;
  }

  /** Which of the axes as shown those of the variables are, and then those of the function. */
  List<Integer> places() {
    List<Integer> order = layout.order(chain.ranks(), chain.own());
    return IntStream.range(0, order.size()).map(order::indexOf).boxed().toList();
  }

  /** What the formula says of the last tensor of the chain, if not that it is the same. */
  private @Nullable Trace trace() {
    if (!chain.operator.isTrace()) return null;
    Tensor claim = readAgain();
    for (Target t : chain.targets) if (byChanges()) claim = t.changed(claim);
    return new Trace(claim, chain.by.getFirst().rank());
  }

  private Tensor readAgain() {
    try {
      Problem problem = chain.expression.problem();
      return Elaboration.readAs(text(), problem.context(), shown.shape());
    } catch (NablaException e) {
      if (e.diagnostic().code() != Code.LIMIT) throw e;
      throw new NablaException(Code.LIMIT, "the formula is too long to be read again and checked");
    }
  }

  /**
   * The value of the derivative at the given data, axes in the order in which they are shown.
   *
   * @param data an array for every variable
   * @throws NablaException with {@link Code#VALUE} if the data do not fit, and {@link Code#DOMAIN}
   *     if the function itself is not defined for them, be its formula defined or not: log(x) has
   *     no slope at -1, where 1/x is -1
   */
  public NumericArray value(Map<String, NumericArray> data) {
    Problem problem = chain.expression.problem();
    Data.requireKnown(problem);
    Binding at = Data.bind(problem, data);
    Domain.require(problem, at);
    return ReferenceInterpreter.evaluate(shown, at);
  }
}
