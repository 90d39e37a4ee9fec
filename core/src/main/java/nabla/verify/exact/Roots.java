package nabla.verify.exact;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import nabla.operation.Exponential;
import nabla.tensor.Einsum;
import nabla.tensor.Elementwise;
import nabla.tensor.Rational;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;

/** Powers with broken exponents. */
final class Roots {
  /** Two fractions of so short numbers never have one remainder. */
  private static final int BITS = 14;

  private final DualInterpreter interpreter;
  private final PrimeField field;
  private final DualArithmetic arithmetic;
  private final Atoms atoms;
  private final LinearForms forms;
  private final Exponentials exponentials;

  Roots(
      DualInterpreter interpreter,
      PrimeField field,
      Atoms atoms,
      LinearForms forms,
      Exponentials exponentials) {
    this.interpreter = interpreter;
    this.field = field;
    this.arithmetic = new DualArithmetic(field);
    this.atoms = atoms;
    this.forms = forms;
    this.exponentials = exponentials;
  }

  /**
   * A power with a broken exponent. That of exp(x) is another one; a positive number that a product
   * or a sum has for factor has a root by itself.
   */
  Dual root(Tensor base, Rational exponent) {
    if (base instanceof Elementwise e && e.operator().equals(Exponential.EXP)) {
      Tensor x = e.operands().getFirst();
      Dual scaled = arithmetic.scale(interpreter.value(x), exponent);
      return exponentials.exponential(forms.of(x).times(exponent), scaled);
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

  Dual root(Dual u, Rational exponent) {
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
    Map<BigInteger, Integer> primes = new TreeMap<>(Divisors.of(number.numerator()));
    Divisors.of(number.denominator())
        .forEach((prime, times) -> primes.merge(prime, -times, Integer::sum));
    long product = 1;
    for (Map.Entry<BigInteger, Integer> e : primes.entrySet()) {
      long prime = Divisors.prime(e.getKey());
      Rational power = exponent.times(Rational.of(e.getValue()));
      long factor =
          power.isInt()
              ? field.power(field.of(prime), power.intValue())
              : atoms.rootOfNumber(prime, power);
      product = field.times(product, factor);
    }
    return product;
  }

  /** The fraction of small numbers that a remainder stands for. */
  private Rational constant(long remainder, Bound bound) {
    if (bound.n().bits() > BITS || bound.d().bits() > BITS) {
      throw Obstacle.noModel("a root of a number with many digits");
    }
    long r = field.p();
    long next = remainder;
    long t = 0;
    long nextT = 1;
    while (next > 1 << BITS) {
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
}
