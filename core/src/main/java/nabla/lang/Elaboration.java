package nabla.lang;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import nabla.operation.FunctionSymbol;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/**
 * From text to a tensor: parses, gives every name a kind and every axis a size, and builds.
 *
 * <p>A variable that is not declared gets the kind of its letter, as on matrixcalculus.org, unless
 * that makes the expression meaningless; then the fewest lower-case names are read as vectors
 * instead of scalars, or the other way round, that make it meaningful. If there are two ways to do
 * that, as in {@code x*y}, nothing is guessed. A name that is transposed, or multiplied by a matrix
 * from the left, is a vector for sure.
 */
public final class Elaboration {
  /** Attempts times names: long expressions with many names get fewer attempts. */
  private static final int MOST_READINGS = 20_000;

  private final String source;
  private final Program program;
  private final Map<String, Declaration> declarations = new LinkedHashMap<>();
  private final Map<String, FunctionSymbol> functions = new LinkedHashMap<>();
  private final Set<String> sizeNames;
  private final Names names;
  private final Map<String, Integer> ranks;
  private final Mistakes mistakes;

  private Elaboration(
      String source,
      Program program,
      String declared,
      Declarations.Declared known,
      Set<String> sizes,
      Map<String, Integer> ranks) {
    this.source = source;
    this.program = program;
    for (Declaration d : known.variables()) declarations.put(d.name(), d);
    for (FunctionSymbol f : known.functions()) functions.put(f.name(), f);
    this.names = Names.of(program);
    this.ranks = ranks;
    this.mistakes = new Mistakes(source);
    this.sizeNames = new TreeSet<>(names.sizes());
    sizeNames.addAll(sizes);
    for (Declaration d : known.variables()) {
      for (Size size : d.sizes()) sizeNames.addAll(size.names());
    }
    for (FunctionSymbol f : known.functions()) {
      for (Size size : f.shape(1)) sizeNames.addAll(size.names());
    }
    rejectDoubleUse(declared);
    rejectDefinedElsewhere(declared);
  }

  /** Whether a text is taken for LaTeX. */
  public static boolean isLatex(String source) {
    return LatexLexer.isLatex(source);
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
    Declarations.Declared declarations = Declarations.parse(declared);
    Program program =
        LatexLexer.isLatex(source)
            ? LatexParser.parse(source, known(declarations, ranks), functions(declarations))
            : Parser.parse(source);
    return new Elaboration(source, program, declared, declarations, Set.of(), ranks).read(null);
  }

  /**
   * Reads an expression over what is known already, and over what is declared or inferred besides.
   *
   * @param declared of names that are known, it counts no more
   */
  public static Problem read(String source, String declared, Context known) {
    Declarations.Declared all = Declarations.parse(declared);
    Declarations.Declared before = declared(known);
    Set<String> names =
        before.variables().stream().map(Declaration::name).collect(Collectors.toSet());
    List<Declaration> variables = new ArrayList<>(before.variables());
    all.variables().stream().filter(d -> !names.contains(d.name())).forEach(variables::add);
    Declarations.Declared merged = new Declarations.Declared(variables, all.functions());
    Program program =
        LatexLexer.isLatex(source)
            ? LatexParser.parse(source, known(merged, Map.of()), functions(merged))
            : Parser.parse(source);
    return new Elaboration(source, program, declared, merged, known.sizes(), Map.of()).read(null);
  }

  /**
   * Reads a formula over known variables whose shape is known, such as one that was printed:
   * indices that only the shape can tell the size of get theirs.
   */
  public static Tensor readAs(String source, List<Variable> variables, List<Size> shape) {
    return readAs(source, Context.of(variables), shape);
  }

  /** The same in a context. */
  public static Tensor readAs(String source, Context context, List<Size> shape) {
    Declarations.Declared declarations = declared(context);
    Program program =
        LatexLexer.isLatex(source)
            ? LatexParser.parse(source, known(declarations, Map.of()), functions(declarations))
            : Parser.parsePrinted(source);
    Program whole = context.completed(program);
    return new Elaboration(source, whole, "", declarations, context.sizes(), Map.of())
        .read(shape)
        .tensor();
  }

  /**
   * Reads an expression over known variables.
   *
   * @throws NablaException if it is none, or has another variable
   */
  public static Problem over(String source, Context context) {
    return over(source, context, Map.of());
  }

  /**
   * Reads an expression over known variables and others that are inferred.
   *
   * @param ranks the number of axes of the others
   */
  public static Problem over(String source, Context context, Map<String, Integer> ranks) {
    Program program = context.completed(Parser.parse(source));
    return new Elaboration(source, program, "", declared(context), context.sizes(), ranks)
        .read(null);
  }

  /**
   * Reads an expression over known variables whose shape is known: indices that only the shape can
   * tell the size of get theirs.
   */
  public static Problem over(String source, Context context, List<Size> shape) {
    Program program = Parser.parse(source);
    return new Elaboration(source, program, "", declared(context), context.sizes(), Map.of())
        .read(shape);
  }

  private static Declarations.Declared declared(Context context) {
    List<Declaration> declarations =
        context.variables().stream()
            .map(
                v ->
                    new Declaration(
                        v.name(), Kind.of(v.rank()), v.shape(), v.properties(), Span.NONE))
            .toList();
    return new Declarations.Declared(declarations, context.functions());
  }

