package nabla.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import nabla.engine.kernel.Loop.Access;
import nabla.engine.kernel.Loop.Binary;
import nabla.engine.kernel.Loop.Instruction;
import nabla.engine.kernel.Loop.Literal;
import nabla.engine.kernel.Loop.Load;
import nabla.engine.kernel.Loop.Reduce;
import nabla.engine.kernel.Loop.Reduction;
import nabla.engine.kernel.Loop.Store;
import nabla.engine.kernel.Loop.Unary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Loops over arrays of few columns agree with the interpreter, and such are those drawn here. */
class ShortRowsTest {
  private static final int LOOPS = 600;

  private static final UnaryFunction[] FUNCTIONS = {
    UnaryFunction.NEGATE,
    UnaryFunction.SQUARE,
    UnaryFunction.RELU,
    UnaryFunction.EXP,
    UnaryFunction.SIGMOID,
    UnaryFunction.TANH
  };

  private static final BinaryFunction[] COMBINING = {
    BinaryFunction.ADD,
    BinaryFunction.SUBTRACT,
    BinaryFunction.MULTIPLY,
    BinaryFunction.DIVIDE,
    BinaryFunction.MAX,
    BinaryFunction.MASK
  };

  private static final double[] SPECIAL = {0, -0.0, Double.NaN, Double.POSITIVE_INFINITY};

  private static final int LANES = VectorModule.lanes(Precision.DOUBLE);

  private static final List<Reduction> REDUCTIONS = List.of(Reduction.values());

  @ParameterizedTest
  @EnumSource
  void loopsAgreeWithTheInterpreter(Precision precision) {
    int taken = 0;
    for (int seed = 0; seed < LOOPS; seed++) {
      Drawn drawn = new Drawn(new Random(seed), precision);
      LoopKernel kernel = ShortRows.of(drawn.loop, precision, VectorModule.lanes(precision));
      if (kernel == null) continue;
      taken++;
      new LoopInterpreter(drawn.loop, precision).run(drawn.expected, drawn.offsets, drawn.rows);
      kernel.run(drawn.actual, drawn.offsets, drawn.rows);
      for (int k = 0; k < drawn.expected.length; k++) {
        LoopCompilerTest.assertClose(
            LoopCompilerTest.numbers(drawn.actual[k], precision),
            LoopCompilerTest.numbers(drawn.expected[k], precision),
            precision,
            "seed %d, access %d, %d rows, %s".formatted(seed, k, drawn.rows, drawn.loop));
      }
    }
    assertThat(taken).as("loops of short rows").isGreaterThan(LOOPS / 10);
  }

  @Test
  void othersAreLeftAsTheyAre() {
    Instruction store = new Store(1, 1);
    Instruction root = new Unary(UnaryFunction.EXP, 0);
    Access row = new Access(List.of(1, 0));
    int width = LANES + 1;
    assertThat(kernel(1000, width, row, store, root)).isNotNull();
    assertThat(kernel(1000, 2 * LANES, row, store, root)).as("whole vectors").isNull();
    assertThat(kernel(1000, 9 * LANES + 1, row, store, root)).as("long rows").isNull();
    assertThat(kernel(20, width, row, store, root)).as("few numbers").isNull();
    Instruction sum = new Reduce(1, Reduction.SUM, false, 0);
    Access all = new Access(List.of(width, 1));
    assertThat(kernel(1000, width, all, sum)).as("loads and adds").isNull();
  }

  private static @Nullable LoopKernel kernel(
      int rows, int width, Access load, Instruction write, Instruction... steps) {
    List<Instruction> code = new ArrayList<>(List.of(new Load(0)));
    code.addAll(List.of(steps));
    code.add(write);
    Access written = new Access(write instanceof Store ? List.of(width, 1) : List.of(1, 0));
    Loop loop = new Loop(List.of(rows, width), List.of(load, written), code);
    return ShortRows.of(loop, Precision.DOUBLE, LANES);
  }

  /** A loop by chance and its memory, twice, each to the byte. */
  private static final class Drawn {
    private final Random random;
    private final Precision precision;
    private final int most;
    private final int width;
    final int rows;
    final Loop loop;
    final MemorySegment[] expected;
    final MemorySegment[] actual;
    final long[] offsets;

