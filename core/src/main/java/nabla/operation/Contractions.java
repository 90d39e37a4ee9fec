package nabla.operation;

import java.util.ArrayList;
import java.util.List;
import nabla.tensor.Product;
import nabla.tensor.Tensor;

/** Linear maps of matrices applied, and outer products. */
final class Contractions {
  private Contractions() {}

  /** L[i,j,p,q] E[p,q]. */
  static Tensor apply(Tensor map, Tensor matrix) {
    Product product = new Product();
    List<Integer> labels = product.labels(map.shape());
    return product
        .factor(map, labels)
        .factor(matrix, labels.subList(2, 4))
        .to(labels.subList(0, 2));
  }

  /** u[i] v[j] …, of vectors. */
  static Tensor outer(Tensor... vectors) {
    Product product = new Product();
    List<Integer> labels = new ArrayList<>();
    for (Tensor v : vectors) {
      labels.add(product.label(v.shape().getFirst()));
      product.factor(v, labels.getLast());
    }
    return product.to(labels);
  }
}
