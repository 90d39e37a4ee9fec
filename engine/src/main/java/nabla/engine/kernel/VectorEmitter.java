package nabla.engine.kernel;

import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.ByteOrder;
import nabla.engine.kernel.Loop.Reduction;

/**
 * Bytecode for steps on a vector of numbers. Operands and results are on the stack. The classes of
 * the Vector API are known here by name only, as its module may be absent.
 */
final class VectorEmitter {
  private static final ClassDesc SPECIES = incubating("VectorSpecies");
  private static final ClassDesc ANY = incubating("Vector");
  private static final ClassDesc MASK = incubating("VectorMask");
  private static final ClassDesc SHUFFLE = incubating("VectorShuffle");
  private static final ClassDesc OPERATORS = incubating("VectorOperators");
  private static final ClassDesc UNARY = OPERATORS.nested("Unary");
  private static final ClassDesc BINARY = OPERATORS.nested("Binary");
  private static final ClassDesc ASSOCIATIVE = OPERATORS.nested("Associative");
  private static final ClassDesc COMPARISON = OPERATORS.nested("Comparison");
  private static final ClassDesc ORDER = ByteOrder.class.describeConstable().orElseThrow();
  private static final ClassDesc SEGMENT = ScalarEmitter.SEGMENT;

  private final CodeBuilder code;
  private final ScalarEmitter scalar;
  private final Precision precision;
  private final ClassDesc vector;
  private final ClassDesc number;
  private final int lanes;

  /** A variable for a mask in the middle of a step. */
  private final int spare;

  VectorEmitter(CodeBuilder code, Precision precision, ScalarEmitter scalar, int spare) {
    this.code = code;
    this.scalar = scalar;
    this.precision = precision;
    this.spare = spare;
    lanes = VectorModule.lanes(precision);
    vector = vector(precision);
    number = precision == Precision.SINGLE ? CD_float : CD_double;
  }

  /** The class of vectors of numbers. */
  static ClassDesc vector(Precision precision) {
    return incubating(precision == Precision.SINGLE ? "FloatVector" : "DoubleVector");
  }

  private static ClassDesc incubating(String name) {
    return ClassDesc.of("jdk.incubator.vector", name);
  }

  private void species() {
    code.getstatic(vector, "SPECIES_PREFERRED", SPECIES);
  }

  /**
   * Loads the elements from an offset on.
   *
   * @param further by how many bytes behind the offset
   * @param mask the variable of the mask, or -1
   */
  void load(int segment, int offset, int further, int mask) {
    species();
    code.aload(segment);
    address(offset, further);
    if (mask < 0) {
      code.invokestatic(
          vector, "fromMemorySegment", MethodTypeDesc.of(vector, SPECIES, SEGMENT, CD_long, ORDER));
    } else {
      code.aload(mask);
      code.invokestatic(
          vector,
          "fromMemorySegment",
          MethodTypeDesc.of(vector, SPECIES, SEGMENT, CD_long, ORDER, MASK));
    }
  }

  /** Stores the vector on the stack. */
  void store(int segment, int offset, int further, int mask) {
    code.aload(segment);
    address(offset, further);
    if (mask < 0) {
      code.invokevirtual(
          vector, "intoMemorySegment", MethodTypeDesc.of(CD_void, SEGMENT, CD_long, ORDER));
    } else {
      code.aload(mask);
      code.invokevirtual(
          vector, "intoMemorySegment", MethodTypeDesc.of(CD_void, SEGMENT, CD_long, ORDER, MASK));
    }
  }

  private void address(int offset, int further) {
    code.lload(offset);
    if (further != 0) code.loadConstant((long) further).ladd();
    code.invokestatic(ORDER, "nativeOrder", MethodTypeDesc.of(ORDER));
  }

  /** A vector of copies of the number in a variable. */
  void broadcast(int variable) {
    species();
    code.loadLocal(scalar.kind, variable);
    broadcast();
  }

  void literal(double value) {
    species();
    scalar.literal(value);
    broadcast();
  }

  private void broadcast() {
    code.invokestatic(vector, "broadcast", MethodTypeDesc.of(vector, SPECIES, number));
  }

  /** The mask of the lanes whose bits are set in a long. */
  void lanes(Runnable bits) {
    species();
    bits.run();
    code.invokestatic(MASK, "fromLong", MethodTypeDesc.of(MASK, SPECIES, CD_long));
  }

  void multiplyAdd() {
    code.invokevirtual(vector, "fma", MethodTypeDesc.of(vector, ANY, ANY));
  }

  void binary(BinaryFunction function) {
    switch (function) {
      case ADD -> lanewise("ADD", ASSOCIATIVE);
      case SUBTRACT -> lanewise("SUB", BINARY);
      case MULTIPLY -> lanewise("MUL", ASSOCIATIVE);
      case DIVIDE -> lanewise("DIV", BINARY);
      case MAX -> lanewise("MAX", ASSOCIATIVE);
      case MIN -> lanewise("MIN", ASSOCIATIVE);
      case POWER -> call("POW");
      case MASK -> {
        code.swap();
        compareWithZero("NE");
        literal(0);
        code.swap();
        blend();
      }
    }
  }

  /** Puts the vector on top of the stack into the one below it. */
  void combine(Reduction reduction, int mask) {
    if (mask < 0) {
      binary(LoopInterpreter.combined(reduction));
      return;
    }
    // below: the operator comes before the operand
    code.getstatic(OPERATORS, operator(reduction), ASSOCIATIVE).swap().aload(mask);
    code.invokevirtual(vector, "lanewise", MethodTypeDesc.of(vector, BINARY, ANY, MASK));
  }

