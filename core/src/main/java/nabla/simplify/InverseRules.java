package nabla.simplify;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nabla.operation.Adjugate;
import nabla.operation.Cholesky;
import nabla.operation.Determinant;
import nabla.operation.Exponential;
import nabla.operation.Inverse;
import nabla.operation.LogDeterminant;
import nabla.operation.MatrixFunction;
import nabla.tensor.Apply;
import nabla.tensor.Einsum;
import nabla.tensor.Operator;
import nabla.tensor.Product;
import nabla.tensor.Property;
import nabla.tensor.Rational;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/** The algebra of inverses, adjugates and determinants. */
final class InverseRules {
  static final List<Rule> RULES =
      List.of(
          new Rule("inverse of inverse", "inv(inv(X)) -> X", InverseRules::involution),
          new Rule(
              "inverse of a multiple", "inv(c*X) -> inv(X)/c", InverseRules::inverseOfMultiple),
          new Rule("inverse of orthogonal", "inv(Q) -> Q', Q orthogonal", InverseRules::orthogonal),
          new Rule("cancel inverse", "inv(X)*X -> eye, X*inv(X) -> eye", InverseRules::cancel),
          new Rule(
              "adjugate over determinant",
              "adj(X)/det(X) -> inv(X)",
              InverseRules::overDeterminant),
          new Rule(
              "adjugate of invertible",
              "adj(X) -> det(X)*inv(X), X invertible",
              InverseRules::adjugate),
          new Rule("determinant of inverse", "det(inv(X)) -> 1/det(X)", InverseRules::ofInverse),
          new Rule(
              "logarithm of determinant",
              "log(c*det(X)^p) -> log(c) + p*logdet(X), c > 0, p odd",
              InverseRules::logarithm));

  /** Pays only where something cancels afterwards, so it is tried as an alternative. */
  static final Rule SPLIT =
      new Rule(
          "inverse of a product", "inv(A*B) -> inv(B)*inv(A), A and B square", InverseRules::split);

  /** What these give has an inverse wherever they are defined. */
  private static final Set<Operator> ALWAYS_INVERTIBLE =
      Set.of(Inverse.INVERSE, Cholesky.CHOL, MatrixFunction.EXPM, MatrixFunction.SQRTM);

  private InverseRules() {}

  private static @Nullable Tensor operand(Tensor node, Operator operator) {
    return node instanceof Apply a && a.operator().equals(operator)
        ? a.operands().getFirst()
        : null;
  }

  private static @Nullable Tensor involution(Tensor node) {
    Tensor x = operand(node, Inverse.INVERSE);
    return x == null ? null : operand(x, Inverse.INVERSE);
  }

  private static @Nullable Tensor inverseOfMultiple(Tensor node) {
    Tensor x = operand(node, Inverse.INVERSE);
    if (x instanceof Sum sum && !sum.content().isOne() && !sum.isZero()) {
      Rational reciprocal = sum.content().inverse();
      return Tensors.scale(reciprocal, Inverse.at(sum.times(reciprocal)));
    }
    if (!(x instanceof Einsum e)) return null;
    List<Integer> scalars = Factors.positions(e, f -> f.labels().isEmpty());
    if (scalars.isEmpty() && e.coefficient().isOne()) return null;
    Product inner = new Product();
    Product outer = new Product().times(e.coefficient().inverse());
    for (var size : e.sizes()) inner.label(size);
    for (Einsum.Factor f : e.factors()) {
      if (f.labels().isEmpty()) Factors.add(outer, f, f.exponent().negate());
      else Factors.add(inner, f);
    }
    Tensor matrix = inner.to(e.output());
    boolean identity = Tensors.isConstant(matrix, Rational.ONE) || isIdentity(matrix);
    Tensor inverse = identity ? matrix : Inverse.at(matrix);
    List<Integer> labels = outer.labels(node.shape());
    return outer.factor(inverse, labels).to(labels);
  }

  private static boolean isIdentity(Tensor matrix) {
    return matrix instanceof Einsum e
        && e.factors().isEmpty()
        && e.rank() == 2
        && e.output().get(0).equals(e.output().get(1));
  }

  private static @Nullable Tensor orthogonal(Tensor node) {
    Tensor x = operand(node, Inverse.INVERSE);
    if (x != null && isIdentity(x) && ((Einsum) x).coefficient().isOne()) return x;
    return x instanceof Variable v && v.is(Property.ORTHOGONAL) ? Tensors.transpose(v) : null;
  }

  private static @Nullable Tensor cancel(Tensor node) {
    if (!(node instanceof Einsum e)) return null;
    for (int k = 0; k < e.factors().size(); k++) {
      Einsum.Factor f = e.factors().get(k);
      Tensor x = f.isPlain() ? operand(f.tensor(), Inverse.INVERSE) : null;
      if (x == null) continue;
      Tensor right = cancelAt(e, k, x, f.labels().get(1), f.labels().get(0), false);
      if (right != null) return right;
      Tensor left = cancelAt(e, k, x, f.labels().get(0), f.labels().get(1), true);
      if (left != null) return left;
    }
    return null;
  }

