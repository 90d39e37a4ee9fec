package nabla.verify.exact;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nabla.tensor.Rational;

/**
 * Entries as linear combinations of monomials, so that exp(a + b) is seen to be exp(a) exp(b). A
 * monomial is known by its value v; the smaller one of v and p - v stands for both.
 *
 * @param entries for each entry the coefficients of its monomials
 * @param bound bounds the entries and their monomials
 */
record Forms(List<Map<Long, Rational>> entries, Bound bound) {

  /** The combination that is one monomial. */
  static Map<Long, Rational> of(long value, PrimeField field) {
    if (value == 0) return Map.of();
    long other = field.negate(value);
    return value < other ? Map.of(value, Rational.ONE) : Map.of(other, Rational.MINUS_ONE);
  }

  static void add(Map<Long, Rational> sum, Rational factor, Map<Long, Rational> term) {
    term.forEach(
        (key, c) -> {
          Rational total = sum.getOrDefault(key, Rational.ZERO).plus(c.times(factor));
          if (total.isZero()) sum.remove(key);
          else sum.put(key, total);
        });
  }

  static Map<Long, Rational> scaled(Rational factor, Map<Long, Rational> form) {
    Map<Long, Rational> scaled = new TreeMap<>();
    add(scaled, factor, form);
    return scaled;
  }

  static Map<Long, Rational> product(
      Map<Long, Rational> a, Map<Long, Rational> b, PrimeField field) {
    Map<Long, Rational> product = new TreeMap<>();
    a.forEach(
        (k, c) -> b.forEach((l, e) -> add(product, c.times(e), of(field.times(k, l), field))));
    return product;
  }

  static long value(Map<Long, Rational> form, PrimeField field) {
    long sum = 0;
    for (Map.Entry<Long, Rational> term : form.entrySet()) {
      sum = field.plus(sum, field.times(field.of(term.getValue()), term.getKey()));
    }
    return sum;
  }

  Forms times(Rational factor) {
    return new Forms(entries.stream().map(e -> scaled(factor, e)).toList(), bound);
  }

  /** The products entry by entry. */
  Forms times(Forms other, PrimeField field) {
    List<Map<Long, Rational>> products = new ArrayList<>();
    for (int k = 0; k < entries.size(); k++) {
      products.add(product(entries.get(k), other.entries.get(k), field));
    }
    return new Forms(products, bound.times(other.bound));
  }

  /** Tells that its monomials were told apart. */
  void tell(Atoms atoms) {
    for (Map<Long, Rational> entry : entries) {
      for (long key : entry.keySet()) atoms.told(key, bound);
    }
  }
}
