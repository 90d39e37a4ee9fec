package nabla.lang;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.diagnostic.Code;
import nabla.lang.Typing.Typed;
import nabla.tensor.Alternating;
import nabla.tensor.Fuse;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Unit;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code D[i,j] = A[i,k]*B[k,j]}: an index that is not on the left is summed over the product
 * it stands in. Inside brackets an index belongs to the product around them if every term has it,
 * or if another factor has it, as in {@code A[i,j]*(x[j] - c)}; what every term repeats that has it
 * and nothing else has is summed in the brackets. What is repeated below a line of division and
 * nowhere else is summed there.
 */
public final class IndexNotation {
  /** The name of the unit tensor, where it has two indices. */
  public static final String DELTA = "delta";

  /** The name of the alternating tensor, where it has three indices. */
  public static final String EPSILON = "epsilon";

  private static final Type EPSILON_TYPE = new Type(Alternating.EPSILON.shape(), false);

  private final Typing typing;
  private final Sizes sizes;
  private final Mistakes mistakes;
  private final List<String> left;
  private final Map<String, Size> extents = new LinkedHashMap<>();

  /** A tensor whose axes are named by indices; there is no tensor while only sizes are unified. */
  private record Indexed(List<String> indices, @Nullable Tensor tensor) {
    Tensor built() {
      return java.util.Objects.requireNonNull(tensor);
    }
  }

  IndexNotation(Typing typing, List<String> left) {
    this.typing = typing;
    this.sizes = typing.sizes;
    this.mistakes = typing.mistakes;
    this.left = left;
  }

  /**
   * Whether a definition is index notation: it names indices on the left, or it is a number in
   * which every index is repeated and so is summed, as in {@code s = A[i,j]*B[j,i]}.
   */
  public static boolean isIn(Program.Definition definition) {
    if (!definition.indices().isEmpty()) return true;
    Map<String, Integer> uses = IndexUses.of(definition.value());
    return !uses.isEmpty() && uses.values().stream().allMatch(count -> count > 1);
  }

  /** The tensor with the axes on the left. */
  Typed of(Syntax body) {
    List<Size> unknown = typing.unknowns(body, left.size());
    for (int k = 0; k < left.size(); k++) extents.put(left.get(k), unknown.get(k));
    Indexed value = indexed(body, Set.of(), false);
    return typing.typed(new Type(List.copyOf(unknown), false), () -> contract(value, left));
  }

  private Tensor contract(Indexed value, List<String> output) {
    Product product = new Product();
    Map<String, Integer> labels = labels(product);
    product.factor(value.built(), value.indices().stream().map(labels::get).toList());
    forgetUnused(product, labels, value.indices());
    return product.to(output.stream().map(labels::get).toList());
  }

  private Map<String, Integer> labels(Product product) {
    Map<String, Integer> labels = new LinkedHashMap<>();
    extents.forEach((index, size) -> labels.put(index, product.label(sizes.resolve(size))));
    return labels;
  }

  private static void forgetUnused(
      Product product, Map<String, Integer> labels, List<String> used) {
    labels.forEach(
        (index, label) -> {
          if (!used.contains(index)) product.forget(label);
        });
  }

  /**
   * @param outer the indices of the other factors around it
   */
  private Indexed indexed(Syntax s, Set<String> outer, boolean nested) {
    if (!mentionsIndex(s)) return plain(s);
    return switch (s) {
      case Syntax.Negate n -> {
        Indexed operand = indexed(n.operand(), outer, nested);
        yield result(operand.indices(), () -> Tensors.negate(operand.built()));
      }
      case Syntax.Index i -> entry(i);
      case Syntax.Binary b when Typing.isSum(b.operator()) -> sum(b, outer, nested);
      case Syntax.Binary b -> product(b, outer);
      default ->
          throw mistakes.at(
              s,
              Code.UNSUPPORTED,
              s instanceof Syntax.Transpose
                  ? "a transpose does not go with indices"
                  : "a function of an entry is not supported",
              s instanceof Syntax.Transpose
                  ? "exchange the indices instead"
                  : s instanceof Syntax.Call c
                          && c.arguments().size() == 1
                          && c.arguments().getFirst() instanceof Syntax.Index i
                      ? "write "
                          + new Wording(mistakes).call(c.function(), i.target())
                          + mistakes.text(i).substring(mistakes.text(i.target()).length())
                      : "name the function of the whole first: u = exp(A); D[i,j] = u[i,j]");
    };
  }

  private interface Building {
    Tensor tensor();
  }

