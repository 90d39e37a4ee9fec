package nabla.operation;

import static nabla.tensor.Alternating.EPSILON;

import java.util.List;
import nabla.tensor.Product;
import nabla.tensor.Size;
import nabla.tensor.Tensor;

/** The cross product of space, by the alternating tensor: cross(a,b)[i] = ε[i,j,k] a[j] b[k]. */
final class CrossProduct {
  static final List<Operation> ALL =
      List.of(
          new Definition(
              "cross",
              "cross product of two vectors in space",
              Signature.all("vector[3], vector[3] -> vector[3]"),
              x -> cross(x.get(0), x.get(1))),
          new Definition(
              "crossmat",
              "the matrix with crossmat(a)*b = cross(a,b)",
              Signature.all("vector[3] -> matrix[3,3]"),
              x -> matrix(x.getFirst())));

  private CrossProduct() {}

  private static Tensor cross(Tensor a, Tensor b) {
    Product product = new Product();
    int i = product.label(Size.of(3));
    int j = product.label(Size.of(3));
    int k = product.label(Size.of(3));
    return product.factor(EPSILON, i, j, k).factor(a, j).factor(b, k).to(i);
  }

  private static Tensor matrix(Tensor a) {
    Product product = new Product();
    int i = product.label(Size.of(3));
    int j = product.label(Size.of(3));
    int k = product.label(Size.of(3));
    return product.factor(EPSILON, i, j, k).factor(a, j).to(i, k);
  }
}
