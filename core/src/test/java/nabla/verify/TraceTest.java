package nabla.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.calculus.Differentiation;
import nabla.tensor.Extent;
import nabla.tensor.NumericArray;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import nabla.verify.CheckReport.Counterexample;
import org.junit.jupiter.api.Test;

class TraceTest {
  private static final Binding NOWHERE = new Binding(Map.of(), Map.of());
  private static final Tensor CLAIM = new Variable("c", List.of(Size.of("k")), Set.of());

  /** D[i,j,r] with i, j up to 2 and r up to 3: the sums over i = j are 1+10, 2+11, 3+12. */
  private static final NumericArray DERIVATIVE =
      NumericArray.of(
          new int[] {2, 2, 3}, new double[] {1, 2, 3, 99, 99, 99, 99, 99, 99, 10, 11, 12});

  @Test
  void rightSums() {
    assertThat(new Trace(CLAIM, 1).wrong(NOWHERE, 2, DERIVATIVE, NumericArray.vector(11, 13, 15)))
        .isNull();
  }

  @Test
  void aWrongSumIsShown() {
    Counterexample wrong =
        new Trace(CLAIM, 1).wrong(NOWHERE, 2, DERIVATIVE, NumericArray.vector(11, 13, 15.0001));
    assertThat(wrong).isEqualTo(new Counterexample(NOWHERE, 2, List.of(3), 15, 15.0001));
  }

  @Test
  void smallNumbersAreComparedToo() {
    NumericArray small = DERIVATIVE.map(x -> 1e-12 * x);
    NumericArray none = NumericArray.vector(0, 0, 0);
    assertThat(new Trace(CLAIM, 1).wrong(NOWHERE, 2, small, none)).isNotNull();
  }

  @Test
  void aWrongClaimFailsTheCheck() {
    Variable x = new Variable("x", List.of(Size.of("n")), Set.of());
    Tensor f = Tensors.multiply(x, x);
    Tensor gradient = Tensors.scale(Rational.of(2), x);
    Tensor hessian = Differentiation.next(gradient, List.of(x), x);
    for (int factor : new int[] {2, 3}) {
      Tensor claim = Tensors.scale(Rational.of(factor), Extent.of(Size.of("n")));
      CheckReport report =
          DerivativeCheck.atRandomPoints(
              List.of(f, gradient, hessian),
              List.of(x, x),
              Directions.ENTRIES,
              new Trace(claim, 1),
              1);
      assertThat(report.passed()).isEqualTo(factor == 2);
    }
  }
}
