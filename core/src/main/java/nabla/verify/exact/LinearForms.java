package nabla.verify.exact;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nabla.operation.Activation;
import nabla.operation.Exponential;
import nabla.operation.Softmax;
import nabla.tensor.Apply;
import nabla.tensor.Constant;
import nabla.tensor.Einsum;
import nabla.tensor.Elementwise;
import nabla.tensor.Extent;
import nabla.tensor.Rational;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Arguments of exp, sine and cosine as sums of monomials, and logarithms as sums of atoms. */
final class LinearForms {
  private static final int MOST_MONOMIALS = 200;
  private static final int MOST_PRODUCTS = 2_000;
  private static final int LARGEST_POWER = 3;

  /** Values that are taken for constants; that others have them is part of the bound. */
  static final List<Rational> EVIDENT =
      List.of(
          Rational.ZERO,
          Rational.ONE,
          Rational.MINUS_ONE,
          Rational.HALF,
          Rational.HALF.negate(),
          Rational.TWO,
          Rational.TWO.negate());

  private final DualInterpreter interpreter;
  private final PrimeField field;
  private final Atoms atoms;
  private final Map<Tensor, Forms> sums = new HashMap<>();

  LinearForms(DualInterpreter interpreter, PrimeField field, Atoms atoms) {
    this.interpreter = interpreter;
    this.field = field;
    this.atoms = atoms;
  }

  /** The entries of a tensor that has been evaluated. */
  Forms of(Tensor node) {
    Forms known = sums.get(node);
    if (known != null) return known;
    Forms forms = expanded(node);
    if (forms == null) forms = plain(interpreter.value(node));
    else forms = evident(forms, interpreter.value(node));
    sums.put(node, forms);
    return forms;
  }

  /** Monomials may add up to a constant: those of inv(A)*A do. */
  private Forms evident(Forms forms, Dual dual) {
    List<Map<Long, Rational>> entries = new ArrayList<>();
    for (int k = 0; k < dual.count(); k++) {
      Rational constant = evident(dual.value()[k]);
      entries.add(constant == null ? forms.entries().get(k) : multiple(constant));
    }
    return new Forms(entries, forms.bound());
  }

  private @Nullable Rational evident(long value) {
    for (Rational constant : EVIDENT) if (field.of(constant) == value) return constant;
    return null;
  }

  private static Map<Long, Rational> multiple(Rational constant) {
    return constant.isZero() ? Map.of() : Map.of(1L, constant);
  }

  /** Every entry a monomial. */
  private Forms plain(Dual dual) {
    List<Map<Long, Rational>> entries = new ArrayList<>();
    for (long v : dual.value()) {
      Rational constant = evident(v);
      entries.add(constant == null ? Forms.of(v, field) : multiple(constant));
    }
    return new Forms(entries, dual.bound());
  }

  private @Nullable Forms expanded(Tensor node) {
    return switch (node) {
      case Sum s -> sum(s);
      case Einsum e -> product(e);
      case Extent e -> {
        Rational size = Rational.of(interpreter.size(e.size()));
        yield new Forms(List.of(Map.of(1L, size)), Bound.of(size));
      }
      case Elementwise e when e.operator().equals(Exponential.LOG) ->
          logarithms(e.operands().getFirst());
      default -> null;
    };
  }

  private @Nullable Forms sum(Sum sum) {
    List<Map<Long, Rational>> entries = new ArrayList<>();
    for (int k = 0; k < interpreter.value(sum).count(); k++) entries.add(new TreeMap<>());
    for (Sum.Term term : sum.terms()) {
      Forms forms = of(term.tensor());
      for (int k = 0; k < entries.size(); k++) {
        Forms.add(entries.get(k), term.coefficient(), forms.entries().get(k));
        if (entries.get(k).size() > MOST_MONOMIALS) return null;
      }
    }
    return new Forms(entries, interpreter.value(sum).bound());
  }

