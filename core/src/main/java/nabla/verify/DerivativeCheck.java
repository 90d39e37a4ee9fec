package nabla.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import nabla.verify.CheckReport.Counterexample;
import nabla.verify.CheckReport.Status;
import nabla.verify.DerivativeComparison.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Checks derivatives against finite differences.
 *
 * <p>A chain is a function and its derivatives one after the other: the axes of derivative number j
 * are those of variable 1, …, variable j, then those of the function. Each is compared with the
 * numeric derivative of the one before. How a variable with structure moves is told by {@link
 * Directions}.
 */
public final class DerivativeCheck {
  /**
   * Twice the longest step of the differences and some room; a function that bends sharply within
   * it cannot be judged by them.
   */
  private static final double CLOSEST_KINK = 0.02;

  private static final int NEIGHBOURS = 4;

  /** Why a point cannot be used, the nearest to success last. */
  private enum Obstacle {
    UNDEFINED("the function is not defined"),
    INFINITE("the derivative is not finite"),
    KINK("the function has a kink, there or very near"),
    UNRELIABLE("the function bends too sharply for finite differences");

    private final String text;

    Obstacle(String text) {
      this.text = text;
    }
  }

  private final List<Tensor> chain;
  private final List<Variable> by;
  private final List<Variable> variables;
  private final Directions directions;
  private final @Nullable Trace trace;
  private final long seed;
  private final Map<String, List<Integer>> sizes = new LinkedHashMap<>();
  private double worst;
  private int points;
  private Obstacle obstacle = Obstacle.UNDEFINED;

  private DerivativeCheck(
      List<Tensor> chain,
      List<Variable> by,
      Directions directions,
      @Nullable Trace trace,
      long seed) {
    if (chain.size() != by.size() + 1) {
      throw new IllegalArgumentException(by.size() + " variables for " + chain.size() + " tensors");
    }
    this.chain = chain;
    this.by = by;
    this.directions = directions;
    this.trace = trace;
    this.seed = seed;
    variables = variables(claims(), by);
  }

  /** The chain, and what is claimed of its last derivative. */
  private List<Tensor> claims() {
    List<Tensor> claims = new ArrayList<>(chain);
    if (trace != null) claims.add(trace.claim());
    return claims;
  }

  private static List<Variable> variables(List<Tensor> chain, List<Variable> by) {
    Map<String, Variable> found = new TreeMap<>();
    for (Tensor tensor : chain) {
      for (Tensor node : Tensors.topological(tensor)) {
        if (node instanceof Variable v) found.put(v.name(), v);
      }
    }
    for (Variable v : by) found.put(v.name(), v);
    return new ArrayList<>(found.values());
  }

  /**
   * Checks at three random points of different sizes; at fewer if not all sizes have one that can
   * be used.
   *
   * @param chain the function and its derivatives, as many as variables and one more
   * @param by the variable of each derivative
   * @return {@link Status#NOT_CHECKED} where no point could be found that is inside the domain,
   *     away from kinks, and not too large
   */
  public static CheckReport atRandomPoints(List<Tensor> chain, List<Variable> by, long seed) {
    return atRandomPoints(chain, by, Directions.ENTRIES, null, seed);
  }

  /**
   * The same for variables that move as their structure lets them.
   *
   * @param trace what is claimed of the last derivative; null if it is claimed itself
   */
  public static CheckReport atRandomPoints(
      List<Tensor> chain,
      List<Variable> by,
      Directions directions,
      @Nullable Trace trace,
      long seed) {
    DerivativeCheck check = new DerivativeCheck(chain, by, directions, trace, seed);
    String misshapen = check.misshapen();
    if (!misshapen.isEmpty()) return check.report(Status.FAILED, misshapen, null);
    List<Tensor> all = check.claims();
    all.addAll(by);
    return check.atSizesOf(all);
  }