    Drawn(Random random, Precision precision) {
      this.random = random;
      this.precision = precision;
      width = random.nextInt(2, 4 * VectorModule.lanes(precision) + 4);
      most = 512 / width + random.nextInt(100);
      rows = random.nextInt(4) == 0 ? random.nextInt(most + 1) : most;
      List<Access> accesses = new ArrayList<>();
      List<Instruction> code = new ArrayList<>();
      List<Integer> values = new ArrayList<>();
      for (int k = random.nextInt(1, 4); k > 0; k--) {
        accesses.add(loaded());
        values.add(code.size());
        code.add(new Load(accesses.size() - 1));
      }
      values.add(code.size());
      code.add(new Literal(0.5));
      for (int k = random.nextInt(1, 6); k > 0; k--) {
        code.add(step(values));
        values.add(code.size() - 1);
      }
      for (int k = random.nextInt(1, 4); k > 0; k--) {
        int value = pick(values);
        boolean store = random.nextBoolean();
        accesses.add(store ? line() : reduced());
        int access = accesses.size() - 1;
        Reduction reduction = REDUCTIONS.get(random.nextInt(REDUCTIONS.size()));
        code.add(
            store
                ? new Store(access, value)
                : new Reduce(access, reduction, random.nextBoolean(), value));
      }
      loop = new Loop(List.of(most, width), accesses, code).onto();
      expected = new MemorySegment[accesses.size()];
      actual = new MemorySegment[accesses.size()];
      offsets = new long[accesses.size()];
      for (int k = 0; k < expected.length; k++) fill(k);
      share();
    }

    private Access line() {
      return new Access(List.of(width, 1));
    }

    private Access loaded() {
      return switch (random.nextInt(5)) {
        case 0 -> new Access(List.of(random.nextInt(3), 0));
        case 1 -> new Access(List.of(0, random.nextInt(1, 3)));
        case 2 -> new Access(List.of(0, 0));
        default -> line();
      };
    }

    private Access reduced() {
      return switch (random.nextInt(3)) {
        case 0 -> new Access(List.of(1, 0));
        case 1 -> new Access(List.of(0, 1));
        default -> new Access(List.of(0, 0));
      };
    }

    private Instruction step(List<Integer> values) {
      return random.nextInt(3) == 0
          ? new Unary(FUNCTIONS[random.nextInt(FUNCTIONS.length)], pick(values))
          : new Binary(COMBINING[random.nextInt(COMBINING.length)], pick(values), pick(values));
    }

    private int pick(List<Integer> values) {
      return values.get(random.nextInt(values.size()));
    }

    private void fill(int k) {
      List<Integer> strides = loop.accesses().get(k).strides();
      int start = random.nextInt(3);
      int count = start + 1 + Math.max(0, rows - 1) * strides.get(0) + (width - 1) * strides.get(1);
      offsets[k] = (long) start * precision.bytes();
      expected[k] = Arena.ofAuto().allocate((long) count * precision.bytes(), 64);
      for (int i = 0; i < count; i++) {
        boolean special = random.nextInt(500) == 0;
        double number = special ? SPECIAL[random.nextInt(SPECIAL.length)] : random.nextGaussian();
        if (precision == Precision.DOUBLE)
          expected[k].setAtIndex(ValueLayout.JAVA_DOUBLE, i, number);
        else expected[k].setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) number);
      }
      actual[k] = Arena.ofAuto().allocate(expected[k].byteSize(), 64).copyFrom(expected[k]);
    }

    /** At times what is stored takes the place of what is loaded. */
    private void share() {
      for (Instruction step : loop.code()) {
        if (!(step instanceof Store(int access, int _)) || random.nextBoolean()) continue;
        for (int k = 0; k < access; k++) {
          if (!(loop.code().get(k) instanceof Load(int load)) || !isLine(load)) continue;
          expected[access] = expected[load];
          actual[access] = actual[load];
          offsets[access] = offsets[load];
          return;
        }
      }
    }

    private boolean isLine(int access) {
      return loop.accesses().get(access).equals(line());
    }
  }
}
