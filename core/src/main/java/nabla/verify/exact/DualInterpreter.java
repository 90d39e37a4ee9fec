package nabla.verify.exact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import nabla.operation.Adjugate;
import nabla.operation.Determinant;
import nabla.operation.DiagonalMap;
import nabla.operation.FunctionDerivative;
import nabla.operation.Inverse;
import nabla.operation.LogDeterminant;
import nabla.operation.ProductOfEntries;
import nabla.operation.PseudoInverse;
import nabla.operation.Softmax;
import nabla.operation.SylvesterInverse;
import nabla.tensor.Apply;
import nabla.tensor.Constant;
import nabla.tensor.Einsum;
import nabla.tensor.Elementwise;
import nabla.tensor.Extent;
import nabla.tensor.Operator;
import nabla.tensor.Size;
import nabla.tensor.Structural;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;

/** Evaluates tensors over dual numbers at one point, each node once. */
final class DualInterpreter {
  private static final Set<String> KINKED =
      Set.of("max", "min", "argmax", "argmin", "rowmax", "rowargmax");

  private final Plan plan;
  private final PrimeField field;
  private final Atoms atoms;
  private final Map<String, Dual> variables;
  private final DualArithmetic arithmetic;
  private final DualMatrices matrices;
  private final Functions functions;
  private final Map<Tensor, Dual> values = new HashMap<>();

  /**
   * @param variables how they are and move, by name
   */
  DualInterpreter(
      Plan plan, PrimeField field, Atoms atoms, Map<String, Dual> variables, long fineness) {
    this.plan = plan;
    this.field = field;
    this.atoms = atoms;
    this.variables = variables;
    arithmetic = new DualArithmetic(field);
    matrices = new DualMatrices(field);
    functions = new Functions(this, field, atoms, fineness);
  }

  /**
   * The value of a tensor.
   *
   * @throws Obstacle if there is none at this point, or in this arithmetic
   */
  Dual evaluate(Tensor root) {
    for (Tensor node : plan.nodes(root)) {
      if (!values.containsKey(node)) values.put(node, compute(node));
    }
    return value(root);
  }

  /** Of what has been evaluated. */
  Dual value(Tensor node) {
    return Objects.requireNonNull(values.get(node));
  }

  Map<String, Integer> sizes() {
    return plan.sizes();
  }

  int size(Size size) {
    return size.value(plan.sizes());
  }

  Functions functions() {
    return functions;
  }

  private Dual compute(Tensor node) {
    return switch (node) {
      case Variable v -> Objects.requireNonNull(variables.get(v.name()), v.name());
      case Constant c -> functions.constant(c.name(), new int[0]);
      case Extent e -> arithmetic.constant(new int[0], size(e.size()));
      case Structural s -> structural(s);
      case Einsum e -> plan.product(e).value(factors(e), field);
      case Sum s -> sum(s);
      case Elementwise e -> functions.value(e);
      case Apply a -> apply(a);
    };
  }

  private Dual structural(Structural constant) {
    int[] entries = plan.structural(constant);
    long[] value = Arrays.stream(entries).mapToLong(field::of).toArray();
    return new Dual(shape(constant), value, null, Bound.ONE);
  }

  private int[] shape(Tensor node) {
    return DualProduct.numbers(node.shape(), plan.sizes());
  }

  private List<Dual> factors(Einsum product) {
    List<Dual> factors = new ArrayList<>();
    for (Einsum.Factor f : product.factors()) factors.add(power(f));
    return factors;
  }

  /** The power of a factor. */
  Dual power(Einsum.Factor factor) {
    Dual base = value(factor.tensor());
    if (factor.isPlain()) return base;
    if (factor.exponent().isInt()) return arithmetic.power(base, factor.exponent().intValue());
    return functions.roots().root(factor.tensor(), factor.exponent());
  }

  private Dual sum(Sum sum) {
    if (sum.isZero()) return Dual.constant(shape(sum), 0, Bound.ONE);
    Dual total = null;
    for (Sum.Term term : sum.terms()) {
      Dual next = arithmetic.scale(value(term.tensor()), term.coefficient());
      total = total == null ? next : arithmetic.plus(total, next);
    }
    return Objects.requireNonNull(total);
  }

  private Dual apply(Apply node) {
    Operator operator = node.operator();
    Tensor operand = node.operands().getFirst();
    Dual x = value(operand);
    if (operator.equals(Inverse.INVERSE)) return matrices.inverse(x);
    if (operator.equals(Determinant.DETERMINANT)) return matrices.determinant(x);
    if (operator.equals(LogDeterminant.LOGDET)) {
      return functions.logarithm(matrices.determinant(x));
    }
    if (operator.equals(Adjugate.ADJUGATE)) return matrices.adjugate(x);
    if (operator.equals(PseudoInverse.PINV)) return matrices.pseudoInverse(x);
    if (operator.equals(SylvesterInverse.INVERSE)) {
      return matrices.sylvester(x, value(node.operands().get(1)));
    }
    if (operator.equals(ProductOfEntries.PROD)) return entries(x);
    if (operator.equals(Softmax.SOFTMAX)) return softmax(operand, x, x.count());
    if (operator.equals(Softmax.ROW_SOFTMAX)) return softmax(operand, x, x.shape()[1]);
    if (operator.equals(Softmax.LSE)) {
      return functions.logarithm(totals(exponential(operand, x), x.count()).withShape());
    }
    if (operator.equals(Softmax.ROW_LSE)) {
      return functions.logarithm(totals(exponential(operand, x), x.shape()[1]));
    }
    if (operator instanceof DiagonalMap map) return diagonals(map, x);
    if (operator instanceof FunctionDerivative f) return unknown(f, x, shape(node));
    String name = operator.name();
    throw Obstacle.noModel(name + (KINKED.contains(name) ? " has a kink" : " has no exact model"));
  }

