package nabla.verify.exact;

import static nabla.verify.exact.DualArithmetic.still;

import java.util.List;
import java.util.Map;
import nabla.operation.Elementary;
import nabla.operation.Exponential;
import nabla.operation.FunctionDerivative;
import nabla.operation.Power;
import nabla.tensor.Elementwise;
import nabla.tensor.Operator;
import nabla.tensor.Rational;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/**
 * Functions entry by entry. What is rational in exp, sine and cosine is computed so; what remains
 * are random atoms that move by the slope of the function.
 */
final class Functions {
  /** Comes before names that are not those of the language. */
  static final String DECLARED = "declared ";

  private final DualInterpreter interpreter;
  private final PrimeField field;
  private final DualArithmetic arithmetic;
  private final Atoms atoms;
  private final LinearForms forms;
  private final Exponentials exponentials;
  private final Roots roots;

  /**
   * @param fineness what exponents are counted in: the denominator of all of them
   */
  Functions(DualInterpreter interpreter, PrimeField field, Atoms atoms, long fineness) {
    this.interpreter = interpreter;
    this.field = field;
    this.arithmetic = new DualArithmetic(field);
    this.atoms = atoms;
    this.forms = new LinearForms(interpreter, field, atoms);
    this.exponentials = new Exponentials(field, atoms, fineness);
    this.roots = new Roots(interpreter, field, atoms, forms, exponentials);
  }

  Dual value(Elementwise node) {
    Operator operator = node.operator();
    Tensor x = node.operands().getFirst();
    Dual u = interpreter.value(x);
    if (operator instanceof FunctionDerivative f) {
      String next = new FunctionDerivative(f.function(), f.order() + 1).name();
      return arithmetic.chain(atoms(DECLARED + f.name(), u), atoms(DECLARED + next, u), u);
    }
    if (operator.equals(Power.POWER)) return power(x, node.operands().get(1));
    return switch (operator.name()) {
      case "exp" -> exponentialOf(x, u);
      case "expm1" -> arithmetic.plus(exponentials.exponential(forms.of(x), u), -1);
      case "log" -> logarithm(x, u);
      case "log1p" -> logarithm(arithmetic.plus(u, 1));
      case "sigmoid" -> {
        Forms negative = forms.of(x).times(Rational.MINUS_ONE);
        Dual e = exponentials.exponential(negative, arithmetic.scale(u, Rational.MINUS_ONE));
        yield arithmetic.reciprocal(arithmetic.plus(e, 1));
      }
      case "softplus" -> logarithm(arithmetic.plus(exponentials.exponential(forms.of(x), u), 1));
      case "sinh", "cosh", "tanh" -> exponentials.hyperbolic(operator.name(), forms.of(x), u);
      case "sin" -> exponentials.circular(forms.of(x), u, true);
      case "cos" -> exponentials.circular(forms.of(x), u, false);
      case "tan" -> {
        Dual cosine = exponentials.circular(forms.of(x), u, false);
        yield arithmetic.times(
            exponentials.circular(forms.of(x), u, true), arithmetic.reciprocal(cosine));
      }
      case "arctan" -> {
        Dual square = arithmetic.plus(arithmetic.power(still(u), 2), 1);
        yield arithmetic.chain(odd("arctan", u), arithmetic.reciprocal(square), u);
      }
      case "arcsin" -> arcsine(x, u);
      case "arccos" -> {
        Dual right = arithmetic.scale(constant("pi", u.shape()), Rational.HALF);
        yield arithmetic.minus(right, arcsine(x, u));
      }
      case "erf" -> errorFunction(x, u);
      case "erfc" -> arithmetic.plus(arithmetic.scale(errorFunction(x, u), Rational.MINUS_ONE), 1);
      default -> other(operator, u);
    };
  }

  private Dual other(Operator operator, Dual u) {
    String name = operator.name();
    if (operator instanceof Elementary f && f.domain() == Elementary.Domain.KINK_AT_ZERO) {
      throw Obstacle.noModel(name + " has a kink");
    }
    String next =
        switch (name) {
          case "gammaln" -> "digamma";
          case "digamma" -> "trigamma";
          case "trigamma" -> "polygamma2";
          default -> name.startsWith("polygamma") ? following(name) : "";
        };
    if (next.isEmpty()) throw Obstacle.noModel(name + " has no exact model");
    return arithmetic.chain(atoms(name, u), atoms(next, u), u);
  }

  private static String following(String polygamma) {
    int digits = "polygamma".length();
    return "polygamma" + (Integer.parseInt(polygamma.substring(digits)) + 1);
  }

  /** An atom for each entry. */
  private Dual atoms(String name, Dual u) {
    long[] value = new long[u.count()];
    for (int k = 0; k < value.length; k++) value[k] = atoms.of(name, List.of(u.value()[k]));
    tell(u);
    return new Dual(u.shape(), value, null, Bound.FREE);
  }

  /** That entries were known by their values. */
  void tell(Dual u) {
    for (long value : u.value()) atoms.told(value, u.bound());
  }

  private Dual odd(String name, Dual u) {
    long[] value = new long[u.count()];
    for (int k = 0; k < value.length; k++) {
      long x = u.value()[k];
      long other = field.negate(x);
      if (x == 0) continue;
      long atom = atoms.of(name, List.of(Math.min(x, other)));
      value[k] = x < other ? atom : field.negate(atom);
    }
    tell(u);
    return new Dual(u.shape(), value, null, Bound.FREE);
  }

