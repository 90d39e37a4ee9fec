package nabla.notation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.lang.BinaryOperator;
import nabla.lang.IndexNotation;
import nabla.lang.Syntax;
import nabla.tensor.Alternating;
import nabla.tensor.Einsum;
import nabla.tensor.Fuse;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Index notation: a product of entries of matrices as large as they can be, where an index that is
 * not among the axes is summed.
 */
final class IndexSpelling {
  /** A sum in brackets that is longer gets a name. */
  private static final int LONGEST_INLINE = 60;

  private final Spelling spelling;

  /** In one formula an index has one size, even where it is summed in several products. */
  private final Map<String, Size> sizes = new HashMap<>();

  IndexSpelling(Spelling spelling) {
    this.spelling = spelling;
  }

  /** The entry of a tensor at the given indices. */
  Syntax of(Tensor t, List<String> axes) {
    return of(t, axes, new HashSet<>(axes));
  }

  /** The same for a part with a name, whose body must tell how long each of its axes is. */
  Syntax definition(Tensor t, List<String> axes) {
    Syntax body = of(t, axes);
    for (int axis = 0; axis < axes.size(); axis++) {
      if (tellsSize(t, axis)) continue;
      Syntax ones = Build.call("ones", Build.size(t.shape().get(axis)));
      body = Build.times(body, Build.index(ones, List.of(Build.name(axes.get(axis)))));
    }
    return body;
  }

  /** Whether a matrix or vector carries the axis, and not only positions of vec and kron. */
  private static boolean tellsSize(Tensor t, int axis) {
    List<Tensor> terms = t instanceof Sum s ? s.operands() : List.of(t);
    return terms.stream()
        .map(Einsum::view)
        .anyMatch(
            e ->
                e.factors().stream()
                    .filter(f -> !(f.tensor() instanceof Fuse))
                    .anyMatch(f -> f.labels().contains(e.output().get(axis))));
  }

  private Syntax of(Tensor t, List<String> axes, Set<String> inUse) {
    if (!(t instanceof Sum s)) return product(Rational.ONE, t, axes, inUse);
    if (s.isZero()) return Build.integer(0);
    List<Spelling.Signed> terms = new ArrayList<>();
    for (Sum.Term term : s.terms()) {
      Syntax syntax = product(term.coefficient(), term.tensor(), axes, inUse);
      boolean negative = syntax instanceof Syntax.Negate;
      terms.add(
          new Spelling.Signed(negative, syntax instanceof Syntax.Negate n ? n.operand() : syntax));
    }
    return spelling.join(terms);
  }

  private Syntax product(Rational coefficient, Tensor t, List<String> axes, Set<String> inUse) {
    Einsum e = Einsum.view(t);
    Rational number = coefficient.times(e.coefficient());
    ProductSpelling products = new ProductSpelling(spelling);
    ProductSpelling.Oriented oriented = products.orient(number, e.factors());
    Reduction r = new Reduction(oriented.factors(), e.sizes(), Set.copyOf(e.output()));
    ProductSpelling.Quotient quotient = products.new Quotient();
    products.scalars(r, quotient);
    List<Syntax> entries = new ArrayList<>();
    Map<Integer, String> names = new HashMap<>();
    for (int axis = 0; axis < axes.size(); axis++) {
      String first = names.putIfAbsent(e.output().get(axis), axes.get(axis));
      if (first != null) {
        Syntax unit = unit(r.size(e.output().get(axis)));
        entries.add(Build.index(unit, List.of(Build.name(first), Build.name(axes.get(axis)))));
      }
    }
    Set<String> used = new HashSet<>(inUse);
    for (int label : r.open()) {
      String name = summed(used, r.size(label));
      used.add(name);
      names.put(label, name);
    }
    entries(r, products, names, used, entries);
    quotient.above.addAll(entries);
    return quotient.with(oriented.number());
  }

  private String summed(Set<String> used, Size size) {
    Set<String> avoided = new HashSet<>(used);
    sizes.forEach((name, own) -> avoided.addAll(own.equals(size) ? Set.of() : Set.of(name)));
    String name = spelling.names().axes(1, avoided).getFirst();
    sizes.put(name, size);
    return name;
  }

  /** The unit matrix: delta, unless a variable has that name. */
  private Syntax unit(Size size) {
    return spelling.names().isTaken(IndexNotation.DELTA)
        ? Build.call("eye", Build.size(size))
        : Build.name(IndexNotation.DELTA);
  }

