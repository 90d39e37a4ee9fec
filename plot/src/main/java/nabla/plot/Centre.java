package nabla.plot;

import java.util.Map;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.optimize.Minimum.Status;
import nabla.tensor.NumericArray;

/**
 * The point through which a slice goes.
 *
 * @param words what it is
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Centre(double[] point, String words) {
  /**
   * The point that is given; otherwise where the function is least, as far as can be found.
   *
   * @throws NablaException with {@link Code#DOMAIN} if it falls without end
   */
  static Centre of(Plot plot, Field field) {
    Map<String, NumericArray> given = plot.centre();
    if (!given.isEmpty()) return new Centre(field.entries(given), "the given point");
    Descent descent = plot.minimize();
    if (descent.found().status() == Status.UNBOUNDED) {
      throw new NablaException(
          Code.DOMAIN, "the function falls without end; say with --at where to look at it");
    }
    boolean converged = descent.found().isConverged();
    return new Centre(
        field.entries(descent.found().point()),
        converged ? "the minimum" : "the last point of minimize");
  }

  /** An error that says where a function can't be drawn. */
  static NablaException outside() {
    return new NablaException(
        Code.DOMAIN, "the function has no finite value in the picture; choose another --range");
  }
}
