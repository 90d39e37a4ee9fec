package nabla.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/**
 * Recognises sums that are the transpose or the negative of one that stands in a contraction
 * already, so that X - Y is computed once in (X - Y)*(X - Y)', and in (X - Y)*(Y - X)'.
 */
final class Mirrors {
  /** A sum as another one: its negative if {@code negated}, its transpose if {@code turned}. */
  private record Image(Tensor original, boolean negated, boolean turned) {}

  private final Map<Tensor, Image> images = new HashMap<>();

  /** The same value. */
  Tensor of(Einsum product) {
    if (product.factors().stream().noneMatch(Mirrors::isMatrix)) return product;
    Product rebuilt = new Product();
    for (Size size : product.sizes()) rebuilt.label(size);
    boolean negated = false;
    for (Factor f : product.factors()) {
      if (!isMatrix(f)) {
        rebuilt.factor(f.tensor(), f.exponent(), f.labels());
        continue;
      }
      Image image = image((Sum) f.tensor());
      negated ^= image.negated();
      rebuilt.factor(
          image.original(), f.exponent(), image.turned() ? f.labels().reversed() : f.labels());
    }
    Rational sign = negated ? Rational.MINUS_ONE : Rational.ONE;
    return rebuilt.times(product.coefficient().times(sign)).to(product.output());
  }

  private static boolean isMatrix(Factor f) {
    return f.isPlain() && f.tensor() instanceof Sum && f.labels().size() == 2;
  }

  private Image image(Sum sum) {
    Image known = images.get(sum);
    if (known != null) return known;
    Tensor turned = Tensors.transpose(sum);
    images.put(sum, new Image(sum, false, false));
    images.putIfAbsent(Tensors.negate(sum), new Image(sum, true, false));
    images.putIfAbsent(turned, new Image(sum, false, true));
    images.putIfAbsent(Tensors.negate(turned), new Image(sum, true, true));
    return Objects.requireNonNull(images.get(sum));
  }
}
