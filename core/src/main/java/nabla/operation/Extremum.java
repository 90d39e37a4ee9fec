package nabla.operation;

import java.util.Arrays;
import java.util.List;
import nabla.tensor.Apply;
import nabla.tensor.NumericArray;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;

/**
 * The largest and the smallest entry. The derivative is the indicator of the entry that attains it;
 * at a tie the first one counts, and the derivative of the indicator is 0.
 */
public final class Extremum {
  public static final Primitive MAX = new Value(true);
  public static final Primitive MIN = new Value(false);
  public static final Primitive ARGMAX = new Indicator(true);
  public static final Primitive ARGMIN = new Indicator(false);

  private Extremum() {}

  private record Value(boolean largest) implements Primitive {
    @Override
    public String name() {
      return largest ? "max" : "min";
    }

    @Override
    public String summary() {
      return (largest ? "largest" : "smallest") + " entry";
    }

    @Override
    public Transposition transposition() {
      return Transposition.IDLE;
    }

    @Override
    public List<Signature> signatures() {
      return Signature.all("any -> scalar");
    }

    @Override
    public Tensor of(List<Tensor> operands) {
      return new Apply(this, operands, List.of());
    }

    @Override
    public Tensor derivative(Tensor result, List<Tensor> operands, int position) {
      return (largest ? ARGMAX : ARGMIN).of(operands);
    }

    @Override
    public NumericArray value(List<NumericArray> operands) {
      double[] x = operands.getFirst().data();
      return NumericArray.scalar(x.length == 0 ? Double.NaN : x[position(x, largest)]);
    }

    @Override
    public List<Condition> conditions(List<Tensor> operands) {
      return List.of(tie(operands, largest));
    }

    @Override
    public double distanceToKink(List<NumericArray> operands) {
      return gap(operands.getFirst().data(), largest);
    }
  }

  private record Indicator(boolean largest) implements Primitive {
    @Override
    public String name() {
      return largest ? "argmax" : "argmin";
    }

    @Override
    public String summary() {
      return "1 at the first " + (largest ? "largest" : "smallest") + " entry, else 0";
    }

    @Override
    public Transposition transposition() {
      return Transposition.FOLLOWS;
    }

    @Override
    public List<Signature> signatures() {
      return Signature.all("any -> any");
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
      NumericArray y = NumericArray.zeros(x.shape());
      if (x.count() > 0) y.data()[Extremum.position(x.data(), largest)] = 1;
      return y;
    }

    @Override
    public List<Condition> conditions(List<Tensor> operands) {
      return List.of(tie(operands, largest));
    }

    @Override
    public double distanceToKink(List<NumericArray> operands) {
      return gap(operands.getFirst().data(), largest);
    }
  }

  private static Condition tie(List<Tensor> operands, boolean largest) {
    return new Condition(
        operands.getFirst(), "has a single " + (largest ? "largest" : "smallest") + " entry");
  }

  /** The first of the entries that attain it; NaN counts as both largest and smallest. */
  static int position(double[] x, boolean largest) {
    int best = 0;
    for (int k = 0; k < x.length; k++) {
      if (Double.isNaN(x[k])) return k;
      if (largest ? x[k] > x[best] : x[k] < x[best]) best = k;
    }
    return best;
  }

  /** How far the largest, or the smallest, entry is from the next one. */
  static double gap(double[] x, boolean largest) {
    if (x.length < 2) return Double.POSITIVE_INFINITY;
    double[] sorted = x.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return largest ? sorted[n - 1] - sorted[n - 2] : sorted[1] - sorted[0];
  }
}
