package nabla.lang;

import static nabla.lang.BinaryOperator.ADD;
import static nabla.lang.BinaryOperator.SUBTRACT;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import nabla.diagnostic.Code;
import nabla.tensor.Constant;
import nabla.tensor.Extent;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Unit;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Finds the type of every part of an expression by unifying sizes, and builds its tensor. It walks
 * the expression twice with one set of unknowns: the first walk only unifies, the second, when all
 * sizes are known, builds.
 */
final class Typing {

  /** A part of the expression; the tensor is there only in the building walk. */
  record Typed(Type type, @Nullable Tensor tensor) {
    Tensor built() {
      return java.util.Objects.requireNonNull(tensor);
    }
  }

  private final Map<String, Type> names;
  private final Map<String, Variable> variables;
  private final Map<String, Typed> definitions = new HashMap<>();
  private final Map<Tensor, Syntax> parts = new LinkedHashMap<>();
  private final IdentityHashMap<Syntax, List<Size>> fresh = new IdentityHashMap<>();
  private final IdentityHashMap<Syntax, Boolean> contextual = new IdentityHashMap<>();
  final Sizes sizes;
  final Mistakes mistakes;
  private boolean building;

  /**
   * @param names the type of every variable
   */
  Typing(Map<String, Type> names, Sizes sizes, Mistakes mistakes) {
    this.names = names;
    this.variables = new HashMap<>();
    this.sizes = sizes;
    this.mistakes = mistakes;
  }

  /** The type of the result; all that can be known of sizes is known afterwards. */
  Type check(Program program) {
    building = false;
    return walk(program).type();
  }

  /** The tensor of the result, over the given variables. */
  Typed build(Program program, Map<String, Variable> over) {
    building = true;
    variables.putAll(over);
    return walk(program);
  }

  private Typed walk(Program program) {
    definitions.clear();
    for (Program.Definition definition : program.definitions()) {
      definitions.put(definition.name(), definition(definition));
    }
    return definition(program.result());
  }

  private Typed definition(Program.Definition definition) {
    return IndexNotation.isIn(definition)
        ? new IndexNotation(this, definition.indices()).of(definition.value())
        : type(definition.value());
  }

  boolean building() {
    return building;
  }

  /** A part's type, and its tensor if asked for. */
  Typed typed(Type type, Supplier<Tensor> tensor) {
    return new Typed(type, building ? tensor.get() : null);
  }

  /** Sizes that stand for one place of the input in both walks. */
  List<Size> unknowns(Syntax place, int count) {
    return fresh.computeIfAbsent(
        place,
        p -> java.util.stream.IntStream.range(0, count).mapToObj(k -> sizes.unknown()).toList());
  }

  Typed type(Syntax syntax) {
    Deque<Syntax.Binary> spine = new ArrayDeque<>();
    Syntax first = syntax;
    while (first instanceof Syntax.Binary b) {
      spine.push(b);
      first = b.left();
    }
    Typed result = single(first);
    while (!spine.isEmpty()) {
      Syntax.Binary b = spine.pop();
      result = new Binaries(this).of(b, result, type(b.right()));
      takesSizeFromContext(b);
      boolean whole = spine.isEmpty() || isSum(spine.peek().operator()) != isSum(b.operator());
      if (whole) remember(b, result);
    }
    remember(syntax, result);
    return result;
  }

  private void remember(Syntax syntax, Typed result) {
    if (!building || takesSizeFromContext(syntax)) return;
    if (result.type().row() || !definitions.isEmpty()) return;
    parts.putIfAbsent(result.built(), syntax);
  }

  /**
   * Whether it holds vector(c), matrix(c) or a bare eye, which mean nothing certain elsewhere.
   * Parts are asked before what they are part of, so that long chains need no deep recursion.
   */
  private boolean takesSizeFromContext(Syntax syntax) {
    Boolean known = contextual.get(syntax);
    if (known != null) return known;
    boolean found =
        switch (syntax) {
          case Syntax.Name n -> n.name().equals("eye") && !names.containsKey("eye");
          case Syntax.Call c ->
              c.function().equals("vector")
                  || c.function().equals("matrix")
                  || c.arguments().stream().anyMatch(this::takesSizeFromContext);
          case Syntax.Negate n -> takesSizeFromContext(n.operand());
          case Syntax.Transpose t -> takesSizeFromContext(t.operand());
          case Syntax.Binary b -> takesSizeFromContext(b.left()) || takesSizeFromContext(b.right());
          case Syntax.Index i -> takesSizeFromContext(i.target());
          default -> false;
        };
    contextual.put(syntax, found);
    return found;
  }

  /** Every part of the expression that names no intermediate, as it was written. */
  Map<Tensor, Syntax> parts() {
    return parts;
  }

