package nabla.verify;

import java.util.Arrays;
import java.util.List;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.verify.CheckReport.Counterexample;
import org.jspecify.annotations.Nullable;

/**
 * A claim about the last derivative of a chain: what it is once its first axes are paired with the
 * next ones and summed over, as in a Laplacian or a divergence.
 *
 * @param claim has the axes that are left
 * @param pairs how many pairs of axes there are
 */
public record Trace(Tensor claim, int pairs) {
  private static final double TOLERANCE = 1e-9;

  /**
   * Sums the entries themselves, by plain loops.
   *
   * @param derivative what was found of the derivative, not summed
   * @return null if the claim holds
   */
  @Nullable Counterexample wrong(
      Binding at, int order, NumericArray derivative, NumericArray claimed) {
    int[] shape = derivative.shape();
    int diagonal = product(shape, 0, pairs);
    int rest = product(shape, 2 * pairs, shape.length);
    double[] sums = new double[rest];
    double largest = derivative.largest();
    for (int d = 0; d < diagonal; d++) {
      for (int r = 0; r < rest; r++) {
        double term = derivative.data()[(d * diagonal + d) * rest + r];
        sums[r] += term;
      }
    }
    for (int r = 0; r < rest; r++) {
      if (Math.abs(sums[r] - claimed.data()[r]) <= TOLERANCE * largest) continue;
      List<Integer> index = Shapes.index(r, Arrays.copyOfRange(shape, 2 * pairs, shape.length));
      return new Counterexample(at, order, index, sums[r], claimed.data()[r]);
    }
    return null;
  }

  private static int product(int[] shape, int from, int to) {
    return Arrays.stream(shape, from, to).reduce(1, (a, b) -> a * b);
  }
}
