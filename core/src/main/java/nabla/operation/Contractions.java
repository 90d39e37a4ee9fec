package nabla.operation;

import java.util.List;
import nabla.tensor.Product;
import nabla.tensor.Tensor;

/** Linear maps of matrices applied. */
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
}