  /**
   * Checks at a given point.
   *
   * @param at a value for every variable and size in the chain
   * @return {@link Status#NOT_CHECKED} if the point is outside the domain or next to a kink
   * @throws NablaException with {@link Code#VALUE} if a value is missing or has another shape
   */
  public static CheckReport atPoint(
      List<Tensor> chain,
      List<Variable> by,
      Directions directions,
      @Nullable Trace trace,
      Binding at) {
    DerivativeCheck check = new DerivativeCheck(chain, by, directions, trace, 0);
    String misshapen = check.misshapen();
    if (!misshapen.isEmpty()) return check.report(Status.FAILED, misshapen, null);
    Counterexample wrong;
    try {
      wrong = check.tryPoint(check.unchanged(at), check.interpreters(at.sizes()));
    } catch (NablaException e) {
      if (e.diagnostic().code() != Code.LIMIT) throw e;
      return check.report(Status.NOT_CHECKED, String.valueOf(e.getMessage()), null);
    }
    if (wrong != null) return check.failure(wrong);
    return check.points == 1
        ? check.report(Status.PASSED, "", null)
        : check.report(Status.NOT_CHECKED, "at this point " + check.obstacle.text, null);
  }

  /** What is wrong with the axes of the derivatives; empty if nothing is. */
  private String misshapen() {
    List<Size> expected = new ArrayList<>(chain.getFirst().shape());
    int earlier = 0;
    for (int order = 1; order < chain.size(); order++) {
      List<Size> axes = by.get(order - 1).shape();
      expected.addAll(earlier, axes);
      earlier += axes.size();
      List<Size> found = chain.get(order).shape();
      if (!found.equals(expected)) {
        return "derivative number " + order + " has shape " + found + ", expected " + expected;
      }
    }
    return "";
  }

  /**
   * Where there is no point of the usual sizes, others may have some: A*B has full rank for some
   * sizes only.
   */
  private CheckReport atSizesOf(List<Tensor> all) {
    List<Map<String, Integer>> assignments = new ArrayList<>(SampleSizes.of(all));
    CheckReport unusable = null;
    for (int k = 0; k < assignments.size() && points < SampleSizes.COUNT; k++) {
      CheckReport bad = atSizes(assignments.get(k));
      if (bad == null) continue;
      if (bad.status() == Status.FAILED) return bad;
      if (unusable != null) continue;
      unusable = bad;
      assignments.addAll(SampleSizes.others(all));
    }
    return unusable == null || points > 0 ? report(Status.PASSED, "", null) : unusable;
  }

  /** Null if the derivatives agree at a point of these sizes. */
  private @Nullable CheckReport atSizes(Map<String, Integer> assignment) {
    int before = points;
    obstacle = Obstacle.UNDEFINED;
    try {
      List<ReferenceInterpreter> interpreters = interpreters(assignment);
      for (int attempt = 0; attempt < SamplePoints.ATTEMPTS && points == before; attempt++) {
        Binding at = SamplePoints.draw(variables, assignment, seed + 31L * before, attempt);
        Counterexample wrong = tryPoint(unchanged(at), interpreters);
        if (wrong != null) return failure(wrong);
      }
    } catch (NablaException e) {
      if (e.diagnostic().code() != Code.LIMIT) throw e;
      return report(Status.NOT_CHECKED, String.valueOf(e.getMessage()), null);
    }
    if (points > before) return null;
    String reason = "no point could be used in " + SamplePoints.ATTEMPTS + " attempts: ";
    return report(Status.NOT_CHECKED, reason + obstacle.text, null);
  }

  /** Changes are 0. */
  private Binding unchanged(Binding at) {
    if (directions != Directions.CHANGES) return at;
    Map<String, NumericArray> values = new LinkedHashMap<>(at.variables());
    for (Variable v : by) {
      values.put(v.name(), NumericArray.zeros(Shapes.of(v.shape(), at.sizes())));
    }
    return new Binding(at.sizes(), values);
  }

  private List<ReferenceInterpreter> interpreters(Map<String, Integer> assignment) {
    List<ReferenceInterpreter> interpreters = new ArrayList<>();
    for (Tensor tensor : claims()) interpreters.add(new ReferenceInterpreter(tensor, assignment));
    return interpreters;
  }

