package nabla.operation;

import java.util.function.UnaryOperator;

/**
 * Values of matrix functions for small matrices: the exponential by scaling and squaring of a
 * diagonal Padé approximant, the square root by the product form of the Denman-Beavers iteration,
 * the logarithm by inverse scaling and squaring (Higham, Functions of Matrices, sections 10.3, 6.3
 * and 11.5), sine and cosine from the exponential of [0, X; -X, 0].
 *
 * <p>Matrices are stored by rows. All NaN where there is no value.
 */
final class MatrixFunctionValues {
  private static final int PADE = 8;
  private static final int MOST_STEPS = 60;

  /** Nodes and weights of the Gauss-Legendre rule with 8 nodes on [0, 1], half of them. */
  private static final double[] NODES = {
    0.019855071751231856, 0.10166676129318664, 0.2372337950418355, 0.4082826787521751
  };

  private static final double[] WEIGHTS = {
    0.05061426814518813, 0.1111905172266872, 0.1568533229389436, 0.1813418916891810
  };

  private MatrixFunctionValues() {}

  static double[] exponential(double[] x, int n) {
    if (!isFinite(x)) return undefined(n);
    int squarings = Math.max(0, 2 + Math.getExponent(norm(x, n)));
    double[] scaled = scale(x, Math.scalb(1.0, -squarings));
    double[] numerator = identity(n);
    double[] denominator = identity(n);
    double[] power = identity(n);
    double c = 1;
    for (int k = 1; k <= PADE; k++) {
      c *= (double) (PADE - k + 1) / (k * (2 * PADE - k + 1));
      power = multiply(power, scaled, n);
      for (int e = 0; e < power.length; e++) {
        numerator[e] += c * power[e];
        denominator[e] += (k % 2 == 0 ? c : -c) * power[e];
      }
    }
    double[] result = multiply(inverse(denominator, n), numerator, n);
    for (int k = 0; k < squarings; k++) result = multiply(result, result, n);
    return result;
  }

  /** The principal square root, by way of that of 4⁻ᵏ X, which is of moderate size. */
  static double[] squareRoot(double[] x, int n) {
    if (!isFinite(x)) return undefined(n);
    int half = Math.getExponent(norm(x, n)) / 2;
    double[] root = rootOfModerate(scale(x, Math.scalb(1.0, -2 * half)), n);
    return scale(root, Math.scalb(1.0, half));
  }

