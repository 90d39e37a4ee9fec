package nabla.notation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nabla.diagnostic.Span;
import nabla.lang.Program;
import nabla.lang.Syntax;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;

/**
 * How tensors over the variables of one expression are written down: in matrix notation where there
 * is one, otherwise in index notation.
 *
 * <pre>{@code
 * var notation = new Notation(f, variables);
 * TextPrinter.print(notation.of(derivative, List.of("i", "j", "r", "s"), false))
 * // D[i,j,r,s] = A[i,r]*B[s,j]
 * }</pre>
 */
public final class Notation {
  private final FreshNames names;
  private final Map<Tensor, Syntax> written;
  private final Spelling lengths;

  /**
   * @param root the expression
   * @param variables its variables, and those that are only declared
   * @param written how the user wrote some parts, which are written so again unless another way is
   *     shorter
   */
  public Notation(Tensor root, List<Variable> variables, Map<Tensor, Syntax> written) {
    List<Tensor> roots = new ArrayList<>(variables);
    roots.add(root);
    this.names = FreshNames.avoiding(roots);
    this.written = written;
    this.lengths = new Spelling(names.copy(), written);
  }

  /**
   * The formula for a tensor.
   *
   * @param axes names for the axes, used if it needs index notation and they are free; may be empty
   * @param row whether a vector is written as a row
   */
  public Program of(Tensor tensor, List<String> axes, boolean row) {
    Spelling spelling = new Spelling(names.copy(), written);
    List<String> indices = List.of();
    Syntax body;
    if (spelling.isMatrixNotation(tensor) && tensor.rank() <= 2) {
      body = row ? spelling.turned(tensor) : spelling.of(tensor);
    } else {
      boolean named = axes.size() == tensor.rank();
      indices = named ? names.axes(axes) : names.axes(tensor.rank(), java.util.Set.of());
      body = new IndexSpelling(spelling).of(tensor, indices);
    }
    String name = indices.isEmpty() ? "" : "D";
    Program program =
        new Program(spelling.definitions(), new Program.Definition(name, indices, body, Span.NONE));
    return Intermediates.of(program, spelling);
  }

  /** How long a reader finds a tensor: the number of names, numbers and operators. */
  public int length(Tensor tensor) {
    if (lengths.isMatrixNotation(tensor)) return lengths.length(lengths.of(tensor));
    List<String> axes = names.axes(tensor.rank(), java.util.Set.of());
    return lengths.length(new IndexSpelling(lengths).of(tensor, axes));
  }
}
