package nabla.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.operation.Primitive;
import nabla.tensor.Apply;
import nabla.tensor.Constant;
import nabla.tensor.Einsum;
import nabla.tensor.Elementwise;
import nabla.tensor.Extent;
import nabla.tensor.Fuse;
import nabla.tensor.NumericArray;
import nabla.tensor.Operator;
import nabla.tensor.Selection;
import nabla.tensor.Structural;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Unit;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a tensor by definition: plain loops over the Einstein sums, reference values for
 * operations, each node once. Slow and simple on purpose; it is what everything faster is compared
 * with.
 *
 * <p>An interpreter is prepared for one tensor at given sizes and can then be run at many points.
 */
public final class ReferenceInterpreter {
  /** How many times roundings are tried. */
  private static final int NEIGHBOURS = 4;

  private final Map<String, Integer> sizes;
  private final Tensor[] nodes;
  private final int[][] operands;
  private final int[][] shapes;
  private final @Nullable Contraction[] contractions;

  /** Which nodes an evaluation needs in full; a Fuse factor is only read as an index map. */
  private final boolean[] stored;

  private final double[][] coefficients;
  private final Map<String, boolean[]> dependents = new HashMap<>();

  /**
   * Prepares an evaluation.
   *
   * @param sizes a number for every name of a size in {@code root}
   * @throws NablaException with {@link Code#LIMIT} if an intermediate array would be too large, and
   *     {@link Code#VALUE} if a size is missing
   */
  public ReferenceInterpreter(Tensor root, Map<String, Integer> sizes) {
    this.sizes = Map.copyOf(sizes);
    nodes = Tensors.topological(root).toArray(new Tensor[0]);
    operands = new int[nodes.length][];
    shapes = new int[nodes.length][];
    contractions = new Contraction[nodes.length];
    coefficients = new double[nodes.length][];
    stored = new boolean[nodes.length];
    stored[nodes.length - 1] = true;
    Map<Tensor, Integer> position = new HashMap<>();
    for (int k = 0; k < nodes.length; k++) {
      prepare(k, position);
      position.put(nodes[k], k);
    }
  }

  /** The value of {@code root} at a point. */
  public static NumericArray evaluate(Tensor root, Binding at) {
    return new ReferenceInterpreter(root, at.sizes()).evaluate(at.variables()).value();
  }

  private void prepare(int k, Map<Tensor, Integer> position) {
    Tensor node = nodes[k];
    List<Tensor> below = node.operands();
    operands[k] = new int[below.size()];
    for (int o = 0; o < operands[k].length; o++) {
      int operand = Objects.requireNonNull(position.get(below.get(o)));
      operands[k][o] = operand;
      stored[operand] |= !(node instanceof Einsum && nodes[operand] instanceof Fuse);
    }
    try {
      shapes[k] = Shapes.of(node.shape(), sizes);
      if (!(node instanceof Fuse)) Shapes.count(shapes[k]);
      if (node instanceof Einsum product) contractions[k] = new Contraction(product, sizes);
    } catch (IllegalArgumentException unboundSize) {
      throw new NablaException(Code.VALUE, String.valueOf(unboundSize.getMessage()));
    }
    coefficients[k] = node instanceof Sum sum ? coefficients(sum) : new double[0];
  }

  private static double[] coefficients(Sum sum) {
    double[] coefficients = new double[sum.terms().size()];
    for (int t = 0; t < coefficients.length; t++) {
      coefficients[t] = sum.terms().get(t).coefficient().doubleValue();
    }
    return coefficients;
  }

  /**
   * Evaluates at a point.
   *
   * @param variables an array for every variable by name; others are ignored
   * @throws NablaException with {@link Code#VALUE} if one is missing or has another shape
   */
  public Evaluation evaluate(Map<String, NumericArray> variables) {
    return evaluate(variables, (node, value) -> value);
  }

