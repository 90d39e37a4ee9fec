package nabla.lang;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import nabla.lang.Typing.Typed;
import nabla.operation.Catalogue;
import nabla.operation.FunctionSymbol;
import nabla.operation.Operation;
import nabla.operation.Signature;
import nabla.tensor.Fuse;
import nabla.tensor.Product;
import nabla.tensor.Size;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Unit;
import org.jspecify.annotations.Nullable;

/** Calls of functions: the constants whose arguments are sizes, and the catalogue. */
final class Calls {
  /** Names that are no operations of the catalogue and how many arguments they take. */
  static final Map<String, List<Integer>> CONSTRUCTORS =
      Map.ofEntries(
          Map.entry("eye", List.of(1)),
          Map.entry("ones", List.of(1, 2)),
          Map.entry("zeros", List.of(1, 2)),
          Map.entry("unit", List.of(2)),
          Map.entry("vector", List.of(1)),
          Map.entry("matrix", List.of(1)),
          Map.entry("transpose", List.of(1)),
          Map.entry("K", List.of(2)),
          Map.entry("unvec", List.of(3)));

  /** Takes a pattern and as many operands as it names. */
  private static final String EINSUM = "einsum";

  /** What other systems call things, and how they are written here. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("dot", "write x'*y"),
          Map.entry("inner", "write x'*y"),
          Map.entry("outer", "write x*y'"),
          Map.entry("matmul", "write A*B"),
          Map.entry("mtimes", "write A*B"),
          Map.entry("hadamard", "write A.*B"),
          Map.entry("times", "write A.*B"),
          Map.entry("pow", "write x^2, or x.^2 entry by entry"),
          Map.entry("square", "write x^2, or x.^2 entry by entry"),
          Map.entry("log10", "write log(x)/log(10)"),
          Map.entry("log2", "write log(x)/log(2)"),
          Map.entry("identity", "write eye(n)"),
          Map.entry("logistic", "write sigmoid(x)"),
          Map.entry("T", "write x'"));

  private static final int MOST_INDICES = 8;

  /** Whether a name stands for a function, so that it can't be a variable. */
  static boolean isFunction(String name) {
    return Catalogue.find(name) != null
        || name.equals(EINSUM)
        || (CONSTRUCTORS.containsKey(name) && !name.equals("K"));
  }

  /** Which arguments of a constructor are sizes. */
  static List<Syntax> sizeArguments(Syntax.Call call) {
    return switch (call.function()) {
      case "eye", "ones", "zeros", "K" -> call.arguments();
      case Readings.ENTRIES -> call.arguments().subList(1, call.arguments().size());
      case "unvec" -> call.arguments().size() == 3 ? call.arguments().subList(1, 3) : List.of();
      case "unit" -> call.arguments().size() == 2 ? call.arguments().subList(1, 2) : List.of();
      default -> List.of();
    };
  }

  private final Typing typing;
  private final Sizes sizes;
  private final Mistakes mistakes;

  Calls(Typing typing) {
    this.typing = typing;
    this.sizes = typing.sizes;
    this.mistakes = typing.mistakes;
  }

  Typed of(Syntax.Call call) {
    if (Readings.isOpen(call.function())) return typing.readings.of(call);
    if (CONSTRUCTORS.containsKey(call.function())) return constructor(call);
    if (call.function().equals(EINSUM)) return new EinsteinSum(typing).of(call);
    String name = call.function().replaceFirst("'+$", "");
    FunctionSymbol declared = typing.functions.get(name);
    if (declared != null) return new DeclaredCalls(typing).of(call, declared);
    if (name.length() < call.function().length()) throw transposed(call, name);
    Operation operation = Catalogue.find(call.function());
    if (operation == null) throw unknown(call);
    List<Typed> operands = new ArrayList<>();
    for (Syntax argument : call.arguments()) operands.add(typing.type(argument));
    return apply(call, operation, call.arguments(), operands);
  }

  /** {@code x'(y)}: primes belong to functions that are declared, or an operator is missing. */
  private NablaException transposed(Syntax.Call call, String name) {
    boolean function = Catalogue.find(name) != null;
    int bracket = call.span().start() + call.function().length();
    return mistakes.at(
        new Syntax.Name(name, new Span(bracket, 1)),
        Code.SYNTAX,
        "an operator is missing before '('",
        function
            ? "differentiate instead: " + name + "' is not a function of the language"
            : "write " + call.function() + "*(…), or declare " + function(name));
  }

  private NablaException unknown(Syntax.Call call) {
    String written = mistakes.text(call);
    int end = mistakes.isLatex() ? written.indexOf('}') + 1 : written.indexOf('(');
    Span name = new Span(call.span().start(), written.codePointCount(0, end));
    return mistakes.at(
        new Syntax.Name(call.function(), name),
        Code.NAME,
        "there is no function " + call.function(),
        proposal(call, written.substring(0, end)));
  }

