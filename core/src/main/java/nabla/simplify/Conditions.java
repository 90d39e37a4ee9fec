package nabla.simplify;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import nabla.operation.Activation;
import nabla.operation.Condition;
import nabla.operation.Determinant;
import nabla.operation.Elementary;
import nabla.operation.Primitive;
import nabla.tensor.Apply;
import nabla.tensor.Einsum;
import nabla.tensor.Elementwise;
import nabla.tensor.Operator;
import nabla.tensor.Property;
import nabla.tensor.Rational;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;

/** What must hold for a formula to be right, less what the declarations grant. */
public final class Conditions {
  private Conditions() {}

  /**
   * A condition as it is shown, and as it is compared with others.
   *
   * @param normal that of the simplified subject
   */
  private record Found(Condition shown, Condition normal) {}

  /** The conditions of every node, in the order of the formulas, none that another one implies. */
  public static List<Condition> of(List<Tensor> tensors) {
    Set<Condition> stated = new LinkedHashSet<>();
    for (Tensor node : tensors.stream().flatMap(t -> Tensors.topological(t).stream()).toList()) {
      switch (node) {
        case Elementwise e -> addOperation(e.operator(), e.operands(), stated);
        case Apply a -> addOperation(a.operator(), a.operands(), stated);
        case Einsum e -> {
          for (Einsum.Factor f : e.factors()) addPower(f, stated);
        }
        default -> {}
      }
    }
    stated.removeIf(c -> isTurned(c, stated));
    List<Found> found = simplified(stated);
    return found.stream()
        .filter(c -> found.stream().noneMatch(d -> implies(d.normal(), c.normal())))
        .map(Found::shown)
        .toList();
  }

  /** Each once, less what is granted. */
  private static List<Found> simplified(Set<Condition> stated) {
    Simplifier simplifier = new Simplifier();
    Set<Condition> known = new LinkedHashSet<>();
    List<Found> found = new ArrayList<>();
    for (Condition c : stated) {
      Condition n = plain(new Condition(simplifier.normalize(c.subject()), c.requirement()));
      if (!granted(c) && !granted(n) && known.add(n)) found.add(new Found(c, n));
    }
    return found;
  }

  /** Whether the same is required of the transpose, and that one is shown. */
  private static boolean isTurned(Condition c, Set<Condition> found) {
    Tensor x = c.subject();
    if (x.rank() != 2 || x.isSymmetric()) return false;
    Tensor turned = Tensors.transpose(x);
    boolean plainer = turned instanceof Variable || turned.digest().compareTo(x.digest()) < 0;
    return !(x instanceof Variable)
        && plainer
        && found.contains(new Condition(turned, c.requirement()));
  }

  /** Whether one condition makes another one superfluous. */
  private static boolean implies(Condition stronger, Condition weaker) {
    Tensor subject = stronger.subject();
    boolean positive = stronger.requirement().equals("> 0");
    if (positive && weaker.equals(Condition.nonzero(subject))) return true;
    boolean nonzero = positive || stronger.requirement().equals("≠ 0");
    if (nonzero && subject.rank() > 0 && weaker.equals(Condition.notZero(subject))) return true;
    return nonzero
        && subject instanceof Apply a
        && a.operator().equals(Determinant.DETERMINANT)
        && (weaker.equals(Condition.invertible(a.operands().getFirst()))
            || weaker.equals(Condition.invertible(Tensors.transpose(a.operands().getFirst()))));
  }

  private static void addOperation(Operator operator, List<Tensor> operands, Set<Condition> found) {
    for (Condition c : Primitive.of(operator).conditions(operands)) found.add(plain(c));
  }

  /** Negative powers need a base that is not 0, roots one that is positive. */
  private static void addPower(Einsum.Factor f, Set<Condition> found) {
    if (f.exponent().isInteger()) {
      if (f.exponent().signum() < 0) found.add(plain(Condition.nonzero(f.tensor())));
      return;
    }
    Tensor root = sumOfSquares(f.tensor());
    if (root != null) {
      if (f.exponent().signum() < 0) found.add(Condition.notZero(root));
    } else {
      found.add(Condition.positive(f.tensor()));
    }
  }

  /** Conditions on sums of squares, norms and absolute values are conditions on what is inside. */
  private static Condition plain(Condition c) {
    boolean nonzero = c.requirement().equals("≠ 0");
    if (!nonzero && !c.requirement().equals("> 0")) return c;
    Tensor inside = Factors.argument(c.subject(), Activation.ABS);
    if (inside == null) inside = evenPower(c.subject());
    if (inside != null) return plain(Condition.nonzero(inside));
    Tensor root = sumOfSquares(nonzero ? c.subject() : radicand(c.subject()));
    return root == null ? c : Condition.notZero(root);
  }