  /**
   * By how much an entry of the value may be off at most, as every result on the way is rounded: a
   * difference that is no larger says nothing. NaN if roundings leave the domain.
   *
   * @param seed which roundings are tried
   */
  public double uncertainty(Map<String, NumericArray> variables, long seed) {
    NumericArray here = evaluate(variables).value();
    Binding at = new Binding(sizes, variables);
    return RoundingNoise.NOISES * RoundingNoise.of(this, at, here, seed, NEIGHBOURS);
  }

  /**
   * The same with each value of a node changed before anything else is computed from it.
   *
   * @param change gets the node and its value, and gives another one of the same shape
   */
  Evaluation evaluate(
      Map<String, NumericArray> variables, BiFunction<Tensor, NumericArray, NumericArray> change) {
    @Nullable NumericArray[] values = new NumericArray[nodes.length];
    for (int k = 0; k < nodes.length; k++) {
      if (!stored[k]) continue;
      NumericArray value =
          nodes[k] instanceof Variable v ? bound(v, k, variables) : compute(k, values);
      values[k] = change.apply(nodes[k], value);
    }
    return new Evaluation(this, values);
  }

  private NumericArray bound(Variable variable, int k, Map<String, NumericArray> variables) {
    NumericArray value = variables.get(variable.name());
    if (value == null) {
      throw new NablaException(Code.VALUE, "there is no value for " + variable.name());
    }
    if (!Arrays.equals(value.shape(), shapes[k])) {
      throw new NablaException(
          Code.VALUE,
          variable.name()
              + " has shape "
              + Arrays.toString(value.shape())
              + ", expected "
              + Arrays.toString(shapes[k]));
    }
    return value;
  }

  /** Evaluates again what depends on one variable. */
  @Nullable NumericArray[] replace(
      @Nullable NumericArray[] values, Variable variable, NumericArray value) {
    boolean[] affected = dependents(variable);
    @Nullable NumericArray[] changed = values.clone();
    for (int k = 0; k < nodes.length; k++) {
      if (!affected[k] || !stored[k]) continue;
      changed[k] = nodes[k] instanceof Variable ? value : compute(k, changed);
    }
    return changed;
  }

  private boolean[] dependents(Variable variable) {
    boolean[] known = dependents.get(variable.name());
    if (known != null) return known;
    boolean[] affected = new boolean[nodes.length];
    for (int k = 0; k < nodes.length; k++) {
      affected[k] = nodes[k] instanceof Variable v && v.name().equals(variable.name());
      for (int operand : operands[k]) affected[k] |= affected[operand];
    }
    dependents.put(variable.name(), affected);
    return affected;
  }

  private NumericArray compute(int k, @Nullable NumericArray[] values) {
    return switch (nodes[k]) {
      case Variable v -> throw new IllegalStateException(v.name() + " is not computed");
      case Constant c -> NumericArray.scalar(c.value());
      case Extent e -> NumericArray.scalar(e.size().value(sizes));
      case Unit u -> ReferenceValues.unit(shapes[k][0], u.index());
      case Fuse f -> ReferenceValues.fuse(shapes[k][1], shapes[k][2]);
      case Selection s -> ReferenceValues.selection(s, shapes[k], sizes);
      case Structural s -> ReferenceValues.structural(s, shapes[k], sizes);
      case Einsum e -> Objects.requireNonNull(contractions[k]).value(optional(k, values));
      case Sum s -> sum(k, values);
      case Elementwise e -> apply(e.operator(), k, values);
      case Apply a -> apply(a.operator(), k, values);
    };
  }

  private @Nullable NumericArray[] optional(int k, @Nullable NumericArray[] values) {
    @Nullable NumericArray[] found = new NumericArray[operands[k].length];
    for (int o = 0; o < found.length; o++) found[o] = values[operands[k][o]];
    return found;
  }

  private NumericArray sum(int k, @Nullable NumericArray[] values) {
    double[] total = new double[Shapes.count(shapes[k])];
    for (int t = 0; t < operands[k].length; t++) {
      double[] term = Objects.requireNonNull(values[operands[k][t]]).data();
      for (int e = 0; e < total.length; e++) total[e] += coefficients[k][t] * term[e];
    }
    return NumericArray.of(shapes[k], total);
  }

