package nabla.optimize;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import nabla.Expression;
import nabla.Symbol;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

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
  /** Of more variables than that the Hessian is not formed. */
  static final int MOST_SECOND = 400;

  private final Expression function;
  private final List<String> over;
  private final Map<String, NumericArray> data;
  private final Map<String, NumericArray> start;
  private final Options options;

  private Minimization(
      Expression function,
      List<String> over,
      Map<String, NumericArray> data,
      Map<String, NumericArray> start,
      Options options) {
    this.function = function;
    this.over = over;
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
    boolean structured = false;
    for (String name : over) structured |= !variable(function, name).properties().isEmpty();
    if (structured && closedForm(function, List.of(over)) == null) {
      for (String name : over) requireFree(variable(function, name));
    }
    return new Minimization(function, List.of(over), Map.of(), Map.of(), Options.usual());
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

  /** Formulas for the variables; null if there are none, or none that mind what is declared. */
  private static @Nullable ClosedForm closedForm(Expression function, List<String> over) {
    boolean allowed =
        over.stream().allMatch(name -> Unknown.allows(variable(function, name).variable()));
    return allowed ? ClosedForm.of(function, over).orElse(null) : null;
  }

  /** The same where a variable that does not move has a value. */
  public Minimization bind(String name, NumericArray value) {
    variable(function, name);
    return new Minimization(function, over, with(data, name, value), start, options);
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
    return new Minimization(function, over, data, with(start, name, value), options);
  }

  public Minimization with(Options other) {
    return new Minimization(function, over, data, start, other);
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
    Map<String, NumericArray> beginning = new Start(function, over, data).with(start);
    ClosedForm closed = closedForm(function, over);
    boolean structured =
        over.stream().anyMatch(name -> !variable(function, name).properties().isEmpty());
    if (structured && closed != null) {
      return new StructuredMinimum(function, over, closed, options).find(function, data, beginning);
    }
    Objective objective = new Objective(function, data, beginning, options);
    Map<String, NumericArray> known = new LinkedHashMap<>(beginning);
    known.putAll(data);
    Supplier<Iterate> given =
        () -> new StartingPoint(objective, start.isEmpty(), options.seed()).find();
    Beginning first = Beginning.of(closed, objective, known, options, given);
    long end = System.nanoTime() + options.time().toNanos();
    Limits limits = new Limits(options.tolerance(), options.iterations(), end, progress);
    Outcome outcome = first.judged(search(objective, first.point(), limits), known, options);
    if (first.isRefuted(outcome, known, options)) {
      first = new Beginning(closed, false, given.get());
      outcome = search(objective, first.point(), limits);
    }
    return answer(objective, first, outcome);
  }

  private static Outcome search(Objective objective, Iterate first, Limits limits) {
    boolean second = objective.size <= MOST_SECOND && objective.hasHessian();
    return second
        ? new TrustRegion(objective, first, limits).minimize()
        : new LimitedMemory(objective, first, limits).minimize(0);
  }

  /**
   * How one gets to formulas for the point: the gradient is set to zero and solved for the
   * variables, line by line. The gradient, what it is collected to and the solution are verified
   * with numbers before they are shown.
   *
   * @return nothing if there are no formulas, or if a line could not be verified
   */
  public List<Step> explain() {
    ClosedForm closed = closedForm(function, over);
    return closed == null ? List.of() : closed.steps();
  }

  private Minimum answer(Objective objective, Beginning first, Outcome outcome) {
    Iterate last = outcome.last();
    return new Minimum(
        objective.variables(last.point),
        last.value,
        Vectors.largest(last.gradient),
        outcome.status(),
        first.reason(outcome, reason(outcome)),
        outcome.curvature(),
        outcome.iterations(),
        first.formulas(outcome));
  }

  private String tolerance() {
    return Double.toString(options.tolerance()).replace(".0E", "e").replace('E', 'e');
  }

  private String reason(Outcome outcome) {
    return switch (outcome.status()) {
      case CONVERGED -> "converged: no entry of the gradient is above " + tolerance();
      case UNBOUNDED -> "not converged: the function falls without end";
      case PRECISION ->
          "not converged to the tolerance: rounding hides every point that may be lower";
      case STALLED -> "not converged: no step makes the function less";
      case ITERATION_LIMIT -> "not converged: that was the last iteration allowed";
      case TIME_LIMIT -> "not converged: the time was over";
      case INTERRUPTED -> "not converged: interrupted";
    };
  }
}
