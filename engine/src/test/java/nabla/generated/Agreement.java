package nabla.generated;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.Compilation;
import nabla.Expression;
import nabla.Output;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;
import nabla.verify.Binding;
import nabla.verify.ReferenceInterpreter;
import nabla.verify.Roundings;

/** What is asked of generated expressions, and whether it agrees with the reference interpreter. */
final class Agreement {
  private static final double SAME = 1e-10;

  /** Numbers much smaller than those that they are made of are rounding errors. */
  private static final double SMALL = 1e-4;

  private Agreement() {}

  /** The value, and derivatives that are not too large. */
  static List<Output> outputs(Expression expression, Dice dice) {
    List<Output> outputs = new ArrayList<>(List.of(Output.value()));
    List<Variable> variables = expression.compilation(outputs).variables();
    if (!variables.isEmpty()) {
      Variable x = dice.pick(variables);
      Variable y = dice.pick(variables);
      int rank = expression.shape().size();
      if (rank + x.rank() <= 4) outputs.add(Output.derivative(x.name()));
      if (rank + x.rank() + y.rank() <= 4) outputs.add(Output.derivative(x.name(), y.name()));
    }
    return outputs;
  }

  /** Too large, or 1/0 whatever the data are. */
  static boolean isExpected(NablaException refused) {
    return Points.isTooLarge(refused)
        || refused.diagnostic().message().startsWith("division by zero");
  }

  /** The data of the variables that are asked for. */
  static Map<String, NumericArray> used(Binding at, Compilation asked) {
    Map<String, NumericArray> used = new LinkedHashMap<>(at.variables());
    used.keySet().retainAll(asked.variables().stream().map(Variable::name).toList());
    return used;
  }

  /** How far from its value something is, if that is more than rounding; else 0. */
  static double off(Tensor tensor, Binding at, NumericArray found, long seed) {
    NumericArray expected = ReferenceInterpreter.evaluate(tensor, at);
    double off = distance(expected, found);
    boolean same =
        off <= SAME * Math.max(SMALL, expected.largest()) || off <= Roundings.of(tensor, at, seed);
    return same ? 0 : off;
  }

  /** The largest difference of two entries; infinite if one is no number. */
  private static double distance(NumericArray expected, NumericArray found) {
    if (!Arrays.equals(expected.shape(), found.shape())) return Double.POSITIVE_INFINITY;
    double off = 0;
    for (int k = 0; k < expected.count(); k++) {
      double own = Math.abs(expected.data()[k] - found.data()[k]);
      if (Double.isNaN(own)) return Double.POSITIVE_INFINITY;
      off = Math.max(off, own);
    }
    return off;
  }
}
