package nabla.generated;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import nabla.tensor.Property;
import nabla.tensor.Variable;

/**
 * A generated expression with all that is needed to judge it.
 *
 * @param intermediates parts of it that are written as named intermediates
 * @param sizes a number for every name of a size
 * @param seed what its point is drawn from
 */
record Sample(
    Term term,
    List<Term> intermediates,
    List<Variable> variables,
    Map<String, Integer> sizes,
    long seed) {

  Sample {
    sizes = new TreeMap<>(sizes);
  }

  String text() {
    return term.program(intermediates);
  }

  String declarations() {
    return declarations(variables);
  }

  static String declarations(List<Variable> variables) {
    return variables.stream().map(Sample::declaration).collect(Collectors.joining("; "));
  }

  private static String declaration(Variable v) {
    String kind = List.of("scalar", "vector", "matrix", "tensor").get(v.rank());
    String shape = v.shape().stream().map(Object::toString).collect(Collectors.joining(","));
    StringBuilder text = new StringBuilder(v.name() + ": " + kind);
    if (v.rank() > 0) text.append('[').append(shape).append(']');
    for (Property p : Property.values()) if (v.is(p)) text.append(' ').append(p.label());
    return text.toString();
  }

  /** The variables without anything declared of them but kind and size. */
  List<Variable> free() {
    return variables.stream().map(v -> new Variable(v.name(), v.shape(), Set.of())).toList();
  }

  Sample with(Term other) {
    Set<Term> left = other.all();
    List<Term> named = intermediates.stream().filter(i -> left.contains(i)).toList();
    return new Sample(other, named, variables, sizes, seed);
  }

  Sample inOneLine() {
    return new Sample(term, List.of(), variables, sizes, seed);
  }

  Sample withVariables(List<Variable> others) {
    return new Sample(term, intermediates, others, sizes, seed);
  }
}
