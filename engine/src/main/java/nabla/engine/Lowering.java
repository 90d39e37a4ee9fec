package nabla.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import nabla.engine.kernel.BinaryFunction;
import nabla.engine.kernel.Precision;
import nabla.engine.kernel.UnaryFunction;
import nabla.operation.Primitive;
import nabla.tensor.Apply;
import nabla.tensor.Constant;
import nabla.tensor.Einsum;
import nabla.tensor.Elementwise;
import nabla.tensor.Extent;
import nabla.tensor.NumericArray;
import nabla.tensor.Operator;
import nabla.tensor.Size;
import nabla.tensor.Structural;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Turns tensors in their evaluation form into the nodes of a plan: elementwise work into loops,
 * contractions of two factors into matrix products where their axes allow it and into loops where
 * not, linear algebra into factorisations and what is computed from them.
 */
final class Lowering {
  final Nodes nodes;
  final Map<String, Integer> sizes;
  final Precision precision;
  final Uses uses;

  private final Map<Tensor, Value> values = new HashMap<>();
  final PairProducts pairs = new PairProducts(this);
  private final ProductLowering products = new ProductLowering(this);
  final ApplyLowering applications = new ApplyLowering(this);

  /**
   * @param bound the variables that are the same in every evaluation
   */
  Lowering(List<Tensor> roots, Map<String, Integer> sizes, Set<String> bound, Precision precision) {
    this.nodes = new Nodes(bound);
    this.sizes = sizes;
    this.precision = precision;
    this.uses = new Uses(roots);
  }

  /** The value of a tensor; the nodes that compute it are there then. */
  Value value(Tensor tensor) {
    Value known = values.get(tensor);
    if (known != null) return known;
    Value value =
        switch (tensor) {
          case Variable v -> nodes.value(Value.Origin.GIVEN, v.name(), v.shape(), shape(v));
          case Constant _, Extent _ -> pointwise(tensor);
          case Structural s -> constant(s);
          case Einsum e -> products.of(e);
          case Sum s -> sum(s);
          case Elementwise e -> elementwise(e);
          case Apply a -> applications.of(a);
        };
    values.put(tensor, value);
    return value;
  }

  /** The value of an output, which lies row by row in memory of its own. */
  Value root(Tensor tensor) {
    Value value = value(tensor);
    boolean own = value.origin() == Value.Origin.COMPUTED && value.isRowMajor();
    return own ? value : nodes.pointwise(Domain.of(value), Nodes.here(value));
  }

  int[] shape(Tensor tensor) {
    return tensor.shape().stream().mapToInt(this::extent).toArray();
  }

  int extent(Size size) {
    return size.value(sizes);
  }

  /** The points that some labels of a product visit. */
  Domain domain(Einsum product, List<Integer> labels) {
    List<Size> axes = labels.stream().map(product.sizes()::get).toList();
    return new Domain(axes, axes.stream().map(this::extent).toList());
  }

  Domain domain(Tensor tensor) {
    return new Domain(tensor.shape(), tensor.shape().stream().map(this::extent).toList());
  }

  /** A number that is known now, or null. */
  @Nullable Double number(Tensor tensor) {
    return switch (tensor) {
      case Constant c -> c.value();
      case Extent e -> (double) extent(e.size());
      case Einsum e when e.factors().isEmpty() && e.rank() == 0 -> e.coefficient().doubleValue();
      default -> null;
    };
  }

  /** A tensor at a point, whose axes walk a domain of {@code rank} axes as {@code axes} says. */
  Code read(Tensor tensor, List<Integer> axes, int rank) {
    Double number = number(tensor);
    if (number != null) return new Code.Literal(number);
    Value value = value(tensor);
    Long[] strides = new Long[rank];
    java.util.Arrays.fill(strides, 0L);
    for (int k = 0; k < axes.size(); k++) strides[axes.get(k)] += value.strides()[k];
    return new Code.Read(value, List.of(strides), 0);
  }

  /** A tensor at the point of a domain that has its axes. */
  Code here(Tensor tensor, int rank) {
    List<Integer> axes = new ArrayList<>();
    for (int axis = 0; axis < tensor.rank(); axis++) axes.add(axis);
    return read(tensor, axes, rank);
  }

  private Value pointwise(Tensor number) {
    return nodes.pointwise(new Domain(List.of(), List.of()), here(number, 0));
  }

