package nabla.verify.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import nabla.corpus.Corpus;
import nabla.verify.exact.Certificate.Status;
import org.junit.jupiter.api.Test;

/** Every case of the corpus is certified but those with an operation that has no model. */
class CorpusCertificatesTest {
  private static final Map<String, String> WITHOUT_MODEL =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("MC057", "abs has a kink"),
              Map.entry("MC067", "lmax has no exact model"),
              Map.entry("MC068", "vmax has no exact model"),
              Map.entry("MC128", "sinm has no exact model"),
              Map.entry("WK054", "expm has no exact model"),
              Map.entry("WK055", "sinm has no exact model"),
              Map.entry("WK069", "expm has no exact model"),
              Map.entry("WK073", "expm has no exact model"),
              Map.entry("WK074", "sinm has no exact model"),
              Map.entry("EW04", "relu has a kink"),
              Map.entry("EW35", "abs has a kink"),
              Map.entry("MF01", "lmax has no exact model"),
              Map.entry("MF03", "lmin has no exact model"),
              Map.entry("MF05", "smax has no exact model"),
              Map.entry("MF07", "nuc has no exact model"),
              Map.entry("MF11", "abs has a kink"),
              Map.entry("MF13", "sqrtm has no exact model"),
              Map.entry("MF15", "logm has no exact model"),
              Map.entry("MF17", "expm has no exact model"),
              Map.entry("MF19", "logm has no exact model"),
              Map.entry("MF21", "chol has no exact model"),
              Map.entry("MF31", "abs has a kink"),
              Map.entry("ML15", "relu has a kink"),
              Map.entry("ML17", "abs has a kink"),
              Map.entry("ML21", "abs has a kink"),
              Map.entry("ML53", "relu has a kink"),
              Map.entry("ML61", "relu has a kink"),
              Map.entry("HE41", "expm has no exact model")));

  @Test
  void everyOtherCaseIsCertified() {
    Map<String, String> without = new TreeMap<>();
    int certified = 0;
    for (Corpus.Case c : Corpus.cases()) {
      Certificate certificate = c.derivative().certificate(1);
      if (certificate.status() == Status.NO_MODEL) without.put(c.id(), certificate.reason());
      else {
        assertThat(certificate.status()).as("%s: %s", c, certificate).isEqualTo(Status.CERTIFIED);
        assertThat(certificate.errorProbability()).isLessThan(1e-9);
        certified++;
      }
    }
    System.out.println("certified " + certified + ", without a model " + without.size());
    assertThat(without).isEqualTo(WITHOUT_MODEL);
  }
}
