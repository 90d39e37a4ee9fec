package nabla;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.calculus.Differentiation;
import nabla.calculus.Projection;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.lang.Elaboration;
import nabla.lang.Problem;
import nabla.lang.Syntax;
import nabla.notation.Notation;
import nabla.simplify.Simplifier;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;

/**
 * A function and its derivatives one after the other, and what is needed to write them down. The
 * axes of derivative number j are those of variable 1, …, variable j, then those of the function.
 */
final class Chain {
  final Expression expression;
  final List<Variable> by;
  final Structure structure;

  /** The function and its derivatives, each entry of the variables by itself. */
  final List<Tensor> tensors;

  /** The last derivative, with what is declared of the variables. */
  final Tensor last;

  private final Simplifier simplifier = new Simplifier();
  private final Map<Tensor, Syntax> written = new LinkedHashMap<>();

  Chain(Expression expression, List<String> names, Structure structure) {
    if (names.isEmpty()) throw new IllegalArgumentException("no variable to differentiate by");
    this.expression = expression;
    this.by = names.stream().map(expression::variable).toList();
    this.structure = structure;
    Problem problem = expression.problem();
    rejectCurved(by, structure);
    List<Variable> ambient = by.stream().map(Chain::ambient).toList();
    List<Tensor> chain = new ArrayList<>(List.of(ambient(problem, by)));
    for (int order = 0; order < by.size(); order++) {
      Tensor derivative =
          Differentiation.next(
              simplifier.forDifferentiation(chain.getLast()),
              ambient.subList(0, order),
              ambient.get(order));
      Tensor kept = structured(derivative, by.subList(0, order), by.get(order), structure);
      chain.add(simplifier.normalize(kept));
    }
    tensors = List.copyOf(chain);
    last = Tensors.rewrite(chain.getLast(), node -> declared(node, by));
    problem
        .parts()
        .forEach((part, syntax) -> written.putIfAbsent(simplifier.normalize(part), syntax));
  }

  /** How tensors over the variables of the expression, and further ones, are written. */
  Notation notation(List<Variable> further) {
    List<Variable> variables = new ArrayList<>(expression.symbols());
    variables.addAll(further);
    return new Notation(expression.problem().tensor(), variables, written);
  }

  /** The shortest of the forms of a tensor. */
  Tensor shortest(Tensor tensor, Notation notation) {
    return simplifier.shortest(tensor, written.keySet(), notation::length);
  }

  /** The number of axes of each variable. */
  List<Integer> ranks() {
    return by.stream().map(Variable::rank).toList();
  }

  /** The number of axes of the function. */
  int own() {
    return expression.shape().size();
  }

  /** What is left of the last derivative for a variable that keeps its structure. */
  private static Tensor structured(
      Tensor derivative, List<Variable> earlier, Variable x, Structure structure) {
    int first = earlier.stream().mapToInt(Variable::rank).sum();
    Projection projection = new Projection(x, first);
    return switch (structure) {
      case AMBIENT -> derivative;
      case PROJECTED -> projection.projected(derivative);
      case INDEPENDENT -> projection.independent(derivative);
    };
  }

  private static void rejectCurved(List<Variable> by, Structure structure) {
    if (structure != Structure.PROJECTED || by.size() == 1) return;
    for (Variable x : by) {
      if (!Projection.isCurved(x)) continue;
      throw new NablaException(
          Code.UNSUPPORTED,
          "a second derivative needs more than a projection, because the matrices or vectors that "
              + x.name()
              + " may be form a curved set");
    }
  }

  /**
   * The function with nothing declared of the variables that it is differentiated by, so that every
   * entry of them counts. It is read again: once a matrix was built as a symmetric one, its
   * transpose is the matrix itself, and which entry an index meant is lost.
   */
  private static Tensor ambient(Problem problem, List<Variable> by) {
    if (by.stream().allMatch(v -> v.properties().isEmpty())) return problem.tensor();
    List<Variable> variables =
        problem.variables().stream()
            .map(Problem.Symbol::variable)
            .map(v -> by.contains(v) ? ambient(v) : v)
            .toList();
    return Elaboration.readAs(problem.source(), variables, problem.tensor().shape());
  }

  private static Variable ambient(Variable v) {
    return new Variable(v.name(), v.shape(), Set.of());
  }

  private static Tensor declared(Tensor node, List<Variable> by) {
    if (!(node instanceof Variable v)) return node;
    return by.stream().filter(b -> b.name().equals(v.name())).findFirst().orElse(v);
  }
}
