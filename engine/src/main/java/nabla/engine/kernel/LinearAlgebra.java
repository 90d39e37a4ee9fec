package nabla.engine.kernel;

/**
 * Dense linear algebra on matrices outside the Java heap. Scalars are doubles in both precisions. A
 * vector is a matrix of one column.
 *
 * <p>A factor 0 before an operand means that it is not read: {@code beta = 0} overwrites NaN. The
 * operands that a routine writes overlap no others.
 *
 * <p>Every routine throws {@link IllegalArgumentException} if the shapes of its operands or their
 * precisions don't fit each other, or if memory to write to is read-only, and {@link
 * IllegalStateException} if the arena of an operand is closed. Nothing is written then. Symmetric
 * products, factorizations and inverses are square matrices stored by rows.
 */
public sealed interface LinearAlgebra permits NativeLinearAlgebra, JavaLinearAlgebra {

  /** OpenBLAS if it can be had here, else Java. */
  static LinearAlgebra best() {
    return BestLinearAlgebra.INSTANCE;
  }

  /** What does the work, and if it is not native code, why: {@code OpenBLAS 0.3.31 (SkylakeX)}. */
  String description();

  /** {@code c = alpha*a*b + beta*c}. */
  void gemm(double alpha, Matrix a, Matrix b, double beta, Matrix c);

  /** {@code y = alpha*a*x + beta*y} for vectors x and y. */
  void gemv(double alpha, Matrix a, Matrix x, double beta, Matrix y);

  /** {@code y = alpha*a*x}, one row of a after the other: faster if these come from memory. */
  void gemvByRows(double alpha, Matrix a, Matrix x, Matrix y);

  /**
   * The upper triangle of {@code c = alpha*a*a' + beta*c}. What stands below the diagonal then is
   * of no use.
   */
  void syrkUpper(double alpha, Matrix a, double beta, Matrix c);

  /** The same, in full: symmetric to the last bit. Of c before, the upper triangle is read. */
  default void syrk(double alpha, Matrix a, double beta, Matrix c) {
    syrkUpper(alpha, a, beta, c);
    Transposition.mirror(c);
  }

  /** The sum of the products of their entries: {@code x'*y} for vectors. */
  double dot(Matrix x, Matrix y);

  /** {@code x = alpha*x}; a factor 0 makes zeros of NaN. */
  void scal(double alpha, Matrix x);

  /**
   * {@code b = inv(t)*b}. A diagonal with a 0 gives infinities and NaN. (And {@code b*inv(t)} is
   * the transpose of {@code inv(t')*b'}.)
   *
   * @param triangle the half of t that is read
   */
  void solveTriangular(Triangle triangle, Matrix t, Matrix b);

  /**
   * Puts the upper triangular u with {@code a = u'*u} in place of the upper triangle of a symmetric
   * matrix. The numbers below the diagonal are neither read nor written.
   *
   * @return whether a is positive definite; if not, or if an entry is infinite or NaN, the upper
   *     triangle holds nothing of use
   */
  boolean cholesky(Matrix a);

  /** Puts {@code inv(u'*u)}, in full and symmetric, in place of what {@link #cholesky} left. */
  void choleskyInverse(Matrix u);

  /** {@code b = inv(u'*u)*b}. */
  default void choleskySolve(Matrix u, Matrix b) {
    solveTriangular(Triangle.LOWER, u.transpose(), b);
    solveTriangular(Triangle.UPPER, u, b);
  }

  /**
   * Factorizes a square matrix in place as {@code a = l*u*p'}: l is lower triangular, u upper
   * triangular with ones on its diagonal, which are not stored, and p exchanges columns. (It is
   * what LAPACK makes of the transpose of a.)
   *
   * @param exchanges where the exchanges go
   * @return 0, or the number, from 1 on, of the first pivot that is 0: then a is singular
   */
  int lu(Matrix a, Exchanges exchanges);

  /**
   * Puts inv(a) in place of what {@link #lu} left of a: NaN everywhere if a pivot was 0.
   *
   * @param exchanges as {@link #lu} left them
   */
  void luInverse(Matrix lu, Exchanges exchanges);

  /**
   * {@code b = inv(a)*b}, for an a that {@link #lu} has factorized.
   *
   * @param lu what it left of a, or the transpose of that for {@code b = inv(a')*b}
   */
  default void luSolve(Matrix lu, Exchanges exchanges, Matrix b) {
    Operands.checkEquations(lu, b);
    exchanges.check(lu);
    if (lu.isByColumns()) {
      exchanges.forward(b);
      solveTriangular(Triangle.UNIT_LOWER, lu, b);
      solveTriangular(Triangle.UPPER, lu, b);
    } else {
      solveTriangular(Triangle.LOWER, lu, b);
      solveTriangular(Triangle.UNIT_UPPER, lu, b);
      exchanges.backward(b);
    }
  }
}
