package nabla.engine;

import java.util.List;
import java.util.Map;
import nabla.Expression;
import nabla.Output;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.verify.Binding;
import nabla.verify.ReferenceInterpreter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Derivatives of many axes that are products, written out. */
class OuterProductTest {
  private static final String DECLARATIONS =
      "W: matrix[m,n]; A: matrix[m,m]; B: matrix[n,n]; u, v: vector[m]; x, y: vector[n]";
  private static final double SAME = 1e-12;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lse(W*x) | 5 | 7",
        "sum(exp(W*x)) | 4 | 4",
        "(v'*W*x)^2 | 9 | 5",
        "(v'*W*x)^3 | 5 | 9",
        "(v'*W*x)*(u'*W*y) | 6 | 5",
        "(v.*u)'*W*(x.*y)*(u'*W*x) | 6 | 6",
        "x'*W'*A*W*x | 5 | 4",
        "tr(W'*A*W*B) | 5 | 4",
        "v'*A*W*B*x*(u'*W*y) | 4 | 6",
        "lse(A*W*B*x) | 3 | 8",
        "lse(A*relu(W*x))-v'*A*relu(W*x) | 8 | 3",
        "(v'*W*x)^2 | 1 | 6",
      })
  void isWhatItWas(String function, int m, int n) {
    Expression expression = Expression.parse(function, DECLARATIONS);
    same(expression, List.of(Output.hessian("W")), Map.of("m", m, "n", n));
  }

  /** A part of the Hessian is the first term of the gradient, to which the others are added. */
  @Test
  void aSumIsNotMadeInWhatOthersNeed() {
    Expression expression = Expression.parse("rowlse(B*B)[3]", DECLARATIONS);
    Output gradient = Output.derivative("B");
    Output hessian = Output.derivative("B", "B");
    for (List<Output> outputs : List.of(List.of(gradient, hessian), List.of(hessian, gradient))) {
      same(expression, outputs, Map.of("n", 5));
    }
  }

  private static void same(
      Expression expression, List<Output> outputs, Map<String, Integer> sizes) {
    List<Tensor> tensors = expression.compilation(outputs).tensors();
    Map<String, NumericArray> data = TestTensors.data(tensors.getLast(), sizes, -1, 1);
    Execution execution = new Execution(TestPlans.full(tensors, sizes), Map.of());
    data.forEach(execution::set);
    execution.run();
    for (int o = 0; o < outputs.size(); o++) {
      NumericArray expected =
          ReferenceInterpreter.evaluate(tensors.get(o), new Binding(sizes, data));
      NumericArray found = execution.array(o, 0);
      TestTensors.assertSame(expected, found, SAME, outputs.get(o).label());
    }
  }
}
