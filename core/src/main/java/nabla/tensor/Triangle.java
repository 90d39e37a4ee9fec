package nabla.tensor;

import java.util.List;
import java.util.Map;

/** The matrix that is 1 on and below the diagonal, 0 above it. */
public final class Triangle extends Structural {
  public Triangle(Size rows, Size columns) {
    super(List.of(rows, columns), Digest.tag("triangle").with(rows).with(columns));
  }

  boolean isSquare() {
    return shape().get(0).equals(shape().get(1));
  }

  @Override
  public int entry(int[] index, Map<String, Integer> sizes) {
    return index[0] >= index[1] ? 1 : 0;
  }
}
