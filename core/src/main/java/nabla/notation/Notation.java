package nabla.notation;

import java.util.List;
import nabla.tensor.Tensor;

/** Stub. */
public final class Notation {
  private Notation() {}

  public static Formula formula(Tensor tensor, List<String> axes, boolean row) {
    return new Formula(List.of(), Build.name(tensor.toString() + axes + row));
  }

  public static int length(Tensor tensor) {
    return Tokens.count(formula(tensor, List.of(), false).body());
  }
}
