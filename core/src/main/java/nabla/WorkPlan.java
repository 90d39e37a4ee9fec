package nabla;

import java.util.List;
import java.util.Locale;

/**
 * How outputs are computed at given sizes: the steps, what they cost, and who does the work. As a
 * text it has a line for each step and one for the sums.
 *
 * @param outputs what is computed
 * @param memory how many bytes what is computed takes, but for the data
 * @param engine who multiplies matrices: {@code OpenBLAS 0.3.31 (SkylakeX)}
 */
public record WorkPlan(List<Output> outputs, List<Step> steps, double memory, String engine) {
  /**
   * A step.
   *
   * @param what it does, in words
   * @param flops how many additions, multiplications and function calls
   * @param bytes how much memory it reads and writes, each array once
   */
  public record Step(String what, double flops, double bytes) {}

  public WorkPlan {
    outputs = List.copyOf(outputs);
    steps = List.copyOf(steps);
  }

  /** How many additions, multiplications and function calls all steps have. */
  public double flops() {
    return steps.stream().mapToDouble(Step::flops).sum();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int k = 0; k < steps.size(); k++) {
      Step s = steps.get(k);
      String what = String.format(Locale.ROOT, "%2d  %s", k + 1, s.what());
      text.append(
          String.format(
              Locale.ROOT, "%-60s %10s flops %10s%n", what, si(s.flops()), si(s.bytes()) + "B"));
    }
    return text.append(
            String.format(
                Locale.ROOT,
                "%s: %s flops, %sB of memory for what is computed; %s%n",
                String.join(", ", outputs.stream().map(Output::label).toList()),
                si(flops()),
                si(memory),
                engine))
        .toString();
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
}
