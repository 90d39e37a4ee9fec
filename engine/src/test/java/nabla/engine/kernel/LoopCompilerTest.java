package nabla.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
      MemorySegment[] expected = new MemorySegment[drawn.sizes().length];
      long[] offsets = new long[expected.length];
      for (int a = 0; a < expected.length; a++) {
        expected[a] = loops.memory(drawn.sizes()[a], precision);
        offsets[a] = (long) drawn.starts()[a] * precision.bytes();
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
  private static void assertClose(
      double[] actual, double[] expected, Precision precision, String name) {
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

  private static MemorySegment copy(MemorySegment memory) {
    return Arena.ofAuto().allocate(memory.byteSize(), 64).copyFrom(memory);
  }

  private static double[] numbers(MemorySegment memory, Precision precision) {
    if (precision == Precision.DOUBLE) return memory.toArray(ValueLayout.JAVA_DOUBLE);
    float[] floats = memory.toArray(ValueLayout.JAVA_FLOAT);
    double[] numbers = new double[floats.length];
    for (int k = 0; k < numbers.length; k++) numbers[k] = floats[k];
    return numbers;
  }
}
