package nabla;

import java.util.Arrays;
import java.util.function.DoublePredicate;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.operation.Inverse;
import nabla.tensor.NumericArray;
import nabla.tensor.Property;
import nabla.tensor.Variable;

/**
 * Whether data have the properties that are declared of a variable, up to rounding. What is rounded
 * is measured by the entries around it, so that the unit of the numbers makes no difference.
 */
final class PropertyCheck {
  /** How far numbers may be off that should be the same. */
  private static final double TOLERANCE = 1e-9;

  /** What is left of a pivot that should be 0, in proportion to what it began as. */
  private static final double EPSILON = 1e-14;

  private static final int SQUARE = 32;

  private final NumericArray array;
  private final MatrixArithmetic arithmetic;

  private PropertyCheck(NumericArray array, MatrixArithmetic arithmetic) {
    this.array = array;
    this.arithmetic = arithmetic;
  }

  /**
   * @throws NablaException with {@link Code#PROPERTY} if data contradict a declared property
   */
  static void require(Variable v, NumericArray data, MatrixArithmetic arithmetic) {
    if (v.properties().isEmpty()) return;
    PropertyCheck check = new PropertyCheck(data, arithmetic);
    for (Property p : v.properties()) {
      if (!check.holds(p)) throw contradiction(v, p);
    }
  }

  /**
   * The same of what one look at each entry shows: that a definite matrix is symmetric, but not
   * that it is definite.
   */
  static void requireAtSight(Variable v, NumericArray data) {
    PropertyCheck check = new PropertyCheck(data, new PlainArithmetic());
    for (Property p : v.properties()) {
      boolean holds =
          switch (p) {
            case PD, PSD -> check.isMirrored(1);
            case ORTHOGONAL, IDEMPOTENT, INVERTIBLE -> true;
            default -> check.holds(p);
          };
      if (!holds) throw contradiction(v, p);
    }
  }

  private static NablaException contradiction(Variable v, Property p) {
    return new NablaException(
        Code.PROPERTY, v.name() + " is declared " + p.label() + ", but its data is not");
  }

  private boolean holds(Property property) {
    return switch (property) {
      case SYMMETRIC -> isMirrored(1);
      case SKEW -> isMirrored(-1);
      case PD -> isMirrored(1) && isPositiveDefinite();
      case PSD -> isMirrored(1) && isPositiveSemidefinite();
      case DIAGONAL -> matrix((i, j) -> i == j || array.get(i, j) == 0);
      case LOWER -> matrix((i, j) -> i >= j || array.get(i, j) == 0);
      case UPPER -> matrix((i, j) -> i <= j || array.get(i, j) == 0);
      case TOEPLITZ -> isToeplitz();
      case ORTHOGONAL -> isOrthogonal();
      case IDEMPOTENT -> isIdempotent();
      case POSITIVE -> all(x -> x > 0);
      case NONNEGATIVE -> all(x -> x >= 0);
      case INTEGER -> all(x -> x == Math.rint(x));
      case SIMPLEX -> all(x -> x >= 0) && same(Arrays.stream(array.data()).sum(), 1, 1);
      case UNIT -> same(Arrays.stream(array.data()).map(x -> x * x).sum(), 1, 1);
      case INVERTIBLE -> isInvertible();
      case CONSTANT -> true;
    };
  }