  private Indexed result(List<String> indices, Building building) {
    return new Indexed(List.copyOf(indices), typing.building() ? building.tensor() : null);
  }

  /** Whether an index is named in it; a number, {@code end} and {@code :} name none. */
  public static boolean mentionsIndex(Syntax s) {
    return switch (s) {
      case Syntax.Index i -> i.indices().stream().anyMatch(IndexNotation::namesIndex);
      case Syntax.Negate n -> mentionsIndex(n.operand());
      case Syntax.Transpose t -> mentionsIndex(t.operand());
      case Syntax.Binary b -> mentionsIndex(b.left()) || mentionsIndex(b.right());
      case Syntax.Call c -> c.arguments().stream().anyMatch(IndexNotation::mentionsIndex);
      default -> false;
    };
  }

  /**
   * A number, {@code end}, {@code :} or {@code 1:2} takes a part of an axis, and names no index.
   */
  private static boolean namesIndex(Syntax index) {
    return switch (index) {
      case Syntax end when Slices.isEnd(end) -> false;
      case Syntax.Numeral _, Syntax.Colon _, Syntax.Range _ -> false;
      default -> true;
    };
  }

  private Indexed plain(Syntax s) {
    Typed value = typing.type(s);
    if (!value.type().isScalar()) {
      throw mistakes.at(
          s,
          Code.KIND,
          mistakes.text(s)
              + " is "
              + Mistakes.describe(value.type(), sizes)
              + " and needs indices here",
          "");
    }
    return new Indexed(List.of(), value.tensor());
  }

  private RuntimeException inOneTerm(Syntax term, String index) {
    return mistakes.at(
        term,
        Code.SYNTAX,
        "the sum over " + index + " could be of this term or of all in the brackets",
        "multiply the brackets out, or name this sum first");
  }

  /**
   * @param nested whether it stands in brackets with something before or behind them
   */
  private Indexed sum(Syntax.Binary b, Set<String> outer, boolean nested) {
    List<Syntax> terms = new ArrayList<>();
    List<Boolean> signs = new ArrayList<>();
    Syntax current = b;
    while (current instanceof Syntax.Binary c && Typing.isSum(c.operator())) {
      terms.addFirst(c.right());
      signs.addFirst(c.operator() == BinaryOperator.SUBTRACT);
      current = c.left();
    }
    terms.addFirst(current);
    signs.addFirst(false);
    List<Indexed> values = terms.stream().map(t -> indexed(t, outer, nested)).toList();
    Set<String> kept = new LinkedHashSet<>();
    Set<String> once = IndexUses.free(b);
    for (int k = 0; k < values.size(); k++) {
      Map<String, Integer> uses = IndexUses.of(terms.get(k));
      for (String index : values.get(k).indices()) {
        boolean shared =
            once.contains(index) && values.stream().allMatch(o -> o.indices().contains(index));
        if (shared || outer.contains(index) || left.contains(index)) kept.add(index);
        else if (nested && uses.getOrDefault(index, 0) == 1) throw inOneTerm(terms.get(k), index);
      }
    }
    List<String> axes = List.copyOf(kept);
    return result(
        axes,
        () -> {
          List<Sum.Term> all = new ArrayList<>();
          for (int k = 0; k < values.size(); k++) {
            Rational sign = signs.get(k) ? Rational.MINUS_ONE : Rational.ONE;
            all.add(new Sum.Term(sign, contract(values.get(k), axes)));
          }
          return Sum.of(all, all.getFirst().tensor().shape());
        });
  }

  private Indexed product(Syntax.Binary b, Set<String> outer) {
    boolean power =
        b.operator() == BinaryOperator.POWER || b.operator() == BinaryOperator.ELEMENTWISE_POWER;
    if (power) return power(b, outer);
    Indexed x = indexed(b.left(), with(outer, b.right()), true);
    Indexed y = indexed(b.right(), with(outer, b.left()), true);
    Rational exponent =
        switch (b.operator()) {
          case MULTIPLY, ELEMENTWISE_MULTIPLY -> Rational.ONE;
          case DIVIDE, ELEMENTWISE_DIVIDE -> Rational.MINUS_ONE;
          default ->
              throw mistakes.at(
                  b, Code.UNSUPPORTED, b.operator().text() + " does not go with indices", "");
        };
    if (exponent.signum() < 0) return quotient(b, x, y, with(outer, b.left()));
    return multiplied(x, y, exponent);
  }

  private static Set<String> with(Set<String> outer, Syntax other) {
    Set<String> all = new LinkedHashSet<>(outer);
    all.addAll(IndexUses.free(other));
    return all;
  }

