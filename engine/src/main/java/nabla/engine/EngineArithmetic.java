package nabla.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nabla.MatrixArithmetic;
import nabla.engine.kernel.Exchanges;
import nabla.engine.kernel.LinearAlgebra;
import nabla.engine.kernel.Matrix;
import nabla.engine.kernel.Precision;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/** Matrices by the kernels. */
final class EngineArithmetic implements MatrixArithmetic {
  private final LinearAlgebra algebra = LinearAlgebra.best();

  @Override
  public NumericArray product(NumericArray left, NumericArray right) {
    int m = left.size(0);
    int k = right.size(0);
    int n = right.size(1);
    double[] product = new double[Math.multiplyExact(m, n)];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment c = copy(product, arena);
      Matrix a = matrix(copy(left.data(), arena), m, k);
      Matrix b = matrix(copy(right.data(), arena), k, n);
      algebra.gemm(1, a, b, 0, matrix(c, m, n));
      MemorySegment.copy(c, ValueLayout.JAVA_DOUBLE, 0, product, 0, product.length);
    }
    return NumericArray.of(new int[] {m, n}, product);
  }

  @Override
  public NumericArray inverse(NumericArray matrix) {
    int n = matrix.size(0);
    double[] inverse = new double[matrix.count()];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment a = copy(matrix.data(), arena);
      Matrix lu = matrix(a, n, n);
      Exchanges exchanges = exchanges(n, arena);
      algebra.lu(lu, exchanges);
      algebra.luInverse(lu, exchanges);
      MemorySegment.copy(a, ValueLayout.JAVA_DOUBLE, 0, inverse, 0, inverse.length);
    }
    return NumericArray.of(matrix.shape(), inverse);
  }

  @Override
  public double @Nullable [] pivots(NumericArray symmetric) {
    int n = symmetric.size(0);
    try (Arena arena = Arena.ofConfined()) {
      Matrix u = matrix(copy(symmetric.data(), arena), n, n);
      if (!algebra.cholesky(u)) return null;
      double[] pivots = new double[n];
      for (int k = 0; k < n; k++) pivots[k] = u.get(k, k) * u.get(k, k);
      return pivots;
    }
  }

  /** A matrix that takes all of its memory. */
  static Matrix matrix(MemorySegment memory, int rows, int columns) {
    return Matrix.of(Precision.DOUBLE, memory, 0, rows, columns, columns);
  }

  static Exchanges exchanges(int n, Arena arena) {
    return new Exchanges(arena.allocate(Math.max(4L, 4L * n), 64), 0, n);
  }

  static MemorySegment copy(double[] numbers, Arena arena) {
    MemorySegment memory = arena.allocate(Math.max(8L, 8L * numbers.length), 64);
    MemorySegment.copy(numbers, 0, memory, ValueLayout.JAVA_DOUBLE, 0, numbers.length);
    return memory;
  }
}
