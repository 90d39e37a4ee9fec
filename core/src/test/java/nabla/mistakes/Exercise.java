package nabla.mistakes;

import java.util.List;
import java.util.stream.Stream;
import nabla.Derivative;
import nabla.Expression;
import nabla.Layout;
import nabla.lang.Parser;
import nabla.lang.Program;
import nabla.lang.Syntax;

/**
 * A function to differentiate, and its right derivative.
 *
 * @param by the variables, one after the other
 */
record Exercise(
    String function,
    List<String> by,
    String declarations,
    Expression expression,
    Derivative right) {

  static Exercise of(String line) {
    String[] cells = line.split(" *\\| *", -1);
    Expression expression = Expression.parse(cells[0], cells[2]);
    List<String> by = List.of(cells[1].split(",", -1));
    Derivative right = expression.derivative(by, Layout.DENOMINATOR);
    return new Exercise(cells[0], by, cells[2], expression, right);
  }

  /** The right formula, to be spoilt; nothing if it has named parts. */
  Stream<Program> formula() {
    Program program = Parser.parse(right.text());
    return program.definitions().isEmpty() ? Stream.of(program) : Stream.empty();
  }

  /** The same formula if it is no index notation. */
  Stream<Syntax> matrixFormula() {
    return formula().filter(p -> p.result().indices().isEmpty()).map(p -> p.result().value());
  }

  Syntax written() {
    return Parser.parse(function).result().value();
  }

  /** The first variable. */
  String variable() {
    return by.getFirst();
  }

  @Override
  public String toString() {
    return function + " by " + String.join(",", by);
  }
}
