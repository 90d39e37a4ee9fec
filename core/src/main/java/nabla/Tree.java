package nabla;

import java.util.List;

/**
 * How a formula is put together, to be walked by a program: translated, counted, drawn.
 *
 * <pre>{@code
 * Tree tree = Expression.parse("x'*A*x").gradient("x").tree();
 * tree // *(+(A, '(A)), x)
 * ((Tree.Operation) tree).operands().getLast() // x
 * }</pre>
 */
public sealed interface Tree {
  /** A number. */
  record Numeral(double value) implements Tree {
    @Override
    public String toString() {
      return value == Math.rint(value) && Math.abs(value) < 1e15
          ? String.valueOf((long) value)
          : String.valueOf(value);
    }
  }

  /** A variable, a size, or an index of a formula in index notation. */
  record Name(String name) implements Tree {
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * An operation and what it is applied to.
   *
   * @param name a function such as {@code exp}; an operator as it is written: {@code + - * / \ ^ .*
   *     ./ .^ ⊗}, and {@code '} for a transpose, {@code -} with one operand for a change of sign;
   *     {@code []} for an entry or a slice, whose first operand is what it is of, {@code :} for a
   *     range or, without operands, a whole axis; {@code [;]} for a matrix of rows and {@code [,]}
   *     for each of them; {@code "…"} for the pattern of an einsum; {@code =} for index notation,
   *     of the left side with its indices and the right one
   */
  record Operation(String name, List<Tree> operands) implements Tree {
    public Operation {
      operands = List.copyOf(operands);
    }

    @Override
    public String toString() {
      List<String> parts = operands.stream().map(Tree::toString).toList();
      return name + "(" + String.join(", ", parts) + ")";
    }
  }
}
