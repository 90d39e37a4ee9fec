package nabla.lang;

import static nabla.lang.BinaryOperator.ADD;
import static nabla.lang.BinaryOperator.SUBTRACT;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.operation.FunctionSymbol;
import nabla.tensor.Constant;
import nabla.tensor.Extent;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
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

  private static final int LAST_POSITION = 100_000;

  private final Map<String, Type> names;
  private final Map<String, Variable> variables;

  /** Those that are only declared, by name. */
  final Map<String, FunctionSymbol> functions;

  /** Those of them that were met. */
  final Set<FunctionSymbol> called = new LinkedHashSet<>();

  private final Map<String, Typed> definitions = new HashMap<>();
  private final Map<Tensor, Syntax> parts = new LinkedHashMap<>();
  private final IdentityHashMap<Syntax, List<Size>> fresh = new IdentityHashMap<>();
  private final IdentityHashMap<Syntax, Boolean> contextual = new IdentityHashMap<>();
  final Sizes sizes;
  final Mistakes mistakes;
  final Readings readings;
  private boolean building;
  private Program.@Nullable Definition current;

  /**
   * @param names the type of every variable
   * @param guessed those whose kind is only that of their letter
   * @param functions those that are only declared
   */
  Typing(
      Map<String, Type> names,
      Set<String> guessed,
      Map<String, FunctionSymbol> functions,
      Sizes sizes,
      Mistakes mistakes) {
    this.names = names;
    this.functions = functions;
    this.variables = new HashMap<>();
    this.sizes = sizes;
    this.mistakes = mistakes;
    this.readings = new Readings(this, guessed);
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
    current = definition;
    return IndexNotation.isIn(definition)
        ? new IndexNotation(this, definition).typed()
        : type(definition.value());
  }

  /** What is being defined now as index notation would have it, where its value has indices. */
  Optional<String> withIndices() {
    if (current == null) return Optional.empty();
    String value = mistakes.text(current.value());
    return IndexUses.leftSide(current, this::isSize).map(left -> left + " = " + value);
  }

  /** Whether a name is a variable, and no intermediate or size. */
  boolean isVariable(String name) {
    return names.containsKey(name) && !definitions.containsKey(name);
  }

  /** How many axes a variable or an intermediate has; -1 if nothing has that name. */
  int rank(String name) {
    Typed definition = definitions.get(name);
    Type type = definition == null ? names.get(name) : definition.type();
    return type == null ? -1 : type.rank();
  }

  /** Whether the declaration of a variable has a name as a size. */
  boolean isSize(String name) {
    return names.values().stream()
        .flatMap(type -> type.shape().stream())
        .anyMatch(size -> size.names().contains(name));
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
    remember(first, result);
    while (!spine.isEmpty()) {
      Syntax.Binary b = spine.pop();
      result = binary(b, result, type(b.right()));
      takesSizeFromContext(b);
      if (spine.isEmpty() || isWhole(b, spine.peek())) remember(b, result);
    }
    return result;
  }

  /** Limits of exact arithmetic and of sizes know no place; this is it. */
  private Typed binary(Syntax.Binary b, Typed left, Typed right) {
    try {
      return new Binaries(this).of(b, left, right);
    } catch (NablaException e) {
      Diagnostic d = e.diagnostic();
      throw d.source().isEmpty() ? mistakes.at(b, d.code(), d.message(), d.hint()) : e;
    }
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
      case Syntax.Index i -> new Slices(this).of(i);
      case Syntax.Binary b -> throw new IllegalStateException("on the spine: " + b);
      case Syntax.Text t ->
          throw mistakes.at(t, Code.KIND, "a text stands where a value is expected", "");
      case Syntax.Colon c ->
          throw mistakes.at(c, Code.SYNTAX, "':' stands only in an index, as in X[:,1]", "");
      case Syntax.Range r ->
          throw mistakes.at(r, Code.SYNTAX, "a range stands only in an index, as in x[1:3]", "");
      case Syntax.MatrixLiteral m -> new Blocks(this).of(m);
    };
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

  /** A named size must be chosen large enough for every position that is read. */
  void requireReachable(Syntax where, Size size, int position) {
    if (size.isNumber() || position <= LAST_POSITION) return;
    throw mistakes.at(
        where,
        Code.LIMIT,
        "positions along an axis of size "
            + Mistakes.size(size, sizes)
            + " go up to "
            + LAST_POSITION,
        "declare the size as a number");
  }

  /** Whether an operator joins terms rather than factors. */
  static boolean isSum(BinaryOperator operator) {
    return operator == ADD || operator == SUBTRACT;
  }

  /** Whether the left side of an operation is one part, not the beginning of a longer one. */
  private static boolean isWhole(Syntax.Binary left, Syntax.Binary next) {
    return next.operator().isPower() || isSum(left.operator()) != isSum(next.operator());
  }

  /** π and e come back from the digits that they are printed with. */
  private static Tensor number(Rational value) {
    Constant constant = Constant.of(value);
    return constant == null ? Tensors.number(value) : constant;
  }
}
