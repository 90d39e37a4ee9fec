package nabla.optimize;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import nabla.Expression;
import nabla.Symbol;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import nabla.tensor.Property;

/**
 * The question where a scalar function is least. It never changes: what adds to it makes a new one.
 *
 * <pre>{@code
 * Minimum found = Minimization.of(Nabla.parse("norm2(A*x - b)^2", "b: vector[m]"), "x")
 *     .bind("A", NumericArray.matrix(new double[] {2, 0}, new double[] {0, 4}))
 *     .bind("b", NumericArray.vector(2, 4))
 *     .minimize();
 * found.point().get("x") // [1, 1]
 * found.formula().get("x") // inv(A'*A)*A'*b
 * }</pre>
 */
public final class Minimization {
  private final Expression function;
  private final List<String> over;
  private final List<Constraint> constraints;
  private final Map<String, NumericArray> data;
  private final Map<String, NumericArray> start;
  private final Options options;
  private final boolean looksForFormulas;

  private Minimization(
      Expression function,
      List<String> over,
      List<Constraint> constraints,
      Map<String, NumericArray> data,
      Map<String, NumericArray> start,
      Options options,
      boolean looksForFormulas) {
    this.function = function;
    this.over = over;
    this.constraints = constraints;
    this.data = data;
    this.start = start;
    this.options = options;
    this.looksForFormulas = looksForFormulas;
  }

  /**
   * Where a function is least over some variables.
   *
   * @throws NablaException with {@link Code#KIND} if the function is no scalar; with {@link
   *     Code#WRT} if it has no such variable; with {@link Code#UNSUPPORTED} if a variable has
   *     properties
   */
  public static Minimization of(Expression function, String... over) {
    if (!function.shape().isEmpty()) {
      throw new NablaException(
          Code.KIND, "the function is a " + function.kind() + "; only a scalar has a minimum");
    }
    if (over.length == 0) throw new NablaException(Code.WRT, "name the variables that move");
    boolean structured = false;
    for (String name : over) structured |= !variable(function, name).properties().isEmpty();
    if (structured && ClosedForm.of(function, List.of(over)).isEmpty()) {
      requireFree(function, List.of(over));
    }
    return new Minimization(
        function, List.of(over), List.of(), Map.of(), Map.of(), Options.usual(), true);
  }

  private static Symbol variable(Expression function, String name) {
    return function.variables().stream()
        .filter(s -> s.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new NablaException(Code.WRT, name + " is no variable of the function"));
  }

  private static void requireFree(Expression function, List<String> over) {
    for (String name : over) {
      Set<Property> properties = variable(function, name).properties();
      if (properties.isEmpty()) continue;
      String property = properties.iterator().next().label();
      throw new NablaException(
          Code.UNSUPPORTED,
          "%s is declared %s: minima over variables with properties are not supported"
              .formatted(name, property));
    }
  }

  /**
   * The same among the points that meet constraints: equations and inequalities, entry by entry,
   * such as {@code "sum(x) = 1"}, {@code "A*x <= b"}, {@code "0 <= x <= 1"}. Their variables are
   * those of the function, and others that have data; what is not inferred has to be declared with
   * the function.
   *
   * @throws NablaException with {@link Code#SYNTAX} if one is no equation or inequality, or as
   *     {@link Expression#parse} does
   */
  public Minimization subjectTo(String... texts) {
    Declarations declarations = new Declarations();
    declarations.add(function);
    constraints.forEach(c -> declarations.add(c.residual()));
    List<Constraint> all = new ArrayList<>(constraints);
    for (String text : texts) {
      for (Constraint c : Constraint.parse(text, declarations.text())) {
        declarations.add(c.residual());
        // what is said twice would share one multiplier among two
        if (all.stream().noneMatch(other -> other.text().equals(c.text()))) all.add(c);
      }
    }
    return new Minimization(
        function, over, List.copyOf(all), data, start, options, looksForFormulas);
  }

  /** The same where a variable that does not move has a value. */
  public Minimization bind(String name, NumericArray value) {
    if (constraints.stream().noneMatch(c -> c.residual().mentions(name))) variable(function, name);
    return new Minimization(
        function, over, constraints, with(data, name, value), start, options, looksForFormulas);
  }

  /** The same where a number that does not move has a value. */
  public Minimization set(String name, double value) {
    return bind(name, NumericArray.scalar(value));
  }

  /**
   * The same with a starting point; without one it is zero, or random numbers where the function is
   * not finite at zero, or has no slope there.
   */
  public Minimization from(String name, NumericArray value) {
    return new Minimization(
        function, over, constraints, data, with(start, name, value), options, looksForFormulas);
  }

  /** The same with other options. */
  public Minimization with(Options other) {
    return new Minimization(function, over, constraints, data, start, other, looksForFormulas);
  }

  /** The same by iterations from the start, also where there is a formula for the point. */
  public Minimization byIterations() {
    return new Minimization(function, over, constraints, data, start, options, false);
  }

