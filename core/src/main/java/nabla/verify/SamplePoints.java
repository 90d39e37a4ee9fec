package nabla.verify;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import nabla.tensor.NumericArray;
import nabla.tensor.Property;
import nabla.tensor.Variable;

/**
 * Random points that honour what is declared of each variable.
 *
 * <p>An expression may be defined in a part of space only, so the attempts form a ladder: first
 * normal entries of both signs, then positive, small, small positive, large and negative ones, and
 * at last a style of its own for each variable. Same seed, same attempt: same point.
 */
public final class SamplePoints {
  /** How many attempts have a chance to differ usefully. */
  public static final int ATTEMPTS = 48;

  /** How the entries of variables are drawn that nothing is declared of. */
  enum Style {
    NORMAL,
    POSITIVE,
    SMALL,
    SMALL_POSITIVE,
    LARGE,
    NEGATIVE;

    private static final Style[] ALL = values();
  }

  /** Repeated so that a kink that is hit by chance does not end a style at once. */
  private static final Style[] LADDER = {
    Style.NORMAL,
    Style.NORMAL,
    Style.NORMAL,
    Style.POSITIVE,
    Style.POSITIVE,
    Style.SMALL,
    Style.SMALL,
    Style.SMALL_POSITIVE,
    Style.SMALL_POSITIVE,
    Style.LARGE,
    Style.NEGATIVE
  };

  /** Signs first, domains next. */
  private static final Style[] MIXTURE = {
    Style.NORMAL,
    Style.NORMAL,
    Style.POSITIVE,
    Style.SMALL,
    Style.SMALL_POSITIVE,
    Style.LARGE,
    Style.NEGATIVE
  };

  /** What no point honours that is drawn here: some of it leaves few arrays, or none. */
  private static final List<Set<Property>> UNSAMPLED =
      List.of(
          EnumSet.of(Property.SKEW, Property.SYMMETRIC),
          EnumSet.of(Property.SKEW, Property.LOWER),
          EnumSet.of(Property.SKEW, Property.UPPER),
          EnumSet.of(Property.SKEW, Property.ORTHOGONAL),
          EnumSet.of(Property.ORTHOGONAL, Property.TOEPLITZ),
          EnumSet.of(Property.ORTHOGONAL, Property.INTEGER),
          EnumSet.of(Property.ORTHOGONAL, Property.POSITIVE),
          EnumSet.of(Property.ORTHOGONAL, Property.NONNEGATIVE),
          EnumSet.of(Property.UNIT, Property.SIMPLEX),
          EnumSet.of(Property.UNIT, Property.INTEGER),
          EnumSet.of(Property.SIMPLEX, Property.INTEGER));

  private SamplePoints() {}

  /** Whether points have all properties that are declared of a variable. */
  static boolean areHonoured(Variable variable) {
    return UNSAMPLED.stream().noneMatch(variable.properties()::containsAll);
  }

  /**
   * Draws a point.
   *
   * @param variables what to draw
   * @param sizes a number for every name of a size in their shapes
   * @param attempt the step of the ladder, from 0
   * @throws nabla.diagnostic.NablaException if an array would be too large
   */
  public static Binding draw(
      List<Variable> variables, Map<String, Integer> sizes, long seed, int attempt) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + attempt);
    Map<String, NumericArray> values = new LinkedHashMap<>();
    for (Variable variable : variables) {
      Style style =
          attempt < LADDER.length ? LADDER[attempt] : Style.ALL[random.nextInt(Style.ALL.length)];
      values.put(variable.name(), draw(variable, sizes, style, random));
    }
    return new Binding(sizes, values);
  }

  /**
   * A point at which each variable has a style of its own, so that a domain that one of them needs
   * restricts no other.
   */
  static Binding mixed(
      List<Variable> variables, Map<String, Integer> sizes, long seed, int attempt) {
    SplittableRandom random = new SplittableRandom(new SplittableRandom(seed).nextLong() ^ attempt);
    Map<String, NumericArray> values = new LinkedHashMap<>();
    for (Variable variable : variables) {
      Style style = MIXTURE[random.nextInt(MIXTURE.length)];
      values.put(variable.name(), draw(variable, sizes, style, random));
    }
    return new Binding(sizes, values);
  }

  private static NumericArray draw(
      Variable variable, Map<String, Integer> sizes, Style style, SplittableRandom random) {
    int[] shape = Shapes.of(variable.shape(), sizes);
    SampleEntries entries = new SampleEntries(variable, style, random);
    boolean square = shape.length == 2 && shape[0] == shape[1];
    if (square && SampleMatrices.isStructured(variable)) {
      NumericArray matrix = SampleMatrices.draw(variable, shape[0], style, entries);
      if (variable.is(Property.TOEPLITZ))
        SampleMatrices.makeToeplitz(matrix, variable, style, entries);
      return matrix;
    }
    double[] data = new double[Shapes.count(shape)];
    for (int k = 0; k < data.length; k++) data[k] = entries.next();
    if (variable.is(Property.TOEPLITZ)) Diagonals.copyDown(data, shape[0], shape[1]);
    boolean named = square && variable.shape().get(0).equals(variable.shape().get(1));
    boolean free = variable.properties().isEmpty();
    if (named && free) SampleMatrices.makeDefinite(data, shape[0], style);
    if (variable.is(Property.SIMPLEX)) normalise(data, shape[shape.length - 1], false);
    if (variable.is(Property.UNIT)) normalise(data, data.length, true);
    return NumericArray.of(shape, data);
  }

  /** Divides each run of entries by its Euclidean norm, or by its sum. */
  private static void normalise(double[] data, int run, boolean euclidean) {
    for (int start = 0; start < data.length; start += run) {
      double sum = 0;
      for (int k = start; k < start + run; k++) sum += euclidean ? data[k] * data[k] : data[k];
      double size = euclidean ? Math.sqrt(sum) : sum;
      for (int k = start; k < start + run; k++) {
        data[k] = size == 0 ? (k == start ? 1 : 0) : data[k] / size;
      }
    }
  }
}