  private static Set<String> functions(Declarations.Declared declared) {
    return declared.functions().stream().map(FunctionSymbol::name).collect(Collectors.toSet());
  }

  /** The number of axes of the names that are declared or come with data. */
  private static Map<String, Integer> known(
      Declarations.Declared declared, Map<String, Integer> ranks) {
    Map<String, Integer> known = new HashMap<>(ranks);
    for (Declaration d : declared.variables()) {
      known.put(d.name(), d.kind() == Kind.TENSOR ? d.sizes().size() : d.kind().rank());
    }
    return known;
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

  /** A name that is defined can be nothing else, before its definition or in the declarations. */
  private void rejectDefinedElsewhere(String declared) {
    for (Program.Definition definition : program.definitions()) {
      String name = definition.name();
      if (functions.containsKey(name)) {
        throw new NablaException(
            Code.DECLARATION, name + " is declared as a function, but defined in the expression");
      }
      Declaration d = declarations.get(name);
      if (d != null) {
        throw new NablaException(
            new Diagnostic(
                Code.DECLARATION,
                name + " is declared as a variable, but defined in the expression",
                d.span(),
                declared,
                "delete one of the two"));
      }
      for (Syntax.Name used : names.values()) {
        if (!used.name().equals(name)) continue;
        throw mistakes.at(
            used,
            Code.DECLARATION,
            name + " is used before it is defined",
            "move its definition to the front");
      }
    }
  }

  private Problem read(@Nullable List<Size> shape) {
    rejectUndeclarable();
    List<Syntax.Name> undeclared = new ArrayList<>();
    for (Syntax.Name n : names.values()) {
      if (!declarations.containsKey(n.name()) && !isConstant(n.name())) undeclared.add(n);
    }
    Typing typing = typing(kinds(new KindChoices(undeclared, names, ranks)));
    Type type = typing.check(program);
    if (shape != null) typing.sizes.unify(type.shape(), shape);
    NablaException doubt = typing.readings.doubt();
    if (doubt != null) throw doubt;
    return build(typing);
  }

  /** The only kinds that make the expression meaningful with so few names read otherwise. */
  private Map<String, Integer> kinds(KindChoices choices) {
    NablaException first = null;
    Map<String, Integer> letters = null;
    Map<String, Integer> found = null;
    boolean tied = false;
    int changes = 0;
    int attempts = 0;
    for (Map<String, Integer> kinds : choices) {
      if (found != null && choices.changes() > changes) break;
      if (++attempts * names.values().size() > MOST_READINGS) break;
      if (letters == null) letters = kinds;
      NablaException e = mistake(kinds);
      if (first == null) first = e;
      if (first == null) return kinds;
      if (e != null) continue;
      int better = found == null ? -1 : lowered(letters, kinds) - lowered(letters, found);
      if (better < 0) found = kinds;
      tied = better == 0 || (tied && better > 0);
      changes = choices.changes();
    }
    if (found == null) throw Objects.requireNonNull(first);
    if (tied) throw ambiguous(Objects.requireNonNull(first), letters, found);
    return found;
  }

  /** How many vectors are read as numbers, which is less likely than the other way round. */
  private static int lowered(Map<String, Integer> letters, Map<String, Integer> kinds) {
    int lowered = 0;
    for (Map.Entry<String, Integer> e : kinds.entrySet()) {
      if (e.getValue() < letters.getOrDefault(e.getKey(), 0)) lowered++;
    }
    return lowered;
  }

  private @Nullable NablaException mistake(Map<String, Integer> kinds) {
    try {
      typing(kinds).check(program);
      return null;
    } catch (NablaException e) {
      return e;
    }
  }

  /** What is wrong if every name is what its letter says, and the declaration that would help. */
  private static NablaException ambiguous(
      NablaException first, Map<String, Integer> letters, Map<String, Integer> found) {
    Diagnostic d = first.diagnostic();
    StringBuilder hint = new StringBuilder(d.hint());
    found.forEach(
        (name, rank) -> {
          if (rank.equals(letters.get(name))) return;
          hint.append(hint.isEmpty() ? "" : "; or ");
          hint.append("declare ").append(name).append(": ").append(Kind.of(rank).label());
        });
    return new NablaException(
        new Diagnostic(d.code(), d.message(), d.span(), d.source(), hint.toString()));
  }

  private boolean isConstant(String name) {
    if (sizeNames.contains(name)) return true;
    boolean constant = name.equals("pi") || name.equals("e") || name.equals("eye");
    return constant && !ranks.containsKey(name);
  }

  private void rejectUndeclarable() {
    for (Syntax.Name n : names.values()) {
      boolean catalogued = Calls.isFunction(n.name()) && !n.name().equals("eye");
      if (catalogued || functions.containsKey(n.name())) {
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
    return new Typing(Map.copyOf(types), guessed, functions, sizes, mistakes);
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
      List<Size> shape = typing.sizes.resolve(Objects.requireNonNull(types.get(name)).shape());
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
        List.copyOf(typing.called),
        Collections.unmodifiableMap(typing.readings.in(typing.parts())));
  }
}
