package nabla.lang;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import nabla.diagnostic.Code;
import nabla.lang.Typing.Typed;
import nabla.tensor.Alternating;
import nabla.tensor.Fuse;
import nabla.tensor.Product;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Unit;
import org.jspecify.annotations.Nullable;

/**
 * The entries in one definition of index notation, {@code A[i,j]}, {@code x[3]} and {@code v[i +
 * m*(j-1)]}, and how far each index runs: to the same size wherever it stands.
 */
final class IndexedEntries {
  private static final Type EPSILON_TYPE = new Type(Alternating.EPSILON.shape(), false);

  private final Typing typing;
  private final Sizes sizes;
  private final Mistakes mistakes;
  private final List<String> left;

  /** Whether sizes are all that stands for an index, as in {@code x[n]*y[n]}. */
  private final boolean allSizes;

  private final Map<String, Size> extents = new LinkedHashMap<>();

  IndexedEntries(Typing typing, Program.Definition definition) {
    this.typing = typing;
    this.sizes = typing.sizes;
    this.mistakes = typing.mistakes;
    this.left = definition.indices();
    this.allSizes =
        left.isEmpty()
            && IndexUses.of(definition.value()).keySet().stream().allMatch(typing::isSize);
  }

  /** Says how far an index runs. */
  void bind(String index, Size size) {
    extents.put(index, size);
  }

  /** A label of a product for each index that has come so far. */
  Map<String, Integer> labels(Product product) {
    Map<String, Integer> labels = new LinkedHashMap<>();
    extents.forEach((index, size) -> labels.put(index, product.label(sizes.resolve(size))));
    return labels;
  }

  static void forgetUnused(Product product, Map<String, Integer> labels, List<String> used) {
    labels.forEach(
        (index, label) -> {
          if (!used.contains(index)) product.forget(label);
        });
  }

  /** An entry that names indices. */
  Indexed of(Syntax.Index i) {
    Typed target = IndexNotation.isConstant(i) ? constant(i) : typing.type(i.target());
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
    return new Indexed(axes, typing.building() ? read(target, i.indices(), axes) : null);
  }

  private Typed constant(Syntax.Index i) {
    boolean unit = i.indices().size() == 2;
    if (typing.rank(unit ? IndexNotation.DELTA : IndexNotation.EPSILON) > 1) throw taken(i, unit);
    if (!unit) return typing.typed(EPSILON_TYPE, () -> Alternating.EPSILON);
    // Not of the whole: that may be the body, whose unknowns are the sizes on the left.
    Size size = typing.unknowns(i.target(), 1).getFirst();
    return typing.typed(Type.matrix(size, size), () -> Tensors.identity(sizes.resolve(size)));
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
      boolean either = (twice && !left.contains(n.name())) || allSizes;
      if (either && typing.isSize(n.name())) throw sumOrLast(n);
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

  private RuntimeException sumOrLast(Syntax.Name index) {
    return mistakes.at(
        index,
        Code.NAME,
        index.name() + " is a size here: is it the last entry, or an index to be summed over?",
        "write end for the last entry, or another letter for the sum");
  }

  private RuntimeException clash(Syntax where, String index, Size own, Size other) {
    return mistakes.indexClash(where, index, own, other, sizes);
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
      return Objects.requireNonNull(labels.get(n.name()));
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
    Fused f = Objects.requireNonNull(fused(index));
    Size slow = sizes.resolve(Objects.requireNonNull(extents.get(f.slow())));
    product.factor(
        new Fuse(sizes.resolve(f.stride()), slow),
        label,
        Objects.requireNonNull(labels.get(f.fast())),
        Objects.requireNonNull(labels.get(f.slow())));
    return label;
  }
}
