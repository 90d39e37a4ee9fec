package nabla.verify.exact;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import nabla.tensor.Rational;
import org.jspecify.annotations.Nullable;

/**
 * The values that stand for functions at one point: a random number for each function and each
 * value of its argument, and the roots that were taken.
 */
final class Atoms {
  private static final int BITS_OF_ORDERS = 10;

  private record Key(String function, List<Long> arguments) {}

  /** What exp of an atom is. */
  record Known(long value, Bound bound) {}

  private final PrimeField field;
  private final SplittableRandom random;
  private final Map<Key, Long> drawn = new HashMap<>();
  private final Map<Long, Long> radicands = new LinkedHashMap<>();
  private final Map<Long, Known> exponentials = new HashMap<>();
  private final List<Boolean> even = new ArrayList<>();
  private int constants;
  private boolean refused;
  private final Set<Long> keys = new HashSet<>();
  private Height weight = Height.ONE;

  Atoms(PrimeField field, SplittableRandom random) {
    this.field = field;
    this.random = random;
  }

  /** The number that stands for a function at some arguments; always the same one. */
  long of(String function, List<Long> arguments) {
    return drawn.computeIfAbsent(new Key(function, arguments), key -> field.random(random));
  }

  /**
   * That an argument was known by its value, or by that of a monomial.
   *
   * @param bound bounds the argument
   */
  void told(long key, Bound bound) {
    if (!keys.add(key)) return;
    weight = weight.times(bound.n()).times(bound.d());
  }

  /** That exp of an atom is a number: that of log(x) is x. */
  void exponential(long atom, long number, Bound bound) {
    exponentials.put(atom, new Known(number, bound));
  }

  @Nullable Known exponential(long atom) {
    return exponentials.get(atom);
  }

  /**
   * A power of what must be a square.
   *
   * @throws Obstacle if it is none
   */
  long root(long radicand, Rational exponent) {
    if (radicand == 0) throw Obstacle.point();
    if (radicand == 1) return 1;
    long b = order(exponent);
    Long known = radicands.get(radicand);
    if (known == null && !field.isSquare(radicand)) {
      refused = true;
      throw Obstacle.point();
    }
    if (known == null) even.add(b % 2 == 0);
    else if (b % 2 == 0) even.set(new ArrayList<>(radicands.keySet()).indexOf(radicand), true);
    radicands.merge(radicand, b, Atoms::commonMultiple);
    return field.root(radicand, exponent);
  }

  /** A power of a prime number, which is no square modulo every prime. */
  long rootOfNumber(long prime, Rational exponent) {
    long value = field.of(prime);
    if (!field.isSquare(value)) throw Obstacle.prime();
    if (!radicands.containsKey(-prime)) {
      constants++;
      even.add(false);
    }
    radicands.merge(-prime, order(exponent), Atoms::commonMultiple);
    return field.root(value, exponent);
  }

  private static long order(Rational exponent) {
    if (exponent.denominator().bitLength() > BITS_OF_ORDERS) {
      throw Obstacle.noModel("a root of order " + exponent.denominator());
    }
    return exponent.denominator().longValueExact();
  }

  static long commonMultiple(long a, long b) {
    long x = a;
    long y = b;
    while (y != 0) {
      long rest = x % y;
      x = y;
      y = rest;
    }
    return Math.multiplyExact(a / x, b);
  }

  /** Whether nothing was used but arithmetic. */
  boolean isRational() {
    return keys.isEmpty() && radicands.isEmpty() && drawn.isEmpty();
  }

  /** How many roots were taken, in order; each of them may be one of a square. */
  int roots() {
    return radicands.size();
  }

  /** Whether a root is an even one, of what is no constant. */
  boolean isEven(int root) {
    return even.get(root);
  }

  /** Whether the root after those that were taken was one of what is no square. */
  boolean isRefused() {
    return refused;
  }

  int constants() {
    return constants;
  }

  /** The degree of the field that all roots span. */
  double degree() {
    double degree = 1;
    for (long b : radicands.values()) degree *= b;
    return degree;
  }

  /** A bound on the product of all sums and differences of arguments that were told apart. */
  Height collisions() {
    if (keys.isEmpty()) return Height.ONE;
    double count = keys.size() + LinearForms.EVIDENT.size();
    Height all = weight.power(2 * count);
    return new Height(all.degree(), all.bits() + count * count);
  }
}
