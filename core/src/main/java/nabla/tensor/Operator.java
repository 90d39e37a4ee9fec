package nabla.tensor;

import java.util.List;

/** A named function as a node sees it: the rest of its definition lives with the operations. */
public interface Operator {
  /** The unique name, part of the content of every node that applies it. */
  String name();

  /** Whether the square matrix that it makes of these operands is certainly symmetric. */
  default boolean symmetric(List<Tensor> operands) {
    return false;
  }
}
