package nabla.lang;

import java.util.ArrayList;
import java.util.List;
import nabla.diagnostic.Code;
import nabla.lang.Typing.Typed;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Selection;
import nabla.tensor.Size;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;

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
    for (List<Syntax> row : m.rows()) {
      Size height = null;
      Size left = Size.of(0);
      for (Syntax part : row) {
        Typed block = typing.type(part);
        if (block.type().rank() > 2) {
          throw mistakes.at(part, Code.KIND, "a block is a matrix, a vector or a number", "");
        }
        height = unify(part, height, rows(block.type()), "rows");
        placed.add(new Placed(block, above, left));
        left = left.plus(columns(block.type()));
      }
      width = unify(row.getFirst(), width, left, "columns");
      above = above.plus(java.util.Objects.requireNonNull(height));
    }
    return assembled(placed, above, java.util.Objects.requireNonNull(width));
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
    int i = product.label(sizes.resolve(rows(type)));
    int j = product.label(sizes.resolve(columns(type)));
    List<Integer> own =
        type.isMatrix() ? List.of(i, j) : type.isScalar() ? List.of() : List.of(type.row() ? j : i);
    product.factor(p.block().built(), own);
    List<Integer> output = new ArrayList<>();
    if (!row) output.add(place(product, i, height, p.above(), rows(type)));
    if (!column) output.add(place(product, j, width, p.left(), columns(type)));
    return product.to(output);
  }

  private int place(Product product, int own, Size size, Size offset, Size length) {
    Size whole = sizes.resolve(size);
    int label = product.label(whole);
    product.factor(new Selection(whole, sizes.resolve(offset), sizes.resolve(length)), label, own);
    return label;
  }
}
