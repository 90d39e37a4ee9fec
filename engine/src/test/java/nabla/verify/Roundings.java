package nabla.verify;

import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;

/** How far two right ways to compute a value may be apart. */
public final class Roundings {
  private static final int NEIGHBOURS = 4;

  private Roundings() {}

  /** The largest change of any entry that rounding errors on the way can make; NaN if all can. */
  public static double of(Tensor tensor, Binding at, long seed) {
    ReferenceInterpreter interpreter = new ReferenceInterpreter(tensor, at.sizes());
    NumericArray here = interpreter.evaluate(at.variables()).value();
    return RoundingNoise.NOISES * RoundingNoise.of(interpreter, at, here, seed, NEIGHBOURS);
  }
}
