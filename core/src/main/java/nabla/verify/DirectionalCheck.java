package nabla.verify;

import static nabla.verify.FiniteDifference.FAR;
import static nabla.verify.FiniteDifference.NEAR;
import static nabla.verify.FiniteDifference.RELIABLE;
import static nabla.verify.FiniteDifference.ROUNDINGS;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Whether formulas are the derivative of a function along a direction, by central differences at
 * random points of different sizes.
 *
 * <p>A formula may have the directional derivatives of other tensors in it, under names of their
 * own; they are found by differences, too, so that no derivative rule is needed to check one.
 */
public final class DirectionalCheck {
  private static final double SAME = 2e-6;
  private static final double DOUBTS = 100;
  private static final double CLOSEST_KINK = 0.02;
  private static final double FAR_AWAY = 0.5;
  private static final double LONG_WAY = 1e-3;
  private static final double SHORTER = 16;
  private static final double MOST_GROWTH = 4;
  private static final double EXACT = 1e-10;
  private static final double ROUNDING = 1e-12;

  /** What became of a formula. */
  public enum Finding {
    HOLDS,
    FAILS,
    /** At no point could it be told. */
    UNKNOWN
  }

  private final Tensor function;
  private final Variable x;
  private final List<Variable> variables;
  private final long seed;
  private final List<Map<String, Integer>> sizes;

  /** How many points were tried of each size. */
  private final int[] attempts;

  private final List<Station> stations = new ArrayList<>();

  /** A point, a direction, and what was found there. */
  private record Station(Binding at, NumericArray direction, Map<Tensor, Estimate> known) {}

  /**
   * A derivative by two step sizes.
   *
   * @param scale its largest entry
   * @param doubt how far they disagree, at most
   * @param rounding what differences of values of this size lose
   */
  private record Estimate(
      NumericArray value, NumericArray near, double scale, double doubt, double rounding) {
    boolean isReliable() {
      return doubt <= RELIABLE * scale + ROUNDINGS * rounding;
    }
  }

  /**
   * Looks for points.
   *
   * @param x what moves, each entry by itself
   * @param variables all of the function, with the properties that points have
   */
  public DirectionalCheck(Tensor function, Variable x, List<Variable> variables, long seed) {
    this.x = x;
    this.function = function;
    this.variables = List.copyOf(variables);
    this.seed = seed;
    List<Tensor> all = new ArrayList<>(variables);
    all.add(function);
    this.sizes = SampleSizes.of(all);
    this.attempts = new int[sizes.size()];
    findMore();
  }

  /** Looks for one more point of each size; says whether there is one. */
  private boolean findMore() {
    int before = stations.size();
    for (int k = 0; k < attempts.length; k++) {
      boolean found = false;
      while (!found && attempts[k] < SamplePoints.ATTEMPTS) {
        Station station = station(sizes.get(k), seed * 31 + k + 1, attempts[k]++);
        Estimate estimate = estimate(function, station);
        found = estimate != null && estimate.isReliable();
        if (found) stations.add(station);
      }
    }
    return stations.size() > before;
  }

  private Station station(Map<String, Integer> sizes, long seed, int attempt) {
    Binding at = SamplePoints.draw(variables, sizes, seed, attempt);
    SplittableRandom random = new SplittableRandom(seed ^ 0x5DEECE66DL);
    double[] direction = new double[Shapes.count(Shapes.of(x.shape(), sizes))];
    for (int k = 0; k < direction.length; k++) direction[k] = random.nextDouble(-1, 1);
    return new Station(
        at, NumericArray.of(Shapes.of(x.shape(), sizes), direction), new HashMap<>());
  }

  /** Whether there are points to check at. */
  public boolean hasPoints() {
    return !stations.isEmpty();
  }

  /**
   * Whether a formula is the derivative of a function.
   *
   * @param formula of the shape of the function
   * @param change the variable in the formula that is the direction
   * @param differentials variables in the formula that are derivatives along the direction, and
   *     what of; their shapes are those of the tensors
   */
  public Finding derivative(
      Tensor function, Tensor formula, String change, Map<String, Tensor> differentials) {
    return holds(station -> agrees(station, function, formula, change, differentials));
  }

