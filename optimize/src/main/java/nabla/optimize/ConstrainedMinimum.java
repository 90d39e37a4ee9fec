package nabla.optimize;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import nabla.Expression;
import nabla.tensor.NumericArray;

/** The question where a function is least among the points that meet constraints. */
record ConstrainedMinimum(
    Expression function,
    List<String> over,
    List<Constraint> constraints,
    Map<String, NumericArray> data,
    Map<String, NumericArray> start,
    Options options) {
  /**
   * The answer.
   *
   * @param smooth the same without kinks
   * @param convex whether a minimum is the global one
   */
  Minimum find(Epigraph smooth, Limits limits, BooleanSupplier convex) {
    List<String> moving = new ArrayList<>(over);
    moving.addAll(smooth.added());
    List<Expression> expressions = new ArrayList<>(List.of(smooth.function()));
    smooth.constraints().forEach(c -> expressions.add(c.residual()));
    Variables variables = new Variables(new InitialValues(expressions, moving, data).with(start));
    Constrained.Found found =
        new Constrained(smooth.function(), smooth.constraints(), data, variables, options)
            .minimize(limits.of(variables, over), start.isEmpty());
    return Limits.inPeace(() -> answer(found, smooth.added().isEmpty(), convex));
  }

  /**
   * @param same whether the function had no kinks that became variables
   */
  private Minimum answer(Constrained.Found found, boolean same, BooleanSupplier convex) {
    Map<String, NumericArray> point = only(over, found.point());
    Original asked = new Original(function, constraints, data);
    double violation = same ? found.violation() : asked.violation(point);
    Outcome outcome = Original.judged(found.outcome(), violation, options.tolerance());
    return new Minimum(
        point,
        asked.value(point),
        Vectors.largest(outcome.last().slope),
        outcome.status(),
        outcome.reason(
            "the conditions of Karush, Kuhn and Tucker hold within", options.tolerance()),
        outcome.curvature(),
        outcome.isMinimum() && convex.getAsBoolean(),
        outcome.iterations(),
        violation,
        only(constraints.stream().map(Constraint::text).toList(), found.multipliers()),
        Map.of());
  }

  private static Map<String, NumericArray> only(
      List<String> names, Map<String, NumericArray> arrays) {
    Map<String, NumericArray> some = new LinkedHashMap<>();
    names.forEach(name -> some.put(name, Objects.requireNonNull(arrays.get(name))));
    return some;
  }
}
