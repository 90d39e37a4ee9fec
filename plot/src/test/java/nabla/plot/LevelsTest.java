package nabla.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** At which heights contour lines are drawn. */
class LevelsTest {
  /** The levels of a function at even numbers from -1 to 1. */
  private static String levels(DoubleUnaryOperator function) {
    double[] sorted =
        IntStream.rangeClosed(-500, 500)
            .mapToDouble(k -> function.applyAsDouble(k / 500.0))
            .sorted()
            .toArray();
    Levels levels = Levels.of(sorted);
    return IntStream.range(0, levels.count())
        .mapToObj(levels::label)
        .collect(Collectors.joining(" "));
  }

  @Test
  void areEvenWhereValuesAre() {
    assertThat(levels(x -> x)).isEqualTo("−0.8 −0.6 −0.4 −0.2 0 0.2 0.4 0.6 0.8");
    assertThat(levels(x -> 1000 + 5 * x)).isEqualTo("996 997 998 999 1000 1001 1002 1003 1004");
  }

  @Test
  void growWithTheDistanceWhereMostValuesAreLow() {
    assertThat(levels(x -> 2500 * Math.pow(x, 4))).isEqualTo("0.1 1 10 100 1000");
    assertThat(levels(x -> 2500 * Math.pow(x, 4) + 1e4))
        .isEqualTo("10000.1 10001 10010 10100 11000");
  }

  @Test
  void growToBothSidesOfTheMiddle() {
    assertThat(levels(x -> 100 * Math.pow(x, 9)).split(" ", -1)).contains("−10", "0", "10");
  }

  @Test
  void areMirroredWhereMostValuesAreHigh() {
    String up = levels(x -> 2500 * Math.pow(x, 4));
    String down = levels(x -> -2500 * Math.pow(x, 4));
    assertThat(java.util.Arrays.asList(down.replace("−", "").split(" ", -1)).reversed())
        .containsExactly(up.split(" ", -1));
  }

  @Test
  void aConstantHasNone() {
    assertThat(levels(x -> 7)).isEmpty();
    assertThat(Levels.of(new double[0]).count()).isZero();
  }

  @Test
  void heightsGoFromLowToHigh() {
    Levels levels =
        Levels.of(IntStream.range(0, 100).mapToDouble(k -> Math.exp(k / 5.0)).toArray());
    double before = -1;
    for (double value = 1; value < Math.exp(19.8); value *= 2) {
      double height = levels.height(value, 1, Math.exp(19.8));
      assertThat(height).isGreaterThan(before).isBetween(0.0, 1.0);
      before = height;
    }
    assertThat(levels.height(0, 1, 10)).isZero();
    assertThat(levels.height(11, 1, 10)).isEqualTo(1);
  }
}
