package nabla.engine;

import java.util.List;
import java.util.Locale;
import nabla.Output;
import nabla.engine.kernel.LinearAlgebra;

/** A plan in words: a line for each step, with its work and the memory that it touches. */
final class PlanText {
  private PlanText() {}

  static String of(Plan plan, List<Output> outputs) {
    StringBuilder text = new StringBuilder();
    double flops = 0;
    int number = 0;
    for (Schedule.Step step : plan.schedule.steps) {
      StepCost cost = StepCost.of(step, plan);
      flops += cost.flops();
      String what = String.format(Locale.ROOT, "%2d  %s", ++number, cost.what());
      text.append(
          String.format(
              Locale.ROOT, "%-60s %10s flops %10s%n", what, si(cost.flops()), bytes(cost.bytes())));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %s flops, %s of memory for what is computed; %s%n",
            String.join(", ", outputs.stream().map(Output::label).toList()),
            si(flops),
            bytes((double) plan.memory.bytes()),
            LinearAlgebra.best().description()));
    return text.toString();
  }

  private static String si(double number) {
    String[] units = {"", "k", "M", "G", "T", "P"};
    int unit = 0;
    while (number >= 1000 && unit < units.length - 1) {
      number /= 1000;
      unit++;
    }
    return unit == 0
        ? String.format(Locale.ROOT, "%.0f", number)
        : String.format(Locale.ROOT, "%.3g %s", number, units[unit]);
  }

  private static String bytes(double number) {
    return si(number) + "B";
  }
}