  private static Map<String, NumericArray> with(
      Map<String, NumericArray> map, String name, NumericArray value) {
    Map<String, NumericArray> all = new LinkedHashMap<>(map);
    all.put(name, value);
    return all;
  }

  /** The answer. */
  public Minimum minimize() {
    return minimize(iteration -> {});
  }

  /**
   * The answer.
   *
   * @param progress is told of each iteration
   * @throws NablaException with {@link Code#VALUE} if a variable lacks data, or if data do not fit;
   *     with {@link Code#DOMAIN} if the function is not finite at the starting point
   */
  public Minimum minimize(Consumer<Iteration> progress) {
    constraints.forEach(c -> c.requireData(data, over));
    Limits limits = Limits.from(options, progress);
    Epigraph smooth = Epigraph.of(function, constraints, data);
    if (smooth.constraints().isEmpty()) return free(limits);
    requireFree(function, over);
    return new ConstrainedMinimum(function, over, constraints, data, start, options)
        .find(smooth, limits, this::isConvex);
  }

  private Minimum free(Limits limits) {
    Map<String, NumericArray> beginning =
        new InitialValues(List.of(function), over, data).with(start);
    ClosedForm closed = looksForFormulas ? ClosedForm.of(function, over).orElse(null) : null;
    boolean structured =
        over.stream().anyMatch(name -> !variable(function, name).properties().isEmpty());
    if (structured && closed != null) {
      return new StructuredMinimum(function, over, closed, options)
          .find(function, data, beginning, this::isConvex);
    }
    Objective objective = new Objective(function, data, beginning, options);
    Map<String, NumericArray> known = new LinkedHashMap<>(beginning);
    known.putAll(data);
    Supplier<Iterate> given =
        () -> new FirstIterate(objective, start.isEmpty(), options.seed()).find();
    Beginning first = Beginning.of(closed, objective, known, options, given);
    Outcome searched = objective.minimize(first.point(), limits, 0);
    return Limits.inPeace(
        () -> {
          Outcome outcome = first.judged(searched, known, options);
          Beginning from = first;
          if (first.isRefuted(outcome, known, options)) {
            from = new Beginning(closed, false, given.get());
            outcome = objective.minimize(from.point(), limits, 0);
          }
          return answer(objective, from, outcome, isLeast(objective, outcome) && isConvex());
        });
  }

  private Minimum answer(Objective objective, Beginning first, Outcome outcome, boolean global) {
    return new Minimum(
        objective.variables(outcome.last().point),
        outcome.last().value,
        Vectors.largest(outcome.last().slope),
        outcome.status(),
        first.reason(
            outcome, outcome.reason("no entry of the gradient is above", options.tolerance())),
        outcome.curvature(),
        global,
        outcome.iterations(),
        0,
        Map.of(),
        first.formulas(outcome));
  }

  /**
   * How one gets to formulas for the point: the gradient is set to zero and solved for the
   * variables, line by line. The gradient, what it is collected to and the solution are verified
   * with numbers before they are shown.
   *
   * @return nothing if there are no formulas, or if a line could not be verified
   */
  public List<Step> explain() {
    if (!constraints.isEmpty()) return List.of();
    return ClosedForm.of(function, over).map(ClosedForm::steps).orElse(List.of());
  }

  /**
   * The points where the gradient is zero, as far as they are found from several starts: minima,
   * saddles and maxima, the least value first. A line of such points is left out.
   *
   * @param starts how many starts there are: the usual one, and random ones around it
   * @throws NablaException with {@link Code#REQUEST} if there is no start; with {@link
   *     Code#UNSUPPORTED} if there are constraints, no second derivatives or too many variables;
   *     and as {@link #minimize()}
   */
  public List<Minimum> stationaryPoints(int starts) {
    if (!constraints.isEmpty()) {
      throw new NablaException(
          Code.UNSUPPORTED, "stationary points are sought where there are no constraints");
    }
    if (starts < 1) throw new NablaException(Code.REQUEST, "starts are 1 or more, not " + starts);
    requireFree(function, over);
    Objective objective =
        new Objective(
            function, data, new InitialValues(List.of(function), over, data).with(start), options);
    if (!objective.isSecondOrder()) {
      throw new NablaException(
          Code.UNSUPPORTED, "stationary points need second derivatives of at most 400 entries");
    }
    double[] first = new FirstIterate(objective, start.isEmpty(), options.seed()).find().point;
    boolean convex = isConvex();
    return new StationaryPoints(objective, Limits.from(options, iteration -> {}))
        .find(first, starts, options.seed()).stream()
            .map(
                outcome ->
                    answer(
                        objective,
                        new Beginning(null, false, outcome.last()),
                        outcome,
                        convex && isLeast(objective, outcome)))
            .toList();
  }

  /** Whether nothing is lower anywhere, if the function is convex. */
  private static boolean isLeast(Objective objective, Outcome outcome) {
    return outcome.isMinimum() && objective.isLeast(outcome.last(), outcome.curvature());
  }

  /** Whether a proof shows that a minimum is the global one. */
  private boolean isConvex() {
    return new Globality(over, data).isProved(function, constraints);
  }
}
