package nabla.cli;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import nabla.json.CertificateFields;
import nabla.verify.exact.Certificate;

/** A certificate for people. */
final class CertificateText {
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
        + String.format(
            Locale.ROOT, "%.0e", CertificateFields.upwards(certificate.errorProbability()))
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
}
