package nabla.plot;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Round numbers along an axis, and how they are written. */
final class Ticks {
  /**
   * @param value where it is
   * @param label what stands there
   */
  record Tick(double value, String label) {}

  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  private Ticks() {}

  /** The multiples in a range of 1, 2 or 5 times a power of ten, as many as allowed. */
  static List<Tick> linear(Range range, int most) {
    BigDecimal step = step(range.span() / most);
    while (count(range, step) > most) step = next(step);
    List<Tick> ticks = new ArrayList<>();
    long last = Math.round(Math.floor(range.high() / step.doubleValue() + 1e-9));
    for (long k = first(range, step); k <= last; k++) {
      BigDecimal value = step.multiply(BigDecimal.valueOf(k));
      ticks.add(new Tick(value.doubleValue(), label(value)));
    }
    return ticks;
  }

  private static long first(Range range, BigDecimal step) {
    return Math.round(Math.ceil(range.low() / step.doubleValue() - 1e-9));
  }

  private static long count(Range range, BigDecimal step) {
    return Math.round(Math.floor(range.high() / step.doubleValue() + 1e-9))
        - first(range, step)
        + 1;
  }

  /** The least of 1, 2, 5, 10, … that is not below a positive number. */
  static BigDecimal step(double least) {
    int exponent = (int) Math.floor(Math.log10(least));
    BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen(exponent - 1);
    BigDecimal step = power;
    while (step.doubleValue() < least * (1 - 1e-9)) step = next(step);
    return step;
  }

  /** 2 after 1, 5 after 2, 10 after 5. */
  static BigDecimal next(BigDecimal step) {
    boolean two = step.unscaledValue().toString().startsWith("2");
    return two
        ? step.multiply(BigDecimal.valueOf(5)).divide(BigDecimal.valueOf(2))
        : step.multiply(BigDecimal.TWO);
  }

  /** Powers of ten, as many as allowed; where there are few, 2 and 5 times such as well. */
  static List<Tick> logarithmic(Range range, int most) {
    int low = (int) Math.ceil(Math.log10(range.low()) - 1e-9);
    int high = (int) Math.floor(Math.log10(range.high()) + 1e-9);
    int stride = 1;
    while ((high - low) / stride + 1 > most) stride++;
    List<Tick> ticks = new ArrayList<>();
    for (int k = Math.ceilDiv(low, stride) * stride; k <= high; k += stride) {
      ticks.add(new Tick(Math.pow(10, k), power(k)));
    }
    return ticks;
  }

  private static String power(int exponent) {
    if (exponent == 0) return "1";
    if (exponent == 1) return "10";
    StringBuilder text = new StringBuilder(exponent < 0 ? "10⁻" : "10");
    Integer.toString(Math.abs(exponent))
        .chars()
        .forEach(digit -> text.append(SUPERSCRIPTS.charAt(digit - '0')));
    return text.toString();
  }

  /** A number in full if that is short, otherwise as in {@code 2e8}. */
  static String label(BigDecimal value) {
    if (value.signum() == 0) return "0";
    BigDecimal brief = value.stripTrailingZeros();
    int exponent = brief.precision() - brief.scale() - 1;
    String text;
    if (exponent >= -4 && exponent < 6) text = brief.toPlainString();
    else text = brief.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    return text.replace('-', '−');
  }

  /** A number with so many digits at most. */
  static String digits(double number, int most) {
    if (!Double.isFinite(number)) return Double.toString(number);
    return label(new BigDecimal(number).round(new java.math.MathContext(most)));
  }
}
