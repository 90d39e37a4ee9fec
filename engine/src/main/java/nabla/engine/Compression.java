package nabla.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import nabla.engine.Compressed.Blocks;
import nabla.engine.Compressed.DiagonalPlusLowRank;
import nabla.engine.Compressed.Kronecker;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a derivative is made of, once it is in its evaluation form: unit tensors that all its
 * terms have make it block diagonal, factors that each have one axis of the rows and the same one
 * of the columns make it a Kronecker product, a diagonal term beside outer products makes it
 * diagonal plus low rank (ALGORITHMS: compression of higher-order derivatives; Laue, Mitterreiter
 * and Giesen, AAAI 2020).
 */
final class Compression {
  /** A structure has to save so much. */
  private static final double WORTH = 0.5;

  /** A term as a product whose labels are the axes of the output, one for both of a pair. */
  private record Term(Rational coefficient, List<Factor> factors, List<Integer> output) {}

  private final Tensor tensor;
  private final int rows;
  private final Map<String, Integer> sizes;
  private final List<Term> terms;

  private Compression(Tensor tensor, int rows, Map<String, Integer> sizes) {
    this.tensor = tensor;
    this.rows = rows;
    this.sizes = sizes;
    List<Sum.Term> all =
        tensor instanceof Sum s ? s.terms() : List.of(new Sum.Term(Rational.ONE, tensor));
    this.terms = all.stream().map(Compression::term).toList();
  }

  private static Term term(Sum.Term t) {
    Einsum e = Einsum.view(t.tensor());
    if (!e.contracts()) {
      return new Term(t.coefficient().times(e.coefficient()), e.factors(), e.output());
    }
    Map<Integer, List<Factor>> groups = Dissolution.groups(e);
    boolean plain = e.output().stream().distinct().count() == e.rank();
    if (plain && groups.size() == 1) {
      List<Integer> axes = IntStream.range(0, e.rank()).boxed().toList();
      return new Term(t.coefficient(), List.of(new Factor(e, Rational.ONE, axes)), axes);
    }
    return new Term(t.coefficient().times(e.coefficient()), contracted(e, groups), e.output());
  }

  /** The sums over a single factor stand in their product itself; each is a factor of its own. */
  private static List<Factor> contracted(Einsum e, Map<Integer, List<Factor>> groups) {
    List<Factor> factors = new ArrayList<>(groups.getOrDefault(Dissolution.OUTSIDE, List.of()));
    groups.forEach(
        (group, own) -> {
          if (group == Dissolution.OUTSIDE) return;
          List<Integer> open = Dissolution.open(own, e.output());
          Tensor contraction = Parts.product(e.sizes(), own).to(open);
          factors.add(new Factor(contraction, Rational.ONE, open));
        });
    return factors;
  }

  /**
   * The best form of an output.
   *
   * @param tensor in its evaluation form
   * @param rows how many of its axes are those of the rows
   */
  static Compressed of(Tensor tensor, int rows, Map<String, Integer> sizes) {
    boolean square =
        tensor.rank() == 2 * rows
            && rows > 0
            && tensor.shape().subList(0, rows).equals(tensor.shape().subList(rows, 2 * rows));
    if (!square || Tensors.isZero(tensor)) return Compressed.dense(tensor, rows);
    Compression compression = new Compression(tensor, rows, sizes);
    for (Compressed form :
        java.util.Arrays.asList(
            compression.blocks(), compression.kronecker(), compression.lowRank())) {
      if (form != null && compression.isWorthIt(form)) return form;
    }
    return Compressed.dense(tensor, rows);
  }

  private boolean isWorthIt(Compressed form) {
    double stored = 0;
    for (Tensor core : form.cores()) stored += entries(core.shape());
    return stored <= WORTH * entries(tensor.shape());
  }

  private double entries(List<Size> shape) {
    double entries = 1;
    for (Size s : shape) entries *= s.value(sizes);
    return entries;
  }

  /** The axes of the rows that all terms pair with the same ones of the columns. */
  private List<Integer> paired() {
    List<Integer> paired = new ArrayList<>();
    for (int axis = 0; axis < rows; axis++) {
      int a = axis;
      boolean all =
          terms.stream()
              .allMatch(
                  t ->
                      t.output().get(a).equals(t.output().get(rows + a))
                          && t.output().stream().filter(t.output().get(a)::equals).count() == 2);
      if (all) paired.add(axis);
    }
    return paired;
  }

