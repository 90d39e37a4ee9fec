package nabla.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a plan says that it costs, read from its text, which has three digits of each number.
 *
 * @param memory the bytes of what is computed
 */
record PlanCost(List<Step> steps, double memory) {
  private static final String NUMBER = "([0-9.]+(?:e[+]\\d+)?)( ?[kMGTP]?)";
  private static final Pattern STEP = Pattern.compile(NUMBER + " flops +" + NUMBER + "B$");
  private static final Pattern MEMORY = Pattern.compile(" flops, " + NUMBER + "B of memory");

  /**
   * One of its steps.
   *
   * @param bytes what it reads and writes, each array once
   */
  record Step(double flops, double bytes) {}

  /** Reads what {@link nabla.CompiledFunction#explainPlan} says. */
  static PlanCost of(String text) {
    List<Step> steps = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher step = STEP.matcher(line.strip());
      if (step.find()) steps.add(new Step(number(step, 1), number(step, 3)));
      Matcher memory = MEMORY.matcher(line);
      if (memory.find()) return new PlanCost(steps, number(memory, 1));
    }
    throw new IllegalArgumentException("no plan: " + text);
  }

  private static double number(Matcher matcher, int group) {
    String unit = matcher.group(group + 1).strip();
    int thousands = unit.isEmpty() ? 0 : 1 + "kMGTP".indexOf(unit);
    return Double.parseDouble(matcher.group(group)) * Math.pow(1000, thousands);
  }

  double flops() {
    return steps.stream().mapToDouble(Step::flops).sum();
  }

  double bytes() {
    return steps.stream().mapToDouble(Step::bytes).sum();
  }
}
