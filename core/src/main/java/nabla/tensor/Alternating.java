package nabla.tensor;

import java.util.Collections;
import java.util.Map;

/**
 * The alternating tensor ε[i,j,k] of Levi-Civita: 1 for even permutations of (1,2,3), -1 for odd
 * ones, else 0. It carries the cross product.
 */
public final class Alternating extends Structural {
  public static final Alternating EPSILON = new Alternating();

  private Alternating() {
    super(Collections.nCopies(3, Size.of(3)), Digest.tag("alternating"));
  }

  @Override
  public int entry(int[] index, Map<String, Integer> sizes) {
    return (index[1] - index[0]) * (index[2] - index[1]) * (index[2] - index[0]) / 2;
  }

  @Override
  boolean isIndicator() {
    return false;
  }
}
