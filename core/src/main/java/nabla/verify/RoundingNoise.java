package nabla.verify;

import java.util.SplittableRandom;
import nabla.tensor.Apply;
import nabla.tensor.Einsum;
import nabla.tensor.Elementwise;
import nabla.tensor.NumericArray;
import nabla.tensor.Structural;
import nabla.tensor.Tensor;

/**
 * How much of a value is rounding error: the largest change if every variable and every result on
 * the way is a few roundings off. An inverse of what is nearly singular is nothing but that, and so
 * is what is left of two large numbers, or of one that was too small to be stored.
 *
 * <p>(Parker 1997, Monte Carlo arithmetic.)
 */
final class RoundingNoise {
  /** How much more than its rounding errors a value must be off to be called wrong. */
  static final double NOISES = 100;

  private static final double ROUNDING = 0x1p-48;

  /** Somewhat more than the smallest numbers that are stored in full. */
  private static final double UNDERFLOW = 1e-300;

  /** No operation makes 0 of a number in between, but where 0 is the exact result. */
  private static final double SMALLEST_MODERATE = 1e-20;

  private static final double LARGEST_MODERATE = 20;

  private RoundingNoise() {}

  /**
   * @param here the value at the point
   * @param neighbours how many times it is tried
   * @return NaN if roundings leave the domain
   */
  static double of(
      ReferenceInterpreter interpreter, Binding at, NumericArray here, long seed, int neighbours) {
    double underflow = isModerate(interpreter, at) ? 0 : UNDERFLOW;
    double noise = of(interpreter, at, here, seed, neighbours, underflow, false);
    // an exponent of what is negative is a whole number, as it is stored
    return Double.isNaN(noise)
        ? of(interpreter, at, here, seed, neighbours, underflow, true)
        : noise;
  }

  /** Whether zeros on the way are zeros: the root of relu(-1) does not leave its domain. */
  private static boolean isModerate(ReferenceInterpreter interpreter, Binding at) {
    boolean[] moderate = {true};
    interpreter.evaluate(
        at.variables(),
        (node, value) -> {
          for (double x : value.data()) {
            double size = Math.abs(x);
            moderate[0] &= size == 0 || (size >= SMALLEST_MODERATE && size <= LARGEST_MODERATE);
          }
          return value;
        });
    return moderate[0];
  }

  /**
   * @param underflow how large a result may be that was stored as 0
   * @param keep whether whole numbers are what they are, but for those that may have underflowed
   */
  private static double of(
      ReferenceInterpreter interpreter,
      Binding at,
      NumericArray here,
      long seed,
      int neighbours,
      double underflow,
      boolean keep) {
    SplittableRandom random = new SplittableRandom(seed);
    double noise = 0;
    for (int k = 0; k < neighbours; k++) {
      double[] there =
          interpreter
              .evaluate(
                  at.variables(), (node, value) -> rounded(node, value, random, underflow, keep))
              .value()
              .data();
      for (int e = 0; e < there.length; e++) {
        noise = Math.max(noise, Math.abs(here.data()[e] - there[e]));
      }
    }
    return noise;
  }

  private static NumericArray rounded(
      Tensor node, NumericArray value, SplittableRandom random, double underflow, boolean keep) {
    if (node instanceof Structural) return value;
    double least = mayUnderflow(node) ? underflow : 0;
    return value.map(
        x -> {
          double factor = 1 + ROUNDING * (random.nextDouble() - 0.5);
          double off = least * (random.nextDouble() - 0.5);
          return keep && least == 0 && x == Math.rint(x) ? x : x * factor + off;
        });
  }

  private static boolean mayUnderflow(Tensor node) {
    return switch (node) {
      case Elementwise _, Apply _ -> true;
      case Einsum product -> product.factors().stream().anyMatch(f -> !f.isPlain());
      default -> false;
    };
  }
}
