package nabla;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import nabla.lang.Program;
import nabla.notation.Notation;
import nabla.notation.TextPrinter;
import nabla.tensor.Fuse;
import nabla.tensor.Product;
import nabla.tensor.Tensor;
import nabla.tensor.TermByTerm;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/**
 * A derivative of three or four axes as a matrix, with each matrix as the vector of its columns:
 * what the textbooks that write Kronecker products call the Jacobian or the Hessian.
 *
 * @param label what it is, such as {@code ∂vec(Y)/∂vec(X)'}
 */
record Vectorization(Chain chain, String label, Tensor tensor) {

  /** Null if a derivative is a matrix as it is, or no matrix either way. */
  static @Nullable Vectorization of(Chain chain, Layout layout) {
    if (chain.operator.isTrace()) return null;
    List<List<Integer>> groups = chain.groups().stream().filter(g -> !g.isEmpty()).toList();
    boolean flat = groups.stream().allMatch(g -> g.size() == 1);
    if (groups.size() != 2 || flat || groups.stream().anyMatch(g -> g.size() > 2)) return null;
    boolean swap = layout != Layout.DENOMINATOR && chain.own() > 0;
    Tensor matrix =
        TermByTerm.each(chain.last, (product, labels) -> fused(product, labels, groups, swap));
    return new Vectorization(chain, label(chain, swap), matrix);
  }

  /** What stands along the columns is marked by a transpose; numbers stand along neither side. */
  private static String label(Chain chain, boolean swap) {
    List<Variable> by = chain.by;
    boolean isNumber = chain.own() == 0;
    int last = IntStream.range(0, by.size()).filter(k -> by.get(k).rank() > 0).max().orElse(-1);
    StringBuilder below = new StringBuilder();
    for (int k = 0; k < by.size(); k++) {
      boolean columns = k == last && (isNumber || swap);
      below.append("∂").append(vec(by.get(k).name(), by.get(k).rank())).append(columns ? "'" : "");
    }
    String function = vec(EntryText.function(chain.own()), chain.own());
    boolean columns = !isNumber && !swap;
    return "∂" + EntryText.power(by) + function + (columns ? "'" : "") + "/" + below;
  }

  private static String vec(String name, int rank) {
    return rank == 2 ? "vec(" + name + ")" : name;
  }

  private static Tensor fused(
      Product product, List<Integer> labels, List<List<Integer>> groups, boolean swap) {
    List<Integer> output = new ArrayList<>();
    for (List<Integer> group : groups) {
      int first = labels.get(group.getFirst());
      boolean vector = group.size() == 1;
      output.add(vector ? first : Fuse.join(product, first, labels.get(group.get(1))));
    }
    return product.to(swap ? output.reversed() : output);
  }

  /** The matrix written with Kronecker products; null if it needs indices. */
  @Nullable String text() {
    Notation notation = chain.work.notation(List.of());
    Program program = notation.of(chain.work.shortest(tensor, notation), List.of(), false);
    return program.result().indices().isEmpty() ? TextPrinter.print(program) : null;
  }
}
