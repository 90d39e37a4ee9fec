package nabla;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NablaTest {
  @Test
  void versionIsThatOfTheBuild() {
    assertThat(Nabla.version()).isEqualTo(System.getProperty("nabla.version"));
  }
}
