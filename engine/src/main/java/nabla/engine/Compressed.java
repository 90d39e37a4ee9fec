package nabla.engine;

import java.util.List;
import java.util.Set;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;

/**
 * An output as the numbers that make it up, and how it is put together from them.
 *
 * @param form what it is
 * @param cores what has to be computed, over the variables of the function
 * @param parts a variable in the place of each core
 * @param whole the output over the parts
 * @param rows how many of its axes are those of the rows of the matrix
 */
record Compressed(Form form, List<Tensor> cores, List<Variable> parts, Tensor whole, int rows) {

  /** What an output is. */
  sealed interface Form {}

  /** Nothing but numbers: the one core is the output. */
  record Dense() implements Form {}

  /**
   * A block for each point of some pairs of axes, and 0 where the two axes of a pair differ. The
   * core has one axis for each pair in {@code varying}, then the other axes of the rows, then those
   * of the columns; along the other pairs all blocks are the same.
   *
   * @param paired the axes of the rows that are paired, each with the same one of the columns
   * @param varying those of them along which blocks differ
   */
  record Blocks(List<Integer> paired, List<Integer> varying) implements Form {}

  /** A Kronecker product: core number k has axis k of the rows, then axis k of the columns. */
  record Kronecker() implements Form {}

  /**
   * A diagonal, the first core, and products of two cores more: the first of a pair has the axes of
   * the rows, the second those of the columns, and both may have one axis more at the end, which is
   * summed over.
   *
   * @param signs what each pair is multiplied with
   */
  record DiagonalPlusLowRank(List<Double> signs) implements Form {}

  static Compressed dense(Tensor tensor, int rows) {
    Variable part = part(0, tensor);
    return new Compressed(new Dense(), List.of(tensor), List.of(part), part, rows);
  }

  /** A name that no variable of a user can have. */
  static Variable part(int number, Tensor like) {
    return new Variable("[" + number + "]", like.shape(), Set.of());
  }
}
