package nabla.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import nabla.WorkPlan;
import nabla.engine.kernel.Loop;

/** What a step costs. */
final class StepCost {
  private StepCost() {}

  static List<WorkPlan.Step> of(Phase phase, Plan plan) {
    return phase.schedule().steps.stream().map(step -> of(step, phase.schedule(), plan)).toList();
  }

  private static WorkPlan.Step of(Schedule.Step step, Schedule schedule, Plan plan) {
    Node first = step.nodes().getFirst();
    double bytes = isOnce(first, plan) ? 0 : bytes(step, schedule, plan.precision.bytes());
    return new WorkPlan.Step(what(step, first, plan), flops(step, schedule), bytes);
  }

  static double flops(Schedule.Step step, Schedule schedule) {
    return switch (step.nodes().getFirst()) {
      case Node.Pointwise _ -> loopFlops(new LoopAssembly(step, schedule).loop);
      case Node.Filled _, Node.Shift _, Node.Unfolded _ -> 0;
      case Node.MatrixProduct p -> 2.0 * p.left().rows() * p.left().columns() * p.right().columns();
      case Node.SymmetricProduct p ->
          (double) p.factor().rows() * p.factor().columns() * (p.factor().columns() + 1.0);
      case Node.Factorization f -> cube(f.matrix()) * (f.symmetric() ? 1 : 2) / 3;
      case Node.Factored f -> factoredFlops(f);
      case Node.QuadraticForm f -> 2.0 * f.solution().count();
      case Node.Reference r -> r.result().count();
    };
  }

  private static double cube(Value matrix) {
    double n = matrix.shape()[0];
    return n * n * n;
  }

  private static double factoredFlops(Node.Factored f) {
    double n = Math.floor(Math.sqrt(f.factorization().shape()[0]));
    return switch (f.use()) {
      case INVERSE -> 4 * n * n * n / 3;
      case LOG_DETERMINANT, DETERMINANT -> n;
      case SOLUTION, TRANSPOSED_SOLUTION -> 2 * n * f.result().count();
      case HALF_SOLUTION -> n * f.result().count();
    };
  }

  private static double loopFlops(Loop loop) {
    double points = 1;
    for (int extent : loop.extents()) points *= extent;
    long work =
        loop.code().stream()
            .filter(
                i ->
                    i instanceof Loop.Unary
                        || i instanceof Loop.Binary
                        || i instanceof Loop.External
                        || i instanceof Loop.Reduce)
            .count();
    return points * work;
  }

  /** Bytes of what a step reads and writes, each array once. */
  static double bytes(Schedule.Step step, Schedule schedule, int width) {
    Set<Value> touched = new HashSet<>();
    for (Node n : step.nodes()) {
      for (Value v : n.operands()) if (!schedule.isLocal(v, n)) touched.add(v);
      if (schedule.isStored(n.result())) touched.add(n.result());
    }
    double bytes = 0;
    for (Value v : touched) bytes += (double) v.count() * width;
    return bytes;
  }

  private static boolean isOnce(Node node, Plan plan) {
    return node instanceof Node.Filled f && plan.memory.isLasting(f);
  }

  private static String what(Schedule.Step step, Node first, Plan plan) {
    return switch (first) {
      case Node.Pointwise p ->
          "loop over " + extents(p.domain().extents()) + ", " + plural(step.nodes().size());
      case Node.Filled f ->
          (f.numbers() == null ? "zeros " : "constants ")
              + shape(f.result())
              + (isOnce(f, plan) ? ", once" : "");
      case Node.Shift _ -> "shift of exponentials";
      case Node.MatrixProduct p ->
          "matrix product "
              + p.left().rows()
              + "x"
              + p.left().columns()
              + " * "
              + p.left().columns()
              + "x"
              + p.right().columns();
      case Node.SymmetricProduct p ->
          "symmetric product of " + p.factor().rows() + "x" + p.factor().columns();
      case Node.Unfolded u -> "pairs written out to " + shape(u.result());
      case Node.Factorization f ->
          (f.symmetric() ? "Cholesky factorisation " : "LU factorisation ") + shape(f.matrix());
      case Node.Factored f ->
          switch (f.use()) {
            case INVERSE -> "inverse from it " + shape(f.result());
            case LOG_DETERMINANT -> "logarithm of the determinant from it";
            case DETERMINANT -> "determinant from it";
            case SOLUTION, TRANSPOSED_SOLUTION -> "solution from it " + shape(f.result());
            case HALF_SOLUTION -> "half a solution from it " + shape(f.result());
          };
      case Node.QuadraticForm f -> "quadratic form of the inverse from " + shape(f.solution());
      case Node.Reference r -> r.operation() + " " + shape(r.result());
    };
  }

  private static String plural(int count) {
    return count == 1 ? "1 result" : count + " results";
  }

  private static String shape(Value value) {
    return extents(java.util.Arrays.stream(value.shape()).boxed().toList());
  }

  private static String extents(List<Integer> extents) {
    return extents.isEmpty()
        ? "one number"
        : extents.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
