package nabla.lang;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nabla.diagnostic.Code;
import org.jspecify.annotations.Nullable;

/**
 * Drops the signs of sums in index notation, where an index that is not on the left is summed
 * anyway: {@code D_{ij} = \sum_k A_{ik} B_{kj}}. A letter that runs in two sums becomes two.
 */
final class ImplicitSums {
  private final LatexCursor in;
  private final Map<String, Integer> uses = new HashMap<>();

  private ImplicitSums(LatexCursor in) {
    this.in = in;
  }

  static Syntax of(Syntax body, LatexCursor in) {
    ImplicitSums sums = new ImplicitSums(in);
    sums.countFree(body, List.of());
    return sums.without(body, Place.TERM);
  }

  /** Letters that are indices outside the sums over them are taken. */
  private void countFree(Syntax s, List<String> bound) {
    switch (s) {
      case Syntax.Index i -> {
        countFree(i.target(), bound);
        for (Syntax index : i.indices()) {
          if (index instanceof Syntax.Name n && !bound.contains(n.name())) uses.put(n.name(), 1);
        }
      }
      case Syntax.Call c when EntrySums.isSum(c) -> {
        List<String> inner = new java.util.ArrayList<>(bound);
        for (int k = 1; k < c.arguments().size(); k += 2) {
          inner.add(((Syntax.Name) c.arguments().get(k)).name());
        }
        countFree(c.arguments().getFirst(), inner);
      }
      default -> {
        Syntax _ =
            s.map(
                part -> {
                  countFree(part, bound);
                  return part;
                });
      }
    }
  }

  /** Where a sum stands; only as a term or a factor does it reach as far as without its sign. */
  private enum Place {
    TERM,
    FACTOR,
    INSIDE
  }

  private Syntax without(Syntax s, Place place) {
    return switch (s) {
      case Syntax.Call c when EntrySums.isSum(c) -> dropped(c, place);
      case Syntax.Negate n -> new Syntax.Negate(without(n.operand(), place), n.span());
      case Syntax.Binary b -> {
        Place left = place(b.operator(), place);
        boolean line =
            b.operator() == BinaryOperator.DIVIDE
                || b.operator() == BinaryOperator.ELEMENTWISE_DIVIDE;
        Syntax first = without(b.left(), line ? factor(place) : left);
        yield new Syntax.Binary(b.operator(), first, without(b.right(), left), b.span());
      }
      default -> s.map(part -> without(part, Place.INSIDE));
    };
  }

  private static Place place(BinaryOperator operator, Place around) {
    return switch (operator) {
      case ADD, SUBTRACT -> around == Place.TERM ? Place.TERM : Place.INSIDE;
      case MULTIPLY, ELEMENTWISE_MULTIPLY -> factor(around);
      default -> Place.INSIDE;
    };
  }

  private static Place factor(Place around) {
    return around == Place.INSIDE ? Place.INSIDE : Place.FACTOR;
  }

  private Syntax dropped(Syntax.Call sum, Place place) {
    if (place == Place.INSIDE) {
      throw in.error(
          Code.UNSUPPORTED,
          sum.span(),
          "in index notation a sum stands as a term or as a factor, not in brackets or below a"
              + " line",
          "name it first: s = \\sum_j …; y_i = …");
    }
    Syntax body = without(sum.arguments().getFirst(), Place.TERM);
    for (int k = 1; k < sum.arguments().size(); k += 2) {
      String index = ((Syntax.Name) sum.arguments().get(k)).name();
      if (sum.function().equals(EntrySums.PRODUCT) || !inEveryTerm(body, index)) {
        throw in.error(
            Code.UNSUPPORTED,
            sum.span(),
            "in index notation every term of a sum has its index",
            "write one sum for each term");
      }
      int earlier = uses.merge(index, 1, Integer::sum) - 1;
      String own = earlier == 0 ? index : index + earlier;
      body = running(body, index, own, sum.arguments().get(k + 1));
    }
    return body;
  }

  private static boolean inEveryTerm(Syntax s, String index) {
    return switch (s) {
      case Syntax.Negate n -> inEveryTerm(n.operand(), index);
      case Syntax.Binary b when Typing.isSum(b.operator()) ->
          inEveryTerm(b.left(), index) && inEveryTerm(b.right(), index);
      case Syntax.Binary b when b.operator() == BinaryOperator.MULTIPLY ->
          inEveryTerm(b.left(), index) || inEveryTerm(b.right(), index);
      case Syntax.Binary b -> inEveryTerm(b.left(), index);
      case Syntax.Index i ->
          i.indices().stream().anyMatch(x -> x instanceof Syntax.Name n && n.name().equals(index));
      default -> false;
    };
  }

  /** The index under its own name, with the size that it runs to. */
  private static Syntax running(Syntax s, String index, String own, Syntax size) {
    if (!(s instanceof Syntax.Index i)) return s.map(part -> running(part, index, own, size));
    List<Syntax> indices =
        i.indices().stream()
            .map(x -> isIndex(x, index) ? new Syntax.Name(own, x.span()) : x)
            .toList();
    Syntax target = sized(i, index, size);
    return new Syntax.Index(target == null ? i.target() : target, indices, i.span());
  }

  private static boolean isIndex(Syntax s, String index) {
    return s instanceof Syntax.Name n && n.name().equals(index);
  }

  private static @Nullable Syntax sized(Syntax.Index i, String index, Syntax size) {
    boolean constant = IndexNotation.isConstant(i);
    if (size instanceof Syntax.Colon || constant) return null;
    List<Syntax> arguments = new java.util.ArrayList<>(List.of(i.target()));
    for (Syntax x : i.indices()) {
      arguments.add(isIndex(x, index) ? size : new Syntax.Colon(x.span()));
    }
    return new Syntax.Call(Readings.ENTRIES, List.copyOf(arguments), i.span());
  }
}
