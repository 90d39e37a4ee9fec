package nabla.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.lang.Typing.Typed;
import nabla.operation.Catalogue;
import nabla.operation.Inverse;
import nabla.operation.Operation;
import nabla.operation.Power;
import nabla.tensor.Einsum;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import org.jspecify.annotations.Nullable;

/** The operators between two operands: what fits, what comes out, what to write instead. */
final class Binaries {
  private static final int LARGEST_POWER = 64;

  /** The exponent that {@code A^Tx} seems to have. */
  private static final Pattern JOINED = Pattern.compile("[TH][A-Za-z]{1,2}");

  private final Typing typing;
  private final Sizes sizes;
  private final Mistakes mistakes;

  Binaries(Typing typing) {
    this.typing = typing;
    this.sizes = typing.sizes;
    this.mistakes = typing.mistakes;
  }

  Typed of(Syntax.Binary b, Typed left, Typed right) {
    return switch (b.operator()) {
      case ADD, SUBTRACT -> sum(b, left, right);
      case MULTIPLY -> product(b, left, right);
      case ELEMENTWISE_MULTIPLY -> elementwise(b, left, right, Tensors::hadamard);
      case ELEMENTWISE_DIVIDE -> {
        rejectZero(b.right(), right);
        yield elementwise(b, left, right, (x, y) -> Tensors.hadamard(x, reciprocal(y)));
      }
      case ELEMENTWISE_POWER -> {
        rejectPowerOfZero(b, left, right);
        yield elementwise(b, left, right, Binaries::power);
      }
      case POWER -> matrixPower(b, left, right);
      case DIVIDE -> divide(b, left, right);
      case LEFT_DIVIDE -> leftDivide(b, left, right);
      case KRONECKER ->
          new Calls(typing).apply(b, kron(), List.of(b.left(), b.right()), List.of(left, right));
    };
  }

  private static Operation kron() {
    return java.util.Objects.requireNonNull(Catalogue.find("kron"));
  }

  private interface Combination {
    Tensor of(Tensor left, Tensor right);
  }

  private Typed sum(Syntax.Binary b, Typed left, Typed right) {
    boolean minus = b.operator() == BinaryOperator.SUBTRACT;
    return elementwise(
        b, left, right, (x, y) -> minus ? Tensors.subtract(x, y) : Tensors.add(x, y));
  }

  /** Operands of one shape, or a scalar that applies at every position. */
  private Typed elementwise(Syntax.Binary b, Typed left, Typed right, Combination combination) {
    Type x = left.type();
    Type y = right.type();
    Type result = x.isScalar() ? y : x;
    if (!x.isScalar() && !y.isScalar()) {
      if (x.rank() != y.rank()) throw differ(b, x, y);
      if (x.row() != y.row()) throw rowAndColumn(b, x, y);
      if (!sizes.unify(x.shape(), y.shape())) throw differ(b, x, y);
    }
    return typing.typed(
        result,
        () -> {
          List<Size> shape = sizes.resolve(result.shape());
          return combination.of(spread(left.built(), shape), spread(right.built(), shape));
        });
  }

  private static Tensor spread(Tensor tensor, List<Size> shape) {
    return tensor.rank() == 0 && !shape.isEmpty() ? Tensors.broadcast(tensor, shape) : tensor;
  }

  private NablaException differ(Syntax.Binary b, Type x, Type y) {
    return mistakes.at(
        b,
        Code.SHAPE,
        quoted(b.left())
            + " is "
            + Mistakes.describe(x, sizes)
            + ", but "
            + quoted(b.right())
            + " is "
            + Mistakes.describe(y, sizes),
        differHint(b, x, y));
  }

  private String differHint(Syntax.Binary b, Type x, Type y) {
    List<Size> left = sizes.resolve(x.shape());
    List<Size> right = sizes.resolve(y.shape());
    if (x.isMatrix() && y.isMatrix() && left.equals(right.reversed())) {
      return "write " + transposed(b.right()) + " in place of " + quoted(b.right());
    }
    if (x.isMatrix() && y.isVector()) return repeated(b.right(), y, left, right);
    if (y.isMatrix() && x.isVector()) return repeated(b.left(), x, right, left);
    return "";
  }

  /** A vector that fits each column or row of a matrix is not repeated by itself. */
  private String repeated(Syntax vector, Type type, List<Size> matrix, List<Size> own) {
    boolean fits = own.getFirst().equals(matrix.get(type.row() ? 1 : 0));
    Size times = matrix.get(type.row() ? 0 : 1);
    if (!fits || times.toString().contains("?")) return "";
    String ones = wording().ones(times.toString());
    return type.row()
        ? "write " + wording().product(ones, quoted(vector)) + " to repeat the row"
        : "write "
            + wording().product(quoted(vector), wording().transposed(ones))
            + " to repeat the column";
  }

