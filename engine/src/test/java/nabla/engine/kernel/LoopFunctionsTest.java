package nabla.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import nabla.engine.kernel.Loop.Access;
import nabla.engine.kernel.Loop.Binary;
import nabla.engine.kernel.Loop.Instruction;
import nabla.engine.kernel.Loop.Load;
import nabla.engine.kernel.Loop.Store;
import nabla.engine.kernel.Loop.Unary;
import nabla.operation.Catalogue;
import nabla.operation.Elementary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoopFunctionsTest {
  private static final int ULPS = 4;
  private static final double[] EDGES = {
    0.0,
    -0.0,
    1,
    -1,
    0.5,
    -0.5,
    2,
    -2,
    3,
    -3,
    1.5,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    1e-310,
    -1e-310,
    1e-300,
    1e-20,
    -1e-20,
    1e-8,
    -1e-8,
    1e8,
    1e16,
    1e22,
    1e100,
    -1e100,
    1e300,
    -1e300,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    709,
    709.79,
    710,
    711,
    -708,
    -709,
    -720,
    -745,
    -746,
    36,
    37,
    38,
    -36,
    -37,
    100,
    -100,
    1000,
    -1000,
    Math.PI,
    Math.PI / 2,
    355,
    1 + Math.ulp(1),
    1 - Math.ulp(1),
    -1 + Math.ulp(1),
    -1 - Math.ulp(1)
  };

  @ParameterizedTest
  @EnumSource
  void functionsHaveTheValuesOfTheOperations(UnaryFunction function) {
    double[] arguments = arguments();
    DoubleUnaryOperator expected = operation(function);
    Instruction step = new Unary(function, 0);
    for (int lanes : new int[] {0, VectorModule.lanes(Precision.DOUBLE)}) {
      double[] values = doubles(List.of(new Load(0), step, new Store(1, 1)), lanes, arguments);
      for (int k = 0; k < arguments.length; k++) {
        assertClose(values[k], expected.applyAsDouble(arguments[k]), step, arguments[k]);
      }
    }
    for (int lanes : new int[] {0, VectorModule.lanes(Precision.SINGLE)}) {
      float[] values = floats(List.of(new Load(0), step, new Store(1, 1)), lanes, arguments);
      for (int k = 0; k < arguments.length; k++) {
        float argument = (float) arguments[k];
        assertClose(values[k], (float) expected.applyAsDouble(argument), step, argument);
      }
    }
  }

  /** The function of the operation; those that are none are what their names say. */
  private static DoubleUnaryOperator operation(UnaryFunction function) {
    return switch (function) {
      case NEGATE -> x -> -x;
      case RECIPROCAL -> x -> 1 / x;
      case SQUARE -> x -> x * x;
      case SQRT -> Math::sqrt;
      default ->
          Catalogue.all().stream()
              .filter(Elementary.class::isInstance)
              .map(Elementary.class::cast)
              .filter(each -> UnaryFunction.of(each.name()).equals(Optional.of(function)))
              .findFirst()
              .orElseThrow()
              .function();
    };
  }

  @ParameterizedTest
  @EnumSource
  void functionsOfTwoNumbers(BinaryFunction function) {
    int count = EDGES.length * EDGES.length;
    double[] left = new double[count];
    double[] right = new double[count];
    for (int k = 0; k < count; k++) {
      left[k] = EDGES[k / EDGES.length];
      right[k] = EDGES[k % EDGES.length];
    }
    List<Instruction> code =
        List.of(new Load(0), new Load(1), new Binary(function, 0, 1), new Store(2, 2));
    for (int lanes : new int[] {0, VectorModule.lanes(Precision.DOUBLE)}) {
      double[] values = doubles(code, lanes, left, right);
      for (int k = 0; k < count; k++) {
        assertClose(values[k], expected(function, left[k], right[k]), code, left[k], right[k]);
      }
    }
  }

  @Test
  void powersInSinglePrecision() {
    int count = EDGES.length * EDGES.length;
    double[] bases = new double[count];
    double[] exponents = new double[count];
    for (int k = 0; k < count; k++) {
      bases[k] = (float) EDGES[k / EDGES.length];
      exponents[k] = (float) EDGES[k % EDGES.length];
    }
    List<Instruction> code =
        List.of(new Load(0), new Load(1), new Binary(BinaryFunction.POWER, 0, 1), new Store(2, 2));
    for (int lanes : new int[] {0, VectorModule.lanes(Precision.SINGLE)}) {
      float[] values = floats(code, lanes, bases, exponents);
      for (int k = 0; k < count; k++) {
        float expected = (float) Math.pow(bases[k], exponents[k]);
        assertClose(values[k], expected, code, (float) bases[k], (float) exponents[k]);
      }
    }
  }

  private static double expected(BinaryFunction function, double left, double right) {
    return switch (function) {
      case ADD -> left + right;
      case SUBTRACT -> left - right;
      case MULTIPLY -> left * right;
      case DIVIDE -> left / right;
      case MAX -> Math.max(left, right);
      case MIN -> Math.min(left, right);
      case POWER -> Math.pow(left, right);
      case MASK -> left == 0 ? 0 : right;
    };
  }

  @Test
  void powersWithExponentsThatAreKnown() {
    for (double exponent : EDGES) {
      List<Instruction> code =
          List.of(
              new Load(0),
              new Loop.Literal(exponent),
              new Binary(BinaryFunction.POWER, 0, 1),
              new Store(1, 2));
      for (int lanes : new int[] {0, VectorModule.lanes(Precision.DOUBLE)}) {
        double[] values = doubles(code, lanes, EDGES);
        for (int k = 0; k < EDGES.length; k++) {
          assertClose(values[k], Math.pow(EDGES[k], exponent), code, EDGES[k], exponent);
        }
      }
    }
  }

  @Test
  void namesAreThoseOfTheOperations() {
    Stream<String> operations =
        Stream.of(UnaryFunction.values())
            .filter(each -> each.compareTo(UnaryFunction.ABS) >= 0)
            .map(each -> each.name().toLowerCase(java.util.Locale.ROOT))
            .map(name -> name.matches("asin|acos|atan") ? "arc" + name.substring(1) : name);
    assertThat(operations).allSatisfy(name -> assertThat(Catalogue.find(name)).isNotNull());
    assertThat(UnaryFunction.of("arcsin")).contains(UnaryFunction.ASIN);
    assertThat(UnaryFunction.of("softplus")).contains(UnaryFunction.SOFTPLUS);
    assertThat(UnaryFunction.of("")).isEmpty();
    assertThat(UnaryFunction.of("det")).isEmpty();
  }

  private static double[] arguments() {
    Random random = new Random(7);
    List<Double> arguments = new ArrayList<>();
    for (double edge : EDGES) arguments.add(edge);
    for (int k = 0; k < 500; k++) {
      arguments.add(random.nextGaussian());
      arguments.add(random.nextGaussian() * 10);
      arguments.add(random.nextGaussian() * 300);
      arguments.add(Math.exp(random.nextGaussian() * 30) * (random.nextBoolean() ? 1 : -1));
    }
    return arguments.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] doubles(List<Instruction> code, int lanes, double[]... arguments) {
    int count = arguments[0].length;
    MemorySegment[] memory = new MemorySegment[arguments.length + 1];
    for (int k = 0; k < arguments.length; k++) {
      memory[k] = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_DOUBLE, arguments[k]);
    }
    memory[arguments.length] = Arena.ofAuto().allocate(ValueLayout.JAVA_DOUBLE, count);
    LoopCompiler.compile(elementwise(code, count, memory.length), Precision.DOUBLE, lanes)
        .run(memory, new long[memory.length], count);
    return memory[arguments.length].toArray(ValueLayout.JAVA_DOUBLE);
  }

  private static float[] floats(List<Instruction> code, int lanes, double[]... arguments) {
    int count = arguments[0].length;
    MemorySegment[] memory = new MemorySegment[arguments.length + 1];
    for (int k = 0; k < memory.length; k++) {
      memory[k] = Arena.ofAuto().allocate(ValueLayout.JAVA_FLOAT, count);
    }
    for (int k = 0; k < arguments.length; k++) {
      for (int i = 0; i < count; i++) {
        memory[k].setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) arguments[k][i]);
      }
    }
    LoopCompiler.compile(elementwise(code, count, memory.length), Precision.SINGLE, lanes)
        .run(memory, new long[memory.length], count);
    return memory[arguments.length].toArray(ValueLayout.JAVA_FLOAT);
  }

  private static Loop elementwise(List<Instruction> code, int count, int accesses) {
    return new Loop(
        List.of(count), java.util.Collections.nCopies(accesses, new Access(List.of(1))), code);
  }

  private static void assertClose(double actual, double expected, Object step, double... at) {
    if (Double.compare(actual, expected) == 0) return;
    assertThat(Math.abs(actual - expected))
        .as("%s of %s is %s, not %s", step, at, actual, expected)
        .isLessThanOrEqualTo(ULPS * Math.ulp(expected))
        .isFinite();
  }

  private static void assertClose(float actual, float expected, Object step, float... at) {
    if (Float.compare(actual, expected) == 0) return;
    assertThat(Math.abs(actual - expected))
        .as("%s of %s is %s, not %s", step, at, actual, expected)
        .isLessThanOrEqualTo(ULPS * Math.ulp(expected))
        .isFinite();
  }
}
