package nabla.verify;

import nabla.tensor.NumericArray;
import nabla.tensor.Property;
import nabla.tensor.Variable;

/**
 * The direction in which a variable moves to give one entry of a derivative: a single entry, or
 * what its structure makes of that. Entry q of a projected derivative is the derivative along the
 * projection of the unit vector of q, that of one by free entries is along the entries that change
 * with q.
 */
public enum Directions {
  /** Each entry by itself. */
  ENTRIES,
  /** Each entry by itself, of a variable that is the change of another one and 0 at first. */
  CHANGES,
  /** The nearest change that keeps the structure. */
  PROJECTED,
  /** The entry and those that depend on it. */
  INDEPENDENT;

  /** Whether each entry moves by itself. */
  boolean areEntries() {
    return this == ENTRIES || this == CHANGES;
  }

  /** The direction for an entry of a variable at a point. */
  double[] of(Variable variable, NumericArray point, int entry) {
    double[] direction = new double[point.count()];
    direction[entry] = 1;
    if (areEntries()) return direction;
    if (variable.is(Property.SIMPLEX)) return centred(direction);
    if (variable.is(Property.TOEPLITZ)) {
      double[] without = matrix(variable, point, direction, entry);
      return Diagonals.spread(without, point.size(0), point.size(1), this == PROJECTED);
    }
    if (variable.rank() == 1) return variable.is(Property.UNIT) ? tangent(point, entry) : direction;
    return variable.rank() == 2 ? matrix(variable, point, direction, entry) : direction;
  }

  private static double[] centred(double[] direction) {
    for (int k = 0; k < direction.length; k++) direction[k] -= 1.0 / direction.length;
    return direction;
  }

  private static double[] tangent(NumericArray point, int entry) {
    double[] direction = new double[point.count()];
    for (int k = 0; k < direction.length; k++) {
      direction[k] = (k == entry ? 1 : 0) - point.data()[k] * point.data()[entry];
    }
    return direction;
  }

  private double[] matrix(Variable v, NumericArray point, double[] direction, int entry) {
    int n = point.size(1);
    int i = entry / n;
    int j = entry % n;
    boolean symmetric = v.is(Property.SYMMETRIC) || v.is(Property.PD) || v.is(Property.PSD);
    boolean triangular = v.is(Property.LOWER) || v.is(Property.UPPER);
    boolean diagonal = v.is(Property.DIAGONAL) || (symmetric && triangular);
    boolean outside =
        (diagonal && i != j)
            || (v.is(Property.LOWER) && i < j)
            || (v.is(Property.UPPER) && i > j)
            || (v.is(Property.SKEW) && i == j);
    if (outside) return new double[direction.length];
    if (diagonal) return direction;
    if (v.is(Property.ORTHOGONAL)) return tangent(point, n, direction);
    if (symmetric || v.is(Property.SKEW)) mirror(direction, n, i, j, symmetric ? 1 : -1);
    return direction;
  }

  private void mirror(double[] direction, int n, int i, int j, int sign) {
    if (i == j) return;
    double size = this == PROJECTED ? 0.5 : 1;
    direction[i * n + j] = size;
    direction[j * n + i] = sign * size;
  }

  /** E - X (X'E + E'X)/2. */
  private static double[] tangent(NumericArray x, int n, double[] e) {
    double[] inner = new double[n * n];
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < n; b++) {
        for (int k = 0; k < x.size(0); k++) {
          inner[a * n + b] += x.get(k, a) * e[k * n + b] / 2 + e[k * n + a] * x.get(k, b) / 2;
        }
      }
    }
    double[] direction = e.clone();
    for (int i = 0; i < x.size(0); i++) {
      for (int b = 0; b < n; b++) {
        for (int a = 0; a < n; a++) direction[i * n + b] -= x.get(i, a) * inner[a * n + b];
      }
    }
    return direction;
  }
}
