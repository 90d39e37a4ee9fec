package nabla.engine.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers in text, rounded correctly. */
final class Decimal {
  private static final Pattern NUMBER =
      Pattern.compile(
          "[+-]?(?:(?:[0-9]++\\.?[0-9]*+|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?"
              + "|0[xX](?:[0-9a-fA-F]++\\.?[0-9a-fA-F]*+|\\.[0-9a-fA-F]++)[pP][+-]?[0-9]++)");
  private static final int MOST_DIGITS = 18;
  private static final int LONGEST_SHOWN = 24;

  /** The powers of ten that are doubles. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private Decimal() {}

  /**
   * Reads a number as Java, C, Python, R or MATLAB write it: {@code -1.5e-3}, {@code .5}, {@code
   * 0x1.8p3}, {@code NaN}, {@code inf}, {@code -Infinity}.
   *
   * @throws NumberFormatException with a message for users if it is none, or too large for a double
   */
  static double parse(byte[] text, int from, int to) {
    int at = from;
    boolean negative = at < to && text[at] == '-';
    if (negative || (at < to && text[at] == '+')) at++;
    long digits = 0;
    int significant = 0;
    int point = -1;
    int first = at;
    for (; at < to; at++) {
      int digit = text[at] - '0';
      if (digit >= 0 && digit <= 9) {
        digits = digits * 10 + digit;
        if (digits != 0 && ++significant > MOST_DIGITS) return any(text, from, to);
      } else if (text[at] == '.' && point < 0) {
        point = at;
      } else {
        break;
      }
    }
    if (at - first == (point < 0 ? 0 : 1)) return any(text, from, to);
    int exponent = point < 0 ? 0 : point + 1 - at;
    if (at < to) {
      if (!isShortExponent(text, at, to)) return any(text, from, to);
      exponent += exponent(text, at + 1, to);
    }
    if (Math.abs(exponent) >= POWERS.length) return any(text, from, to);
    double magnitude = scaled(digits, exponent);
    if (Double.isNaN(magnitude)) return any(text, from, to);
    return negative ? -magnitude : magnitude;
  }

  /** Whether {@code e}, perhaps a sign, and one to three digits stand there. */
  private static boolean isShortExponent(byte[] text, int from, int to) {
    if (text[from] != 'e' && text[from] != 'E') return false;
    int at = from + 1;
    if (at < to && (text[at] == '-' || text[at] == '+')) at++;
    if (to - at < 1 || to - at > 3) return false;
    for (; at < to; at++) if (text[at] < '0' || text[at] > '9') return false;
    return true;
  }

  private static int exponent(byte[] text, int from, int to) {
    int exponent = 0;
    for (int at = from; at < to; at++) {
      if (text[at] >= '0') exponent = exponent * 10 + text[at] - '0';
    }
    return text[from] == '-' ? -exponent : exponent;
  }

  /**
   * digits·10^exponent for at most 18 digits and a power of ten that is a double; NaN if too near
   * to the middle between two doubles.
   *
   * <p>The exact value is first + rest up to 2^-104·first: first is a rounded product or quotient,
   * and the fused multiply-add gives its error exactly. If adding rest -+ 2^-95·first rounds to one
   * double, the exact value does so, too, because rounding is monotonic.
   */
  private static double scaled(long digits, int exponent) {
    double high = digits;
    double low = digits - (long) high;
    double power = POWERS[Math.abs(exponent)];
    double first;
    double rest;
    if (exponent >= 0) {
      first = high * power;
      rest = Math.fma(high, power, -first) + low * power;
    } else {
      first = high / power;
      rest = (Math.fma(-first, power, high) + low) / power;
    }
    double margin = first * 0x1p-95;
    double rounded = first + (rest - margin);
    return rounded == first + (rest + margin) ? rounded : Double.NaN;
  }

  /** The long way, for every spelling. */
  private static double any(byte[] text, int from, int to) {
    String number = new String(text, from, to - from, UTF_8);
    if (NUMBER.matcher(number).matches()) {
      double value = Double.parseDouble(number);
      if (Double.isInfinite(value)) throw wrong(number, "is beyond 1.8e308");
      return value;
    }
    return switch (number.toLowerCase(Locale.ROOT)) {
      case "nan", "+nan", "-nan" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw wrong(number, "is no number");
    };
  }

  private static NumberFormatException wrong(String number, String message) {
    String shown =
        number.codePointCount(0, number.length()) <= LONGEST_SHOWN
            ? number
            : number.substring(0, number.offsetByCodePoints(0, LONGEST_SHOWN)) + "…";
    return new NumberFormatException("\"" + shown + "\" " + message);
  }
}
