package nabla.verify;

import nabla.tensor.Tensor;

/** How far two right ways to compute a value may be apart. */
public final class Roundings {
  private Roundings() {}

  /** The largest change of any entry that rounding errors on the way can make; NaN if all can. */
  public static double of(Tensor tensor, Binding at, long seed) {
    return new ReferenceInterpreter(tensor, at.sizes()).uncertainty(at.variables(), seed);
  }
}
