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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Functions of vectors such as {@code exp}, each a method that is compiled before it is used. The
 * Vector API computes them number by number until the virtual machine has compiled the code for
 * good, and by other routines from then on, which differ in the last bit. A call of a method that
 * is compiled already has the same result in code that is not.
 */
final class VectorFunctions {
  /**
   * Bytes before the code of a method, so that it is longer than what the first one of the virtual
   * machine's compilers puts into its callers, where it would be computed number by number. The
   * second one does that with ten times as much.
   */
  private static final int LENGTH = 48;

  private static final int ARGUMENTS = 256;

  /** Calls in one method: too many for it to be compiled, so that they enter the function's. */
  private static final int CALLS = 1000;

  /** Values that are looked at after a run, as that takes long, too. */
  private static final int COMPARED = 8;

  /** When a function is taken for compiled whose values have not changed. */
  private static final int MOST_RUNS = 1000;

  /** What is compiled in the background once a function has been used: the usual ones. */
  private static final List<String> AHEAD = List.of("EXP", "LOG1P", "LOG", "TANH");

  /** After that time, as a program may be over by then. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  /**
   * @param operator its name in the Vector API
   */
  record Function(String operator, int operands, Precision precision) {
    ClassDesc owner() {
      String vectors = precision == Precision.DOUBLE ? "OfDoubles" : "OfFloats";
      return ClassDesc.of(VectorFunctions.class.getPackageName(), "Vector" + operator + vectors);
    }

    MethodTypeDesc type() {
      ClassDesc vector = VectorEmitter.vector(precision);
      return MethodTypeDesc.of(vector, Collections.nCopies(operands, vector));
    }

    void call(CodeBuilder code) {
      code.invokestatic(owner(), "at", type());
    }
  }

  private static final ConcurrentHashMap<Function, Boolean> COMPILED = new ConcurrentHashMap<>();
  private static final ConcurrentHashMap<Precision, Thread> OTHERS = new ConcurrentHashMap<>();

  private VectorFunctions() {}

  /** Bytecode for a call, of a method that the virtual machine has compiled by now. */
  static void call(CodeBuilder code, Function function) {
    COMPILED.computeIfAbsent(function, VectorFunctions::compile);
    OTHERS.computeIfAbsent(function.precision, VectorFunctions::compileAhead);
    function.call(code);
  }

  private static Thread compileAhead(Precision precision) {
    return Thread.ofPlatform()
        .daemon()
        .name("nabla-compile")
        .start(
            () -> {
              LockSupport.parkNanos(PAUSE.toNanos());
              for (String operator : AHEAD) {
                Function function = new Function(operator, 1, precision);
                COMPILED.computeIfAbsent(function, VectorFunctions::compile);
              }
            });
  }

  private static boolean compile(Function function) {
    define(function);
    Calls calls = calls(function);
    Object[] arguments = arguments(function.precision);
    Object[] interpreted = new Object[ARGUMENTS];
    calls.run(arguments, interpreted);
    Object[] values = new Object[ARGUMENTS];
    for (int run = 0; run < MOST_RUNS; run++) {
      calls.run(arguments, values);
      int from = run * COMPARED % ARGUMENTS;
      int to = from + COMPARED;
      if (!Arrays.equals(values, from, to, interpreted, from, to)) return true;
    }
    return false;
  }

  private static void define(Function function) {
    byte[] bytes =
        ClassFile.of()
            .build(
                function.owner(),
                builder ->
                    builder
                        .withFlags(AccessFlag.FINAL, AccessFlag.SYNTHETIC)
                        .withMethodBody(
                            "at",
                            function.type(),
                            ClassFile.ACC_STATIC,
                            code -> at(code, function)));
    try {
      MethodHandles.lookup().defineClass(bytes);
    } catch (IllegalAccessException failure) {
      throw new IllegalStateException("generated code is wrong", failure);
    }
  }

  private static void at(CodeBuilder code, Function function) {
    for (int k = 0; k < LENGTH; k++) code.nop();
    ScalarEmitter scalar = new ScalarEmitter(code, function.precision);
    VectorEmitter vector = new VectorEmitter(code, function.precision, scalar, function.operands);
    for (int k = 0; k < function.operands; k++) vector.exact(k);
    vector.lanewise(function.operator, function.operands);
    if (function.operator.equals("POW")) vector.correctPower(0, 1);
    code.areturn();
  }

  /** Calls a function with each of some vectors, again and again. */
  private interface Calls {
    void run(Object[] arguments, Object[] values);
  }

  private static Calls calls(Function function) {
    byte[] bytes = KernelClass.bytes("VectorCalls", Calls.class, code -> calls(code, function));
    return (Calls) KernelClass.define(bytes, List.of());
  }

  private static void calls(CodeBuilder code, Function function) {
    for (int call = 0; call < CALLS; call++) {
      code.aload(2).loadConstant(call % ARGUMENTS);
      for (int k = 0; k < function.operands; k++) {
        code.aload(1).loadConstant((call + k) % ARGUMENTS).aaload();
        code.checkcast(VectorEmitter.vector(function.precision));
      }
      function.call(code);
      code.aastore();
    }
    code.return_();
  }

  /** Between 0 and 1, where all functions are defined, and more of them closer to 0. */
  private static Object[] arguments(Precision precision) {
    Random random = new Random(1);
    double[] doubles = new double[ARGUMENTS * VectorModule.lanes(precision)];
    for (int k = 0; k < doubles.length; k++) {
      double number = random.nextDouble();
      doubles[k] = number * number * number;
    }
    if (precision == Precision.DOUBLE) return VectorModule.vectors(precision, doubles);
    float[] floats = new float[doubles.length];
    for (int k = 0; k < floats.length; k++) floats[k] = (float) doubles[k];
    return VectorModule.vectors(precision, floats);
  }
}
