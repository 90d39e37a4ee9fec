package nabla.verify.exact;

import static nabla.verify.exact.DualArithmetic.still;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nabla.operation.Elementary;
import nabla.operation.Exponential;
import nabla.operation.FunctionDerivative;
import nabla.operation.Power;
import nabla.tensor.Einsum;
import nabla.tensor.Elementwise;
import nabla.tensor.Operator;
import nabla.tensor.Rational;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.verify.exact.Atoms.Known;

/**
 * Functions entry by entry. What is rational in exp, sine and cosine is computed so; what remains
 * are random atoms that move by the slope of the function.
 */
final class Functions {
  private final DualInterpreter interpreter;
  private final PrimeField field;
  private final DualArithmetic arithmetic;
  private final Atoms atoms;
  private final LinearForms forms;
  private final long fineness;

  /**
   * @param fineness what exponents are counted in: the denominator of all of them
   */
  Functions(DualInterpreter interpreter, PrimeField field, Atoms atoms, long fineness) {
    this.interpreter = interpreter;
    this.field = field;
    this.arithmetic = new DualArithmetic(field);
    this.atoms = atoms;
    this.forms = new LinearForms(interpreter, field, atoms);
    this.fineness = fineness;
  }

  Dual value(Elementwise node) {
    Operator operator = node.operator();
    Tensor x = node.operands().getFirst();
    Dual u = interpreter.value(x);
    if (operator instanceof FunctionDerivative f) {
      String next = new FunctionDerivative(f.function(), f.order() + 1).name();
      return arithmetic.chain(atoms(f.name(), u), atoms(next, u), u);
    }
    if (operator.equals(Power.POWER)) return power(x, node.operands().get(1));
    return switch (operator.name()) {
      case "exp" -> exponentialOf(x, u);
      case "expm1" -> arithmetic.plus(exponential(forms.of(x), u), -1);
      case "log" -> logarithm(x, u);
      case "log1p" -> logarithm(arithmetic.plus(u, 1));
      case "sigmoid" -> {
        Forms negative = forms.of(x).times(Rational.MINUS_ONE);
        Dual e = exponential(negative, arithmetic.scale(u, Rational.MINUS_ONE));
        yield arithmetic.reciprocal(arithmetic.plus(e, 1));
      }
      case "softplus" -> logarithm(arithmetic.plus(exponential(forms.of(x), u), 1));
      case "sinh", "cosh", "tanh" -> hyperbolic(operator.name(), forms.of(x), u);
      case "sin" -> circular(forms.of(x), u, true);
      case "cos" -> circular(forms.of(x), u, false);
      case "tan" -> {
        Dual cosine = circular(forms.of(x), u, false);
        yield arithmetic.times(circular(forms.of(x), u, true), arithmetic.reciprocal(cosine));
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

  private void tell(Dual u) {
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
      Dual e = exponential(one, Dual.constant(new int[0], 1, Bound.ONE));
      return Dual.constant(shape, e.value()[0], e.bound());
    }
    return Dual.constant(shape, atoms.of(name, List.of()), Bound.FREE);
  }

  private Dual exponentialOf(Tensor x, Dual u) {
    boolean inverse = x instanceof Elementwise e && e.operator().equals(Exponential.LOG);
    return inverse ? interpreter.value(x.operands().getFirst()) : exponential(forms.of(x), u);
  }

  /** exp of what has these forms and moves as {@code u}. */
  Dual exponential(Forms form, Dual u) {
    long[] value = new long[form.entries().size()];
    Height denominators = Height.ONE;
    Height largest = Height.ONE;
    for (int k = 0; k < value.length; k++) {
      value[k] = exponential(form, k);
      Bound bound = exponentialBound(form.entries().get(k));
      denominators = denominators.times(bound.d());
      largest = largest.plus(bound.n());
    }
    form.tell(atoms);
    Bound bound = new Bound(largest.times(denominators), denominators, Height.ONE);
    Dual e = new Dual(u.shape(), value, null, bound);
    return arithmetic.chain(e, e, u);
  }

  long exponential(Forms form, int entry) {
    long product = 1;
    for (Map.Entry<Long, Rational> term : form.entries().get(entry).entrySet()) {
      Rational c = term.getValue();
      Known known = atoms.exponential(term.getKey());
      if (known != null) {
        long factor =
            c.isInt() ? field.power(known.value(), c.intValue()) : atoms.root(known.value(), c);
        product = field.times(product, factor);
      } else {
        long atom = atoms.of("exp", List.of(term.getKey()));
        product = field.times(product, field.power(atom, steps(c)));
      }
    }
    return product;
  }

  private Bound exponentialBound(Map<Long, Rational> form) {
    Height n = Height.ONE;
    Height d = Height.ONE;
    for (Map.Entry<Long, Rational> term : form.entrySet()) {
      Known known = atoms.exponential(term.getKey());
      Height over = known == null ? Height.FREE : known.bound().n().times(known.bound().d());
      Height under = known == null ? Height.ONE : over;
      double exponent = Math.abs(term.getValue().doubleValue()) * (known == null ? fineness : 1);
      boolean positive = term.getValue().signum() > 0;
      n = n.times((positive ? over : under).power(exponent));
      d = d.times((positive ? under : over).power(exponent));
    }
    return new Bound(n, d, Height.ONE);
  }

  private long steps(Rational c) {
    Rational steps = c.times(Rational.of(fineness));
    if (!steps.isInteger()) {
      if (c.denominator().bitLength() > 20) {
        throw Obstacle.noModel("a factor inside exp or a circular function is " + c);
      }
      throw Obstacle.exponent(c.denominator().longValueExact());
    }
    if (steps.numerator().bitLength() > 40) {
      throw Obstacle.noModel("a factor inside exp or a circular function is " + c);
    }
    return steps.numerator().longValueExact();
  }

  /**
   * Sine or cosine. Each monomial has a point on the circle, ((1-t²)/(1+t²), 2t/(1+t²)); those of a
   * sum are turned by one another.
   */
  private Dual circular(Forms form, Dual u, boolean sine) {
    long[] cosines = new long[u.count()];
    long[] sines = new long[u.count()];
    double turns = 0;
    for (int k = 0; k < cosines.length; k++) {
      long[] point = {1, 0};
      for (Map.Entry<Long, Rational> term : form.entries().get(k).entrySet()) {
        long steps = steps(term.getValue());
        point = turned(point, turned(circle(term.getKey()), steps));
        turns += Math.abs(steps);
      }
      cosines[k] = point[0];
      sines[k] = point[1];
    }
    form.tell(atoms);
    Height degree = new Height(2 * turns, 2 * turns);
    Bound bound = new Bound(degree, degree, Height.ONE);
    Dual cosine = new Dual(u.shape(), cosines, null, bound);
    Dual sin = new Dual(u.shape(), sines, null, bound);
    if (sine) return arithmetic.chain(sin, cosine, u);
    return arithmetic.chain(cosine, arithmetic.scale(sin, Rational.MINUS_ONE), u);
  }

  private long[] circle(long key) {
    long t = atoms.of("angle", List.of(key));
    long square = field.times(t, t);
    long factor = field.inverse(field.plus(1, square));
    long cosine = field.times(field.minus(1, square), factor);
    return new long[] {cosine, field.times(field.plus(t, t), factor)};
  }

  private long[] turned(long[] a, long[] b) {
    long cosine = field.minus(field.times(a[0], b[0]), field.times(a[1], b[1]));
    return new long[] {cosine, field.plus(field.times(a[0], b[1]), field.times(a[1], b[0]))};
  }

  private long[] turned(long[] point, long times) {
    long[] square = times < 0 ? new long[] {point[0], field.negate(point[1])} : point;
    long[] power = {1, 0};
    for (long k = Math.abs(times); k > 0; k >>= 1) {
      if ((k & 1) == 1) power = turned(power, square);
      square = turned(square, square);
    }
    return power;
  }

  private Dual hyperbolic(String name, Forms form, Dual u) {
    if (name.equals("tanh")) {
      Dual square = exponential(form.times(Rational.TWO), arithmetic.scale(u, Rational.TWO));
      Dual under = arithmetic.reciprocal(arithmetic.plus(square, 1));
      return arithmetic.times(arithmetic.plus(square, -1), under);
    }
    Dual e = exponential(form, u);
    Dual other = arithmetic.reciprocal(e);
    boolean odd = name.equals("sinh");
    Dual both = odd ? arithmetic.minus(e, other) : arithmetic.plus(e, other);
    return arithmetic.scale(both, Rational.HALF);
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
      Map<Long, Rational> form = forms.logarithm(u.value()[k]);
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
    return arithmetic.chain(value, still(root(under, Rational.of(-1, 2))), u);
  }

  private Dual errorFunction(Tensor x, Dual u) {
    Dual value = odd("erf", u);
    if (u.tangent() == null) return value;
    Tensor square = Tensors.negate(Tensors.power(x, Rational.TWO));
    Dual inside = still(interpreter.evaluate(square));
    Dual bell = exponential(forms.of(square), inside);
    Dual root = root(constant("pi", u.shape()), Rational.of(-1, 2));
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
      return exponential(forms.of(u).times(form, field), arithmetic.times(interpreter.value(u), y));
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
          value[k] = field.times(value[k], field.power(atom, steps(c)));
          over = over.times(Height.FREE.power(Math.abs((double) steps(c))));
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

  /**
   * A power with a broken exponent. That of exp(x) is another one; a positive number that a product
   * or a sum has for factor has a root by itself.
   */
  Dual root(Tensor base, Rational exponent) {
    if (base instanceof Elementwise e && e.operator().equals(Exponential.EXP)) {
      Tensor x = e.operands().getFirst();
      Dual scaled = arithmetic.scale(interpreter.value(x), exponent);
      return exponential(forms.of(x).times(exponent), scaled);
    }
    Rational content =
        switch (base) {
          case Einsum e -> e.coefficient().abs();
          case Sum s -> s.content().abs();
          default -> Rational.ONE;
        };
    Dual u = interpreter.value(base);
    if (content.isOne() || u.bound().isConstant()) return root(u, exponent);
    Dual primitive = arithmetic.scale(u, content.inverse());
    Dual number = Dual.constant(u.shape(), root(content, exponent), Bound.of(content));
    return arithmetic.times(root(primitive, exponent), number);
  }

  private Dual root(Dual u, Rational exponent) {
    long[] value = new long[u.count()];
    for (int k = 0; k < value.length; k++) {
      value[k] =
          u.bound().isConstant()
              ? root(constant(u.value()[k], u.bound()), exponent)
              : atoms.root(u.value()[k], exponent);
    }
    double b = exponent.denominator().doubleValue();
    Bound bound =
        u.bound().root(value.length, b).power(Math.abs(exponent.numerator().doubleValue()));
    if (exponent.signum() < 0) bound = bound.reciprocal(value.length);
    if (u.tangent() == null) return new Dual(u.shape(), value, null, bound);
    long[] tangent = new long[value.length];
    long factor = field.of(exponent);
    for (int k = 0; k < tangent.length; k++) {
      long relative = field.times(u.tangent(k), field.inverse(u.value()[k]));
      tangent[k] = field.times(field.times(factor, relative), value[k]);
    }
    return new Dual(u.shape(), value, tangent, bound);
  }

  /** Of a positive number, prime by prime, so that all relations of such roots hold. */
  private long root(Rational number, Rational exponent) {
    if (number.signum() <= 0) throw Obstacle.noModel("a root of " + number);
    Map<java.math.BigInteger, Integer> primes =
        new TreeMap<>(LinearForms.primes(number.numerator()));
    LinearForms.primes(number.denominator())
        .forEach((prime, times) -> primes.merge(prime, -times, Integer::sum));
    long product = 1;
    for (Map.Entry<java.math.BigInteger, Integer> e : primes.entrySet()) {
      long prime = LinearForms.prime(e.getKey());
      Rational power = exponent.times(Rational.of(e.getValue()));
      long factor =
          power.isInteger()
              ? field.power(field.of(prime), power.intValue())
              : atoms.rootOfNumber(prime, power);
      product = field.times(product, factor);
    }
    return product;
  }

  /** The fraction of small numbers that a remainder stands for. */
  private Rational constant(long remainder, Bound bound) {
    if (bound.n().bits() > 14 || bound.d().bits() > 14) {
      throw Obstacle.noModel("a root of a number with many digits");
    }
    long r = field.p();
    long next = remainder;
    long t = 0;
    long nextT = 1;
    while (next > 1 << 14) {
      long quotient = r / next;
      long swap = r - quotient * next;
      r = next;
      next = swap;
      swap = t - quotient * nextT;
      t = nextT;
      nextT = swap;
    }
    return Rational.of(next, nextT);
  }

  LinearForms forms() {
    return forms;
  }
}
