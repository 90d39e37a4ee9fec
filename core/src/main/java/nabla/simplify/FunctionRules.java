package nabla.simplify;

import static nabla.operation.Activation.ABS;
import static nabla.operation.Activation.RELU;
import static nabla.operation.Activation.SIGN;
import static nabla.operation.Exponential.EXP;
import static nabla.operation.Exponential.LOG;
import static nabla.operation.Trigonometric.COSH;
import static nabla.operation.Trigonometric.SINH;
import static nabla.operation.Trigonometric.TANH;

import java.util.List;
import nabla.operation.Elementary;
import nabla.operation.Power;
import nabla.operation.Softmax;
import nabla.tensor.Apply;
import nabla.tensor.Constant;
import nabla.tensor.Einsum;
import nabla.tensor.Elementwise;
import nabla.tensor.Extent;
import nabla.tensor.Product;
import nabla.tensor.Property;
import nabla.tensor.Rational;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Unit;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/** Rules for functions applied entry by entry. */
final class FunctionRules {
  static final List<Rule> RULES =
      List.of(
          new Rule("value at a constant", "f(0) -> its exact value", FunctionRules::constant),
          new Rule("parity", "f(-x) -> -f(x) if odd, f(x) if even", FunctionRules::parity),
          new Rule("exponential of a negative", "exp(-x) -> exp(x)^-1", FunctionRules::negativeExp),
          new Rule("exp of log", "exp(log(x)) -> x, x > 0", FunctionRules::expOfLog),
          new Rule("log of exp", "log(exp(x)^c) -> c*x", FunctionRules::logOfExp),
          new Rule(
              "known sign",
              "abs(x) -> x, relu(x) -> x, sign(x) -> 1, x > 0",
              FunctionRules::knownSign),
          new Rule("constant exponent", "power(x, c) -> x^c", FunctionRules::constantExponent),
          new Rule("power of e", "power(e, x) -> exp(x)", FunctionRules::powerOfE),
          new Rule(
              "collect powers", "power(x,y)*x^c -> power(x, y+c)", FunctionRules::collectPowers),
          new Rule("sign over absolute value", "sign(x)/abs(x) -> 1/x", FunctionRules::signOverAbs),
          new Rule("even power of absolute value", "abs(x)^2 -> x^2", FunctionRules::evenAbs),
          new Rule("root of a square", "(x^2)^(1/2) -> abs(x)", FunctionRules::rootOfSquare),
          new Rule("hyperbolic tangent", "sinh(x)/cosh(x) -> tanh(x)", FunctionRules::tanh));

  private FunctionRules() {}

  private static @Nullable Elementary elementary(Tensor node) {
    return node instanceof Elementwise e && e.operator() instanceof Elementary f ? f : null;
  }

  private static Tensor operand(Tensor node) {
    return node.operands().getFirst();
  }

  /** Exact where the value at 0 (of log: at 1) is a whole or half number. */
  private static @Nullable Tensor constant(Tensor node) {
    Elementary f = elementary(node);
    if (f == null) return null;
    if (f.equals(LOG) && operand(node).equals(Tensors.broadcast(Constant.E, node.shape()))) {
      return Tensors.ones(node.shape());
    }
    Rational at = f.equals(LOG) ? Rational.ONE : Rational.ZERO;
    if (!Tensors.isConstant(operand(node), at)) return null;
    double twice = 2 * f.function().applyAsDouble(at.doubleValue());
    if (!Double.isFinite(twice) || twice != Math.rint(twice)) return null;
    return Tensors.broadcast(Tensors.number(Rational.of((long) twice, 2)), node.shape());
  }

  /** Whether the leading coefficient is negative, so that the operand counts as negated. */
  static boolean isNegative(Tensor tensor) {
    return switch (tensor) {
      case Sum sum -> !sum.isZero() && sum.content().signum() < 0;
      case Einsum e -> e.coefficient().signum() < 0;
      default -> false;
    };
  }

  private static @Nullable Tensor parity(Tensor node) {
    Elementary f = elementary(node);
    if (f == null || f.parity() == Elementary.Parity.NONE || !isNegative(operand(node))) {
      return null;
    }
    Tensor positive = f.at(Tensors.negate(operand(node)));
    return f.parity() == Elementary.Parity.ODD ? Tensors.negate(positive) : positive;
  }

  private static @Nullable Tensor negativeExp(Tensor node) {
    return Factors.is(node, EXP) && isNegative(operand(node))
        ? Tensors.power(EXP.at(Tensors.negate(operand(node))), Rational.MINUS_ONE)
        : null;
  }

