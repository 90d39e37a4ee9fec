package nabla;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nabla.calculus.Projection;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.lang.Elaboration;
import nabla.lang.Problem;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.TermByTerm;
import nabla.tensor.Variable;

/**
 * A function and its derivatives one after the other, and what is needed to write them down. The
 * axes of derivative number j are those of variable 1, …, variable j, then those of the function.
 */
final class Chain {
  final Expression expression;
  final DifferentialOperator operator;
  final List<Target> targets;

  /** Of the shapes and with the names of what is differentiated by. */
  final List<Variable> by;

  final Structure structure;

  /** The function and its derivatives, each entry of the variables by itself. */
  final List<Tensor> tensors;

  /** What is asked for, with what is declared of the variables. */
  final Tensor last;

  private static final Comparison.Wording WORDING =
      new Comparison.Wording("right", "the derivative", "the claim");

  final SharedWork work;

  private Chain(
      Expression expression,
      DifferentialOperator operator,
      List<Target> targets,
      Structure structure,
      SharedWork work) {
    this.expression = expression;
    this.operator = operator;
    this.targets = targets;
    this.work = work;
    this.by = targets.stream().map(Target::entries).toList();
    this.structure = structure;
    require(expression, operator, targets, structure);
    Problem problem = expression.problem();
    List<Variable> variables = targets.stream().map(Target::variable).toList();
    List<Tensor> chain = new ArrayList<>(List.of(ambient(problem, variables)));
    for (int order = 0; order < by.size(); order++) {
      List<Variable> earlier = by.subList(0, order);
      Target target = targets.get(order);
      Tensor derivative = work.next(chain.getLast(), earlier, ambient(target.variable()));
      int first = earlier.stream().mapToInt(Variable::rank).sum();
      Tensor kept =
          target.selected(structured(derivative, first, target.variable(), structure), first);
      chain.add(work.simplifier.normalize(kept));
    }
    tensors = List.copyOf(chain);
    Tensor asked = operator.isTrace() ? traced(chain.getLast()) : chain.getLast();
    last = Tensors.rewrite(work.simplifier.normalize(asked), node -> declared(node, variables));
  }

  /**
   * @throws NablaException if the function has no such derivative, or the structure allows none
   */
  static void require(
      Expression expression,
      DifferentialOperator operator,
      List<Target> targets,
      Structure structure) {
    operator.require(expression, targets.getFirst().entries().shape());
    List<Variable> variables = targets.stream().map(Target::variable).toList();
    rejectCurved(variables, structure);
    rejectParts(targets, structure);
    if (operator.isTrace()) rejectFree(variables, structure);
  }

  /** One chain for each list of variables. */
  static List<Chain> each(
      Expression expression,
      DifferentialOperator operator,
      List<List<String>> each,
      Structure structure) {
    List<List<Target>> targets =
        each.stream()
            .map(names -> operator.variables(names))
            .map(names -> names.stream().map(name -> Target.of(expression, name)).toList())
            .toList();
    List<Variable> wanted =
        targets.stream().map(t -> ambient(t.getFirst().variable())).distinct().toList();
    SharedWork work = new SharedWork(expression, wanted);
    return targets.stream().map(t -> new Chain(expression, operator, t, structure, work)).toList();
  }

  /** The same with another meaning of structure. */
  Chain in(Structure other) {
    return new Chain(expression, operator, targets, other, work);
  }

  /** Compares tensors over the variables of the expression with what is claimed of them. */
  Comparison comparison() {
    Set<String> moving = by.stream().map(Variable::name).collect(Collectors.toSet());
    List<Tensor> domain = List.of(expression.problem().tensor());
    return new Comparison(expression.symbols(), moving, domain, work, WORDING);
  }

  /** The number of axes of each variable that are left. */
  List<Integer> ranks() {
    return operator.isTrace() ? List.of() : by.stream().map(Variable::rank).toList();
  }

  /** The number of axes of the function that are left. */
  int own() {
    int rank = expression.shape().size();
    return operator == DifferentialOperator.DIVERGENCE ? 0 : rank;
  }

  /** The last tensor with its axes as a layout has them. */
  Tensor arranged(Layout layout) {
    return Tensors.permute(last, layout.order(ranks(), own()));
  }

  /** The axes of each variable and of the function, as the last tensor has them. */
  List<List<Integer>> groups() {
    List<List<Integer>> groups = new ArrayList<>();
    int axis = 0;
    List<Integer> ranks = new ArrayList<>(ranks());
    ranks.add(own());
    for (int rank : ranks) {
      groups.add(IntStream.range(axis, axis + rank).boxed().toList());
      axis += rank;
    }
    return groups;
  }

  /** Pairs the axes of the variable with the next ones and sums over them. */
  private Tensor traced(Tensor derivative) {
    int pairs = by.getFirst().rank();
    return TermByTerm.each(
        derivative,
        (product, labels) -> {
          for (int k = 0; k < pairs; k++) product.unify(labels.get(k), labels.get(pairs + k));
          return product.to(labels.subList(2 * pairs, labels.size()));
        });
  }

  /** What is left of the last derivative for a variable that keeps its structure. */
  static Tensor structured(Tensor derivative, int first, Variable x, Structure structure) {
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

  /** The entries that change together would be counted as often as there are. */
  private static void rejectFree(List<Variable> by, Structure structure) {
    if (structure != Structure.INDEPENDENT || !Projection.isStructured(by.getFirst())) return;
    throw new NablaException(
        Code.UNSUPPORTED,
        "a sum over the entries of "
            + by.getFirst().name()
            + " is ambient or projected, not by independent entries");
  }

  private static void rejectParts(List<Target> targets, Structure structure) {
    for (Target t : targets) {
      boolean structured = structure != Structure.AMBIENT && Projection.isStructured(t.variable());
      if (t.isWhole() || !structured) continue;
      throw new NablaException(
          Code.UNSUPPORTED,
          "entries of "
              + t.variable().name()
              + " depend on others by its structure; differentiate by the whole of it");
    }
  }

  /**
   * The function with nothing declared of the variables that it is differentiated by, so that every
   * entry of them counts. It is read again: once a matrix was built as a symmetric one, its
   * transpose is the matrix itself, and which entry an index meant is lost.
   */
  static Tensor ambient(Problem problem, List<Variable> by) {
    if (by.stream().allMatch(v -> v.properties().isEmpty())) return problem.tensor();
    List<Variable> variables =
        problem.variables().stream()
            .map(Problem.Symbol::variable)
            .map(v -> by.contains(v) ? ambient(v) : v)
            .toList();
    return Elaboration.readAs(
        problem.source(), problem.context(variables), problem.tensor().shape());
  }

  static Variable ambient(Variable v) {
    return new Variable(v.name(), v.shape(), Set.of());
  }

  static Tensor declared(Tensor node, List<Variable> by) {
    if (!(node instanceof Variable v)) return node;
    return by.stream().filter(b -> b.name().equals(v.name())).findFirst().orElse(v);
  }
}
