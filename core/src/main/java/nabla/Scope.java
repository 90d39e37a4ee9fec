package nabla;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import nabla.Derivation.Part;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.lang.Context;
import nabla.lang.Elaboration;
import nabla.lang.Problem;
import nabla.lang.Program;
import nabla.notation.TextPrinter;
import nabla.operation.FunctionSymbol;
import nabla.tensor.Size;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;

/** The names that the lines of a derivation have in common: variables, and what is defined. */
final class Scope {
  private final String declarations;
  private final Map<String, Variable> variables = new LinkedHashMap<>();
  private final Set<FunctionSymbol> functions = new LinkedHashSet<>();
  private final Set<String> sizes = new TreeSet<>();
  private final Map<String, Problem> definitions = new LinkedHashMap<>();
  private final Map<String, String> arguments = new LinkedHashMap<>();
  private List<String> lastChanged = List.of();
  private String lastFunction = "";

  Scope(String declarations) {
    this.declarations = declarations;
  }

  /** The names that are defined. */
  Set<String> defined() {
    return definitions.keySet();
  }

  /** The names of the variables that were met. */
  Set<String> known() {
    return variables.keySet();
  }

  /** The variables that the last derivative or differential was by. */
  List<String> lastChanged() {
    return lastChanged;
  }

  /** A text with {@code f} for {@code f(x)}, where that is how it was defined. */
  String withoutArguments(String text) {
    String plain = text;
    for (Map.Entry<String, String> e : arguments.entrySet()) {
      if (e.getValue().isEmpty()) continue;
      String call = "(?<![\\p{L}\\d_])(d?%s)\\(\\s*%s\\s*\\)".formatted(e.getKey(), e.getValue());
      plain = plain.replaceAll(call, "$1");
    }
    return plain;
  }

  /** What the last function was said to be a function of; empty if it was not. */
  String argument() {
    return arguments.getOrDefault(lastFunction, "");
  }

  void changed(List<String> names) {
    lastChanged = names;
  }

  /** The changes of variables that are needed for those of defined names, and of {@code d(…)}. */
  Changes meetChanges(List<Part> parts) {
    Set<String> met = new LinkedHashSet<>();
    boolean carriedOut = false;
    for (Part part : parts) {
      met.addAll(LeftSide.names(part.text()));
      carriedOut |= part.text().matches("(?s)(.*[^\\p{L}\\d_])?d\\(.*");
    }
    List<String> declared = LeftSide.names(declarations);
    Set<Variable> moving = new LinkedHashSet<>();
    if (carriedOut && !declared.contains("d")) moving.addAll(variables.values());
    for (String name : met) {
      if (!isChange(name)) continue;
      String of = name.substring(1);
      Problem definition = definitions.get(of);
      if (definition != null) {
        moving.addAll(Tensors.variables(value(parts.getFirst(), of).problem().tensor()));
      }
    }
    if (moving.isEmpty()) return Changes.NONE;
    List<Variable> before =
        moving.stream().filter(v -> variables.containsKey("d" + v.name())).toList();
    Changes changes = Changes.in(parts, before.isEmpty() ? List.copyOf(moving) : before);
    for (Variable change : changes.variables()) variables.putIfAbsent(change.name(), change);
    return changes;
  }

  /**
   * Takes {@code dx} for the change of an {@code x} that was met, or is declared, unless it is
   * something else already.
   */
  void meetNamedChanges(List<Part> parts) {
    for (Part part : parts) {
      for (String name : LeftSide.names(part.text())) {
        if (!isChange(name)) continue;
        meetDeclared(part, name.substring(1));
        Variable variable = variables.get(name.substring(1));
        if (variable != null) variables.putIfAbsent(name, Changes.change(variable));
      }
    }
  }

  /** Whether a name says that it is the change of something, and nothing else is said of it. */
  private boolean isChange(String name) {
    boolean other = LeftSide.names(declarations).contains(name) || definitions.containsKey(name);
    return name.matches("d.+") && !other;
  }

  private void meetDeclared(Part part, String name) {
    if (variables.containsKey(name) || definitions.containsKey(name)) return;
    if (!LeftSide.names(declarations).contains(name)) return;
    try {
      Elaboration.read("0", declarations, context(List.copyOf(variables.values())))
          .variable(name)
          .ifPresent(declared -> variables.put(name, declared));
    } catch (NablaException e) {
      throw part.in(e, "0");
    }
  }

  /** The changes of known variables among some, each with the variable that changes. */
  Map<Variable, Variable> changesAmong(Collection<Variable> some) {
    Map<Variable, Variable> changes = new LinkedHashMap<>();
    for (Variable change : some) {
      if (!isChange(change.name())) continue;
      Variable variable = variables.get(change.name().substring(1));
      if (variable != null && Changes.change(variable).equals(change))
        changes.put(change, variable);
    }
    return changes;
  }

  /**
   * @param of what the name is a function of; empty if it is not said
   */
  void define(String name, String of, Problem value) {
    definitions.put(name, value);
    arguments.put(name, of);
    lastFunction = name;
  }