  private void entries(
      Reduction r,
      ProductSpelling products,
      Map<Integer, String> names,
      Set<String> used,
      List<Syntax> entries) {
    for (Reduction.Edge edge : r.edges) {
      Syntax matrix = products.form(r.matrix(edge, edge.from()));
      Syntax turned = products.form(r.matrix(edge, edge.to()));
      boolean straight = spelling.simpler().compare(matrix, turned) <= 0;
      int rows = straight ? edge.from() : edge.to();
      entries.add(entry(straight ? matrix : turned, List.of(rows, edge.other(rows)), names));
    }
    r.weights.forEach(
        (label, form) ->
            entries.add(entry(products.form(weight(r, label)), List.of(label), names)));
    for (Einsum.Factor f : r.higher) entries.add(higher(f, names, used));
    for (int label : r.open()) {
      if (r.uses(label) == 1 || isOnlyFused(r, label)) {
        Syntax ones = Build.call("ones", Build.size(r.size(label)));
        entries.add(entry(ones, List.of(label), names));
      }
    }
  }

  /** Whether only positions of vec and kron carry an index, which do not tell how far it runs. */
  private static boolean isOnlyFused(Reduction r, int label) {
    return !r.weights.containsKey(label)
        && r.edges.stream().noneMatch(e -> e.touches(label))
        && r.higher.stream()
            .filter(f -> f.labels().contains(label))
            .allMatch(f -> f.tensor() instanceof Fuse);
  }

  private static Form weight(Reduction r, int label) {
    return java.util.Objects.requireNonNull(r.weight(label));
  }

  /** One times a tensor that has the name of a constant of index notation is what it is. */
  private static Syntax entry(Syntax tensor, List<Integer> labels, Map<Integer, String> names) {
    boolean taken =
        tensor instanceof Syntax.Name n && IndexNotation.isConstant(n.name(), labels.size());
    Syntax itself = taken ? Build.times(Build.integer(1), tensor) : tensor;
    return Build.index(itself, indices(labels, names));
  }

  private static List<Syntax> indices(List<Integer> labels, Map<Integer, String> names) {
    return labels.stream().<Syntax>map(l -> Build.name(name(names, l))).toList();
  }

  private static String name(Map<Integer, String> names, int label) {
    return java.util.Objects.requireNonNull(names.get(label));
  }

  private Syntax higher(Einsum.Factor f, Map<Integer, String> names, Set<String> used) {
    if (f.tensor() instanceof Fuse fuse) return fused(fuse, f.labels(), names);
    Syntax inline = f.tensor() instanceof Sum s ? inline(s, f, names, used) : null;
    Syntax base;
    if (f.tensor() instanceof Alternating) {
      base = Build.index(Build.name(IndexNotation.EPSILON), indices(f.labels(), names));
    } else {
      base = inline != null ? inline : entry(spelling.of(f.tensor()), f.labels(), names);
    }
    Rational power = f.exponent().abs();
    if (!power.isOne()) base = Build.binary(BinaryOperator.POWER, base, Build.number(power));
    return f.exponent().signum() < 0 ? Build.over(Build.integer(1), base) : base;
  }

  /** A sum in brackets; null if it has a notation of its own or is too long for that. */
  private @Nullable Syntax inline(
      Sum s, Einsum.Factor f, Map<Integer, String> names, Set<String> used) {
    if (spelling.isMatrixNotation(s) || !isInline(s, f) || spelling.needsName(s)) return null;
    Syntax inline = of(s, f.labels().stream().map(l -> name(names, l)).toList(), used);
    if (spelling.length(inline) <= LONGEST_INLINE) return inline;
    spelling.needName(s);
    return null;
  }

  /** Whether every term of a bracket carries every index, so that none is summed too early. */
  private static boolean isInline(Sum s, Einsum.Factor f) {
    if (!f.isPlain() || Set.copyOf(f.labels()).size() < f.labels().size()) return false;
    return s.terms().stream()
        .map(t -> Einsum.view(t.tensor()))
        .allMatch(
            e ->
                e.output().stream()
                    .allMatch(
                        label ->
                            e.factors().stream().anyMatch(x -> x.labels().contains(label))
                                || e.output().stream().filter(label::equals).count() > 1));
  }

  /** delta[k, i + m*(j-1)]. */
  private Syntax fused(Fuse fuse, List<Integer> labels, Map<Integer, String> names) {
    Size stride = fuse.rows();
    Syntax before =
        Build.binary(
            BinaryOperator.SUBTRACT, Build.name(name(names, labels.get(2))), Build.integer(1));
    Syntax position =
        Build.binary(
            BinaryOperator.ADD,
            Build.name(name(names, labels.get(1))),
            Build.times(Build.size(stride), before));
    return Build.index(
        unit(fuse.shape().get(0)), List.of(Build.name(name(names, labels.get(0))), position));
  }
}
