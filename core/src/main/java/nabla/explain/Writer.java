package nabla.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import nabla.calculus.Differentiation;
import nabla.lang.Program;
import nabla.lang.Syntax;
import nabla.notation.Notation;
import nabla.simplify.Simplifier;
import nabla.tensor.Fuse;
import nabla.tensor.Product;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.TermByTerm;
import nabla.tensor.Variable;

/** Derives tensors and writes them down as short as it can. */
final class Writer {
  private final Simplifier simplifier;
  private final Map<Tensor, Syntax> written;
  private final List<Variable> variables;

  /**
   * @param written how the user wrote some parts
   * @param variables what the tensors may be made of
   */
  Writer(Simplifier simplifier, Map<Tensor, Syntax> written, List<Variable> variables) {
    this.simplifier = simplifier;
    this.written = written;
    this.variables = List.copyOf(variables);
  }

  /** For tensors over other variables as well. */
  Writer with(List<Variable> further) {
    List<Variable> all = new ArrayList<>(variables);
    all.addAll(further);
    return new Writer(simplifier, written, all);
  }

  /** The same without the memory of what the user wrote. */
  Writer forgetting() {
    return new Writer(simplifier, Map.of(), variables);
  }

  /** The derivative, with the axes of the variable first. */
  Tensor derivative(Tensor f, Variable x) {
    Tensor root = simplifier.forDifferentiation(simplifier.normalize(f));
    return Differentiation.derivative(root, x);
  }

  /** The change of {@code f} when {@code x} changes by {@code dx}. */
  Tensor differential(Tensor f, Variable x, Variable dx) {
    return contracted(derivative(f, x), dx);
  }

  /** A derivative times the change of its variable. */
  static Tensor contracted(Tensor derivative, Variable dx) {
    if (Tensors.isZero(derivative)) {
      return Sum.zero(derivative.shape().subList(dx.rank(), derivative.rank()));
    }
    return TermByTerm.each(
        derivative,
        (product, labels) -> {
          product.factor(dx, labels.subList(0, dx.rank()));
          return product.to(labels.subList(dx.rank(), labels.size()));
        });
  }

  /**
   * The chain rule: the axes that the derivatives have in common are summed.
   *
   * @param first has {@code before} axes, then {@code between}
   * @param second has {@code between} axes, then others
   */
  static Tensor composed(Tensor first, Tensor second, int before, int between) {
    Product product = new Product();
    List<Integer> labels = product.labels(first.shape());
    List<Integer> further = product.labels(second.shape().subList(between, second.rank()));
    List<Integer> own = new ArrayList<>(labels.subList(before, before + between));
    own.addAll(further);
    List<Integer> output = new ArrayList<>(labels.subList(0, before));
    output.addAll(further);
    return product.factor(first, labels).factor(second, own).to(output);
  }

  /** The axes turned round in two groups: those from {@code first} on come first. */
  static Tensor swapped(Tensor tensor, int first) {
    List<Integer> order =
        IntStream.concat(IntStream.range(first, tensor.rank()), IntStream.range(0, first))
            .boxed()
            .toList();
    return Tensors.permute(tensor, order);
  }

  Tensor normalized(Tensor tensor) {
    return simplifier.normalize(tensor);
  }

  Tensor shortest(Tensor tensor) {
    return simplifier.shortest(tensor, written.keySet(), notation(tensor)::length);
  }

  private Notation notation(Tensor tensor) {
    return new Notation(tensor, variables, written);
  }

  /** The formula in matrix notation; empty if it needs indices, or names for what it repeats. */
  Optional<Syntax> matrix(Tensor tensor, boolean row) {
    return plain(notation(tensor).of(shortest(tensor), List.of(), row));
  }

  private static Optional<Syntax> plain(Program program) {
    boolean plain = program.result().indices().isEmpty() && program.definitions().isEmpty();
    return plain ? Optional.of(program.result().value()) : Optional.empty();
  }

  /** The formula as a sum of products; empty if it needs indices. */
  Optional<Syntax> expanded(Tensor tensor) {
    Tensor sum = Sum.of(simplifier.terms(tensor), tensor.shape());
    return plain(notation(sum).of(sum, List.of(), false));
  }

  /** The formula in whatever notation there is. */
  Program program(Tensor tensor, List<String> axes, boolean row) {
    return notation(tensor).of(shortest(tensor), axes, row);
  }

  /** A matrix with its columns on top of each other; a vector stays as it is. */
  static Tensor vec(Tensor tensor) {
    if (tensor.rank() != 2) return tensor;
    Product product = new Product();
    List<Integer> labels = product.labels(tensor.shape());
    return product.factor(tensor, labels).to(fused(product, labels));
  }

  /**
   * The matrix of a derivative that takes vec of the change of the variable to that of the
   * function.
   *
   * @param derivative the axes of the variable first, one or two; then one or two of the function
   */
  static Tensor jacobian(Tensor derivative, int by) {
    return TermByTerm.each(
        derivative,
        (product, labels) -> {
          int column = fused(product, labels.subList(0, by));
          int row = fused(product, labels.subList(by, labels.size()));
          return product.to(row, column);
        });
  }

  private static int fused(Product product, List<Integer> labels) {
    return labels.size() == 1
        ? labels.getFirst()
        : Fuse.join(product, labels.get(0), labels.get(1));
  }
}