  /** The definitions that a text needs, each followed by a semicolon. */
  String prefix(String text, String but) {
    Set<String> needed = new LinkedHashSet<>(LeftSide.names(text));
    StringBuilder prefix = new StringBuilder();
    for (String name : List.copyOf(definitions.keySet()).reversed()) {
      if (!needed.contains(name) || name.equals(but)) continue;
      String value = value(name);
      needed.addAll(LeftSide.names(value));
      prefix.insert(0, name + " = " + value + "; ");
    }
    return prefix.toString();
  }

  private String value(String name) {
    Problem problem = definitions.get(name);
    if (problem == null) throw new IllegalStateException(name + " is not defined");
    return TextPrinter.print(new Program(List.of(), problem.program().result()));
  }

  /** An expression over the variables, which may bring new ones. */
  Expression read(Part part, String text, Changes changes) {
    return read(part, text, changes, "");
  }

  private Expression read(Part part, String text, Changes changes, String but) {
    String whole = prefix(text, but) + text;
    try {
      List<Variable> known = changes.with(List.copyOf(variables.values()));
      Problem intermediate = definitions.get(but);
      if (intermediate != null) {
        known.add(new Variable(but, intermediate.tensor().shape(), Set.of()));
      }
      Problem problem = Elaboration.read(whole, declarations, context(known));
      if (Elaboration.isLatex(text)) rejectDifferential(part, problem);
      if (intermediate == null) learn(problem);
      return new Expression(problem);
    } catch (NablaException e) {
      throw part.in(e, whole);
    }
  }

  /** In LaTeX a d before a letter would be a factor. */
  private void rejectDifferential(Part part, Problem problem) {
    boolean factor =
        problem.variables().stream().anyMatch(s -> s.name().equals("d") && !s.declared());
    if (!factor || variables.containsKey("d")) return;
    throw part.error(
        Code.UNSUPPORTED, "differentials are not read in LaTeX", "write the line as x'*dx = 0");
  }

  private Context context(List<Variable> known) {
    return new Context(known, List.copyOf(functions), sizes);
  }

  private void learn(Problem problem) {
    Set<String> unused = new LinkedHashSet<>(problem.unused());
    for (Problem.Symbol s : problem.variables()) {
      if (!unused.contains(s.name())) variables.putIfAbsent(s.name(), s.variable());
    }
    functions.addAll(problem.functions());
    sizes.addAll(problem.context().sizes());
  }

  /**
   * A formula over the variables that are known, of a shape if it can have that.
   *
   * @throws NablaException if it is none, or has another variable
   */
  Tensor readAs(Part part, String text, List<Size> shape, Changes changes) {
    if (Claim.isZero(text)) return Sum.zero(shape);
    String whole = prefix(text, "") + text;
    List<Variable> known = changes.with(List.copyOf(variables.values()));
    Tensor read;
    try {
      read = Elaboration.readAs(whole, context(known), shape);
    } catch (NablaException e) {
      throw part.in(e, whole);
    }
    for (Variable v : Tensors.variables(read)) {
      if (!known.contains(v)) {
        throw part.error(Code.NAME, v.name() + " stands here, but nowhere above", "");
      }
    }
    return read;
  }

  /** The variables that an expression depends on. */
  List<String> names(Expression expression) {
    return Tensors.variables(expression.problem().tensor()).stream().map(Variable::name).toList();
  }

  /** Whether a part has only variables of a function, which may be an intermediate, too. */
  boolean isOver(Part part, Expression function) {
    List<String> own = names(function);
    return LeftSide.names(part.text()).stream()
        .allMatch(
            n -> own.contains(n) || !(variables.containsKey(n) || definitions.containsKey(n)));
  }

  /** With an intermediate replaced by what it is. */
  Tensor writtenOut(Tensor tensor, String name) {
    Problem intermediate = definitions.get(name);
    if (intermediate == null) return tensor;
    return Tensors.rewrite(
        tensor,
        node -> node instanceof Variable v && v.name().equals(name) ? intermediate.tensor() : node);
  }

  /** What was defined, as an expression. */
  Expression value(Part part, String name) {
    return read(part, value(name), Changes.NONE, "");
  }

  /**
   * What is differentiated: a name that was defined, or an expression.
   *
   * @param written if it is empty, the last one is meant
   * @param by an intermediate that is a variable here, or any other name
   */
  Expression function(Part part, String written, String by) {
    String text = written.isEmpty() ? lastFunction : written;
    if (text.isEmpty()) throw part.error(Code.NAME, "of which function?", "write grad f");
    lastFunction = text;
    boolean name = text.matches("[\\p{L}]\\w*");
    if (name && !definitions.containsKey(text) && !variables.containsKey(text)) {
      throw part.error(Code.NAME, text + " is not defined", "write a line " + text + " = … above");
    }
    String function = name && definitions.containsKey(text) ? value(text) : text;
    return read(part, function, Changes.NONE, by);
  }
}