  /** inv(X)[free,joint]*X[joint,other], or X[other,joint]*inv(X)[joint,free] if {@code left}. */
  private static @Nullable Tensor cancelAt(
      Einsum e, int inverse, Tensor x, int joint, int free, boolean left) {
    if (joint == free || Factors.isOutput(e, joint)) return null;
    SubProduct pattern = SubProduct.of(x);
    SubProduct.Match match = pattern.find(e, inverse, left ? 1 : 0, joint);
    if (match == null) return null;
    int other = match.output().get(left ? 0 : 1);
    Product product = Factors.without(e, match.positionsAnd(inverse));
    product.times(pattern.coefficient().inverse());
    for (int label : match.labels()) if (label != free && label != other) product.forget(label);
    product.unify(free, other);
    return product.to(e.output());
  }

  private static @Nullable Tensor overDeterminant(Tensor node) {
    if (!(node instanceof Einsum e)) return null;
    for (int k = 0; k < e.factors().size(); k++) {
      Einsum.Factor adjugate = e.factors().get(k);
      Tensor x = adjugate.isPlain() ? operand(adjugate.tensor(), Adjugate.ADJUGATE) : null;
      if (x == null) continue;
      Tensor determinant = Determinant.at(x);
      for (int d = 0; d < e.factors().size(); d++) {
        Einsum.Factor f = e.factors().get(d);
        if (!f.tensor().equals(determinant) || f.exponent().compareTo(Rational.MINUS_ONE) > 0) {
          continue;
        }
        Product product = Factors.without(e, k, d);
        Factors.add(product, f, f.exponent().plus(Rational.ONE));
        return product.factor(Inverse.at(x), adjugate.labels()).to(e.output());
      }
    }
    return null;
  }

  private static @Nullable Tensor adjugate(Tensor node) {
    Tensor x = operand(node, Adjugate.ADJUGATE);
    if (x == null || !isInvertible(x)) return null;
    return Tensors.hadamard(Determinant.at(x), Inverse.at(x));
  }

  /** Whether a square matrix is invertible by declaration. */
  static boolean isInvertible(Tensor x) {
    return switch (x) {
      case Variable v ->
          v.is(Property.INVERTIBLE) || v.is(Property.PD) || v.is(Property.ORTHOGONAL);
      case Apply a -> ALWAYS_INVERTIBLE.contains(a.operator());
      case Einsum e -> {
        List<Einsum.Factor> chain = Factors.squareChain(e);
        yield chain != null
            && e.factors().stream().allMatch(f -> !f.labels().isEmpty())
            && chain.stream().allMatch(f -> isInvertible(f.tensor()));
      }
      default -> false;
    };
  }

  private static @Nullable Tensor ofInverse(Tensor node) {
    Tensor x = operand(node, Determinant.DETERMINANT);
    Tensor inner = x == null ? null : operand(x, Inverse.INVERSE);
    if (inner != null) return Tensors.power(Determinant.at(inner), Rational.MINUS_ONE);
    Tensor y = operand(node, LogDeterminant.LOGDET);
    inner = y == null ? null : operand(y, Inverse.INVERSE);
    return inner == null ? null : Tensors.negate(LogDeterminant.at(inner));
  }

  /**
   * The determinant of a large matrix overflows, and its slope is an adjugate. Both sides are
   * defined where the determinant is positive: not so for an even exponent.
   */
  private static @Nullable Tensor logarithm(Tensor node) {
    Tensor of = Factors.argument(node, Exponential.LOG);
    if (of == null) return null;
    Tensor alone = operand(of, Determinant.DETERMINANT);
    if (alone != null) return LogDeterminant.at(alone);
    if (!(of instanceof Einsum e) || e.rank() > 0) return null;
    List<Integer> determinants =
        Factors.positions(e, f -> operand(f.tensor(), Determinant.DETERMINANT) != null);
    if (determinants.size() != 1) return null;
    Einsum.Factor determinant = e.factors().get(determinants.getFirst());
    Tensor rest = Factors.without(e, determinants.getFirst()).to(e.output());
    boolean odd = determinant.exponent().numerator().testBit(0);
    if (!odd || !FunctionRules.isPositive(rest)) return null;
    Tensor matrix = determinant.tensor().operands().getFirst();
    return Tensors.add(
        Exponential.LOG.at(rest), Tensors.scale(determinant.exponent(), LogDeterminant.at(matrix)));
  }

  private static @Nullable Tensor split(Tensor node) {
    Tensor x = operand(node, Inverse.INVERSE);
    if (!(x instanceof Einsum e)) return null;
    List<Einsum.Factor> chain = Factors.squareChain(e);
    if (chain == null || chain.size() < 2) return null;
    Product product = new Product();
    int first = product.label(x.shape().getFirst());
    int current = first;
    int from = e.output().get(0);
    List<Tensor> inverses = new ArrayList<>();
    for (Einsum.Factor f : chain) {
      boolean forward = f.labels().get(0) == from;
      Tensor inverse = Inverse.at(f.tensor());
      inverses.add(forward ? inverse : Tensors.transpose(inverse));
      from = f.labels().get(forward ? 1 : 0);
    }
    for (Tensor inverse : inverses.reversed()) {
      int next = product.label(x.shape().getFirst());
      product.factor(inverse, current, next);
      current = next;
    }
    for (Einsum.Factor f : e.factors()) {
      if (f.labels().isEmpty()) Factors.add(product, f, f.exponent().negate());
    }
    return product.times(e.coefficient().inverse()).to(first, current);
  }
}
