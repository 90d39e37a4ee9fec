package nabla.lang;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.diagnostic.Code;
import nabla.lang.Typing.Typed;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

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

  private final Typing typing;
  private final Sizes sizes;
  private final Mistakes mistakes;
  private final Syntax body;
  private final List<String> left;
  private final IndexedEntries entries;

  IndexNotation(Typing typing, Program.Definition definition) {
    this.typing = typing;
    this.sizes = typing.sizes;
    this.mistakes = typing.mistakes;
    this.body = definition.value();
    this.left = definition.indices();
    this.entries = new IndexedEntries(typing, definition);
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
  Typed typed() {
    List<Size> unknown = typing.unknowns(body, left.size());
    for (int k = 0; k < left.size(); k++) entries.bind(left.get(k), unknown.get(k));
    Indexed value = indexed(body, Set.of(), false);
    return typing.typed(new Type(List.copyOf(unknown), false), () -> contract(value, left));
  }

  private Tensor contract(Indexed value, List<String> output) {
    Product product = new Product();
    Map<String, Integer> labels = entries.labels(product);
    product.factor(value.built(), value.indices().stream().map(labels::get).toList());
    IndexedEntries.forgetUnused(product, labels, value.indices());
    return product.to(output.stream().map(labels::get).toList());
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
      case Syntax.Index i -> entries.of(i);
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
    if (b.operator().isPower()) return power(b, outer);
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
    Map<String, Integer> labels = entries.labels(product);
    product.factor(x.built(), x.indices().stream().map(labels::get).toList());
    product.factor(y.built(), exponent, y.indices().stream().map(labels::get).toList());
    IndexedEntries.forgetUnused(product, labels, axes);
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
}
