package nabla.optimize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nabla.tensor.NumericArray;

/** Variables as one vector: their entries one behind the other. */
final class Variables {
  /** Where the entries of a variable are in the vector. */
  record Part(String name, NumericArray start, int begin) {
    int count() {
      return start.count();
    }

    double[] of(double[] all) {
      return Arrays.copyOfRange(all, begin, begin + count());
    }
  }

  final List<Part> parts = new ArrayList<>();
  final Map<String, NumericArray> start;
  final int size;

  /**
   * @param start a first value for each
   */
  Variables(Map<String, NumericArray> start) {
    this.start = start;
    int begin = 0;
    for (Map.Entry<String, NumericArray> e : start.entrySet()) {
      Part part = new Part(e.getKey(), e.getValue(), begin);
      parts.add(part);
      begin += part.count();
    }
    this.size = begin;
  }

  double[] start() {
    return point(start);
  }

  /** A value for each as one vector. */
  double[] point(Map<String, NumericArray> arrays) {
    double[] all = new double[size];
    for (Part p : parts) {
      double[] entries = Objects.requireNonNull(arrays.get(p.name())).data();
      System.arraycopy(entries, 0, all, p.begin(), p.count());
    }
    return all;
  }

  /** What a point stands for. */
  Map<String, NumericArray> at(double[] point) {
    Map<String, NumericArray> arrays = new LinkedHashMap<>();
    for (Part p : parts) arrays.put(p.name(), NumericArray.of(p.start().shape(), p.of(point)));
    return arrays;
  }

  /** The entries of some of the variables at a point. */
  NumericArray only(List<String> names, NumericArray point) {
    return NumericArray.vector(
        parts.stream()
            .filter(p -> names.contains(p.name()))
            .flatMapToDouble(p -> Arrays.stream(p.of(point.data())))
            .toArray());
  }
}