  private NumericArray apply(Operator operator, int k, @Nullable NumericArray[] values) {
    return Primitive.of(operator).value(arguments(k, values));
  }

  private List<NumericArray> arguments(int k, @Nullable NumericArray[] values) {
    List<NumericArray> arguments = new ArrayList<>(operands[k].length);
    for (int operand : operands[k]) arguments.add(Objects.requireNonNull(values[operand]));
    return arguments;
  }

  /** How many multiplications it takes to evaluate again what depends on a variable. */
  double cost(Variable variable) {
    boolean[] affected = dependents(variable);
    double cost = 0;
    for (int k = 0; k < nodes.length; k++) {
      if (!affected[k] || !stored[k]) continue;
      Contraction contraction = contractions[k];
      double entries = 1;
      for (int size : shapes[k]) entries *= size;
      cost += contraction == null ? 10 * entries : contraction.cost();
    }
    return cost;
  }

  /** The first node that is not defined though all its operands are finite. */
  @Nullable Tensor undefined(@Nullable NumericArray[] values) {
    for (int k = 0; k < nodes.length; k++) {
      NumericArray value = values[k];
      if (value == null || value.isFinite() || nodes[k] instanceof Variable) continue;
      boolean finite = true;
      for (int o : operands[k]) finite &= values[o] == null || values[o].isFinite();
      if (finite && (isUndefined(value) || hasPole(k, values))) return nodes[k];
    }
    return null;
  }

  private static boolean isUndefined(NumericArray value) {
    return Arrays.stream(value.data()).anyMatch(Double::isNaN);
  }

  /** Whether an infinite value is one at a pole; otherwise it is an overflow. */
  private boolean hasPole(int k, @Nullable NumericArray[] values) {
    return switch (nodes[k]) {
      case Elementwise e -> !Primitive.of(e.operator()).conditions(e.operands()).isEmpty();
      case Apply a -> !Primitive.of(a.operator()).conditions(a.operands()).isEmpty();
      case Einsum product -> dividesByZero(product, k, values);
      case Variable _, Constant _, Extent _, Structural _, Sum _ -> false;
    };
  }

  private boolean dividesByZero(Einsum product, int k, @Nullable NumericArray[] values) {
    for (int f = 0; f < operands[k].length; f++) {
      NumericArray factor = values[operands[k][f]];
      if (factor == null || product.factors().get(f).exponent().signum() > 0) continue;
      if (Arrays.stream(factor.data()).anyMatch(x -> x == 0)) return true;
    }
    return false;
  }

  /** The distance from the nearest kink of any node that depends on a variable. */
  double distanceToKink(@Nullable NumericArray[] values) {
    boolean[] varies = new boolean[nodes.length];
    double nearest = Double.POSITIVE_INFINITY;
    for (int k = 0; k < nodes.length; k++) {
      varies[k] = nodes[k] instanceof Variable;
      for (int operand : operands[k]) varies[k] |= varies[operand];
      if (varies[k]) nearest = Math.min(nearest, distanceToKink(k, varies, values));
    }
    return nearest;
  }

  private double distanceToKink(int k, boolean[] varies, @Nullable NumericArray[] values) {
    return switch (nodes[k]) {
      case Elementwise e -> Primitive.of(e.operator()).distanceToKink(arguments(k, values));
      case Apply a -> Primitive.of(a.operator()).distanceToKink(arguments(k, values));
      case Einsum product -> distanceToRoot(product, k, varies, values);
      case Variable _, Constant _, Extent _, Structural _, Sum _ -> Double.POSITIVE_INFINITY;
    };
  }

  /** How far the bases of broken powers are from 0, where their derivatives end. */
  private double distanceToRoot(
      Einsum product, int k, boolean[] varies, @Nullable NumericArray[] values) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int f = 0; f < operands[k].length; f++) {
      int operand = operands[k][f];
      if (product.factors().get(f).exponent().isInteger() || !varies[operand]) continue;
      for (double base : Objects.requireNonNull(values[operand]).data()) {
        nearest = Math.min(nearest, Math.abs(base));
      }
    }
    return nearest;
  }
}
