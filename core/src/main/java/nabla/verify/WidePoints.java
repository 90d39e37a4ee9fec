package nabla.verify;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import nabla.tensor.Einsum;
import nabla.tensor.NumericArray;
import nabla.tensor.Property;
import nabla.tensor.Rational;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;

/**
 * Points where formulas may differ that agree near the origin: entries of very different sizes, and
 * entries around the numbers that stand in the formulas, as {@code relu(x - 500)} wants them. Later
 * attempts reach further.
 */
final class WidePoints {
  /** Values that the size of every number would break. */
  private static final Set<Property> FIXED =
      EnumSet.of(Property.SIMPLEX, Property.UNIT, Property.ORTHOGONAL, Property.IDEMPOTENT);

  /** What leaves every entry to itself. */
  private static final Set<Property> FREE =
      EnumSet.of(Property.POSITIVE, Property.NONNEGATIVE, Property.INTEGER, Property.CONSTANT);

  private static final int MOST_NUMBERS = 12;

  /**
   * The first points are a few times as far from the origin as near ones: beyond the periods of
   * functions, but not so far that there is nothing but rounding.
   */
  private static final double LEAST_FEW = 1.5;

  private static final double MOST_FEW = 4;
  private static final int FEW = 2;
  private static final double[] SPREADS = {0.01, 0.1, 0.5};

  /** The exponents of ten, from and to, and the attempt that they end before. */
  private record Reach(int until, int from, int to) {}

  private static final List<Reach> REACHES =
      List.of(new Reach(24, -2, 3), new Reach(40, -9, 9), new Reach(Integer.MAX_VALUE, -40, 40));

  private final List<Variable> variables;
  private final double[] numbers;

  /**
   * @param formulas whose numbers entries are drawn around
   */
  WidePoints(List<Variable> variables, List<Tensor> formulas) {
    this.variables = variables;
    Set<Double> found = new TreeSet<>(Set.of(1.0));
    for (Tensor formula : formulas) {
      for (Tensor node : Tensors.topological(formula)) collect(node, found);
    }
    List<Double> some = found.stream().limit(MOST_NUMBERS).toList();
    Set<Double> all = new TreeSet<>(some);
    for (double a : some) for (double b : some) all.add(a / b);
    numbers = all.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void collect(Tensor node, Set<Double> into) {
    List<Rational> numbers =
        switch (node) {
          case Sum sum -> sum.terms().stream().map(Sum.Term::coefficient).toList();
          case Einsum product -> List.of(product.coefficient());
          default -> List.of();
        };
    for (Rational number : numbers) {
      double size = Math.abs(number.doubleValue());
      if (size > 0 && Double.isFinite(size)) into.add(size);
    }
  }

  /** Same seed, same attempt: same point. */
  Binding draw(Map<String, Integer> sizes, long seed, int attempt) {
    SplittableRandom random =
        new SplittableRandom(new SplittableRandom(~seed).nextLong() ^ attempt);
    long own = random.nextLong();
    Binding near =
        attempt < FEW
            ? SamplePoints.draw(variables, sizes, own, 0)
            : SamplePoints.mixed(variables, sizes, own, attempt);
    Map<String, NumericArray> values = new LinkedHashMap<>(near.variables());
    for (Variable v : variables) {
      if (v.properties().stream().anyMatch(FIXED::contains)) continue;
      values.computeIfPresent(v.name(), (name, array) -> widened(v, array, random, attempt));
    }
    return new Binding(sizes, values);
  }

  private NumericArray widened(
      Variable v, NumericArray array, SplittableRandom random, int attempt) {
    boolean free = FREE.containsAll(v.properties());
    boolean whole = v.is(Property.INTEGER);
    if (attempt < FEW) {
      double few = LEAST_FEW + (MOST_FEW - LEAST_FEW) * random.nextDouble();
      return array.map(x -> (whole ? Math.rint(few) : few) * x);
    }
    int mode = random.nextInt(free ? 5 : 2);
    if (mode == 0) return array;
    if (mode == 1) {
      double size = Math.pow(10, exponent(random, attempt));
      double factor = whole ? Math.max(1, Math.rint(size)) : size;
      return array.map(x -> factor * x);
    }
    boolean same = mode == 2;
    double spread = SPREADS[random.nextInt(SPREADS.length)];
    double common = number(random);
    boolean negative = random.nextBoolean();
    return array.map(
        x -> {
          double centre = same ? common : number(random);
          double entry = centre * (1 + spread * (4 * random.nextDouble() - 2));
          double rounded = whole ? Math.rint(entry) : entry;
          boolean kept = v.is(Property.POSITIVE) || v.is(Property.NONNEGATIVE);
          double signed = kept ? Math.abs(rounded) : negative ? -rounded : rounded;
          return signed == 0 && v.is(Property.POSITIVE) ? 1 : signed;
        });
  }

  private static double exponent(SplittableRandom random, int attempt) {
    for (Reach reach : REACHES) {
      if (attempt >= reach.until()) continue;
      return reach.from() + (reach.to() - reach.from()) * random.nextDouble();
    }
    throw new IllegalStateException("no reach for attempt " + attempt);
  }

  private double number(SplittableRandom random) {
    return numbers[random.nextInt(numbers.length)];
  }
}
