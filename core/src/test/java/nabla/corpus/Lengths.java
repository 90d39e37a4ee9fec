package nabla.corpus;

import java.util.regex.Pattern;

/** How long formulas are, for a reader: spaces and brackets cost nothing. */
public final class Lengths {
  private static final Pattern TOKEN =
      Pattern.compile(
          "[A-Za-z_]\\w*|\\d+\\.?\\d*|\\.\\*|\\./|\\.\\^|\\S", Pattern.UNICODE_CHARACTER_CLASS);

  private Lengths() {}

  /** Names, numbers and operators; brackets and separators are free. */
  public static int of(String text) {
    return (int) TOKEN.matcher(text).results().filter(t -> !"(),;".contains(t.group())).count();
  }

  public static double ratio(String text, String reference) {
    return of(text) / Math.max(1.0, of(reference));
  }

  /** Between the two nearest by linear interpolation. */
  public static double quantile(double[] sorted, double q) {
    double position = q * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
