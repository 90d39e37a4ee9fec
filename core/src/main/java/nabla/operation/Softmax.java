package nabla.operation;

import static nabla.tensor.Tensors.negate;

import java.util.List;
import nabla.tensor.Apply;
import nabla.tensor.NumericArray;
import nabla.tensor.Product;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/**
 * Log-sum-exp and its gradient softmax, over all entries or row by row. With s = softmax(x): d lse
 * = s' dx and ds = s .* dx - s (s' dx).
 */
public final class Softmax {
  /** softmax(x) over all entries. */
  public static final Primitive SOFTMAX = new SoftmaxOver(false);

  /** softmax of each row. */
  public static final Primitive ROW_SOFTMAX = new SoftmaxOver(true);

  /** lse(x) over all entries. */
  public static final Primitive LSE = new LogSumExp(false);

  /** lse of each row. */
  public static final Primitive ROW_LSE = new LogSumExp(true);

  private Softmax() {}

  private record SoftmaxOver(boolean rows) implements Primitive {
    @Override
    public String name() {
      return rows ? "rowsoftmax" : "softmax";
    }

    @Override
    public String summary() {
      return rows ? "softmax of each row" : "exp(x)/sum(exp(x)) over all entries";
    }

    @Override
    public Transposition transposition() {
      return rows ? Transposition.OTHER : Transposition.FOLLOWS;
    }

    @Override
    public List<Signature> signatures() {
      return Signature.all(rows ? "matrix[m,n] -> matrix[m,n]" : "any -> any");
    }

    @Override
    public Tensor of(List<Tensor> operands) {
      return new Apply(this, operands, operands.getFirst().shape());
    }

    @Override
    public Tensor derivative(Tensor s, List<Tensor> operands, int position) {
      return Tensors.add(same(s), negate(across(s)));
    }

    /** s[I] δ[I,P]. */
    private Tensor same(Tensor s) {
      Product product = new Product();
      List<Integer> labels = product.labels(s.shape());
      return product.factor(s, labels).to(concat(labels, labels));
    }

    /** s[I] s[P], in the same row only if row by row. */
    private Tensor across(Tensor s) {
      Product product = new Product();
      List<Integer> left = product.labels(s.shape());
      List<Integer> right = product.labels(s.shape());
      if (rows) product.unify(left.getFirst(), right.getFirst());
      return product.factor(s, left).factor(s, right).to(concat(left, right));
    }

    @Override
    public NumericArray value(List<NumericArray> operands) {
      NumericArray x = operands.getFirst();
      int length = rows ? x.size(1) : x.count();
      double[] y = x.data().clone();
      for (int start = 0; start < y.length; start += length) {
        double shift = logSumExp(x.data(), start, length);
        for (int k = start; k < start + length; k++) y[k] = Math.exp(y[k] - shift);
      }
      return NumericArray.of(x.shape(), y);
    }
  }

  private record LogSumExp(boolean rows) implements Primitive {
    @Override
    public String name() {
      return rows ? "rowlse" : "lse";
    }

    @Override
    public List<String> aliases() {
      return rows ? List.of() : List.of("logsumexp");
    }

    @Override
    public String summary() {
      return rows ? "log-sum-exp of each row" : "log(sum(exp(x))) without overflow";
    }

    @Override
    public Transposition transposition() {
      return rows ? Transposition.OTHER : Transposition.IDLE;
    }

    @Override
    public List<Signature> signatures() {
      return Signature.all(rows ? "matrix[m,n] -> vector[m]" : "any -> scalar");
    }

    @Override
    public Tensor of(List<Tensor> operands) {
      Tensor x = operands.getFirst();
      return new Apply(this, operands, rows ? List.of(x.shape().getFirst()) : List.of());
    }

    @Override
    public Tensor derivative(Tensor result, List<Tensor> operands, int position) {
      if (!rows) return SOFTMAX.of(operands);
      Tensor s = ROW_SOFTMAX.of(operands);
      Product product = new Product();
      List<Integer> labels = product.labels(s.shape());
      return product.factor(s, labels).to(concat(List.of(labels.getFirst()), labels));
    }

    @Override
    public NumericArray value(List<NumericArray> operands) {
      NumericArray x = operands.getFirst();
      if (!rows) return NumericArray.scalar(logSumExp(x.data(), 0, x.count()));
      NumericArray y = NumericArray.zeros(x.size(0));
      for (int i = 0; i < x.size(0); i++) {
        y.data()[i] = logSumExp(x.data(), i * x.size(1), x.size(1));
      }
      return y;
    }
  }

  private static double logSumExp(double[] x, int start, int length) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = start; k < start + length; k++) largest = Math.max(largest, x[k]);
    if (!Double.isFinite(largest)) return largest;
    double sum = 0;
    for (int k = start; k < start + length; k++) sum += Math.exp(x[k] - largest);
    return largest + Math.log(sum);
  }

  private static List<Integer> concat(List<Integer> first, List<Integer> second) {
    return java.util.stream.Stream.concat(first.stream(), second.stream()).toList();
  }
}
