package nabla.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nabla.diagnostic.Code;
import nabla.lang.Typing.Typed;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Selection;
import nabla.tensor.Size;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Unit;

/**
 * Matrices written out in rows: {@code [A, B; C, D]}, {@code [1, 2; 3, 4]}. One column of numbers
 * and vectors is a vector, one row of them a row.
 */
final class Blocks {
  private final Typing typing;
  private final Sizes sizes;
  private final Mistakes mistakes;

  Blocks(Typing typing) {
    this.typing = typing;
    this.sizes = typing.sizes;
    this.mistakes = typing.mistakes;
  }

  /** A block and how many positions come before it. */
  private record Placed(Typed block, Size above, Size left) {}

  Typed of(Syntax.MatrixLiteral m) {
    List<Placed> placed = new ArrayList<>();
    Size above = Size.of(0);
    Size width = null;
    List<Size> first = new ArrayList<>();
    for (List<Syntax> row : m.rows()) {
      Size height = null;
      Size left = Size.of(0);
      List<Size> widths = new ArrayList<>();
      for (Syntax part : row) {
        Typed block = typing.type(part);
        if (block.type().rank() > 2) {
          throw mistakes.at(part, Code.KIND, "a block is a matrix, a vector or a number", "");
        }
        height = unify(part, height, rows(block.type()), "rows");
        placed.add(new Placed(block, above, left));
        Size own = columns(block.type());
        widths.add(own);
        left = left.plus(own);
      }
      if (first.isEmpty()) first = widths;
      else align(first, widths);
      width = unify(row.getFirst(), width, left, "columns");
      above = above.plus(java.util.Objects.requireNonNull(height));
    }
    return assembled(placed, above, java.util.Objects.requireNonNull(width));
  }

  /** Blocks below each other have equal widths where rows have equally many of them. */
  private void align(List<Size> above, List<Size> below) {
    if (above.size() != below.size()) return;
    for (int k = 0; k < above.size(); k++) sizes.unify(above.get(k), below.get(k));
  }

  private static Size rows(Type type) {
    boolean one = type.isScalar() || (type.isVector() && type.row());
    return one ? Size.of(1) : type.size(0);
  }

  private static Size columns(Type type) {
    if (type.isMatrix()) return type.size(1);
    return type.isVector() && type.row() ? type.size(0) : Size.of(1);
  }

  private Size unify(
      Syntax where, @org.jspecify.annotations.Nullable Size known, Size own, String axis) {
    if (known == null) return own;
    if (sizes.unify(known, own)) return known;
    throw mistakes.at(
        where,
        Code.SHAPE,
        "the blocks do not fit: "
            + Mistakes.size(known, sizes)
            + " "
            + axis
            + " beside "
            + Mistakes.size(own, sizes),
        "");
  }

  private Typed assembled(List<Placed> placed, Size height, Size width) {
    boolean flat = placed.stream().noneMatch(p -> p.block().type().isMatrix());
    boolean column = flat && width.equals(Size.of(1));
    boolean row = flat && !column && height.equals(Size.of(1));
    Type type = column ? Type.vector(height) : row ? Type.row(width) : Type.matrix(height, width);
    return typing.typed(
        type,
        () -> {
          List<Sum.Term> terms = new ArrayList<>();
          for (Placed p : placed) {
            terms.add(new Sum.Term(Rational.ONE, embed(p, column, row, height, width)));
          }
          return Sum.of(terms, sizes.resolve(type.shape()));
        });
  }

  /** The block at its place, zeros elsewhere. */
  private Tensor embed(Placed p, boolean column, boolean row, Size height, Size width) {
    Type type = p.block().type();
    Product product = new Product();
    List<Integer> own = product.labels(p.block().built().shape());
    product.factor(p.block().built(), own);
    boolean hasRows = type.isMatrix() || (type.isVector() && !type.row());
    boolean hasColumns = type.isMatrix() || (type.isVector() && type.row());
    List<Integer> output = new ArrayList<>();
    if (!row) output.add(place(product, hasRows ? own.getFirst() : -1, height, p.above()));
    if (!column) output.add(place(product, hasColumns ? own.getLast() : -1, width, p.left()));
    return product.to(output);
  }

  /** The label of an axis on which the block's own axis, or a single position, has its place. */
  private int place(Product product, int own, Size size, Size offset) {
    Size whole = sizes.resolve(size);
    Size before = sizes.resolve(offset);
    int label = product.label(whole);
    if (own >= 0) {
      product.factor(new Selection(whole, before, product.size(own)), label, own);
    } else if (before.isNumber()) {
      product.factor(new Unit(whole, before.value(Map.of()) + 1), label);
    } else {
      int single = product.label(Size.of(1));
      product.factor(new Selection(whole, before, Size.of(1)), label, single);
    }
    return label;
  }
}
