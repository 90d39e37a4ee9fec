package nabla.engine;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/** What users give as numbers. */
final class Points {
  private Points() {}

  static Map<String, NumericArray> arrays(Map<String, ?> point) {
    Map<String, NumericArray> arrays = new LinkedHashMap<>();
    point.forEach((name, data) -> arrays.put(name, array(name, data)));
    return arrays;
  }

  private static NumericArray matrix(String name, double[][] rows) {
    try {
      return NumericArray.matrix(rows);
    } catch (NablaException e) {
      throw new NablaException(e.diagnostic().code(), name + ": " + e.getMessage());
    }
  }

  private static double[] doubles(float[] numbers) {
    double[] doubles = new double[numbers.length];
    for (int k = 0; k < numbers.length; k++) doubles[k] = numbers[k];
    return doubles;
  }

  private static NumericArray array(String name, @Nullable Object data) {
    return switch (data) {
      case NumericArray a -> a;
      case double[] vector -> NumericArray.of(new int[] {vector.length}, vector);
      case double[][] rows -> matrix(name, rows);
      case float[] vector -> NumericArray.of(new int[] {vector.length}, doubles(vector));
      case float[][] rows ->
          matrix(name, Arrays.stream(rows).map(Points::doubles).toArray(double[][]::new));
      case Number number -> NumericArray.scalar(number.doubleValue());
      case null, default ->
          throw new NablaException(
              Code.VALUE, name + " is a number, a double[], a double[][] or an array, not " + data);
    };
  }
}
