package nabla.bench.compare;

import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Holds the derivatives of a contender against differences of its values and gradients. */
final class FiniteDifferences {
  /** The length of a step: in a long direction, entries change by less. */
  private static final double LENGTH = 1e-4;

  private static final double TOLERANCE = 1e-6;

  /** How many units in the last place a value may be off. */
  private static final double ROUNDINGS = 4;

  private FiniteDifferences() {}

  /** What does not fit, in a random direction. */
  static Optional<String> mismatch(Contender contender, Problem problem, Data data) {
    Array at = data.get(problem.variable());
    Array direction = direction(problem, at);
    double step = LENGTH / Math.sqrt(along(direction, 0, direction));
    var here = contender.prepare(problem, data);
    var ahead = contender.prepare(problem, moved(problem, data, direction, step));
    var behind = contender.prepare(problem, moved(problem, data, direction, -step));
    Array gradient = last(here, Operation.GRADIENT);
    if (gradient.count() == 0) return Optional.empty();
    String value =
        differ(
            new double[] {along(gradient, 0, direction)},
            last(ahead, Operation.VALUE),
            last(behind, Operation.VALUE),
            step);
    if (!value.isEmpty()) return Optional.of("the gradient: " + value);
    Array hessian = last(here, Operation.HESSIAN);
    if (hessian.count() == 0) return Optional.empty();
    double[] product = new double[Math.toIntExact(at.count())];
    for (int i = 0; i < product.length; i++) {
      product[i] = along(hessian, i * at.count(), direction);
    }
    String second =
        differ(product, last(ahead, Operation.GRADIENT), last(behind, Operation.GRADIENT), step);
    return second.isEmpty() ? Optional.empty() : Optional.of("the Hessian: " + second);
  }

  private static Array direction(Problem problem, Array at) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(Data.SEED);
    Array direction = at.copy();
    for (long i = 0; i < at.count(); i++) direction.set(i, random.nextGaussian());
    if (problem.symmetric()) Transposition.mirror(direction, at.shape().getFirst());
    return direction;
  }

  private static Data moved(Problem problem, Data data, Array direction, double step) {
    Array moved = data.get(problem.variable()).copy();
    for (long i = 0; i < moved.count(); i++) moved.set(i, moved.get(i) + step * direction.get(i));
    return data.with(problem.variable(), moved);
  }

  /** The result of an operation, the last one where there are several; empty if not offered. */
  private static Array last(Map<Operation, Computation> computations, Operation operation) {
    Computation computation = computations.get(operation);
    return computation == null ? Array.of(0) : computation.run().getLast();
  }

  private static double along(Array rows, long from, Array direction) {
    double sum = 0;
    for (long i = 0; i < direction.count(); i++) sum += rows.get(from + i) * direction.get(i);
    return sum;
  }

  private static String differ(double[] derivative, Array ahead, Array behind, double step) {
    double scale = 0;
    double worst = 0;
    double largest = 0;
    for (int i = 0; i < derivative.length; i++) {
      double difference = (ahead.get(i) - behind.get(i)) / (2 * step);
      scale = Math.max(scale, Math.abs(difference));
      largest = Math.max(largest, Math.abs(ahead.get(i)));
      worst = Math.max(worst, Math.abs(difference - derivative[i]));
    }
    double rounding = ROUNDINGS * Math.ulp(largest) / step;
    return worst <= TOLERANCE * (1 + scale) + rounding
        ? ""
        : worst + " from the differences of " + scale;
  }
}
