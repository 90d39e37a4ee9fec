package nabla.engine;

import static nabla.Output.gradient;
import static nabla.Output.hessian;
import static nabla.Output.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import nabla.CompiledFunction;
import nabla.Evaluator;
import nabla.Expression;
import nabla.Nabla;
import nabla.Output;
import nabla.Results;
import nabla.WorkPlan;
import nabla.tensor.NumericArray;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions as users call them. */
class EngineTest {
  /** What every run leaves as it is, is written once: it must still be there in later runs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum(x.^3)",
        "sum(x.^3)+x'*x",
        "sum(exp(diag(x)))",
        "sum(exp(diag(x)+diag(x.^2)))",
        "logdet(diag(exp(x))+eye(5))",
        "sum((diag(x)+x*x').^2)",
        "sum(kron(eye(2),x).^3)",
        "x'*(ones(5,5)-eye(5))*x"
      })
  void laterRunsAreAsGoodAsTheFirst(String function) {
    Output[] outputs = {value(), gradient("x"), hessian("x")};
    CompiledFunction f = Nabla.parse(function, "x: vector[5]").compile(outputs).inFull();
    double[][] points = {{1, -2, 0.5, 3, 2}, {-0.5, 1, 2, -1, 0.25}, {0, 1, -2, 0.125, 4}};
    Evaluator again = f.evaluator(Map.of("x", points[0]));
    for (double[] x : points) {
      again.set("x", x);
      again.run();
      Evaluator first = f.evaluator(Map.of("x", x));
      first.run();
      for (Output o : outputs) {
        assertThat(again.get(o).dense().data()).containsExactly(first.get(o).dense().data());
      }
    }
  }

  @Test
  void whatIsWrittenToAViewIsThePoint() {
    CompiledFunction f =
        Nabla.parse("sum(x.^2) + y'*S*y", "x: vector[3]; y: vector[2]; S: matrix[2,2] symmetric")
            .compile(gradient("x"));
    Evaluator evaluator =
        f.evaluator(
            Map.of("x", new double[3], "y", new double[2], "S", new double[][] {{1, 0}, {0, 1}}));
    MemorySegment x = evaluator.view("x");
    assertThat(x.byteSize()).isEqualTo(3 * Double.BYTES);
    x.copyFrom(MemorySegment.ofArray(new double[] {1, -2, 3}));
    evaluator.run();
    assertThat(evaluator.get(gradient("x")).dense().data()).containsExactly(2, -4, 6);
    assertThat(evaluator.view("y").byteSize()).as("not read").isEqualTo(2 * Double.BYTES);
    assertThatThrownBy(() -> evaluator.view("S")).hasMessageContaining("properties");
    assertThatThrownBy(() -> evaluator.view("z")).hasMessageContaining("no variable");
  }

  @Test
  void plansAsNumbers() {
    WorkPlan plan =
        Nabla.parse("norm2(X*w - y)^2")
            .compile(gradient("w"))
            .bind("X", new double[4][2])
            .bind("y", new double[4])
            .plan(Map.of("w", new double[2]));
    assertThat(plan.steps().getFirst())
        .isEqualTo(new WorkPlan.Step("matrix product 4x2 * 2x1", 16, 112));
    assertThat(plan.flops()).isEqualTo(36);
    assertThat(plan.memory()).isEqualTo(128);
    assertThat(plan.toString().lines())
        .hasSize(4)
        .last(InstanceOfAssertFactories.STRING)
        .startsWith("gradient by w: 36 flops, 128B of memory for what is computed; ");
  }

  @Test
  void logisticRegression() {
    double[][] x = {{1, 2}, {0, -1}, {3, 1}};
    double[] y = {1, -1, 1};
    var f =
        Nabla.parse("sum(log(1+exp(-y.*(X*w)))) + c/2*w'*w")
            .compile(value(), gradient("w"), hessian("w"));
    Results out =
        f.bind("X", x).bind("y", y).set("c", 0.1).evaluate(Map.of("w", new double[] {0.5, -0.5}));
    double expected = 0;
    for (int i = 0; i < 3; i++) {
      expected += Math.log1p(Math.exp(-y[i] * (x[i][0] * 0.5 - x[i][1] * 0.5)));
    }
    assertThat(out.value()).isCloseTo(expected + 0.05 * 0.5, within(1e-12));
    assertThat(out.gradient().shape()).containsExactly(2);
    assertThat(out.hessian().shape()).containsExactly(2, 2);
    assertThat(out.hessian().times(out.hessian().solve(out.gradient())).data())
        .containsExactly(out.gradient().data(), within(1e-12));
  }

  /** What is the same along an axis is stored once, and is not added to in place. */
  @Test
  void entriesThatShareANumberAreNotChanged() {
    Expression function =
        Nabla.parse(
            "tr(inv((rowsum(A)*x')'*(rowsum(A)*x') + eye(m)))",
            "A: matrix[m,m] diagonal; x: vector[m]");
    Map<String, NumericArray> data =
        Map.of(
            "A", NumericArray.matrix(new double[] {0.1, 0}, new double[] {0, 0.5}),
            "x", NumericArray.vector(0.9, 1.9));
    double[] found = function.compile(hessian("A")).evaluate(data).hessian().dense().data();
    double[] expected = function.hessian("A").value(data).data();
    assertThat(found).containsExactly(expected, within(1e-12));
  }
}
