package nabla.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpectralModelTest {
  /** Where the entries have very different sizes, small ones must not keep it from an end. */
  @Test
  void hasEigenvaluesWhereEntriesAreFarApart() {
    double[][] hessian = {
      {0.9999999999999999, 0.012385479497260304, -0.005685116053954483},
      {0.012385479497260304, 5.763124791886208e-160, 1.0581433938845193e-159},
      {-0.005685116053954483, 1.0581433938845193e-159, 1.9428131134654715e-159}
    };
    Curvature curvature = new SpectralModel(hessian, new double[3]).curvature();
    assertThat(curvature.kind()).isEqualTo(Curvature.Kind.SADDLE);
    assertThat(curvature.largest()).isGreaterThan(1);
  }
}
