package nabla.optimize;

/** Arithmetic of vectors. */
final class Vectors {
  private Vectors() {}

  static double dot(double[] x, double[] y) {
    // four sums need not wait for each other
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int k = 0;
    for (; k + 3 < x.length; k += 4) {
      a += x[k] * y[k];
      b += x[k + 1] * y[k + 1];
      c += x[k + 2] * y[k + 2];
      d += x[k + 3] * y[k + 3];
    }
    for (; k < x.length; k++) a += x[k] * y[k];
    return (a + b) + (c + d);
  }

  static double norm(double[] x) {
    return Math.sqrt(dot(x, x));
  }

  /** The largest entry without its sign; NaN if one is NaN. */
  static double largest(double[] x) {
    double largest = 0;
    for (double entry : x) largest = Math.max(largest, Math.abs(entry));
    return largest;
  }

  /** x + t*y */
  static double[] along(double[] x, double t, double[] y) {
    double[] sum = new double[x.length];
    for (int k = 0; k < x.length; k++) sum[k] = x[k] + t * y[k];
    return sum;
  }

  /** x becomes x + t*y. */
  static void add(double[] x, double t, double[] y) {
    for (int k = 0; k < x.length; k++) x[k] += t * y[k];
  }

  static boolean areFinite(double[][] rows) {
    for (double[] row : rows) if (!areFinite(row)) return false;
    return true;
  }

  static boolean areFinite(double[] x) {
    for (double entry : x) if (!Double.isFinite(entry)) return false;
    return true;
  }

  /** The same direction with length 1. */
  static double[] unit(double[] direction) {
    return along(new double[direction.length], 1 / norm(direction), direction);
  }

  /** A vector of a length with a 1 at a place, and zeros elsewhere. */
  static double[] axis(int place, int length) {
    double[] axis = new double[length];
    axis[place] = 1;
    return axis;
  }

  /** A vector of a length with some entries at their places, and zeros elsewhere. */
  static double[] spread(double[] some, int[] places, int length) {
    double[] all = new double[length];
    for (int k = 0; k < places.length; k++) all[places[k]] = some[k];
    return all;
  }
}
