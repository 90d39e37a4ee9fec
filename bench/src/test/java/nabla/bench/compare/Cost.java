package nabla.bench.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What an operation costs at one size: what its plan says, and what is measured.
 *
 * @param data the bytes of the data
 * @param result the bytes of what comes out
 * @param seconds the time of a call
 * @param planned the bytes that an evaluator should take
 * @param taken the bytes that it takes
 */
record Cost(
    PlanCost plan, double data, double result, double seconds, double planned, double taken) {
  /**
   * The seconds that a machine needs at least: for each step its arithmetic or its memory, as if
   * that were in a cache; and once for all data and results, where they really are.
   */
  double least(Machine machine) {
    double workingSet = data + plan.memory();
    double near =
        plan.steps().stream()
            .mapToDouble(s -> Math.max(s.flops() / machine.flops(), s.bytes() / machine.near()))
            .sum();
    double far = data / machine.read(workingSet) + result / machine.write(workingSet);
    return Math.max(near, far);
  }

  /** The same where a call was faster another time. */
  Cost atMost(double time) {
    return new Cost(plan, data, result, Math.min(seconds, time), planned, taken);
  }

  /** As words, for another process. */
  String line() {
    String steps =
        plan.steps().stream()
            .map(s -> String.format(Locale.ROOT, "%.6g %.6g", s.flops(), s.bytes()))
            .collect(Collectors.joining(" "));
    return String.format(
        Locale.ROOT,
        "%.6g %.6g %.6g %.6g %.6g %.6g %s",
        plan.memory(),
        data,
        result,
        seconds,
        planned,
        taken,
        steps);
  }

  static Cost of(String line) {
    double[] n = Arrays.stream(line.strip().split(" +")).mapToDouble(Double::parseDouble).toArray();
    List<PlanCost.Step> steps = new ArrayList<>();
    for (int k = 6; k < n.length; k += 2) steps.add(new PlanCost.Step(n[k], n[k + 1]));
    return new Cost(new PlanCost(steps, n[0]), n[1], n[2], n[3], n[4], n[5]);
  }
}