  /**
   * Compares at one point. Counts the point if all agree; notes what stood in the way if the point
   * cannot be used.
   */
  private @Nullable Counterexample tryPoint(Binding at, List<ReferenceInterpreter> interpreters) {
    List<Evaluation> values = new ArrayList<>();
    for (ReferenceInterpreter interpreter : interpreters) {
      Evaluation evaluation = interpreter.evaluate(at.variables());
      Obstacle met = obstacle(evaluation, values.isEmpty());
      if (met != null) return meet(met);
      values.add(evaluation);
    }
    double error = 0;
    for (int order = 1; order < chain.size(); order++) {
      DerivativeComparison comparison = comparison(order, at, values, interpreters);
      Verdict verdict = comparison.run();
      if (verdict == Verdict.WRONG
          && !(comparison.off()
              > RoundingNoise.NOISES
                  * noise(interpreters.get(order), at, values.get(order).value()))) {
        return meet(Obstacle.UNRELIABLE);
      }
      if (verdict == Verdict.WRONG) {
        worst = Math.max(worst, comparison.error());
        return comparison.counterexample(at, order);
      }
      if (verdict == Verdict.UNRELIABLE) return meet(Obstacle.UNRELIABLE);
      error = Math.max(error, comparison.error());
    }
    if (trace != null) {
      NumericArray derivative = values.get(chain.size() - 1).value();
      Evaluation claim = values.getLast();
      Counterexample wrong = trace.wrong(at, chain.size() - 1, derivative, claim.value());
      if (wrong != null) {
        double off = Math.abs(wrong.expected() - wrong.found());
        boolean rounding =
            !(off > RoundingNoise.NOISES * noise(interpreters.getLast(), at, claim.value()));
        return rounding ? meet(Obstacle.UNRELIABLE) : wrong;
      }
    }
    count(at, error);
    return null;
  }

  private double noise(ReferenceInterpreter interpreter, Binding at, NumericArray here) {
    return RoundingNoise.of(interpreter, at, here, seed, NEIGHBOURS);
  }

  private static @Nullable Obstacle obstacle(Evaluation evaluation, boolean function) {
    if (!evaluation.value().isFinite()) {
      return function ? Obstacle.UNDEFINED : Obstacle.INFINITE;
    }
    return evaluation.distanceToKink() >= CLOSEST_KINK ? null : Obstacle.KINK;
  }

  private @Nullable Counterexample meet(Obstacle met) {
    if (met.compareTo(obstacle) > 0) obstacle = met;
    return null;
  }

  private DerivativeComparison comparison(
      int order, Binding at, List<Evaluation> values, List<ReferenceInterpreter> interpreters) {
    Variable variable = by.get(order - 1);
    int earlier = 1;
    for (int k = 0; k < order - 1; k++) earlier *= value(at, by.get(k)).count();
    return new DerivativeComparison(
        values.get(order - 1),
        interpreters.get(order - 1).cost(variable),
        values.get(order).value(),
        variable,
        value(at, variable),
        earlier,
        directions,
        seed);
  }

  private static NumericArray value(Binding at, Variable variable) {
    NumericArray value = at.variables().get(variable.name());
    if (value == null) {
      throw new NablaException(Code.VALUE, "there is no value for " + variable.name());
    }
    return value;
  }

  private void count(Binding at, double error) {
    points++;
    worst = Math.max(worst, error);
    for (Map.Entry<String, Integer> size : at.sizes().entrySet()) {
      List<Integer> numbers = sizes.get(size.getKey());
      if (numbers == null) {
        numbers = new ArrayList<>();
        sizes.put(size.getKey(), numbers);
      }
      numbers.add(size.getValue());
    }
  }

  private CheckReport failure(Counterexample wrong) {
    String reason =
        "derivative number "
            + wrong.order()
            + " is "
            + wrong.found()
            + " at entry "
            + wrong.index()
            + " where finite differences give "
            + wrong.expected();
    return report(Status.FAILED, reason, wrong);
  }

  private CheckReport report(Status status, String reason, @Nullable Counterexample wrong) {
    return new CheckReport(status, points, sizes, worst, seed, reason, wrong);
  }
}
