package nabla.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nabla.Compilation;
import nabla.CompiledFunction;
import nabla.Expression;
import nabla.Nabla;
import nabla.Output;
import nabla.Symbol;
import nabla.tensor.NumericArray;
import nabla.verify.Binding;
import nabla.verify.ReferenceInterpreter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of a matrix are left out if their factor is 0, but not where that would hide a NaN. */
class NonzeroFactorsTest {
  private static final int N = 130;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "W'*relu(x)",
        "relu(x)'*W",
        "W*relu(x)",
        "W'*(W*x .* relu(x))",
        "W'*relu(x) + V'*relu(-x)",
        "W*(relu(x).*(V*x))",
        "W*diag(relu(x))*V",
        "W'*diag(step(x))*V",
        "W*diag(relu(x).^2)*V*diag(x)*V",
        "W*diag(step(x))*V - V*diag(relu(-x))*W"
      })
  void areLeftOutOfFiniteDataOnly(String formula) {
    double[] x = new Random(1).doubles(N, -1, 1).toArray();
    double[] w = new Random(2).doubles(N * N, -1, 1).toArray();
    double[] infinite = w.clone();
    int negative = 0;
    while (x[negative] > 0) negative++;
    infinite[negative * N + 3] = Double.POSITIVE_INFINITY;
    double[] large = w.clone();
    large[negative * N + 3] = 1e300; // infinite in single precision
    for (double[] entries : List.of(w, infinite, large)) agree(formula, entries, x);
  }

  /**
   * Data that are bound, of which rows may be left out, and data of the point, of which none are.
   */
  private static void agree(String formula, double[] entries, double[] x) {
    NumericArray w = NumericArray.of(new int[] {N, N}, entries);
    Map<String, NumericArray> matrices = Map.of("W", w, "V", w.map(Math::sin));
    Expression expression = Nabla.parse(formula, "W: matrix[n,n]; V: matrix[n,n]; x: vector[n]");
    CompiledFunction f = expression.compile(Output.value());
    Map<String, NumericArray> point = new HashMap<>(Map.of("x", NumericArray.vector(x)));
    CompiledFunction bound = f;
    for (Symbol symbol : expression.variables()) {
      NumericArray matrix = matrices.get(symbol.name());
      if (matrix == null) continue;
      point.put(symbol.name(), matrix);
      bound = bound.bind(symbol.name(), matrix);
    }
    Map<String, NumericArray> moving = Map.of("x", NumericArray.vector(x));
    Compilation asked = expression.compilation(List.of(Output.value()));
    Binding at = new Binding(asked.sizes(point), point);
    double[] reference = ReferenceInterpreter.evaluate(asked.tensors().getFirst(), at).data();
    assertNear(values(bound, moving), reference, 1e-13);
    assertNear(values(f, point), reference, 1e-13);
    assertNear(
        values(bound.inSinglePrecision(), moving), values(f.inSinglePrecision(), point), 1e-5);
  }

  private static double[] values(CompiledFunction f, Map<String, NumericArray> point) {
    return f.evaluate(point).get(Output.value()).dense().data();
  }

  private static void assertNear(double[] found, double[] expected, double tolerance) {
    for (int k = 0; k < expected.length; k++) {
      if (Double.isFinite(expected[k])) {
        double scale = 10 + Math.abs(expected[k]);
        assertThat(found[k]).as("entry %d", k).isCloseTo(expected[k], within(tolerance * scale));
      } else {
        assertThat(found[k]).as("entry %d", k).isEqualTo(Double.valueOf(expected[k]));
      }
    }
  }
}
