package nabla.operation;

import java.util.List;
import nabla.tensor.Fuse;
import nabla.tensor.Product;
import nabla.tensor.Size;
import nabla.tensor.Tensor;

/** diag, vec and the Kronecker product: products with 0/1 tensors, linear for free. */
final class Reshapings {
  static final List<Operation> ALL =
      List.of(
          new Definition(
              "diag",
              "diagonal matrix of a vector, or diagonal of a matrix as a vector",
              Signature.all("vector[n] -> matrix[n,n]", "matrix[n,n] -> vector[n]"),
              x -> diagonal(x.getFirst())),
          new Definition(
              "vec",
              "columns of a matrix on top of each other",
              Signature.all("matrix[m,n] -> vector[m*n]", "vector[n] -> vector[n]"),
              x -> x.getFirst().rank() == 1 ? x.getFirst() : vectorize(x.getFirst())),
          new Definition(
              "kron",
              "Kronecker product (Matrix Cookbook 10.2)",
              Signature.all(
                  "matrix[m,n], matrix[p,q] -> matrix[m*p,n*q]",
                  "vector[m], vector[p] -> vector[m*p]",
                  "matrix[m,n], vector[p] -> matrix[m*p,n]",
                  "vector[m], matrix[p,q] -> matrix[m*p,q]",
                  "scalar, any -> any",
                  "any, scalar -> any"),
              x -> kronecker(x.get(0), x.get(1))));

  private Reshapings() {}

  private static Tensor diagonal(Tensor x) {
    Product product = new Product();
    int i = product.label(x.shape().getFirst());
    return x.rank() == 1 ? product.factor(x, i).to(i, i) : product.factor(x, i, i).to(i);
  }

  private static Tensor vectorize(Tensor x) {
    Product product = new Product();
    List<Integer> labels = product.labels(x.shape());
    int k = fuse(product, labels.get(0), x.shape().get(0), labels.get(1), x.shape().get(1));
    return product.factor(x, labels).to(k);
  }

  /** Axis by axis, the position in b runs faster than the position in a. */
  static Tensor kronecker(Tensor a, Tensor b) {
    Product product = new Product();
    List<Integer> left = product.labels(a.shape());
    List<Integer> right = product.labels(b.shape());
    product.factor(a, left).factor(b, right);
    List<Integer> output = new java.util.ArrayList<>();
    for (int axis = 0; axis < Math.max(a.rank(), b.rank()); axis++) {
      if (axis >= a.rank()) output.add(right.get(axis));
      else if (axis >= b.rank()) output.add(left.get(axis));
      else {
        output.add(
            fuse(
                product,
                right.get(axis),
                b.shape().get(axis),
                left.get(axis),
                a.shape().get(axis)));
      }
    }
    return product.to(output);
  }

  private static int fuse(Product product, int fast, Size fastSize, int slow, Size slowSize) {
    int k = product.label(fastSize.times(slowSize));
    product.factor(new Fuse(fastSize, slowSize), k, fast, slow);
    return k;
  }
}
