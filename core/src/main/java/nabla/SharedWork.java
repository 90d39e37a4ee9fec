package nabla;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import nabla.calculus.Differentiation;
import nabla.lang.Syntax;
import nabla.notation.Notation;
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

  private final Tensor function;
  private final List<Variable> symbols;
  private final List<Variable> wanted;
  private final Map<Tensor, Map<Variable, Tensor>> walks = new HashMap<>();

  /**
   * @param wanted the variables that the function is differentiated by
   */
  SharedWork(Expression expression, List<Variable> wanted) {
    this.wanted = wanted;
    this.function = expression.problem().tensor();
    this.symbols = expression.symbols();
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
    if (!earlier.isEmpty()) return Differentiation.next(root, earlier, x);
    Map<Variable, Tensor> walk = walks.get(root);
    if (walk == null) {
      walk = Differentiation.derivatives(root, wantedOf(root));
      walks.put(root, walk);
    }
    return Objects.requireNonNull(walk.get(x));
  }

  /** How tensors over the variables of the expression, and further ones, are written. */
  Notation notation(List<Variable> further) {
    return new Notation(
        function, Stream.concat(symbols.stream(), further.stream()).distinct().toList(), written);
  }

  /** The shortest of the forms of a tensor. */
  Tensor shortest(Tensor tensor, Notation notation) {
    return simplifier.shortest(tensor, written.keySet(), notation::length);
  }

  /** A tensor multiplied out. */
  Tensor expanded(Tensor tensor) {
    return simplifier.expanded(tensor, written.keySet());
  }

  /** Without those that the function still has with their declared properties. */
  private List<Variable> wantedOf(Tensor root) {
    List<Variable> known = Tensors.variables(root);
    return wanted.stream()
        .filter(v -> known.stream().allMatch(k -> k.equals(v) || !k.name().equals(v.name())))
        .toList();
  }
}
