package nabla.optimize.convexity;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import nabla.tensor.Property;
import nabla.tensor.Structural;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import nabla.verify.Binding;
import nabla.verify.Evaluation;
import nabla.verify.ReferenceInterpreter;
import nabla.verify.SamplePoints;
import nabla.verify.SampleSizes;
import org.jspecify.annotations.Nullable;

/**
 * Looks for three points on a line where a function lies above its chord, or below it. The ends are
 * points of the domain, so that the middle is one if the domain is convex.
 */
public final class Chords {
  private static final int MOST_ATTEMPTS = 48;
  private static final Set<Property> ENTRYWISE =
      EnumSet.of(Property.POSITIVE, Property.NONNEGATIVE);

  private static final int OTHERS = 4;
  private static final double[] LENGTHS = {1, 0.1, 0.01};

  /** Where every point is allowed, beyond the other end, too. */
  private static final double[] FREE_LENGTHS = {1, 0.1, 0.01, 6};

  /** What differs by less, relative to the values, is not told from rounding. */
  private static final double CLEAR = 1e-7;

  /** How far the points are moved, relative to their entries, to see that rounding is no matter. */
  private static final double NUDGE = 1e-11;

  /**
   * The middle of a chord, half of it, and how much higher the chord is there, doubled.
   *
   * @param point an array for every variable
   * @param direction an array for every variable that moves
   * @param difference {@code f(point + direction) + f(point - direction) - 2*f(point)}
   */
  public record Chord(
      Map<String, NumericArray> point, Map<String, NumericArray> direction, double difference) {}

  private final Tensor function;
  private final List<Variable> variables;
  private final Set<String> moving;
  private final long seed;
  private Map<String, Integer> sizes = Map.of();

  public Chords(Tensor function, List<Variable> variables, Set<String> moving, long seed) {
    this.function = function;
    this.variables = variables;
    this.moving = moving;
    this.seed = seed;
  }

  /**
   * What was found.
   *
   * @param below a chord that is clearly below the function, if there is one
   * @param above a chord that is clearly above it; where one point of what does not move has both,
   *     both are of it
   * @param together whether both are of the same values of what does not move
   */
  public record Found(@Nullable Chord below, @Nullable Chord above, boolean together) {
    private static final Found NOTHING = new Found(null, null, false);

    private Found or(Found other) {
      if (together) return this;
      if (other.together) return other;
      return new Found(
          below == null ? other.below : below, above == null ? other.above : above, false);
    }

    private Found and(Optional<Chord> clear) {
      return clear.map(this::with).orElse(this);
    }

    private Found with(Chord chord) {
      Chord down = below == null && chord.difference < 0 ? chord : below;
      Chord up = above == null && chord.difference > 0 ? chord : above;
      return new Found(down, up, down != null && up != null);
    }
  }

  /** Looks at small sizes first. */
  public Found find() {
    Found found = Found.NOTHING;
    List<Tensor> all = new ArrayList<>(variables);
    all.add(function);
    List<Map<String, Integer>> assignments = new ArrayList<>();
    List<Map<String, Integer>> usual = SampleSizes.small(all);
    if (!hasPositions()) assignments.add(twos(usual.getFirst()));
    assignments.addAll(usual);
    for (Map<String, Integer> assignment : assignments) {
      sizes = assignment;
      try {
        found = found.or(search(new ReferenceInterpreter(function, sizes)));
      } catch (NablaException tooLarge) {
        continue;
      }
      if (found.together) break;
    }
    return found;
  }

  /** Whether some position must exist, so that sizes may have to be large. */
  private boolean hasPositions() {
    return Tensors.topological(function).stream().anyMatch(Structural.class::isInstance);
  }

  private static Map<String, Integer> twos(Map<String, Integer> sizes) {
    Map<String, Integer> twos = new LinkedHashMap<>(sizes);
    twos.replaceAll((name, size) -> 2);
    return twos;
  }

  private Found search(ReferenceInterpreter values) {
    Found found = Found.NOTHING;
    for (int attempt = 0; attempt < MOST_ATTEMPTS && !found.together; attempt++) {
      Map<String, NumericArray> from =
          new LinkedHashMap<>(SamplePoints.draw(variables, sizes, seed, attempt).variables());
      Map<String, NumericArray> fixed = new LinkedHashMap<>(from);
      fixed.keySet().removeAll(moving);
      from.putAll(rounded(fixed));
      if (Double.isFinite(value(values, from))) found = found.or(around(values, from, attempt));
    }
    return found;
  }

  /** Chords to other points, then chords in the directions that are least and most curved. */
  private Found around(ReferenceInterpreter values, Map<String, NumericArray> from, int attempt) {
    Found found = Found.NOTHING;
    for (int k = 0; k < OTHERS && !found.together; k++) {
      Binding to = SamplePoints.draw(variables, sizes, seed + 1 + k, attempt + (k % 2));
      for (double length : lengths()) {
        Map<String, NumericArray> half = new LinkedHashMap<>();
        Map<String, NumericArray> middle = new LinkedHashMap<>(from);
        for (String name : moving) {
          NumericArray a = Objects.requireNonNull(from.get(name));
          NumericArray b = Objects.requireNonNull(to.variables().get(name));
          half.put(name, combined(length / 2, b, -length / 2, a));
          middle.put(name, combined(length / 2, b, 1 - length / 2, a));
        }
        found = found.and(chord(values, middle, half));
      }
    }
    if (found.together) return found;
    Curved curved = new Curved(variables, moving);
    for (Map<String, NumericArray> half : curved.directions(from, point -> value(values, point))) {
      found = found.and(chord(values, from, half));
    }
    return found;
  }

