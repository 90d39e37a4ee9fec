package nabla.verify;

import java.util.EnumSet;
import java.util.Set;
import nabla.tensor.NumericArray;
import nabla.tensor.Property;
import nabla.tensor.Variable;

/**
 * Square matrices with declared structure. Properties combine (a positive definite diagonal matrix,
 * a symmetric orthogonal one) as far as such matrices exist.
 */
final class SampleMatrices {
  private static final Set<Property> STRUCTURED =
      EnumSet.of(
          Property.SYMMETRIC,
          Property.SKEW,
          Property.DIAGONAL,
          Property.LOWER,
          Property.UPPER,
          Property.ORTHOGONAL,
          Property.IDEMPOTENT,
          Property.INVERTIBLE,
          Property.PSD,
          Property.PD);

  private SampleMatrices() {}

  static boolean isStructured(Variable variable) {
    for (Property property : variable.properties()) if (STRUCTURED.contains(property)) return true;
    return false;
  }

  static NumericArray draw(
      Variable variable, int n, SamplePoints.Style style, SampleEntries entries) {
    double[] a = new double[n * n];
    if (variable.is(Property.IDEMPOTENT)) {
      SampleProjections.fill(a, n, variable, entries);
    } else if (variable.is(Property.ORTHOGONAL)) {
      fillOrthogonal(a, n, variable, entries);
    } else {
      for (int k = 0; k < a.length; k++) a[k] = entries.next();
      boolean definite = variable.is(Property.PD) || variable.is(Property.PSD);
      if (definite && !isDiagonal(variable)) {
        gram(a, n, variable, style);
      } else {
        shape(a, n, variable);
        if (definite)
          absolute(a, n, rank(n, variable, style), variable.is(Property.INTEGER) ? 1 : 0.1);
        if (variable.is(Property.INVERTIBLE)) makeInvertible(a, n, variable, style, entries);
        if (variable.properties().equals(Set.of(Property.SYMMETRIC))) makeDefinite(a, n, style);
      }
    }
    if (variable.is(Property.UNIT)) normalise(a);
    return NumericArray.of(new int[] {n, n}, a);
  }

  /** Properties that mirror or clear entries do so with whole diagonals. */
  static void makeToeplitz(
      NumericArray matrix, Variable variable, SamplePoints.Style style, SampleEntries entries) {
    if (variable.is(Property.ORTHOGONAL) || variable.is(Property.IDEMPOTENT)) return;
    int n = matrix.size(0);
    Diagonals.copyDown(matrix.data(), n, n);
    boolean definite = variable.is(Property.PD) || variable.is(Property.PSD);
    boolean invertible = variable.is(Property.INVERTIBLE) && !variable.is(Property.SKEW);
    if (!definite && !invertible) return;
    int sign = hasPositiveDiagonal(variable) ? 1 : sign(style, entries);
    Diagonals.dominate(matrix.data(), n, sign);
  }

  static boolean isDiagonal(Variable variable) {
    boolean lower = variable.is(Property.LOWER);
    boolean upper = variable.is(Property.UPPER);
    boolean equal = isSymmetric(variable);
    return variable.is(Property.DIAGONAL) || (lower && upper) || (equal && (lower || upper));
  }

  static boolean isSymmetric(Variable variable) {
    return variable.is(Property.SYMMETRIC)
        || variable.is(Property.PD)
        || variable.is(Property.PSD)
        || variable.is(Property.DIAGONAL);
  }

  /** Copies or clears entries as the zeros and mirrored entries of the structure demand. */
  private static void shape(double[] a, int n, Variable variable) {
    boolean diagonal = isDiagonal(variable);
    boolean symmetric = isSymmetric(variable);
    boolean skew = variable.is(Property.SKEW);
    for (int i = 0; i < n; i++) {
      if (skew) a[i * n + i] = 0;
      for (int j = 0; j < i; j++) {
        if (symmetric) a[j * n + i] = a[i * n + j];
        else if (skew) a[j * n + i] = -a[i * n + j];
        if (diagonal || variable.is(Property.UPPER)) a[i * n + j] = 0;
        if (diagonal || variable.is(Property.LOWER)) a[j * n + i] = 0;
      }
    }
  }

  /** Positive numbers on the diagonal, and zeros behind. */
  private static void absolute(double[] a, int n, int rank, double least) {
    for (int i = 0; i < n; i++) {
      a[i * n + i] = i < rank ? Math.max(Math.abs(a[i * n + i]), least) : 0;
    }
  }

  /**
   * That of a definite matrix: a semidefinite one is singular at the first steps of the ladder, so
   * that a rule that needs more is found out.
   */
  private static int rank(int n, Variable variable, SamplePoints.Style style) {
    boolean definite =
        variable.is(Property.PD)
            || variable.is(Property.INVERTIBLE)
            || style != SamplePoints.Style.NORMAL;
    return definite ? n : Math.max(1, n - 1);
  }