  private @Nullable Forms product(Einsum e) {
    int[] extents = DualProduct.numbers(e.sizes(), interpreter.sizes());
    double volume = 1;
    for (int extent : extents) volume *= extent;
    if (volume > MOST_PRODUCTS) return null;
    List<List<Map<Long, Rational>>> factors = new ArrayList<>();
    for (Einsum.Factor f : e.factors()) factors.add(factor(f));
    List<Map<Long, Rational>> entries = new ArrayList<>();
    Dual value = interpreter.value(e);
    for (int k = 0; k < value.count(); k++) entries.add(new TreeMap<>());
    int[] at = new int[extents.length];
    for (int step = 0; step < volume; step++) {
      Map<Long, Rational> term = Map.of(1L, e.coefficient());
      for (int f = 0; f < factors.size() && !term.isEmpty(); f++) {
        int position = position(e.factors().get(f).labels(), extents, at);
        term = Forms.product(term, factors.get(f).get(position), field);
        if (term.size() > MOST_MONOMIALS) return null;
      }
      Map<Long, Rational> entry = entries.get(position(e.output(), extents, at));
      Forms.add(entry, Rational.ONE, term);
      if (entry.size() > MOST_MONOMIALS) return null;
      for (int axis = at.length - 1; axis >= 0 && ++at[axis] == extents[axis]; axis--) {
        at[axis] = 0;
      }
    }
    return new Forms(entries, value.bound());
  }

  private static int position(List<Integer> labels, int[] extents, int[] at) {
    int position = 0;
    for (int label : labels) position = position * extents[label] + at[label];
    return position;
  }

  private List<Map<Long, Rational>> factor(Einsum.Factor f) {
    boolean whole = f.exponent().isInt();
    int exponent = whole ? f.exponent().intValue() : 0;
    if (exponent < 1 || exponent > LARGEST_POWER) {
      return plain(interpreter.power(f)).entries();
    }
    List<Map<Long, Rational>> base = of(f.tensor()).entries();
    List<Map<Long, Rational>> power = base;
    for (int k = 1; k < exponent; k++) {
      List<Map<Long, Rational>> next = new ArrayList<>();
      for (int i = 0; i < base.size(); i++) {
        if (power.get(i).size() * base.get(i).size() > MOST_PRODUCTS) {
          return plain(interpreter.power(f)).entries();
        }
        next.add(Forms.product(power.get(i), base.get(i), field));
      }
      power = next;
    }
    return power;
  }

  /** log|x| for every entry x of a tensor that has been evaluated. */
  Forms logarithms(Tensor node) {
    List<Map<Long, Rational>> entries = new ArrayList<>();
    int count = interpreter.value(node).count();
    for (int k = 0; k < count; k++) entries.add(logarithm(node, k));
    return new Forms(entries, logarithmBound(node));
  }

  private Bound logarithmBound(Tensor node) {
    return switch (node) {
      case Elementwise e when e.operator().equals(Exponential.EXP) ->
          of(e.operands().getFirst()).bound();
      case Einsum e when !e.contracts() -> {
        Bound sum = Bound.FREE.plus(Bound.FREE);
        for (Einsum.Factor f : e.factors()) {
          sum = sum.plus(logarithmBound(f.tensor()).times(Bound.of(f.exponent())));
        }
        yield sum;
      }
      case Apply a when isSoftmax(a) -> of(a.operands().getFirst()).bound().plus(Bound.FREE);
      default -> Bound.FREE.plus(Bound.FREE);
    };
  }

