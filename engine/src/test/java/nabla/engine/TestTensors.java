package nabla.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import nabla.Expression;
import nabla.Output;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;

/** Numbers for the variables of a tensor, and the comparison of what comes out. */
final class TestTensors {
  private TestTensors() {}

  /** What an output of a function is, as it is before an engine changes it. */
  static Tensor tensor(String function, String declarations, Output output) {
    Expression expression = Expression.parse(function, declarations);
    return expression.compilation(List.of(output)).tensors().getFirst();
  }

  /** Sizes by name, written as {@code m=3, n=12}. */
  static Map<String, Integer> sizes(String text) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    Pattern.compile("(\\w)=(\\d+)")
        .matcher(text)
        .results()
        .forEach(size -> sizes.put(size.group(1), Integer.parseInt(size.group(2))));
    return sizes;
  }

  /** The same random numbers every time; those of symmetric matrices are symmetric. */
  static Map<String, NumericArray> data(
      Tensor tensor, Map<String, Integer> sizes, double least, double most) {
    Random random = new Random(1);
    Map<String, NumericArray> data = new HashMap<>();
    for (Tensor node : Tensors.topological(tensor)) {
      if (!(node instanceof Variable v)) continue;
      int[] shape = v.shape().stream().mapToInt(s -> s.value(sizes)).toArray();
      double[] numbers = random.doubles(NumericArray.zeros(shape).count(), least, most).toArray();
      for (int i = 0; v.isSymmetric() && i < shape[0]; i++) {
        for (int j = 0; j < i; j++) numbers[i * shape[0] + j] = numbers[j * shape[0] + i];
      }
      data.put(v.name(), NumericArray.of(shape, numbers));
    }
    return data;
  }

  /**
   * @param what in words
   * @param error of the largest entry
   */
  static void assertSame(NumericArray expected, NumericArray found, double error, String what) {
    assertThat(found.shape()).as(what).isEqualTo(expected.shape());
    for (int k = 0; k < expected.count(); k++) {
      assertThat(Math.abs(found.data()[k] - expected.data()[k]))
          .as("entry %d of %s", k, what)
          .isLessThanOrEqualTo(error * expected.largest());
    }
  }
}
