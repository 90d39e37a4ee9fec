package nabla.engine.kernel;

import static nabla.engine.kernel.Precision.DOUBLE;
import static nabla.engine.kernel.Triangle.LOWER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
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

  private static Matrix matrix(int rows, int columns) {
    return matrix(DOUBLE, rows, columns);
  }

  private static Matrix matrix(Precision precision, int rows, int columns) {
    return Matrix.of(precision, Arena.ofAuto().allocate(8 * 64, 8), 0, rows, columns, columns);
  }

  private static Exchanges exchanges(int count) {
    return new Exchanges(Arena.ofAuto().allocate(4 * 16, 8), 0, count);
  }

  @Test
  void matrices() {
    for (Mistake bad : MISTAKES) {
      assertThatThrownBy(() -> Matrix.of(DOUBLE, bad.segment, bad.offset, 4, 4, bad.leading))
          .as(bad.what)
          .isInstanceOf(bad.exception);
    }
    assertThatThrownBy(() -> Matrix.of(DOUBLE, ROOM, 0, -1, 4, 4))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Matrix.of(DOUBLE, ROOM, 0, 4, -1, 4))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void vectors() {
    record Bad(Class<? extends Exception> exception, long offset, int increment) {}
    for (Bad bad :
        List.of(
            new Bad(IndexOutOfBoundsException.class, 8 * 13, 1),
            new Bad(IndexOutOfBoundsException.class, -8, 1),
            new Bad(IndexOutOfBoundsException.class, 8 * 4, 4),
            new Bad(IllegalArgumentException.class, 0, 0),
            new Bad(IllegalArgumentException.class, 0, -1))) {
      assertThatThrownBy(() -> Matrix.of(DOUBLE, ROOM, bad.offset, 4, 1, bad.increment))
          .as("%s", bad)
          .isInstanceOf(bad.exception);
    }
  }

  @Test
  void blocks() {
    for (Matrix matrix : List.of(matrix(4, 3), matrix(3, 4).transpose())) {
      int[][] outside = {
        {-1, 0, 1, 1},
        {0, -1, 1, 1},
        {0, 0, 5, 1},
        {0, 0, 1, 4},
        {4, 0, 1, 1},
        {0, 3, 1, 1},
        {1, 1, -1, 1},
        {1, 1, 1, -1},
        {Integer.MAX_VALUE, 0, 1, 1}
      };
      for (int[] b : outside) {
        assertThatThrownBy(() -> matrix.block(b[0], b[1], b[2], b[3]))
            .isInstanceOf(IndexOutOfBoundsException.class);
      }
    }
  }

  /** What every routine refuses, with a 4 x 4 matrix or a vector in the place of each operand. */
  private static List<Call> calls(LinearAlgebra algebra) {
    Matrix other = matrix(4, 4);
    Matrix target = matrix(4, 4);
    Matrix x = matrix(4, 1);
    Matrix y = matrix(4, 1);
    Exchanges exchanges = exchanges(4);
    return List.of(
        new Call("gemm, a", false, true, m -> algebra.gemm(1, m, other, 0, target)),
        new Call("gemm, b", false, true, m -> algebra.gemm(1, other, m, 0, target)),
        new Call("gemm, c", true, true, m -> algebra.gemm(1, other, target, 0, m)),
        new Call("gemv, a", false, true, m -> algebra.gemv(1, m, x, 0, y)),
        new Call("gemv, x", false, false, m -> algebra.gemv(1, other, m, 0, y)),
        new Call("gemv, y", true, false, m -> algebra.gemv(1, other, x, 0, m)),
        new Call("syrk, a", false, true, m -> algebra.syrk(1, m, 0, target)),
        new Call("syrk, c", true, true, m -> algebra.syrk(1, other, 0, m)),
        new Call("dot, x", false, false, m -> algebra.dot(m, x)),
        new Call("dot, y", false, false, m -> algebra.dot(x, m)),
        new Call("scal", true, false, m -> algebra.scal(2, m)),
        new Call("trsm, t", false, true, m -> algebra.solveTriangular(LOWER, m, target)),
        new Call("trsm, b", true, true, m -> algebra.solveTriangular(LOWER, other, m)),
        new Call("choleskySolve, u", false, true, m -> algebra.choleskySolve(m, target)),
        new Call("choleskySolve, b", true, true, m -> algebra.choleskySolve(other, m)),
        new Call("cholesky", true, true, algebra::cholesky),
        new Call("choleskyInverse", true, true, algebra::choleskyInverse),
        new Call("lu", true, true, m -> algebra.lu(m, exchanges)),
        new Call("luInverse", true, true, m -> algebra.luInverse(m, identity())),
        new Call("luSolve, lu", false, true, m -> algebra.luSolve(m, identity(), target)),
        new Call("luSolve, b", true, true, m -> algebra.luSolve(other, identity(), m)),
        new Call("mirror", true, true, Transposition::mirror));
  }

  private static Exchanges identity() {
    Exchanges exchanges = exchanges(4);
    exchanges.set(new int[] {0, 1, 2, 3});
    return exchanges;
  }

  record Call(String what, boolean writes, boolean square, Consumer<Matrix> call) {
    Matrix operand(MemorySegment memory) {
      return Matrix.of(DOUBLE, memory, 0, 4, square ? 4 : 1, square ? 4 : 1);
    }

    void assertRefused(Matrix operand, Class<? extends Exception> exception, String why) {
      for (Matrix m : List.of(operand, operand.transpose().transpose())) {
        assertThatThrownBy(() -> call.accept(m)).as("%s: %s", what, why).isInstanceOf(exception);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void closedMemory(LinearAlgebra algebra) {
    for (Call call : calls(algebra)) {
      List<Matrix> operands = new ArrayList<>();
      try (Arena confined = Arena.ofConfined();
          Arena shared = Arena.ofShared()) {
        operands.add(call.operand(confined.allocate(8 * 16, 8)));
        operands.add(call.operand(shared.allocate(8 * 16, 8)));
      }
      for (Matrix operand : operands) {
        call.assertRefused(operand, IllegalStateException.class, "closed");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void closedPivots(LinearAlgebra algebra) {
    Exchanges exchanges;
    try (Arena arena = Arena.ofConfined()) {
      exchanges = new Exchanges(arena.allocate(16, 8), 0, 4);
    }
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> algebra.lu(matrix(4, 4), exchanges),
            () -> algebra.luInverse(matrix(4, 4), exchanges),
            () -> algebra.luSolve(matrix(4, 4), exchanges, matrix(4, 1)),
            () -> algebra.luSolve(matrix(4, 4), exchanges, matrix(4, 4)))) {
      assertThatThrownBy(call).isInstanceOf(IllegalStateException.class);
    }
  }

  /** Memory of another thread, which could be freed at any time. */
  @ParameterizedTest
  @MethodSource("implementations")
  void confinedMemory(LinearAlgebra algebra) throws InterruptedException {
    try (Arena arena = Arena.ofConfined()) {
      List<Runnable> checks =
          calls(algebra).stream()
              .<Runnable>map(
                  call -> {
                    Matrix operand = call.operand(arena.allocate(8 * 16, 8));
                    return () ->
                        call.assertRefused(operand, WrongThreadException.class, "confined");
                  })
              .toList();
      AtomicReference<Throwable> failure = new AtomicReference<>();
      Thread other = new Thread(() -> checks.forEach(Runnable::run));
      other.setUncaughtExceptionHandler((_, e) -> failure.set(e));
      other.start();
      other.join();
      assertThat(failure.get()).isNull();
    }
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void readOnlyMemory(LinearAlgebra algebra) {
    for (Call call : calls(algebra)) {
      Matrix operand = call.operand(ROOM.asReadOnly());
      if (call.writes) call.assertRefused(operand, IllegalArgumentException.class, "read-only");
    }
    assertThatThrownBy(() -> algebra.scal(2, Matrix.of(DOUBLE, ROOM.asReadOnly(), 0, 4, 1, 1)))
        .hasMessage("the segment to write to is read-only");
    Exchanges exchanges = new Exchanges(NUMBERS.asReadOnly(), 0, 4);
    assertThatThrownBy(() -> algebra.lu(matrix(4, 4), exchanges))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void otherShapes(LinearAlgebra algebra) {
    for (Call call : calls(algebra)) {
      if (call.what.equals("scal")) continue; // takes any
      int columns = call.square ? 4 : 1;
      boolean sides = call.what.endsWith(", b") && !call.what.startsWith("gemm");
      boolean terms = call.what.equals("syrk, a");
      call.assertRefused(matrix(5, columns), IllegalArgumentException.class, "more rows");
      call.assertRefused(matrix(3, columns), IllegalArgumentException.class, "fewer rows");
      if (sides || terms) continue; // as many columns as one likes
      call.assertRefused(matrix(4, columns + 1), IllegalArgumentException.class, "more columns");
      call.assertRefused(matrix(4, columns - 1), IllegalArgumentException.class, "fewer columns");
    }
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void otherPrecision(LinearAlgebra algebra) {
    for (Call call : calls(algebra)) {
      Matrix operand = matrix(Precision.SINGLE, 4, call.square ? 4 : 1);
      boolean binary = call.what.contains(",");
      if (binary) call.assertRefused(operand, IllegalArgumentException.class, "single precision");
    }
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void squareMatricesAreStoredByRows(LinearAlgebra algebra) {
    Matrix byColumns = matrix(4, 4).transpose();
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> algebra.syrkUpper(1, matrix(4, 4), 0, byColumns),
            () -> algebra.syrk(1, matrix(4, 4), 0, byColumns),
            () -> algebra.cholesky(byColumns),
            () -> algebra.choleskyInverse(byColumns),
            () -> algebra.lu(byColumns, exchanges(4)),
            () -> algebra.luInverse(byColumns, identity()),
            () -> Transposition.mirror(byColumns))) {
      assertThatThrownBy(call)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the matrix is stored by columns");
    }
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void pivots(LinearAlgebra algebra) {
    assertThatThrownBy(() -> new Exchanges(NUMBERS, 4, 4))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> algebra.lu(matrix(4, 4), exchanges(3)))
        .isInstanceOf(IllegalArgumentException.class);
    NUMBERS.fill((byte) 7);
    ROOM.fill((byte) 1);
    Exchanges wrong = new Exchanges(NUMBERS, 0, 4);
    Matrix room = Matrix.of(DOUBLE, ROOM, 0, 4, 4, 4);
    assertThatThrownBy(() -> algebra.luInverse(room, wrong))
        .isInstanceOf(IndexOutOfBoundsException.class);
    for (Matrix b : List.of(matrix(4, 1), matrix(4, 2), matrix(2, 4).transpose())) {
      for (Matrix lu : List.of(room, room.transpose())) {
        assertThatThrownBy(() -> algebra.luSolve(lu, wrong, b))
            .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> algebra.luSolve(lu, exchanges(3), b))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void memoryOnTheHeap() {
    MemorySegment onHeap = MemorySegment.ofArray(new double[16]);
    assertThatThrownBy(() -> Matrix.of(DOUBLE, onHeap, 0, 4, 4, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the segment lies on the Java heap");
    assertThatThrownBy(() -> new Exchanges(onHeap, 0, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the segment lies on the Java heap");
  }
}
