package nabla.optimize;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.Expression;
import nabla.Symbol;
import nabla.optimize.Variables.Part;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a constraint that only limit entries of a variable: {@code coefficient*x[entry] +
 * offset} is zero or at most zero.
 */
final class Side {
  /** Beyond so many numbers the derivative of a constraint is not looked at. */
  private static final long MOST = 1_000_000;

  private static final double AT_LIMIT = 1e-8;

  final Constraint constraint;
  private final NumericArray offsets;
  private final int[] entries;
  private final double[] coefficients;

  private Side(Constraint constraint, NumericArray offsets, int[] entries, double[] coefficients) {
    this.constraint = constraint;
    this.offsets = offsets;
    this.entries = entries;
    this.coefficients = coefficients;
  }

  private double limit(int row) {
    return -offsets.data()[row] / coefficients[row];
  }

  /** Those of a constraint; null if it is more than limits of entries. */
  static @Nullable Side of(
      Constraint constraint, Variables variables, Map<String, NumericArray> data) {
    List<Part> moving =
        variables.parts.stream().filter(p -> constraint.residual().mentions(p.name())).toList();
    if (moving.size() != 1) return null;
    Part part = moving.getFirst();
    Expression residual = constraint.residual();
    int rank = residual.shape().size() + part.start().rank();
    if (rank > 2) return ofWhole(constraint, part, variables, data);
    Expression slope = residual.derivative(part.name()).expression();
    // sign(x) has the slope of a constant
    if (Polynomials.degree(Polynomials.tensor(residual), part.name()) > 1) return null;
    NumericArray offsets = value(residual, zeros(variables), data);
    if ((long) offsets.count() * part.count() > MOST) return null;
    return rows(constraint, part, offsets, value(slope, zeros(variables), data).data());
  }

  /** The same of a matrix, where it stands alone on a side. */
  private static @Nullable Side ofWhole(
      Constraint constraint, Part part, Variables variables, Map<String, NumericArray> data) {
    double coefficient = constraint.signOf(part.name());
    if (coefficient == 0) return null;
    NumericArray offsets = value(constraint.residual(), zeros(variables), data);
    int[] entries = new int[offsets.count()];
    double[] coefficients = new double[entries.length];
    Arrays.setAll(entries, k -> part.begin() + k);
    Arrays.fill(coefficients, coefficient);
    return new Side(constraint, offsets, entries, coefficients);
  }

  private static @Nullable Side rows(
      Constraint constraint, Part part, NumericArray offsets, double[] slope) {
    int[] entries = new int[offsets.count()];
    double[] coefficients = new double[entries.length];
    for (int row = 0; row < entries.length; row++) {
      int entry = -1;
      for (int k = 0; k < part.count(); k++) {
        // the axes of the variable come first
        double coefficient = slope[k * entries.length + row];
        if (coefficient == 0) continue;
        if (entry >= 0) return null;
        entry = k;
        coefficients[row] = coefficient;
      }
      if (entry < 0) return null;
      entries[row] = part.begin() + entry;
    }
    return new Side(constraint, offsets, entries, coefficients);
  }

  private static Map<String, NumericArray> zeros(Variables variables) {
    Map<String, NumericArray> zeros = new LinkedHashMap<>();
    variables.start.forEach((name, array) -> zeros.put(name, NumericArray.zeros(array.shape())));
    return zeros;
  }

  private static NumericArray value(
      Expression expression, Map<String, NumericArray> point, Map<String, NumericArray> data) {
    Map<String, NumericArray> own = new LinkedHashMap<>();
    for (Symbol s : expression.variables()) {
      NumericArray array = point.containsKey(s.name()) ? point.get(s.name()) : data.get(s.name());
      if (array != null) own.put(s.name(), array);
    }
    return expression.value(own);
  }

  /** Narrows the limits of the entries. */
  void narrow(Box box) {
    for (int row = 0; row < entries.length; row++) {
      int k = entries[row];
      boolean equal = constraint.isEquality();
      if (equal || coefficients[row] > 0) box.upper[k] = Math.min(box.upper[k], limit(row));
      if (equal || coefficients[row] < 0) box.lower[k] = Math.max(box.lower[k], limit(row));
    }
  }

  /**
   * What holds each entry at its limit, by row: by how much its limit makes the slope less.
   *
   * @param hold what limits have to make up for, entry by entry; what a row takes is left to no
   *     other one
   */
  NumericArray multipliers(Iterate at, double[] hold) {
    double[] multipliers = new double[entries.length];
    for (int row = 0; row < entries.length; row++) {
      int k = entries[row];
      double distance = Math.abs(at.point[k] - limit(row));
      if (distance > AT_LIMIT * Math.max(1, Math.abs(limit(row)))) continue;
      double multiplier = hold[k] / coefficients[row];
      if (!constraint.isEquality() && multiplier <= 0) continue;
      multipliers[row] = multiplier;
      hold[k] = 0;
    }
    return NumericArray.of(offsets.shape(), multipliers);
  }
}
