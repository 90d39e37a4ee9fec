package nabla.simplify;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import nabla.tensor.Einsum;
import nabla.tensor.Product;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/** The same tensor built in another order: terms and factors shuffled, labels handed out anew. */
final class Rebuilt {
  private Rebuilt() {}

  static Tensor of(Tensor tensor, Draw draw) {
    return Tensors.rewrite(
        tensor,
        node ->
            switch (node) {
              case Sum s -> Sum.of(draw.shuffled(s.terms()), s.shape());
              case Einsum e -> product(e, draw);
              default -> node;
            });
  }

  private static Tensor product(Einsum e, Draw draw) {
    Product product = new Product();
    List<Integer> order = draw.shuffled(IntStream.range(0, e.sizes().size()).boxed().toList());
    List<Integer> renamed = new ArrayList<>(order);
    for (int label : order) renamed.set(label, product.label(e.sizes().get(label)));
    for (Einsum.Factor f : draw.shuffled(e.factors())) {
      List<Integer> labels = f.labels().stream().map(renamed::get).toList();
      boolean turn = f.tensor().isSymmetric() && draw.chance(50);
      product.factor(f.tensor(), f.exponent(), turn ? labels.reversed() : labels);
    }
    return product.times(e.coefficient()).to(e.output().stream().map(renamed::get).toList());
  }
}
