package nabla;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import nabla.verify.Binding;
import nabla.verify.ReferenceInterpreter;
import nabla.verify.SamplePoints;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Changes that keep what is declared do so to first order, and there are as many as there can be.
 */
class TangentsTest {
  private static final int SIZE = 4;
  private static final int POINTS = 6;
  private static final double STEP = 1e-4;
  private static final double SMALL = 1e-7;

  /** What is 0 of such a variable, and how many dimensions its changes have. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      textBlock =
          """
          vector[n]   | unit                  | x'*x - 1                   | 3
          vector[n]   | simplex               | sum(x) - 1                 | 3
          matrix[n,n] | orthogonal            | x'*x - eye(n)              | 6
          matrix[n,n] | symmetric orthogonal  | x*x - eye(n) + x - x'      | (16 - tr(x)^2)/4
          matrix[n,n] | diagonal orthogonal   | x*x - eye(n)               | 0
          matrix[n,n] | upper orthogonal      | x*x - eye(n)               | 0
          matrix[n,n] | idempotent            | x*x - x                    | 2*tr(x)*(4 - tr(x))
          matrix[n,n] | symmetric idempotent  | x*x - x + x - x'           | tr(x)*(4 - tr(x))
          matrix[n,n] | idempotent psd        | x*x - x + x - x'           | tr(x)*(4 - tr(x))
          matrix[n,n] | diagonal idempotent   | x*x - x                    | 0
          """)
  void keepWhatIsDeclared(String type, String properties, String zero, String dimensions) {
    Variable x = variable("x: " + type + " " + properties);
    Variable dx = Changes.change(x);
    Tensor tangent = Tangents.of(Map.of(dx, x)).in(dx);
    Expression defect = Expression.parse(zero, "x: " + type);
    for (int attempt = 0; attempt < POINTS; attempt++) {
      Binding at = SamplePoints.draw(List.of(x), Map.of("n", SIZE), 1, attempt);
      NumericArray here = Objects.requireNonNull(at.variables().get("x"));
      List<double[]> changes = new ArrayList<>();
      for (NumericArray change : changes(tangent, x, at)) {
        changes.add(change.data());
        double scale = Math.max(1, change.largest());
        NumericArray after = defect.value(Map.of("x", moved(here, change, STEP / scale)));
        NumericArray before = defect.value(Map.of("x", moved(here, change, -STEP / scale)));
        for (int k = 0; k < after.count(); k++) {
          double slope = (after.data()[k] - before.data()[k]) / (2 * STEP);
          assertThat(slope).as("%s", at).isCloseTo(0, Offset.offset(SMALL));
        }
      }
      double expected =
          Expression.parse(dimensions, "x: " + type).value(used(dimensions, here)).data()[0];
      assertThat(rank(changes)).as("%s", at).isEqualTo((int) Math.round(expected));
    }
  }

  private static Variable variable(String declaration) {
    return Expression.parse("sum(x)", declaration).variables().getFirst().variable();
  }

  private static Map<String, NumericArray> used(String formula, NumericArray x) {
    return formula.contains("x") ? Map.of("x", x) : Map.of();
  }

  /** The changes for each entry of what is free, as its structure mirrors it. */
  private static List<NumericArray> changes(Tensor tangent, Variable x, Binding at) {
    List<NumericArray> changes = new ArrayList<>();
    for (Variable free : Tensors.variables(tangent)) {
      if (free.equals(x)) continue;
      int count = Objects.requireNonNull(at.variables().get("x")).count();
      // more than enough of any structure, as points at random are
      for (int k = 0; k < 2 * count; k++) {
        Map<String, NumericArray> all = new LinkedHashMap<>(at.variables());
        all.putAll(SamplePoints.draw(List.of(free), at.sizes(), 100 + k, 0).variables());
        changes.add(ReferenceInterpreter.evaluate(tangent, new Binding(at.sizes(), all)));
      }
    }
    return changes;
  }

  private static NumericArray moved(NumericArray from, NumericArray change, double step) {
    double[] data = from.data().clone();
    for (int k = 0; k < data.length; k++) data[k] += step * change.data()[k];
    return NumericArray.of(from.shape(), data);
  }

  /** How many vectors are independent, by elimination. */
  private static int rank(List<double[]> vectors) {
    int rank = 0;
    List<double[]> left = new ArrayList<>(vectors.stream().map(double[]::clone).toList());
    while (!left.isEmpty()) {
      double[] pivot =
          left.stream().max((a, b) -> Double.compare(largest(a), largest(b))).orElseThrow();
      if (largest(pivot) < SMALL) break;
      rank++;
      left.remove(pivot);
      int at = 0;
      for (int k = 0; k < pivot.length; k++) if (Math.abs(pivot[k]) == largest(pivot)) at = k;
      for (double[] other : left) {
        double share = other[at] / pivot[at];
        for (int k = 0; k < other.length; k++) other[k] -= share * pivot[k];
      }
    }
    return rank;
  }

  private static double largest(double[] vector) {
    double largest = 0;
    for (double entry : vector) largest = Math.max(largest, Math.abs(entry));
    return largest;
  }
}
