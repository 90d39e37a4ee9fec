package nabla.optimize;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nabla.CompiledFunction;
import nabla.Evaluator;
import nabla.Expression;
import nabla.Nabla;
import nabla.Output;
import nabla.Symbol;
import nabla.tensor.NumericArray;

/**
 * Constraints as terms of the augmented Lagrangian (Nocedal and Wright, Numerical Optimization,
 * chapter 17): {@code ρ/2*sum((c + y/ρ).^2)} for c = 0, with {@code relu} of the parenthesis for c
 * ≤ 0. Each c is that of the user by its {@link Steepness}.
 */
final class Penalties {
  /**
   * @param multiplier the name of y
   * @param steepness what the residual is divided by
   */
  private record Term(
      Constraint constraint, String multiplier, double steepness, Evaluator residual) {
    /** The residual as the user wrote it. */
    NumericArray at(Map<String, NumericArray> point) {
      point.forEach(
          (name, array) -> {
            if (constraint.residual().mentions(name)) residual.set(name, array.data());
          });
      residual.run();
      return residual.get(Output.value()).dense();
    }

    /** The residual as the penalties have it. */
    double[] scaled(Map<String, NumericArray> point) {
      double[] scaled = at(point).data().clone();
      for (int k = 0; k < scaled.length; k++) scaled[k] /= steepness;
      return scaled;
    }
  }

  private final Expression function;
  private final List<Term> terms = new ArrayList<>();
  private final String weight;
  private final Declarations names;
  private final Map<String, NumericArray> multipliers = new LinkedHashMap<>();

  Penalties(
      Expression function,
      List<Constraint> constraints,
      Variables variables,
      Map<String, NumericArray> data) {
    this.function = function;
    this.names = new Declarations();
    names.add(function);
    constraints.forEach(c -> names.add(c.residual()));
    this.weight = names.fresh("penalty");
    for (Constraint c : constraints) {
      Evaluator residual = evaluator(c.residual(), Output.value(), variables.start, data);
      residual.run();
      NumericArray first = residual.get(Output.value()).dense();
      String multiplier = names.fresh("multiplier" + (terms.size() + 1));
      terms.add(new Term(c, multiplier, Steepness.of(c, first, variables.start, data), residual));
      multipliers.put(multiplier, NumericArray.zeros(first.shape()));
    }
  }

  /**
   * @param start a value for each variable that moves
   */
  static Evaluator evaluator(
      Expression expression,
      Output output,
      Map<String, NumericArray> start,
      Map<String, NumericArray> data) {
    CompiledFunction compiled = expression.compile(output);
    Map<String, NumericArray> point = new LinkedHashMap<>();
    for (Symbol s : expression.variables()) {
      NumericArray moving = start.get(s.name());
      NumericArray fixed = data.get(s.name());
      if (moving != null) point.put(s.name(), moving);
      else if (fixed != null) compiled = compiled.bind(s.name(), fixed);
    }
    return compiled.evaluator(point);
  }

  /** The function with a penalty for each constraint. */
  Expression lagrangian() {
    Expression sum = function;
    Expression rho = Nabla.scalar(weight);
    for (Term t : terms) {
      Expression residual = t.constraint.residual();
      if (t.steepness != 1) residual = residual.dividedBy(t.steepness);
      String kind = residual.kind() + (residual.shape().isEmpty() ? "" : residual.shape());
      Expression multiplier = Nabla.variable(t.multiplier + ": " + kind);
      Expression shifted = residual.plus(multiplier.dividedBy(rho));
      if (!t.constraint.isEquality()) shifted = Nabla.call("relu", shifted);
      sum = sum.plus(Nabla.call("sum", shifted.elementPower(2)).times(rho).dividedBy(2));
    }
    return sum;
  }

  private NumericArray multiplier(Term term) {
    return Objects.requireNonNull(multipliers.get(term.multiplier));
  }

  /** What the Lagrangian depends on besides the variables and the data. */
  Map<String, NumericArray> parameters(double penalty) {
    Map<String, NumericArray> parameters = new LinkedHashMap<>(multipliers);
    parameters.put(weight, NumericArray.scalar(penalty));
    return parameters;
  }

  /**
   * Moves each multiplier to that of the Lagrangian which has the slope that the augmented one has.
   *
   * @return by how much the point misses the constraints, or a multiplier holds one that is loose
   */
  double update(Map<String, NumericArray> point, double penalty) {
    double worst = 0;
    for (Term t : terms) {
      double[] residual = t.scaled(point);
      double[] y = multiplier(t).data().clone();
      for (int k = 0; k < y.length; k++) {
        double next = y[k] + penalty * residual[k];
        if (!t.constraint.isEquality()) next = Math.max(0, next);
        worst = Math.max(worst, Math.abs(next - y[k]) / penalty);
        y[k] = next;
      }
      multipliers.put(t.multiplier, NumericArray.of(multiplier(t).shape(), y));
    }
    return worst;
  }

  /** Goes back to the multipliers that {@link #parameters} told. */
  void set(Map<String, NumericArray> earlier) {
    multipliers.replaceAll((name, _) -> Objects.requireNonNull(earlier.get(name)));
  }

  /** By how much a point misses the constraints as the user wrote them. */
  double violation(Map<String, NumericArray> point) {
    double worst = 0;
    for (Term t : terms) {
      worst = Math.max(worst, t.constraint.missed(t.at(point).data()));
    }
    return worst;
  }

  /**
   * Whether an inequality is met without room, and nothing pushes against it: what the Lagrangian
   * is like there depends on the side.
   */
  boolean isDegenerate(Map<String, NumericArray> point, double tolerance) {
    for (Term t : terms) {
      if (t.constraint.isEquality()) continue;
      double[] residual = t.scaled(point);
      double[] y = multiplier(t).data();
      for (int k = 0; k < y.length; k++) {
        if (y[k] <= tolerance && residual[k] >= -tolerance) return true;
      }
    }
    return false;
  }

  /** The multipliers of the constraints as the user wrote them, by their text. */
  Map<String, NumericArray> multipliers() {
    Map<String, NumericArray> byText = new LinkedHashMap<>();
    for (Term t : terms) {
      double[] own = multiplier(t).data().clone();
      for (int k = 0; k < own.length; k++) own[k] /= t.steepness;
      byText.put(t.constraint.text(), NumericArray.of(multiplier(t).shape(), own));
    }
    return byText;
  }
}
