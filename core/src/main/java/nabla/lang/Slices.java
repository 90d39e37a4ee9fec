package nabla.lang;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.lang.Typing.Typed;
import nabla.tensor.Product;
import nabla.tensor.Selection;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Unit;

/** Entries, rows, columns and ranges: {@code x[2]}, {@code X[:,1]}, {@code x[2:end]}. */
final class Slices {
  /** The last position, in a range. */
  static final String END = "end";

  private final Typing typing;
  private final Sizes sizes;
  private final Mistakes mistakes;

  Slices(Typing typing) {
    this.typing = typing;
    this.sizes = typing.sizes;
    this.mistakes = typing.mistakes;
  }

  /** What is taken of one axis: all of it, one position, or a range. */
  private sealed interface Cut {
    record All() implements Cut {}

    record At(int position) implements Cut {}

    record AtSize(Size offset) implements Cut {}

    record Range(Size offset, Size length) implements Cut {}
  }

  Typed of(Syntax.Index i) {
    Typed target = typing.type(i.target());
    Type type = target.type();
    if (type.rank() != i.indices().size()) throw arity(i, type);
    List<Cut> cuts = new ArrayList<>();
    List<Size> shape = new ArrayList<>();
    for (int axis = 0; axis < type.rank(); axis++) {
      Cut cut = cut(i, axis, type.size(axis));
      cuts.add(cut);
      switch (cut) {
        case Cut.All _ -> shape.add(type.size(axis));
        case Cut.At _, Cut.AtSize _ -> {}
        case Cut.Range r -> shape.add(r.length());
      }
    }
    boolean ofRow =
        type.isVector()
            ? type.row()
            : type.isMatrix()
                && (cuts.get(0) instanceof Cut.At || cuts.get(0) instanceof Cut.AtSize);
    Type result = new Type(List.copyOf(shape), shape.size() == 1 && ofRow);
    return typing.typed(result, () -> build(target.built(), cuts));
  }

  private NablaException arity(Syntax.Index i, Type type) {
    return mistakes.at(
        i,
        type.isScalar() ? Code.KIND : Code.ARITY,
        mistakes.text(i.target())
            + " is "
            + Mistakes.describe(type, sizes)
            + ", but has "
            + Mistakes.count(i.indices().size(), "index", "indices"),
        type.isMatrix()
            ? "write "
                + new Wording(mistakes).entry(i.target(), "1,2")
                + " for an entry, "
                + new Wording(mistakes).entry(i.target(), "1,:")
                + " for a row"
            : "");
  }

  private Cut cut(Syntax.Index i, int axis, Size size) {
    return switch (i.indices().get(axis)) {
      case Syntax.Colon _ -> new Cut.All();
      case Syntax.Range r -> range(r, size);
      case Syntax index when isEnd(index) -> new Cut.AtSize(size.minus(Size.of(1)));
      case Syntax.Binary b when Calls.polynomial(b) != null ->
          new Cut.AtSize(bound(b, size).minus(Size.of(1)));
      case Syntax index -> new Cut.At(position(i, axis, size));
    };
  }

  private int position(Syntax.Index of, int axis, Size size) {
    Syntax index = of.indices().get(axis);
    String name = mistakes.text(of.target());
    if (index instanceof Syntax.Negate m && m.operand() instanceof Syntax.Numeral) {
      throw mistakes.at(index, Code.VALUE, "indices are whole numbers from 1", "");
    }
    if (!(index instanceof Syntax.Numeral n)) {
      String ones = String.join(",", Collections.nCopies(of.indices().size(), "1"));
      throw mistakes.at(
          index,
          Code.KIND,
          "the index of an entry is a number, as in " + name + "[" + ones + "]",
          index instanceof Syntax.Name n && typing.isSize(n.name())
              ? "write end for the last entry"
              : "for index notation name the result's indices first: "
                  + typing.withIndices().orElse("D[i,j] = A[i,k]*B[k,j]"));
    }
    if (!n.value().isInt() || n.value().intValue() < 1) {
      throw mistakes.at(index, Code.VALUE, "indices are whole numbers from 1", "");
    }
    Size known = sizes.resolve(size);
    if (known.isNumber() && n.value().intValue() > known.value(Map.of())) {
      throw mistakes.at(index, Code.SHAPE, "this index of " + name + " goes up to " + known, "");
    }
    typing.requireReachable(index, known, n.value().intValue());
    return n.value().intValue();
  }

  private Cut range(Syntax.Range r, Size size) {
    Size from = bound(r.from(), size);
    Size to = bound(r.to(), size);
    Size length = to.minus(from).plus(Size.of(1));
    rejectBelow(Size.of(1), from, r, "a range starts at 1 or later");
    rejectBelow(Size.of(1), length, r, "a range ends before it starts");
    rejectBelow(to, sizes.resolve(size), r, "the axis has only " + Mistakes.size(size, sizes));
    return new Cut.Range(from.minus(Size.of(1)), length);
  }

  /** Refuses where both are numbers; what depends on names is checked when these have values. */
  private void rejectBelow(Size least, Size size, Syntax where, String message) {
    Size room = sizes.resolve(size).minus(sizes.resolve(least));
    if (room.isNumber() && room.value(Map.of()) < 0) {
      throw mistakes.at(where, Code.SHAPE, message, "");
    }
  }

  private Size bound(Syntax s, Size size) {
    Size bound = Calls.polynomial(s);
    if (bound == null) {
      throw mistakes.at(
          s, Code.KIND, "a range runs between whole numbers, sizes and 'end'", "write x[2:end]");
    }
    return bound.substitute(Map.of(END, size));
  }

  private Tensor build(Tensor target, List<Cut> cuts) {
    Product product = new Product();
    List<Size> shape = target.shape();
    List<Integer> labels = product.labels(shape);
    product.factor(target, labels);
    List<Integer> output = new ArrayList<>();
    for (int axis = 0; axis < cuts.size(); axis++) {
      int label = labels.get(axis);
      Size size = shape.get(axis);
      switch (cuts.get(axis)) {
        case Cut.All _ -> output.add(label);
        case Cut.At at -> product.factor(new Unit(size, at.position()), label);
        case Cut.AtSize at -> pick(product, label, size, sizes.resolve(at.offset()));
        case Cut.Range r -> {
          Size length = sizes.resolve(r.length());
          int own = product.label(length);
          product.factor(new Selection(size, sizes.resolve(r.offset()), length), label, own);
          output.add(own);
        }
      }
    }
    return product.to(output);
  }

  /** Takes one position of an axis, that behind an offset. */
  static void pick(Product product, int label, Size size, Size offset) {
    if (offset.isNumber()) {
      product.factor(new Unit(size, offset.value(Map.of()) + 1), label);
    } else {
      int single = product.label(Size.of(1));
      product.factor(new Selection(size, offset, Size.of(1)), label, single);
    }
  }

  /** Whether an index is the last position, not a letter. */
  static boolean isEnd(Syntax index) {
    return index instanceof Syntax.Name n && n.name().equals(END);
  }
}
