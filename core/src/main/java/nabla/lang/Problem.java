package nabla.lang;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nabla.operation.FunctionSymbol;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;

/**
 * An expression that has been read and understood.
 *
 * @param source what the user wrote
 * @param program its syntax
 * @param tensor its value as a tensor over {@code variables}
 * @param row whether it is a vector that was written as a row
 * @param variables every variable of the expression, in the order in which they are met, and then
 *     those that are only declared
 * @param functions those that are only declared
 * @param parts the parts of the expression as they were written, in the order of reading
 */
public record Problem(
    String source,
    Program program,
    Tensor tensor,
    boolean row,
    List<Symbol> variables,
    List<FunctionSymbol> functions,
    Map<Tensor, Syntax> parts) {

  private static final Set<String> CONSTANTS = Set.of("e", "pi", "eye");

  /**
   * A variable and how it came to its kind.
   *
   * @param declared whether the user declared it; otherwise its kind was inferred
   */
  public record Symbol(Variable variable, boolean declared) {
    public String name() {
      return variable.name();
    }

    /** {@code scalar}, {@code vector}, {@code matrix} or {@code tensor}. */
    public String kind() {
      return Kind.of(variable.rank()).label();
    }
  }

  /** What was declared, but stands nowhere. */
  public List<String> unused() {
    Set<String> met =
        Names.of(program).values().stream().map(Syntax.Name::name).collect(Collectors.toSet());
    return variables.stream()
        .filter(s -> s.declared() && !met.contains(s.name()))
        .map(Symbol::name)
        .toList();
  }

  /**
   * What must have values where it is defined as it was written: itself, and parts that are no more
   * to be seen in it, as the root in {@code sqrt(x)^2}.
   */
  public List<Tensor> written() {
    List<Tensor> written = new ArrayList<>(List.of(tensor));
    Set<Tensor> seen = new HashSet<>(Tensors.topological(tensor));
    for (Tensor part : List.copyOf(parts.keySet()).reversed()) {
      if (seen.contains(part)) continue;
      written.add(part);
      seen.addAll(Tensors.topological(part));
    }
    return written;
  }

  /** What formulas about it are read over. */
  public Context context() {
    return context(variables.stream().map(Symbol::variable).toList());
  }

  /** The same with other variables of the same names. */
  public Context context(List<Variable> others) {
    return Context.of(this, others);
  }

  /** The names that stand for numbers that everybody knows. */
  public Set<String> constants() {
    return Names.of(program).values().stream()
        .map(Syntax.Name::name)
        .filter(name -> CONSTANTS.contains(name) && variable(name).isEmpty())
        .collect(Collectors.toSet());
  }

  /** Why a name is no variable, as a sentence. */
  public String absence(String name) {
    if (name.isBlank()) return "the name of a variable is missing";
    if (program.all().stream().anyMatch(d -> d.name().equals(name))) {
      return name + " is defined by the expression and no variable of it";
    }
    boolean size =
        Names.of(program).sizes().contains(name)
            || variables.stream()
                .flatMap(s -> s.variable().shape().stream())
                .anyMatch(s -> s.names().contains(name));
    if (size) return name + " is a size in the expression and no variable";
    if (functions.stream().anyMatch(f -> f.name().equals(name))) {
      return name + " is a function and no variable";
    }
    if (name.equals("e") || name.equals("pi")) return name + " is a number unless it is declared";
    return name + " is not a variable of the expression";
  }

  public Optional<Variable> variable(String name) {
    return variables.stream().map(Symbol::variable).filter(v -> v.name().equals(name)).findFirst();
  }
}