  private NablaException rowAndColumn(Syntax.Binary b, Type x, Type y) {
    Syntax row = x.row() ? b.left() : b.right();
    return mistakes.at(
        b,
        Code.SHAPE,
        quoted(b.left())
            + " is a "
            + (x.row() ? "row" : "column")
            + ", but "
            + quoted(b.right())
            + " is a "
            + (y.row() ? "row" : "column"),
        "write " + transposed(row) + " in place of " + quoted(row));
  }

  private Typed product(Syntax.Binary b, Typed left, Typed right) {
    Type x = left.type();
    Type y = right.type();
    if (x.isScalar() || y.isScalar()) return elementwise(b, left, right, Tensors::hadamard);
    if (x.rank() > 2 || y.rank() > 2) {
      throw mistakes.at(
          b,
          Code.KIND,
          "%s: %s is %s and %s is %s; * multiplies up to matrices"
              .formatted(
                  text(b),
                  quoted(b.left()),
                  Mistakes.describe(x, sizes),
                  quoted(b.right()),
                  Mistakes.describe(y, sizes)),
          "use einsum, or .* entry by entry");
    }
    if (x.isVector() && y.isVector() && x.row() == y.row()) throw twoVectors(b, x, y);
    boolean outer = x.isVector() && !x.row();
    if ((outer && y.isMatrix()) || (y.isVector() && y.row() && x.isMatrix())) throw order(b, x, y);
    if (outer) {
      return typing.typed(
          Type.matrix(x.size(0), y.size(0)), () -> outer(left.built(), right.built()));
    }
    if (!sizes.unify(x.shape().getLast(), y.shape().getFirst())) throw inner(b, x, y);
    List<Size> shape = new ArrayList<>(x.shape().subList(0, x.rank() - 1));
    shape.addAll(y.shape().subList(1, y.rank()));
    Type result = new Type(List.copyOf(shape), shape.size() == 1 && x.row());
    return typing.typed(result, () -> Tensors.multiply(left.built(), right.built()));
  }

  static Tensor outer(Tensor left, Tensor right) {
    var product = new nabla.tensor.Product();
    int i = product.label(left.shape().getFirst());
    int j = product.label(right.shape().getFirst());
    return product.factor(left, i).factor(right, j).to(i, j);
  }

  private NablaException twoVectors(Syntax.Binary b, Type x, Type y) {
    String u =
        b.left() instanceof Syntax.Transpose t && x.row() ? quoted(t.operand()) : quoted(b.left());
    String v =
        b.right() instanceof Syntax.Transpose t && x.row()
            ? quoted(t.operand())
            : quoted(b.right());
    Wording wording = wording();
    String outer = wording.product(u, wording.transposed(v));
    boolean same = sizes.unify(x.shape(), y.shape());
    return mistakes.at(
        b,
        Code.SHAPE,
        "%s: %s is %s and %s is %s, both %s"
            .formatted(
                text(b),
                quoted(b.left()),
                Mistakes.describe(x, sizes),
                quoted(b.right()),
                Mistakes.describe(y, sizes),
                x.row() ? "rows" : "columns"),
        same
            ? "write %s (a number), %s (a matrix) or %s (entry by entry)"
                .formatted(
                    wording.product(wording.transposed(u), v), outer, wording.elementwise(u, v))
            : "write " + outer + " for the matrix of all products");
  }

  private NablaException order(Syntax.Binary b, Type x, Type y) {
    boolean column = x.isVector();
    return mistakes.at(
        b,
        Code.SHAPE,
        text(b)
            + ": "
            + quoted(b.left())
            + " is "
            + Mistakes.describe(x, sizes)
            + " and "
            + quoted(b.right())
            + " is "
            + Mistakes.describe(y, sizes)
            + (column
                ? "; a column can't stand before a matrix"
                : "; a row can't stand after a matrix"),
        column
            ? "write " + wording().product(transposed(b.left()), quoted(b.right()))
            : "write " + wording().product(quoted(b.left()), transposed(b.right())));
  }

  private NablaException inner(Syntax.Binary whole, Type product, Type y) {
    Syntax.Binary b = neighbours(whole);
    Type x = b.equals(whole) ? product : typing.type(b.left()).type();
    String columns = Mistakes.count(x.shape().getLast(), sizes, "column");
    String rows = Mistakes.count(y.shape().getFirst(), sizes, "row");
    return mistakes.at(
        b,
        Code.SHAPE,
        "%s: %s has %s, but %s has %s"
            .formatted(text(b), quoted(b.left()), columns, quoted(b.right()), rows),
        innerHint(b, x, y));
  }

