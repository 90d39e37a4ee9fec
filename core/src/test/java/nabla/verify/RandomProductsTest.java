package nabla.verify;

import static nabla.verify.Samples.M;
import static nabla.verify.Samples.N;
import static nabla.verify.Samples.matrix;
import static nabla.verify.Samples.scalar;
import static nabla.verify.Samples.vector;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import nabla.tensor.Alternating;
import nabla.tensor.Fuse;
import nabla.tensor.NumericArray;
import nabla.tensor.Product;
import nabla.tensor.Property;
import nabla.tensor.Rational;
import nabla.tensor.Selection;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Triangle;
import nabla.tensor.Unit;
import nabla.tensor.Variable;
import org.junit.jupiter.api.Test;

/**
 * A product means what its builder was told: one loop over every label, without canonical form,
 * elimination of structural constants or an order of contraction.
 */
class RandomProductsTest {
  private static final Map<String, Integer> SIZES = Map.of("m", 2, "n", 3);
  private static final Variable A = matrix("A", M, N);
  private static final Variable S = matrix("S", N, N, Property.SYMMETRIC);
  private static final Variable X = matrix("X", N, N);
  private static final Variable U = vector("u", N);
  private static final Variable V = vector("v", M);
  private static final Variable C = scalar("c");
  private static final Variable W = vector("w", Size.of(3));
  private static final List<Tensor> FACTORS =
      List.of(
          A,
          S,
          X,
          U,
          V,
          C,
          new Unit(N, 2),
          new Unit(M, 1),
          new Fuse(M, N),
          new Fuse(N, M),
          new Selection(N, Size.of(1), Size.of(2)),
          new Selection(N, Size.of(0), Size.of(2)),
          new Selection(N, Size.of(0), M),
          new Selection(N, N.minus(M), M),
          new Selection(N, M, N.minus(M)),
          new Selection(M, Size.of(1), Size.of(1)),
          new Selection(M, Size.of(0), M),
          new Selection(Size.of(2), Size.of(1), Size.of(1)),
          new Unit(Size.of(2), 1),
          new Triangle(N, N),
          new Triangle(M, N),
          Alternating.EPSILON,
          W,
          Tensors.multiply(A, U),
          Tensors.multiply(Tensors.transpose(A), A),
          Tensors.add(X, Tensors.transpose(X)),
          Tensors.subtract(S, Tensors.identity(N)),
          Tensors.scale(Rational.of(4, 9), Tensors.hadamard(U, U)),
          Tensors.total(X),
          Tensors.identity(N),
          Tensors.ones(List.of(M, N)));
  private static final List<Rational> EXPONENTS =
      List.of(Rational.TWO, Rational.MINUS_ONE, Rational.HALF, Rational.of(-3, 2));

  private record Use(Tensor tensor, Rational exponent, List<Integer> labels) {}

  private final List<Size> sizes = new ArrayList<>();
  private final List<Use> uses = new ArrayList<>();
  private final List<Integer> output = new ArrayList<>();

  @Test
  void agreesWithOneLoopOverAllLabels() {
    for (long seed = 0; seed < 6000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      draw(random);
      Binding at =
          SamplePoints.draw(List.of(A, S, X, U, V, C, W), SIZES, seed, 3 + random.nextInt(2));
      NumericArray found = ReferenceInterpreter.evaluate(build(), at);
      double[] expected = naive(at, term -> term);
      double scale = 1e-9;
      for (double entry : naive(at, Math::abs)) scale = Math.max(scale, entry);
      assertThat(found.count()).as("seed %s", seed).isEqualTo(expected.length);
      for (int k = 0; k < expected.length; k++) {
        double error = Math.abs(found.data()[k] - expected[k]) / scale;
        if (Double.isFinite(expected[k])) {
          assertThat(error)
              .as("seed %s, %s to %s: %s", seed, uses, output, build())
              .isLessThan(1e-9);
        }
      }
    }
  }

  private void draw(SplittableRandom random) {
    sizes.clear();
    uses.clear();
    output.clear();
    int count = random.nextInt(4);
    for (int f = 0; f <= count; f++) {
      Tensor tensor = FACTORS.get(random.nextInt(FACTORS.size()));
      List<Integer> labels = new ArrayList<>();
      for (Size size : tensor.shape()) labels.add(label(size, random));
      boolean plain = random.nextInt(3) > 0 || !List.of(A, U, V, C).contains(tensor);
      Rational exponent = plain ? Rational.ONE : EXPONENTS.get(random.nextInt(EXPONENTS.size()));
      uses.add(new Use(tensor, exponent, labels));
    }
    if (random.nextInt(4) == 0) sizes.add(M);
    for (int axis = random.nextInt(4); axis > 0 && !sizes.isEmpty(); axis--) {
      output.add(random.nextInt(sizes.size()));
    }
  }

  private int label(Size size, SplittableRandom random) {
    for (int k = 0; k < sizes.size(); k++) {
      if (sizes.get(k).equals(size) && random.nextInt(2) == 0) return k;
    }
    sizes.add(size);
    return sizes.size() - 1;
  }

  private Tensor build() {
    Product product = new Product().times(Rational.of(3, 2));
    product.labels(sizes);
    for (Use use : uses) product.factor(use.tensor, use.exponent, use.labels);
    return product.to(output);
  }

  /**
   * Writes only where repeated output labels agree, which is what a unit tensor does. The sum of
   * absolute terms is what rounding is relative to where positive and negative terms cancel.
   */
  private double[] naive(Binding at, DoubleUnaryOperator size) {
    int[] extents = Shapes.of(sizes, SIZES);
    int[] shape = new int[output.size()];
    for (int axis = 0; axis < shape.length; axis++) shape[axis] = extents[output.get(axis)];
    double[] result = new double[Shapes.count(shape)];
    List<NumericArray> values = new ArrayList<>();
    for (Use use : uses) values.add(ReferenceInterpreter.evaluate(use.tensor, at));
    int[] index = new int[extents.length];
    do {
      result[position(output, index, shape)] += size.applyAsDouble(1.5 * term(values, index));
    } while (advance(index, extents));
    return result;
  }

  private double term(List<NumericArray> values, int[] index) {
    double term = 1;
    for (int f = 0; f < uses.size(); f++) {
      NumericArray value = values.get(f);
      double entry = value.data()[position(uses.get(f).labels, index, value.shape())];
      term *= Math.pow(entry, uses.get(f).exponent.doubleValue());
    }
    return term;
  }

  private static int position(List<Integer> labels, int[] index, int[] shape) {
    int position = 0;
    for (int axis = 0; axis < shape.length; axis++) {
      position = position * shape[axis] + index[labels.get(axis)];
    }
    return position;
  }

  private static boolean advance(int[] index, int[] extents) {
    for (int k = index.length - 1; k >= 0; k--) {
      if (++index[k] < extents[k]) return true;
      index[k] = 0;
    }
    return false;
  }
}