  private Value constant(Structural constant) {
    int[] shape = shape(constant);
    Value result = nodes.value(Value.Origin.CONSTANT, "", constant.shape(), shape);
    double[] numbers = new double[Math.toIntExact(result.count())];
    int[] index = new int[shape.length];
    for (int k = 0; k < numbers.length; k++) {
      int rest = k;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        index[axis] = rest % shape[axis];
        rest /= shape[axis];
      }
      numbers[k] = constant.entry(index, sizes);
    }
    return nodes.add(new Node.Filled(result, NumericArray.of(shape, numbers)));
  }

  /** Dense terms in one loop; what only some entries have is added to that. */
  private Value sum(Sum sum) {
    List<Sum.Term> dense = new ArrayList<>();
    List<Sum.Term> sparse = new ArrayList<>();
    for (Sum.Term t : sum.terms()) (products.isSparse(t.tensor()) ? sparse : dense).add(t);
    Value value = dense.isEmpty() ? zeros(sum) : denseSum(dense, sum, sparse.isEmpty());
    for (Sum.Term t : sparse) {
      value = products.added((Einsum) t.tensor(), t.coefficient().doubleValue(), value);
    }
    return value;
  }

  Value zeros(Tensor shaped) {
    Value zeros = nodes.computed(shaped.shape(), shape(shaped));
    return nodes.add(new Node.Filled(zeros, null));
  }

  private Value denseSum(List<Sum.Term> terms, Sum sum, boolean last) {
    if (terms.size() == 1 && !last) {
      Sum.Term only = terms.getFirst();
      Value value = products.scaled(only.tensor(), only.coefficient().doubleValue());
      if (value != null && isOwn(only.tensor(), value)) {
        forget(value);
        return value;
      }
    }
    Code code = null;
    for (Sum.Term t : terms) {
      Code term = here(t.tensor(), sum.rank());
      double coefficient = t.coefficient().doubleValue();
      if (code == null) code = Code.scaled(coefficient, term);
      else if (coefficient == -1) code = Nodes.call(BinaryFunction.SUBTRACT, code, term);
      else code = Code.plus(code, Code.scaled(coefficient, term));
    }
    return nodes.pointwise(domain(sum), Objects.requireNonNull(code));
  }

  /**
   * Whether each entry has a number of its own and nobody else reads the numbers of a tensor, in
   * whatever order of the axes; not even a part of another product, which is no use of the tensor
   * before that is taken apart; nor the next evaluation.
   */
  private boolean isOwn(Tensor tensor, Value value) {
    return value.origin() == Value.Origin.COMPUTED
        && !value.isRepeated()
        && !nodes.isRead(value)
        && !nodes.isFixed(value)
        && viewed(tensor).allMatch(uses::isOnce);
  }

  /** The value is changed: who needs a tensor that has it computes it anew. */
  private void forget(Value value) {
    values.values().removeIf(value::equals);
  }

  /** A tensor and those that it shows with the axes in another order. */
  private static Stream<Tensor> viewed(Tensor tensor) {
    boolean view = tensor instanceof Einsum e && !e.contracts() && e.factors().size() == 1;
    return view
        ? Stream.concat(Stream.of(tensor), viewed(tensor.operands().getFirst()))
        : Stream.of(tensor);
  }

  private Value elementwise(Elementwise e) {
    List<Code> operands = e.operands().stream().map(o -> here(o, e.rank())).toList();
    Code code = call(e.operator(), operands);
    if (code != null) return nodes.pointwise(domain(e), code);
    return reference(e.operator(), e);
  }

  private static @Nullable Code call(Operator operator, List<Code> operands) {
    if (operands.size() == 2 && operator.name().equals("power")) {
      return Nodes.call(BinaryFunction.POWER, operands.get(0), operands.get(1));
    }
    if (operands.size() != 1) return null;
    return UnaryFunction.of(operator.name())
        .<Code>map(f -> new Code.Unary(f, operands.getFirst()))
        .orElseGet(() -> new Code.External(external(operator), operands.getFirst()));
  }

  private static java.util.function.DoubleUnaryOperator external(Operator operator) {
    Primitive primitive = Primitive.of(operator);
    return x -> primitive.value(List.of(NumericArray.scalar(x))).data()[0];
  }

  /** An operation that has no kernel. */
  Value reference(Operator operator, Tensor tensor) {
    return reference(operator.name(), Primitive.of(operator)::value, tensor);
  }

  Value reference(String operation, Node.Reference.Values values, Tensor tensor) {
    List<Value> operands = tensor.operands().stream().map(this::value).toList();
    Value result = nodes.computed(tensor.shape(), shape(tensor));
    return nodes.add(new Node.Reference(result, operation, values, operands));
  }
}