  /** The x of {@code x.^2}, {@code x.^4}, …, else null. */
  private static @org.jspecify.annotations.Nullable Tensor evenPower(Tensor tensor) {
    if (!(tensor instanceof Einsum e) || e.factors().size() != 1 || e.contracts()) return null;
    Einsum.Factor f = e.factors().getFirst();
    boolean even = f.exponent().isInteger() && !f.exponent().numerator().testBit(0);
    boolean whole = f.tensor().rank() == e.rank() && e.coefficient().signum() > 0;
    return even && whole && f.exponent().signum() > 0 ? f.tensor() : null;
  }

  /** The x of a scalar {@code x^p} with p positive, else the tensor itself. */
  private static Tensor radicand(Tensor tensor) {
    if (!(tensor instanceof Einsum e) || e.factors().size() != 1) return tensor;
    Einsum.Factor f = e.factors().getFirst();
    boolean power = e.coefficient().signum() > 0 && f.exponent().signum() > 0;
    return power && f.labels().isEmpty() ? f.tensor() : tensor;
  }

  /** The x of {@code sum(x.^2)} and of {@code sum(abs(x))}, else null. */
  private static @org.jspecify.annotations.Nullable Tensor sumOfSquares(Tensor tensor) {
    if (!(tensor instanceof Einsum e) || e.rank() > 0 || e.factors().size() != 1) return null;
    Einsum.Factor f = e.factors().getFirst();
    boolean distinct = f.labels().stream().distinct().count() == f.labels().size();
    if (!distinct || f.labels().isEmpty() || e.coefficient().signum() <= 0) return null;
    if (f.exponent().equals(Rational.TWO)) return f.tensor();
    return f.isPlain() ? Factors.argument(f.tensor(), Activation.ABS) : null;
  }

  private static boolean granted(Condition c) {
    Tensor x = c.subject();
    return switch (c.requirement()) {
      case "> 0" -> isPositive(x);
      case "≠ 0", "not zero" -> isPositive(x) || isNonzeroConstant(x);
      case "> -1" -> isPositive(x);
      case "invertible" -> InverseRules.isInvertible(x);
      case "positive definite", "has no eigenvalue that is negative or 0" ->
          x instanceof Variable v && v.is(Property.PD);
      case "keeps its rank nearby", "has full rank" -> InverseRules.isInvertible(x);
      default -> false;
    };
  }

  private static boolean isNonzeroConstant(Tensor x) {
    Rational value = FunctionRules.constantValue(x);
    if (value != null) return !value.isZero();
    boolean function = x instanceof Elementwise e && e.operator() instanceof Elementary;
    Rational inside = function ? FunctionRules.constantValue(x.operands().getFirst()) : null;
    if (inside == null) return false;
    double image =
        ((Elementary) ((Elementwise) x).operator()).function().applyAsDouble(inside.doubleValue());
    return Math.abs(image) > 0;
  }

  private static boolean isPositive(Tensor x) {
    if (FunctionRules.isPositive(x)) return true;
    Rational value = FunctionRules.constantValue(x);
    if (value != null) return value.signum() > 0;
    return switch (x) {
      case Apply a when a.operator().equals(Determinant.DETERMINANT) ->
          a.operands().getFirst() instanceof Variable v && v.is(Property.PD);
      case Sum s ->
          !s.isZero()
              && s.terms().stream()
                  .allMatch(t -> t.coefficient().signum() > 0 && isNonnegative(t.tensor()))
              && s.terms().stream().anyMatch(t -> isPositive(t.tensor()));
      default -> false;
    };
  }

  private static boolean isNonnegative(Tensor x) {
    if (isPositive(x)) return true;
    if (!(x instanceof Einsum e)) return x instanceof Variable v && v.is(Property.NONNEGATIVE);
    List<Einsum.Factor> open = new ArrayList<>(e.factors());
    open.removeIf(f -> f.exponent().isInteger() && !f.exponent().numerator().testBit(0));
    open.removeIf(f -> isPositive(f.tensor()) || isNonnegative(f.tensor()));
    boolean everywhere = e.output().stream().distinct().count() == e.rank();
    return e.coefficient().signum() > 0 && open.isEmpty() && everywhere;
  }
}
