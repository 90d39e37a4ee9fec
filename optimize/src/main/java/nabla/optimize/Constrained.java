package nabla.optimize;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nabla.Expression;
import nabla.Symbol;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.optimize.Minimum.Status;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/**
 * A minimum among the points that meet constraints. Those that limit entries hold for every point
 * that is tried; the others are met in the end.
 */
final class Constrained {
  /** The answer. */
  record Found(
      Outcome outcome,
      Map<String, NumericArray> point,
      double violation,
      Map<String, NumericArray> multipliers) {}

  /** Starts that are tried where none so far led to a point that meets the constraints. */
  private static final int MOST_STARTS = 3;

  private final Expression function;
  private final List<Constraint> constraints;
  private final Map<String, NumericArray> data;
  private final Variables variables;
  private final Options options;
  private final List<Side> sides = new ArrayList<>();
  private final List<Constraint> others = new ArrayList<>();
  private final Box box;

  Constrained(
      Expression function,
      List<Constraint> constraints,
      Map<String, NumericArray> data,
      Variables variables,
      Options options) {
    this.function = function;
    this.constraints = constraints;
    this.data = data;
    this.variables = variables;
    this.options = options;
    this.box = Box.everything(variables.size);
    for (Constraint c : constraints) {
      Side side = Side.of(c, variables, data);
      if (side == null) others.add(c);
      else {
        sides.add(side);
        side.narrow(box);
      }
    }
    if (box.isEmpty()) {
      throw new NablaException(Code.DOMAIN, "no point meets the constraints: limits contradict");
    }
  }

  /**
   * @param free whether the user named no start
   */
  Found minimize(Limits limits, boolean free) {
    if (others.isEmpty()) {
      Objective objective = objective(function, Map.of());
      Outcome outcome = objective.minimize(first(objective, free), limits, 0);
      return found(outcome, null);
    }
    Penalties penalties = new Penalties(function, others, variables, data);
    Map<String, NumericArray> parameters = penalties.parameters(AugmentedLagrangian.FIRST_PENALTY);
    Objective objective = objective(penalties.lagrangian(), parameters);
    Found found = search(objective, penalties, first(objective, free), limits);
    Random random = new Random(options.seed());
    for (int k = 0; k < MOST_STARTS && found.outcome().status() == Status.INFEASIBLE; k++) {
      penalties.set(parameters);
      parameters.forEach(objective::set);
      Found other = search(objective, penalties, near(objective, random), limits);
      if (other.violation() < found.violation()) found = other;
    }
    return found;
  }

  private Found search(Objective objective, Penalties penalties, Iterate first, Limits limits) {
    AugmentedLagrangian search = new AugmentedLagrangian(objective, penalties, variables, limits);
    return found(search.minimize(first), penalties);
  }

  /** The start, moved at random: where it was no constraint may have had a slope. */
  private Iterate near(Objective objective, Random random) {
    double[] start = objective.start();
    double[] away = random.doubles(start.length, -1, 1).toArray();
    double[] point = Vectors.along(start, Math.max(1, Vectors.largest(start)), away);
    Iterate moved = new Iterate(objective, box.nearest(point));
    return moved.isFinite() ? moved : new Iterate(objective, start);
  }

  private Objective objective(Expression expression, Map<String, NumericArray> parameters) {
    return new Objective(
        expression, known(expression), variables, parameters, box, options.threads());
  }

  /** The data of what stands in an expression. */
  private Map<String, NumericArray> known(Expression expression) {
    Map<String, NumericArray> known = new LinkedHashMap<>();
    for (Symbol s : expression.variables()) {
      NumericArray array = data.get(s.name());
      if (array != null) known.put(s.name(), array);
    }
    return known;
  }

  private Iterate first(Objective objective, boolean free) {
    return new FirstIterate(objective, free, options.seed()).find();
  }

  private Found found(Outcome outcome, @Nullable Penalties penalties) {
    Map<String, NumericArray> point = variables.at(outcome.last().point);
    Map<String, NumericArray> multipliers = new LinkedHashMap<>();
    Map<String, NumericArray> own = penalties == null ? Map.of() : penalties.multipliers();
    double[] hold = Vectors.along(outcome.last().slope, -1, outcome.last().gradient);
    for (Constraint c : constraints) {
      NumericArray of = own.get(c.text());
      if (of != null) multipliers.put(c.text(), of);
      for (Side side : sides) {
        if (!side.constraint.equals(c)) continue;
        multipliers.put(c.text(), side.multipliers(outcome.last(), hold));
      }
    }
    double violation = penalties == null ? 0 : penalties.violation(point);
    return new Found(outcome, point, violation, multipliers);
  }
}
