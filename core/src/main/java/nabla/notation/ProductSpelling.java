package nabla.notation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.lang.BinaryOperator;
import nabla.lang.Syntax;
import nabla.tensor.Einsum;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Products in matrix notation: number, scalars, then the matrix part, over what divides. */
final class ProductSpelling {
  private final Spelling spelling;
  private final FormSpelling forms;
  private final Map<Tensor, Reduction> reductions = new HashMap<>();

  ProductSpelling(Spelling spelling) {
    this.spelling = spelling;
    this.forms = new FormSpelling(spelling);
  }

  boolean isMatrixNotation(Einsum e) {
    if (!e.factors().stream().allMatch(f -> isFactor(f.tensor()))) return false;
    if (isEntrywise(e)) return true;
    return reduction(e).isComplete(e.output());
  }

  private boolean isFactor(Tensor t) {
    return t instanceof nabla.tensor.Structural || spelling.isMatrixNotation(t);
  }

  private Reduction reduction(Einsum e) {
    return reductions.computeIfAbsent(
        e, t -> new Reduction(e.factors(), e.sizes(), Set.copyOf(e.output())));
  }

  /** Whether this is a product entry by entry of tensors of any rank, or the sum of one. */
  private static boolean isEntrywise(Einsum e) {
    List<Integer> labels = entryLabels(e);
    if (labels.size() < 3 || Set.copyOf(labels).size() < labels.size()) return false;
    if (!e.output().isEmpty() && !e.output().equals(labels)) return false;
    return e.factors().stream().allMatch(f -> f.labels().isEmpty() || f.labels().equals(labels))
        && e.factors().stream().noneMatch(f -> f.tensor() instanceof nabla.tensor.Structural);
  }

