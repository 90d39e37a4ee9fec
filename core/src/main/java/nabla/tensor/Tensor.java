package nabla.tensor;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An immutable tensor expression with positional axes. Scalars have no axes, vectors one, matrices
 * two; whether a vector was written as a row is not known here. Two tensors are equal if they have
 * the same canonical content, wherever they were built.
 */
public abstract sealed class Tensor
    permits Variable, Constant, Extent, Structural, Einsum, Sum, Elementwise, Apply {
  private final List<Size> shape;
  private final Digest digest;
  private @Nullable Boolean symmetric;

  /** Whatever takes long makes tensors: so this is where an interrupted thread ends its work. */
  Tensor(List<Size> shape, Digest digest) {
    Cancellation.check();
    this.shape = shape;
    this.digest = digest;
  }

  /** The sizes of the axes, in order. */
  public final List<Size> shape() {
    return shape;
  }

  public final int rank() {
    return shape.size();
  }

  /** The fingerprint of the content, by which tensors are compared and sorted. */
  public final Digest digest() {
    return digest;
  }

  /** The tensors that this one is built from, in order. */
  public abstract List<Tensor> operands();

  /** The same node over other operands of the same shapes. */
  public abstract Tensor mapOperands(UnaryOperator<Tensor> change);

  /** Whether this is a matrix that is certainly equal to its transpose. */
  public final boolean isSymmetric() {
    if (symmetric == null) {
      symmetric = rank() == 2 && shape.get(0).equals(shape.get(1)) && symmetricContent();
    }
    return symmetric;
  }

  /** Whether a square matrix with this content is certainly equal to its transpose. */
  abstract boolean symmetricContent();

  @Override
  public final boolean equals(@Nullable Object other) {
    return this == other || (other instanceof Tensor t && digest.equals(t.digest));
  }

  @Override
  public final int hashCode() {
    return digest.hashCode();
  }

  /** A debugging view in index notation; people read what {@code nabla.notation} prints. */
  @Override
  public final String toString() {
    return DebugText.of(this);
  }
}
