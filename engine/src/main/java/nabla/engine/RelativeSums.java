package nabla.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nabla.engine.kernel.BinaryFunction;
import nabla.engine.kernel.UnaryFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is summed up relative to the shift of exponentials while that still grows: numbers in
 * proportion to exp(-shift), which can be put right by a factor.
 */
final class RelativeSums {
  private final Value shift;
  private final Set<Value> relative = new HashSet<>();
  private final List<Value> sums = new ArrayList<>();

  private RelativeSums(Value shift) {
    this.shift = shift;
  }

  /**
   * The sums relative to a shift.
   *
   * @param stage what is done before the shift is complete
   * @param kept what has to be complete in the end
   * @param later what is done when it is complete
   * @return null if something else depends on the shift, and has to wait for it
   */
  static @Nullable List<Value> of(
      Value shift, List<Stages.Item> stage, Set<Value> kept, List<Stages.Item> later) {
    RelativeSums sums = new RelativeSums(shift);
    for (Stages.Item item : stage) {
      for (Node node : item.step().nodes()) {
        if (node.result().equals(shift) || sums.isFree(node.operands())) continue;
        if (item.split() == null || !sums.take(node, item.split())) return null;
      }
    }
    boolean needed = sums.relative.stream().anyMatch(kept::contains);
    for (Stages.Item item : later) {
      needed |= Stages.operands(item.step()).stream().anyMatch(sums.relative::contains);
    }
    return needed ? null : sums.sums;
  }

  private boolean isFree(List<Value> values) {
    return values.stream().noneMatch(v -> v.equals(shift) || relative.contains(v));
  }

  /** Whether the node is in proportion to what it reads of it. */
  private boolean take(Node node, Split split) {
    boolean proportional =
        switch (node) {
          case Node.Pointwise p ->
              p.before() == null
                  && (p.effect() == Node.Effect.STORE || p.effect() == Node.Effect.SUM)
                  && isRelative(p.code());
          case Node.MatrixProduct p ->
              relative.contains(p.left().value()) != relative.contains(p.right().value());
          default -> false;
        };
    if (proportional && split.accumulates(node)) sums.add(node.result());
    else if (proportional) relative.add(node.result());
    return proportional;
  }

  /** Whether a number is in proportion to exp(-shift). */
  private boolean isRelative(Code code) {
    return switch (code) {
      case Code.Read r -> relative.contains(r.value());
      case Code.Unary(UnaryFunction f, Code x) when f == UnaryFunction.NEGATE -> isRelative(x);
      case Code.Unary(UnaryFunction f, Code x) -> f == UnaryFunction.EXP && isShifted(x);
      case Code.Binary(BinaryFunction f, Code x, Code y) ->
          switch (f) {
            case ADD, SUBTRACT -> isRelative(x) && isRelative(y);
            case MULTIPLY -> (isRelative(x) && isFree(y)) || (isFree(x) && isRelative(y));
            case DIVIDE -> isRelative(x) && isFree(y);
            case MAX, MIN, POWER, MASK -> false;
          };
      case Code.Literal _, Code.External _ -> false;
    };
  }

  private boolean isFree(Code code) {
    return isFree(code.reads().map(Code.Read::value).toList());
  }

  private boolean isShifted(Code code) {
    return code instanceof Code.Binary(BinaryFunction f, Code x, Code.Read y)
        && f == BinaryFunction.SUBTRACT
        && isFree(x)
        && y.value().equals(shift);
  }
}
