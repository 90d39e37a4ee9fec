package nabla.verify.exact;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import nabla.tensor.Variable;

/** One random point modulo one prime. */
final class Trial {
  private final Plan plan;
  private final PrimeField field;
  private final Atoms atoms;
  private final SplittableRandom random;
  private final long fineness;
  private final Map<String, Dual> point = new HashMap<>();

  Trial(Plan plan, PrimeField field, SplittableRandom random, long fineness) {
    this.plan = plan;
    this.field = field;
    this.random = random;
    this.fineness = fineness;
    atoms = new Atoms(field, random);
  }

  /**
   * Draws the point.
   *
   * @param kinds a bit for every variable that has two kinds
   */
  void draw(List<Variable> variables, int kinds) {
    RationalPoints points = new RationalPoints(field, random);
    int rest = kinds;
    for (Variable v : variables) {
      point.put(v.name(), points.draw(v, plan.sizes(), rest % 2 == 1));
      if (RationalPoints.hasTwoKinds(v)) rest /= 2;
    }
  }

  PrimeField field() {
    return field;
  }

  Atoms atoms() {
    return atoms;
  }

  Dual at(Variable variable) {
    return java.util.Objects.requireNonNull(point.get(variable.name()));
  }

  /** Makes variables 0. */
  void rest(List<Variable> changes) {
    for (Variable v : changes) {
      point.computeIfPresent(v.name(), (name, drawn) -> Dual.constant(drawn.shape(), 0, Bound.ONE));
    }
  }

  long[] randomNumbers(int count) {
    long[] numbers = new long[count];
    for (int k = 0; k < count; k++) numbers[k] = field.random(random);
    return numbers;
  }

  /** Evaluates at the point. */
  DualInterpreter interpreter() {
    return new DualInterpreter(plan, field, atoms, point, fineness);
  }

  /** Evaluates at the point while one variable moves. */
  DualInterpreter interpreter(Variable moving, Dual moved) {
    Map<String, Dual> changed = new HashMap<>(point);
    changed.put(moving.name(), moved);
    return new DualInterpreter(plan, field, atoms, changed, fineness);
  }
}