  /** Of a chain of factors the two that clash: {@code A*x} of {@code x'*A*x}. */
  private Syntax.Binary neighbours(Syntax.Binary b) {
    if (!(b.left() instanceof Syntax.Binary left)
        || left.operator() != BinaryOperator.MULTIPLY
        || Wording.isBracketed(left)
        || typing.type(left.right()).type().isScalar()) {
      return b;
    }
    return new Syntax.Binary(
        b.operator(), left.right(), b.right(), left.right().span().to(b.right().span()));
  }

  private String innerHint(Syntax.Binary b, Type x, Type y) {
    List<String> hints = new ArrayList<>();
    if (b.right() instanceof Syntax.Name n && y.isVector() && typing.isVariable(n.name())) {
      hints.add("declare " + n.name() + ": vector[" + sizes.resolve(x.shape().getLast()) + "]");
    } else if (b.left() instanceof Syntax.Transpose t
        && t.operand() instanceof Syntax.Name n
        && x.isVector()
        && typing.isVariable(n.name())) {
      hints.add("declare " + n.name() + ": vector[" + sizes.resolve(y.shape().getFirst()) + "]");
    }
    if (x.isMatrix() && sizes.resolve(x.size(0)).equals(sizes.resolve(y.shape().getFirst()))) {
      hints.add("write " + wording().product(transposed(b.left()), quoted(b.right())));
    } else if (y.isMatrix()
        && sizes.resolve(y.size(1)).equals(sizes.resolve(x.shape().getLast()))) {
      hints.add("write " + wording().product(quoted(b.left()), transposed(b.right())));
    }
    boolean unknown =
        sizes.resolve(x.shape().getLast()).toString().contains("?")
            || sizes.resolve(y.shape().getFirst()).toString().contains("?");
    if (hints.isEmpty() && unknown) hints.add(sizesHint(b));
    return String.join(", or ", hints);
  }

  /** Sizes that nothing tells, as those of Kronecker products. */
  private String sizesHint(Syntax.Binary b) {
    Program.Definition product = new Program.Definition("", List.of(), b, b.span());
    String names =
        Names.of(new Program(List.of(), product)).values().stream()
            .map(Syntax.Name::name)
            .filter(typing::isVariable)
            .collect(Collectors.joining(", "));
    return "declare the sizes of " + names + ", as in A: matrix[m,n]";
  }

  private String transposed(Syntax s) {
    return wording().transposed(s);
  }

  private String text(Syntax.Binary b) {
    return mistakes.text(b);
  }

  /** A part of the input as it can stand in a longer expression. */
  private String quoted(Syntax part) {
    return wording().quoted(part);
  }

  /** Made only where something is wrong. */
  private Wording wording() {
    return new Wording(mistakes);
  }

  private static Tensor reciprocal(Tensor tensor) {
    return Tensors.power(tensor, Rational.MINUS_ONE);
  }

  private void rejectPowerOfZero(Syntax.Binary b, Typed base, Typed exponent) {
    boolean negative =
        typing.building()
            && exponent.built() instanceof Einsum e
            && e.factors().isEmpty()
            && e.coefficient().signum() < 0;
    if (negative) rejectZero(b.left(), base);
  }

  /** Division by a zero that is written out. */
  private void rejectZero(Syntax divisor, Typed value) {
    if (!typing.building() || !Tensors.isZero(value.built())) return;
    String what = divisor instanceof Syntax.Numeral ? "" : ": " + quoted(divisor) + " is 0";
    throw mistakes.at(divisor, Code.DOMAIN, "division by zero" + what, "");
  }

  private Typed divide(Syntax.Binary b, Typed left, Typed right) {
    rejectZero(b.right(), right);
    Type x = left.type();
    Type y = right.type();
    if (y.isScalar()) {
      return elementwise(b, left, right, (u, v) -> Tensors.hadamard(u, reciprocal(v)));
    }
    boolean square = y.isMatrix() && sizes.unify(y.size(0), y.size(1));
    boolean fits =
        square && (x.isMatrix() || x.row()) && sizes.unify(x.shape().getLast(), y.size(0));
    if (fits) {
      return typing.typed(x, () -> Tensors.multiply(left.built(), Inverse.at(right.built())));
    }
    String hint =
        x.rank() == y.rank() || x.isScalar()
            ? "write "
                + wording().quotient(quoted(b.left()), quoted(b.right()))
                + " to divide entry by entry"
            : "";
    throw mistakes.at(
        b,
        Code.SHAPE,
        "/ divides by a number or by a square matrix that fits, but "
            + quoted(b.right())
            + " is "
            + Mistakes.describe(y, sizes),
        hint);
  }

