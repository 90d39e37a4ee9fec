package nabla.optimize;

import java.util.LinkedHashMap;
import java.util.Map;
import nabla.Expression;
import nabla.Nabla;
import nabla.Symbol;
import nabla.diagnostic.NablaException;
import nabla.optimize.Variables.Part;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/**
 * The product of the Hessian with a vector v, without the Hessian: the gradient of {@code g'*v},
 * which takes about as long as two gradients (Pearlmutter, 1994).
 */
final class HessianProduct {
  private final Objective slope;
  private final Variables variables;
  private final Map<String, String> directions;

  private HessianProduct(Objective slope, Variables variables, Map<String, String> directions) {
    this.slope = slope;
    this.variables = variables;
    this.directions = directions;
  }

  /**
   * Null if the gradient can't be written, or not be derived.
   *
   * @param threads how many the engine may use
   */
  static @Nullable HessianProduct of(
      Expression function,
      Map<String, NumericArray> data,
      Variables variables,
      Map<String, NumericArray> parameters,
      int threads) {
    Declarations names = new Declarations();
    names.add(function);
    Map<String, String> directions = new LinkedHashMap<>();
    Map<String, NumericArray> all = new LinkedHashMap<>(parameters);
    try {
      Expression along = Nabla.number(0);
      for (Part p : variables.parts) {
        String direction = names.fresh("direction" + directions.size());
        directions.put(p.name(), direction);
        all.put(direction, p.start());
        Expression gradient = function.gradient(p.name()).expression();
        Expression v = Nabla.variable(declaration(function, p.name(), direction));
        along = along.plus(Nabla.call("sum", gradient.elementTimes(v)));
      }
      Box everything = Box.everything(variables.size);
      Objective slope = new Objective(along, data, variables, all, everything, threads);
      return new HessianProduct(slope, variables, directions);
    } catch (NablaException unwritten) {
      return null;
    }
  }

  /** A variable of the same kind with another name. */
  private static String declaration(Expression function, String variable, String name) {
    for (Symbol s : function.variables()) {
      if (!s.name().equals(variable)) continue;
      String declared = s.declaration();
      return name + declared.substring(declared.indexOf(':'));
    }
    throw new IllegalArgumentException(variable);
  }

  /** H*v at a point. */
  double[] times(double[] point, double[] vector) {
    variables
        .at(vector)
        .forEach((name, array) -> slope.set(directions.getOrDefault(name, name), array));
    double[] product = new double[point.length];
    slope.value(point, product);
    return product;
  }
}
