package nabla.engine.kernel;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessFlag;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A function of vectors such as {@code exp}, as a method that is compiled before a loop calls it.
 * The Vector API computes such functions number by number until the virtual machine has compiled
 * the code for good, and by routines of a library from then on, whose last bit is another one. A
 * call of a method that is compiled already has the same result in code that is not.
 */
final class VectorFunction {
  /**
   * Bytes before the code of the method, so that it is longer than what the first one of the
   * virtual machine's compilers puts into its callers, where it would be computed number by number.
   * The second one does that with ten times as much.
   */
  private static final int LENGTH = 48;

  private static final int ARGUMENTS = 16;

  /** Calls of 16 bytes each make a method that is not compiled, so that they enter this one. */
  private static final int CALLS = KernelClass.HUGE / 8;

  /** Runs after which there are enough calls, and the compiler needs the processor. */
  private static final int BUSY_RUNS = 20;

  private static final Duration BETWEEN_RUNS = Duration.ofMillis(1);

  /** When a function is taken for compiled whose values have not changed. */
  private static final Duration LONGEST = Duration.ofSeconds(1);

  /** The usual functions, which are compiled in the background once there is one. */
  private static final List<String> USUAL = List.of("EXP", "LOG1P", "LOG", "TANH");

  /** After that time, as a program may be over by then. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  private record Name(String operator, Precision precision) {}

  private static final ConcurrentHashMap<Name, VectorFunction> ALL = new ConcurrentHashMap<>();
  private static final Set<Precision> BEGUN = ConcurrentHashMap.newKeySet();

  /** Whether the values of a function have changed, or have not although there was time. */
  private static volatile boolean anyChanged;

  private static volatile boolean anyStayed;

  private final Name name;
  private final ClassDesc owner;
  private final int operands;
  private final MethodTypeDesc type;
  private boolean defined;
  private boolean compiled;

  private VectorFunction(Name name) {
    this.name = name;
    String vectors = name.precision == Precision.DOUBLE ? "OfDoubles" : "OfFloats";
    owner = ClassDesc.of(VectorFunction.class.getPackageName(), "Vector" + name.operator + vectors);
    operands = isPower() ? 2 : 1;
    ClassDesc vector = VectorEmitter.vector(name.precision);
    type = MethodTypeDesc.of(vector, Collections.nCopies(operands, vector));
  }

  /**
   * The function, compiled if the virtual machine does that within a second.
   *
   * @param operator its name in the Vector API
   */
  static VectorFunction compiled(String operator, Precision precision) {
    VectorFunction function = of(operator, precision);
    function.compile();
    if (BEGUN.add(precision)) compileUsual(precision);
    return function;
  }

  private static VectorFunction of(String operator, Precision precision) {
    return ALL.computeIfAbsent(new Name(operator, precision), VectorFunction::new);
  }

  private static void compileUsual(Precision precision) {
    Thread.ofPlatform()
        .daemon()
        .name("nabla-compile")
        .start(
            () -> {
              LockSupport.parkNanos(PAUSE.toNanos());
              for (String operator : USUAL) of(operator, precision).compile();
            });
  }

  /** Bytecode for a call, with the operands on the stack. */
  void call(CodeBuilder code) {
    code.invokestatic(owner, "at", type);
  }

  private synchronized void compile() {
    if (compiled) return;
    if (!defined) define();
    defined = true;
    if (hasRoutine() && (anyChanged || !anyStayed)) {
      if (changes()) anyChanged = true;
      else anyStayed = true;
    }
    compiled = true;
  }

  /** The only one of two operands. */
  private boolean isPower() {
    return name.operator.equals("POW");
  }

  /** What JDK 25 has no routine for is always computed number by number. */
  private boolean hasRoutine() {
    return switch (name.operator) {
      case "POW" -> Platform.IS_ARM || VectorModule.lanes(Precision.DOUBLE) == 8;
      case "TANH" -> !Platform.IS_ARM;
      default -> true;
    };
  }

  /** Calls the function until its values change, as they do when it is compiled. */
  private boolean changes() {
    long start = System.nanoTime();
    Random random = new Random(1);
    Runs runs = runs();
    for (int run = 0; System.nanoTime() - start < LONGEST.toNanos(); run++) {
      if (run > BUSY_RUNS) LockSupport.parkNanos(BETWEEN_RUNS.toNanos());
      if (isAnother(runs, random)) return true;
    }
    return false;
  }

  /**
   * Whether values of the function are others than number by number, at places between 0 and 1, of
   * which half are closer to 0.
   */
  private boolean isAnother(Runs runs, Random random) {
    int count = ARGUMENTS * VectorModule.lanes(name.precision);
    double[] numbers = new double[count * operands];
    for (int k = 0; k < numbers.length; k++) {
      double number = random.nextDouble();
      double drawn = k % 2 == 0 ? number : number * number * number;
      numbers[k] = name.precision == Precision.SINGLE ? (float) drawn : drawn;
    }
    double[] expected = new double[count];
    for (int k = 0; k < count; k++) {
      expected[k] =
          isPower()
              ? BinaryFunction.POWER.at(numbers[k], numbers[count + k])
              : UnaryFunction.valueOf(name.operator).at(numbers[k]);
    }
    Object[] values = new Object[ARGUMENTS];
    runs.run(VectorModule.vectors(name.precision, numbers), values);
    return !Arrays.equals(values, VectorModule.vectors(name.precision, expected));
  }

  private void define() {
    byte[] bytes =
        ClassFile.of()
            .build(
                owner,
                builder ->
                    builder
                        .withFlags(AccessFlag.FINAL, AccessFlag.SYNTHETIC)
                        .withMethodBody("at", type, ClassFile.ACC_STATIC, this::at));
    try {
      MethodHandles.lookup().defineClass(bytes);
    } catch (IllegalAccessException failure) {
      throw new IllegalStateException("generated code is wrong", failure);
    }
  }

  private void at(CodeBuilder code) {
    for (int k = 0; k < LENGTH; k++) code.nop();
    ScalarEmitter scalar = new ScalarEmitter(code, name.precision);
    VectorEmitter vector = new VectorEmitter(code, name.precision, scalar, operands);
    for (int k = 0; k < operands; k++) vector.exact(k);
    vector.lanewise(name.operator, operands);
    if (isPower()) vector.correctPower(0, 1);
    code.areturn();
  }

  /** Calls a function with each of some vectors, its first operands before the second ones. */
  private interface Runs {
    void run(Object[] arguments, Object[] values);
  }

  private Runs runs() {
    byte[] bytes = KernelClass.bytes("VectorCalls", Runs.class, this::run);
    return (Runs) KernelClass.define(bytes, List.of());
  }

  private void run(CodeBuilder code) {
    for (int k = 0; k < CALLS; k++) {
      code.aload(2).loadConstant(k % ARGUMENTS);
      for (int operand = 0; operand < operands; operand++) {
        code.aload(1).loadConstant(operand * ARGUMENTS + k % ARGUMENTS).aaload();
        code.checkcast(VectorEmitter.vector(name.precision));
      }
      call(code);
      code.aastore();
    }
    code.return_();
  }
}
