package nabla;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nabla.calculus.Differentiation;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import nabla.lang.Context;
import nabla.lang.Elaboration;
import nabla.lang.Problem;
import nabla.lang.Syntax;
import nabla.tensor.Product;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.TermByTerm;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/**
 * What is differentiated by: a variable, or entries of one such as {@code X[1,2]} and {@code
 * X[:,1]}.
 *
 * @param variable the whole variable
 * @param entries a variable of the name and shape that the answer speaks of
 * @param selection has the axes of the variable, then those of the entries: 1 where an entry is
 *     selected, else 0; null if all are
 */
record Target(Variable variable, Variable entries, @Nullable Tensor selection) {

  /** Reads the name of a variable or of entries of one. */
  static Target of(Expression expression, String text) {
    int bracket = text.indexOf('[');
    Variable variable =
        expression.variable(bracket < 0 ? text : text.substring(0, bracket).strip());
    if (bracket < 0) return new Target(variable, variable, null);
    Variable free = new Variable(variable.name(), variable.shape(), Set.of());
    Problem part = Elaboration.over(text, Context.of(List.of(free)));
    Syntax syntax = part.program().result().value();
    if (!(syntax instanceof Syntax.Index i && i.target() instanceof Syntax.Name)) {
      throw new NablaException(
          new Diagnostic(
              Code.WRT,
              "differentiate by a variable or by entries of one, such as X[1,2] or X[:,1]",
              Span.NONE,
              "",
              ""));
    }
    Variable entries = new Variable(text, part.tensor().shape(), Set.of());
    return new Target(variable, entries, Differentiation.derivative(part.tensor(), free));
  }

  boolean isWhole() {
    return selection == null;
  }

  /**
   * The derivative by the entries.
   *
   * @param derivative that by the whole variable
   * @param first the first axis that belongs to the variable
   */
  Tensor selected(Tensor derivative, int first) {
    if (selection == null) return derivative;
    return TermByTerm.each(
        derivative,
        (product, labels) -> {
          List<Integer> own = labels.subList(first, first + variable.rank());
          List<Integer> kept = product.labels(entries.shape());
          List<Integer> output = new ArrayList<>(labels.subList(0, first));
          output.addAll(kept);
          output.addAll(labels.subList(first + variable.rank(), labels.size()));
          return select(product, own, kept).to(output);
        });
  }

  private Product select(Product product, List<Integer> own, List<Integer> kept) {
    if (selection == null) return product;
    List<Integer> both = new ArrayList<>(own);
    both.addAll(kept);
    return product.factor(selection, both);
  }

  /** A variable for the change of the entries; it has a name that no other can have. */
  Variable change() {
    return new Variable(entries.name() + "[+]", entries.shape(), Set.of());
  }

  /** A tensor of the shape of the variable: the change at the entries, else 0. */
  Tensor embedded() {
    if (selection == null) return change();
    Product product = new Product();
    List<Integer> own = product.labels(variable.shape());
    List<Integer> kept = product.labels(entries.shape());
    return select(product, own, kept).factor(change(), kept).to(own);
  }

  /** The tensor where the variable is changed at the entries. */
  Tensor changed(Tensor tensor) {
    return Tensors.rewrite(
        tensor,
        node ->
            node instanceof Variable v && v.name().equals(variable.name())
                ? Tensors.add(v, embedded())
                : node);
  }
}
