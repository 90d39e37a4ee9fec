package nabla.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import nabla.verify.exact.Certificate;
import org.jspecify.annotations.Nullable;

/** A certificate as the JSON contract spells it. */
public final class CertificateFields {
  private static final MathContext UPWARDS = new MathContext(1, RoundingMode.UP);

  private CertificateFields() {}

  static Map<String, @Nullable Object> of(Certificate certificate) {
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

  /** One digit, not less than the number. */
  public static double upwards(double probability) {
    return new BigDecimal(probability).round(UPWARDS).doubleValue();
  }
}
