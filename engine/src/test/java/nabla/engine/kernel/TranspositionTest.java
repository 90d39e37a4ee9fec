package nabla.engine.kernel;

import static nabla.engine.kernel.LinearAlgebras.SIZES;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TranspositionTest {
  @ParameterizedTest
  @EnumSource
  void transpose(Precision precision) {
    for (int m : SIZES) {
      for (int n : SIZES) {
        var a = Operand.random(precision, m, n, 1);
        var b = Operand.filled(precision, n, m, () -> Double.NaN);
        Transposition.transpose(
            precision,
            m,
            n,
            a.segment(),
            a.offset(),
            a.leading(),
            b.segment(),
            b.offset(),
            b.leading());
        b.assertIs(Naive.transpose(a.values(), n));
      }
    }
  }
}
