package nabla.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import nabla.calculus.Differentiation;
import nabla.diagnostic.NablaException;
import nabla.tensor.Elementwise;
import nabla.tensor.NumericArray;
import nabla.tensor.Product;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import nabla.verify.Binding;
import nabla.verify.CheckReport;
import nabla.verify.DerivativeCheck;
import nabla.verify.ReferenceInterpreter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation of the catalogue: its rule against finite differences at every operand of every
 * signature, the rules of its rules, and what it makes of zeros, infinities, NaN and empty arrays.
 */
class PrimitiveRulesTest {
  private static final List<List<Size>> ANY =
      List.of(
          List.of(),
          List.of(Size.of("n")),
          List.of(Size.of("m"), Size.of("n")),
          List.of(Size.of("m"), Size.of("n"), Size.of("k")));

  /** What can't be differentiated any further. */
  private static final List<String> LAST_DERIVATIVES =
      List.of("polygamma6", "ddexpm", "ddlogm", "ddsinm", "ddcosm", "dpolar");

  /** What can't be differentiated twice. */
  private static final List<String> LIMITED =
      List.of(
          "polygamma5",
          "polygamma6",
          "dexpm",
          "dlogm",
          "dsinm",
          "dcosm",
          "ddexpm",
          "ddlogm",
          "ddsinm",
          "ddcosm",
          "polar",
          "dpolar");

  /** One way to call an operation. */
  record Call(Operation operation, List<Variable> operands) {
    Tensor node() {
      return operation.of(List.copyOf(operands));
    }

    @Override
    public String toString() {
      return operation.name() + operands.stream().map(Variable::shape).toList();
    }
  }

  static Stream<Call> calls() {
    return Catalogue.all().stream().flatMap(PrimitiveRulesTest::calls);
  }

  private static Stream<Call> calls(Operation operation) {
    List<Call> calls = new ArrayList<>();
    for (Signature signature : operation.signatures()) {
      boolean any = signature.parameters().stream().anyMatch(Signature.Parameter::any);
      for (List<Size> shape : any ? ANY : List.of(List.<Size>of())) {
        List<Variable> operands = new ArrayList<>();
        for (Signature.Parameter p : signature.parameters()) {
          String name = "x" + operands.size();
          operands.add(new Variable(name, p.any() ? shape : p.shape(), Set.of()));
        }
        calls.add(new Call(operation, operands));
      }
    }
    return calls.stream();
  }

  static Stream<Call> primitives() {
    return calls()
        .filter(call -> call.operation() instanceof Primitive)
        .filter(call -> call.node().operands().equals(call.operands()));
  }

  @ParameterizedTest
  @MethodSource("primitives")
  void derivativeAgreesWithFiniteDifferences(Call call) {
    Tensor node = call.node();
    for (int position = 0; position < call.operands().size(); position++) {
      Tensor derivative;
      try {
        derivative = derivative((Primitive) call.operation(), node, position);
      } catch (NablaException beyond) {
        assertThat(call.operation().name()).isIn(LAST_DERIVATIVES);
        return;
      }
      Variable by = call.operands().get(position);
      assertPasses(List.of(node, derivative), List.of(by));
    }
  }

  /** The rule as a tensor with the axes of the operand, then those of the node. */
  private static Tensor derivative(Primitive operation, Tensor node, int position) {
    Tensor rule = operation.derivative(node, node.operands(), position);
    Tensor operand = node.operands().get(position);
    Product product = new Product();
    List<Integer> inner = product.labels(operand.shape());
    List<Integer> axes = new ArrayList<>(inner);
    if (node instanceof Elementwise) {
      assertThat(rule.shape()).isEqualTo(node.shape());
      axes.addAll(inner);
      return product.factor(rule, inner).to(axes);
    }
    List<Integer> outer = product.labels(node.shape());
    List<Integer> stacked = new ArrayList<>(outer);
    stacked.addAll(inner);
    axes.addAll(outer);
    return product.factor(rule, stacked).to(axes);
  }

  /** Differentiating the definition or the rule again stays right. */
  @ParameterizedTest
  @MethodSource("calls")
  void secondDerivativeAgreesWithFiniteDifferences(Call call) {
    Tensor node = call.node();
    if (node.rank() + 2 * call.operands().getFirst().rank() > 6) return;
    for (Variable first : call.operands()) {
      for (Variable second : call.operands()) {
        List<Tensor> chain;
        try {
          Tensor once = Differentiation.derivative(node, first);
          chain = List.of(node, once, Differentiation.next(once, List.of(first), second));
        } catch (NablaException beyond) {
          assertThat(call.operation().name()).isIn(LIMITED);
          continue;
        }
        assertPasses(chain, List.of(first, second));
      }
    }
  }

  private static void assertPasses(List<Tensor> chain, List<Variable> by) {
    CheckReport report = DerivativeCheck.atRandomPoints(chain, by, 1);
    assertThat(report.status()).as("%s", report).isEqualTo(CheckReport.Status.PASSED);
    assertThat(report.points()).isEqualTo(3);
  }

  /** Those that only say where something is, and those that only look at a shape. */
  private static final Set<String> BLIND =
      Set.of("argmax", "argmin", "rowargmax", "diagsummap", "diagmeanmap");

  @ParameterizedTest
  @MethodSource("calls")
  void edgeValuesAreNumbers(Call call) {
    for (double entry : new double[] {0, -0.0, 1, -1, 1e300, -1e300, 1e-300}) evaluate(call, entry);
    for (double entry : new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      evaluate(call, entry);
    }
    NumericArray value = evaluate(call, Double.NaN);
    boolean blind = BLIND.contains(call.operation().name());
    if (!blind) assertThat(value.isFinite()).as("NaN in, %s out", value).isFalse();
  }

  private static NumericArray evaluate(Call call, double entry) {
    return ReferenceInterpreter.evaluate(call.node(), filled(call, entry, 2));
  }

  private static Binding filled(Call call, double entry, int size) {
    Map<String, Integer> sizes = Map.of("k", size, "m", size, "n", size, "p", size, "q", size);
    Map<String, NumericArray> values = new java.util.HashMap<>();
    for (Variable operand : call.operands()) {
      int[] shape = operand.shape().stream().mapToInt(s -> s.value(sizes)).toArray();
      values.put(operand.name(), NumericArray.zeros(shape).map(x -> entry));
    }
    return new Binding(sizes, values);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void sizesOneAndZeroWork(Call call) {
    Binding one = filled(call, 0.5, 1);
    int count =
        call.node().shape().stream().mapToInt(s -> s.value(one.sizes())).reduce(1, (a, b) -> a * b);
    assertThat(ReferenceInterpreter.evaluate(call.node(), one).count()).isEqualTo(count);
    assertThatCode(() -> ReferenceInterpreter.evaluate(call.node(), filled(call, 0.5, 0)))
        .doesNotThrowAnyException();
  }

  /** The tensor has the shape that the signature promises. */
  @ParameterizedTest
  @MethodSource("calls")
  void resultHasThePromisedShape(Call call) {
    boolean promised =
        call.operation().signatures().stream()
            .map(Signature::result)
            .anyMatch(result -> result.any() || result.shape().equals(call.node().shape()));
    assertThat(promised).as("%s gives %s", call, call.node().shape()).isTrue();
    assertThat(Tensors.variables(call.node())).isSubsetOf(call.operands());
  }
}
