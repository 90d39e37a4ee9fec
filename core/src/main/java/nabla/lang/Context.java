package nabla.lang;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import nabla.operation.FunctionSymbol;
import nabla.tensor.Einsum;
import nabla.tensor.Extent;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;

/**
 * What a formula about an expression is read over.
 *
 * @param functions those that are only declared
 * @param sizes names that are sizes, also where no variable has them
 */
public record Context(List<Variable> variables, List<FunctionSymbol> functions, Set<String> sizes) {

  /** Variables alone. */
  public static Context of(List<Variable> variables) {
    return new Context(variables, List.of(), Set.of());
  }

  /** That of a problem, with other variables of the same names. */
  static Context of(Problem problem, List<Variable> variables) {
    Set<String> sizes = new TreeSet<>();
    for (Tensor node : Tensors.topological(problem.tensor())) {
      for (Size size : node.shape()) sizes.addAll(size.names());
      if (node instanceof Extent extent) sizes.addAll(extent.size().names());
      if (node instanceof Einsum product) {
        for (Size size : product.sizes()) sizes.addAll(size.names());
      }
    }
    return new Context(variables, problem.functions(), sizes);
  }
}
