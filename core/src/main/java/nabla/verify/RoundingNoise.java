package nabla.verify;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import nabla.tensor.NumericArray;

/**
 * How much of a value is rounding error: the largest change at points a few roundings away. An
 * inverse of what is nearly singular is nothing but that.
 */
final class RoundingNoise {
  /** How much more than its rounding errors a value must be off to be called wrong. */
  static final double NOISES = 100;

  private static final double ROUNDING = 0x1p-48;

  private RoundingNoise() {}

  /**
   * @param here the value at the point
   * @param neighbours how many points are tried
   */
  static double of(
      ReferenceInterpreter interpreter, Binding at, NumericArray here, long seed, int neighbours) {
    SplittableRandom random = new SplittableRandom(seed);
    double noise = 0;
    for (int k = 0; k < neighbours; k++) {
      Map<String, NumericArray> moved = new LinkedHashMap<>();
      at.variables()
          .forEach(
              (name, array) ->
                  moved.put(
                      name, array.map(x -> x * (1 + ROUNDING * (random.nextDouble() - 0.5)))));
      double[] there = interpreter.evaluate(moved).value().data();
      for (int e = 0; e < there.length; e++) {
        noise = Math.max(noise, Math.abs(here.data()[e] - there[e]));
      }
    }
    return noise;
  }
}
