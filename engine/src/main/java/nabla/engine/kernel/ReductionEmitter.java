package nabla.engine.kernel;

import java.lang.classfile.CodeBuilder;
import java.util.Arrays;
import nabla.engine.kernel.Loop.Binary;
import nabla.engine.kernel.Loop.Instruction;
import nabla.engine.kernel.Loop.Reduce;
import nabla.engine.kernel.Loop.Reduction;

/**
 * Bytecode for reductions. Where all loops further inside are reduced the running value is in
 * variables, and is put into memory behind these loops; where a reduced loop is around others that
 * are not, memory holds what was reduced so far.
 */
final class ReductionEmitter {
  private final CodeBuilder code;
  private final LoopNest nest;
  private final ScalarEmitter scalar;
  private final VectorEmitter vector;
  private final LoopEmitter loops;
  private final PointEmitter point;

  /** Of each reduction: the variables of its running values; none if they are in memory. */
  private final int[][] sums;

  /** Of each reduction: how many of its running values have begun. */
  private final int[] begun;

  ReductionEmitter(
      CodeBuilder code,
      LoopNest nest,
      ScalarEmitter scalar,
      VectorEmitter vector,
      LoopEmitter loops,
      PointEmitter point) {
    this.code = code;
    this.nest = nest;
    this.scalar = scalar;
    this.vector = vector;
    this.loops = loops;
    this.point = point;
    sums = new int[nest.code().size()][0];
    begun = new int[sums.length];
  }

  /** Takes the value at this point into a reduction. */
  void add(int k, Reduce reduce) {
    if (sums[k].length == 0) {
      toMemory(reduce, new int[0]);
      return;
    }
    if (point.vectors() == 0) {
      code.loadLocal(scalar.kind, sums[k][0]);
      point.pushScalar(reduce.value());
      scalar.binary(LoopInterpreter.combined(reduce.reduction()));
      code.storeLocal(scalar.kind, sums[k][0]);
      return;
    }
    for (int v = 0; v < point.vectors(); v++) {
      if (v < begun[k]) addVector(sums[k][v], reduce, v);
      else point.pushVector(reduce.value(), v);
      code.astore(sums[k][v]);
    }
    begun[k] = Math.max(begun[k], point.vectors());
  }

  /**
   * Pushes a running value with one more vector. What the last vector holds of the one before it is
   * left out of sums; the largest number is the same with it.
   */
  private void addVector(int sum, Reduce reduce, int v) {
    if (nest.isFused(reduce.value())) {
      Binary product = (Binary) nest.code().get(reduce.value());
      if (point.mask(v) < 0) {
        point.pushVector(product.left(), v);
        point.pushVector(product.right(), v);
        code.aload(sum);
        vector.multiplyAdd();
        return;
      }
      code.aload(sum);
      point.pushVector(product.left(), v);
      point.pushVector(product.right(), v);
      vector.binary(BinaryFunction.MULTIPLY);
    } else {
      code.aload(sum);
      point.pushVector(reduce.value(), v);
    }
    boolean masked = reduce.reduction() == Reduction.SUM || point.isShort();
    vector.combine(reduce.reduction(), masked ? point.mask(v) : -1);
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
      for (int v = 0; v < point.vectors(); v++) {
        vector.literal(value);
        point.storeVector(access, v);
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
      int flying =
          point.vectors() > 0 ? point.vectors() : nest.vectorAxis() >= 0 ? nest.vectors() : 0;
      sums[k] = new int[Math.max(1, flying)];
      // a maximum of a few vectors begins with the first of them, which saves half of the work
      boolean begins = reduce.reduction() != Reduction.SUM && flying > 0 && loops.isUnrolled(depth);
      begun[k] = begins ? 0 : sums[k].length;
      for (int v = 0; v < sums[k].length; v++) {
        sums[k][v] = loops.variable(2);
        if (begins) continue;
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
      toMemory(reduce, Arrays.copyOf(sums[k], begun[k]));
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
    else numberToMemory(reduce, () -> point.pushScalar(reduce.value()));
  }

  private void vectorsToMemory(Reduce reduce, int[] running) {
    for (int v = 0; v < point.vectors(); v++) {
      if (nest.isCombined(reduce)) {
        point.loadVector(reduce.access(), v);
        if (running.length > 0) code.aload(running[v]);
        else point.pushVector(reduce.value(), v);
        vector.combine(reduce.reduction(), -1);
      } else if (running.length > 0) {
        code.aload(running[v]);
      } else {
        point.pushVector(reduce.value(), v);
      }
      point.storeVector(reduce.access(), v);
    }
  }

  /** The vectorised loop is reduced: the lanes are put together. */
  private void lanesToMemory(Reduce reduce, int[] running) {
    int[] sum = running;
    if (running.length == 0) {
      sum = new int[point.vectors()];
      for (int v = 0; v < point.vectors(); v++) {
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
          vector.reduceLanes(reduce.reduction(), KernelClass.rotations(nest.code()));
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
