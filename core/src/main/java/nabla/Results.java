package nabla;

import java.util.LinkedHashMap;
import java.util.Map;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;

/** The outputs of a function at a point. */
public final class Results {
  private final Map<Output, StructuredArray> arrays;

  /**
   * @param arrays each output that was asked for, in order
   */
  public Results(Map<Output, StructuredArray> arrays) {
    this.arrays = new LinkedHashMap<>(arrays);
  }

  /**
   * An output.
   *
   * @throws NablaException with {@link Code#REQUEST} if it was not asked for
   */
  public StructuredArray get(Output output) {
    StructuredArray array = arrays.get(output);
    if (array == null) {
      throw new NablaException(Code.REQUEST, "the " + output.label() + " was not asked for");
    }
    return array;
  }

  /** The value of a scalar function. */
  public double value() {
    NumericArray value = get(Output.value()).dense();
    if (value.rank() > 0) {
      throw new NablaException(
          Code.KIND, "the value is no scalar; get(Output.value()) has its entries");
    }
    return value.data()[0];
  }

  /** The only gradient that was asked for. */
  public NumericArray gradient() {
    return only(DifferentialOperator.GRADIENT).dense();
  }

  /** The gradient by a variable. */
  public NumericArray gradient(String variable) {
    return get(Output.gradient(variable)).dense();
  }

  /** The only Hessian that was asked for. */
  public StructuredArray hessian() {
    return only(DifferentialOperator.HESSIAN);
  }

  /** The Hessian by a variable. */
  public StructuredArray hessian(String variable) {
    return get(Output.hessian(variable));
  }

  /** The only Jacobian that was asked for. */
  public StructuredArray jacobian() {
    return only(DifferentialOperator.JACOBIAN);
  }

  /** Every output that was asked for, in order. */
  public Map<Output, StructuredArray> all() {
    return java.util.Collections.unmodifiableMap(arrays);
  }

  private StructuredArray only(DifferentialOperator operator) {
    Output found = null;
    for (Output o : arrays.keySet()) {
      if (o.operator() != operator || o.isValue()) continue;
      if (found != null) {
        throw new NablaException(
            Code.REQUEST, "there are several: " + found.label() + " and " + o.label());
      }
      found = o;
    }
    if (found == null) {
      throw new NablaException(Code.REQUEST, "no " + operator.label() + " was asked for");
    }
    return get(found);
  }
}
