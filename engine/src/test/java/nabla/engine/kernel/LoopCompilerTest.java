package nabla.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import nabla.engine.kernel.Loop.Access;
import nabla.engine.kernel.Loop.Load;
import nabla.engine.kernel.Loop.Reduce;
import nabla.engine.kernel.Loop.Reduction;
import nabla.engine.kernel.Loop.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopCompilerTest {
  private static final int LOOPS = 2000;

  @ParameterizedTest
  @EnumSource
  void scalarLoopsAgreeWithTheInterpreter(Precision precision) {
    agree(precision, 0, 0x10095L);
  }

  @ParameterizedTest
  @EnumSource
  void vectorLoopsAgreeWithTheInterpreter(Precision precision) {
    assertThat(VectorModule.lanes(precision)).as("the tests run with vectors").isPositive();
    agree(precision, VectorModule.lanes(precision), 0x10095L);
  }

  private static void agree(Precision precision, int lanes, long seed) {
    for (int k = 0; k < LOOPS; k++) {
      Random random = new Random(seed + k);
      RandomLoops loops = new RandomLoops(random);
      RandomLoops.Case drawn = loops.next(k % 10 == 0);
      MemorySegment[] expected = new MemorySegment[drawn.sizes().size()];
      long[] offsets = new long[expected.length];
      for (int a = 0; a < expected.length; a++) {
        expected[a] = loops.memory(drawn.sizes().get(a), precision);
        offsets[a] = (long) drawn.starts().get(a) * precision.bytes();
      }
      MemorySegment[] actual =
          Arrays.stream(expected).map(LoopCompilerTest::copy).toArray(MemorySegment[]::new);
      String name = "seed " + (seed + k) + ", rows " + drawn.rows() + ", " + drawn.loop();
      new LoopInterpreter(drawn.loop(), precision).run(expected, offsets, drawn.rows());
      try {
        LoopCompiler.compile(drawn.loop(), precision, lanes).run(actual, offsets, drawn.rows());
      } catch (RuntimeException | LinkageError failure) {
        throw new AssertionError(name, failure);
      }
      for (int a = 0; a < expected.length; a++) {
        assertClose(
            numbers(actual[a], precision), numbers(expected[a], precision), precision, name);
      }
    }
  }

  /** Sums may be added up in another order: what cancels leaves an error of its own size. */
  static void assertClose(double[] actual, double[] expected, Precision precision, String name) {
    double largest =
        Arrays.stream(expected).map(Math::abs).filter(Double::isFinite).max().orElse(0);
    double tolerance = (precision == Precision.DOUBLE ? 1e-12 : 1e-4) * (1 + largest);
    for (int k = 0; k < expected.length; k++) {
      if (Double.compare(actual[k], expected[k]) != 0
          && !(Math.abs(actual[k] - expected[k]) <= tolerance)) {
        throw new AssertionError(
            "element %d is %s, not %s: %s".formatted(k, actual[k], expected[k], name));
      }
    }
  }

  /** Where a kernel comes from. */
  enum Maker {
    INTERPRETER,
    SCALAR,
    VECTOR;

    LoopKernel kernel(Loop loop) {
      return switch (this) {
        case INTERPRETER -> new LoopInterpreter(loop, Precision.DOUBLE);
        case SCALAR -> LoopCompiler.compile(loop, Precision.DOUBLE, 0);
        case VECTOR ->
            LoopCompiler.compile(loop, Precision.DOUBLE, VectorModule.lanes(Precision.DOUBLE));
      };
    }
  }

  private static final List<Integer> MATRIX = List.of(2, 3);
  private static final Access DENSE = new Access(List.of(3, 1));
  private static final Access TRANSPOSED = new Access(List.of(1, 2));
  private static final Access ROW = new Access(List.of(1, 0));
  private static final Access COLUMN = new Access(List.of(0, 1));
  private static final Access ALL = new Access(List.of(0, 0));

  @ParameterizedTest
  @EnumSource
  void loopsByHand(Maker maker) {
    double[] a = {1, 2, 3, 4, 5, 6};
    assertThat(run(maker, 2, DENSE, new Store(1, 0), a)).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(run(maker, 2, TRANSPOSED, new Store(1, 0), a)).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(run(maker, 1, DENSE, new Store(1, 0), a)).containsExactly(1, 2, 3, 9, 9, 9);
    assertThat(run(maker, 2, ROW, sum(false), a)).startsWith(6, 15, 9);
    assertThat(run(maker, 2, ROW, sum(true), a)).startsWith(15, 24, 9);
    assertThat(run(maker, 2, COLUMN, sum(false), a)).startsWith(5, 7, 9, 9);
    assertThat(run(maker, 2, COLUMN, sum(true), a)).startsWith(14, 16, 18, 9);
    assertThat(run(maker, 2, ALL, sum(false), a)).startsWith(21, 9);
    assertThat(run(maker, 2, ALL, sum(true), a)).startsWith(30, 9);
    assertThat(run(maker, 2, ALL, new Reduce(1, Reduction.MAX, false, 0), a)).startsWith(6, 9);
    assertThat(run(maker, 2, ALL, new Reduce(1, Reduction.MAX, true, 0), a)).startsWith(9, 9);
    assertThat(run(maker, 2, COLUMN, new Reduce(1, Reduction.MIN, false, 0), a))
        .startsWith(1, 2, 3, 9);
    assertThat(run(maker, 0, COLUMN, sum(false), a)).startsWith(0, 0, 0, 9);
    assertThat(run(maker, 0, COLUMN, sum(true), a)).startsWith(9, 9, 9, 9);
    assertThat(run(maker, 0, ALL, new Reduce(1, Reduction.MAX, false, 0), a))
        .startsWith(Double.NEGATIVE_INFINITY, 9);
    assertThat(run(maker, 0, ALL, new Reduce(1, Reduction.MIN, false, 0), a))
        .startsWith(Double.POSITIVE_INFINITY, 9);
  }

  private static Reduce sum(boolean onto) {
    return new Reduce(1, Reduction.SUM, onto, 0);
  }

  /** Writes a matrix of two rows of three numbers to memory full of nines. */
  private static double[] run(
      Maker maker, int rows, Access written, Loop.Instruction write, double... matrix) {
    Loop loop = new Loop(MATRIX, List.of(DENSE, written), List.of(new Load(0), write));
    MemorySegment from = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_DOUBLE, matrix);
    MemorySegment to = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_DOUBLE, 9, 9, 9, 9, 9, 9);
    maker.kernel(loop).run(new MemorySegment[] {from, to}, new long[2], rows);
    return to.toArray(ValueLayout.JAVA_DOUBLE);
  }

  @ParameterizedTest
  @EnumSource
  void loopsStayInTheirMemory(Maker maker) {
    for (int n : new int[] {1, 7, 8, 9, 40}) {
      Access dense = new Access(List.of(n, 1));
      for (Access read : List.of(dense, new Access(List.of(1, n)), new Access(List.of(n + 1, 0)))) {
        Loop loop =
            new Loop(List.of(n, n), List.of(read, dense), List.of(new Load(0), new Store(1, 0)));
        int last = (n - 1) * (read.strides().get(0) + read.strides().get(1)) + 1;
        LoopKernel kernel = maker.kernel(loop);
        run(kernel, last, n * n, 0, n);
        assertOutside(kernel, last - 1, n * n, 0, n);
        assertOutside(kernel, last, n * n - 1, 0, n);
        assertOutside(kernel, last, n * n, 8, n);
        assertOutside(kernel, last, n * n, -8, n);
        assertThatThrownBy(() -> run(kernel, last, n * n, 0, n + 1))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("rows must be between 0 and %d, not %d", n, n + 1);
        assertThatThrownBy(() -> run(kernel, last, n * n, 0, -1))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  private static void run(LoopKernel kernel, int read, int written, long offset, int rows) {
    MemorySegment from = Arena.ofAuto().allocate(ValueLayout.JAVA_DOUBLE, read);
    MemorySegment to = Arena.ofAuto().allocate(ValueLayout.JAVA_DOUBLE, written);
    kernel.run(new MemorySegment[] {from, to}, new long[] {offset, 0}, rows);
  }

  private static void assertOutside(
      LoopKernel kernel, int read, int written, long offset, int rows) {
    assertThatThrownBy(() -> run(kernel, read, written, offset, rows))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** What is written may be what is read, if both are walked alike. */
  @ParameterizedTest
  @EnumSource
  void loopsInPlace(Maker maker) {
    for (int n : new int[] {1, 2, 7, 8, 9, 15, 17, 33, 70}) {
      Access dense = new Access(List.of(n, 1));
      Loop loop =
          new Loop(
              List.of(3, n),
              List.of(dense, new Access(List.of(1, 0)), dense),
              List.of(
                  new Load(0),
                  new Load(1),
                  new Loop.Binary(BinaryFunction.ADD, 0, 1),
                  new Store(2, 2)));
      double[] matrix = new double[3 * n];
      double[] expected = new double[3 * n];
      for (int k = 0; k < 3 * n; k++) {
        matrix[k] = k;
        expected[k] = k + (k / n + 1) * 100;
      }
      MemorySegment shared = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_DOUBLE, matrix);
      MemorySegment rows = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_DOUBLE, 100, 200, 300);
      maker.kernel(loop).run(new MemorySegment[] {shared, rows, shared}, new long[3], 3);
      assertThat(shared.toArray(ValueLayout.JAVA_DOUBLE)).containsExactly(expected);
    }
  }

  /** Twenty sums of neighbours, of which some overwrite what others read. */
  @ParameterizedTest
  @EnumSource
  void loopsOfManyResults(Maker maker) {
    int count = 20;
    int length = 19;
    Access vector = new Access(List.of(1));
    List<Loop.Instruction> code = new ArrayList<>();
    for (int k = 0; k < count; k++) code.add(new Load(k));
    for (int k = 0; k < count; k++) {
      code.add(new Loop.Binary(BinaryFunction.ADD, k, (k + 1) % count));
      code.add(new Store(count + k, code.size() - 1));
    }
    Loop loop = new Loop(List.of(length), Collections.nCopies(2 * count, vector), code);
    MemorySegment[] operands = new MemorySegment[2 * count];
    for (int k = 0; k < count; k++) {
      operands[k] = Arena.ofAuto().allocate(8L * length);
      for (int i = 0; i < length; i++) operands[k].setAtIndex(ValueLayout.JAVA_DOUBLE, i, k + i);
      operands[count + k] = k % 3 == 1 ? Arena.ofAuto().allocate(8L * length) : operands[k];
    }
    maker.kernel(loop).run(operands, new long[2 * count], length);
    for (int k = 0; k < count; k++) {
      for (int i = 0; i < length; i++) {
        assertThat(operands[count + k].getAtIndex(ValueLayout.JAVA_DOUBLE, i))
            .isEqualTo(k + i + (k + 1) % count + i);
      }
    }
  }

  /** A sum of more numbers than a compiled loop reads. */
  @ParameterizedTest
  @ValueSource(ints = {3, 15, 16, 20, 27, 28, 40})
  void sumsOfManyOperands(int count) {
    List<Loop.Instruction> code = new ArrayList<>();
    for (int k = 0; k < count; k++) code.add(new Load(k));
    int sum = 0;
    for (int k = 1; k < count; k++) {
      code.add(new Loop.Binary(BinaryFunction.ADD, sum, k));
      sum = code.size() - 1;
    }
    code.add(new Reduce(count, Reduction.SUM, false, sum));
    List<Access> accesses = new ArrayList<>(Collections.nCopies(count, new Access(List.of(1))));
    accesses.add(new Access(List.of(0)));
    MemorySegment[] operands = new MemorySegment[count + 1];
    Arrays.fill(operands, Arena.ofAuto().allocateFrom(ValueLayout.JAVA_DOUBLE, 1, 2, 3));
    operands[count] = Arena.ofAuto().allocate(8);
    for (Maker maker : Maker.values()) {
      maker.kernel(new Loop(List.of(3), accesses, code)).run(operands, new long[count + 1], 3);
      assertThat(operands[count].get(ValueLayout.JAVA_DOUBLE, 0)).isEqualTo(6 * count);
    }
  }

  @ParameterizedTest
  @EnumSource
  void memoryMayBeOfAnyKind(Maker maker) {
    Access dense = new Access(List.of(1));
    Loop loop = new Loop(List.of(11), List.of(dense, dense), List.of(new Load(0), new Store(1, 0)));
    LoopKernel kernel = maker.kernel(loop);
    double[] numbers = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    double[] heap = new double[11];
    MemorySegment from = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_DOUBLE, numbers);
    MemorySegment to = Arena.ofAuto().allocate(8 * 11);
    long[] offsets = new long[2];
    kernel.run(new MemorySegment[] {from, MemorySegment.ofArray(heap)}, offsets, 11);
    assertThat(heap).containsExactly(numbers);
    kernel.run(new MemorySegment[] {MemorySegment.ofArray(heap), to}, offsets, 11);
    assertThat(to.toArray(ValueLayout.JAVA_DOUBLE)).containsExactly(numbers);
    assertThatThrownBy(() -> kernel.run(new MemorySegment[] {from, to.asReadOnly()}, offsets, 11))
        .isInstanceOfAny(IllegalArgumentException.class, UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @CsvSource({"200,170,200", "64,600,64", "600,64,599", "33,1000,33", "1000,33,7"})
  void largeTransposedMatrices(int m, int n, int rows) {
    Access dense = new Access(List.of(n, 1));
    Loop loop =
        new Loop(
            List.of(m, n),
            List.of(dense, new Access(List.of(1, m)), dense, ROW, COLUMN),
            List.of(
                new Load(0),
                new Load(1),
                new Loop.Binary(BinaryFunction.MULTIPLY, 0, 1),
                new Store(2, 2),
                new Reduce(3, Reduction.SUM, false, 2),
                new Reduce(4, Reduction.MAX, true, 1)));
    for (Precision precision : Precision.values()) {
      RandomLoops loops = new RandomLoops(new Random(3));
      MemorySegment[] expected = new MemorySegment[5];
      for (int k = 0; k < 5; k++) {
        expected[k] = loops.memory(k < 3 ? m * n : k == 3 ? m : n, precision);
      }
      MemorySegment[] actual =
          Arrays.stream(expected).map(LoopCompilerTest::copy).toArray(MemorySegment[]::new);
      new LoopInterpreter(loop, precision).run(expected, new long[5], rows);
      LoopCompiler.compile(loop, precision).run(actual, new long[5], rows);
      for (int k = 0; k < 5; k++) {
        double[] values = numbers(actual[k], precision);
        assertClose(values, numbers(expected[k], precision), precision, "access " + k);
      }
    }
  }

  /** Code that is short, too long for vectors, too long to be compiled. */
  @ParameterizedTest
  @ValueSource(ints = {10, 300, 700, 1900, 2500})
  void longFormulas(int length) {
    List<Loop.Instruction> code = new ArrayList<>(List.of(new Load(0), new Loop.Literal(0.5)));
    for (int k = 0; k < length; k++) {
      int last = code.size() - 1;
      code.add(
          k % 2 == 0
              ? new Loop.Binary(BinaryFunction.ADD, k == 0 ? 0 : last, 1)
              : new Loop.Unary(UnaryFunction.SOFTPLUS, last));
    }
    code.add(new Store(1, code.size() - 1));
    Access dense = new Access(List.of(1));
    Loop loop = new Loop(List.of(9), List.of(dense, dense), code);
    double[] numbers = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    MemorySegment from = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_DOUBLE, numbers);
    double[] expected = numbers.clone();
    for (int k = 0; k < length; k++) {
      for (int i = 0; i < expected.length; i++) {
        expected[i] = k % 2 == 0 ? expected[i] + 0.5 : Math.log1p(Math.exp(expected[i]));
      }
    }
    for (Maker maker : Maker.values()) {
      MemorySegment to = Arena.ofAuto().allocate(8 * 9);
      maker.kernel(loop).run(new MemorySegment[] {from, to}, new long[2], 9);
      assertClose(to.toArray(ValueLayout.JAVA_DOUBLE), expected, Precision.DOUBLE, maker.name());
    }
  }

  @Test
  void equalLoopsShareAKernel() {
    Loop loop =
        new Loop(
            List.of(5),
            List.of(new Access(List.of(1))),
            List.of(new Loop.Literal(1), new Store(0, 0)));
    Loop same =
        new Loop(
            List.of(5),
            List.of(new Access(List.of(1))),
            List.of(new Loop.Literal(1), new Store(0, 0)));
    assertThat(LoopCompiler.compile(same, Precision.DOUBLE))
        .isSameAs(LoopCompiler.compile(loop, Precision.DOUBLE))
        .isNotSameAs(LoopCompiler.compile(loop, Precision.SINGLE));
  }

  private static MemorySegment copy(MemorySegment memory) {
    return Arena.ofAuto().allocate(memory.byteSize(), 64).copyFrom(memory);
  }

  static double[] numbers(MemorySegment memory, Precision precision) {
    if (precision == Precision.DOUBLE) return memory.toArray(ValueLayout.JAVA_DOUBLE);
    float[] floats = memory.toArray(ValueLayout.JAVA_FLOAT);
    double[] numbers = new double[floats.length];
    for (int k = 0; k < numbers.length; k++) numbers[k] = floats[k];
    return numbers;
  }
}
