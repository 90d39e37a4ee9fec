package nabla.lang;

import java.util.ArrayList;
import java.util.HashSet;
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
 * @param definitions named intermediates in order, which a formula may use as the expression does
 */
public record Context(
    List<Variable> variables,
    List<FunctionSymbol> functions,
    Set<String> sizes,
    List<Program.Definition> definitions) {

  /** Without intermediates. */
  public Context(List<Variable> variables, List<FunctionSymbol> functions, Set<String> sizes) {
    this(variables, functions, sizes, List.of());
  }

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
    List<Program.Definition> named =
        problem.program().all().stream().filter(d -> !d.name().isEmpty()).toList();
    return new Context(variables, problem.functions(), sizes, named);
  }

  /** A formula after the definitions that it uses, but for names that it defines itself. */
  Program completed(Program formula) {
    Set<String> own = new HashSet<>();
    for (Program.Definition d : formula.all()) own.add(d.name());
    for (Variable v : variables) own.add(v.name());
    Program completed = formula;
    for (Program.Definition d : definitions.reversed()) {
      boolean used = Names.of(completed).values().stream().anyMatch(n -> n.name().equals(d.name()));
      if (!used || own.contains(d.name())) continue;
      List<Program.Definition> all = new ArrayList<>(List.of(d));
      all.addAll(completed.definitions());
      completed = new Program(List.copyOf(all), completed.result());
    }
    return completed;
  }
}