  private Dual entries(Dual x) {
    Dual product = arithmetic.constant(new int[0], 1);
    for (int k = 0; k < x.count(); k++) {
      long[] value = {x.value()[k]};
      long[] tangent = x.tangent() == null ? null : new long[] {x.tangent(k)};
      product = arithmetic.times(product, new Dual(new int[0], value, tangent, x.bound()));
    }
    return product;
  }

  private Dual exponential(Tensor operand, Dual x) {
    return functions.exponentials().exponential(functions.forms().of(operand), x);
  }

  /** The sum of each run of entries. */
  private Dual totals(Dual e, int run) {
    long[] value = new long[e.count() / run];
    long[] tangent = e.tangent() == null ? null : new long[value.length];
    for (int k = 0; k < e.count(); k++) {
      value[k / run] = field.plus(value[k / run], e.value()[k]);
      if (tangent != null) tangent[k / run] = field.plus(tangent[k / run], e.tangent(k));
    }
    return new Dual(new int[] {value.length}, value, tangent, e.bound().sum(run));
  }

  private Dual softmax(Tensor operand, Dual x, int run) {
    Dual e = exponential(operand, x);
    Dual under = arithmetic.reciprocal(totals(e, run));
    long[] value = new long[e.count()];
    long[] tangent = e.tangent() == null ? null : new long[value.length];
    for (int k = 0; k < value.length; k++) {
      value[k] = under.value()[k / run];
      if (tangent != null) tangent[k] = under.tangent(k / run);
    }
    return arithmetic.times(e, new Dual(e.shape(), value, tangent, under.bound()));
  }

  private Dual diagonals(DiagonalMap map, Dual ones) {
    int m = ones.shape()[0];
    int n = ones.shape()[1];
    long[] value = new long[m * n * m * n];
    double denominators = 0;
    for (int k = 0; k < value.length; k++) {
      int diagonal = k / (m * n) / n - k / (m * n) % n;
      int other = k % (m * n) / n - k % (m * n) % n;
      if (diagonal != other) continue;
      int length = diagonal >= 0 ? Math.min(m - diagonal, n) : Math.min(n + diagonal, m);
      long one = ones.value()[k % (m * n)];
      value[k] = map.equals(DiagonalMap.MEAN) ? field.times(one, field.inverse(length)) : one;
      denominators += length;
    }
    Height whole = new Height(0, denominators);
    Bound bound = new Bound(whole, whole, Height.ONE).times(ones.bound());
    return new Dual(new int[] {m, n, m, n}, value, null, bound);
  }

  /** Atoms for the derivatives of a function; their order in an index does not matter. */
  private Dual unknown(FunctionDerivative f, Dual u, int[] shape) {
    long[] value = new long[Dual.count(shape)];
    long[] tangent = u.tangent() == null ? null : new long[value.length];
    int results = 1;
    for (int axis = f.order() * u.shape().length; axis < shape.length; axis++) {
      results *= shape[axis];
    }
    String next = Functions.DECLARED + new FunctionDerivative(f.function(), f.order() + 1).name();
    functions.tell(u);
    for (int k = 0; k < value.length; k++) {
      List<Integer> by = new ArrayList<>();
      int rest = k / results;
      for (int order = 0; order < f.order(); order++) {
        by.add(rest % u.count());
        rest /= u.count();
      }
      value[k] = atoms.of(Functions.DECLARED + f.name(), key(u, by, k % results));
      if (tangent == null) continue;
      for (int j = 0; j < u.count(); j++) {
        List<Integer> more = new ArrayList<>(by);
        more.add(j);
        long slope = atoms.of(next, key(u, more, k % results));
        tangent[k] = field.plus(tangent[k], field.times(slope, u.tangent(j)));
      }
    }
    Bound moved = Bound.chain(Bound.FREE, Bound.FREE, u.bound()).sum(u.count());
    return new Dual(shape, value, tangent, tangent == null ? Bound.FREE : moved);
  }

  private static List<Long> key(Dual u, List<Integer> by, int result) {
    List<Long> key = new ArrayList<>();
    by.stream().sorted().forEach(k -> key.add((long) k));
    key.add((long) result);
    for (long v : u.value()) key.add(v);
    return key;
  }
}
