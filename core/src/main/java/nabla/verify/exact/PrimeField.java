package nabla.verify.exact;

import java.math.BigInteger;
import java.util.SplittableRandom;
import nabla.tensor.Rational;

/**
 * The numbers modulo a prime of 31 bits with p ≡ 3 (mod 4). Its squares stand for what is positive:
 * they are closed under products, -1 is none, and each has exactly one root that is a square again,
 * so that roots multiply as those of positive numbers do.
 */
record PrimeField(long p) {
  /** How many such primes there are from 2^30 to 2^31, counted by a sieve. */
  static final double PRIMES = 25_348_667;

  /** Every one is larger than 2^30. */
  static final double BITS = 30;

  private static final long SMALLEST = 1L << 30;
  private static final long[] WITNESSES = {2, 3, 5, 7};

  /** A random one of them. */
  static PrimeField draw(SplittableRandom random) {
    while (true) {
      long candidate = SMALLEST + (random.nextInt((int) (SMALLEST / 4)) * 4L + 3);
      if (isPrime(candidate)) return new PrimeField(candidate);
    }
  }

  /** By Miller and Rabin; these witnesses are proof below 3,215,031,751. */
  static boolean isPrime(long n) {
    if (n < 2 || n % 2 == 0) return n == 2;
    int twos = Long.numberOfTrailingZeros(n - 1);
    for (long witness : WITNESSES) {
      if (n == witness) return true;
      PrimeField modulo = new PrimeField(n);
      long x = modulo.power(witness % n, (n - 1) >> twos);
      boolean passes = x == 1 || x == n - 1;
      for (int k = 1; k < twos && !passes; k++) {
        x = modulo.times(x, x);
        passes = x == n - 1;
      }
      if (!passes) return false;
    }
    return true;
  }

  long random(SplittableRandom random) {
    return random.nextLong(p);
  }

  long plus(long a, long b) {
    long sum = a + b;
    return sum >= p ? sum - p : sum;
  }

  long minus(long a, long b) {
    long difference = a - b;
    return difference < 0 ? difference + p : difference;
  }

  long negate(long a) {
    return a == 0 ? 0 : p - a;
  }

  long times(long a, long b) {
    return a * b % p;
  }

  /**
   * @throws Obstacle if it is 0
   */
  long inverse(long a) {
    if (a == 0) throw Obstacle.point();
    long r = p;
    long next = a;
    long t = 0;
    long nextT = 1;
    while (next != 0) {
      long quotient = r / next;
      long rest = r - quotient * next;
      r = next;
      next = rest;
      long swap = t - quotient * nextT;
      t = nextT;
      nextT = swap;
    }
    return t < 0 ? t + p : t;
  }

  /** Whole powers; negative ones of what is not 0. */
  long power(long base, long exponent) {
    long square = exponent < 0 ? inverse(base) : base;
    long power = 1;
    for (long k = Math.abs(exponent); k > 0; k >>= 1) {
      if ((k & 1) == 1) power = times(power, square);
      square = times(square, square);
    }
    return power;
  }

  /** By Euler's criterion; 0 is none. */
  boolean isSquare(long a) {
    return power(a, (p - 1) / 2) == 1;
  }

  /**
   * The power of a square with a fraction for exponent: the squares are a group of odd order, in
   * which roots are unique.
   *
   * @throws Obstacle if the order and the denominator have a common divisor
   */
  long root(long square, Rational exponent) {
    BigInteger order = BigInteger.valueOf((p - 1) / 2);
    BigInteger denominator = exponent.denominator();
    if (!denominator.gcd(order).equals(BigInteger.ONE)) throw Obstacle.prime();
    BigInteger e = exponent.numerator().multiply(denominator.modInverse(order)).mod(order);
    return power(square, e.longValueExact());
  }

  long of(long number) {
    return Math.floorMod(number, p);
  }

  /**
   * @throws Obstacle if the denominator is 0
   */
  long of(Rational number) {
    if (number.isInt()) return of(number.intValue());
    long denominator = of(number.denominator());
    if (denominator == 0) throw Obstacle.prime();
    return times(of(number.numerator()), inverse(denominator));
  }

  private long of(BigInteger number) {
    return number.mod(BigInteger.valueOf(p)).longValueExact();
  }
}
