package nabla.plot;

import java.util.Map;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;

/**
 * The point through which a slice goes.
 *
 * @param words what it is
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Centre(double[] point, String words) {
  /** The point that is given; otherwise where the function is least, as far as can be found. */
  static Centre of(Plot plot, Field field) {
    Map<String, NumericArray> given = plot.centre();
    if (!given.isEmpty()) return new Centre(field.entries(given), "the given point");
    Plot.Descent descent = plot.minimize();
    boolean converged = descent.found().isConverged();
    return new Centre(
        field.entries(descent.found().point()),
        converged ? "the minimum" : "the last point of minimize");
  }

  /** The point that is given, if it is; otherwise zero. */
  static double[] given(Plot plot, Field field) {
    return field.entries(plot.centre());
  }

  /** An error that says where a function can't be drawn. */
  static NablaException outside() {
    return new NablaException(
        Code.DOMAIN, "the function has no finite value in the picture; choose another --range");
  }
}