  /**
   * The reverse, for differentiation: the slope of exp(x)^-1 is exp(x)*exp(x)^-2, which overflows.
   */
  static Tensor negativeInside(Tensor node) {
    if (!(node instanceof Einsum e)) return node;
    List<Integer> positions =
        Factors.positions(e, f -> f.exponent().signum() < 0 && Factors.is(f.tensor(), EXP));
    if (positions.isEmpty()) return node;
    Product product = Factors.without(e, positions.stream().mapToInt(Integer::intValue).toArray());
    for (int k : positions) {
      Einsum.Factor f = e.factors().get(k);
      product.factor(EXP.at(Tensors.scale(f.exponent(), operand(f.tensor()))), f.labels());
    }
    return product.to(e.output());
  }

  private static @Nullable Tensor expOfLog(Tensor node) {
    return Factors.is(node, EXP) ? Factors.argument(operand(node), LOG) : null;
  }

  private static @Nullable Tensor logOfExp(Tensor node) {
    if (!Factors.is(node, LOG)) return null;
    Tensor inside = Factors.argument(operand(node), EXP);
    if (inside != null) return inside;
    if (!(operand(node) instanceof Einsum e)) return null;
    if (!e.coefficient().isOne() || e.factors().size() != 1 || e.contracts()) return null;
    Einsum.Factor f = e.factors().getFirst();
    Tensor u = Factors.argument(f.tensor(), EXP);
    if (u == null || e.rank() != f.labels().size()) return null;
    return Factors.without(e, 0).times(f.exponent()).factor(u, f.labels()).to(e.output());
  }

  static boolean isPositive(Tensor tensor) {
    return switch (tensor) {
      case Variable v -> v.is(Property.POSITIVE);
      case Elementwise e when e.operator().equals(Power.POWER) -> isPositive(operand(e));
      case Elementwise e ->
          e.operator().equals(EXP)
              || e.operator().equals(COSH)
              || e.operator().name().equals("sigmoid")
              || e.operator().name().equals("softplus");
      case Apply a ->
          a.operator().equals(Softmax.SOFTMAX) || a.operator().equals(Softmax.ROW_SOFTMAX);
      case Constant c -> c.value() > 0;
      case Extent e -> true;
      case Einsum e ->
          e.coefficient().signum() > 0
              && e.output().stream().distinct().count() == e.rank()
              && e.factors().stream().allMatch(f -> isPositive(f.tensor()) || isPicked(e, f));
      case Sum s ->
          !s.isZero()
              && s.terms().stream()
                  .allMatch(t -> t.coefficient().signum() > 0 && isPositive(t.tensor()));
      default -> false;
    };
  }

  /** Whether a factor picks an entry of the others. */
  private static boolean isPicked(Einsum e, Einsum.Factor f) {
    return f.tensor() instanceof Unit && !e.output().contains(f.labels().getFirst());
  }

  private static @Nullable Tensor knownSign(Tensor node) {
    Elementary f = elementary(node);
    if (f == null || !isPositive(operand(node))) return null;
    if (f.equals(ABS) || f.equals(RELU)) return operand(node);
    return f.equals(SIGN) || f.name().equals("step") ? Tensors.ones(node.shape()) : null;
  }

  /** The value of a tensor that is one exact number everywhere, else null. */
  static @Nullable Rational constantValue(Tensor tensor) {
    if (tensor instanceof Sum s && s.isZero()) return Rational.ZERO;
    return tensor instanceof Einsum e && Tensors.isConstant(e, e.coefficient())
        ? e.coefficient()
        : null;
  }

  private static @Nullable Tensor constantExponent(Tensor node) {
    if (!(node instanceof Elementwise e) || !e.operator().equals(Power.POWER)) return null;
    Rational exponent = constantValue(e.operands().get(1));
    if (exponent == null) return null;
    return exponent.isZero()
        ? Tensors.ones(node.shape())
        : Tensors.power(e.operands().get(0), exponent);
  }

  private static @Nullable Tensor powerOfE(Tensor node) {
    if (!(node instanceof Elementwise e) || !e.operator().equals(Power.POWER)) return null;
    boolean euler =
        e.operands().getFirst().equals(Tensors.broadcast(Constant.E, node.shape()))
            || e.operands().getFirst().equals(Constant.E);
    return euler ? EXP.at(e.operands().get(1)) : null;
  }

  /** power(x,y)^c -> power(x, c*y), and power(x,y)*x^c -> power(x, y+c), x > 0. */
  private static @Nullable Tensor collectPowers(Tensor node) {
    if (!(node instanceof Einsum e)) return null;
    for (int k = 0; k < e.factors().size(); k++) {
      Einsum.Factor f = e.factors().get(k);
      if (!(f.tensor() instanceof Elementwise p) || !p.operator().equals(Power.POWER)) continue;
      Tensor x = p.operands().get(0);
      Tensor y = p.operands().get(1);
      if (!f.isPlain()) {
        Tensor scaled = Power.at(x, Tensors.scale(f.exponent(), y));
        return Factors.without(e, k).factor(scaled, f.labels()).to(e.output());
      }
      Tensor merged = collect(e, k, f, x, y);
      if (merged != null) return merged;
    }
    return null;
  }

