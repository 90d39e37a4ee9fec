package nabla.tensor;

import java.util.stream.Collectors;

/** Index notation for debuggers and failing tests: {@code [i] 2 A[i,j] x[j]}. */
final class DebugText {
  private DebugText() {}

  static String of(Tensor tensor) {
    return switch (tensor) {
      case Variable v -> v.name();
      case Constant c -> c.name();
      case Extent e -> e.size().toString();
      case Unit u -> "unit(" + u.index() + "," + u.size() + ")";
      case Fuse f -> "fuse(" + f.rows() + "," + f.columns() + ")";
      case Triangle t -> "triangle";
      case Selection s -> "selection(" + s.offset() + "," + s.length() + ")";
      case Alternating a -> "epsilon";
      case Elementwise e -> call(e.operator(), e);
      case Apply a -> call(a.operator(), a);
      case Sum s ->
          s.isZero()
              ? "0" + s.shape()
              : s.terms().stream()
                  .map(t -> t.coefficient() + " " + of(t.tensor()))
                  .collect(Collectors.joining(" + ", "(", ")"));
      case Einsum e ->
          letters(e.output())
              + e.coefficient()
              + e.factors().stream()
                  .map(
                      f ->
                          " "
                              + of(f.tensor())
                              + (f.isPlain() ? "" : "^" + f.exponent())
                              + letters(f.labels()))
                  .collect(Collectors.joining());
    };
  }

  private static String call(Operator operator, Tensor node) {
    return operator.name()
        + node.operands().stream().map(DebugText::of).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String letters(java.util.List<Integer> labels) {
    return labels.stream()
        .map(l -> l < 18 ? String.valueOf((char) ('i' + l)) : "l" + l)
        .collect(Collectors.joining(",", "[", "]"));
  }
}