  /** B B' + shift, without a shift of the rank that B has. */
  private static void gram(double[] a, int n, Variable variable, SamplePoints.Style style) {
    int rank = rank(n, variable, style);
    boolean definite = rank == n;
    boolean integer = variable.is(Property.INTEGER);
    double shift = integer || variable.is(Property.INVERTIBLE) ? 1 : 0.5;
    double[] b = a.clone();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = definite && i == j ? shift : 0;
        for (int k = 0; k < rank; k++) {
          sum += b[i * n + k] * b[j * n + k] / (integer ? 1 : n);
        }
        a[i * n + j] = sum;
      }
    }
  }

  /**
   * Makes the diagonal dominate its rows, with determinant at least 1 in size, well conditioned. In
   * styles of one sign the diagonal has that sign, too.
   */
  private static void makeInvertible(
      double[] a, int n, Variable variable, SamplePoints.Style style, SampleEntries entries) {
    if (variable.is(Property.SKEW)) {
      makeInvertibleSkew(a, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      double row = 1;
      for (int j = 0; j < n; j++) row += Math.abs(a[i * n + j]);
      a[i * n + i] = hasPositiveDiagonal(variable) ? row : sign(style, entries) * row;
    }
  }

  private static boolean hasPositiveDiagonal(Variable variable) {
    return variable.is(Property.PD)
        || variable.is(Property.PSD)
        || variable.is(Property.POSITIVE)
        || variable.is(Property.NONNEGATIVE);
  }

  private static int sign(SamplePoints.Style style, SampleEntries entries) {
    return switch (style) {
      case NORMAL, SMALL -> entries.uniform(-1, 1) > 0 ? 1 : -1;
      case POSITIVE, SMALL_POSITIVE, LARGE -> 1;
      case NEGATIVE -> -1;
    };
  }

  /** Blocks of size 2 on the diagonal dominate; a skew matrix of odd size is always singular. */
  private static void makeInvertibleSkew(double[] a, int n) {
    for (int i = 0; i + 1 < n; i += 2) {
      double row = 1;
      for (int j = 0; j < n; j++) row += Math.abs(a[i * n + j]) + Math.abs(a[(i + 1) * n + j]);
      a[i * n + i + 1] = row;
      a[(i + 1) * n + i] = -row;
    }
  }

  /** In styles of one sign symmetric, and definite by a dominant diagonal of that sign. */
  static void makeDefinite(double[] a, int n, SamplePoints.Style style) {
    if (style != SamplePoints.Style.POSITIVE && style != SamplePoints.Style.NEGATIVE) return;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) a[j * n + i] = a[i * n + j];
    }
    for (int i = 0; i < n; i++) {
      double row = 0;
      for (int j = 0; j < n; j++) if (j != i) row += Math.abs(a[i * n + j]);
      double size = Math.abs(a[i * n + i]) + row;
      a[i * n + i] = style == SamplePoints.Style.POSITIVE ? size : -size;
    }
  }

  private static void fillOrthogonal(double[] q, int n, Variable variable, SampleEntries entries) {
    boolean definite = variable.is(Property.PD) || variable.is(Property.PSD);
    boolean triangular = variable.is(Property.LOWER) || variable.is(Property.UPPER);
    boolean signs = isDiagonal(variable) || triangular;
    if (definite || signs) {
      for (int i = 0; i < n; i++) {
        q[i * n + i] = definite || entries.uniform(-1, 1) > 0 ? 1 : -1;
      }
    } else {
      for (int k = 0; k < q.length; k++) q[k] = entries.normal();
      orthonormalise(q, n);
      if (variable.is(Property.SYMMETRIC)) reflect(q, n, entries);
    }
  }

  /** Puts I - 2 B'*B in the place of Q, where B are some of its rows: none of them, or all. */
  private static void reflect(double[] q, int n, SampleEntries entries) {
    int turned = (int) entries.uniform(0, n + 1);
    double[] rows = q.clone();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int k = 0; k < turned; k++) sum += rows[k * n + i] * rows[k * n + j];
        q[i * n + j] = (i == j ? 1 : 0) - 2 * sum;
      }
    }
  }

  /** The rows of Q in the QR factorisation, by Gram and Schmidt, twice for full precision. */
  private static void orthonormalise(double[] q, int n) {
    for (int i = 0; i < n; i++) {
      for (int round = 0; round < 2; round++) {
        for (int k = 0; k < i; k++) {
          double dot = 0;
          for (int j = 0; j < n; j++) dot += q[i * n + j] * q[k * n + j];
          for (int j = 0; j < n; j++) q[i * n + j] -= dot * q[k * n + j];
        }
      }
      double square = 0;
      for (int j = 0; j < n; j++) square += q[i * n + j] * q[i * n + j];
      for (int j = 0; j < n; j++) q[i * n + j] /= Math.sqrt(square);
    }
  }

  private static void normalise(double[] a) {
    double square = 0;
    for (double entry : a) square += entry * entry;
    if (square == 0) return;
    for (int k = 0; k < a.length; k++) a[k] /= Math.sqrt(square);
  }
}
