package nabla.tensor;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import org.jspecify.annotations.Nullable;

/**
 * The size of an axis: a polynomial of named sizes with whole coefficients, such as {@code n},
 * {@code 3} or {@code m*p + 1}.
 *
 * @param terms coefficient of each product of names; the empty product carries the constant
 */
public record Size(SortedMap<Monomial, Long> terms) {

  /** A product of size names, sorted, with repetition: {@code n^2} is {@code [n, n]}. */
  public record Monomial(List<String> names) implements Comparable<Monomial> {
    @Override
    public int compareTo(Monomial other) {
      if (names.size() != other.names.size())
        return Integer.compare(other.names.size(), names.size());
      for (int i = 0; i < names.size(); i++) {
        int order = names.get(i).compareTo(other.names.get(i));
        if (order != 0) return order;
      }
      return 0;
    }

    Monomial times(Monomial other) {
      List<String> all = new ArrayList<>(names);
      all.addAll(other.names);
      if (all.size() > HIGHEST_DEGREE) {
        throw new NablaException(
            Code.LIMIT, "a size that is a product of more than " + HIGHEST_DEGREE + " sizes");
      }
      Collections.sort(all);
      return new Monomial(List.copyOf(all));
    }
  }

  private static final Monomial UNIT = new Monomial(List.of());
  private static final int HIGHEST_DEGREE = 100;

  public Size {
    terms = Collections.unmodifiableSortedMap(terms);
  }

  public static Size of(long value) {
    SortedMap<Monomial, Long> terms = new TreeMap<>();
    if (value != 0) terms.put(UNIT, value);
    return new Size(terms);
  }

  public static Size of(String name) {
    return new Size(new TreeMap<>(Map.of(new Monomial(List.of(name)), 1L)));
  }

  public Size plus(Size other) {
    SortedMap<Monomial, Long> sum = new TreeMap<>(terms);
    other.terms.forEach(
        (m, c) -> sum.merge(m, c, (a, b) -> a + b == 0 ? null : exact(Math::addExact, a, b)));
    return new Size(sum);
  }

  public Size minus(Size other) {
    return plus(other.times(of(-1)));
  }

  public Size times(Size other) {
    SortedMap<Monomial, Long> product = new TreeMap<>();
    terms.forEach(
        (m, c) ->
            other.terms.forEach(
                (k, d) ->
                    product.merge(
                        m.times(k),
                        exact(Math::multiplyExact, c, d),
                        (a, b) -> exact(Math::addExact, a, b))));
    product.values().removeIf(c -> c == 0);
    return new Size(product);
  }

  private static long exact(java.util.function.LongBinaryOperator operation, long a, long b) {
    try {
      return operation.applyAsLong(a, b);
    } catch (ArithmeticException overflow) {
      throw new NablaException(Code.LIMIT, "a size beyond 2^63");
    }
  }

  /** This size over a named one, or null if that leaves a remainder. */
  public @Nullable Size dividedBy(String name) {
    SortedMap<Monomial, Long> quotient = new TreeMap<>();
    for (var term : terms.entrySet()) {
      List<String> names = new ArrayList<>(term.getKey().names());
      if (!names.remove(name)) return null;
      quotient.put(new Monomial(List.copyOf(names)), term.getValue());
    }
    return new Size(quotient);
  }

  /** The largest whole number that divides every coefficient. */
  public long content() {
    BigInteger content = BigInteger.ZERO;
    for (long c : terms.values()) content = content.gcd(BigInteger.valueOf(c));
    return content.longValue();
  }

  /** This size over a number that divides every coefficient. */
  public Size dividedBy(long number) {
    SortedMap<Monomial, Long> quotient = new TreeMap<>();
    terms.forEach((m, c) -> quotient.put(m, c / number));
    return new Size(quotient);
  }

  /** Whether no name occurs, so that {@link #value(Map)} needs no binding. */
  public boolean isNumber() {
    return terms.isEmpty() || (terms.size() == 1 && terms.containsKey(UNIT));
  }

  /** Whether this is exactly one name. */
  public boolean isName() {
    return terms.size() == 1 && terms.firstKey().names().size() == 1 && terms.containsValue(1L);
  }

  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (Monomial m : terms.keySet()) names.addAll(m.names());
    return names;
  }

  /**
   * The number that this is when the names are bound.
   *
   * @throws IllegalArgumentException if a name is not bound
   * @throws NablaException with {@link Code#LIMIT} if no array could have this size
   */
  public int value(Map<String, Integer> binding) {
    long sum = 0;
    for (var term : terms.entrySet()) {
      long product = term.getValue();
      for (String name : term.getKey().names()) {
        Integer bound = binding.get(name);
        if (bound == null) throw new IllegalArgumentException("size " + name + " is not bound");
        product = exact(Math::multiplyExact, product, bound);
      }
      sum = exact(Math::addExact, sum, product);
    }
    if (sum != (int) sum) throw new NablaException(Code.LIMIT, "a size of " + sum);
    return (int) sum;
  }

  /** Every name replaced by its size in {@code binding}; unbound names stay. */
  public Size substitute(Map<String, Size> binding) {
    Size sum = of(0);
    for (var term : terms.entrySet()) {
      Size product = of(term.getValue());
      for (String name : term.getKey().names()) {
        product = product.times(binding.getOrDefault(name, of(name)));
      }
      sum = sum.plus(product);
    }
    return sum;
  }

  /** {@code n}, {@code 3}, {@code m*p + 1}. */
  @Override
  public String toString() {
    if (terms.isEmpty()) return "0";
    StringBuilder text = new StringBuilder();
    for (var term : terms.entrySet()) {
      long c = term.getValue();
      if (!text.isEmpty()) text.append(c < 0 ? " - " : " + ");
      else if (c < 0) text.append("-");
      String names = String.join("*", term.getKey().names());
      long magnitude = Math.abs(c);
      text.append(names.isEmpty() ? magnitude : magnitude == 1 ? names : magnitude + "*" + names);
    }
    return text.toString();
  }
}