  /**
   * Replaces the vector on the stack by its largest or least number, or by the sum of its halves,
   * and of the halves of that. (The Vector API leaves the order open and changes it when compiled.)
   *
   * @param rotations the places of the {@link VectorModule#rotations} in the data of the class
   */
  void reduceLanes(Reduction reduction, int rotations) {
    if (reduction == Reduction.SUM) {
      int place = rotations;
      for (int half = lanes / 2; half > 0; half /= 2) {
        code.dup();
        rearrange(place++);
        binary(BinaryFunction.ADD);
      }
      code.loadConstant(0);
      code.invokevirtual(vector, "lane", MethodTypeDesc.of(number, CD_int));
    } else {
      code.getstatic(OPERATORS, operator(reduction), ASSOCIATIVE);
      code.invokevirtual(vector, "reduceLanes", MethodTypeDesc.of(number, ASSOCIATIVE));
    }
  }

  private static String operator(Reduction reduction) {
    return switch (reduction) {
      case SUM -> "ADD";
      case MAX -> "MAX";
      case MIN -> "MIN";
    };
  }

  void unary(UnaryFunction function) {
    switch (function) {
      case NEGATE -> lanewise("NEG");
      case RECIPROCAL -> {
        literal(1);
        code.swap();
        binary(BinaryFunction.DIVIDE);
      }
      case SQUARE -> {
        code.dup();
        binary(BinaryFunction.MULTIPLY);
      }
      case SIGN -> {
        select("GT", 1);
        select("LT", -1);
      }
      case STEP -> {
        select("GT", 1);
        select("LE", 0);
      }
      case RELU -> {
        literal(0);
        binary(BinaryFunction.MAX);
      }
      case SIGMOID -> sigmoid();
      case SOFTPLUS -> {
        code.dup();
        lanewise("ABS");
        lanewise("NEG");
        call("EXP");
        call("LOG1P");
        code.swap();
        unary(UnaryFunction.RELU);
        binary(BinaryFunction.ADD);
      }
      case SQRT, ABS -> lanewise(function.name());
      default -> call(function.name());
    }
  }

  /** With e = exp(-|x|): 1/(1 + e) where x is at least 0, else e/(1 + e). */
  private void sigmoid() {
    code.dup();
    compareWithZero("GE");
    lanewise("ABS");
    lanewise("NEG");
    call("EXP");
    code.dup();
    literal(1);
    blend();
    code.swap();
    literal(1);
    binary(BinaryFunction.ADD);
    binary(BinaryFunction.DIVIDE);
  }

  /** Replaces the lanes that compare so with zero by a number. */
  private void select(String comparison, double value) {
    code.dup();
    compareWithZero(comparison);
    literal(value);
    blend();
  }

  private void compareWithZero(String comparison) {
    compare(comparison, 0);
  }

  /** Takes a vector from the stack and keeps the mask. */
  private void compare(String comparison, double value) {
    code.getstatic(OPERATORS, comparison, COMPARISON);
    scalar.literal(value);
    code.invokevirtual(vector, "compare", MethodTypeDesc.of(MASK, COMPARISON, number));
    code.astore(spare);
  }

  /** Puts the vector on top of the stack into the one below where the kept mask is set. */
  private void blend() {
    code.aload(spare);
    code.invokevirtual(vector, "blend", MethodTypeDesc.of(vector, ANY, MASK));
  }

  /**
   * Moves the lanes of the vector on the stack.
   *
   * @param place of the shuffle in the data of the class
   */
  void rearrange(int place) {
    code.loadConstant(KernelClass.data(SHUFFLE, place));
    code.invokevirtual(vector, "rearrange", MethodTypeDesc.of(vector, SHUFFLE));
  }

  /**
   * Puts the vector on top of the stack into the one below where a mask is set.
   *
   * @param place of the mask in the data of the class
   */
  void blend(int place) {
    code.loadConstant(KernelClass.data(MASK, place));
    code.invokevirtual(vector, "blend", MethodTypeDesc.of(vector, ANY, MASK));
  }

  private void call(String operator) {
    VectorFunction.compiled(operator, precision).call(code);
  }

  /**
   * Pushes the vector in a variable of which nothing is known but that it is one of numbers: the
   * virtual machine's compiler is told how many numbers it holds. Else a function of it would be a
   * call of a method that depends on that.
   */
  void exact(int variable) {
    species();
    code.invokeinterface(SPECIES, "vectorType", MethodTypeDesc.of(CD_Class));
    code.aload(variable);
    code.invokevirtual(CD_Class, "cast", MethodTypeDesc.of(CD_Object, CD_Object));
    code.checkcast(vector);
  }

  /** A function of each number of the vector on the stack, or of the numbers of the two there. */
  void lanewise(String operator, int operands) {
    if (operands == 1) lanewise(operator);
    else lanewise(operator, BINARY);
  }

  /**
   * Makes powers NaN whose base is 1 or -1 and whose exponent is infinite or NaN, as those of Java
   * are: to the virtual machine's routine they are 1.
   */
  void correctPower(int base, int exponent) {
    exact(exponent);
    exact(exponent);
    binary(BinaryFunction.SUBTRACT);
    exact(base);
    lanewise("ABS");
    compare("EQ", 1);
    combine(Reduction.SUM, spare);
  }

  private void lanewise(String operator) {
    code.getstatic(OPERATORS, operator, UNARY);
    code.invokevirtual(vector, "lanewise", MethodTypeDesc.of(vector, UNARY));
  }

  private void lanewise(String operator, ClassDesc type) {
    code.getstatic(OPERATORS, operator, type).swap();
    code.invokevirtual(vector, "lanewise", MethodTypeDesc.of(vector, BINARY, ANY));
  }
}
