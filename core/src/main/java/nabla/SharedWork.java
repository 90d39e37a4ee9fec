package nabla;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nabla.calculus.Differentiation;
import nabla.lang.Syntax;
import nabla.simplify.Simplifier;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;

/**
 * What several derivatives of one expression have in common: the walk back from the function, what
 * is simplified already, and the parts that the user wrote.
 */
final class SharedWork {
  final Simplifier simplifier = new Simplifier();

  /** The parts of the expression in normal form. */
  final Map<Tensor, Syntax> written = new LinkedHashMap<>();

  private final List<Variable> wanted;
  private final Map<Tensor, Map<Variable, Tensor>> walks = new HashMap<>();

  /**
   * @param wanted the variables that the function is differentiated by
   */
  SharedWork(Expression expression, List<Variable> wanted) {
    this.wanted = wanted;
    expression
        .problem()
        .parts()
        .forEach((part, syntax) -> written.putIfAbsent(simplifier.normalize(part), syntax));
  }

  /**
   * The next derivative of a chain, as {@link Differentiation#next} has it.
   *
   * @param normal in normal form
   */
  Tensor next(Tensor normal, List<Variable> earlier, Variable x) {
    Tensor root = simplifier.forDifferentiation(normal);
    if (!earlier.isEmpty() || !wanted.contains(x)) return Differentiation.next(root, earlier, x);
    Map<Variable, Tensor> walk = walks.get(root);
    if (walk == null) {
      walk = Differentiation.derivatives(root, wantedOf(root));
      walks.put(root, walk);
    }
    return Objects.requireNonNull(walk.get(x));
  }

  /** Without those that the function still has with their declared properties. */
  private List<Variable> wantedOf(Tensor root) {
    List<Variable> known = Tensors.variables(root);
    return wanted.stream()
        .filter(v -> known.stream().allMatch(k -> k.equals(v) || !k.name().equals(v.name())))
        .toList();
  }
}
