package nabla.simplify;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nabla.operation.Catalogue;
import nabla.operation.Cholesky;
import nabla.operation.FrechetDerivative;
import nabla.operation.Inverse;
import nabla.operation.MatrixFunction;
import nabla.operation.SylvesterInverse;
import nabla.tensor.Property;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Triangle;

/** Instances for the rules of matrix functions and triangular matrices. */
final class MatrixRuleInstances {
  private static final List<MatrixFunction> FUNCTIONS =
      Catalogue.all().stream()
          .filter(MatrixFunction.class::isInstance)
          .map(MatrixFunction.class::cast)
          .toList();

  private MatrixRuleInstances() {}

  /** A derivative tensor and a chain of matrices that mostly commute with where it is taken. */
  static Tensor commuting(Draw d) {
    List<Size> shape = d.square();
    Size n = shape.getFirst();
    MatrixFunction f = d.of(FUNCTIONS);
    Tensor x = d.chance(70) ? d.variable(shape, Property.PD) : half(d.variable(shape));
    if (d.chance(20)) x = Tensors.hadamard(x, d.variable(List.of(), Property.POSITIVE));
    Tensor derivative =
        f.equals(MatrixFunction.SQRTM)
            ? SylvesterInverse.at(x, d.chance(95) ? x : d.variable(shape, Property.PD))
            : new FrechetDerivative(f, 1).of(List.of(x));
    Scene scene = new Scene(d);
    List<Integer> labels = scene.labels(List.of(n, n, n, n));
    boolean adjoint = d.chance(50);
    int from = labels.get(adjoint ? 1 : 2);
    int to = labels.get(adjoint ? 0 : 3);
    Set<Integer> closed = Set.of(from, to);
    int links = d.of(0, 1, 1, 2);
    List<Integer> own = new ArrayList<>(labels);
    if (links == 0) own.set(adjoint ? 0 : 3, from);
    scene.with(derivative, d.chance(95) ? Rational.ONE : Rational.TWO, own);
    int at = from;
    for (int k = 0; k < links; k++) {
      int next = k == links - 1 ? to : scene.label(n);
      Tensor link = link(d, x, shape);
      boolean turned = d.chance(15);
      scene.with(link, Rational.ONE, turned ? List.of(next, at) : List.of(at, next));
      at = next;
    }
    return scene.build(links == 0 ? Set.of(from) : closed);
  }

  private static Tensor half(Tensor x) {
    return Tensors.scale(Rational.of(1, 4), x);
  }

  private static Tensor link(Draw d, Tensor x, List<Size> shape) {
    return switch (d.below(6)) {
      case 0 -> Inverse.at(x);
      case 1 -> MatrixFunction.EXPM.at(half(x));
      case 2 -> Tensors.add(x, Tensors.scale(d.number(), Tensors.identity(shape.getFirst())));
      case 3 -> Tensors.scale(d.number(), x);
      case 4 -> d.variable(shape);
      default -> x;
    };
  }

  private static Tensor lower(Draw d, List<Size> shape) {
    return switch (d.below(6)) {
      case 0 -> new Triangle(shape.get(0), shape.get(1));
      case 1 -> Cholesky.CHOL.of(List.of(d.variable(shape, Property.PD)));
      case 2 -> Inverse.at(d.variable(shape, Property.LOWER, Property.INVERTIBLE));
      case 3 -> d.variable(shape, Property.DIAGONAL);
      case 4 -> Tensors.transpose(d.variable(shape, Property.UPPER));
      default -> d.variable(shape, Property.LOWER);
    };
  }

  static Tensor opposite(Draw d) {
    List<Size> shape = d.square();
    Scene scene = new Scene(d);
    List<Integer> labels = scene.labels(shape);
    scene.with(lower(d, shape), Rational.of(d.of(1, 1, 1, 2, -1)), labels);
    Tensor other = d.chance(80) ? lower(d, shape) : d.variable(shape);
    scene.with(other, Rational.ONE, d.chance(85) ? labels.reversed() : labels);
    return scene.build();
  }

  static Tensor superfluous(Draw d) {
    List<Size> shape = d.square();
    Scene scene = new Scene(d);
    List<Integer> labels = scene.labels(shape);
    scene.with(new Triangle(shape.get(0), shape.get(1)), Rational.ONE, labels);
    Tensor other = d.chance(85) ? lower(d, shape) : d.variable(shape);
    scene.with(other, Rational.ONE, d.chance(85) ? labels : labels.reversed());
    return scene.build();
  }

  static Tensor cholesky(Draw d) {
    List<Size> shape = d.square();
    Size n = shape.getFirst();
    Tensor x =
        d.chance(60)
            ? d.variable(shape, Property.PD)
            : Tensors.add(d.variable(shape, Property.PD), d.variable(shape, Property.SKEW));
    Tensor l = Cholesky.CHOL.of(List.of(x));
    Tensor f =
        d.of(l, Inverse.at(l), Inverse.at(Tensors.transpose(l)), d.variable(shape, Property.LOWER));
    Scene scene = new Scene(d);
    int joint = scene.label(n);
    int a = scene.label(n);
    int b = scene.label(n);
    boolean rows = d.chance(50);
    Rational exponent = d.chance(95) ? Rational.ONE : Rational.TWO;
    scene.with(f, exponent, rows ? List.of(joint, a) : List.of(a, joint));
    boolean again = d.chance(90) == rows;
    scene.with(f, Rational.ONE, again ? List.of(joint, b) : List.of(b, joint));
    return scene.build(Set.of(joint));
  }
}
