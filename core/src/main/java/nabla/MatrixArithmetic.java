package nabla;

import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/** What it takes to find out about the properties of a matrix; an engine has faster ways to it. */
public interface MatrixArithmetic {
  /** The product of two matrices. */
  NumericArray product(NumericArray left, NumericArray right);

  /** The inverse of a square matrix; not finite if it is singular. */
  NumericArray inverse(NumericArray matrix);

  /**
   * The pivots with which a symmetric matrix is eliminated without exchanges, or null if one is not
   * positive. Only one of its triangles is read.
   */
  double @Nullable [] pivots(NumericArray symmetric);
}
