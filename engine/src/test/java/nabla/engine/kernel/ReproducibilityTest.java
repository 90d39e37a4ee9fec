package nabla.engine.kernel;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import nabla.engine.kernel.Loop.Access;
import nabla.engine.kernel.Loop.Binary;
import nabla.engine.kernel.Loop.Instruction;
import nabla.engine.kernel.Loop.Load;
import nabla.engine.kernel.Loop.Reduce;
import nabla.engine.kernel.Loop.Reduction;
import nabla.engine.kernel.Loop.Store;
import nabla.engine.kernel.Loop.Unary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a loop computes is the same to the last bit each time, compiled or not yet. */
class ReproducibilityTest {
  private static final int ROWS = 13;

  private static final int COLUMNS = 45;

  private static final Access DENSE = new Access(List.of(COLUMNS, 1));

  /** Runs after which the virtual machine has compiled a loop for good, or nearly so. */
  private static final int RUNS = 40_000;

  @ParameterizedTest
  @EnumSource
  void reductions(Reduction reduction) {
    List<Instruction> code = List.of(new Load(0), new Reduce(2, reduction, false, 0));
    check(code);
  }

  @Test
  void sumsOfProducts() {
    List<Instruction> code =
        List.of(
            new Load(0),
            new Load(1),
            new Binary(BinaryFunction.MULTIPLY, 0, 1),
            new Reduce(2, Reduction.SUM, false, 2));
    check(code);
  }

  @ParameterizedTest
  @EnumSource
  void functions(UnaryFunction function) {
    checkEach(List.of(new Load(0), new Unary(function, 0), new Store(2, 1)));
  }

  @ParameterizedTest
  @EnumSource
  void functions(BinaryFunction function) {
    checkEach(List.of(new Load(0), new Load(1), new Binary(function, 0, 1), new Store(2, 2)));
  }

  @Test
  void powers() {
    checkEach(
        List.of(
            new Load(0),
            new Unary(UnaryFunction.ABS, 0),
            new Load(1),
            new Binary(BinaryFunction.POWER, 1, 2),
            new Store(2, 3)));
  }

  private static void check(List<Instruction> code) {
    check(code, new Access(List.of(1, 0)));
  }

  private static void checkEach(List<Instruction> code) {
    check(code, DENSE);
  }

  private static void check(List<Instruction> code, Access result) {
    Loop loop = new Loop(List.of(ROWS, COLUMNS), List.of(DENSE, DENSE, result), code);
    check(loop, Precision.DOUBLE, JAVA_DOUBLE);
    check(loop, Precision.SINGLE, JAVA_FLOAT);
  }

  private static void check(Loop loop, Precision precision, ValueLayout layout) {
    MemorySegment[] memory = new MemorySegment[3];
    Random random = new Random(1);
    for (int k = 0; k < 3; k++) {
      memory[k] = Arena.ofAuto().allocate(layout, ROWS * COLUMNS);
      for (int i = 0; i < ROWS * COLUMNS; i++) {
        double number = random.nextGaussian() * 2;
        if (precision == Precision.DOUBLE) memory[k].setAtIndex(JAVA_DOUBLE, i, number);
        else memory[k].setAtIndex(JAVA_FLOAT, i, (float) number);
      }
    }
    LoopKernel kernel = LoopCompiler.compile(loop, precision);
    kernel.run(memory, new long[3], ROWS);
    double[] first = LoopCompilerTest.numbers(memory[2], precision);
    for (int run = 0; run < RUNS; run++) kernel.run(memory, new long[3], ROWS);
    // of NaN there is only one there: which one it is in memory is nobody's concern
    assertThat(LoopCompilerTest.numbers(memory[2], precision))
        .as("%s after %d runs", loop.code(), RUNS)
        .isEqualTo(first);
  }
}
