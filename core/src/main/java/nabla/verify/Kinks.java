package nabla.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import nabla.operation.Primitive;
import nabla.tensor.Elementwise;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/**
 * The kinks of formulas, such as that of {@code relu(x - 5)} where {@code x} is 5, and on which of
 * their sides points have been. What happens on one side tells nothing about the other.
 */
final class Kinks {
  private static final NumericArray ZERO = NumericArray.scalar(0);

  /** What functions with a kink at 0 are applied to. */
  private final Set<Tensor> operands = new LinkedHashSet<>();

  /** Whether any entry of each operand is negative, and whether any is positive. */
  private final Set<List<Boolean>> seen = new HashSet<>();

  Kinks(List<Tensor> formulas) {
    for (Tensor formula : formulas) {
      for (Tensor node : Tensors.topological(formula)) {
        if (!(node instanceof Elementwise e) || e.operands().size() != 1) continue;
        boolean kinked = Primitive.of(e.operator()).distanceToKink(List.of(ZERO)) == 0;
        if (kinked) operands.add(e.operands().getFirst());
      }
    }
  }

  boolean isEmpty() {
    return operands.isEmpty();
  }

  /** Notes a point; true if no point before was on the same sides of all kinks. */
  boolean see(Binding at) {
    List<Boolean> sides = new ArrayList<>();
    for (Tensor operand : operands) {
      double[] data = ReferenceInterpreter.evaluate(operand, at).data();
      sides.add(Arrays.stream(data).anyMatch(x -> x < 0));
      sides.add(Arrays.stream(data).anyMatch(x -> x > 0));
    }
    return seen.add(sides);
  }
}