  /**
   * Whether A' is A, or -A. The entry (i, j) is measured by what stands in the rows and columns i
   * and j: a small entry beside large ones only may be rounding.
   */
  private boolean isMirrored(double sign) {
    int n = array.size(0);
    double[] a = array.data();
    if (isExactlyMirrored(sign)) return true;
    double[] scale = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double entry = Math.abs(a[i * n + j]);
        if (!Double.isFinite(entry)) continue;
        scale[i] = Math.max(scale[i], entry);
        scale[j] = Math.max(scale[j], entry);
      }
    }
    for (int i = 0; i < n; i++) scale[i] = Math.sqrt(scale[i]);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        if (!same(a[i * n + j], sign * a[j * n + i], scale[i] * scale[j])) return false;
      }
    }
    return true;
  }

  /** The same to the last bit, which most data are; by squares that the cache holds. */
  private boolean isExactlyMirrored(double sign) {
    int n = array.size(0);
    double[] a = array.data();
    for (int row = 0; row < n; row += SQUARE) {
      for (int column = 0; column <= row; column += SQUARE) {
        for (int i = row; i < Math.min(n, row + SQUARE); i++) {
          int last = Math.min(i + 1, column + SQUARE);
          for (int j = column; j < last; j++) if (a[i * n + j] != sign * a[j * n + i]) return false;
        }
      }
    }
    return true;
  }

  /** Whether no pivot is lost in what its own diagonal entry is rounded by. */
  private boolean isPositiveDefinite() {
    double[] pivots = arithmetic.pivots(array);
    if (pivots == null) return false;
    double least = Math.max(EPSILON, pivots.length * Math.ulp(1.0));
    for (int k = 0; k < pivots.length; k++) {
      if (!(pivots[k] > least * array.get(k, k))) return false;
    }
    return true;
  }

  /** Whether a little more on the diagonal makes it positive definite. */
  private boolean isPositiveSemidefinite() {
    int n = array.size(0);
    double largest = array.largest();
    if (largest == 0) return true;
    double[] raised = array.data().clone();
    double least = Math.max(10 * EPSILON, n * Math.ulp(1.0)) * largest;
    for (int i = 0; i < n; i++) {
      int diagonal = i * n + i;
      raised[diagonal] += TOLERANCE * Math.abs(raised[diagonal]) + least;
    }
    return arithmetic.pivots(NumericArray.of(array.shape(), raised)) != null;
  }

  private boolean isToeplitz() {
    double scale = largest();
    return matrix(
        (i, j) -> i == 0 || j == 0 || same(array.get(i, j), array.get(i - 1, j - 1), scale));
  }

  private boolean isOrthogonal() {
    NumericArray product = arithmetic.product(transposed(), array);
    int n = product.size(0);
    double[] p = product.data();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) if (!same(p[i * n + j], i == j ? 1 : 0, 1)) return false;
    }
    return true;
  }

  /** Whether P*P is P; large entries are rounded by what their products are rounded by. */
  private boolean isIdempotent() {
    double[] p = array.data();
    double[] square = arithmetic.product(array, array).data();
    double largest = largest();
    double scale = largest * Math.max(1, largest);
    for (int k = 0; k < p.length; k++) if (!same(square[k], p[k], scale)) return false;
    return true;
  }

  private boolean isInvertible() {
    NumericArray inverse = arithmetic.inverse(array);
    return inverse.isFinite() && Inverse.isAccurate(inverse, array);
  }

  private NumericArray transposed() {
    int rows = array.size(0);
    int columns = array.size(1);
    double[] turned = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) turned[j * rows + i] = array.data()[i * columns + j];
    }
    return NumericArray.of(new int[] {columns, rows}, turned);
  }

  private interface Entry {
    boolean holds(int i, int j);
  }

  private boolean matrix(Entry entry) {
    for (int i = 0; i < array.size(0); i++) {
      for (int j = 0; j < array.size(1); j++) if (!entry.holds(i, j)) return false;
    }
    return true;
  }

  private boolean all(DoublePredicate holds) {
    return Arrays.stream(array.data()).allMatch(holds);
  }

  /** The largest magnitude that is finite. */
  private double largest() {
    return Arrays.stream(array.data()).map(Math::abs).filter(Double::isFinite).max().orElse(0);
  }

  /** What is infinite or NaN is the same as itself only. */
  private static boolean same(double a, double b, double scale) {
    if (!Double.isFinite(a - b)) return Double.compare(a, b) == 0;
    return Math.abs(a - b) <= TOLERANCE * scale;
  }
}