  private double[] lengths() {
    boolean free =
        variables.stream().noneMatch(v -> moving.contains(v.name()) && !v.properties().isEmpty());
    return free ? FREE_LENGTHS : LENGTHS;
  }

  /** The chord, in few digits if that is possible; nothing if it is not clear. */
  private Optional<Chord> chord(
      ReferenceInterpreter values,
      Map<String, NumericArray> middle,
      Map<String, NumericArray> half) {
    double difference = difference(values, middle, half);
    if (!isClear(difference, values, middle, half)) return Optional.empty();
    Map<String, NumericArray> shortMiddle = new LinkedHashMap<>(middle);
    shortMiddle.putAll(rounded(middle));
    Map<String, NumericArray> shortHalf = rounded(half);
    double other = difference(values, shortMiddle, shortHalf);
    boolean readable =
        Math.signum(other) == Math.signum(difference)
            && isClear(other, values, shortMiddle, shortHalf);
    return Optional.of(
        readable
            ? new Chord(Map.copyOf(shortMiddle), Map.copyOf(shortHalf), other)
            : new Chord(Map.copyOf(middle), Map.copyOf(half), difference));
  }

  /** To two digits, where no property depends on the others. */
  private Map<String, NumericArray> rounded(Map<String, NumericArray> arrays) {
    Map<String, NumericArray> rounded = new LinkedHashMap<>();
    for (Variable v : variables) {
      NumericArray x = arrays.get(v.name());
      if (x == null) continue;
      boolean free = ENTRYWISE.containsAll(v.properties());
      rounded.put(v.name(), free ? x.map(Chords::rounded) : x);
    }
    return rounded;
  }

  private static double rounded(double x) {
    return Double.isFinite(x) ? new BigDecimal(x).round(new MathContext(2)).doubleValue() : x;
  }

  /** Whether it is there, and stays where the points move a little. */
  private boolean isClear(
      double difference,
      ReferenceInterpreter values,
      Map<String, NumericArray> middle,
      Map<String, NumericArray> half) {
    if (!Double.isFinite(difference) || difference == 0) return false;
    SplittableRandom random = new SplittableRandom(seed);
    for (int k = 0; k < 3; k++) {
      double nudged = difference(values, nudged(middle, random), half);
      if (!(Math.abs(nudged - difference) < Math.abs(difference) / 2)) return false;
    }
    return Math.abs(difference) > uncertainty(values, middle, half);
  }

  /** What a difference may be by rounding alone, of the values and of what they are made of. */
  private double uncertainty(
      ReferenceInterpreter values,
      Map<String, NumericArray> middle,
      Map<String, NumericArray> half) {
    return 2 * values.uncertainty(middle, seed)
        + values.uncertainty(moved(middle, half, 1), seed)
        + values.uncertainty(moved(middle, half, -1), seed);
  }

  /** 0 if it is not clear, NaN if there are no values. */
  private double difference(
      ReferenceInterpreter values,
      Map<String, NumericArray> middle,
      Map<String, NumericArray> half) {
    double at = value(values, middle);
    double after = value(values, moved(middle, half, 1));
    double before = value(values, moved(middle, half, -1));
    double scale = Math.abs(after) + Math.abs(before) + 2 * Math.abs(at);
    double difference = after + before - 2 * at;
    if (Double.isNaN(difference)) return Double.NaN;
    return Math.abs(difference) > CLEAR * scale && scale > 1e-200 ? difference : 0;
  }

  /** NaN also where a part has no value that the whole does not need. */
  private static double value(ReferenceInterpreter values, Map<String, NumericArray> point) {
    Evaluation found = values.evaluate(point);
    return found.undefined() == null ? found.value().data()[0] : Double.NaN;
  }

  private static Map<String, NumericArray> moved(
      Map<String, NumericArray> point, Map<String, NumericArray> half, double by) {
    Map<String, NumericArray> moved = new LinkedHashMap<>(point);
    half.forEach(
        (name, d) -> moved.put(name, combined(1, Objects.requireNonNull(point.get(name)), by, d)));
    return moved;
  }

  private Map<String, NumericArray> nudged(
      Map<String, NumericArray> point, SplittableRandom random) {
    Map<String, NumericArray> nudged = new LinkedHashMap<>(point);
    for (String name : moving) {
      double by = 1 + NUDGE * (2 * random.nextDouble() - 1);
      nudged.put(name, Objects.requireNonNull(point.get(name)).map(x -> x * by));
    }
    return nudged;
  }

  static NumericArray combined(double s, NumericArray x, double t, NumericArray y) {
    double[] sum = new double[x.count()];
    for (int k = 0; k < sum.length; k++) sum[k] = s * x.data()[k] + t * y.data()[k];
    return NumericArray.of(x.shape(), sum);
  }
}