  private static @Nullable Tensor collect(
      Einsum e, int position, Einsum.Factor f, Tensor x, Tensor y) {
    for (int k = 0; k < e.factors().size(); k++) {
      Einsum.Factor g = e.factors().get(k);
      if (k == position || !g.labels().equals(f.labels())) continue;
      Tensor more = null;
      if (g.tensor().equals(x)) {
        more = Tensors.scale(g.exponent(), Tensors.ones(y.shape()));
      } else if (g.tensor() instanceof Elementwise q
          && q.operator().equals(Power.POWER)
          && q.operands().getFirst().equals(x)) {
        more = Tensors.scale(g.exponent(), q.operands().get(1));
      }
      if (more == null) continue;
      Tensor merged = Power.at(x, Tensors.add(y, more));
      return Factors.without(e, position, k).factor(merged, f.labels()).to(e.output());
    }
    return null;
  }

  private static @Nullable Tensor signOverAbs(Tensor node) {
    if (!(node instanceof Einsum e)) return null;
    for (int s = 0; s < e.factors().size(); s++) {
      Einsum.Factor f = e.factors().get(s);
      Tensor x = f.isPlain() ? Factors.argument(f.tensor(), SIGN) : null;
      if (x == null) continue;
      for (int a = 0; a < e.factors().size(); a++) {
        Einsum.Factor g = e.factors().get(a);
        if (!g.labels().equals(f.labels()) || !x.equals(Factors.argument(g.tensor(), ABS))) {
          continue;
        }
        boolean times = g.exponent().isOne();
        if (!times && g.exponent().compareTo(Rational.MINUS_ONE) > 0) continue;
        Product product = Factors.without(e, s, a);
        if (times) return product.factor(x, f.labels()).to(e.output());
        Factors.add(product, g, g.exponent().plus(Rational.ONE));
        return product.factor(x, Rational.MINUS_ONE, f.labels()).to(e.output());
      }
    }
    return null;
  }

  private static boolean isEven(Rational exponent) {
    return exponent.isInteger() && !exponent.numerator().testBit(0);
  }

  private static @Nullable Tensor evenAbs(Tensor node) {
    if (!(node instanceof Einsum e)) return null;
    for (int k = 0; k < e.factors().size(); k++) {
      Einsum.Factor f = e.factors().get(k);
      Tensor x = Factors.argument(f.tensor(), ABS);
      if (x == null || !isEven(f.exponent())) continue;
      return Factors.without(e, k).factor(x, f.exponent(), f.labels()).to(e.output());
    }
    return null;
  }

  /** A factor whose base is itself an even power under a root. */
  private static @Nullable Tensor rootOfSquare(Tensor node) {
    if (!(node instanceof Einsum e)) return null;
    for (int k = 0; k < e.factors().size(); k++) {
      Einsum.Factor f = e.factors().get(k);
      if (!(f.tensor() instanceof Einsum inner) || f.exponent().isInteger()) continue;
      if (inner.contracts() || inner.factors().size() != 1 || inner.coefficient().signum() <= 0) {
        continue;
      }
      Einsum.Factor g = inner.factors().getFirst();
      if (!isEven(g.exponent()) || g.labels().size() != inner.rank()) continue;
      if (inner.output().stream().distinct().count() != inner.rank()) continue;
      Tensor base = isPositive(g.tensor()) ? g.tensor() : ABS.at(g.tensor());
      Product root = new Product();
      List<Integer> labels = root.labels(inner.shape());
      List<Integer> own =
          g.labels().stream().map(l -> labels.get(inner.output().indexOf(l))).toList();
      Tensor power = root.factor(base, g.exponent().times(f.exponent()), own).to(labels);
      Product product = Factors.without(e, k);
      Tensor constant = Tensors.number(inner.coefficient());
      return product
          .factor(power, f.labels())
          .factor(constant, f.exponent(), List.of())
          .to(e.output());
    }
    return null;
  }

  private static @Nullable Tensor tanh(Tensor node) {
    if (!(node instanceof Einsum e)) return null;
    for (int s = 0; s < e.factors().size(); s++) {
      Einsum.Factor f = e.factors().get(s);
      Tensor x = Factors.argument(f.tensor(), SINH);
      if (x == null || f.exponent().signum() < 0 || !f.exponent().isInteger()) continue;
      for (int c = 0; c < e.factors().size(); c++) {
        Einsum.Factor g = e.factors().get(c);
        boolean same =
            g.labels().equals(f.labels()) && x.equals(Factors.argument(g.tensor(), COSH));
        if (!same || g.exponent().compareTo(f.exponent().negate()) > 0) continue;
        Product product = Factors.without(e, s, c);
        Factors.add(product, g, g.exponent().plus(f.exponent()));
        return product.factor(TANH.at(x), f.exponent(), f.labels()).to(e.output());
      }
    }
    return null;
  }
}