  private @Nullable Compressed blocks() {
    List<Integer> paired = paired();
    if (paired.isEmpty()) return null;
    TreeSet<Integer> varying = new TreeSet<>();
    for (Term t : terms) {
      for (int axis : paired) {
        int label = t.output().get(axis);
        if (t.factors().stream().anyMatch(f -> f.labels().contains(label))) varying.add(axis);
      }
    }
    List<Integer> axes = new ArrayList<>(varying);
    for (int axis = 0; axis < 2 * rows; axis++) {
      if (!paired.contains(axis % rows)) axes.add(axis);
    }
    Tensor core = core(axes);
    Variable part = Compressed.part(0, core);
    Product whole = new Product();
    List<Integer> labels = whole.labels(tensor.shape());
    for (int axis : paired) whole.unify(labels.get(axis), labels.get(rows + axis));
    whole.factor(part, axes.stream().map(labels::get).toList());
    return new Compressed(
        new Blocks(paired, List.copyOf(varying)),
        List.of(core),
        List.of(part),
        whole.to(labels),
        rows);
  }

  /** The sum of the terms over some of their axes; the others carry nothing. */
  private Tensor core(List<Integer> axes) {
    List<Size> shape = axes.stream().map(tensor.shape()::get).toList();
    List<Sum.Term> cores = new ArrayList<>();
    for (Term t : terms) {
      List<Integer> output = axes.stream().map(t.output()::get).toList();
      cores.add(new Sum.Term(t.coefficient(), product(t, t.factors(), output)));
    }
    return Sum.of(cores, shape);
  }

  private Tensor product(Term term, List<Factor> factors, List<Integer> output) {
    Product product = new Product();
    int labels = term.output().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
    for (int l = 0; l < labels; l++) {
      int axis = term.output().indexOf(l);
      product.label(axis < 0 ? Size.of(1) : tensor.shape().get(axis));
      product.forget(l);
    }
    for (Factor f : factors) product.factor(f.tensor(), f.exponent(), f.labels());
    return product.to(output);
  }

  /** One term whose factors can be told apart by the pair of axes that they belong to. */
  private @Nullable Compressed kronecker() {
    if (terms.size() != 1 || rows < 2 || isCrossed(terms.getFirst())) return null;
    Term t = terms.getFirst();
    List<List<Factor>> groups = new ArrayList<>();
    for (int axis = 0; axis < rows; axis++) groups.add(new ArrayList<>());
    for (Factor f : t.factors()) {
      List<Integer> own =
          f.labels().stream().map(l -> t.output().indexOf(l) % rows).distinct().toList();
      if (own.size() > 1) return null;
      groups.get(own.isEmpty() ? 0 : own.getFirst()).add(f);
    }
    List<Tensor> cores = new ArrayList<>();
    List<Variable> parts = new ArrayList<>();
    Product whole = new Product();
    List<Integer> labels = whole.labels(tensor.shape());
    for (int axis = 0; axis < rows; axis++) {
      List<Integer> output = List.of(t.output().get(axis), t.output().get(rows + axis));
      Tensor core = product(t, groups.get(axis), output);
      if (axis == 0) core = Tensors.scale(t.coefficient(), core);
      Variable part = Compressed.part(axis, core);
      cores.add(core);
      parts.add(part);
      whole.factor(part, labels.get(axis), labels.get(rows + axis));
    }
    return new Compressed(new Kronecker(), cores, parts, whole.to(labels), rows);
  }

  /** Whether a unit tensor ties axes of different pairs. */
  private boolean isCrossed(Term t) {
    for (int a = 0; a < 2 * rows; a++) {
      for (int b = 0; b < a; b++) {
        if (t.output().get(a).equals(t.output().get(b)) && a % rows != b % rows) return true;
      }
    }
    return false;
  }

  /** Terms with all axes paired beside terms that are products of rows and columns. */
  private @Nullable Compressed lowRank() {
    List<Integer> all = IntStream.range(0, rows).boxed().toList();
    List<Sum.Term> diagonal = new ArrayList<>();
    LowRankTerms low = new LowRankTerms(rows, tensor.shape());
    for (Term t : terms) {
      boolean paired =
          all.stream().allMatch(a -> t.output().get(a).equals(t.output().get(rows + a)));
      if (paired) {
        List<Integer> output = t.output().subList(0, rows);
        diagonal.add(new Sum.Term(t.coefficient(), product(t, t.factors(), output)));
      } else if (!low.add(t.coefficient(), t.factors(), t.output())) {
        return null;
      }
    }
    if (low.pairs().isEmpty()) return null;
    List<Size> shape = tensor.shape().subList(0, rows);
    List<Tensor> cores = new ArrayList<>(List.of(Sum.of(diagonal, shape)));
    List<Double> signs = new ArrayList<>();
    for (LowRankTerms.Pair p : low.pairs()) {
      cores.add(p.left());
      cores.add(p.right());
      signs.add(p.coefficient().doubleValue());
    }
    List<Variable> parts = new ArrayList<>();
    for (int k = 0; k < cores.size(); k++) parts.add(Compressed.part(k, cores.get(k)));
    Tensor whole = low.whole(parts);
    return new Compressed(new DiagonalPlusLowRank(signs), cores, parts, whole, rows);
  }
}