  Dual constant(String name, int[] shape) {
    if (name.equals("e")) {
      Forms one = new Forms(List.of(Map.of(1L, Rational.ONE)), Bound.ONE);
      Dual e = exponentials.exponential(one, Dual.constant(new int[0], 1, Bound.ONE));
      return Dual.constant(shape, e.value()[0], e.bound());
    }
    return Dual.constant(shape, atoms.of(name, List.of()), Bound.FREE);
  }

  private Dual exponentialOf(Tensor x, Dual u) {
    boolean inverse = x instanceof Elementwise e && e.operator().equals(Exponential.LOG);
    return inverse
        ? interpreter.value(x.operands().getFirst())
        : exponentials.exponential(forms.of(x), u);
  }

  private Dual logarithm(Tensor x, Dual u) {
    Forms form = forms.logarithms(x);
    long[] value = new long[u.count()];
    for (int k = 0; k < value.length; k++) {
      value[k] = Forms.value(form.entries().get(k), field);
      forms.register(form.entries().get(k), u.value()[k], u.bound());
    }
    return moved(value, form.bound(), u);
  }

  /** The logarithm of what is not looked into. */
  Dual logarithm(Dual u) {
    long[] value = new long[u.count()];
    for (int k = 0; k < value.length; k++) {
      Map<Long, Rational> form = forms.logarithm(u.value()[k], u.bound());
      value[k] = Forms.value(form, field);
      forms.register(form, u.value()[k], u.bound());
    }
    return moved(value, Bound.FREE, u);
  }

  private Dual moved(long[] value, Bound bound, Dual u) {
    tell(u);
    Dual slope = u.tangent() == null ? null : arithmetic.reciprocal(still(u));
    return arithmetic.chain(new Dual(u.shape(), value, null, bound), slope, u);
  }

  private Dual arcsine(Tensor x, Dual u) {
    Dual value = odd("arcsin", u);
    if (u.tangent() == null) return value;
    Tensor square = Tensors.power(x, Rational.TWO);
    Tensor under = Tensors.subtract(Tensors.ones(x.shape()), square);
    interpreter.evaluate(under);
    return arithmetic.chain(value, still(roots.root(under, Rational.of(-1, 2))), u);
  }

  private Dual errorFunction(Tensor x, Dual u) {
    Dual value = odd("erf", u);
    if (u.tangent() == null) return value;
    Tensor square = Tensors.negate(Tensors.power(x, Rational.TWO));
    Dual inside = still(interpreter.evaluate(square));
    Dual bell = exponentials.exponential(forms.of(square), inside);
    Dual root = roots.root(constant("pi", u.shape()), Rational.of(-1, 2));
    Dual slope = arithmetic.scale(arithmetic.times(bell, root), Rational.TWO);
    return arithmetic.chain(value, slope, u);
  }

  /**
   * A power with an exponent that is no fraction: what is whole in it is taken as such, the rest as
   * atoms.
   */
  private Dual power(Tensor base, Tensor exponent) {
    Dual x = interpreter.value(base);
    Dual y = interpreter.value(exponent);
    Forms form = forms.of(exponent);
    if (base instanceof Elementwise e && e.operator().equals(Exponential.EXP)) {
      Tensor u = e.operands().getFirst();
      return exponentials.exponential(
          forms.of(u).times(form, field), arithmetic.times(interpreter.value(u), y));
    }
    long[] value = new long[x.count()];
    Height under = Height.ONE;
    Height over = Height.ONE;
    Height both = x.bound().n().times(x.bound().d());
    for (int k = 0; k < value.length; k++) {
      value[k] = 1;
      for (Map.Entry<Long, Rational> term : form.entries().get(k).entrySet()) {
        Rational c = term.getValue();
        if (term.getKey() == 1 && c.isInt()) {
          value[k] = field.times(value[k], field.power(x.value()[k], c.intValue()));
          over = over.times(both.power(Math.abs(c.doubleValue())));
        } else if (term.getKey() == 1) {
          value[k] = field.times(value[k], atoms.root(x.value()[k], c));
          over = over.times(both.power(Math.ceil(c.abs().doubleValue())));
        } else {
          long atom = atoms.of("power", List.of(x.value()[k], term.getKey()));
          value[k] = field.times(value[k], field.power(atom, exponentials.steps(c)));
          over = over.times(Height.FREE.power(Math.abs((double) exponentials.steps(c))));
        }
      }
      under = over;
    }
    form.tell(atoms);
    tell(x);
    Dual power = new Dual(x.shape(), value, null, new Bound(over.times(under), under, Height.ONE));
    Dual byBase = null;
    if (x.tangent() != null) {
      byBase = arithmetic.times(power, arithmetic.times(still(y), arithmetic.reciprocal(still(x))));
    }
    Dual alongBase = arithmetic.chain(power, byBase, x);
    if (y.tangent() == null) return alongBase;
    Dual slope = arithmetic.times(power, logarithm(base, still(x)));
    Dual alongExponent = arithmetic.chain(power, slope, y);
    return arithmetic.plus(alongBase, arithmetic.minus(alongExponent, power));
  }

  LinearForms forms() {
    return forms;
  }

  Exponentials exponentials() {
    return exponentials;
  }

  Roots roots() {
    return roots;
  }
}
