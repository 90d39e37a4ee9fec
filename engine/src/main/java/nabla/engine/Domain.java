package nabla.engine;

import java.util.List;
import java.util.stream.IntStream;
import nabla.tensor.Size;

/**
 * The points that a loop visits.
 *
 * @param axes the axes by their names, the outermost first
 * @param extents the axes in numbers
 */
record Domain(List<Size> axes, List<Integer> extents) {
  Domain {
    axes = List.copyOf(axes);
    extents = List.copyOf(extents);
  }

  static Domain of(Value value) {
    return new Domain(value.axes(), IntStream.of(value.shape()).boxed().toList());
  }

  int rank() {
    return extents.size();
  }

  double points() {
    double points = 1;
    for (int extent : extents) points *= extent;
    return points;
  }
}