  private Typed single(Syntax syntax) {
    return switch (syntax) {
      case Syntax.Numeral n -> typed(Type.SCALAR, () -> number(n.value()));
      case Syntax.Name n -> name(n);
      case Syntax.Negate n -> {
        Typed operand = type(n.operand());
        yield typed(operand.type(), () -> Tensors.negate(operand.built()));
      }
      case Syntax.Transpose t -> transpose(t);
      case Syntax.Call c -> new Calls(this).of(c);
      case Syntax.Index i -> entry(i);
      case Syntax.Binary b -> throw new IllegalStateException("on the spine: " + b);
      case Syntax.Text t ->
          throw mistakes.at(t, Code.KIND, "a text stands where a value is expected", "");
      case Syntax.Colon c ->
          throw mistakes.at(c, Code.SYNTAX, "':' stands only in an index, as in X[:,1]", "");
      case Syntax.Range r -> throw unsupported(r, "ranges");
      case Syntax.MatrixLiteral m -> throw unsupported(m, "matrices written out entry by entry");
    };
  }

  private RuntimeException unsupported(Syntax where, String what) {
    return mistakes.at(where, Code.UNSUPPORTED, what + " are not supported yet", "");
  }

  private Typed name(Syntax.Name n) {
    Typed defined = definitions.get(n.name());
    if (defined != null) return defined;
    Type type = names.get(n.name());
    if (type != null) return typed(type, () -> variables.get(n.name()));
    return switch (n.name()) {
      case "pi" -> typed(Type.SCALAR, () -> Constant.PI);
      case "e" -> typed(Type.SCALAR, () -> Constant.E);
      case "eye" -> {
        Size size = unknowns(n, 1).getFirst();
        yield typed(Type.matrix(size, size), () -> Tensors.identity(sizes.resolve(size)));
      }
      default -> typed(Type.SCALAR, () -> Extent.of(sizes.resolve(Size.of(n.name()))));
    };
  }

  private Typed transpose(Syntax.Transpose t) {
    Typed operand = type(t.operand());
    Type type = operand.type();
    return switch (type.rank()) {
      case 0 -> operand;
      case 1 -> new Typed(new Type(type.shape(), !type.row()), operand.tensor());
      case 2 ->
          typed(Type.matrix(type.size(1), type.size(0)), () -> Tensors.transpose(operand.built()));
      default ->
          throw mistakes.at(
              t,
              Code.KIND,
              mistakes.text(t.operand()) + " has " + type.rank() + " axes and no transpose",
              "use einsum to order the axes");
    };
  }

  /** {@code x[2]}, {@code X[1,2]} with numbers. */
  private Typed entry(Syntax.Index i) {
    Typed target = type(i.target());
    String name = mistakes.text(i.target());
    if (target.type().rank() != i.indices().size()) {
      throw mistakes.at(
          i,
          target.type().isScalar() ? Code.KIND : Code.ARITY,
          name
              + " is a "
              + Mistakes.describe(target.type(), sizes)
              + ", but has "
              + i.indices().size()
              + (i.indices().size() == 1 ? " index" : " indices"),
          "");
    }
    int[] at = new int[i.indices().size()];
    for (int axis = 0; axis < at.length; axis++) {
      at[axis] = index(i.indices().get(axis), name, sizes.resolve(target.type().size(axis)));
    }
    return typed(
        Type.SCALAR,
        () -> {
          Product product = new Product();
          List<Size> shape = sizes.resolve(target.type().shape());
          List<Integer> labels = product.labels(shape);
          product.factor(target.built(), labels);
          for (int axis = 0; axis < at.length; axis++) {
            product.factor(new Unit(shape.get(axis), at[axis]), labels.get(axis));
          }
          return product.to();
        });
  }

  private int index(Syntax index, String name, Size size) {
    if (!(index instanceof Syntax.Numeral n)) {
      throw mistakes.at(
          index,
          index instanceof Syntax.Colon || index instanceof Syntax.Range
              ? Code.UNSUPPORTED
              : Code.KIND,
          "the index of an entry is a number, as in " + name + "[1]",
          "for index notation name the result's indices first: D[i,j] = A[i,k]*B[k,j]");
    }
    if (!n.value().isInt() || n.value().intValue() < 1) {
      throw mistakes.at(index, Code.VALUE, "indices are whole numbers from 1", "");
    }
    if (size.isNumber() && n.value().intValue() > size.value(Map.of())) {
      throw mistakes.at(
          index, Code.SHAPE, name + " has only " + size + " entries along this axis", "");
    }
    return n.value().intValue();
  }

  /** Whether an operator joins terms rather than factors. */
  static boolean isSum(BinaryOperator operator) {
    return operator == ADD || operator == SUBTRACT;
  }

  /** π and e come back from the digits that they are printed with. */
  private static Tensor number(Rational value) {
    Constant constant = Constant.of(value);
    return constant == null ? Tensors.number(value) : constant;
  }
}
