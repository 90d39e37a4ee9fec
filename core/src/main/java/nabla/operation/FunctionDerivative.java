package nabla.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/**
 * {@code f(u)}, {@code f'(u)}, {@code f''(u)}, … of an unknown function. The axes of {@code f'(u)}
 * are those of {@code u}, then those of {@code f(u)}.
 *
 * <p>Where a number is needed a smooth function stands for it, always the same for one name: Σₖ aₖ
 * sin(wₖ·u + bₖ), whose derivative of order p is Σₖ wₖ⊗…⊗wₖ⊗aₖ sin(wₖ·u + bₖ + p π/2).
 *
 * <p>A node that is not elementwise has a second operand, ones of the shape of the value of f,
 * which only tells that shape.
 */
public record FunctionDerivative(FunctionSymbol function, int order) implements Primitive {
  /** More waves than arguments, so that derivatives have full rank. */
  private static final int MORE_WAVES = 2;

  @Override
  public String name() {
    return function.name() + "'".repeat(order);
  }

  @Override
  public String summary() {
    return "a function that was only declared, or a derivative of it";
  }

  @Override
  public List<Signature> signatures() {
    throw new IllegalStateException("declared, and not of the catalogue");
  }

  @Override
  public Tensor of(List<Tensor> operands) {
    return function.at(order, operands.getFirst());
  }

  /** Second derivatives do not depend on the order. */
  @Override
  public boolean symmetric(List<Tensor> operands) {
    return order == 2 && function.argument().size() == 1 && function.result().isEmpty();
  }

  @Override
  public List<Tensor> written(List<Tensor> operands) {
    return operands.subList(0, 1);
  }

  @Override
  public Tensor derivative(Tensor result, List<Tensor> operands, int position) {
    Tensor next = function.at(order + 1, operands.getFirst());
    if (function.isElementwise()) return next;
    // The new axes of u stand before those of f(u); they belong behind.
    int earlier = order * function.argument().size();
    int own = earlier + function.argument().size();
    List<Integer> axes = new ArrayList<>();
    for (int axis = 0; axis < earlier; axis++) axes.add(axis);
    for (int axis = own; axis < next.rank(); axis++) axes.add(axis);
    for (int axis = earlier; axis < own; axis++) axes.add(axis);
    return Tensors.permute(next, axes);
  }

  @Override
  public NumericArray value(List<NumericArray> operands) {
    NumericArray u = operands.getFirst();
    if (function.isElementwise()) {
      Wave[] waves = waves(1, 1);
      return u.map(x -> Arrays.stream(waves).mapToDouble(w -> w.slope(x, order)).sum());
    }
    int[] result = operands.get(1).shape();
    NumericArray sum = NumericArray.zeros(shape(u.shape(), result));
    for (Wave wave : waves(u.count(), operands.get(1).count())) wave.addTo(sum, u.data(), order);
    return sum;
  }

  private int[] shape(int[] argument, int[] result) {
    IntStream shape = IntStream.empty();
    for (int k = 0; k < order; k++) shape = IntStream.concat(shape, IntStream.of(argument));
    return IntStream.concat(shape, IntStream.of(result)).toArray();
  }

  private Wave[] waves(int arguments, int results) {
    SplittableRandom random = new SplittableRandom(seed());
    Wave[] waves = new Wave[arguments + MORE_WAVES];
    for (int k = 0; k < waves.length; k++) {
      double[] amplitudes = random.doubles(results, -1.5, 1.5).toArray();
      double[] frequencies = random.doubles(arguments, -1.2, 1.2).toArray();
      waves[k] = new Wave(amplitudes, frequencies, random.nextDouble(Math.PI));
    }
    return waves;
  }

  /** FNV-1a, which tells names apart that {@link String#hashCode()} does not. */
  private long seed() {
    long hash = 0xcbf29ce484222325L;
    for (int k = 0; k < function.name().length(); k++) {
      hash = (hash ^ function.name().charAt(k)) * 0x100000001b3L;
    }
    return hash;
  }

  private static final class Wave {
    private final double[] amplitudes;
    private final double[] frequencies;
    private final double phase;

    Wave(double[] amplitudes, double[] frequencies, double phase) {
      this.amplitudes = amplitudes;
      this.frequencies = frequencies;
      this.phase = phase;
    }

    double slope(double x, int order) {
      return amplitudes[0] * Math.pow(frequencies[0], order) * sine(frequencies[0] * x, order);
    }

    private double sine(double angle, int order) {
      return Math.sin(angle + phase + order % 4 * (Math.PI / 2));
    }

    void addTo(NumericArray sum, double[] u, int order) {
      double angle = 0;
      for (int k = 0; k < u.length; k++) angle += frequencies[k] * u[k];
      double sine = sine(angle, order);
      double[] data = sum.data();
      for (int position = 0; position < data.length; position++) {
        int rest = position / amplitudes.length;
        double term = amplitudes[position % amplitudes.length] * sine;
        for (int k = 0; k < order; k++, rest /= u.length) term *= frequencies[rest % u.length];
        data[position] += term;
      }
    }
  }
}
