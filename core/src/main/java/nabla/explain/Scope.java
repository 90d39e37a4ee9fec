package nabla.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.lang.BinaryOperator;
import nabla.lang.Context;
import nabla.lang.Elaboration;
import nabla.lang.IndexNotation;
import nabla.lang.Problem;
import nabla.lang.Program;
import nabla.lang.Syntax;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;

/** What the formulas of a derivation are read over, and what parts of them mean. */
final class Scope {
  private static final int LARGEST = 4_000;

  /** What a part of a formula is. */
  record Part(Tensor tensor, boolean row) {
    List<Size> shape() {
      return tensor.shape();
    }
  }

  /** Every entry of it counts, whatever is declared. */
  final Variable x;

  final Context context;

  /** The function with its intermediates in their places. */
  final Syntax function;

  /** Whether its parts mean by themselves what they mean in it. */
  final boolean plain;

  private final Set<String> taken = new HashSet<>();
  private final Map<String, Optional<Part>> parts = new HashMap<>();

  /**
   * @param by the variable, with nothing declared of it
   */
  Scope(Problem problem, Variable by) {
    this.x = by;
    List<Variable> variables = new ArrayList<>();
    for (Problem.Symbol s : problem.variables()) {
      variables.add(s.name().equals(by.name()) ? by : s.variable());
      taken.add(s.name());
    }
    this.context = problem.context(variables);
    taken.addAll(context.sizes());
    problem.functions().forEach(f -> taken.add(f.name()));
    problem.program().definitions().forEach(d -> taken.add(d.name()));
    taken.addAll(problem.constants());
    this.plain =
        problem.program().all().stream()
            .allMatch(d -> !IndexNotation.isIn(d) || isWithoutBrackets(d));
    this.function = inlined(problem.program());
    if (size(function, new IdentityHashMap<>()) <= LARGEST) return;
    throw new NablaException(
        Code.LIMIT,
        "written out, the function has more than "
            + LARGEST
            + " parts; explain one of its intermediates");
  }

  /**
   * In index notation, a sum in brackets or below a power or a line would be summed over its
   * indices if it stood alone.
   */
  private static boolean isWithoutBrackets(Program.Definition d) {
    return d.indices().isEmpty() && isSumOfProducts(d.value());
  }

  private static boolean isSumOfProducts(Syntax s) {
    return switch (s) {
      case Syntax.Negate n -> isSumOfProducts(n.operand());
      case Syntax.Binary b
          when b.operator() == BinaryOperator.ADD || b.operator() == BinaryOperator.SUBTRACT ->
          isSumOfProducts(b.left()) && isSumOfProducts(b.right());
      default -> isProduct(s);
    };
  }

  private static boolean isProduct(Syntax s) {
    return switch (s) {
      case Syntax.Index _ -> true;
      case Syntax.Binary b when b.operator() == BinaryOperator.MULTIPLY ->
          isProduct(b.left()) && isProduct(b.right());
      default -> !IndexNotation.mentionsIndex(s);
    };
  }

  /** The number of parts, those that are shared counted where they stand. */
  private static double size(Syntax s, IdentityHashMap<Syntax, Double> known) {
    Double size = known.get(s);
    if (size != null) return size;
    double sum = 1;
    for (Syntax part : s.parts()) sum += size(part, known);
    known.put(s, sum);
    return sum;
  }

  private static Syntax inlined(Program program) {
    Map<String, Syntax> values = new HashMap<>();
    Syntax result = program.result().value();
    for (Program.Definition d : program.all()) {
      result = substituted(d.value(), values);
      values.put(d.name(), result);
    }
    return result;
  }

  /** The same formula with others in the place of some names. */
  static Syntax substituted(Syntax s, Map<String, Syntax> values) {
    if (s instanceof Syntax.Name n) return values.getOrDefault(n.name(), s);
    return s.map(part -> substituted(part, values));
  }

  /** A name that nothing has, and that nothing else gets. */
  String fresh(String proposed) {
    String name = free(proposed);
    taken.add(name);
    return name;
  }

  /** A name that nothing has, as near to a proposed one as possible. */
  String free(String proposed) {
    String name = proposed;
    for (int k = 1; taken.contains(name); k++) name = proposed + "_" + k;
    return name;
  }

  /** The first of some names that nothing has. */
  String free(List<String> proposed) {
    return proposed.stream()
        .filter(name -> !taken.contains(name))
        .findFirst()
        .orElseGet(() -> free("u"));
  }

  boolean dependsOnVariable(Syntax s) {
    return mentions(s, x.name());
  }

  static boolean mentions(Syntax s, String name) {
    return s.anyMatch(part -> part instanceof Syntax.Name n && n.name().equals(name));
  }

  /** What a part of the function is by itself; empty if it means something only in its place. */
  Optional<Part> part(Syntax s) {
    return parts.computeIfAbsent(Make.text(s), text -> read(text, List.of()));
  }

  /** The same with further variables. */
  Optional<Part> read(String text, List<Variable> further) {
    try {
      Problem problem = Elaboration.over(text, with(further));
      return Optional.of(new Part(problem.tensor(), problem.row()));
    } catch (NablaException meaningless) {
      return Optional.empty();
    }
  }

  /** A printed formula of a known shape. */
  Optional<Tensor> readAs(String text, List<Variable> further, List<Size> shape) {
    try {
      Tensor tensor = Elaboration.readAs(text, with(further), shape);
      return tensor.shape().equals(shape) ? Optional.of(tensor) : Optional.empty();
    } catch (NablaException meaningless) {
      return Optional.empty();
    }
  }

  private Context with(List<Variable> further) {
    List<Variable> all = new ArrayList<>(context.variables());
    all.addAll(further);
    return new Context(all, context.functions(), context.sizes());
  }
}