  private Typed leftDivide(Syntax.Binary b, Typed left, Typed right) {
    rejectZero(b.left(), left);
    Type x = left.type();
    Type y = right.type();
    if (x.isScalar()) {
      return elementwise(b, left, right, (u, v) -> Tensors.hadamard(v, reciprocal(u)));
    }
    boolean square = x.isMatrix() && sizes.unify(x.size(0), x.size(1));
    boolean fits =
        square && !y.isScalar() && y.rank() <= 2 && !y.row() && sizes.unify(x.size(1), y.size(0));
    if (fits) {
      return typing.typed(y, () -> Tensors.multiply(Inverse.at(left.built()), right.built()));
    }
    throw mistakes.at(
        b,
        Code.SHAPE,
        "A\\b solves with a square matrix, but "
            + quoted(b.left())
            + " is "
            + Mistakes.describe(x, sizes)
            + " and "
            + quoted(b.right())
            + " is "
            + Mistakes.describe(y, sizes),
        "");
  }

  private String exponentHint(Syntax.Binary b) {
    if (isTransposition(b.right())) return "write " + transposed(b.left()) + " for the transpose";
    if (b.right() instanceof Syntax.Name n && JOINED.matcher(n.name()).matches()) {
      return "write " + transposed(b.left()) + "*" + Suggestions.apart(n.name().substring(1));
    }
    return b.right() instanceof Syntax.Negate n && isTransposition(n.operand())
        ? "write " + wording().transposed("inv(" + mistakes.text(b.left()) + ")")
        : "write " + wording().power(b.left(), b.right()) + " for powers entry by entry";
  }

  private static boolean isTransposition(Syntax exponent) {
    return exponent instanceof Syntax.Name n && (n.name().equals("T") || n.name().equals("H"));
  }

  private Typed matrixPower(Syntax.Binary b, Typed left, Typed right) {
    Type x = left.type();
    if (!right.type().isScalar()) {
      throw mistakes.at(
          b.right(),
          Code.KIND,
          "the exponent of ^ is a number, but "
              + quoted(b.right())
              + " is "
              + Mistakes.describe(right.type(), sizes),
          exponentHint(b));
    }
    rejectPowerOfZero(b, left, right);
    if (x.isScalar()) return typing.typed(x, () -> power(left.built(), right.built()));
    if (!x.isMatrix() || !sizes.unify(x.size(0), x.size(1))) {
      throw mistakes.at(
          b,
          x.isMatrix() ? Code.SHAPE : Code.KIND,
          "^ takes powers of numbers and square matrices, but "
              + quoted(b.left())
              + " is "
              + Mistakes.describe(x, sizes),
          "write " + wording().power(b.left(), b.right()) + " for a power entry by entry");
    }
    Rational exponent = literal(b.right());
    if (exponent == null || !exponent.isInt()) {
      throw mistakes.at(
          b.right(),
          Code.UNSUPPORTED,
          "the exponent of a matrix is a whole number written out",
          "");
    }
    if (Math.abs((long) exponent.intValue()) > LARGEST_POWER) {
      throw mistakes.at(b.right(), Code.LIMIT, "matrix powers go up to " + LARGEST_POWER, "");
    }
    return typing.typed(x, () -> matrixPower(left.built(), exponent.intValue()));
  }

  private static @Nullable Rational literal(Syntax exponent) {
    return switch (exponent) {
      case Syntax.Numeral n -> n.value();
      case Syntax.Negate n when n.operand() instanceof Syntax.Numeral m -> m.value().negate();
      default -> null;
    };
  }

  private static Tensor matrixPower(Tensor matrix, int exponent) {
    if (exponent == 0) return Tensors.identity(matrix.shape().getFirst());
    Tensor base = exponent < 0 ? Inverse.at(matrix) : matrix;
    Tensor power = base;
    for (int k = 1; k < Math.abs(exponent); k++) power = Tensors.multiply(power, base);
    return power;
  }

  /** A constant exponent belongs to the product; any other one makes a power node. */
  static Tensor power(Tensor base, Tensor exponent) {
    if (exponent instanceof Einsum e && Tensors.isConstant(e, e.coefficient())) {
      return Tensors.power(base, e.coefficient());
    }
    if (Tensors.isZero(exponent)) return Tensors.ones(base.shape());
    return Power.at(base, exponent);
  }
}
