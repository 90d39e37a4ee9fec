package nabla.engine.kernel;

/** Linear algebra by OpenBLAS. A call allocates nothing but for equations and inverses. */
final class NativeLinearAlgebra implements LinearAlgebra {

  /** Up to this order, kernels for small products make both triangles sooner. */
  private static final int SMALL = 64;

  private final OpenBlas.Found library;

  NativeLinearAlgebra(OpenBlas.Found library) {
    this.library = library;
  }

  @Override
  public String description() {
    return "OpenBLAS %s (%s)".formatted(library.version(), library.core());
  }

  @Override
  public void gemm(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
    Operands.checkProduct(a, b, c);
    if (c.isByColumns()) {
      multiply(alpha, b.transpose(), a.transpose(), beta, c.transpose());
    } else {
      multiply(alpha, a, b, beta, c);
    }
  }

  private void multiply(double alpha, Matrix a, Matrix b, double beta, Matrix c) {
    boolean dots = !a.isByColumns() && b.isByColumns();
    ProductParts parts = ProductParts.of(dots, c.rows(), c.columns(), a.columns());
    boolean large = parts.equals(ProductParts.WHOLE) && !dots && Tiles.isWorthwhile(c, a.columns());
    if (large && library.multipliesInPlace()) {
      Tiles.OF_PRODUCT.multiply(alpha, a, b, beta, c);
    } else {
      NativeProducts.gemm(parts, alpha, a, b, beta, c);
    }
  }

  @Override
  public void gemv(double alpha, Matrix a, Matrix x, double beta, Matrix y) {
    Operands.checkProduct(a, x, y);
    Operands.checkVector(y);
    if (a.columns() == 0) { // BLAS would leave y as it is
      y.scale(beta);
    } else {
      NativeProducts.gemv(alpha, a, x, beta, y);
    }
  }

  @Override
  public void gemvByRows(double alpha, Matrix a, Matrix x, Matrix y) {
    Operands.checkProduct(a, x, y);
    Operands.checkVector(y);
    NativeVectors.dots(alpha, a, x, y);
  }

  @Override
  public void syrkUpper(double alpha, Matrix a, double beta, Matrix c) {
    Operands.checkSquare(a, c);
    if (!library.multipliesInPlace()) {
      NativeProducts.syrk(alpha, a, beta, c);
    } else if (a.isByColumns() && c.rows() >= Tiles.LEAST_TRIANGLE) {
      Tiles.ofTriangle(c).square(alpha, a, beta, c);
    } else if (c.rows() <= SMALL) {
      multiply(alpha, a, a.transpose(), beta, c);
    } else {
      NativeProducts.syrk(alpha, a, beta, c);
    }
  }

  @Override
  public double dot(Matrix x, Matrix y) {
    Operands.checkAlike(x, y);
    Operands.checkPrecision(x, y);
    x.checkAlive();
    y.checkAlive();
    return NativeVectors.dot(x, y);
  }

  @Override
  public void scal(double alpha, Matrix x) {
    x.checkTarget();
    if (alpha == 0) { // versions of OpenBLAS differ in what becomes of NaN
      x.fill(0);
    } else {
      NativeVectors.scal(alpha, x);
    }
  }

  @Override
  public void solveTriangular(Triangle triangle, Matrix t, Matrix b) {
    Operands.checkEquations(t, b);
    NativeTriangles.solve(triangle, t, b, /* twice= */ false);
  }

  @Override
  public void choleskySolve(Matrix u, Matrix b) {
    Operands.checkEquations(u, b);
    NativeTriangles.solve(Triangle.LOWER, u.transpose(), b, /* twice= */ true);
  }

  @Override
  public boolean cholesky(Matrix a) {
    Operands.checkSquare(a);
    return NativeFactorizations.cholesky(a);
  }

  @Override
  public void choleskyInverse(Matrix u) {
    Operands.checkSquare(u);
    NativeFactorizations.choleskyInverse(u);
  }

  @Override
  public int lu(Matrix a, Exchanges exchanges) {
    Operands.checkSquare(a);
    exchanges.checkTarget(a);
    return NativeFactorizations.lu(a, exchanges);
  }

  @Override
  public void luInverse(Matrix lu, Exchanges exchanges) {
    Operands.checkSquare(lu);
    exchanges.check(lu);
    NativeFactorizations.luInverse(lu, exchanges);
  }

  @Override
  public void luSolve(Matrix lu, Exchanges exchanges, Matrix b) {
    if (!b.isByColumns() || BlockedTriangle.isWorthwhile(lu, b, /* times= */ 1)) {
      LinearAlgebra.super.luSolve(lu, exchanges, b);
      return;
    }
    Operands.checkEquations(lu, b);
    exchanges.check(lu);
    NativeFactorizations.luSolve(lu, exchanges, b);
  }
}
