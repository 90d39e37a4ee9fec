package nabla.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import nabla.verify.exact.Certificate;
import org.jspecify.annotations.Nullable;

/** A certificate for people, and as the JSON contract spells it. */
final class CertificateText {
  private static final MathContext UPWARDS = new MathContext(1, RoundingMode.UP);

  private CertificateText() {}

  static String of(Certificate certificate) {
    return switch (certificate.status()) {
      case CERTIFIED -> certified(certificate);
      case REFUTED ->
          "WRONG    this formula is refuted by exact arithmetic (seed "
              + certificate.seed()
              + "): "
              + certificate.reason()
              + "; please report it\n";
      case NO_MODEL, UNDECIDED -> "no proof: " + certificate.reason() + "\n";
    };
  }

  private static String certified(Certificate certificate) {
    return "proof    exact at "
        + certificate.points()
        + " random points ("
        + sizes(certificate)
        + "seed "
        + certificate.seed()
        + "), degree at most "
        + (long) certificate.degree()
        + ", error probability < "
        + String.format(Locale.ROOT, "%.0e", upwards(certificate.errorProbability()))
        + "\n         modulo the primes "
        + certificate.primes().stream().map(String::valueOf).collect(Collectors.joining(", "))
        + "\n";
  }

  /** n = 2, 5; m = 5, 3 */
  private static String sizes(Certificate certificate) {
    Map<String, String> numbers = new TreeMap<>();
    for (Map<String, Integer> assignment : certificate.sizes()) {
      assignment.forEach(
          (name, number) ->
              numbers.merge(name, String.valueOf(number), (all, one) -> all + ", " + one));
    }
    return numbers.entrySet().stream()
        .map(e -> e.getKey() + " = " + e.getValue() + "; ")
        .collect(Collectors.joining());
  }

  private static double upwards(double probability) {
    return new BigDecimal(probability).round(UPWARDS).doubleValue();
  }

  static Map<String, @Nullable Object> fields(Certificate certificate) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("certified", certificate.isCertified());
    if (!certificate.isCertified()) {
      if (certificate.status() == Certificate.Status.REFUTED) fields.put("refuted", true);
      fields.put("reason", certificate.reason());
      return fields;
    }
    fields.put("primes", certificate.primes());
    fields.put("seed", certificate.seed());
    fields.put("points", certificate.points());
    fields.put("sizes", certificate.sizes());
    fields.put("degree", (long) certificate.degree());
    fields.put("errorProbability", upwards(certificate.errorProbability()));
    return fields;
  }
}
