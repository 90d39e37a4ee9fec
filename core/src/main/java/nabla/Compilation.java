package nabla;

import java.util.List;
import java.util.Map;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;

/** What an engine is asked to compile: an expression, and what is wanted of it. */
public final class Compilation {
  private final Expression expression;
  private final List<Output> outputs;
  private final List<Tensor> tensors;

  Compilation(Expression expression, List<Output> outputs) {
    Data.requireKnown(expression.problem());
    if (outputs.isEmpty()) {
      throw new NablaException(Code.REQUEST, "nothing is asked for: value, gradient, hessian ...");
    }
    this.expression = expression;
    this.outputs = List.copyOf(outputs);
    Evaluands evaluands = new Evaluands(expression, outputs);
    this.tensors = outputs.stream().map(evaluands::of).toList();
  }

  public Expression expression() {
    return expression;
  }

  /**
   * The expression as it was read: nothing is simplified, so that its domain is that of the user.
   */
  public Tensor written() {
    return expression.problem().tensor();
  }

  public List<Output> outputs() {
    return outputs;
  }

  /** The outputs as tensors over {@link #variables()}, which share their nodes. */
  public List<Tensor> tensors() {
    return tensors;
  }

  /** The variables of the expression, as they are declared or inferred. */
  public List<Variable> variables() {
    return expression.symbols();
  }

  /**
   * The sizes that data have.
   *
   * @param data an array for every variable
   * @throws NablaException with {@link Code#VALUE} if one is missing or has another shape than the
   *     others say; with {@link Code#PROPERTY} if one has not the property that is declared of it
   */
  public Map<String, Integer> sizes(Map<String, NumericArray> data) {
    return Data.bind(expression.problem(), data).sizes();
  }

  /** The same with an arithmetic of matrices to find out about their properties. */
  public Map<String, Integer> sizes(Map<String, NumericArray> data, MatrixArithmetic arithmetic) {
    return Data.bind(expression.problem(), data, arithmetic).sizes();
  }

  /**
   * Checks that data have what is declared of a variable.
   *
   * @throws NablaException with {@link Code#PROPERTY} if they have not
   */
  public void check(Variable variable, NumericArray data, MatrixArithmetic arithmetic) {
    PropertyCheck.require(variable, data, arithmetic);
  }

  /**
   * Checks what one look at each entry shows of that.
   *
   * @throws NablaException with {@link Code#PROPERTY} if data contradict what is declared
   */
  public void checkAtSight(Variable variable, NumericArray data) {
    PropertyCheck.requireAtSight(variable, data);
  }
}
