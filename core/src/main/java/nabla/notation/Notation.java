package nabla.notation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
  /**
   * In tokens: what is longer names its repeated parts. Shared parts nest, so that a formula
   * written out can be exponentially longer than what it is made of; with names it never is.
   */
  private static final int LONGEST_WHOLE = 1_000;

  /** What an array is called of which the entries are shown. */
  private static final List<String> RESULTS = List.of("D", "G", "H", "M");

  private final FreshNames names;
  private final Map<Tensor, Syntax> written;
  private final Spelling lengths;
  private final Set<String> variables;

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
    this.variables = variables.stream().map(Variable::name).collect(Collectors.toSet());
  }

  /**
   * The formula for a tensor. If it is very long, its repeated parts have names: the length may
   * grow exponentially with the number of different parts.
   *
   * @param axes names for the axes, used if it needs index notation and they are free; may be empty
   * @param row whether a vector is written as a row
   */
  public Program of(Tensor tensor, List<String> axes, boolean row) {
    Spelling spelling = new Spelling(names.copy(), written);
    if (!spelling.isMatrixNotation(tensor) || tensor.rank() > 2) return inIndices(tensor, axes);
    Syntax body = row ? spelling.turned(tensor) : spelling.of(tensor);
    return program(spelling, List.of(), body);
  }

  /** The formula in index notation, whether there is a matrix notation or not. */
  public Program inIndices(Tensor tensor, List<String> axes) {
    Spelling spelling = new Spelling(names.copy(), written);
    boolean named = axes.size() == tensor.rank();
    List<String> indices = named ? names.axes(axes) : names.axes(tensor.rank(), Set.of());
    return program(spelling, indices, new IndexSpelling(spelling).of(tensor, indices));
  }

  private Program program(Spelling spelling, List<String> indices, Syntax body) {
    String name = indices.isEmpty() ? "" : names.unused(RESULTS);
    Program.Definition result = new Program.Definition(name, indices, body, Span.NONE);
    Program program = new Program(spelling.definitions(), result);
    long length = program.all().stream().mapToLong(d -> spelling.length(d.value())).sum();
    return length <= LONGEST_WHOLE ? program : Repeats.named(program, variables, spelling.names());
  }

  /** The same formula with a name for every long part that stands in it more than once. */
  public Program namingRepeats(Program formula) {
    return Repeats.named(formula, variables, names.copy());
  }

  /** How long a reader finds a tensor: the number of names, numbers and operators. */
  public int length(Tensor tensor) {
    if (lengths.isMatrixNotation(tensor)) return lengths.length(lengths.of(tensor));
    List<String> axes = names.axes(tensor.rank(), Set.of());
    return lengths.length(new IndexSpelling(lengths).of(tensor, axes));
  }
}