  private String proposal(Syntax.Call call, String written) {
    String elsewhere = ELSEWHERE.get(call.function());
    if (elsewhere != null) return elsewhere;
    boolean numbers = call.arguments().stream().allMatch(Syntax.Numeral.class::isInstance);
    if (call.arguments().size() > MOST_INDICES) return "";
    boolean latex = mistakes.isLatex();
    if (!latex && (written.length() == 1 || typing.isVariable(call.function()))) {
      return (numbers && !call.arguments().isEmpty()) || call.arguments().size() > 1
          ? "write "
              + written
              + call.arguments().stream()
                  .map(mistakes::text)
                  .collect(Collectors.joining(",", "[", "]"))
              + " for an entry"
          : product(written);
    }
    List<String> names = new ArrayList<>(Catalogue.names());
    names.addAll(CONSTRUCTORS.keySet());
    names.add(EINSUM);
    String nearest = Suggestions.nearest(call.function(), names);
    if (nearest == null) return latex ? "" : product(written);
    return "did you mean " + (latex ? "\\operatorname{" + nearest + "}" : nearest) + "?";
  }

  private static String product(String name) {
    String product = "write " + name + "*(…) for a product";
    boolean function = Character.isLowerCase(name.codePointAt(0)) && !name.equals("pi");
    return function ? product + ", or declare " + function(name) : product;
  }

  private static String function(String name) {
    return name + ": scalar -> scalar";
  }

  private Typed constructor(Syntax.Call call) {
    List<Syntax> arguments = call.arguments();
    if (!java.util.Objects.requireNonNull(CONSTRUCTORS.get(call.function()))
        .contains(arguments.size())) {
      String wanted =
          CONSTRUCTORS.get(call.function()).stream()
              .map(String::valueOf)
              .collect(Collectors.joining(" or "));
      throw arity(call, call.function(), wanted, arguments.size());
    }
    return switch (call.function()) {
      case "eye" -> {
        Size n = size(arguments.getFirst());
        yield typing.typed(Type.matrix(n, n), () -> Tensors.identity(n));
      }
      case "ones" -> filled(arguments, true);
      case "zeros" -> filled(arguments, false);
      case "unit" -> unit(arguments);
      case "K" -> commutation(size(arguments.get(0)), size(arguments.get(1)));
      case "unvec" -> unvec(call, size(arguments.get(1)), size(arguments.get(2)));
      case "transpose" -> typing.type(new Syntax.Transpose(arguments.getFirst(), call.span()));
      default -> spread(call);
    };
  }

  private Typed filled(List<Syntax> arguments, boolean ones) {
    List<Size> shape = arguments.stream().map(this::size).toList();
    return typing.typed(new Type(shape, false), () -> ones ? Tensors.ones(shape) : Sum.zero(shape));
  }

  private Typed unit(List<Syntax> arguments) {
    Size n = size(arguments.get(1));
    boolean whole =
        arguments.getFirst() instanceof Syntax.Numeral i
            && i.value().isInt()
            && i.value().signum() > 0;
    if (!whole) {
      throw mistakes.at(
          arguments.getFirst(), Code.VALUE, "unit(i,n) takes a number i from 1 on", "");
    }
    int index = ((Syntax.Numeral) arguments.getFirst()).value().intValue();
    if (n.isNumber() && index > n.value(Map.of())) {
      throw mistakes.at(
          arguments.getFirst(), Code.SHAPE, "unit(i,n) takes an i up to n, but n is " + n, "");
    }
    typing.requireReachable(arguments.getFirst(), n, index);
    return typing.typed(Type.vector(n), () -> new Unit(n, index));
  }

  /** K(m,n), with K(m,n)*vec(X) = vec(X') for X of m rows and n columns. */
  private Typed commutation(Size m, Size n) {
    Size size = m.times(n);
    return typing.typed(
        Type.matrix(size, size),
        () -> {
          Product product = new Product();
          int k = product.label(size);
          int l = product.label(size);
          int i = product.label(m);
          int j = product.label(n);
          product.factor(new Fuse(n, m), k, j, i).factor(new Fuse(m, n), l, i, j);
          return product.to(k, l);
        });
  }