  private static List<Integer> entryLabels(Einsum e) {
    return e.factors().stream()
        .map(Einsum.Factor::labels)
        .filter(labels -> !labels.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /** The scalar that a product broadcasts. */
  Tensor scalarsOf(Einsum e) {
    Product product = new Product().times(e.coefficient());
    for (Einsum.Factor f : e.factors()) product.factor(f.tensor(), f.exponent(), List.of());
    return product.to();
  }

  /** A coefficient times a product that has matrix notation. */
  Syntax of(Rational coefficient, Einsum e, boolean turned) {
    Rational number = coefficient.times(e.coefficient());
    Quotient quotient = new Quotient();
    if (isEntrywise(e)) {
      entrywise(e, quotient);
    } else {
      Oriented oriented = orient(number, e.factors());
      number = oriented.number();
      Reduction r =
          oriented.factors().equals(e.factors())
              ? reduction(e)
              : new Reduction(oriented.factors(), e.sizes(), Set.copyOf(e.output()));
      scalars(r, quotient);
      if (e.rank() > 0) {
        Form form = r.result(e.output());
        quotient.part = forms.of(turned ? form.turn() : form);
      }
    }
    return quotient.with(number);
  }

  /** The scalars that a reduction has split off. */
  void scalars(Reduction r, Quotient quotient) {
    for (Einsum.Factor f : r.scalars) quotient.multiply(f.tensor(), f.exponent());
    for (Reduction.Closed c : r.closed) quotient.above.add(forms.closed(c.form(), c.matrix()));
  }

  Syntax form(Form form) {
    return forms.of(form);
  }

  private void entrywise(Einsum e, Quotient quotient) {
    List<Form.Powered> parts = new ArrayList<>();
    for (Einsum.Factor f : e.factors()) {
      if (f.labels().isEmpty()) quotient.multiply(f.tensor(), f.exponent());
      else parts.add(new Form.Powered(new Form.Leaf(f.tensor(), false), f.exponent()));
    }
    Syntax body = forms.of(Form.of(parts));
    if (e.output().isEmpty()) quotient.above.add(Build.call("sum", body));
    else quotient.part = body;
  }

  /** Factors with the signs of sums chosen for reading, and the number that belongs to them. */
  record Oriented(Rational number, List<Einsum.Factor> factors) {}

  /**
   * Turns sums over: in pairs and even powers if the user wrote them the other way round, and one
   * that has a negative term if that saves the sign of the product.
   */
  Oriented orient(Rational number, List<Einsum.Factor> factors) {
    List<Einsum.Factor> oriented = new ArrayList<>(factors);
    Set<Tensor> odd = new LinkedHashSet<>();
    for (Einsum.Factor f : factors) {
      boolean whole = f.exponent().isInteger() && f.tensor() instanceof Sum;
      boolean turns = whole && f.exponent().numerator().testBit(0);
      if (turns && !odd.add(f.tensor())) odd.remove(f.tensor());
    }
    for (Einsum.Factor f : factors) {
      if (f.tensor() instanceof Sum s
          && f.exponent().isInteger()
          && !odd.contains(s)
          && spelling.prefersNegative(s)) {
        flip(oriented, s);
      }
    }
    List<Sum> turned = turned(number.signum() < 0, odd);
    for (Sum sum : turned) flip(oriented, sum);
    return new Oriented(turned.size() % 2 == 0 ? number : number.negate(), oriented);
  }

  /** Those of the sums that are turned over, so that no sign is left before the product. */
  private List<Sum> turned(boolean negative, Set<Tensor> sums) {
    List<Sum> turned = new ArrayList<>();
    Sum spare = null;
    for (Tensor t : sums) {
      Sum sum = (Sum) t;
      if (spelling.prefersNegative(sum)) turned.add(sum);
      else if (spare == null && isMixed(sum)) spare = sum;
    }
    if (negative == (turned.size() % 2 != 0)) return turned;
    if (spare != null) turned.add(spare);
    else if (!turned.isEmpty()) turned.removeLast();
    return turned;
  }

  /** Whether a sum has a negative term. */
  private static boolean isMixed(Sum sum) {
    return sum.terms().stream().anyMatch(term -> term.coefficient().signum() < 0);
  }

  private static void flip(List<Einsum.Factor> factors, Sum sum) {
    Tensor negated = sum.times(Rational.MINUS_ONE);
    factors.replaceAll(
        f ->
            f.tensor().equals(sum) && f.exponent().isInteger()
                ? new Einsum.Factor(negated, f.exponent(), f.labels())
                : f);
  }

  /** What is multiplied and what is divided by. */
  final class Quotient {
    final List<Syntax> above = new ArrayList<>();
    final List<Syntax> below = new ArrayList<>();
    private final List<Syntax> rootsAbove = new ArrayList<>();
    private final List<Syntax> rootsBelow = new ArrayList<>();
    @Nullable Syntax part;

    /** Multiplies by the power of a scalar. */
    void multiply(Tensor scalar, Rational exponent) {
      List<Syntax> side = exponent.signum() < 0 ? below : above;
      Rational power = exponent.abs();
      if (power.equals(Rational.HALF) && norm(scalar) == null) {
        (exponent.signum() < 0 ? rootsBelow : rootsAbove).add(spelling.of(scalar));
        return;
      }
      List<Syntax> ways = new ArrayList<>(List.of(raised(spelling.of(scalar), power)));
      Syntax norm = norm(scalar);
      Rational twice = power.times(Rational.TWO);
      if (norm != null && twice.isInteger()) ways.add(raised(norm, twice));
      side.add(spelling.shortest(ways));
    }

    /** The u of a scalar {@code u'*u}, as norm2(u). */
    private @Nullable Syntax norm(Tensor scalar) {
      if (!(scalar instanceof Einsum e) || !e.coefficient().isOne() || isEntrywise(e)) return null;
      List<Einsum.Factor> factors = orient(Rational.ONE, e.factors()).factors();
      Reduction r = new Reduction(factors, e.sizes(), Set.of());
      if (!r.scalars.isEmpty() || r.closed.size() != 1) return null;
      return forms.norm(r.closed.getFirst().form());
    }

    private Syntax raised(Syntax base, Rational power) {
      if (power.isOne()) return base;
      if (power.equals(Rational.HALF)) return Build.call("sqrt", base);
      return Build.binary(BinaryOperator.POWER, base, Build.number(power));
    }

    /** The whole with a number before it. */
    Syntax with(Rational number) {
      if (!rootsAbove.isEmpty()) above.add(Build.call("sqrt", product(sorted(rootsAbove))));
      if (!rootsBelow.isEmpty()) below.add(Build.call("sqrt", product(sorted(rootsBelow))));
      Rational magnitude = number.abs();
      boolean decimal = Build.isDecimal(magnitude);
      Rational top = decimal ? magnitude : whole(magnitude.numerator());
      Rational bottom = decimal ? Rational.ONE : whole(magnitude.denominator());
      Syntax quotient = numerator(top);
      if (!bottom.isOne()) below.addFirst(Build.number(bottom));
      if (!below.isEmpty()) quotient = Build.over(quotient, product(sorted(below)));
      return number.signum() < 0 ? Build.negate(quotient) : quotient;
    }

    private Rational whole(BigInteger value) {
      return new Rational(value, BigInteger.ONE);
    }

    /** The number, plain scalars, the matrix part, and last the scalars that are products. */
    private Syntax numerator(Rational number) {
      List<Syntax> plain = new ArrayList<>();
      List<Syntax> products = new ArrayList<>();
      for (Syntax s : sorted(above)) (isProduct(s) ? products : plain).add(s);
      if (!number.isOne()) plain.addFirst(Build.number(number));
      Syntax first = part;
      boolean entries = haveEntry(plain);
      if (first == null && !products.isEmpty() && !entries) first = products.removeFirst();
      Syntax numerator = plain.isEmpty() ? null : product(plain);
      if (first != null) numerator = numerator == null ? first : append(numerator, first);
      if (numerator == null) return Build.integer(1);
      for (Syntax p : products) numerator = Build.times(numerator, p);
      return numerator;
    }

    /** Next to an entry the parts of a product would stand alone, so the product keeps brackets. */
    private static boolean haveEntry(List<Syntax> factors) {
      Set<Syntax> seen = Collections.newSetFromMap(new IdentityHashMap<>());
      return factors.stream().anyMatch(s -> hasEntry(s, seen));
    }

    /** Parts are shared; each is looked at once. */
    private static boolean hasEntry(Syntax s, Set<Syntax> seen) {
      if (!seen.add(s)) return false;
      return switch (s) {
        case Syntax.Index i -> true;
        case Syntax.Binary b -> hasEntry(b.left(), seen) || hasEntry(b.right(), seen);
        default -> false;
      };
    }

    private boolean isProduct(Syntax s) {
      return s instanceof Syntax.Binary b && b.operator() == BinaryOperator.MULTIPLY;
    }

    private List<Syntax> sorted(List<Syntax> factors) {
      List<Syntax> sorted = new ArrayList<>(factors);
      sorted.sort(spelling.simpler());
      return sorted;
    }
  }

  static Syntax product(List<Syntax> factors) {
    Syntax product = factors.getFirst();
    for (Syntax factor : factors.subList(1, factors.size())) product = Build.times(product, factor);
    return product;
  }

  /** A scalar times a product, without the brackets that associativity spares. */
  static Syntax append(Syntax scalars, Syntax product) {
    return product instanceof Syntax.Binary b && b.operator() == BinaryOperator.MULTIPLY
        ? Build.times(append(scalars, b.left()), b.right())
        : Build.times(scalars, product);
  }
}
