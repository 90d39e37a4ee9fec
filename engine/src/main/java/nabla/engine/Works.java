package nabla.engine;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import nabla.engine.kernel.LinearAlgebra;
import nabla.engine.kernel.Loop;
import nabla.engine.kernel.Matrix;
import nabla.engine.kernel.Precision;
import nabla.engine.kernel.Transposition;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/** Steps of a plan as work over the memory of a plan. */
final class Works {
  private final Memory memory;
  private final Plan plan;
  private final Phase phase;
  private final Precision precision;
  private final LinearAlgebra algebra = LinearAlgebra.best();

  private final @Nullable Split split;

  private Works(Memory memory, Plan plan, Phase phase, @Nullable Split split) {
    this.memory = memory;
    this.plan = plan;
    this.phase = phase;
    this.precision = plan.precision;
    this.split = split;
  }

  static Work of(Stages.Item item, Memory memory, Plan plan, Phase phase, Passes.Pass pass) {
    Works works = new Works(memory, plan, phase, pass.isSplit() ? item.split() : null);
    Node first = item.step().nodes().getFirst();
    return item.step().isLoop() ? works.loop(item.step()) : works.single(first);
  }

  private Work single(Node node) {
    return switch (node) {
      case Node.Pointwise p -> throw new IllegalStateException("a loop: " + p);
      case Node.Filled f -> filled(f);
      case Node.Shift s -> new ShiftWork(s, phase.passes().relativeTo(s.result()), memory);
      case Node.MatrixProduct p -> product(p);
      case Node.SymmetricProduct p -> symmetric(p);
      case Node.Unfolded u -> unfolded(u);
      case Node.Factorization f -> whole(new FactorizationWork(f, memory));
      case Node.Factored f -> factored(f);
      case Node.QuadraticForm f -> whole(new QuadraticWork(f, memory));
      case Node.Reference r -> whole(() -> refer(r));
    };
  }

  private static Work whole(Runnable work) {
    return (first, rows, fresh) -> work.run();
  }

  /** How many bytes lie between two positions of the split; none if only a block is stored. */
  private long stride(Value value, long elements) {
    return phase.passes().blocked().contains(value) ? 0 : elements * precision.bytes();
  }

  private Work loop(Schedule.Step step) {
    LoopAssembly assembly = new LoopAssembly(step, phase.schedule());
    int count = assembly.operands.size();
    int axis = split == null ? 0 : split.axis();
    MemorySegment[] segments = new MemorySegment[count];
    long[] begin = new long[count];
    long[] strides = new long[count];
    long[] steps = new long[count];
    for (int k = 0; k < count; k++) {
      Code.Read read = assembly.operands.get(k);
      segments[k] = memory.segment(read.value());
      begin[k] = memory.offset(read.value()) + read.offset() * precision.bytes();
      if (!read.strides().isEmpty()) {
        steps[k] = read.strides().get(axis) * precision.bytes();
        strides[k] = stride(read.value(), read.strides().get(axis));
      }
    }
    Loop loop = axis == 0 ? assembly.loop : assembly.loop.outermost(axis);
    List<LoopWork.Sum> sums = sums(loop, assembly.operands, zeroed(step));
    return new LoopWork(loop, precision, segments, begin, strides, steps, sums, plan.grain);
  }

  private List<LoopWork.Sum> sums(Loop loop, List<Code.Read> operands, Set<Value> zeroed) {
    List<LoopWork.Sum> sums = new ArrayList<>();
    for (Loop.Instruction i : loop.code()) {
      if (!(i instanceof Loop.Reduce r) || !loop.isOverFirst(r)) continue;
      Value v = operands.get(r.access()).value();
      if (zeroed.contains(v)) continue;
      int count = Math.toIntExact(v.count());
      sums.add(new LoopWork.Sum(r.reduction(), memory.segment(v), memory.offset(v), count));
    }
    return sums;
  }

  /** What a step sums up in that is filled with zeros already; a thread's own memory is not. */
  private Set<Value> zeroed(Schedule.Step step) {
    return step.nodes().stream()
        .filter(n -> n instanceof Node.Pointwise p && p.before() != null)
        .map(Node::result)
        .filter(v -> !memory.isOwn(v))
        .collect(Collectors.toSet());
  }

  private Work filled(Node.Filled node) {
    Value v = node.result();
    MemorySegment own = memory.segment(v).asSlice(memory.offset(v), v.count() * precision.bytes());
    NumericArray numbers = node.numbers();
    Runnable fill =
        numbers == null
            ? () -> own.fill((byte) 0)
            : () -> Numbers.write(numbers.data(), own, precision);
    if (!plan.memory.isLasting(node)) return whole(fill);
    if (numbers != null) fill.run(); // new memory is full of zeros
    return whole(() -> {});
  }

  private Work product(Node.MatrixProduct node) {
    MatrixView left = node.left();
    MatrixView right = node.right();
    if (split != null && split.where() == Split.Where.INNER) {
      int lines = right.rows() / split.extent();
      long a = stride(left.value(), lines * left.columnStride());
      long b = stride(right.value(), lines * right.rowStride());
      return new ProductWork(
          node, memory, /* inner= */ true, new ProductWork.Step(lines, a, b, 0), plan, phase);
    }
    int lines = split == null ? 1 : left.rows() / split.extent();
    long a = stride(left.value(), lines * left.rowStride());
    long c = stride(node.result(), (long) lines * right.columns());
    return new ProductWork(
        node, memory, /* inner= */ false, new ProductWork.Step(lines, a, 0, c), plan, phase);
  }

  private Work symmetric(Node.SymmetricProduct node) {
    if (split == null) return new SymmetricWork(node, memory);
    MatrixView view = node.factor();
    int n = view.columns();
    int lines = view.rows() / split.extent();
    long stride = stride(view.value(), lines * view.rowStride());
    Matrix result = memory.matrix(node.result(), 0, n, n);
    Blocks<Matrix> factors =
        new Blocks<>(
            (first, rows) -> memory.matrix(view, first * stride, rows * lines, n).transpose());
    return new Work() {
      @Override
      public void run(int first, int rows, boolean fresh) {
        algebra.syrkUpper(node.alpha(), factors.at(first, rows), fresh ? 0 : 1, result);
      }

      @Override
      public void finish() {
        Transposition.mirror(result);
      }
    };
  }

  private Work factored(Node.Factored node) {
    MatrixView right = node.right();
    return right == null
        ? whole(new FactoredWork(node, memory))
        : new SolutionWork(node, right, memory);
  }

  private Work unfolded(Node.Unfolded node) {
    if (node.paired()) return new UnfoldedWork(node, memory, precision, 1, 0, 0);
    int lines = split == null ? 1 : node.rows() / split.extent();
    int width = node.source().shape()[node.source().rank() - 1];
    long from = stride(node.source(), (long) lines * width);
    long to = stride(node.result(), lines * node.strides().getFirst());
    return new UnfoldedWork(node, memory, precision, lines, from, to);
  }

  private void refer(Node.Reference node) {
    var operands = node.operands().stream().map(v -> Numbers.read(v, memory, precision)).toList();
    NumericArray value = node.values().of(operands);
    Value r = node.result();
    MemorySegment own = memory.segment(r).asSlice(memory.offset(r), r.count() * precision.bytes());
    Numbers.write(value.data(), own, precision);
  }
}
