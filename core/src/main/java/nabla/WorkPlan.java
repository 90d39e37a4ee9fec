package nabla;

import java.util.List;
import java.util.Locale;

/**
 * How outputs are computed at given sizes: the steps, what they cost, and who does the work. As a
 * text it has a line for each step and one for the sums.
 *
 * @param outputs what is computed
 * @param preparation what is done once, as it needs nothing but bound data
 * @param steps what every evaluation does
 * @param memory how many bytes what is computed takes, but for the data
 * @param engine who multiplies matrices: {@code OpenBLAS 0.3.31 (SkylakeX)}
 */
public record WorkPlan(
    List<Output> outputs, List<Step> preparation, List<Step> steps, double memory, String engine) {
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
    preparation = List.copyOf(preparation);
    steps = List.copyOf(steps);
  }

  /** How many additions, multiplications and function calls an evaluation has. */
  public double flops() {
    return flops(steps);
  }

  /** How many the first evaluation has besides. */
  public double preparationFlops() {
    return flops(preparation);
  }

  private static double flops(List<Step> steps) {
    return steps.stream().mapToDouble(Step::flops).sum();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    int number = 0;
    for (Step s : preparation) text.append(line(++number, s.what() + ", once", s));
    for (Step s : steps) text.append(line(++number, s.what(), s));
    String once =
        preparation.isEmpty() ? "" : " and " + si(preparationFlops()) + " once for bound data";
    return text.append(
            String.format(
                Locale.ROOT,
                "%s: %s flops%s, %sB of memory for what is computed; %s%n",
                String.join(", ", outputs.stream().map(Output::label).toList()),
                si(flops()),
                once,
                si(memory),
                engine))
        .toString();
  }

  private static String line(int number, String what, Step step) {
    return String.format(
        Locale.ROOT,
        "%-60s %10s flops %10s%n",
        String.format(Locale.ROOT, "%2d  %s", number, what),
        si(step.flops()),
        si(step.bytes()) + "B");
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
