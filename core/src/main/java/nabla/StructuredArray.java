package nabla;

import java.util.List;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;

/**
 * The numbers of an output, stored as what they are: a Hessian that is block diagonal, a Kronecker
 * product with the identity, or diagonal plus low rank keeps the numbers that make it so, and not
 * the zeros and repetitions.
 *
 * <p>As a matrix it has as rows the axes of what comes first, and the others as columns. That is
 * the first variable, but in numerator and mixed layout the function, if it is no scalar: {@code
 * times} makes a change of the function of one of the variable then.
 */
public interface StructuredArray {
  /** The sizes of all axes. */
  int[] shape();

  /** The same as an array; the same instance each time, which is not to be written to. */
  NumericArray dense();

  /**
   * The product with what has the columns as axes, summed over them. All but the first are as fast
   * as their numbers allow: conjugate gradients call it again and again.
   *
   * @throws NablaException with {@link Code#SHAPE} if it has other axes
   */
  NumericArray times(NumericArray right);

  /**
   * What the product with it is {@code right}: NaN if an entry is infinite or NaN. With a diagonal
   * plus low rank the whole matrix is written out only if its diagonal is 0 or too small beside the
   * rest.
   *
   * @throws NablaException with {@link Code#SHAPE} if it has not the axes of the rows, or if there
   *     are more rows than columns or fewer; with {@link Code#DOMAIN} if the matrix is singular
   */
  NumericArray solve(NumericArray right);

  /**
   * The arrays that are stored, which are not to be written to; what they are, {@link #structure}
   * says.
   */
  List<NumericArray> parts();

  /** How many numbers are stored. */
  long stored();

  /** What it is, in words: {@code block diagonal: 300 blocks of 5 x 5}. */
  String structure();

  /** What that saved: {@code stored 25 numbers for 2.25e6}. */
  String savings();
}
