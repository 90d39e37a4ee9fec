package nabla.operation;

import java.util.List;
import nabla.tensor.Operator;
import nabla.tensor.Tensor;

/** A function of the language: its names, what it accepts and the tensor that it stands for. */
public interface Operation extends Operator {
  /** What transposing a matrix operand does to the result. */
  enum Transposition {
    /** Nothing that is known. */
    OTHER,
    /** f(X') = f(X)' */
    FOLLOWS,
    /** f(X') = f(X) */
    IDLE
  }

  /** What transposing the only operand does to the result. */
  default Transposition transposition() {
    return Transposition.OTHER;
  }

  /** Other spellings that the parser accepts. */
  default List<String> aliases() {
    return List.of();
  }

  /** One line of documentation, with the source of the formula where there is one. */
  String summary();

  /** What it accepts and returns, tried in order. */
  List<Signature> signatures();

  /**
   * The tensor that the call stands for.
   *
   * @param operands as many, of such shapes, as one of the signatures says
   */
  Tensor of(List<Tensor> operands);
}