  /**
   * Whether a function of the moved variable is a formula of the variable and of how far it moves,
   * exactly or up to an error of second order.
   *
   * @param formula of the shape of the function
   * @param change the variable in the formula that is how far the variable moves
   */
  public Finding moved(Tensor function, Tensor formula, String change, boolean exactly) {
    return holds(
        station -> {
          // Where differences are reliable no kink is near.
          Estimate slope = estimate(function, station);
          if (slope == null || !slope.isReliable()) return null;
          return exactly
              ? isExact(station, function, formula, change)
              : isSecondOrder(station, function, formula, change);
        });
  }

  /** What is true or false at a station, or cannot be told there. */
  private interface Claim {
    @Nullable Boolean at(Station station);
  }

  /** Whether a claim is false nowhere, and true somewhere. */
  private Finding holds(Claim claim) {
    int agreed = 0;
    for (int k = 0; k < stations.size() || (agreed == 0 && findMore()); k++) {
      Boolean found = claim.at(stations.get(k));
      if (found == null) continue;
      if (!found) return Finding.FAILS;
      agreed++;
    }
    return agreed > 0 ? Finding.HOLDS : Finding.UNKNOWN;
  }

  /** A polynomial is one everywhere; of what is not defined far away, near by is enough. */
  private @Nullable Boolean isExact(
      Station station, Tensor function, Tensor formula, String change) {
    for (double way : List.of(FAR_AWAY, LONG_WAY)) {
      Remainder r = remainder(station, function, formula, change, way);
      if (r != null) return r.size() <= EXACT * r.scale() + r.noise();
    }
    return null;
  }

  /** The remainder falls as the square of the way: were a linear term left, it would halve only. */
  private @Nullable Boolean isSecondOrder(
      Station station, Tensor function, Tensor formula, String change) {
    Remainder far = remainder(station, function, formula, change, LONG_WAY);
    Remainder near = remainder(station, function, formula, change, LONG_WAY / SHORTER);
    if (far == null || near == null) return null;
    double rounding = ROUNDING * near.scale() + near.noise();
    return near.size() <= MOST_GROWTH * far.size() / (SHORTER * SHORTER) + rounding;
  }

  /**
   * A difference.
   *
   * @param size its largest entry
   * @param scale the largest entry of what is subtracted from
   * @param noise what roundings on the way to it make
   */
  private record Remainder(double size, double scale, double noise) {}

  /** Null if it is not finite. */
  private @Nullable Remainder remainder(
      Station station, Tensor function, Tensor formula, String change, double way) {
    try {
      var interpreter = new ReferenceInterpreter(function, station.at().sizes());
      Binding moved = moved(station, way);
      NumericArray there = interpreter.evaluate(moved.variables()).value();
      Map<String, NumericArray> values = new LinkedHashMap<>(station.at().variables());
      values.put(change, station.direction().map(d -> way * d));
      Binding at = new Binding(station.at().sizes(), values);
      var other = new ReferenceInterpreter(formula, at.sizes());
      NumericArray found = other.evaluate(at.variables()).value();
      double size = 0;
      double scale = 0;
      for (int k = 0; k < there.count(); k++) {
        size = Math.max(size, Math.abs(there.data()[k] - found.data()[k]));
        scale = Math.max(scale, Math.abs(there.data()[k]));
      }
      double noise =
          RoundingNoise.of(other, at, found, seed, 1)
              + RoundingNoise.of(interpreter, moved, there, seed, 1);
      boolean finite = Double.isFinite(size) && Double.isFinite(scale) && Double.isFinite(noise);
      return finite ? new Remainder(size, scale, RoundingNoise.NOISES * noise) : null;
    } catch (NablaException tooLarge) {
      return null;
    }
  }