  private Map<Long, Rational> logarithm(Tensor node, int k) {
    long value = interpreter.value(node).value()[k];
    Bound bound = interpreter.value(node).bound();
    return switch (node) {
      case Elementwise e when e.operator().equals(Exponential.EXP) ->
          of(e.operands().getFirst()).entries().get(k);
      case Elementwise e when e.operator().equals(Activation.SIGMOID) ->
          Forms.scaled(Rational.MINUS_ONE, logarithm(field.inverse(value), bound));
      case Einsum e when !e.contracts() -> logarithm(e, k);
      case Sum s when !s.isZero() -> {
        Rational content = s.content();
        Map<Long, Rational> sum = new TreeMap<>(logarithm(content));
        long primitive = field.times(value, field.inverse(field.of(content)));
        Forms.add(
            sum, Rational.ONE, logarithm(primitive, bound.times(Bound.of(content.inverse()))));
        yield sum;
      }
      case Apply a when isSoftmax(a) -> {
        Tensor x = a.operands().getFirst();
        Map<Long, Rational> sum = new TreeMap<>(of(x).entries().get(k));
        long own = interpreter.functions().exponentials().exponential(of(x), k);
        long total = field.times(own, field.inverse(value));
        Forms.add(sum, Rational.MINUS_ONE, logarithm(total, bound.times(bound)));
        yield sum;
      }
      case Extent e -> logarithm(Rational.of(interpreter.size(e.size())));
      case Constant c when c.equals(Constant.E) -> Map.of(1L, Rational.ONE);
      default -> logarithm(value, bound);
    };
  }

  private static boolean isSoftmax(Apply a) {
    return a.operator().equals(Softmax.SOFTMAX) || a.operator().equals(Softmax.ROW_SOFTMAX);
  }

  private Map<Long, Rational> logarithm(Einsum e, int entry) {
    int[] extents = DualProduct.numbers(e.sizes(), interpreter.sizes());
    int[] at = new int[extents.length];
    int rest = entry;
    for (int axis = e.rank() - 1; axis >= 0; axis--) {
      int label = e.output().get(axis);
      at[label] = rest % extents[label];
      rest /= extents[label];
    }
    if (interpreter.value(e).value()[entry] == 0) throw Obstacle.point();
    Map<Long, Rational> sum = new TreeMap<>(logarithm(e.coefficient()));
    for (Einsum.Factor f : e.factors()) {
      int position = position(f.labels(), extents, at);
      Forms.add(sum, f.exponent(), logarithm(f.tensor(), position));
    }
    return sum;
  }

  /**
   * A number that is no product: an atom, the same for x and -x.
   *
   * @param bound bounds the number as a function
   */
  Map<Long, Rational> logarithm(long value, Bound bound) {
    if (value == 0) throw Obstacle.point();
    long size = Math.min(value, field.negate(value));
    if (size == 1) return Map.of();
    atoms.told(size, bound);
    return Forms.of(atoms.of("log", List.of(size)), field);
  }

  /** The primes of a fraction. */
  private Map<Long, Rational> logarithm(Rational number) {
    Map<Long, Rational> sum = new TreeMap<>();
    Divisors.of(number.numerator().abs())
        .forEach((q, e) -> Forms.add(sum, Rational.of(e), logarithm(remainder(q), Bound.ONE)));
    Divisors.of(number.denominator())
        .forEach((q, e) -> Forms.add(sum, Rational.of(-e), logarithm(remainder(q), Bound.ONE)));
    return sum;
  }

  private long remainder(BigInteger number) {
    return number.mod(BigInteger.valueOf(field.p())).longValueExact();
  }

  /**
   * Notes that exp(log(x)) is x, where log(x) is a single atom. Of a product it is not: log(x*y) is
   * log|x| + log|y|, and x may be negative.
   */
  void register(Map<Long, Rational> logarithm, long value, Bound bound) {
    if (logarithm.size() != 1) return;
    Map.Entry<Long, Rational> only = logarithm.entrySet().iterator().next();
    if (only.getKey() == 1) return;
    if (only.getValue().isOne()) atoms.exponential(only.getKey(), value, bound);
    if (only.getValue().equals(Rational.MINUS_ONE)) {
      atoms.exponential(only.getKey(), field.inverse(value), bound.reciprocal(1));
    }
  }
}
