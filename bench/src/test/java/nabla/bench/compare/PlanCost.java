package nabla.bench.compare;

import java.util.List;
import nabla.WorkPlan;

/**
 * What a plan says that it costs.
 *
 * @param memory the bytes of what is computed
 */
record PlanCost(List<Step> steps, double memory) {
  /**
   * One of its steps.
   *
   * @param bytes what it reads and writes, each array once
   */
  record Step(double flops, double bytes) {}

  static PlanCost of(WorkPlan plan) {
    return new PlanCost(
        plan.steps().stream().map(s -> new Step(s.flops(), s.bytes())).toList(), plan.memory());
  }

  double flops() {
    return steps.stream().mapToDouble(Step::flops).sum();
  }

  double bytes() {
    return steps.stream().mapToDouble(Step::bytes).sum();
  }
}