  /** What is repeated below the line, and nowhere else, is summed there. */
  private Indexed quotient(Syntax.Binary b, Indexed x, Indexed y, Set<String> outer) {
    Map<String, Integer> uses = IndexUses.of(b.right());
    List<String> kept =
        y.indices().stream()
            .filter(i -> uses.getOrDefault(i, 0) == 1 || outer.contains(i) || left.contains(i))
            .toList();
    Indexed below = result(kept, () -> contract(y, kept));
    if (typing.building() && Tensors.isZero(y.built())) {
      throw mistakes.at(b.right(), Code.DOMAIN, "division by zero", "");
    }
    return multiplied(x, below, Rational.MINUS_ONE);
  }

  private Indexed multiplied(Indexed x, Indexed y, Rational exponent) {
    Set<String> all = new LinkedHashSet<>(x.indices());
    all.addAll(y.indices());
    List<String> axes = List.copyOf(all);
    return result(axes, () -> multiply(x, y, exponent, axes));
  }

  private Tensor multiply(Indexed x, Indexed y, Rational exponent, List<String> axes) {
    Product product = new Product();
    Map<String, Integer> labels = labels(product);
    product.factor(x.built(), x.indices().stream().map(labels::get).toList());
    product.factor(y.built(), exponent, y.indices().stream().map(labels::get).toList());
    forgetUnused(product, labels, axes);
    return product.to(axes.stream().map(labels::get).toList());
  }

  /** A power is a product with itself, in which an index that stands once meets itself. */
  private Indexed power(Syntax.Binary b, Set<String> outer) {
    Indexed base = indexed(b.left(), with(outer, b.left()), true);
    Indexed exponent = indexed(b.right(), outer, true);
    Map<String, Integer> uses = IndexUses.inTerms(b.left());
    boolean each =
        base.indices().stream().allMatch(i -> left.contains(i) || uses.getOrDefault(i, 0) == 1);
    if (!exponent.indices().isEmpty() || !(b.left() instanceof Syntax.Index || each)) {
      throw mistakes.at(
          b,
          Code.UNSUPPORTED,
          exponent.indices().isEmpty()
              ? "a power of a sum over an index is not supported"
              : "an exponent with indices is not supported",
          exponent.indices().isEmpty()
              ? "name the sum first: " + (left.isEmpty() ? "s = …; s^2" : named(left))
              : "");
    }
    return result(
        base.indices(),
        () ->
            Binaries.power(
                base.built(), Tensors.broadcast(exponent.built(), base.built().shape())));
  }

  private static String named(List<String> left) {
    String indices = "[" + String.join(",", left) + "]";
    return "s" + indices + " = …; D" + indices + " = s" + indices + "^2";
  }

  /** Whether what has such a name and so many indices is a constant. */
  public static boolean isConstant(String name, int indices) {
    return (indices == 2 && name.equals(DELTA)) || (indices == 3 && name.equals(EPSILON));
  }

  static boolean isConstant(Syntax.Index i) {
    return i.target() instanceof Syntax.Name n
        && isConstant(n.name(), i.indices().size())
        && mentionsIndex(i);
  }

  private Typed constant(Syntax.Index i) {
    boolean unit = i.indices().size() == 2;
    if (typing.rank(unit ? DELTA : EPSILON) > 1) throw taken(i, unit);
    if (!unit) return typing.typed(EPSILON_TYPE, () -> Alternating.EPSILON);
    // Not of the whole: that may be the body, whose unknowns are the sizes on the left.
    Size size = typing.unknowns(i.target(), 1).getFirst();
    return typing.typed(Type.matrix(size, size), () -> Tensors.identity(sizes.resolve(size)));
  }

  private Indexed entry(Syntax.Index i) {
    Typed target = isConstant(i) ? constant(i) : typing.type(i.target());
    if (target.type().rank() != i.indices().size()) {
      throw mistakes.at(
          i,
          Code.ARITY,
          mistakes.text(i.target())
              + " has "
              + Mistakes.count(target.type().rank(), "axis", "axes")
              + ", but "
              + Mistakes.count(i.indices().size(), "index", "indices"),
          "");
    }
    Set<String> names = new LinkedHashSet<>();
    for (int axis = 0; axis < i.indices().size(); axis++) {
      unify(i.indices().get(axis), target.type().size(axis), names);
    }
    List<String> axes = List.copyOf(names);
    return result(axes, () -> read(target, i.indices(), axes));
  }

