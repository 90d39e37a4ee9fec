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

/**
 * Bytecode for the instructions at a point, or at as many points as the vectors in flight hold, and
 * for the running values of reductions.
 */
final class PointEmitter {
  private static final ClassDesc FUNCTION =
      DoubleUnaryOperator.class.describeConstable().orElseThrow();

  private final CodeBuilder code;
  private final LoopNest nest;
  private final ScalarEmitter scalar;
  private final VectorEmitter vector;
  private final LoopEmitter loops;

  /** Of each instruction: the variables of its value, one for each vector if it is one. */
  private final int[][] values;

  /** Of each reduction: the variables of its running values; none if they are in memory. */
  private final int[][] sums;

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
    sums = new int[nest.code().size()][0];
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

  private int mask(int v) {
    return v == vectors - 1 ? mask : -1;
  }

  private int place(int v) {
    return mask(v) < 0 ? v * loops.vectorBytes() : last;
  }

  private void loadVector(int access, int v) {
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
        case Reduce reduce -> reduce(k, reduce);
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

  private void pushScalar(int value) {
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

  private void pushVector(int value, int v) {
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

  private void storeVector(int access, int v) {
    vector.store(loops.segment(access), loops.offset(access), place(v), mask(v));
  }

  private void reduce(int k, Reduce reduce) {
    if (sums[k].length == 0) {
      toMemory(reduce, new int[0]);
      return;
    }
    if (vectors == 0) {
      code.loadLocal(scalar.kind, sums[k][0]);
      pushScalar(reduce.value());
      scalar.binary(LoopInterpreter.combined(reduce.reduction()));
      code.storeLocal(scalar.kind, sums[k][0]);
      return;
    }
    for (int v = 0; v < vectors; v++) {
      addVector(sums[k][v], reduce, v);
      code.astore(sums[k][v]);
    }
  }

  /** Pushes a running value with one more vector. */
  private void addVector(int sum, Reduce reduce, int v) {
    if (nest.isFused(reduce.value())) {
      Binary product = (Binary) nest.code().get(reduce.value());
      if (mask(v) < 0) {
        pushVector(product.left(), v);
        pushVector(product.right(), v);
        code.aload(sum);
        vector.multiplyAdd();
        return;
      }
      code.aload(sum);
      pushVector(product.left(), v);
      pushVector(product.right(), v);
      vector.binary(BinaryFunction.MULTIPLY);
    } else {
      code.aload(sum);
      pushVector(reduce.value(), v);
    }
    vector.combine(reduce.reduction(), mask(v));
  }

  /** Writes what an empty reduction is to memory, if loops outside of others reduce. */
  void initialise(int depth) {
    for (Instruction instruction : nest.code()) {
      if (instruction instanceof Reduce reduce
          && !reduce.onto()
          && nest.firstReduced(reduce) == depth
          && nest.sumDepth(reduce) > depth) {
        double identity = LoopInterpreter.identity(reduce.reduction());
        fill(reduce.access(), identity, depth);
      }
    }
  }

  private void fill(int access, double value, int depth) {
    if (depth < nest.depth()) {
      if ((nest.walked(access) >> depth & 1) == 0) fill(access, value, depth + 1);
      else loops.loop(depth, () -> fill(access, value, depth + 1));
    } else if (nest.vectorAxis() >= 0 && (nest.walked(access) >> nest.vectorAxis() & 1) != 0) {
      for (int v = 0; v < vectors; v++) {
        vector.literal(value);
        storeVector(access, v);
      }
    } else {
      int variable = loops.variable(2);
      scalar.literal(value);
      code.storeLocal(scalar.kind, variable);
      scalar.store(loops.segment(access), loops.offset(access), variable);
    }
  }

  /** Sets the running values of the reductions that go over all loops further inside. */
  void beginSums(int depth) {
    for (int k = 0; k < sums.length; k++) {
      if (!(nest.code().get(k) instanceof Reduce reduce) || nest.sumDepth(reduce) != depth)
        continue;
      double identity = LoopInterpreter.identity(reduce.reduction());
      int flying = vectors > 0 ? vectors : nest.vectorAxis() >= 0 ? nest.vectors() : 0;
      sums[k] = new int[Math.max(1, flying)];
      for (int v = 0; v < sums[k].length; v++) {
        sums[k][v] = loops.variable(2);
        if (flying > 0) {
          vector.literal(identity);
          code.astore(sums[k][v]);
        } else {
          scalar.literal(identity);
          code.storeLocal(scalar.kind, sums[k][v]);
        }
      }
    }
  }

  /** Writes the values of these reductions. */
  void endSums(int depth) {
    for (int k = 0; k < sums.length; k++) {
      if (!(nest.code().get(k) instanceof Reduce reduce) || nest.sumDepth(reduce) != depth)
        continue;
      toMemory(reduce, sums[k]);
      sums[k] = new int[0];
    }
  }

  /**
   * Puts values into the memory of a reduction.
   *
   * @param running the variables of its running values; if there are none, the value at this point
   */
  private void toMemory(Reduce reduce, int[] running) {
    boolean vectorised = nest.vectorAxis() >= 0;
    boolean kept = vectorised && (nest.walked(reduce.access()) >> nest.vectorAxis() & 1) != 0;
    if (kept) vectorsToMemory(reduce, running);
    else if (vectorised) lanesToMemory(reduce, running);
    else if (running.length > 0)
      numberToMemory(reduce, () -> code.loadLocal(scalar.kind, running[0]));
    else numberToMemory(reduce, () -> pushScalar(reduce.value()));
  }

  private void vectorsToMemory(Reduce reduce, int[] running) {
    for (int v = 0; v < vectors; v++) {
      if (nest.isCombined(reduce)) {
        loadVector(reduce.access(), v);
        if (running.length > 0) code.aload(running[v]);
        else pushVector(reduce.value(), v);
        vector.combine(reduce.reduction(), -1);
      } else if (running.length > 0) {
        code.aload(running[v]);
      } else {
        pushVector(reduce.value(), v);
      }
      storeVector(reduce.access(), v);
    }
  }

  /** The vectorised loop is reduced: the lanes are put together. */
  private void lanesToMemory(Reduce reduce, int[] running) {
    int[] sum = running;
    if (running.length == 0) {
      sum = new int[vectors];
      for (int v = 0; v < vectors; v++) {
        sum[v] = loops.variable(2);
        vector.literal(LoopInterpreter.identity(reduce.reduction()));
        code.astore(sum[v]);
        addVector(sum[v], reduce, v);
        code.astore(sum[v]);
      }
    }
    int[] parts = sum;
    numberToMemory(
        reduce,
        () -> {
          code.aload(parts[0]);
          for (int v = 1; v < parts.length; v++) {
            code.aload(parts[v]);
            vector.combine(reduce.reduction(), -1);
          }
          vector.reduceLanes(reduce.reduction());
        });
  }

  private void numberToMemory(Reduce reduce, Runnable push) {
    int access = reduce.access();
    int variable = loops.variable(2);
    push.run();
    if (nest.isCombined(reduce)) {
      scalar.load(loops.segment(access), loops.offset(access));
      scalar.binary(LoopInterpreter.combined(reduce.reduction()));
    }
    code.storeLocal(scalar.kind, variable);
    scalar.store(loops.segment(access), loops.offset(access), variable);
  }
}
