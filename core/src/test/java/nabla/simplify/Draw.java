package nabla.simplify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nabla.operation.Exponential;
import nabla.operation.Trigonometric;
import nabla.tensor.Product;
import nabla.tensor.Property;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;

/** Random choices from one seed: sizes, shapes, variables and small expressions of them. */
final class Draw {
  static final Size M = Size.of("m");
  static final Size N = Size.of("n");
  static final Size K = Size.of("k");

  private final Random random;

  Draw(long seed) {
    random = new Random(seed * 0x9E3779B97F4A7C15L);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  @SafeVarargs
  final <T> T of(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  <T> List<T> shuffled(List<T> list) {
    List<T> copy = new ArrayList<>(list);
    Collections.shuffle(copy, random);
    return copy;
  }

  /** Numbers from 1 to 4 for the three names of sizes. */
  Map<String, Integer> sizes() {
    return Map.of("m", 1 + below(4), "n", 1 + below(4), "k", 1 + below(4));
  }

  Size size() {
    return of(M, N, K);
  }

  List<Size> shape(int rank) {
    return IntStream.range(0, rank).mapToObj(axis -> size()).toList();
  }

  List<Size> shape() {
    return shape(of(0, 1, 1, 2, 2, 2, 3));
  }

  List<Size> square() {
    return Collections.nCopies(2, size());
  }

  /** A small whole number or fraction, never 0. */
  Rational number() {
    return of(
        Rational.ONE, Rational.TWO, Rational.MINUS_ONE, Rational.of(-3), Rational.of(2, 3), R_HALF);
  }

  private static final Rational R_HALF = Rational.of(-1, 2);

  Rational exponent() {
    return Rational.of(of(-4, -3, -2, -1, 1, 1, 2, 3, 4), of(1, 1, 2));
  }

  int power() {
    return of(-3, -2, -1, 1, 2, 3);
  }

  /** One of three variables of this shape; the name tells everything about it. */
  Variable variable(List<Size> shape, Property... properties) {
    String letters = Arrays.stream(properties).map(Property::name).collect(Collectors.joining());
    String axes = shape.stream().map(Size::toString).collect(Collectors.joining());
    String name = of("x", "y", "z") + axes + letters.toLowerCase(Locale.ROOT);
    return new Variable(name, shape, Set.of(properties));
  }

  Variable scalar() {
    return variable(List.of());
  }

  /** A small expression: a variable, a multiple, a sum, a product or a function of variables. */
  Tensor tensor(List<Size> shape) {
    Tensor x = variable(shape);
    return switch (below(9)) {
      case 0 -> Tensors.scale(number(), x);
      case 1 -> Tensors.add(x, Tensors.scale(number(), variable(shape)));
      case 2 -> Tensors.hadamard(x, variable(shape));
      case 3 -> of(Exponential.EXP, Trigonometric.SIN).at(x);
      case 4 -> shape.size() == 2 ? matrix(shape) : variable(shape, Property.POSITIVE);
      case 5 -> Tensors.power(variable(shape, Property.POSITIVE), exponent());
      default -> x;
    };
  }

  /** A transpose, a product of two matrices, or a matrix with structure. */
  Tensor matrix(List<Size> shape) {
    boolean square = shape.get(0).equals(shape.get(1));
    return switch (below(4)) {
      case 0 -> Tensors.transpose(variable(shape.reversed()));
      case 1 -> square ? variable(shape, Property.SYMMETRIC) : variable(shape);
      default -> {
        Size inner = size();
        yield Tensors.multiply(
            variable(List.of(shape.get(0), inner)), variable(List.of(inner, shape.get(1))));
      }
    };
  }

  /** The same tensor with its axes in a random order, stored as an expression of its own. */
  Tensor permuted(IntFunction<Tensor> ofRank, int rank) {
    Tensor tensor = ofRank.apply(rank);
    List<Integer> order = shuffled(IntStream.range(0, tensor.rank()).boxed().toList());
    return Tensors.permute(tensor, order);
  }

  /** A square matrix that is invertible at nearly every point. */
  Tensor invertible(List<Size> shape) {
    return switch (below(6)) {
      case 0 -> variable(shape, Property.SYMMETRIC);
      case 1 -> variable(shape, Property.INVERTIBLE);
      case 2 -> Tensors.add(variable(shape), Tensors.scale(number(), variable(shape)));
      case 3 -> Tensors.multiply(variable(shape), of(variable(shape), squareTransposed(shape)));
      case 4 -> variable(shape, Property.PD);
      default -> variable(shape);
    };
  }

  Tensor squareTransposed(List<Size> shape) {
    return Tensors.transpose(variable(shape));
  }

  /** A coefficient at every position. */
  Tensor constant(Rational value, List<Size> shape) {
    Product product = new Product().times(value);
    return product.to(product.labels(shape));
  }
}
