package nabla.lang;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/**
 * From text to a tensor: parses, gives every name a kind and every axis a size, and builds.
 *
 * <p>A variable that is not declared gets the kind of its letter, as on matrixcalculus.org, unless
 * that makes the expression meaningless; then the fewest lower-case names are read as vectors
 * instead of scalars, or the other way round, that make it meaningful. A transposed name is a
 * vector before it is a scalar.
 */
public final class Elaboration {
  private static final int MOST_ATTEMPTS = 600;

  private final String source;
  private final Program program;
  private final Map<String, Declaration> declarations = new LinkedHashMap<>();
  private final Set<String> sizeNames;
  private final Names names;
  private final Map<String, Integer> ranks;
  private final Mistakes mistakes;

  private Elaboration(
      String source, String declared, List<Declaration> declarations, Map<String, Integer> ranks) {
    this.source = source;
    for (Declaration d : declarations) this.declarations.put(d.name(), d);
    this.program = parse(source, declarations, ranks);
    this.names = Names.of(program);
    this.ranks = ranks;
    this.mistakes = new Mistakes(source);
    this.sizeNames = new TreeSet<>(names.sizes());
    for (Declaration d : declarations) {
      for (Size size : d.sizes()) sizeNames.addAll(size.names());
    }
    rejectDoubleUse(declared);
  }

  /**
   * Reads an expression.
   *
   * @param source the expression, in the language's text form
   * @param declared declarations such as {@code A: matrix[n,n]; x: vector[n]}; may be empty
   * @param ranks the number of axes of variables that come with data
   * @throws NablaException if anything about it is wrong
   */
  public static Problem read(String source, String declared, Map<String, Integer> ranks) {
    return new Elaboration(source, declared, Declarations.parse(declared), ranks).read(null);
  }

  /**
   * Reads a formula over known variables whose shape is known, such as one that was printed:
   * indices that only the shape can tell the size of get theirs.
   */
  public static Tensor readAs(String source, List<Variable> variables, List<Size> shape) {
    List<Declaration> declarations =
        variables.stream()
            .map(
                v ->
                    new Declaration(
                        v.name(), Kind.of(v.rank()), v.shape(), v.properties(), Span.NONE))
            .toList();
    return new Elaboration(source, "", declarations, Map.of()).read(shape).tensor();
  }

  private static Program parse(
      String source, List<Declaration> declarations, Map<String, Integer> ranks) {
    if (!LatexLexer.isLatex(source)) return Parser.parse(source);
    Map<String, Integer> known = new HashMap<>(ranks);
    for (Declaration d : declarations) {
      known.put(d.name(), d.kind() == Kind.TENSOR ? d.sizes().size() : d.kind().rank());
    }
    return LatexParser.parse(source, known);
  }

  private void rejectDoubleUse(String declared) {
    for (Declaration d : declarations.values()) {
      if (sizeNames.contains(d.name())) {
        throw new NablaException(
            new Diagnostic(
                Code.DECLARATION,
                d.name() + " is declared as a variable, but also used as a size",
                d.span(),
                declared,
                "give one of them another name"));
      }
    }
  }

  private Problem read(@Nullable List<Size> shape) {
    rejectUndeclarable();
    List<Syntax.Name> undeclared = new ArrayList<>();
    for (Syntax.Name n : names.values()) {
      if (!declarations.containsKey(n.name()) && !isConstant(n.name())) undeclared.add(n);
    }
    NablaException first = null;
    int attempts = 0;
    for (Map<String, Integer> kinds : new KindChoices(undeclared, names, ranks)) {
      if (++attempts > MOST_ATTEMPTS) break;
      Typing typing = typing(kinds);
      NablaException doubt;
      try {
        Type type = typing.check(program);
        if (shape != null) typing.sizes.unify(type.shape(), shape);
        doubt = typing.readings.doubt();
        if (doubt == null) return build(typing);
      } catch (NablaException e) {
        if (first == null) first = e;
        if (undeclared.isEmpty()) break;
        continue;
      }
      throw doubt;
    }
    throw java.util.Objects.requireNonNull(first);
  }

  private boolean isConstant(String name) {
    if (sizeNames.contains(name)) return true;
    boolean constant = name.equals("pi") || name.equals("e") || name.equals("eye");
    return constant && !ranks.containsKey(name);
  }

  private void rejectUndeclarable() {
    for (Syntax.Name n : names.values()) {
      boolean function = Calls.isFunction(n.name());
      if (function && !n.name().equals("eye")) {
        throw mistakes.at(
            n,
            Code.NAME,
            n.name() + " is a function and needs an argument",
            "write " + n.name() + "(…)");
      }
    }
  }

  private final Map<String, Type> types = new HashMap<>();

  private Typing typing(Map<String, Integer> kinds) {
    Sizes sizes = new Sizes();
    types.clear();
    for (Declaration d : declarations.values()) types.put(d.name(), declaredType(d, sizes));
    kinds.forEach((name, rank) -> types.put(name, unknownType(rank, sizes)));
    Set<String> guessed = new HashSet<>(kinds.keySet());
    guessed.removeIf(name -> ranks.containsKey(name) || names.indexed().containsKey(name));
    return new Typing(Map.copyOf(types), guessed, sizes, mistakes);
  }

  private static Type declaredType(Declaration d, Sizes sizes) {
    if (!d.sizes().isEmpty() || d.kind() == Kind.SCALAR) return new Type(d.sizes(), false);
    return switch (d.kind()) {
      case VECTOR -> unknownType(1, sizes);
      case MATRIX -> {
        Type type = unknownType(2, sizes);
        yield Shapes.isSquare(d.properties()) ? Type.matrix(type.size(0), type.size(0)) : type;
      }
      default -> throw new IllegalStateException("a tensor without sizes");
    };
  }

  private static Type unknownType(int rank, Sizes sizes) {
    List<Size> shape = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) shape.add(sizes.unknown());
    return new Type(List.copyOf(shape), false);
  }

  private Problem build(Typing typing) {
    List<String> order = new ArrayList<>();
    for (Syntax.Name n : names.values()) if (types.containsKey(n.name())) order.add(n.name());
    for (String name : declarations.keySet()) if (!order.contains(name)) order.add(name);
    Set<String> taken = new TreeSet<>(sizeNames);
    taken.addAll(order);
    SizeNames.assign(order.stream().map(types::get).toList(), typing.sizes, taken);
    Map<String, Variable> variables = new LinkedHashMap<>();
    List<Problem.Symbol> symbols = new ArrayList<>();
    for (String name : order) {
      Declaration d = declarations.get(name);
      List<Size> shape =
          typing.sizes.resolve(java.util.Objects.requireNonNull(types.get(name)).shape());
      Variable v = new Variable(name, shape, d == null ? Set.of() : d.properties());
      variables.put(name, v);
      symbols.add(new Problem.Symbol(v, d != null));
    }
    Typing.Typed result = typing.build(program, variables);
    return new Problem(
        source,
        typing.readings.in(program),
        result.built(),
        result.type().row(),
        symbols,
        Map.copyOf(typing.readings.in(typing.parts())));
  }
}
