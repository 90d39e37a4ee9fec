package nabla.verify.exact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import nabla.verify.Directions;
import nabla.verify.Trace;
import org.jspecify.annotations.Nullable;

/**
 * Whether tensors are equal, and derivatives right, as rational functions of their variables and of
 * atoms for what is not rational. They are compared modulo random primes at random points; two that
 * differ agree there with a probability that Schwartz and Zippel bound by their degree over the
 * prime.
 *
 * <pre>{@code
 * Tensor a = …, b = …;
 * new ExactComparison(variables, 1).compare(a, b).isCertified();
 * }</pre>
 */
public final class ExactComparison {
  private final List<Variable> variables;
  private final long seed;

  /**
   * @param variables what points are drawn for, with the properties that they have there
   */
  public ExactComparison(List<Variable> variables, long seed) {
    this.variables = List.copyOf(variables);
    this.seed = seed;
  }

  /**
   * Compares tensors over the variables.
   *
   * @throws IllegalArgumentException if their shapes differ
   */
  public Certificate compare(Tensor left, Tensor right) {
    if (!left.shape().equals(right.shape())) {
      throw new IllegalArgumentException("shapes " + left.shape() + ", " + right.shape());
    }
    return new Certification(List.of(left, right), variables, seed)
        .run(
            trial -> {
              DualInterpreter interpreter = trial.interpreter();
              Dual a = interpreter.evaluate(left);
              Dual b = interpreter.evaluate(right);
              return Agreement.of(a.bound().n(), a.bound().d(), b.bound().n(), b.bound().d())
                  .unless(!Arrays.equals(a.value(), b.value()));
            });
  }

  /**
   * Certifies derivatives: each against the one before, which is evaluated over dual numbers.
   *
   * @param chain the function and its derivatives, as many as variables and one more; the axes of
   *     derivative number j are those of variable 1, …, variable j, then those of the function
   * @param by the variable of each derivative
   * @param directions how these variables move
   * @param trace what is claimed of the last derivative; null if it is claimed itself
   */
  public static Certificate ofDerivatives(
      List<Tensor> chain,
      List<Variable> by,
      Directions directions,
      @Nullable Trace trace,
      long seed) {
    List<Tensor> all = new ArrayList<>(chain);
    if (trace != null) all.add(trace.claim());
    Map<String, Variable> found = new TreeMap<>();
    for (Tensor tensor : all) {
      for (Variable v : Tensors.variables(tensor)) found.put(v.name(), v);
    }
    for (Variable v : by) found.put(v.name(), v);
    List<Tensor> roots = new ArrayList<>(all);
    roots.addAll(by);
    return new Certification(roots, List.copyOf(found.values()), seed)
        .run(trial -> derivatives(trial, chain, by, directions, trace));
  }

  private static @Nullable Agreement derivatives(
      Trial trial,
      List<Tensor> chain,
      List<Variable> by,
      Directions directions,
      @Nullable Trace trace) {
    Movement movement = new Movement(directions, trial.field());
    Map<String, DualInterpreter> moving = new LinkedHashMap<>();
    Map<String, long[]> along = new LinkedHashMap<>();
    if (directions == Directions.CHANGES) trial.rest(by);
    DualInterpreter still = trial.interpreter();
    Agreement all = Agreement.NOTHING;
    int earlier = 1;
    for (int order = 1; order < chain.size(); order++) {
      Variable x = by.get(order - 1);
      Dual at = trial.at(x);
      long[] t = along.computeIfAbsent(x.name(), name -> trial.randomNumbers(at.count()));
      DualInterpreter interpreter =
          moving.computeIfAbsent(x.name(), name -> trial.interpreter(x, movement.of(x, at, t)));
      Dual function = interpreter.evaluate(chain.get(order - 1));
      boolean last = order == chain.size() - 1;
      boolean again = !last && by.get(order).name().equals(x.name());
      Dual derivative = (again ? interpreter : still).evaluate(chain.get(order));
      Agreement here = compare(trial.field(), function, derivative, t, earlier);
      if (here == null) return null;
      all = all.and(here);
      earlier *= at.count();
    }
    if (trace == null) return all;
    Dual derivative = still.evaluate(chain.getLast());
    Dual claim = still.evaluate(trace.claim());
    Agreement sum = sums(trial.field(), derivative, claim, trial.at(by.getFirst()).count());
    return sum == null ? null : all.and(sum);
  }

  /** Contracts a derivative with the direction. */
  private static @Nullable Agreement compare(
      PrimeField field, Dual function, Dual derivative, long[] t, int earlier) {
    int inner = function.count() / Math.max(1, earlier);
    for (int p = 0; p < earlier; p++) {
      for (int r = 0; r < inner; r++) {
        long sum = 0;
        for (int q = 0; q < t.length; q++) {
          long entry = derivative.value()[(p * t.length + q) * inner + r];
          sum = field.plus(sum, field.times(entry, t[q]));
        }
        if (sum != function.tangent(p * inner + r)) return null;
      }
    }
    Bound f = function.bound();
    Bound d = derivative.bound();
    Height along = d.n().times(Height.FREE).sum(t.length);
    return Agreement.of(f.m(), f.d().power(2), along, d.d());
  }

  private static @Nullable Agreement sums(
      PrimeField field, Dual derivative, Dual claim, int diagonal) {
    int rest = claim.count();
    for (int r = 0; r < rest; r++) {
      long sum = 0;
      for (int d = 0; d < diagonal; d++) {
        sum = field.plus(sum, derivative.value()[(d * diagonal + d) * rest + r]);
      }
      if (sum != claim.value()[r]) return null;
    }
    Bound d = derivative.bound();
    return Agreement.of(d.n().sum(diagonal), d.d(), claim.bound().n(), claim.bound().d());
  }
}
