package nabla.engine;

import static nabla.Output.gradient;
import static nabla.Output.hessian;
import static nabla.Output.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import nabla.Nabla;
import nabla.Results;
import org.junit.jupiter.api.Test;

/** Functions as users call them. */
class EngineTest {
  @Test
  void logisticRegression() {
    double[][] x = {{1, 2}, {0, -1}, {3, 1}};
    double[] y = {1, -1, 1};
    var f =
        Nabla.parse("sum(log(1+exp(-y.*(X*w)))) + c/2*w'*w")
            .compile(value(), gradient("w"), hessian("w"));
    Results out =
        f.bind("X", x).bind("y", y).set("c", 0.1).evaluate(Map.of("w", new double[] {0.5, -0.5}));
    double expected = 0;
    for (int i = 0; i < 3; i++) {
      expected += Math.log1p(Math.exp(-y[i] * (x[i][0] * 0.5 - x[i][1] * 0.5)));
    }
    assertThat(out.value()).isCloseTo(expected + 0.05 * 0.5, within(1e-12));
    assertThat(out.gradient().shape()).containsExactly(2);
    assertThat(out.hessian().shape()).containsExactly(2, 2);
    assertThat(out.hessian().times(out.hessian().solve(out.gradient())).data())
        .containsExactly(out.gradient().data(), within(1e-12));
  }
}
