package nabla.simplify;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Tensor;

/**
 * A product around a pattern: the factors of the pattern on labels of one's choice, then other
 * factors on some of these labels, and an output that keeps some of them.
 */
final class Scene {
  private final Draw draw;
  private final List<Size> sizes = new ArrayList<>();
  private final Product product = new Product();

  Scene(Draw draw) {
    this.draw = draw;
  }

  int label(Size size) {
    sizes.add(size);
    return product.label(size);
  }

  List<Integer> labels(List<Size> shape) {
    return shape.stream().map(this::label).toList();
  }

  Scene with(Tensor tensor, Rational exponent, List<Integer> labels) {
    product.factor(tensor, exponent, labels);
    return this;
  }

  Scene with(Tensor tensor, Integer... labels) {
    return with(tensor, Rational.ONE, List.of(labels));
  }

  /** Labels of these sizes, in part those that are there already. */
  List<Integer> someLabels(List<Size> shape, Set<Integer> avoided) {
    List<Integer> chosen = new ArrayList<>();
    for (Size size : shape) {
      List<Integer> fitting = new ArrayList<>();
      for (int k = 0; k < sizes.size(); k++) {
        if (sizes.get(k).equals(size) && !avoided.contains(k)) fitting.add(k);
      }
      chosen.add(fitting.isEmpty() || draw.chance(30) ? label(size) : draw.of(fitting));
    }
    return chosen;
  }

  /** With other factors, a coefficient and any output. */
  Tensor build() {
    return build(Set.of());
  }

  /**
   * @param closed labels that most instances use nowhere else, because the pattern sums them
   */
  Tensor build(Set<Integer> closed) {
    Set<Integer> avoided = draw.chance(75) ? closed : Set.of();
    for (int extra = draw.below(3); extra > 0; extra--) {
      List<Size> shape = draw.shape(draw.of(0, 1, 1, 2));
      with(draw.tensor(shape), Rational.ONE, someLabels(shape, avoided));
    }
    if (draw.chance(10)) unifySome(avoided);
    if (draw.chance(60)) product.times(draw.number());
    int kept = draw.of(0, 40, 70, 100);
    List<Integer> output = new ArrayList<>();
    for (int k = 0; k < sizes.size(); k++) {
      if (!avoided.contains(k) && draw.chance(kept) && output.size() < 4) output.add(k);
    }
    if (!output.isEmpty() && output.size() < 3 && draw.chance(10)) output.add(output.getFirst());
    if (draw.chance(10) && output.size() < 3) output.add(label(draw.size()));
    return product.to(draw.shuffled(output));
  }

  private void unifySome(Set<Integer> avoided) {
    for (int a = 0; a < sizes.size(); a++) {
      for (int b = a + 1; b < sizes.size(); b++) {
        boolean free = !avoided.contains(a) && !avoided.contains(b);
        if (free && sizes.get(a).equals(sizes.get(b)) && draw.chance(40)) product.unify(a, b);
      }
    }
  }
}
