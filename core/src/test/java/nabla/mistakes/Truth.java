package nabla.mistakes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import nabla.Symbol;
import nabla.diagnostic.NablaException;
import nabla.lang.Context;
import nabla.lang.Elaboration;
import nabla.tensor.NumericArray;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import nabla.verify.Binding;
import nabla.verify.ReferenceInterpreter;

/**
 * Whether a claim is a derivative, found by finite differences alone: it knows nothing of how
 * derivatives are made, simplified or judged, and draws its own points.
 */
final class Truth {
  private static final double TOLERANCE = 1e-4;
  private static final int POINTS = 4;
  private static final int ATTEMPTS = 60;

  /** What a claim is. */
  enum Kind {
    RIGHT,
    WRONG,
    /** No shape that the derivative has in any layout, or no expression at all. */
    MISSHAPEN
  }

  private final Exercise exercise;
  private final List<Variable> variables;
  private final List<Binding> points = new ArrayList<>();
  private final List<NumericArray> derivatives = new ArrayList<>();

  /** In every layout: the axes of the derivative in their order. */
  private final List<List<Integer>> layouts;

  private final List<Size> shape;

  Truth(Exercise exercise) {
    this(exercise, Map.of());
  }

  /**
   * The truth where variables have properties.
   *
   * @param assumed by the name of the variable
   */
  Truth(Exercise exercise, Map<String, Set<String>> assumed) {
    this.exercise = exercise;
    this.variables = exercise.expression().variables().stream().map(Symbol::variable).toList();
    Variable x = variable(exercise.variable());
    shape = new ArrayList<>();
    for (int k = 0; k < exercise.by().size(); k++) shape.addAll(x.shape());
    int earlier = shape.size();
    shape.addAll(exercise.expression().shape());
    layouts = layouts(earlier, shape.size());
    Tensor function =
        Elaboration.read(exercise.function(), exercise.declarations(), Map.of()).tensor();
    SplittableRandom random = new SplittableRandom(7);
    for (int attempt = 0; attempt < ATTEMPTS && points.size() < POINTS; attempt++) {
      Binding at = Assumed.of(point(random, attempt), assumed, random);
      NumericArray derivative = derivative(function, at, exercise.by());
      if (!derivative.isFinite() || derivative.largest() > 1e4) continue;
      points.add(at);
      derivatives.add(derivative);
    }
    if (points.isEmpty()) throw new IllegalStateException("no point for " + exercise);
  }

  /** Denominator first, numerator first, and the gradient of a matrix transposed. */
  private static List<List<Integer>> layouts(int earlier, int rank) {
    List<Integer> denominator = IntStream.range(0, rank).boxed().toList();
    List<Integer> numerator = new ArrayList<>(denominator.subList(earlier, rank));
    numerator.addAll(denominator.subList(0, earlier));
    return rank == 2
        ? List.of(denominator, denominator.reversed())
        : List.of(denominator, numerator);
  }

  private Variable variable(String name) {
    return variables.stream().filter(v -> v.name().equals(name)).findFirst().orElseThrow();
  }

  private Binding point(SplittableRandom random, int attempt) {
    TreeSet<String> names = new TreeSet<>();
    for (Variable v : variables) for (Size s : v.shape()) names.addAll(s.names());
    Map<String, Integer> sizes = new LinkedHashMap<>();
    for (String name : names) sizes.put(name, 2 + (sizes.size() + attempt) % 3);
    Map<String, NumericArray> values = new LinkedHashMap<>();
    boolean positive = attempt % 4 == 3;
    for (Variable v : variables) {
      int[] axes = v.shape().stream().mapToInt(s -> s.value(sizes)).toArray();
      NumericArray zeros = NumericArray.zeros(axes);
      NumericArray drawn =
          zeros.map(z -> positive ? 0.3 + random.nextDouble() : 2 * random.nextDouble() - 1);
      boolean square = axes.length == 2 && axes[0] == axes[1];
      if (square && attempt % 2 == 1) {
        for (int i = 0; i < axes[0]; i++) drawn.data()[i * axes[0] + i] += 2;
      }
      values.put(v.name(), drawn);
    }
    return new Binding(sizes, values);
  }

  /** Central differences of fourth order, of one another for a second derivative. */
  private NumericArray derivative(Tensor function, Binding at, List<String> by) {
    if (by.isEmpty()) return ReferenceInterpreter.evaluate(function, at);
    NumericArray x = at.variables().getOrDefault(by.getLast(), NumericArray.zeros(0));
    double h = 2e-3;
    List<double[]> slopes = new ArrayList<>();
    int[] inner = {};
    for (int k = 0; k < x.count(); k++) {
      double[] slope = new double[0];
      for (int step : new int[] {-2, -1, 1, 2}) {
        NumericArray moved = x.map(value -> value);
        moved.data()[k] += step * h;
        Map<String, NumericArray> values = new LinkedHashMap<>(at.variables());
        values.put(by.getLast(), moved);
        NumericArray there =
            derivative(function, new Binding(at.sizes(), values), by.subList(0, by.size() - 1));
        inner = there.shape();
        if (slope.length == 0) slope = new double[there.count()];
        double weight = Math.abs(step) == 1 ? 8.0 * step : -Math.signum(step);
        for (int e = 0; e < slope.length; e++) slope[e] += weight * there.data()[e] / (12 * h);
      }
      slopes.add(slope);
    }
    int[] axes = IntStream.concat(IntStream.of(x.shape()), IntStream.of(inner)).toArray();
    double[] all = slopes.stream().flatMapToDouble(java.util.Arrays::stream).toArray();
    return NumericArray.of(axes, all);
  }

  Kind of(String claim) {
    boolean readable = false;
    for (List<Integer> layout : layouts) {
      List<Size> arranged = layout.stream().map(shape::get).toList();
      Tensor claimed;
      try {
        claimed = Elaboration.readAs(claim, Context.of(variables), arranged);
      } catch (NablaException noExpressionOfThatShape) {
        continue;
      }
      if (!claimed.shape().equals(arranged)) continue;
      readable = true;
      if (isRight(claimed, layout)) return Kind.RIGHT;
    }
    return readable ? Kind.WRONG : Kind.MISSHAPEN;
  }

  private boolean isRight(Tensor claimed, List<Integer> layout) {
    List<Integer> back = IntStream.range(0, layout.size()).map(layout::indexOf).boxed().toList();
    Tensor turned = Tensors.permute(claimed, back);
    for (int k = 0; k < points.size(); k++) {
      double[] found = ReferenceInterpreter.evaluate(turned, points.get(k)).data();
      double[] expected = derivatives.get(k).data();
      double scale = 1e-3 + derivatives.get(k).largest();
      for (int e = 0; e < expected.length; e++) {
        if (!(Math.abs(found[e] - expected[e]) <= TOLERANCE * scale)) return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return exercise.toString();
  }
}