  /** The matrix of m rows and n columns whose vec is x. */
  private Typed unvec(Syntax.Call call, Size m, Size n) {
    Syntax argument = call.arguments().getFirst();
    Typed x = typing.type(argument);
    Size size = m.times(n);
    if (!x.type().isVector() || x.type().row() || !sizes.unify(x.type().size(0), size)) {
      throw mistakes.at(
          argument,
          x.type().isVector() ? Code.SHAPE : Code.KIND,
          "unvec(x,m,n) takes a vector of m*n entries, but "
              + mistakes.text(argument)
              + " is "
              + Mistakes.describe(x.type(), sizes),
          "");
    }
    return typing.typed(
        Type.matrix(m, n),
        () -> {
          Product product = new Product();
          int k = product.label(size);
          int i = product.label(m);
          int j = product.label(n);
          return product.factor(new Fuse(m, n), k, i, j).factor(x.built(), k).to(i, j);
        });
  }

  /** {@code vector(c)}, {@code matrix(c)}: a number at every position of the shape that fits. */
  private Typed spread(Syntax.Call call) {
    Typed value = typing.type(call.arguments().getFirst());
    if (!value.type().isScalar()) {
      throw mistakes.at(
          call.arguments().getFirst(),
          Code.KIND,
          call.function()
              + "(c) repeats a number, but "
              + mistakes.text(call.arguments().getFirst())
              + " is "
              + Mistakes.describe(value.type(), sizes),
          "");
    }
    List<Size> shape = typing.unknowns(call, call.function().equals("vector") ? 1 : 2);
    return typing.typed(
        new Type(shape, false), () -> Tensors.broadcast(value.built(), sizes.resolve(shape)));
  }

  /** A size written as an argument: a name, a number, or a polynomial of them. */
  private Size size(Syntax argument) {
    Size size = polynomial(argument);
    if (size == null) {
      throw mistakes.at(argument, Code.KIND, "a size is a name or a whole number from 1", "");
    }
    return size;
  }

  static @Nullable Size polynomial(Syntax argument) {
    return switch (argument) {
      case Syntax.Numeral n when n.value().isInt() && n.value().signum() > 0 ->
          Size.of(n.value().intValue());
      case Syntax.Name n -> Size.of(n.name());
      case Syntax.Binary b -> {
        Size left = polynomial(b.left());
        Size right = polynomial(b.right());
        if (left == null || right == null) yield null;
        yield switch (b.operator()) {
          case ADD -> left.plus(right);
          case SUBTRACT -> left.plus(right.times(Size.of(-1)));
          case MULTIPLY -> left.times(right);
          default -> null;
        };
      }
      default -> null;
    };
  }

  private NablaException arity(Syntax where, String name, String wanted, int given) {
    return mistakes.at(
        where,
        Code.ARITY,
        name
            + " takes "
            + wanted
            + (wanted.equals("1") ? " argument" : " arguments")
            + ", but "
            + given
            + (given == 1 ? " is given" : " are given"),
        name.equals("max") && given == 2 ? "write relu(x) for max(0, x), or max([a; b])" : "");
  }

  /** Applies an operation to operands that are typed already. */
  Typed apply(Syntax where, Operation operation, List<Syntax> parts, List<Typed> operands) {
    List<Signature> signatures = operation.signatures();
    if (signatures.stream().noneMatch(s -> s.parameters().size() == operands.size())) {
      String wanted =
          signatures.stream()
              .map(s -> String.valueOf(s.parameters().size()))
              .distinct()
              .collect(Collectors.joining(" or "));
      throw arity(where, operation.name(), wanted, operands.size());
    }
    for (Signature signature : signatures) {
      if (fits(signature, operands)) return apply(where, operation, signature, parts, operands);
    }
    boolean rows = operands.stream().anyMatch(o -> o.type().row());
    if (operation.name().equals("kron") && rows) return ofRows(where, operation, parts, operands);
    throw wrongKind(where, operation, parts, operands);
  }

  /** kron(x',A) is kron(x,A')'; of a row and a column it is their outer product. */
  private Typed ofRows(Syntax where, Operation kron, List<Syntax> parts, List<Typed> operands) {
    boolean vectors = operands.stream().allMatch(o -> o.type().isVector());
    if (vectors && operands.get(0).type().row() != operands.get(1).type().row()) {
      Typed row = operands.get(operands.get(0).type().row() ? 0 : 1);
      Typed column = operands.get(operands.get(0).type().row() ? 1 : 0);
      return typing.typed(
          Type.matrix(column.type().size(0), row.type().size(0)),
          () -> Binaries.outer(column.built(), row.built()));
    }
    return turned(apply(where, kron, parts, operands.stream().map(this::turned).toList()));
  }

  private Typed turned(Typed operand) {
    Type type = operand.type();
    return switch (type.rank()) {
      case 1 -> new Typed(new Type(type.shape(), !type.row()), operand.tensor());
      case 2 ->
          typing.typed(
              Type.matrix(type.size(1), type.size(0)), () -> Tensors.transpose(operand.built()));
      default -> operand;
    };
  }

