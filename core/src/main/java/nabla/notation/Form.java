package nabla.notation;

import java.util.ArrayList;
import java.util.List;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Tensor;

/** A matrix or a vector in the making; a vector is a column until it is turned. */
sealed interface Form {
  /** A factor of the product, as it is or transposed. */
  record Leaf(Tensor tensor, boolean turned) implements Form {}

  /** A matrix product. */
  record Chain(List<Form> parts) implements Form {}

  /** A product entry by entry, of powers. */
  record Hadamard(List<Powered> parts) implements Form {}

  /** One factor of a product entry by entry. */
  record Powered(Form form, Rational exponent) {}

  /** The diagonal matrix of a column. */
  record Diagonal(Form vector) implements Form {}

  /** The diagonal of a matrix as a vector. */
  record DiagonalOf(Form matrix, boolean turned) implements Form {}

  /** All ones: a column, a row, or a matrix. */
  record Ones(List<Size> shape, boolean turned) implements Form {}

  record Identity(Size size) implements Form {}

  record Kronecker(Form left, Form right) implements Form {}

  /** The columns of a matrix on top of each other. */
  record Vectorized(Form matrix, boolean turned) implements Form {}

  default Form turn() {
    return switch (this) {
      case Leaf l -> l.tensor().isSymmetric() ? l : new Leaf(l.tensor(), !l.turned());
      case Chain c -> new Chain(c.parts().reversed().stream().map(Form::turn).toList());
      case Hadamard h ->
          new Hadamard(
              h.parts().stream().map(p -> new Powered(p.form().turn(), p.exponent())).toList());
      case Diagonal d -> d;
      case DiagonalOf d -> new DiagonalOf(d.matrix(), !d.turned());
      case Ones o ->
          o.shape().size() == 2
              ? new Ones(o.shape().reversed(), false)
              : new Ones(o.shape(), !o.turned());
      case Identity i -> i;
      case Kronecker k -> new Kronecker(k.left().turn(), k.right().turn());
      case Vectorized v -> new Vectorized(v.matrix(), !v.turned());
    };
  }

  /** The matrix product; identities vanish and {@code diag(v)*w} is {@code v.*w}. */
  static Form multiply(Form left, Form right) {
    if (left instanceof Identity) return right;
    if (right instanceof Identity) return left;
    List<Form> parts = new ArrayList<>(left instanceof Chain c ? c.parts() : List.of(left));
    parts.addAll(right instanceof Chain c ? c.parts() : List.of(right));
    return new Chain(List.copyOf(parts));
  }

  static Form hadamard(Form left, Form right) {
    List<Powered> parts = new ArrayList<>(powers(left));
    parts.addAll(powers(right));
    return new Hadamard(List.copyOf(parts));
  }

  static List<Powered> powers(Form form) {
    return form instanceof Hadamard h ? h.parts() : List.of(new Powered(form, Rational.ONE));
  }

  static Form power(Form form, Rational exponent) {
    return exponent.isOne() ? form : new Hadamard(List.of(new Powered(form, exponent)));
  }
}