  private static double[] rootOfModerate(double[] x, int n) {
    double[] m = x.clone();
    double[] root = x.clone();
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] inverse = inverse(m, n);
      if (!isFinite(inverse)) return undefined(n);
      double[] factor = identity(n);
      for (int e = 0; e < m.length; e++) factor[e] = (factor[e] + inverse[e]) / 2;
      root = multiply(root, factor, n);
      double distance = 0;
      double[] identity = identity(n);
      for (int e = 0; e < m.length; e++) {
        m[e] = (identity[e] + (m[e] + inverse[e]) / 2) / 2;
        distance = Math.max(distance, Math.abs(m[e] - identity[e]));
      }
      if (distance < 1e-15 * n) return refined(root, x, n);
    }
    return undefined(n);
  }

  /** The root if its square is the matrix. */
  private static double[] refined(double[] root, double[] x, int n) {
    double[] square = multiply(root, root, n);
    double off = 0;
    for (int e = 0; e < x.length; e++) off = Math.max(off, Math.abs(square[e] - x[e]));
    return off <= 1e-8 * (1 + norm(root, n) * norm(root, n)) ? root : undefined(n);
  }

  /** The principal logarithm. */
  static double[] logarithm(double[] x, int n) {
    if (!isFinite(x)) return undefined(n);
    double[] root = x;
    int roots = 0;
    while (distance(root, n) > 0.25) {
      if (++roots > MOST_STEPS || !isFinite(root)) return undefined(n);
      root = squareRoot(root, n);
    }
    double[] shifted = root.clone();
    for (int i = 0; i < n; i++) shifted[i * n + i] -= 1;
    double[] sum = new double[n * n];
    for (int k = 0; k < NODES.length; k++) {
      addNode(sum, shifted, n, NODES[k], WEIGHTS[k]);
      addNode(sum, shifted, n, 1 - NODES[k], WEIGHTS[k]);
    }
    return scale(sum, Math.scalb(1.0, roots));
  }

  /** log(I + E) is the integral of E (I + tE)⁻¹ over t from 0 to 1. */
  private static void addNode(double[] sum, double[] shifted, int n, double t, double weight) {
    double[] resolvent = scale(shifted, t);
    for (int i = 0; i < n; i++) resolvent[i * n + i] += 1;
    double[] value = multiply(shifted, inverse(resolvent, n), n);
    for (int e = 0; e < sum.length; e++) sum[e] += weight * value[e];
  }

  private static double distance(double[] x, int n) {
    double[] shifted = x.clone();
    for (int i = 0; i < n; i++) shifted[i * n + i] -= 1;
    return norm(shifted, n);
  }

  static double[] cosine(double[] x, int n) {
    return block(rotation(x, n), n, 0, 0);
  }

  static double[] sine(double[] x, int n) {
    return block(rotation(x, n), n, 0, 1);
  }

  private static double[] rotation(double[] x, int n) {
    double[] doubled = new double[4 * n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        doubled[i * 2 * n + n + j] = x[i * n + j];
        doubled[(n + i) * 2 * n + j] = -x[i * n + j];
      }
    }
    return exponential(doubled, 2 * n);
  }

  private static double[] block(double[] from, int n, int row, int column) {
    int width = (int) Math.round(Math.sqrt(from.length));
    double[] block = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        block[i * n + j] = from[(row * n + i) * width + column * n + j];
      }
    }
    return block;
  }

  /**
   * The derivative of a matrix function along directions, as the block at the upper right of the
   * function of a larger matrix (Higham and Relton 2014): [X, E; 0, X] for one direction, and so
   * on.
   */
  static double[] along(
      UnaryOperator<double[]> function, double[] x, int n, double[][] directions) {
    int copies = 1 << directions.length;
    int width = copies * n;
    double[] large = new double[width * width];
    for (int row = 0; row < copies; row++) {
      put(large, width, x, n, row, row);
      for (int d = 0; d < directions.length; d++) {
        boolean free = (row >> d & 1) == 0;
        if (free) put(large, width, directions[d], n, row, row + (1 << d));
      }
    }
    return block(function.apply(large), n, 0, copies - 1);
  }

  private static void put(double[] large, int width, double[] x, int n, int row, int column) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        large[(row * n + i) * width + column * n + j] = x[i * n + j];
      }
    }
  }

  private static double[] inverse(double[] x, int n) {
    return LinearAlgebra.inverse(nabla.tensor.NumericArray.of(new int[] {n, n}, x)).data();
  }

  private static double[] multiply(double[] a, double[] b, int n) {
    return LinearAlgebra.product(a, b, n, n, n);
  }

  private static double[] identity(int n) {
    double[] identity = new double[n * n];
    for (int i = 0; i < n; i++) identity[i * n + i] = 1;
    return identity;
  }

  private static double[] scale(double[] x, double factor) {
    double[] scaled = new double[x.length];
    for (int e = 0; e < x.length; e++) scaled[e] = factor * x[e];
    return scaled;
  }

  /** The largest row sum of absolute values. */
  private static double norm(double[] x, int n) {
    double norm = 0;
    for (int i = 0; i < n; i++) {
      double row = 0;
      for (int j = 0; j < n; j++) row += Math.abs(x[i * n + j]);
      norm = Math.max(norm, row);
    }
    return norm;
  }

  private static boolean isFinite(double[] x) {
    for (double entry : x) if (!Double.isFinite(entry)) return false;
    return true;
  }

  private static double[] undefined(int n) {
    double[] undefined = new double[n * n];
    java.util.Arrays.fill(undefined, Double.NaN);
    return undefined;
  }
}
