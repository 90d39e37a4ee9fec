package nabla.optimize;

import java.util.List;
import java.util.Map;
import nabla.Evaluator;
import nabla.Expression;
import nabla.Output;
import nabla.optimize.Minimum.Status;
import nabla.tensor.NumericArray;

/** What was asked for, before kinks became variables that are only as good as the search. */
record Original(Expression function, List<Constraint> constraints, Map<String, NumericArray> data) {

  double value(Map<String, NumericArray> point) {
    return entries(function, point)[0];
  }

  /** By how much a point misses the constraints. */
  double violation(Map<String, NumericArray> point) {
    double worst = 0;
    for (Constraint c : constraints) {
      worst = Math.max(worst, c.missed(entries(c.residual(), point)));
    }
    return worst;
  }

  private double[] entries(Expression expression, Map<String, NumericArray> point) {
    Evaluator evaluator = Penalties.evaluator(expression, Output.value(), point, data);
    evaluator.run();
    return evaluator.get(Output.value()).dense().data();
  }

  /** Where only the variables for kinks miss what they have to meet, points were found. */
  static Outcome judged(Outcome outcome, double violation, double tolerance) {
    if (outcome.status() != Status.INFEASIBLE || violation > tolerance) return outcome;
    return new Outcome(outcome.last(), Status.STALLED, outcome.curvature(), outcome.iterations());
  }
}
