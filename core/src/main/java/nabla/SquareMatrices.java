package nabla;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import nabla.tensor.Size;
import nabla.tensor.Variable;

/**
 * The assumption that two sizes are one, by which matrices become square.
 *
 * @param variables those of the expression, with the smaller name for both sizes
 * @param text the assumption in words
 */
record SquareMatrices(List<Variable> variables, String text) {

  /** One for each pair of sizes that have names. */
  static Stream<SquareMatrices> of(Expression expression) {
    List<Variable> variables = expression.symbols();
    List<String> names =
        new TreeSet<>(
                variables.stream()
                    .flatMap(v -> v.shape().stream())
                    .flatMap(s -> s.names().stream())
                    .toList())
            .stream().toList();
    return names.stream()
        .flatMap(
            kept ->
                names.stream()
                    .filter(other -> other.compareTo(kept) > 0)
                    .map(other -> of(variables, kept, other)));
  }

  private static SquareMatrices of(List<Variable> variables, String kept, String other) {
    Map<String, Size> renaming = Map.of(other, Size.of(kept));
    List<Variable> renamed =
        variables.stream()
            .map(
                v ->
                    new Variable(
                        v.name(),
                        v.shape().stream().map(s -> s.substitute(renaming)).toList(),
                        v.properties()))
            .toList();
    List<Size> sizes = List.of(Size.of(kept), Size.of(other));
    String text =
        variables.stream()
            .filter(v -> v.rank() == 2 && v.shape().containsAll(sizes))
            .map(v -> v.name() + " is square")
            .findFirst()
            .orElse(kept + " = " + other);
    return new SquareMatrices(renamed, text);
  }
}