  private RuntimeException taken(Syntax.Index entry, boolean unit) {
    String constant = unit ? "the unit matrix" : "the alternating tensor";
    return mistakes.at(
        entry.target(),
        Code.NAME,
        mistakes.text(entry) + " is " + constant + " of index notation, but its name is taken here",
        "give the other " + mistakes.text(entry.target()) + " another name");
  }

  /** Binds the sizes of the indices that an index expression names. */
  private void unify(Syntax index, Size size, Set<String> names) {
    Fused fused = fused(index);
    if (index instanceof Syntax.Numeral || Slices.isEnd(index)) return;
    if (index instanceof Syntax.Name n) {
      boolean twice = !names.add(n.name());
      if (twice && !left.contains(n.name()) && typing.isSize(n.name())) throw traceOrLast(n);
      Size own = extents.computeIfAbsent(n.name(), k -> typing.unknowns(index, 1).getFirst());
      if (!sizes.unify(own, size)) throw clash(index, n.name(), own, size);
      return;
    }
    if (fused == null) {
      throw mistakes.at(
          index, Code.SYNTAX, "an index is a name, a number or of the form i + m*(j-1)", "");
    }
    names.add(fused.fast());
    names.add(fused.slow());
    Size fast = extents.computeIfAbsent(fused.fast(), k -> typing.unknowns(index, 2).get(0));
    Size slow = extents.computeIfAbsent(fused.slow(), k -> typing.unknowns(index, 2).get(1));
    if (!sizes.unify(fast, fused.stride())) throw clash(index, fused.fast(), fast, fused.stride());
    if (!sizes.unify(size, fused.stride().times(slow))) {
      throw clash(index, mistakes.text(index), fused.stride().times(slow), size);
    }
  }

  private RuntimeException traceOrLast(Syntax.Name index) {
    return mistakes.at(
        index,
        Code.NAME,
        index.name() + " is a size here: is it the last entry, or a sum over the diagonal?",
        "write end for the last entry, or another letter for the sum");
  }

  private RuntimeException clash(Syntax where, String index, Size own, Size other) {
    return mistakes.at(
        where,
        Code.SHAPE,
        "index "
            + index
            + " runs to "
            + Mistakes.size(own, sizes)
            + " and to "
            + Mistakes.size(other, sizes),
        "");
  }

  record Fused(String fast, Size stride, String slow) {}

  /** Recognises {@code i + m*(j-1)}. */
  static @Nullable Fused fused(Syntax index) {
    if (!(index instanceof Syntax.Binary plus
        && plus.operator() == BinaryOperator.ADD
        && plus.left() instanceof Syntax.Name fast
        && !Slices.isEnd(fast)
        && plus.right() instanceof Syntax.Binary times
        && times.operator() == BinaryOperator.MULTIPLY
        && times.right() instanceof Syntax.Binary minus
        && minus.operator() == BinaryOperator.SUBTRACT
        && minus.left() instanceof Syntax.Name slow
        && !Slices.isEnd(slow))) {
      return null;
    }
    Size stride = Calls.polynomial(times.left());
    return stride == null ? null : new Fused(fast.name(), stride, slow.name());
  }

  private Tensor read(Typed target, List<Syntax> indices, List<String> axes) {
    Product product = new Product();
    Map<String, Integer> labels = labels(product);
    List<Size> shape = target.built().shape();
    List<Integer> own = new ArrayList<>();
    for (int axis = 0; axis < indices.size(); axis++) {
      own.add(label(product, labels, indices.get(axis), shape.get(axis)));
    }
    product.factor(target.built(), own);
    forgetUnused(product, labels, axes);
    return product.to(axes.stream().map(labels::get).toList());
  }

  private int label(Product product, Map<String, Integer> labels, Syntax index, Size size) {
    boolean end = Slices.isEnd(index);
    if (index instanceof Syntax.Name n && !end) {
      return java.util.Objects.requireNonNull(labels.get(n.name()));
    }
    int label = product.label(size);
    if (end) {
      Slices.pick(product, label, size, size.minus(Size.of(1)));
      return label;
    }
    if (index instanceof Syntax.Numeral n) {
      product.factor(new Unit(size, n.value().intValue()), label);
      return label;
    }
    Fused f = java.util.Objects.requireNonNull(fused(index));
    Size slow = sizes.resolve(java.util.Objects.requireNonNull(extents.get(f.slow())));
    product.factor(
        new Fuse(sizes.resolve(f.stride()), slow),
        label,
        java.util.Objects.requireNonNull(labels.get(f.fast())),
        java.util.Objects.requireNonNull(labels.get(f.slow())));
    return label;
  }
}
