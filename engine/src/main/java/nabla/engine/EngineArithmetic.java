package nabla.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nabla.MatrixArithmetic;
import nabla.engine.kernel.LinearAlgebra;
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
      MemorySegment a = copy(left.data(), arena);
      MemorySegment b = copy(right.data(), arena);
      MemorySegment c = copy(product, arena);
      int row = Math.max(1, n);
      algebra.gemm(
          Precision.DOUBLE,
          false,
          false,
          m,
          n,
          k,
          1,
          a,
          0,
          Math.max(1, k),
          b,
          0,
          row,
          0,
          c,
          0,
          row);
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
      MemorySegment pivots = arena.allocate(Math.max(4L, 4L * n), 64);
      algebra.lu(Precision.DOUBLE, n, a, 0, Math.max(1, n), pivots, 0);
      algebra.luInverse(Precision.DOUBLE, n, a, 0, Math.max(1, n), pivots, 0);
      MemorySegment.copy(a, ValueLayout.JAVA_DOUBLE, 0, inverse, 0, inverse.length);
    }
    return NumericArray.of(matrix.shape(), inverse);
  }

  @Override
  public double @Nullable [] pivots(NumericArray symmetric) {
    int n = symmetric.size(0);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment a = copy(symmetric.data(), arena);
      if (!algebra.cholesky(Precision.DOUBLE, n, a, 0, Math.max(1, n))) return null;
      double[] pivots = new double[n];
      for (int k = 0; k < n; k++) {
        double root = a.getAtIndex(ValueLayout.JAVA_DOUBLE, (long) k * n + k);
        pivots[k] = root * root;
      }
      return pivots;
    }
  }

  static MemorySegment copy(double[] numbers, Arena arena) {
    MemorySegment memory = arena.allocate(Math.max(8L, 8L * numbers.length), 64);
    MemorySegment.copy(numbers, 0, memory, ValueLayout.JAVA_DOUBLE, 0, numbers.length);
    return memory;
  }
}
