package nabla.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TranspositionTest {
  /** More than one strip of columns, too. */
  private static final int[] MANY = {0, 1, 2, 7, 16, 33, 100, 530};

  @ParameterizedTest
  @EnumSource
  void mirror(Precision precision) {
    for (int n : MANY) {
      var a = Operand.random(precision, n, n, 1);
      var upper = Naive.triangle(a.values(), Triangle.UPPER);
      Transposition.mirror(a.matrix());
      assertThat(Naive.triangle(a.values(), Triangle.UPPER)).isDeepEqualTo(upper);
      assertThat(a.values()).isDeepEqualTo(Naive.transpose(a.values(), n));
      a.assertGaps();
    }
  }
}
