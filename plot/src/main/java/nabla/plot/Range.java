package nabla.plot;

import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;

/** The numbers from one to a larger one. */
public record Range(double low, double high) {
  /**
   * @throws NablaException with {@link Code#REQUEST} if it is empty or not finite
   */
  public Range {
    if (!(low < high) || !Double.isFinite(high - low)) {
      throw new NablaException(
          Code.REQUEST,
          "a range goes from a number to a larger one, not from " + low + " to " + high);
    }
  }

  /** As far as given on both sides of a number. */
  static Range around(double middle, double radius) {
    return new Range(middle - radius, middle + radius);
  }

  double span() {
    return high - low;
  }

  double middle() {
    return low + span() / 2;
  }

  /** The number so far from the low end, from 0 to 1. */
  double at(double share) {
    return low + share * span();
  }

  boolean contains(double number) {
    return number >= low && number <= high;
  }

  /** With so much of its span added on both sides. */
  Range widened(double share) {
    return new Range(low - share * span(), high + share * span());
  }
}
