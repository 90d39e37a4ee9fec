package nabla.optimize;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import nabla.Expression;
import nabla.Symbol;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;

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

  private Minimization(
      Expression function,
      List<String> over,
      List<Constraint> constraints,
      Map<String, NumericArray> data,
      Map<String, NumericArray> start,
      Options options) {
    this.function = function;
    this.over = over;
    this.constraints = constraints;
    this.data = data;
    this.start = start;
    this.options = options;
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
    for (String name : over) requireFree(variable(function, name));
    return new Minimization(
        function, List.of(over), List.of(), Map.of(), Map.of(), Options.usual());
  }

  private static Symbol variable(Expression function, String name) {
    return function.variables().stream()
        .filter(s -> s.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new NablaException(Code.WRT, name + " is no variable of the function"));
  }

  private static void requireFree(Symbol variable) {
    if (variable.properties().isEmpty()) return;
    throw new NablaException(
        Code.UNSUPPORTED,
        variable.name()
            + " is declared "
            + variable.properties().iterator().next().label()
            + ": minima over variables with properties are not supported");
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
        all.add(c);
      }
    }
    return new Minimization(function, over, List.copyOf(all), data, start, options);
  }

  /** The same where a variable that does not move has a value. */
  public Minimization bind(String name, NumericArray value) {
    if (constraints.stream().noneMatch(c -> c.residual().mentions(name))) variable(function, name);
    return new Minimization(function, over, constraints, with(data, name, value), start, options);
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
    return new Minimization(function, over, constraints, data, with(start, name, value), options);
  }

  public Minimization with(Options other) {
    return new Minimization(function, over, constraints, data, start, other);
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
    constraints.forEach(this::requireData);
    long end = System.nanoTime() + options.time().toNanos();
    Limits limits = new Limits(options.tolerance(), options.iterations(), end, progress);
    Epigraph smooth = Epigraph.of(function, constraints, data);
    List<String> moving = new ArrayList<>(over);
    moving.addAll(smooth.added());
    List<Expression> expressions = new ArrayList<>(List.of(smooth.function()));
    smooth.constraints().forEach(c -> expressions.add(c.residual()));
    Variables variables = new Variables(new Start(expressions, moving, data).with(start));
    Constrained.Found found =
        new Constrained(smooth.function(), smooth.constraints(), data, variables, options)
            .minimize(limits, start.isEmpty());
    return answer(found, !smooth.constraints().isEmpty());
  }

  /**
   * The points where the gradient is zero, as far as they are found from several starts: minima,
   * saddles and maxima, the least value first.
   *
   * @param starts how many starts there are: the usual one, and random ones around it
   * @throws NablaException with {@link Code#UNSUPPORTED} if there are constraints, no second
   *     derivatives or too many variables; and as {@link #minimize()}
   */
  public List<Minimum> stationaryPoints(int starts) {
    if (!constraints.isEmpty()) {
      throw new NablaException(
          Code.UNSUPPORTED, "stationary points are sought where there are no constraints");
    }
    Variables variables = new Variables(new Start(List.of(function), over, data).with(start));
    Objective objective =
        new Objective(
            function, data, variables, Map.of(), Box.everything(variables.size), options.threads());
    if (!objective.isSecondOrder()) {
      throw new NablaException(
          Code.UNSUPPORTED, "stationary points need second derivatives of at most 400 entries");
    }
    double[] first = new StartingPoint(objective, start.isEmpty(), options.seed()).find().point;
    long end = System.nanoTime() + options.time().toNanos();
    Limits limits = new Limits(options.tolerance(), options.iterations(), end, iteration -> {});
    return new StationaryPoints(objective, limits)
        .find(first, starts, options.seed()).stream()
            .map(
                outcome ->
                    new Constrained.Found(
                        outcome,
                        variables.at(outcome.last().point),
                        outcome.last().value,
                        0,
                        Map.of()))
            .map(found -> answer(found, false))
            .toList();
  }

  private void requireData(Constraint constraint) {
    for (Symbol s : constraint.residual().variables()) {
      boolean known = data.containsKey(s.name()) || over.contains(s.name());
      if (known || !constraint.residual().mentions(s.name())) continue;
      throw new NablaException(Code.VALUE, s.name() + " in " + constraint.text() + " has no data");
    }
  }

  private Minimum answer(Constrained.Found found, boolean constrained) {
    Outcome outcome = found.outcome();
    return new Minimum(
        only(over, found.point()),
        found.value(),
        Vectors.largest(outcome.last().slope),
        outcome.status(),
        reason(outcome, constrained),
        outcome.curvature(),
        outcome.iterations(),
        found.violation(),
        only(constraints.stream().map(Constraint::text).toList(), found.multipliers()),
        formula(outcome));
  }

  private static Map<String, NumericArray> only(
      List<String> names, Map<String, NumericArray> arrays) {
    Map<String, NumericArray> some = new LinkedHashMap<>();
    names.forEach(name -> some.put(name, Objects.requireNonNull(arrays.get(name))));
    return some;
  }

  /** The point as a formula, if it is the only one where the gradient is zero. */
  private Map<String, String> formula(Outcome outcome) {
    boolean unique = outcome.curvature().kind() == Curvature.Kind.STRICT_MINIMUM;
    if (!unique || over.size() > 1 || !constraints.isEmpty()) return Map.of();
    String variable = over.getFirst();
    return ClosedForm.of(function, variable).map(f -> Map.of(variable, f)).orElse(Map.of());
  }

  private String tolerance() {
    return Double.toString(options.tolerance()).replace(".0E", "e").replace('E', 'e');
  }

  private String reason(Outcome outcome, boolean constrained) {
    return switch (outcome.status()) {
      case CONVERGED ->
          constrained
              ? "converged: the conditions of Karush, Kuhn and Tucker hold within " + tolerance()
              : "converged: no entry of the gradient is above " + tolerance();
      case INFEASIBLE -> "not converged: no point was found that meets the constraints";
      case UNBOUNDED ->
          "not converged: the function has no least value, it falls without end or ever more"
              + " slowly";
      case PRECISION ->
          "not converged to the tolerance: rounding hides every point that may be lower";
      case STALLED -> "not converged: no step makes the function less";
      case ITERATION_LIMIT -> "not converged: that was the last iteration allowed";
      case TIME_LIMIT -> "not converged: the time was over";
      case INTERRUPTED -> "not converged: interrupted";
    };
  }
}
