package nabla;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nabla.calculus.Differentiation;
import nabla.lang.Problem;
import nabla.simplify.Simplifier;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;

/**
 * Derivatives as they are evaluated: the function in its stable normal form, differentiated in
 * reverse mode again and again, all nodes shared, nothing multiplied out or made short but what
 * takes many times as long otherwise. What is shown of a derivative is another view of it, which
 * never gets here.
 */
final class Evaluands {
  private final Expression expression;
  private final List<Variable> moving;
  private final Tensor root;
  private final Map<Order, Tensor> known = new HashMap<>();

  /** What is differentiated by, one after the other. */
  private record Order(List<Target> targets, Structure structure) {}

  /**
   * @param outputs all that will be asked for, so that they can have their work in common
   */
  Evaluands(Expression expression, List<Output> outputs) {
    this.expression = expression;
    this.moving =
        outputs.stream()
            .flatMap(o -> o.variables().stream())
            .map(name -> Target.of(expression, name).variable())
            .distinct()
            .toList();
    Simplifier simplifier = new Simplifier();
    Problem problem = expression.problem();
    Tensor normal = simplifier.normalize(Chain.ambient(problem, moving));
    this.root = simplifier.forDifferentiation(normal);
  }

  /** An output as a tensor over the variables as they are declared. */
  Tensor of(Output output) {
    List<Target> targets =
        output.variables().stream().map(name -> Target.of(expression, name)).toList();
    if (!output.isValue()) {
      Chain.require(expression, output.operator(), targets, output.structure());
    }
    Tensor derivative = derivative(targets, output.structure());
    List<Integer> ranks = targets.stream().map(t -> t.entries().rank()).toList();
    List<Integer> order = output.layout().order(ranks, root.rank());
    Tensor arranged = Tensors.permute(derivative, order);
    return Tensors.rewrite(arranged, node -> Chain.declared(node, moving));
  }

  private Tensor derivative(List<Target> targets, Structure structure) {
    if (targets.isEmpty()) return root;
    Tensor before = derivative(targets.subList(0, targets.size() - 1), structure);
    List<Variable> earlier =
        targets.subList(0, targets.size() - 1).stream().map(Target::entries).toList();
    Target last = targets.getLast();
    int first = earlier.stream().mapToInt(Variable::rank).sum();
    return known.computeIfAbsent(
        new Order(targets, structure),
        order -> {
          Tensor whole = Differentiation.next(before, earlier, Chain.ambient(last.variable()));
          Tensor cheap = Tensors.rewrite(whole, Simplifier::withoutMaps);
          Tensor kept = Chain.structured(cheap, first, last.variable(), structure);
          return last.selected(kept, first);
        });
  }
}
