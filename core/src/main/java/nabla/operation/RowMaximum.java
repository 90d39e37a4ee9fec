package nabla.operation;

import java.util.Arrays;
import java.util.List;
import nabla.tensor.Apply;
import nabla.tensor.NumericArray;
import nabla.tensor.Product;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;

/** The largest entry of each row, with the conventions of {@link Extremum}. */
final class RowMaximum {
  static final Primitive ROW_MAX = new Value();
  static final Primitive ROW_ARGMAX = new Indicator();

  private RowMaximum() {}

  private static Condition tie(List<Tensor> operands) {
    return new Condition(operands.getFirst(), "has a single largest entry in each row");
  }

  private static double[] row(NumericArray x, int i) {
    return Arrays.copyOfRange(x.data(), i * x.size(1), (i + 1) * x.size(1));
  }

  private static double gap(NumericArray x) {
    double gap = Double.POSITIVE_INFINITY;
    for (int i = 0; i < x.size(0); i++) gap = Math.min(gap, Extremum.gap(row(x, i), true));
    return gap;
  }

  private record Value() implements Primitive {
    @Override
    public String name() {
      return "rowmax";
    }

    @Override
    public String summary() {
      return "largest entry of each row";
    }

    @Override
    public List<Signature> signatures() {
      return Signature.all("matrix[m,n] -> vector[m]");
    }

    @Override
    public Tensor of(List<Tensor> operands) {
      return new Apply(this, operands, List.of(operands.getFirst().shape().getFirst()));
    }

    /** δ[i,r] argmax[r,s]. */
    @Override
    public Tensor derivative(Tensor result, List<Tensor> operands, int position) {
      Product product = new Product();
      List<Integer> labels = product.labels(operands.getFirst().shape());
      return product
          .factor(ROW_ARGMAX.of(operands), labels)
          .to(labels.get(0), labels.get(0), labels.get(1));
    }

    @Override
    public NumericArray value(List<NumericArray> operands) {
      NumericArray x = operands.getFirst();
      NumericArray y = NumericArray.zeros(x.size(0));
      for (int i = 0; i < x.size(0); i++) {
        double[] row = row(x, i);
        y.data()[i] = row.length == 0 ? Double.NaN : row[Extremum.position(row, true)];
      }
      return y;
    }

    @Override
    public List<Condition> conditions(List<Tensor> operands) {
      return List.of(tie(operands));
    }

    @Override
    public double distanceToKink(List<NumericArray> operands) {
      return gap(operands.getFirst());
    }
  }

  private record Indicator() implements Primitive {
    @Override
    public String name() {
      return "rowargmax";
    }

    @Override
    public String summary() {
      return "1 at the first largest entry of each row, else 0";
    }

    @Override
    public List<Signature> signatures() {
      return Signature.all("matrix[m,n] -> matrix[m,n]");
    }

    @Override
    public Tensor of(List<Tensor> operands) {
      return new Apply(this, operands, operands.getFirst().shape());
    }

    @Override
    public Tensor derivative(Tensor result, List<Tensor> operands, int position) {
      return Sum.zero(Stacked.shape(result, operands.getFirst()));
    }

    @Override
    public NumericArray value(List<NumericArray> operands) {
      NumericArray x = operands.getFirst();
      NumericArray y = NumericArray.zeros(x.size(0), x.size(1));
      if (x.size(1) == 0) return y;
      for (int i = 0; i < x.size(0); i++) {
        y.data()[i * x.size(1) + Extremum.position(row(x, i), true)] = 1;
      }
      return y;
    }

    @Override
    public List<Condition> conditions(List<Tensor> operands) {
      return List.of(tie(operands));
    }

    @Override
    public double distanceToKink(List<NumericArray> operands) {
      return gap(operands.getFirst());
    }
  }
}
