package nabla.engine;

import java.lang.foreign.MemorySegment;
import nabla.engine.kernel.LinearAlgebra;
import nabla.engine.kernel.Loop;
import nabla.engine.kernel.LoopCompiler;
import nabla.engine.kernel.LoopKernel;
import nabla.engine.kernel.Precision;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/** Steps of a plan as work over the memory of an execution. */
final class Works {
  private final Execution execution;
  private final Plan plan;
  private final Precision precision;
  private final LinearAlgebra algebra = LinearAlgebra.best();

  private final @Nullable Split split;

  private Works(Execution execution, Plan plan, @Nullable Split split) {
    this.execution = execution;
    this.plan = plan;
    this.precision = plan.precision;
    this.split = split;
  }

  static Work of(Passes.Item item, Execution execution, Plan plan, Passes.Pass pass) {
    Works works = new Works(execution, plan, pass.isSplit() ? item.split() : null);
    Node first = item.step().nodes().getFirst();
    return item.step().isLoop() ? works.loop(item.step()) : works.single(first);
  }

  private Work single(Node node) {
    return switch (node) {
      case Node.Pointwise p -> throw new IllegalStateException("a loop: " + p);
      case Node.Filled f -> filled(f);
      case Node.MatrixProduct p -> product(p);
      case Node.SymmetricProduct p -> symmetric(p);
      case Node.Factorization f -> whole(new FactorizationWork(f, execution, precision));
      case Node.Factored f -> whole(new FactoredWork(f, execution, precision));
      case Node.Reference r -> whole(() -> refer(r));
    };
  }

  private static Work whole(Runnable work) {
    return (first, rows) -> work.run();
  }

  /** How many bytes lie between two positions of the split; none if only a block is stored. */
  private long stride(Value value, long elements) {
    return plan.passes.blocked().contains(value) ? 0 : elements * precision.bytes();
  }

  private Work loop(Schedule.Step step) {
    LoopAssembly assembly = new LoopAssembly(step, plan.schedule);
    int count = assembly.operands.size();
    MemorySegment[] segments = new MemorySegment[count];
    long[] offsets = new long[count];
    for (int k = 0; k < count; k++) {
      Code.Read read = assembly.operands.get(k);
      segments[k] = execution.segment(read.value());
      offsets[k] = execution.offset(read.value()) + read.offset() * precision.bytes();
    }
    if (split != null) return splitLoop(assembly, split.axis(), segments, offsets);
    LoopKernel kernel = LoopCompiler.compile(assembly.loop, precision);
    int all = assembly.loop.extents().isEmpty() ? 1 : assembly.loop.extents().getFirst();
    return (first, rows) -> kernel.run(segments, offsets, all);
  }

  private Work splitLoop(LoopAssembly assembly, int axis, MemorySegment[] segments, long[] begin) {
    Loop loop = assembly.loop.outermost(axis);
    LoopKernel fresh = LoopCompiler.compile(loop, precision);
    LoopKernel onto = LoopCompiler.compile(loop.onto(), precision);
    int count = begin.length;
    long[] strides = new long[count];
    for (int k = 0; k < count; k++) {
      Code.Read read = assembly.operands.get(k);
      strides[k] = stride(read.value(), read.strides().get(axis));
    }
    long[] offsets = begin.clone();
    return (first, rows) -> {
      for (int k = 0; k < count; k++) offsets[k] = begin[k] + first * strides[k];
      (first == 0 ? fresh : onto).run(segments, offsets, rows);
    };
  }

  private Work filled(Node.Filled node) {
    Value v = node.result();
    MemorySegment memory =
        execution.segment(v).asSlice(execution.offset(v), v.count() * precision.bytes());
    double[] numbers = node.numbers();
    if (numbers == null) return whole(() -> memory.fill((byte) 0));
    return whole(() -> Numbers.write(numbers, memory, precision));
  }

  private Work product(Node.MatrixProduct node) {
    ProductWork work = new ProductWork(node, execution, precision);
    if (split == null) return whole(() -> work.run(0));
    int extent = split.extent();
    if (split.where() == Split.Where.ROWS) {
      int lines = node.left().rows() / extent;
      long a = stride(node.left().value(), lines * node.left().rowStride());
      long c = stride(node.result(), (long) lines * node.right().columns());
      return (first, rows) -> work.rows(rows * lines, first * a, first * c);
    }
    int lines = node.right().rows() / extent;
    long a = stride(node.left().value(), lines * node.left().columnStride());
    long b = stride(node.right().value(), lines * node.right().rowStride());
    return (first, rows) -> work.inner(rows * lines, first * a, first * b, first == 0 ? 0 : 1);
  }

  private Work symmetric(Node.SymmetricProduct node) {
    MatrixView a = node.factor();
    MemorySegment x = execution.segment(a.value());
    MemorySegment z = execution.segment(node.result());
    long i = execution.offset(a.value()) + a.offset() * precision.bytes();
    long k = execution.offset(node.result());
    int n = a.columns();
    boolean turned = !a.transposed();
    double alpha = node.alpha();
    if (split == null) {
      return whole(
          () -> algebra.syrk(precision, turned, n, a.rows(), alpha, x, i, a.leading(), 0, z, k, n));
    }
    int lines = a.rows() / split.extent();
    long stride = stride(a.value(), lines * a.rowStride());
    return (first, rows) ->
        algebra.syrk(
            precision,
            turned,
            n,
            rows * lines,
            alpha,
            x,
            i + first * stride,
            a.leading(),
            first == 0 ? 0 : 1,
            z,
            k,
            n);
  }

  private void refer(Node.Reference node) {
    var operands =
        node.operands().stream().map(v -> Numbers.read(v, execution, precision)).toList();
    NumericArray value = node.operation().value(operands);
    Value r = node.result();
    MemorySegment memory =
        execution.segment(r).asSlice(execution.offset(r), r.count() * precision.bytes());
    Numbers.write(value.data(), memory, precision);
  }
}
