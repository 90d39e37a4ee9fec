package nabla.engine.kernel;

import static java.lang.constant.ConstantDescs.CD_double;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.function.DoubleUnaryOperator;
import nabla.engine.kernel.Loop.Binary;
import nabla.engine.kernel.Loop.External;
import nabla.engine.kernel.Loop.Instruction;
import nabla.engine.kernel.Loop.Literal;
import nabla.engine.kernel.Loop.Load;
import nabla.engine.kernel.Loop.Reduce;
import nabla.engine.kernel.Loop.Store;
import nabla.engine.kernel.Loop.Unary;

/** Bytecode for the instructions at a point, or at as many points as the vectors in flight hold. */
final class PointEmitter {
  private static final ClassDesc FUNCTION =
      DoubleUnaryOperator.class.describeConstable().orElseThrow();

  private final CodeBuilder code;
  private final LoopNest nest;
  private final ScalarEmitter scalar;
  private final VectorEmitter vector;
  private final LoopEmitter loops;
  private final ReductionEmitter reductions;

  /** Of each instruction: the variables of its value, one for each vector if it is one. */
  private final int[][] values;

  /** How many vectors are in flight, 0 if numbers are taken one at a time. */
  private int vectors;

  /** The variable of the mask of the last vector, or -1 if it is full. */
  private int mask = -1;

  private int last;
  private boolean isShort;

  PointEmitter(
      CodeBuilder code,
      LoopNest nest,
      ScalarEmitter scalar,
      VectorEmitter vector,
      LoopEmitter loops) {
    this.code = code;
    this.nest = nest;
    this.scalar = scalar;
    this.vector = vector;
    this.loops = loops;
    values = new int[nest.code().size()][0];
    reductions = new ReductionEmitter(code, nest, scalar, vector, loops, this);
  }

  /** From here on as many full vectors are taken at a time. */
  void group(int newVectors) {
    group(newVectors, -1, 0, false);
  }

  /**
   * From here on as many vectors are taken at a time, the last of them in part.
   *
   * @param newMask the variable of the mask of the lanes of the last vector that count
   * @param newLast where the last vector lies behind the offset, in bytes
   * @param newShort whether the other lanes of the last vector may be outside of the memory
   */
  void group(int newVectors, int newMask, int newLast, boolean newShort) {
    vectors = newVectors;
    mask = newMask;
    last = newLast;
    isShort = newShort;
  }

  /** From here on numbers are taken one at a time. */
  void scalars() {
    group(0);
  }

  int mask(int v) {
    return v == vectors - 1 ? mask : -1;
  }

  int vectors() {
    return vectors;
  }

  /** Whether lanes of the last vector may be outside of the memory. */
  boolean isShort() {
    return isShort;
  }

  ReductionEmitter reductions() {
    return reductions;
  }

  private int place(int v) {
    return mask(v) < 0 ? v * loops.vectorBytes() : last;
  }

  void loadVector(int access, int v) {
    int loaded = isShort ? mask(v) : -1;
    vector.load(loops.segment(access), loops.offset(access), place(v), loaded);
  }

  /**
   * What depends on the loops around this place, and on no further one. Stores and reductions are
   * in the innermost loop.
   */
  void instructions(int depth) {
    for (int k = 0; k < values.length; k++) {
      if (nest.depth(k) != depth) continue;
      switch (nest.code().get(k)) {
        case Store(int access, int value) -> store(access, value);
        case Reduce reduce -> reductions.add(k, reduce);
        case Instruction step -> {
          if (vectors == 0 || !nest.isFused(k)) value(k, step);
        }
      }
    }
  }

  private void value(int k, Instruction step) {
    if (!nest.isVector(k)) {
      scalarValue(k, step);
      values[k] = new int[] {loops.variable(2)};
      code.storeLocal(scalar.kind, values[k][0]);
      return;
    }
    values[k] = new int[vectors];
    for (int v = 0; v < vectors; v++) {
      vectorValue(step, v);
      values[k][v] = loops.variable(1);
      code.astore(values[k][v]);
    }
  }

  private void scalarValue(int k, Instruction instruction) {
    switch (instruction) {
      case Load(int access) -> scalar.load(loops.segment(access), loops.offset(access));
      case Literal(double value) -> scalar.literal(value);
      case Unary(var function, int operand) -> {
        pushScalar(operand);
        scalar.unary(function);
      }
      case Binary(var function, int left, int right) -> {
        pushScalar(left);
        pushScalar(right);
        scalar.binary(function);
      }
      case External(var _, int operand) -> {
        code.loadConstant(KernelClass.external(FUNCTION, nest.code(), k));
        pushScalar(operand);
        scalar.widen();
        code.invokeinterface(FUNCTION, "applyAsDouble", MethodTypeDesc.of(CD_double, CD_double));
        scalar.narrow();
      }
      case Store _, Reduce _ -> throw new IllegalStateException("no value: " + instruction);
    }
  }

  void pushScalar(int value) {
    code.loadLocal(scalar.kind, values[value][0]);
  }

  private void vectorValue(Instruction instruction, int v) {
    switch (instruction) {
      case Load(int access) -> loadVector(access, v);
      case Unary(var function, int operand) -> {
        pushVector(operand, v);
        vector.unary(function);
      }
      case Binary(var function, int left, int right) -> {
        pushVector(left, v);
        pushVector(right, v);
        vector.binary(function);
      }
      case Literal _, External _, Store _, Reduce _ ->
          throw new IllegalStateException("no vector: " + instruction);
    }
  }

  void pushVector(int value, int v) {
    if (nest.isVector(value)) code.aload(values[value][v]);
    else vector.broadcast(values[value][0]);
  }

  private void store(int access, int value) {
    if (vectors == 0) {
      scalar.store(loops.segment(access), loops.offset(access), values[value][0]);
      return;
    }
    for (int v = 0; v < vectors; v++) {
      pushVector(value, v);
      storeVector(access, v);
    }
  }

  void storeVector(int access, int v) {
    vector.store(loops.segment(access), loops.offset(access), place(v), mask(v));
  }
}
