package nabla.verify;

import java.util.List;
import java.util.Map;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.verify.Agreement.Difference;
import nabla.verify.Agreement.Kind;
import nabla.verify.Agreement.Outcome;

/** Compares the values of two formulas at points of one assignment of sizes. */
final class PointComparison {
  /** A few hundred roundings. */
  private static final double SAME = 1e-13;

  /** So much may be lost where numbers cancel. */
  private static final double ALMOST_SAME = 1e-9;

  /** What algorithms that stop when they are near enough do not reach. */
  private static final double CERTAINLY_OTHER = 1e-6;

  /** Values beyond that agree too easily: what is added to them is lost. */
  private static final double LARGEST = 1e9;

  private static final int NEIGHBOURS = 3;

  private static final Outcome EQUAL = new Outcome(Kind.EQUAL, null);
  private static final Outcome CLOSE = new Outcome(Kind.CLOSE, null);
  private static final Outcome UNKNOWN = new Outcome(Kind.UNKNOWN, null);

  private final ReferenceInterpreter expected;
  private final ReferenceInterpreter found;
  private final List<ReferenceInterpreter> domain;
  private final long seed;

  /**
   * @param domain what has values at the points that count
   * @throws NablaException if a size is too large or too small for one of them
   */
  PointComparison(
      Tensor expected, Tensor found, List<Tensor> domain, Map<String, Integer> sizes, long seed) {
    this.expected = new ReferenceInterpreter(expected, sizes);
    this.found = new ReferenceInterpreter(found, sizes);
    this.domain = domain.stream().map(t -> new ReferenceInterpreter(t, sizes)).toList();
    this.seed = seed;
  }

  /**
   * Whether a point counts.
   *
   * @throws NablaException if a size is too small
   */
  boolean isWithin(Binding at) {
    return domain.stream().allMatch(d -> d.evaluate(at.variables()).value().isFinite());
  }

  /**
   * Whether they agree at a point that counts; unknown where rounding errors may be all that is
   * compared.
   *
   * @throws NablaException if a size is too small for one of them
   */
  Outcome at(Binding at) {
    NumericArray a = expected.evaluate(at.variables()).value();
    NumericArray b = found.evaluate(at.variables()).value();
    if (!a.isFinite() || !b.isFinite()) return UNKNOWN;
    double scale = Math.max(a.largest(), b.largest());
    int worst = worst(a, b);
    double off = worst < 0 ? 0 : Math.abs(a.data()[worst] - b.data()[worst]);
    if (off <= SAME * scale) return scale > LARGEST ? UNKNOWN : EQUAL;
    double noise = Math.max(noise(expected, at, a), noise(found, at, b));
    if (!(off > RoundingNoise.NOISES * noise)) {
      return off <= ALMOST_SAME * scale && scale <= LARGEST ? EQUAL : UNKNOWN;
    }
    if (off <= CERTAINLY_OTHER * scale) return CLOSE;
    List<Integer> index = Shapes.index(worst, a.shape());
    return new Outcome(Kind.DIFFERENT, new Difference(at, index, a.data()[worst], b.data()[worst]));
  }

  private double noise(ReferenceInterpreter interpreter, Binding at, NumericArray here) {
    return RoundingNoise.of(interpreter, at, here, seed, NEIGHBOURS);
  }

  private static int worst(NumericArray a, NumericArray b) {
    int worst = -1;
    for (int k = 0; k < a.count(); k++) {
      double off = Math.abs(a.data()[k] - b.data()[k]);
      if (worst < 0 || off > Math.abs(a.data()[worst] - b.data()[worst])) worst = k;
    }
    return worst;
  }
}
