package nabla.bench;

import java.util.List;
import java.util.stream.Stream;
import nabla.Derivative;
import nabla.Expression;
import nabla.Layout;
import nabla.Structure;
import nabla.corpus.Corpus;
import nabla.corpus.Swell;

/**
 * What is measured: the derivative of one expression.
 *
 * @param by the variables to differentiate by, one after the other
 */
public record Input(
    String name, String expression, List<String> by, String declarations, Structure structure) {

  /** The cases of the corpus. */
  static List<Input> corpus() {
    return Corpus.cases().stream()
        .map(
            c ->
                new Input(
                    c.id(),
                    c.expression(),
                    c.by(),
                    c.declarations(),
                    Structure.of(c.structure()).orElseThrow()))
        .toList();
  }

  static List<Input> swell() {
    return Stream.of(Swell.values())
        .map(s -> new Input(s.name(), s.expression(), s.by(), s.declarations(), Structure.AMBIENT))
        .toList();
  }

  /** The input with this name. */
  static Input of(String name) {
    return Stream.concat(corpus().stream(), swell().stream())
        .filter(i -> i.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no input is called " + name));
  }

  Expression parse() {
    return Expression.parse(expression, declarations);
  }

  Derivative derive(Expression parsed) {
    return parsed.derivative(by, Layout.DENOMINATOR, structure);
  }
}
