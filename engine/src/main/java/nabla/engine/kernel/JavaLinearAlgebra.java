package nabla.engine.kernel;

import java.lang.foreign.Arena;

/**
 * Linear algebra in Java, in one thread: for machines without OpenBLAS. Numbers of single precision
 * are computed with in double precision.
 *
 * @param description why there is no native code
 */
record JavaLinearAlgebra(String description) implements LinearAlgebra {
  private static final int BLOCK = 64;

  @Override
  public void gemm(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
    Operands.checkProduct(a, b, c);
    JavaProduct.multiply(alpha, a, b, beta, c);
  }

  @Override
  public void gemv(double alpha, Matrix a, Matrix x, double beta, Matrix y) {
    Operands.checkProduct(a, x, y);
    Operands.checkVector(y);
    JavaVectors.gemv(alpha, a, x, beta, y);
  }

  @Override
  public void gemvByRows(double alpha, Matrix a, Matrix x, Matrix y) {
    gemv(alpha, a, x, 0, y);
  }

  @Override
  public void syrkUpper(double alpha, Matrix a, double beta, Matrix c) {
    Operands.checkSquare(a, c);
    int n = a.rows();
    int k = a.columns();
    for (int i = 0; i < n; i += BLOCK) {
      int rows = Math.min(BLOCK, n - i);
      JavaProduct.multiply(
          alpha,
          a.block(i, 0, rows, k),
          a.block(i, 0, n - i, k).transpose(),
          beta,
          c.block(i, i, rows, n - i));
    }
  }

  @Override
  public double dot(Matrix x, Matrix y) {
    Operands.checkAlike(x, y);
    Operands.checkPrecision(x, y);
    return JavaVectors.dot(x, y);
  }

  @Override
  public void scal(double alpha, Matrix x) {
    x.checkTarget();
    x.scale(alpha);
  }

  @Override
  public void solveTriangular(Triangle triangle, Matrix t, Matrix b) {
    Operands.checkEquations(t, b);
    JavaFactorizations.solve(t, triangle.isLower(), triangle.isUnit(), b);
  }

  @Override
  public boolean cholesky(Matrix a) {
    Operands.checkSquare(a);
    return JavaFactorizations.cholesky(a);
  }

  @Override
  public void choleskyInverse(Matrix u) {
    Operands.checkSquare(u);
    try (Arena arena = Arena.ofConfined()) {
      Matrix inverse = Matrix.identity(u.rows(), arena);
      JavaFactorizations.solve(u.transpose(), true, false, inverse);
      JavaFactorizations.solve(u, false, false, inverse);
      u.copyFrom(inverse);
    }
    Transposition.mirror(u);
  }

  @Override
  public int lu(Matrix a, Exchanges exchanges) {
    Operands.checkSquare(a);
    exchanges.checkTarget(a);
    int[] partners = new int[a.rows()];
    int singular = JavaFactorizations.lu(a, partners);
    exchanges.set(partners);
    return singular;
  }

  @Override
  public void luInverse(Matrix lu, Exchanges exchanges) {
    Operands.checkSquare(lu);
    exchanges.check(lu);
    for (int i = 0; i < lu.rows(); i++) {
      if (lu.get(i, i) == 0) {
        lu.fill(Double.NaN);
        return;
      }
    }
    try (Arena arena = Arena.ofConfined()) {
      Matrix inverse = Matrix.identity(lu.rows(), arena);
      JavaFactorizations.solve(lu, true, false, inverse);
      JavaFactorizations.solve(lu, false, true, inverse);
      exchanges.backward(inverse);
      lu.copyFrom(inverse);
    }
  }
}
