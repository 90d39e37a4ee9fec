package nabla.engine;

import java.util.Set;
import nabla.tensor.Apply;
import nabla.tensor.Constant;
import nabla.tensor.Einsum;
import nabla.tensor.Elementwise;
import nabla.tensor.Extent;
import nabla.tensor.Property;
import nabla.tensor.Structural;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Triangle;
import nabla.tensor.Unit;
import nabla.tensor.Variable;

/** Which tensors have no negative entry, whatever the data are. */
final class Signs {
  private static final Set<String> NONNEGATIVE =
      Set.of("exp", "sigmoid", "softplus", "abs", "relu", "step", "cosh", "softmax", "rowsoftmax");

  private Signs() {}

  static boolean isNonnegative(Einsum.Factor factor) {
    boolean even =
        factor.exponent().isInteger() && factor.exponent().numerator().getLowestSetBit() > 0;
    return even || isNonnegative(factor.tensor());
  }

  static boolean isNonnegative(Tensor tensor) {
    return switch (tensor) {
      case Variable v ->
          v.is(Property.POSITIVE) || v.is(Property.NONNEGATIVE) || v.is(Property.SIMPLEX);
      case Constant _, Extent _ -> true;
      case Structural s -> s instanceof Unit || s instanceof Triangle;
      case Einsum e ->
          e.coefficient().signum() >= 0 && e.factors().stream().allMatch(Signs::isNonnegative);
      case Sum s ->
          s.terms().stream()
              .allMatch(t -> t.coefficient().signum() >= 0 && isNonnegative(t.tensor()));
      case Elementwise e -> NONNEGATIVE.contains(e.operator().name());
      case Apply a ->
          a.operator() instanceof SoftmaxProducts.Part || NONNEGATIVE.contains(a.operator().name());
    };
  }
}
