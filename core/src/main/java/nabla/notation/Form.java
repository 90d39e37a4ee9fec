package nabla.notation;

import java.util.ArrayList;
import java.util.List;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A matrix or a vector in the making; a vector is a column until it is turned. */
sealed interface Form {
  /** A factor of the product, as it is or transposed. */
  record Leaf(Tensor tensor, boolean turned) implements Form {}

  /** A matrix product. */
  record Chain(List<Form> parts) implements Form {}

  /** A product entry by entry, of powers. */
  record Hadamard(List<Powered> parts, boolean turned) implements Form {}

  /** One factor of a product entry by entry. */
  record Powered(Form form, Rational exponent) {}

  /** The diagonal matrix of a column. */
  record Diagonal(Form vector) implements Form {}

  /** The diagonal of a matrix as a vector. */
  record DiagonalOf(Form matrix, boolean turned) implements Form {}

  /** All ones: a column, a row, or a matrix. */
  record Ones(List<Size> shape, boolean turned) implements Form {}

  /** The unit matrix. */
  record Identity(Size size) implements Form {}

  /** The Kronecker product. */
  record Kronecker(Form left, Form right) implements Form {}

  /** K(rows,columns): maps vec of a matrix of so many rows and columns to vec of its transpose. */
  record Commutation(Size rows, Size columns) implements Form {}

  /** A function of matrices or vectors that is linear in one of them, such as cross(a,b). */
  record Call(String function, List<Form> arguments, int rank, boolean turned) implements Form {}

  /** The columns of a matrix on top of each other. */
  record Vectorized(Form matrix, boolean turned) implements Form {}

  default Form turn() {
    return switch (this) {
      case Leaf l -> l.tensor().isSymmetric() ? l : new Leaf(l.tensor(), !l.turned());
      case Chain c -> new Chain(c.parts().reversed().stream().map(Form::turn).toList());
      case Hadamard h -> new Hadamard(h.parts(), !h.turned());
      case Diagonal d -> d;
      case DiagonalOf d -> new DiagonalOf(d.matrix(), !d.turned());
      case Ones o ->
          o.shape().size() == 2
              ? new Ones(o.shape().reversed(), false)
              : new Ones(o.shape(), !o.turned());
      case Identity i -> i;
      case Kronecker k -> new Kronecker(k.left().turn(), k.right().turn());
      case Commutation k -> new Commutation(/* rows= */ k.columns(), /* columns= */ k.rows());
      case Call c -> new Call(c.function(), c.arguments(), c.rank(), !c.turned());
      case Vectorized v -> new Vectorized(v.matrix(), !v.turned());
    };
  }

  /** Whether it is a vector rather than a matrix. */
  default boolean isVector() {
    return switch (this) {
      case Leaf l -> l.tensor().rank() == 1;
      case Chain c -> c.parts().getFirst().isVector() || c.parts().getLast().isVector();
      case Hadamard h -> h.parts().getFirst().form().isVector();
      case DiagonalOf _, Vectorized _ -> true;
      case Ones o -> o.shape().size() == 1;
      case Call c -> c.rank() == 1;
      case Diagonal _, Identity _, Kronecker _, Commutation _ -> false;
    };
  }

  /** The matrix product; identities vanish. */
  static Form multiply(Form left, Form right) {
    if (left instanceof Identity) return right;
    if (right instanceof Identity) return left;
    List<Form> parts = new ArrayList<>(chain(left));
    parts.addAll(chain(right));
    return new Chain(List.copyOf(parts));
  }

  /** A matrix times a column; {@code diag(v)*w} is {@code v.*w}. */
  static Form apply(Form matrix, Form column) {
    List<Form> parts = chain(matrix);
    if (column instanceof Ones && parts.getLast() instanceof Hadamard h) {
      Form sums = rowSums(powers(h));
      if (sums != null) {
        return parts.size() == 1
            ? sums
            : apply(new Chain(parts.subList(0, parts.size() - 1)), sums);
      }
    }
    if (parts.getLast() instanceof Diagonal d) {
      Form scaled = column instanceof Ones ? d.vector() : hadamard(d.vector(), column);
      return parts.size() == 1
          ? scaled
          : apply(new Chain(parts.subList(0, parts.size() - 1)), scaled);
    }
    return multiply(matrix, column);
  }

  /** {@code (P.*Q)*ones} is {@code diag(P*Q')}; null if there are not two plain factors. */
  private static @Nullable Form rowSums(List<Powered> parts) {
    List<Form> factors = new ArrayList<>();
    for (Powered p : parts) {
      if (!p.exponent().isOne() && !p.exponent().equals(Rational.TWO)) return null;
      factors.add(p.form());
      if (!p.exponent().isOne()) factors.add(p.form());
    }
    if (factors.size() != 2) return null;
    return new DiagonalOf(multiply(factors.get(0), factors.get(1).turn()), false);
  }

  static List<Form> chain(Form form) {
    return form instanceof Chain c ? c.parts() : List.of(form);
  }

  static Form hadamard(Form left, Form right) {
    List<Powered> parts = new ArrayList<>(powers(left));
    parts.addAll(powers(right));
    return new Hadamard(List.copyOf(parts), false);
  }

  static List<Powered> powers(Form form) {
    if (!(form instanceof Hadamard h)) return List.of(new Powered(form, Rational.ONE));
    if (!h.turned()) return h.parts();
    return h.parts().stream().map(p -> new Powered(p.form().turn(), p.exponent())).toList();
  }

  static Form power(Form form, Rational exponent) {
    return exponent.isOne() ? form : new Hadamard(List.of(new Powered(form, exponent)), false);
  }

  /** The product of some powers; a single plain one is itself. */
  static Form of(List<Powered> parts) {
    return parts.size() == 1
        ? power(parts.getFirst().form(), parts.getFirst().exponent())
        : new Hadamard(List.copyOf(parts), false);
  }

  /** The same form with ones above the line if all of it is below. */
  static Form complete(Form form, List<Size> shape) {
    boolean below =
        form instanceof Hadamard h && h.parts().stream().allMatch(p -> p.exponent().signum() < 0);
    return below ? hadamard(new Ones(shape, false), form) : form;
  }
}
