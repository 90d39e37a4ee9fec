package nabla.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nabla.engine.Node.Effect;
import nabla.engine.Node.Pointwise;
import nabla.engine.kernel.BinaryFunction;
import nabla.engine.kernel.Loop;

/** Loops over the same points written as one: equal code once, memory only where it is needed. */
final class LoopAssembly {
  private final Schedule schedule;
  private final Domain domain;
  private final Map<Code.Read, Integer> accesses = new HashMap<>();
  private final Map<Code, Integer> known = new HashMap<>();
  private final List<Loop.Instruction> code = new ArrayList<>();

  /** What each access walks. */
  final List<Code.Read> operands = new ArrayList<>();

  final Loop loop;

  LoopAssembly(Schedule.Step step, Schedule schedule) {
    this.schedule = schedule;
    this.domain = ((Pointwise) step.nodes().getFirst()).domain();
    for (Node n : step.nodes()) add((Pointwise) n);
    List<Loop.Access> walks =
        operands.stream()
            .map(r -> new Loop.Access(r.strides().stream().map(Math::toIntExact).toList()))
            .toList();
    this.loop = new Loop(domain.extents(), walks, code);
  }

  private void add(Pointwise node) {
    int value = emit(node.code(), node);
    if (node.effect() == Effect.STORE && node.before() == null) {
      known.put(node.out(), value);
      if (!schedule.isStored(node.result())) return;
    }
    switch (node.effect()) {
      case STORE -> code.add(new Loop.Store(access(node.out()), value));
      case ADD -> {
        int access = access(node.out());
        int before = instruction(new Loop.Load(access));
        int sum = instruction(new Loop.Binary(BinaryFunction.ADD, before, value));
        code.add(new Loop.Store(access, sum));
      }
      case SUM, MAX, MIN ->
          code.add(new Loop.Reduce(access(node.out()), node.effect().reduction(), false, value));
    }
  }

  private int instruction(Loop.Instruction instruction) {
    code.add(instruction);
    return code.size() - 1;
  }

  private int access(Code.Read read) {
    return accesses.computeIfAbsent(
        read,
        r -> {
          operands.add(r);
          return operands.size() - 1;
        });
  }

  private int emit(Code code, Pointwise node) {
    Integer position = known.get(code);
    if (position != null) return position;
    int made =
        switch (code) {
          case Code.Read r -> load(r, node);
          case Code.Literal n -> instruction(new Loop.Literal(n.value()));
          case Code.Unary u -> instruction(new Loop.Unary(u.function(), emit(u.operand(), node)));
          case Code.Binary b -> {
            int left = emit(b.left(), node);
            yield instruction(new Loop.Binary(b.function(), left, emit(b.right(), node)));
          }
          case Code.External e ->
              instruction(new Loop.External(e.function(), emit(e.operand(), node)));
        };
    known.put(code, made);
    return made;
  }

  /** What was made in this loop is in {@code known} already. */
  private int load(Code.Read read, Pointwise node) {
    if (schedule.isLocal(read.value(), node)) {
      throw new IllegalStateException("an operand is not made yet");
    }
    return instruction(new Loop.Load(access(read)));
  }
}
