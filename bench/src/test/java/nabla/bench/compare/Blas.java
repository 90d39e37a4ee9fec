package nabla.bench.compare;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * OpenBLAS for matrices by rows. Pointers are plain addresses, which spares a call the objects that
 * wrap them. Only upper triangles of symmetric matrices are read and written.
 */
@SuppressWarnings("restricted")
final class Blas {
  /** The system property that names the folder of the library. */
  static final String FOLDER = "bench.openblas";

  static final int PLAIN = 111;
  static final int TRANSPOSED = 112;

  private static final int BY_ROWS = 101;
  private static final int UPPER = 121;
  private static final int NON_UNIT = 131;
  private static final int LEFT = 141;
  private static final int RIGHT = 142;

  private static final SymbolLookup LIBRARY = open(Path.of(System.getProperty(FOLDER, ".")));
  private static final MethodHandle THREADS = function("openblas_set_num_threads", "i");
  private static final MethodHandle GEMV = function("cblas_dgemv", "iiiidpipidpi");
  private static final MethodHandle GEMM = function("cblas_dgemm", "iiiiiidpipidpi");
  private static final MethodHandle SYMM = function("cblas_dsymm", "iiiiidpipidpi");
  private static final MethodHandle SYRK = function("cblas_dsyrk", "iiiiidpidpi");
  private static final MethodHandle SYR = function("cblas_dsyr", "iiidpipi");
  private static final MethodHandle TRSM = function("cblas_dtrsm", "iiiiiiidpipi");
  private static final MethodHandle AXPY = function("cblas_daxpy", "idpipi");
  private static final MethodHandle SCAL = function("cblas_dscal", "idpi");
  private static final MethodHandle POTRF = function("dpotrf_", "ppppp");
  private static final MethodHandle POTRI = function("dpotri_", "ppppp");

  private Blas() {}

  private static SymbolLookup open(Path folder) {
    // the library finds these by name once they are loaded
    for (String name : List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5")) {
      Path file = folder.resolve(name).toAbsolutePath();
      if (Files.exists(file)) System.load(file.toString());
    }
    return SymbolLookup.libraryLookup(folder.resolve("libopenblas.so.0"), Arena.global());
  }

  /** A function without a result; i is an int, d a double, p a pointer. */
  private static MethodHandle function(String name, String parameters) {
    MemoryLayout[] layouts =
        parameters
            .chars()
            .mapToObj(
                c ->
                    switch (c) {
                      case 'i' -> ValueLayout.JAVA_INT;
                      case 'd' -> ValueLayout.JAVA_DOUBLE;
                      default -> ValueLayout.JAVA_LONG;
                    })
            .toArray(MemoryLayout[]::new);
    return Linker.nativeLinker()
        .downcallHandle(LIBRARY.findOrThrow(name), FunctionDescriptor.ofVoid(layouts));
  }

  static void threads(int count) {
    try {
      THREADS.invokeExact(count);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  /** y = scale A x + keep y, or with A'. A has {@code rows} rows of {@code columns} numbers. */
  static void gemv(
      int form, int rows, int columns, double scale, long a, long x, double keep, long y) {
    try {
      GEMV.invokeExact(BY_ROWS, form, rows, columns, scale, a, columns, x, 1, keep, y, 1);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  /** C = scale A B + keep C; C is rows x columns, {@code inner} is summed over. */
  static void gemm(
      int formA,
      int formB,
      int rows,
      int columns,
      int inner,
      double scale,
      long a,
      long b,
      double keep,
      long c) {
    int strideA = formA == PLAIN ? inner : rows;
    int strideB = formB == PLAIN ? columns : inner;
    try {
      GEMM.invokeExact(
          BY_ROWS, formA, formB, rows, columns, inner, scale, a, strideA, b, strideB, keep, c,
          columns);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  /** C = scale S B, S symmetric n x n, B n x columns. */
  static void symmLeft(int n, int columns, double scale, long s, long b, long c) {
    try {
      SYMM.invokeExact(BY_ROWS, LEFT, UPPER, n, columns, scale, s, n, b, columns, 0.0, c, columns);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  /** C = scale B S, S symmetric n x n, B rows x n. */
  static void symmRight(int rows, int n, double scale, long b, long s, long c) {
    try {
      SYMM.invokeExact(BY_ROWS, RIGHT, UPPER, rows, n, scale, s, n, b, n, 0.0, c, n);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  /** C = scale A'A + keep C, A rows x n. */
  static void syrk(int rows, int n, double scale, long a, double keep, long c) {
    try {
      SYRK.invokeExact(BY_ROWS, UPPER, TRANSPOSED, n, rows, scale, a, n, keep, c, n);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  /** C = C + scale x x'. */
  static void syr(int n, double scale, long x, long c) {
    try {
      SYR.invokeExact(BY_ROWS, UPPER, n, scale, x, 1, c, n);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  /** B = B inv(U), U upper triangular n x n, B rows x n. */
  static void trsmRight(int rows, int n, long u, long b) {
    try {
      TRSM.invokeExact(BY_ROWS, RIGHT, UPPER, PLAIN, NON_UNIT, rows, n, 1.0, u, n, b, n);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  /** y = y + scale x. */
  static void axpy(int n, double scale, long x, long y) {
    try {
      AXPY.invokeExact(n, scale, x, 1, y, 1);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  /** x = scale x. */
  static void scal(int n, double scale, long x) {
    try {
      SCAL.invokeExact(n, scale, x, 1);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  /** LAPACK's Cholesky factorisation of one size, in place. */
  static final class Cholesky {
    // Fortran takes every argument by its address, and its lower triangle is ours above
    private final long triangle;
    private final long size;
    private final Array info = Array.of(1);
    private final int n;

    Cholesky(int n) {
      this.n = n;
      triangle = Arena.global().allocateFrom(ValueLayout.JAVA_BYTE, (byte) 'L').address();
      size = Arena.global().allocateFrom(ValueLayout.JAVA_INT, n).address();
    }

    /** The upper triangle of S becomes U with S = U'U. */
    void factor(long s) {
      call(POTRF, s);
    }

    /** The upper triangle of U becomes that of the inverse of U'U. */
    void invert(long u) {
      call(POTRI, u);
    }

    /** The logarithm of the determinant of U'U. */
    double logdet(Array u) {
      double sum = 0;
      for (int i = 0; i < n; i++) sum += Math.log(u.get((long) i * n + i));
      return 2 * sum;
    }

    private void call(MethodHandle routine, long matrix) {
      try {
        routine.invokeExact(triangle, size, matrix, size, info.address());
      } catch (Throwable t) {
        throw new AssertionError(t);
      }
      if (Memory.ALL.get(ValueLayout.JAVA_INT, info.address()) != 0) {
        throw new ArithmeticException("the matrix is not positive definite");
      }
    }
  }
}
