package nabla.lang;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.operation.Catalogue;
import nabla.operation.Operation;
import nabla.tensor.Rational;
import org.jspecify.annotations.Nullable;

/**
 * Turns a sum over entries into vectors and matrices: {@code \sum_i x_i y_i} is {@code sum(x.*y)},
 * {@code \sum_j A_{ij} x_j} is the entry i of {@code A*x}.
 */
final class EntrySums {
  /** A sum as the parser leaves it: what is summed, then each index and its size or {@code :}. */
  static final String SUM = "∑";

  static final String PRODUCT = "∏";

  private final LatexCursor in;
  private final Map<String, Syntax> extents = new HashMap<>();

  private EntrySums(LatexCursor in) {
    this.in = in;
  }

  /** An array with an index for each axis. */
  private record Entry(Syntax array, List<String> axes) {}

  /** A product of arrays. */
  private record Indexed(List<Entry> factors) {
    Set<String> axes() {
      return factors.stream()
          .flatMap(f -> f.axes().stream())
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }
  }

  /** The outermost sum without indices. */
  static Syntax read(Syntax.Call sum, LatexCursor in) {
    return new EntrySums(in).withoutSums(sum);
  }

  private NablaException unsupported(Syntax s, String message) {
    return in.error(
        Code.UNSUPPORTED, s.span(), message, "write it as a product of vectors and matrices");
  }

  private Indexed reduced(Syntax.Call sum) {
    List<String> indices = new ArrayList<>();
    for (int k = 1; k < sum.arguments().size(); k += 2) {
      String index = ((Syntax.Name) sum.arguments().get(k)).name();
      if (extents.containsKey(index)) {
        throw in.error(
            Code.SYNTAX,
            sum.arguments().get(k).span(),
            index + " is an index of two sums",
            "take another letter");
      }
      indices.add(index);
      extents.put(index, sum.arguments().get(k + 1));
    }
    Indexed body = indexed(sum.arguments().getFirst());
    Indexed result = reduced(sum, complete(body, indices, sum), indices);
    indices.forEach(extents::remove);
    return result;
  }

  /** An index that does not occur counts, if it is known how far it runs. */
  private Indexed complete(Indexed body, List<String> indices, Syntax.Call sum) {
    List<Entry> factors = new ArrayList<>(body.factors());
    for (String index : indices) {
      if (body.axes().contains(index)) continue;
      Syntax size = java.util.Objects.requireNonNull(extents.get(index));
      if (size instanceof Syntax.Colon || sum.function().equals(PRODUCT)) {
        throw in.error(
            Code.SYNTAX,
            sum.span(),
            "the index " + index + " does not occur in what is summed",
            "");
      }
      factors.add(new Entry(call("ones", sum, size), List.of(index)));
    }
    return new Indexed(factors);
  }

  private Indexed reduced(Syntax.Call sum, Indexed body, List<String> indices) {
    if (sum.function().equals(PRODUCT)) {
      Entry all = array(body);
      if (!all.axes().equals(indices)) throw unsupported(sum, "a product over such entries");
      return single(call("prod", sum, all.array()), List.of());
    }
    List<Entry> factors = new ArrayList<>();
    List<Entry> summed = new ArrayList<>();
    for (Entry f : body.factors()) (f.axes().isEmpty() ? factors : summed).add(f);
    List<String> kept =
        summed.stream()
            .flatMap(f -> f.axes().stream())
            .distinct()
            .filter(axis -> !indices.contains(axis))
            .toList();
    Syntax product = matrixProduct(summed, kept, sum);
    if (product == null && kept.isEmpty() && haveSameAxes(summed)) {
      product = call("sum", sum, array(new Indexed(summed)).array());
    }
    if (product == null) product = einsum(summed, kept, sum);
    factors.add(new Entry(product, kept));
    return new Indexed(factors);
  }

  private static boolean haveSameAxes(List<Entry> factors) {
    return factors.stream().map(f -> Set.copyOf(f.axes())).distinct().count() == 1;
  }

  /** {@code A_{ij} x_j} summed over j is {@code A*x}; null if it is nothing of the kind. */
  private @Nullable Syntax matrixProduct(List<Entry> factors, List<String> kept, Syntax where) {
    if (factors.size() != 2 || kept.size() != 1) return null;
    boolean first = factors.getFirst().axes().size() == 2;
    Entry matrix = first ? factors.get(0) : factors.get(1);
    Entry vector = first ? factors.get(1) : factors.get(0);
    boolean fits =
        matrix.axes().size() == 2
            && vector.axes().size() == 1
            && !vector.axes().equals(kept)
            && matrix.axes().contains(vector.axes().getFirst())
            && matrix.axes().contains(kept.getFirst());
    if (!fits) return null;
    boolean straight = matrix.axes().getFirst().equals(kept.getFirst());
    Syntax left = straight ? matrix.array() : transpose(matrix.array());
    return binary(BinaryOperator.MULTIPLY, left, vector.array(), where);
  }