  /** Null if nothing can be said at this point. */
  private @Nullable Boolean agrees(
      Station station,
      Tensor function,
      Tensor formula,
      String change,
      Map<String, Tensor> differentials) {
    Estimate expected = estimate(function, station);
    if (expected == null || !expected.isReliable()) return null;
    Map<String, NumericArray> values = new LinkedHashMap<>(station.at().variables());
    values.put(change, station.direction());
    Map<String, NumericArray> others = new LinkedHashMap<>(values);
    double size = 0;
    for (Map.Entry<String, Tensor> d : differentials.entrySet()) {
      Estimate estimate = estimate(d.getValue(), station);
      if (estimate == null || !estimate.isReliable()) return null;
      values.put(d.getKey(), estimate.value());
      others.put(d.getKey(), estimate.near());
      size = Math.max(size, estimate.scale());
    }
    Map<String, Integer> sizes = station.at().sizes();
    ReferenceInterpreter interpreter;
    NumericArray found;
    NumericArray other;
    try {
      interpreter = new ReferenceInterpreter(formula, sizes);
      found = interpreter.evaluate(values).value();
      other = interpreter.evaluate(others).value();
    } catch (NablaException tooSmallOrTooLarge) {
      return null;
    }
    double scale = expected.scale();
    double off = 0;
    double doubt = expected.doubt();
    for (int k = 0; k < found.count(); k++) {
      scale = Math.max(scale, Math.abs(found.data()[k]));
      off = Math.max(off, Math.abs(found.data()[k] - expected.value().data()[k]));
      doubt = Math.max(doubt, Math.abs(found.data()[k] - other.data()[k]));
    }
    // Where terms cancel, what is left is as uncertain as they are.
    boolean reliable = doubt <= RELIABLE * Math.max(scale, size) + ROUNDINGS * expected.rounding();
    if (!found.isFinite() || !reliable) return null;
    if (off <= SAME * scale + DOUBTS * doubt) return true;
    double noise = RoundingNoise.of(interpreter, new Binding(sizes, values), found, seed, 4);
    return off > RoundingNoise.NOISES * noise ? false : null;
  }

  private @Nullable Estimate estimate(Tensor function, Station station) {
    Estimate known = station.known().get(function);
    if (known != null) return known;
    Estimate found = measured(function, station);
    if (found != null) station.known().put(function, found);
    return found;
  }

  private @Nullable Estimate measured(Tensor function, Station station) {
    try {
      var interpreter = new ReferenceInterpreter(function, station.at().sizes());
      Evaluation here = interpreter.evaluate(station.at().variables());
      if (!here.value().isFinite() || here.distanceToKink() < CLOSEST_KINK) return null;
      NumericArray point = Objects.requireNonNull(station.at().variables().get(x.name()));
      var difference = new FiniteDifference(here, x, point, Directions.ENTRIES);
      double[] near = difference.alongAll(station.direction().data(), NEAR);
      double[] far = difference.alongAll(station.direction().data(), FAR);
      if (near == null || far == null) return null;
      double scale = 0;
      double noise = RoundingNoise.of(interpreter, station.at(), here.value(), seed, 1);
      double rounding = FiniteDifference.rounding(here.value(), noise);
      double doubt = rounding;
      for (int k = 0; k < near.length; k++) {
        scale = Math.max(scale, Math.abs(far[k]));
        doubt = Math.max(doubt, Math.abs(near[k] - far[k]));
      }
      int[] shape = here.value().shape();
      return new Estimate(
          NumericArray.of(shape, far), NumericArray.of(shape, near), scale, doubt, rounding);
    } catch (NablaException tooLarge) {
      return null;
    }
  }

  /** The point to which the variable has moved. */
  private Binding moved(Station station, double way) {
    Map<String, NumericArray> values = new LinkedHashMap<>(station.at().variables());
    NumericArray point = Objects.requireNonNull(values.get(x.name()));
    double[] there = point.data().clone();
    for (int k = 0; k < there.length; k++) there[k] += way * station.direction().data()[k];
    values.put(x.name(), NumericArray.of(point.shape(), there));
    return new Binding(station.at().sizes(), values);
  }
}
