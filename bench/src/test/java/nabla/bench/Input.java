package nabla.bench;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nabla.Derivative;
import nabla.Expression;
import nabla.Layout;
import nabla.corpus.Corpus;
import nabla.corpus.Swell;

/**
 * What is measured: the derivative of one expression.
 *
 * @param by the variables to differentiate by, one after the other
 */
public record Input(String name, String expression, List<String> by, String declarations) {

  /** The cases of the corpus that Nabla answers. */
  static List<Input> corpus() {
    Map<String, String> excluded = Corpus.excluded();
    return Corpus.cases().stream()
        .filter(c -> !excluded.containsKey(c.id()))
        .map(c -> new Input(c.id(), c.expression(), c.by(), c.declarations()))
        .toList();
  }

  static List<Input> swell() {
    return Stream.of(Swell.values())
        .map(s -> new Input(s.name(), s.expression(), s.by(), s.declarations()))
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
    return parsed.derivative(by, Layout.DENOMINATOR);
  }
}