  private Syntax einsum(List<Entry> factors, List<String> kept, Syntax where) {
    Map<String, String> letters = new LinkedHashMap<>();
    for (Entry f : factors) {
      for (String axis : f.axes()) letters.putIfAbsent(axis, letter(axis, letters));
    }
    String pattern =
        factors.stream().map(f -> spelled(f.axes(), letters)).collect(Collectors.joining(","));
    List<Syntax> arguments = new ArrayList<>();
    arguments.add(new Syntax.Text(pattern + "->" + spelled(kept, letters), where.span()));
    factors.forEach(f -> arguments.add(f.array()));
    return new Syntax.Call("einsum", List.copyOf(arguments), where.span());
  }

  private static String letter(String axis, Map<String, String> taken) {
    if (axis.length() == 1 && !taken.containsValue(axis)) return axis;
    for (char c = 'a'; c <= 'z'; c++) {
      String letter = String.valueOf(c);
      if (!taken.containsValue(letter) && !taken.containsKey(letter)) return letter;
    }
    throw new IllegalStateException("more than 26 indices");
  }

  private static String spelled(List<String> axes, Map<String, String> letters) {
    return axes.stream().map(letters::get).collect(Collectors.joining());
  }

  private boolean mentionsIndex(Syntax s) {
    return switch (s) {
      case Syntax.Index i ->
          i.indices().stream().anyMatch(this::mentionsIndex) || mentionsIndex(i.target());
      case Syntax.Negate n -> mentionsIndex(n.operand());
      case Syntax.Transpose t -> mentionsIndex(t.operand());
      case Syntax.Binary b -> mentionsIndex(b.left()) || mentionsIndex(b.right());
      case Syntax.Call c -> c.arguments().stream().anyMatch(this::mentionsIndex);
      case Syntax.MatrixLiteral m ->
          m.rows().stream().flatMap(List::stream).anyMatch(this::mentionsIndex);
      case Syntax.Name n -> isIndex(n.name());
      default -> false;
    };
  }

  private boolean isIndex(String name) {
    return extents.containsKey(name);
  }

  private Syntax withoutSums(Syntax s) {
    return s instanceof Syntax.Call c && isSum(c)
        ? array(reduced(c)).array()
        : s.map(this::withoutSums);
  }

  static boolean isSum(Syntax.Call c) {
    return c.function().equals(SUM) || c.function().equals(PRODUCT);
  }

  private Indexed indexed(Syntax s) {
    if (!mentionsIndex(s)) {
      Syntax plain = withoutSums(s);
      boolean number = plain instanceof Syntax.Numeral;
      return single(number ? plain : call(Readings.ENTRIES, s, plain), List.of());
    }
    return switch (s) {
      case Syntax.Index i -> entry(i);
      case Syntax.Negate n -> {
        List<Entry> factors = new ArrayList<>(indexed(n.operand()).factors());
        Entry first = factors.getFirst();
        factors.set(0, new Entry(new Syntax.Negate(first.array(), n.span()), first.axes()));
        yield new Indexed(factors);
      }
      case Syntax.Binary b -> binary(b);
      case Syntax.Call c when isSum(c) -> reduced(c);
      case Syntax.Call c -> function(c);
      case Syntax.Transpose t ->
          throw in.error(
              Code.UNSUPPORTED,
              t.span(),
              in.text(t.operand().span()) + " is a number here",
              "if it is a row of a matrix X, write X w for all the products x_i^\\top w");
      case Syntax.Name n ->
          throw unsupported(n, "the index " + n.name() + " as a number is not supported");
      default -> throw unsupported(s, in.text(s.span()) + " can't contain indices");
    };
  }

  private static Indexed single(Syntax array, List<String> axes) {
    return new Indexed(List.of(new Entry(array, axes)));
  }

  private Indexed entry(Syntax.Index i) {
    List<String> axes = new ArrayList<>();
    List<Syntax> cut = new ArrayList<>();
    List<Syntax> checked = new ArrayList<>(List.of(withoutSums(i.target())));
    for (Syntax index : i.indices()) {
      boolean running = index instanceof Syntax.Name n && isIndex(n.name());
      if (index instanceof Syntax.Name n && running) {
        axes.add(n.name());
        checked.add(java.util.Objects.requireNonNull(extents.get(n.name())));
      } else if (index instanceof Syntax.Numeral) {
        checked.add(new Syntax.Colon(index.span()));
      } else {
        throw unsupported(index, in.text(index.span()) + " is no index of a sum");
      }
      cut.add(running ? new Syntax.Colon(index.span()) : index);
    }
    Syntax array = new Syntax.Call(Readings.ENTRIES, List.copyOf(checked), i.span());
    if (axes.size() < cut.size()) {
      array = new Syntax.Index(array, List.copyOf(cut), i.span());
      boolean row = cut.size() == 2 && !(cut.getFirst() instanceof Syntax.Colon);
      if (row) array = transpose(array);
    }
    if (Set.copyOf(axes).size() == axes.size()) return single(array, List.copyOf(axes));
    if (axes.size() != 2) throw unsupported(i, "an index that occurs twice in an entry");
    return single(call("diag", i, array), List.of(axes.getFirst()));
  }

