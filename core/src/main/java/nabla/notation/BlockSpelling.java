package nabla.notation;

import java.util.ArrayList;
import java.util.List;
import nabla.diagnostic.Span;
import nabla.lang.Syntax;
import nabla.tensor.Einsum;
import nabla.tensor.Product;
import nabla.tensor.Selection;
import nabla.tensor.Size;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Unit;
import org.jspecify.annotations.Nullable;

/**
 * A sum whose terms each fill a range of an axis is a matrix of blocks, {@code [A; B]}, if the
 * ranges tile the axis.
 */
final class BlockSpelling {
  private final Spelling spelling;

  BlockSpelling(Spelling spelling) {
    this.spelling = spelling;
  }

  /** A term without its place, and the place along each axis of the result. */
  private record Placed(Tensor block, List<@Nullable Selection> ranges) {}

  /** The blocks, or null if the sum is no such matrix. */
  @Nullable Syntax of(Sum s) {
    if (s.rank() == 0 || s.rank() > 2) return null;
    List<Placed> placed = new ArrayList<>();
    for (Sum.Term t : s.terms()) placed.add(placed(t, s.rank()));
    List<List<Selection>> cuts = new ArrayList<>();
    for (int axis = 0; axis < s.rank(); axis++) {
      List<Selection> cut = cuts(placed, axis, s.shape().get(axis));
      if (cut == null) return null;
      cuts.add(cut);
    }
    if (cuts.stream().allMatch(c -> c.size() == 1)) return null;
    if (s.rank() == 2
        && s.shape().contains(Size.of(1))
        && cuts.stream().allMatch(BlockSpelling::isSingle)) {
      return null; // of numbers alone it would be read as a vector
    }
    List<List<Syntax>> rows = new ArrayList<>();
    for (Selection rowRange : cuts.getFirst()) {
      List<Syntax> row = new ArrayList<>();
      for (Selection columnRange : s.rank() == 1 ? cuts.getFirst().subList(0, 1) : cuts.get(1)) {
        List<Selection> place = s.rank() == 1 ? List.of(rowRange) : List.of(rowRange, columnRange);
        Syntax block = block(placed, place, s.shape());
        if (block == null) return null;
        row.add(block);
      }
      rows.add(List.copyOf(row));
    }
    return new Syntax.MatrixLiteral(List.copyOf(rows), Span.NONE);
  }

  private static boolean isSingle(List<Selection> cut) {
    return cut.stream().allMatch(range -> range.length().equals(Size.of(1)));
  }

  private static Placed placed(Sum.Term term, int rank) {
    Einsum view = Einsum.view(term.tensor());
    Product product = new Product().times(view.coefficient()).times(term.coefficient());
    for (Size size : view.sizes()) product.label(size);
    List<@Nullable Selection> ranges = new ArrayList<>();
    List<Integer> output = new ArrayList<>();
    List<Einsum.Factor> rest = new ArrayList<>(view.factors());
    for (int axis = 0; axis < rank; axis++) {
      int label = view.output().get(axis);
      Einsum.Factor range = range(view, label);
      if (range == null) {
        ranges.add(null);
        output.add(label);
        continue;
      }
      rest.remove(range);
      product.forget(label);
      Selection selection = selection(range.tensor());
      ranges.add(selection.length().equals(selection.size()) ? null : selection);
      boolean single = range.tensor() instanceof Unit;
      output.add(single ? product.label(Size.of(1)) : range.labels().get(1));
    }
    for (Einsum.Factor f : rest) product.factor(f.tensor(), f.exponent(), f.labels());
    return new Placed(product.to(output), ranges);
  }

  private static Selection selection(Tensor range) {
    return range instanceof Unit u
        ? new Selection(u.size(), Size.of(u.index() - 1L), Size.of(1))
        : (Selection) range;
  }

  /** The selection that alone carries a label of the result. */
  private static Einsum.@Nullable Factor range(Einsum view, int label) {
    if (view.output().stream().filter(l -> l == label).count() > 1) return null;
    List<Einsum.Factor> carriers =
        view.factors().stream().filter(f -> f.labels().contains(label)).toList();
    if (carriers.size() != 1) return null;
    Einsum.Factor only = carriers.getFirst();
    if (only.tensor() instanceof Unit) return only;
    boolean ends = only.tensor() instanceof Selection && only.labels().getFirst() == label;
    return ends && view.output().stream().noneMatch(l -> l.equals(only.labels().get(1)))
        ? only
        : null;
  }

  /**
   * The ranges along an axis in order, gaps included; null if they overlap or cannot be ordered.
   */
  private static @Nullable List<Selection> cuts(List<Placed> placed, int axis, Size size) {
    List<Selection> open = new ArrayList<>();
    boolean whole = false;
    for (Placed p : placed) {
      Selection range = p.ranges().get(axis);
      if (range == null) whole = true;
      else if (!open.contains(range)) open.add(range);
    }
    if (whole) return open.isEmpty() ? List.of(new Selection(size, Size.of(0), size)) : null;
    List<Selection> cuts = new ArrayList<>();
    Size end = Size.of(0);
    while (!open.isEmpty() || !end.equals(size)) {
      Size from = end;
      Selection next = open.stream().filter(r -> r.offset().equals(from)).findFirst().orElse(null);
      if (next == null) next = gap(size, from, open);
      if (next == null) return null;
      open.remove(next);
      cuts.add(next);
      end = next.offset().plus(next.length());
    }
    return cuts;
  }

  /** The zeros before the next range, or up to the end. */
  private static @Nullable Selection gap(Size size, Size from, List<Selection> open) {
    Size to = open.isEmpty() ? size : open.getFirst().offset();
    for (Selection r : open) if (isPositive(to.minus(r.offset()))) to = r.offset();
    Size length = to.minus(from);
    return isPositive(length) ? new Selection(size, from, length) : null;
  }

  private static boolean isPositive(Size size) {
    return !size.equals(Size.of(0)) && size.terms().values().stream().allMatch(c -> c > 0);
  }

  /** Axes of length 1 are left out, unless the whole would lose them, too. */
  private @Nullable Syntax block(List<Placed> placed, List<Selection> place, List<Size> whole) {
    List<Sum.Term> terms = new ArrayList<>();
    List<Size> shape = place.stream().map(Selection::length).toList();
    for (Placed p : placed) {
      if (fits(p, place)) terms.add(new Sum.Term(nabla.tensor.Rational.ONE, p.block()));
    }
    Tensor block = Sum.of(terms, shape);
    if (!block.shape().equals(shape) || !spelling.isMatrixNotation(block)) return null;
    Product product = new Product();
    List<Integer> labels = product.labels(shape);
    List<Integer> kept = new ArrayList<>();
    boolean thin = whole.size() == 2 && whole.contains(Size.of(1));
    for (int axis = 0; axis < shape.size(); axis++) {
      boolean single = shape.get(axis).equals(Size.of(1));
      if (!single || (thin && whole.get(axis).equals(Size.of(1)))) kept.add(labels.get(axis));
    }
    if (thin && isSingle(place)) kept = List.of(labels.getFirst());
    Tensor narrow = product.factor(block, labels).to(kept);
    boolean row = kept.size() == 1 && shape.size() == 2 && kept.getFirst().equals(labels.get(1));
    return row ? spelling.turned(narrow) : spelling.of(narrow);
  }

  private static boolean fits(Placed p, List<Selection> place) {
    for (int axis = 0; axis < place.size(); axis++) {
      Selection own = p.ranges().get(axis);
      if (own != null && !own.equals(place.get(axis))) return false;
    }
    return true;
  }
}