  private static boolean fits(Signature signature, List<Typed> operands) {
    if (signature.parameters().size() != operands.size()) return false;
    for (int k = 0; k < operands.size(); k++) {
      Signature.Parameter p = signature.parameters().get(k);
      Type type = operands.get(k).type();
      if (!p.any() && (p.rank() != type.rank() || type.row())) return false;
    }
    return true;
  }

  private NablaException wrongKind(
      Syntax where, Operation operation, List<Syntax> parts, List<Typed> operands) {
    String given =
        java.util.stream.IntStream.range(0, operands.size())
            .mapToObj(
                k ->
                    mistakes.text(parts.get(k))
                        + " is "
                        + Mistakes.describe(operands.get(k).type(), sizes))
            .collect(Collectors.joining(", "));
    boolean row = operands.stream().anyMatch(o -> o.type().row());
    return mistakes.at(
        where,
        Code.KIND,
        operation.name() + " takes " + operands(operation) + ", but " + given,
        row ? "transpose the row to a column" : declaration(operation, parts, operands));
  }

  /** A name that was read as a vector may be a matrix. */
  private static String declaration(Operation operation, List<Syntax> parts, List<Typed> operands) {
    for (Signature signature : operation.signatures()) {
      for (int k = 0; k < operands.size() && k < signature.parameters().size(); k++) {
        Signature.Parameter p = signature.parameters().get(k);
        boolean matrix = !p.any() && p.rank() == 2 && operands.get(k).type().rank() < 2;
        if (!matrix || !(parts.get(k) instanceof Syntax.Name n)) continue;
        boolean square = p.shape().get(0).equals(p.shape().get(1));
        return "declare " + n.name() + ": matrix[" + (square ? "n,n]" : "m,n]");
      }
    }
    return "";
  }

  private static String operands(Operation operation) {
    return operation.signatures().stream()
        .map(s -> s.parameters().stream().map(Calls::describe).collect(Collectors.joining(" and ")))
        .collect(Collectors.joining(", or "));
  }

  private static String describe(Signature.Parameter p) {
    if (p.any()) return "anything";
    if (p.rank() == 0) return "a number";
    if (p.rank() == 1) {
      return p.shape().getFirst().isNumber() ? "a vector of " + p.shape().getFirst() : "a vector";
    }
    return p.shape().get(0).equals(p.shape().get(1)) ? "a square matrix" : "a matrix";
  }

  private Typed apply(
      Syntax where,
      Operation operation,
      Signature signature,
      List<Syntax> parts,
      List<Typed> operands) {
    Map<String, Size> local = new HashMap<>();
    Type any = null;
    for (int k = 0; k < operands.size(); k++) {
      Signature.Parameter p = signature.parameters().get(k);
      Type type = operands.get(k).type();
      if (p.any()) {
        boolean same =
            any == null || (any.row() == type.row() && sizes.unify(any.shape(), type.shape()));
        if (!same) throw wrongSizes(where, operation, parts, operands);
        any = type;
        continue;
      }
      for (int axis = 0; axis < p.rank(); axis++) {
        Size wanted = p.shape().get(axis);
        if (wanted.isNumber() && !sizes.unify(wanted, type.size(axis))) {
          throw wrongSizes(where, operation, parts, operands);
        }
        Size known = local.putIfAbsent(p.shape().get(axis).toString(), type.size(axis));
        if (known != null && !sizes.unify(known, type.size(axis))) {
          throw wrongSizes(where, operation, parts, operands);
        }
      }
    }
    Signature.Parameter result = signature.result();
    Type type =
        result.any()
            ? java.util.Objects.requireNonNull(any)
            : new Type(result.shape().stream().map(s -> s.substitute(local)).toList(), false);
    return typing.typed(type, () -> build(operation, operands));
  }

  private static Tensor build(Operation operation, List<Typed> operands) {
    return operation.of(operands.stream().map(Typed::built).toList());
  }

  private NablaException wrongSizes(
      Syntax where, Operation operation, List<Syntax> parts, List<Typed> operands) {
    if (operands.size() == 1 && operands.getFirst().type().isMatrix()) {
      Type x = operands.getFirst().type();
      return mistakes.at(
          where,
          Code.SHAPE,
          operation.name()
              + " takes a square matrix, but "
              + mistakes.text(parts.getFirst())
              + " has "
              + Mistakes.size(x.size(0), sizes)
              + " rows and "
              + Mistakes.size(x.size(1), sizes)
              + " columns",
          "");
    }
    return mistakes.at(
        where,
        Code.SHAPE,
        "the operands of "
            + operation.name()
            + " have different shapes: "
            + operands.stream()
                .map(o -> Mistakes.describe(o.type(), sizes))
                .collect(Collectors.joining(", ")),
        "");
  }
}
