package nabla.engine.kernel;

import static nabla.engine.kernel.Precision.DOUBLE;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes of a caller are exceptions, never a crash. */
class OperandsTest {
  private static final MemorySegment ROOM = Arena.ofAuto().allocate(8 * 16, 8);
  private static final MemorySegment NUMBERS = Arena.ofAuto().allocate(4 * 4, 8);

  /** Operands that a 4 x 4 matrix in 16 numbers may not have. */
  record Mistake(
      String what,
      Class<? extends Exception> exception,
      MemorySegment segment,
      long offset,
      int leading) {}

  private static final List<Mistake> MISTAKES =
      List.of(
          new Mistake("behind", IndexOutOfBoundsException.class, ROOM, 8, 4),
          new Mistake("before", IndexOutOfBoundsException.class, ROOM, -8, 4),
          new Mistake("far behind", IndexOutOfBoundsException.class, ROOM, Long.MAX_VALUE, 4),
          new Mistake("rows too far", IndexOutOfBoundsException.class, ROOM, 0, 5),
          new Mistake("rows very far", IndexOutOfBoundsException.class, ROOM, 0, Integer.MAX_VALUE),
          new Mistake("rows overlap", IllegalArgumentException.class, ROOM, 0, 3),
          new Mistake("closed", IllegalStateException.class, closed(), 0, 4));

  private static MemorySegment closed() {
    try (Arena arena = Arena.ofConfined()) {
      return arena.allocate(8 * 16, 8);
    }
  }

  static Stream<LinearAlgebra> implementations() {
    return LinearAlgebras.implementations().stream();
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void matrices(LinearAlgebra algebra) {
    for (Mistake bad : MISTAKES) {
      MemorySegment s = bad.segment;
      long o = bad.offset;
      int ld = bad.leading;
      assertRefused(bad, "gemm, a", () -> gemm(algebra, s, o, ld, ROOM, 0, 4, ROOM, 0, 4));
      assertRefused(bad, "gemm, b", () -> gemm(algebra, ROOM, 0, 4, s, o, ld, ROOM, 0, 4));
      assertRefused(bad, "gemm, c", () -> gemm(algebra, ROOM, 0, 4, ROOM, 0, 4, s, o, ld));
      assertRefused(
          bad,
          "gemv",
          () -> algebra.gemv(DOUBLE, false, 4, 4, 1, s, o, ld, ROOM, 0, 1, 0, ROOM, 0, 1));
      assertRefused(
          bad, "syrk, a", () -> algebra.syrk(DOUBLE, false, 4, 4, 1, s, o, ld, 0, ROOM, 0, 4));
      assertRefused(
          bad, "syrk, c", () -> algebra.syrk(DOUBLE, false, 4, 4, 1, ROOM, 0, 4, 0, s, o, ld));
      assertRefused(
          bad,
          "trsm, t",
          () ->
              algebra.solveTriangular(
                  DOUBLE, Side.LEFT, Triangle.LOWER, false, 4, 4, s, o, ld, ROOM, 0, 4));
      assertRefused(
          bad,
          "trsm, b",
          () ->
              algebra.solveTriangular(
                  DOUBLE, Side.LEFT, Triangle.LOWER, false, 4, 4, ROOM, 0, 4, s, o, ld));
      assertRefused(bad, "cholesky", () -> algebra.cholesky(DOUBLE, 4, s, o, ld));
      assertRefused(bad, "choleskyInverse", () -> algebra.choleskyInverse(DOUBLE, 4, s, o, ld));
      assertRefused(bad, "lu", () -> algebra.lu(DOUBLE, 4, s, o, ld, NUMBERS, 0));
      assertRefused(bad, "luInverse", () -> algebra.luInverse(DOUBLE, 4, s, o, ld, NUMBERS, 0));
      assertRefused(bad, "mirror", () -> Transposition.mirror(DOUBLE, 4, s, o, ld));
    }
  }

  private static void gemm(
      LinearAlgebra algebra,
      MemorySegment a,
      long aOffset,
      int lda,
      MemorySegment b,
      long bOffset,
      int ldb,
      MemorySegment c,
      long cOffset,
      int ldc) {
    algebra.gemm(
        DOUBLE, false, false, 4, 4, 4, 1, a, aOffset, lda, b, bOffset, ldb, 0, c, cOffset, ldc);
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void vectors(LinearAlgebra algebra) {
    record Bad(Class<? extends Exception> exception, long offset, int increment) {}
    for (Bad bad :
        List.of(
            new Bad(IndexOutOfBoundsException.class, 8 * 13, 1),
            new Bad(IndexOutOfBoundsException.class, -8, 1),
            new Bad(IndexOutOfBoundsException.class, 8 * 4, 4),
            new Bad(IllegalArgumentException.class, 0, 0),
            new Bad(IllegalArgumentException.class, 0, -1))) {
      long o = bad.offset;
      int inc = bad.increment;
      List<ThrowingCallable> calls =
          List.of(
              () -> algebra.gemv(DOUBLE, false, 4, 4, 1, ROOM, 0, 4, ROOM, o, inc, 0, ROOM, 0, 1),
              () -> algebra.gemv(DOUBLE, false, 4, 4, 1, ROOM, 0, 4, ROOM, 0, 1, 0, ROOM, o, inc),
              () -> algebra.dot(DOUBLE, 4, ROOM, o, inc, ROOM, 0, 1),
              () -> algebra.dot(DOUBLE, 4, ROOM, 0, 1, ROOM, o, inc),
              () -> algebra.scal(DOUBLE, 4, 1, ROOM, o, inc));
      for (ThrowingCallable call : calls) {
        assertThatThrownBy(call).as("%s", bad).isInstanceOf(bad.exception);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void pivots(LinearAlgebra algebra) {
    assertThatThrownBy(() -> algebra.lu(DOUBLE, 4, ROOM, 0, 4, NUMBERS, 4))
        .isInstanceOf(IndexOutOfBoundsException.class);
    NUMBERS.fill((byte) 7);
    ROOM.fill((byte) 1);
    assertThatThrownBy(() -> algebra.luInverse(DOUBLE, 4, ROOM, 0, 4, NUMBERS, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(
            () ->
                algebra.luSolve(DOUBLE, Side.LEFT, true, 4, 1, ROOM, 0, 4, NUMBERS, 0, ROOM, 0, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void wrongMemory(LinearAlgebra algebra) {
    assertThatThrownBy(() -> algebra.scal(DOUBLE, 4, 2, ROOM.asReadOnly(), 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the segment to write to is read-only");
    MemorySegment onHeap = MemorySegment.ofArray(new double[16]);
    if (algebra instanceof NativeLinearAlgebra) {
      assertThatThrownBy(() -> algebra.scal(DOUBLE, 4, 2, onHeap, 0, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the segment lies on the Java heap");
    }
  }

  private static void assertRefused(Mistake mistake, String where, ThrowingCallable call) {
    assertThatThrownBy(call).as("%s %s", where, mistake.what).isInstanceOf(mistake.exception);
  }
}
