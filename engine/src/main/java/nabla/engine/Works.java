package nabla.engine;

import java.lang.foreign.MemorySegment;
import nabla.engine.kernel.LinearAlgebra;
import nabla.engine.kernel.LoopCompiler;
import nabla.engine.kernel.LoopKernel;
import nabla.engine.kernel.Precision;
import nabla.engine.kernel.Side;
import nabla.tensor.NumericArray;

/** Steps of a plan as work over the memory of an execution. */
final class Works {
  private final Execution execution;
  private final Plan plan;
  private final Precision precision;
  private final LinearAlgebra algebra = LinearAlgebra.best();

  private Works(Execution execution, Plan plan) {
    this.execution = execution;
    this.plan = plan;
    this.precision = plan.precision;
  }

  static Work of(Schedule.Step step, Execution execution, Plan plan) {
    Works works = new Works(execution, plan);
    return step.isLoop() ? works.loop(step) : works.single(step.nodes().getFirst());
  }

  private Work single(Node node) {
    return switch (node) {
      case Node.Pointwise p -> throw new IllegalStateException("a loop: " + p);
      case Node.Filled f -> filled(f);
      case Node.MatrixProduct p -> product(p);
      case Node.SymmetricProduct p -> symmetric(p);
      case Node.Factorization f -> new FactorizationWork(f, execution, precision);
      case Node.Factored f -> new FactoredWork(f, execution, precision);
      case Node.Reference r -> reference(r);
    };
  }

  private Work loop(Schedule.Step step) {
    LoopAssembly assembly = new LoopAssembly(step, plan.schedule);
    LoopKernel kernel = LoopCompiler.compile(assembly.loop, precision);
    int count = assembly.operands.size();
    MemorySegment[] segments = new MemorySegment[count];
    long[] offsets = new long[count];
    for (int k = 0; k < count; k++) {
      Code.Read read = assembly.operands.get(k);
      segments[k] = execution.segment(read.value());
      offsets[k] = execution.offset(read.value()) + read.offset() * precision.bytes();
    }
    int rows = assembly.loop.extents().isEmpty() ? 1 : assembly.loop.extents().getFirst();
    return () -> kernel.run(segments, offsets, rows);
  }

  private Work filled(Node.Filled node) {
    Value v = node.result();
    MemorySegment memory =
        execution.segment(v).asSlice(execution.offset(v), v.count() * precision.bytes());
    double[] numbers = node.numbers();
    if (numbers == null) return () -> memory.fill((byte) 0);
    return () -> Numbers.write(numbers, memory, precision);
  }

  private Work product(Node.MatrixProduct node) {
    MatrixView a = node.left();
    MatrixView b = node.right();
    MemorySegment x = execution.segment(a.value());
    MemorySegment y = execution.segment(b.value());
    MemorySegment z = execution.segment(node.result());
    long i = begin(a);
    long j = begin(b);
    long k = execution.offset(node.result());
    if (b.columns() == 1 && stride(b) > 0) {
      return vector(a, x, i, y, j, stride(b), z, k, node.alpha());
    }
    if (a.rows() == 1 && stride(a.turned()) > 0) {
      return vector(b.turned(), y, j, x, i, stride(a.turned()), z, k, node.alpha());
    }
    return () ->
        algebra.gemm(
            precision,
            a.transposed(),
            b.transposed(),
            a.rows(),
            b.columns(),
            a.columns(),
            node.alpha(),
            x,
            i,
            a.leading(),
            y,
            j,
            b.leading(),
            0,
            z,
            k,
            Math.max(1, b.columns()));
  }

  private Work vector(
      MatrixView a,
      MemorySegment x,
      long i,
      MemorySegment y,
      long j,
      int stride,
      MemorySegment z,
      long k,
      double alpha) {
    int rows = a.transposed() ? a.columns() : a.rows();
    int columns = a.transposed() ? a.rows() : a.columns();
    return () ->
        algebra.gemv(
            precision,
            a.transposed(),
            rows,
            columns,
            alpha,
            x,
            i,
            a.leading(),
            y,
            j,
            stride,
            0,
            z,
            k,
            1);
  }

  /** How far apart the numbers of a single column are. */
  private static int stride(MatrixView column) {
    return column.transposed() ? 1 : column.leading();
  }

  private long begin(MatrixView view) {
    return execution.offset(view.value()) + view.offset() * precision.bytes();
  }

  private Work symmetric(Node.SymmetricProduct node) {
    MatrixView a = node.factor();
    MemorySegment x = execution.segment(a.value());
    MemorySegment z = execution.segment(node.result());
    long i = begin(a);
    long k = execution.offset(node.result());
    int n = a.columns();
    return () ->
        algebra.syrk(
            precision, !a.transposed(), n, a.rows(), node.alpha(), x, i, a.leading(), 0, z, k, n);
  }

  private Work reference(Node.Reference node) {
    return () -> {
      var operands =
          node.operands().stream().map(v -> Numbers.read(v, execution, precision)).toList();
      NumericArray value = node.operation().value(operands);
      Value r = node.result();
      MemorySegment memory =
          execution.segment(r).asSlice(execution.offset(r), r.count() * precision.bytes());
      Numbers.write(value.data(), memory, precision);
    };
  }

  static Side side(boolean byRows) {
    return byRows ? Side.RIGHT : Side.LEFT;
  }
}