  private Indexed binary(Syntax.Binary b) {
    return switch (b.operator()) {
      case ADD, SUBTRACT -> sum(b);
      case MULTIPLY, ELEMENTWISE_MULTIPLY -> {
        List<Entry> factors = new ArrayList<>(indexed(b.left()).factors());
        factors.addAll(indexed(b.right()).factors());
        yield new Indexed(factors);
      }
      case DIVIDE, ELEMENTWISE_DIVIDE -> quotient(b);
      case POWER, ELEMENTWISE_POWER -> power(b);
      default -> throw unsupported(b, b.operator().text() + " does not go with indices");
    };
  }

  private Indexed sum(Syntax.Binary b) {
    Entry x = array(indexed(b.left()));
    Entry y = array(indexed(b.right()));
    Entry turned = aligned(y, x.axes());
    if (turned == null && !x.axes().isEmpty() && !y.axes().isEmpty()) {
      throw unsupported(b, "terms with different indices under one sum");
    }
    Syntax right = turned == null ? y.array() : turned.array();
    List<String> axes = x.axes().isEmpty() ? y.axes() : x.axes();
    return single(binary(b.operator(), x.array(), right, b), axes);
  }

  private Indexed quotient(Syntax.Binary b) {
    Indexed above = indexed(b.left());
    Entry below = array(indexed(b.right()));
    if (below.axes().isEmpty() && above.factors().size() == 1) {
      Entry x = above.factors().getFirst();
      return single(binary(BinaryOperator.DIVIDE, x.array(), below.array(), b), x.axes());
    }
    Entry x = array(above);
    Entry y = aligned(below, x.axes());
    if (y != null) {
      return single(binary(BinaryOperator.ELEMENTWISE_DIVIDE, x.array(), y.array(), b), x.axes());
    }
    List<Entry> factors = new ArrayList<>(above.factors());
    Syntax one = new Syntax.Numeral(Rational.ONE, b.span());
    factors.add(
        new Entry(binary(BinaryOperator.ELEMENTWISE_DIVIDE, one, below.array(), b), below.axes()));
    return new Indexed(factors);
  }

  private Indexed power(Syntax.Binary b) {
    Entry x = array(indexed(b.left()));
    Entry y = array(indexed(b.right()));
    Entry turned = x.axes().isEmpty() || y.axes().isEmpty() ? y : aligned(y, x.axes());
    if (turned == null) throw unsupported(b, "a power with other indices than its base");
    List<String> axes = x.axes().isEmpty() ? y.axes() : x.axes();
    return single(binary(BinaryOperator.ELEMENTWISE_POWER, x.array(), turned.array(), b), axes);
  }

  /** A function of a number, applied to every entry. */
  private Indexed function(Syntax.Call c) {
    String name =
        switch (c.function()) {
          case Readings.BARS, Readings.LOG_BARS -> "abs";
          case Readings.E_POWER -> "exp";
          default -> c.function();
        };
    Operation operation = Catalogue.find(name);
    boolean elementwise =
        operation != null
            && c.arguments().size() == 1
            && operation.signatures().stream()
                .anyMatch(s -> s.result().any() && s.parameters().size() == 1);
    if (!elementwise) throw unsupported(c, in.text(c.span()) + " can't contain indices");
    Entry x = array(indexed(c.arguments().getFirst()));
    Syntax value = call(name, c, x.array());
    if (c.function().equals(Readings.LOG_BARS)) value = call("log", c, value);
    return single(value, x.axes());
  }

  /** The product of all factors as one array. */
  private Entry array(Indexed indexed) {
    Entry result = indexed.factors().getFirst();
    for (Entry f : indexed.factors().subList(1, indexed.factors().size())) {
      result = times(result, f);
    }
    return result;
  }

  private Entry times(Entry x, Entry y) {
    if (x.axes().isEmpty() || y.axes().isEmpty()) {
      List<String> axes = x.axes().isEmpty() ? y.axes() : x.axes();
      return new Entry(binary(BinaryOperator.MULTIPLY, x.array(), y.array(), x.array()), axes);
    }
    Entry turned = aligned(y, x.axes());
    if (turned != null) {
      return new Entry(
          binary(BinaryOperator.ELEMENTWISE_MULTIPLY, x.array(), turned.array(), x.array()),
          x.axes());
    }
    List<String> axes = new ArrayList<>(new Indexed(List.of(x, y)).axes());
    return new Entry(einsum(List.of(x, y), axes, x.array()), List.copyOf(axes));
  }

  /** The same with its axes in another order; null if it has others. */
  private static @Nullable Entry aligned(Entry x, List<String> axes) {
    if (x.axes().equals(axes)) return x;
    boolean turned = axes.size() == 2 && x.axes().equals(axes.reversed());
    return turned ? new Entry(transpose(x.array()), axes) : null;
  }

  private static Syntax transpose(Syntax s) {
    return new Syntax.Transpose(s, s.span());
  }

  private static Syntax binary(BinaryOperator operator, Syntax x, Syntax y, Syntax where) {
    return new Syntax.Binary(operator, x, y, where.span());
  }

  private static Syntax call(String function, Syntax where, Syntax argument) {
    return new Syntax.Call(function, List.of(argument), where.span());
  }
}
