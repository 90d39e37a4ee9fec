package nabla.operation;

import static nabla.tensor.Tensors.hadamard;
import static nabla.tensor.Tensors.power;
import static nabla.tensor.Tensors.total;

import java.util.List;
import nabla.tensor.Extent;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/** Sums and means of all entries, of rows and of columns, and the trace. */
final class Reductions {
  static final List<Operation> ALL =
      List.of(
          new Definition(
              "sum",
              "sum of all entries",
              Signature.all("any -> scalar"),
              x -> total(x.getFirst())),
          new Definition(
              "mean",
              "mean of all entries",
              Signature.all("any -> scalar"),
              x -> mean(total(x.getFirst()), x.getFirst(), x.getFirst().rank())),
          rowwise("rowsum", "sum of each row", 0, false),
          rowwise("colsum", "sum of each column", 1, false),
          rowwise("rowmean", "mean of each row", 0, true),
          rowwise("colmean", "mean of each column", 1, true),
          new Definition(
              "tr",
              List.of("trace"),
              "trace (Matrix Cookbook 99)",
              Signature.all("matrix[n,n] -> scalar"),
              x -> trace(x.getFirst())));

  private Reductions() {}

  private static Definition rowwise(String name, String summary, int kept, boolean mean) {
    return new Definition(
        name,
        summary,
        Signature.all(kept == 0 ? "matrix[m,n] -> vector[m]" : "matrix[m,n] -> vector[n]"),
        operands -> {
          Tensor x = operands.getFirst();
          Product product = new Product();
          List<Integer> labels = product.labels(x.shape());
          Tensor sum = product.factor(x, labels).to(labels.get(kept));
          if (!mean) return sum;
          Tensor count = Extent.of(x.shape().get(1 - kept));
          return hadamard(sum, power(count, Rational.MINUS_ONE));
        });
  }

  private static Tensor mean(Tensor sum, Tensor x, int rank) {
    Tensor mean = sum;
    for (int axis = 0; axis < rank; axis++) {
      mean = hadamard(mean, power(Extent.of(x.shape().get(axis)), Rational.MINUS_ONE));
    }
    return mean;
  }

  static Tensor trace(Tensor x) {
    Product product = new Product();
    int i = product.label(x.shape().getFirst());
    return product.factor(x, i, i).to();
  }

  /** Sum of squares. */
  static Tensor squares(Tensor x) {
    return total(Tensors.power(x, Rational.TWO));
  }
}
