package nabla.engine.kernel;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;

/** Bytecode for steps on one number. Operands and results are on the stack. */
final class ScalarEmitter {
  static final ClassDesc SEGMENT = MemorySegment.class.describeConstable().orElseThrow();
  private static final ClassDesc LAYOUT = ValueLayout.class.describeConstable().orElseThrow();
  private static final ClassDesc MATH = Math.class.describeConstable().orElseThrow();
  private static final ClassDesc UNARY = UnaryFunction.class.describeConstable().orElseThrow();
  private static final ClassDesc BINARY = BinaryFunction.class.describeConstable().orElseThrow();

  private final CodeBuilder code;
  private final boolean single;
  final TypeKind kind;
  private final ClassDesc number;
  private final ClassDesc layout;
  private final String layoutName;

  ScalarEmitter(CodeBuilder code, Precision precision) {
    this.code = code;
    single = precision == Precision.SINGLE;
    kind = single ? TypeKind.FLOAT : TypeKind.DOUBLE;
    number = single ? CD_float : CD_double;
    Class<?> layoutClass = single ? ValueLayout.OfFloat.class : ValueLayout.OfDouble.class;
    layout = layoutClass.describeConstable().orElseThrow();
    layoutName = single ? "JAVA_FLOAT_UNALIGNED" : "JAVA_DOUBLE_UNALIGNED";
  }

  void literal(double value) {
    if (single) code.loadConstant((float) value);
    else code.loadConstant(value);
  }

  void load(int segment, int offset) {
    code.aload(segment).getstatic(LAYOUT, layoutName, layout).lload(offset);
    code.invokeinterface(SEGMENT, "get", MethodTypeDesc.of(number, layout, CD_long));
  }

  /** Stores the number in a variable to memory. */
  void store(int segment, int offset, int variable) {
    code.aload(segment).getstatic(LAYOUT, layoutName, layout).lload(offset);
    code.loadLocal(kind, variable);
    code.invokeinterface(SEGMENT, "set", MethodTypeDesc.of(CD_void, layout, CD_long, number));
  }

  void binary(BinaryFunction function) {
    switch (function) {
      case ADD -> add();
      case SUBTRACT -> {
        if (single) code.fsub();
        else code.dsub();
      }
      case MULTIPLY -> multiply();
      case DIVIDE -> divide();
      case MAX -> math("max", number, number);
      case MIN -> math("min", number, number);
      case POWER, MASK -> binaryCall(function);
    }
  }

  private void binaryCall(BinaryFunction function) {
    if (single) {
      // the left operand lies below, so that a variable would be needed to widen it in place
      code.invokestatic(
          BINARY,
          function == BinaryFunction.MASK ? "mask" : "power",
          MethodTypeDesc.of(CD_float, CD_float, CD_float));
    } else if (function == BinaryFunction.MASK) {
      code.invokestatic(BINARY, "mask", MethodTypeDesc.of(CD_double, CD_double, CD_double));
    } else {
      math("pow", number, number);
    }
  }

  void unary(UnaryFunction function) {
    switch (function) {
      case NEGATE -> {
        if (single) code.fneg();
        else code.dneg();
      }
      case RECIPROCAL -> {
        widen();
        code.invokestatic(UNARY, "reciprocal", MethodTypeDesc.of(CD_double, CD_double));
        narrow();
      }
      case SQUARE -> {
        if (single) code.dup();
        else code.dup2();
        multiply();
      }
      case ABS -> math("abs", number);
      case RELU -> {
        literal(0);
        math("max", number, number);
      }
      case SIGN -> math("signum", number);
      case STEP, SIGMOID, SOFTPLUS -> {
        widen();
        code.invokestatic(UNARY, lowerCase(function), MethodTypeDesc.of(CD_double, CD_double));
        narrow();
      }
      default -> {
        widen();
        code.invokestatic(MATH, lowerCase(function), MethodTypeDesc.of(CD_double, CD_double));
        narrow();
      }
    }
  }

  private static String lowerCase(UnaryFunction function) {
    return function.name().toLowerCase(Locale.ROOT);
  }

  void widen() {
    if (single) code.f2d();
  }

  void narrow() {
    if (single) code.d2f();
  }

  private void add() {
    if (single) code.fadd();
    else code.dadd();
  }

  private void multiply() {
    if (single) code.fmul();
    else code.dmul();
  }

  private void divide() {
    if (single) code.fdiv();
    else code.ddiv();
  }

  private void math(String name, ClassDesc... parameters) {
    code.invokestatic(MATH, name, MethodTypeDesc.of(number, parameters));
  }
}
