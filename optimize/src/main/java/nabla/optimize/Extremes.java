package nabla.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hipparchus.linear.EigenDecompositionSymmetric;

/**
 * The largest eigenvalue of a symmetric matrix by the method of Lanczos, with vectors that are kept
 * orthogonal (Golub and Van Loan, Matrix Computations, section 10.1): products with as many vectors
 * as the matrix has rows tell it in any case, and usually some dozens.
 */
final class Extremes {
  private static final int LOOK = 10;
  private static final double ENOUGH = 1e-9;

  private final UnaryOperator<double[]> times;
  private final List<double[]> basis = new ArrayList<>();
  private final List<Double> diagonal = new ArrayList<>();
  private final List<Double> beside = new ArrayList<>();

  private Extremes(UnaryOperator<double[]> times) {
    this.times = times;
  }

  /**
   * @param times the product with a vector
   */
  static double largest(int size, UnaryOperator<double[]> times) {
    return new Extremes(times).find(size);
  }

  /** No eigenvector of a matrix that is met in practice is orthogonal to it. */
  static double[] first(int size) {
    double[] first = new double[size];
    for (int k = 0; k < size; k++) first[k] = 1 + Math.sin(k + 1.0);
    return first;
  }

  private double find(int size) {
    double[] next = first(size);
    double before = Double.NaN;
    while (true) {
      double length = Vectors.norm(next);
      basis.add(Vectors.along(new double[size], 1 / length, next));
      next = times.apply(basis.getLast());
      diagonal.add(Vectors.dot(basis.getLast(), next));
      double scale = Vectors.norm(next);
      for (int pass = 0; pass < 2; pass++) {
        for (double[] v : basis) next = Vectors.along(next, -Vectors.dot(v, next), v);
      }
      int steps = basis.size();
      boolean all = steps == size || Vectors.norm(next) <= 1e-14 * scale;
      if (all || steps % LOOK == 0) {
        double found = ofTriangle();
        if (all || Math.abs(found - before) <= ENOUGH * Math.abs(found)) return found;
        before = found;
      }
      beside.add(Vectors.norm(next));
    }
  }

  private double ofTriangle() {
    if (diagonal.size() == 1) return diagonal.getFirst();
    return new EigenDecompositionSymmetric(array(diagonal), array(beside)).getEigenvalues()[0];
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(x -> x).toArray();
  }
}
