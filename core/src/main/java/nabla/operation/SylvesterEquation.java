package nabla.operation;

import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/**
 * A Z + Z B = C for one C, where the eigenvalues of A and of B have positive real parts, as those
 * of roots have: then the sign of [A, C; 0, -B] is [I, 2Z; 0, -I], and Newton's iteration finds it
 * (Roberts 1980; Higham, Functions of Matrices, sections 2.4 and 5.3).
 */
final class SylvesterEquation {
  private static final int MOST_STEPS = 60;

  /** What an entry changes by when all further digits are rounding, for each row. */
  private static final double SETTLED = 1e-14;

  /** How far off a solution may be, by the size of what was added up. */
  private static final double ACCURACY = 1e-12;

  private SylvesterEquation() {}

  /** The solution; null if this is not the way to find it. */
  static @Nullable NumericArray solve(NumericArray a, NumericArray b, NumericArray c) {
    if (!a.isFinite() || !b.isFinite() || !c.isFinite()) return null;
    NumericArray left = a;
    NumericArray right = b;
    NumericArray twice = c;
    for (int step = 0; step < MOST_STEPS; step++) {
      NumericArray below = LinearAlgebra.inverse(left);
      NumericArray beside = LinearAlgebra.inverse(right);
      if (!below.isFinite() || !beside.isFinite()) return null;
      double change = Math.max(distance(left, below), distance(right, beside)) / 2;
      twice = middle(twice, LinearAlgebra.product(LinearAlgebra.product(below, twice), beside));
      left = middle(left, below);
      right = middle(right, beside);
      if (change <= SETTLED * (a.size(0) + b.size(0))) return checked(a, b, c, twice);
    }
    return null;
  }

  /** Not a solution if an eigenvalue was on the other side: that is settled, too. */
  private static @Nullable NumericArray checked(
      NumericArray a, NumericArray b, NumericArray c, NumericArray twice) {
    NumericArray solution = twice.map(entry -> entry / 2);
    NumericArray left = LinearAlgebra.product(a, solution);
    NumericArray right = LinearAlgebra.product(solution, b);
    double off = 0;
    for (int k = 0; k < c.count(); k++) {
      off = Math.max(off, Math.abs(left.data()[k] + right.data()[k] - c.data()[k]));
    }
    double size = solution.largest() * (a.largest() * a.size(0) + b.largest() * b.size(0));
    return off <= ACCURACY * size ? solution : null;
  }

  private static double distance(NumericArray x, NumericArray y) {
    double largest = 0;
    for (int k = 0; k < x.count(); k++) {
      largest = Math.max(largest, Math.abs(x.data()[k] - y.data()[k]));
    }
    return largest;
  }

  private static NumericArray middle(NumericArray x, NumericArray y) {
    double[] middle = new double[x.count()];
    for (int k = 0; k < middle.length; k++) middle[k] = (x.data()[k] + y.data()[k]) / 2;
    return NumericArray.of(x.shape(), middle);
  }
}
