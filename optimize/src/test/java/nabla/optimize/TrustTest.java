package nabla.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import nabla.Nabla;
import nabla.tensor.NumericArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which steps of c^2 are taken, from 2. */
class TrustTest {
  @ParameterizedTest
  @CsvSource({
    "1, 3, true", // as the model says
    "1, 1e9, false", // far less than it says
    "3, 3, false",
    "1, -3, true", // lower, though the model rises
    "3, -5, false", // both rise
    "3, NaN, false"
  })
  void stepsLeadDown(double to, double expected, boolean taken) {
    Objective objective =
        new Objective(
            Nabla.parse("c^2", "c: scalar"),
            Map.of(),
            Map.of("c", NumericArray.scalar(2)),
            Options.usual());
    Iterate now = new Iterate(objective, new double[] {2});
    Iterate next = new Iterate(objective, new double[] {to});
    assertThat(new Trust(1).allows(now, next, expected, 1)).isEqualTo(taken);
  }
}
