package nabla.optimize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import nabla.Expression;
import nabla.Nabla;
import nabla.Tree;
import nabla.Tree.Name;
import nabla.Tree.Numeral;
import nabla.Tree.Operation;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;

/**
 * A function without kinks that has the same minimum (Boyd and Vandenberghe, Convex Optimization,
 * section 4.1.3): what has a kink, such as {@code norm1(x)}, and makes the function larger when it
 * grows becomes a variable that is at least as large, {@code sum(t)} with {@code -t <= x <= t}.
 *
 * @param function with variables for what had kinks
 * @param constraints those that there were, and on these variables
 * @param added their names
 */
record Epigraph(Expression function, List<Constraint> constraints, List<String> added) {
  private static final Set<String> KINKED = Set.of("norm1", "abs", "relu", "norminf", "max");
  private static final Set<String> SUMS = Set.of("sum", "mean");

  /** The same function and constraints where there is no kink that can be replaced. */
  static Epigraph of(
      Expression function, List<Constraint> constraints, Map<String, NumericArray> data) {
    Rewriting rewriting = new Rewriting(data);
    rewriting.declarations.add(function);
    constraints.forEach(c -> rewriting.declarations.add(c.residual()));
    String smooth = rewriting.smooth(function);
    List<Constraint> all = new ArrayList<>();
    for (Constraint c : constraints) {
      int before = rewriting.added.size();
      String residual = c.isEquality() ? "" : rewriting.smooth(c.residual());
      boolean changed = rewriting.added.size() > before;
      all.add(changed ? c.with(Expression.parse(residual, rewriting.declarations.text())) : c);
    }
    if (rewriting.added.isEmpty()) return new Epigraph(function, constraints, List.of());
    String declarations = rewriting.declarations.text();
    for (String c : rewriting.constraints) all.addAll(Constraint.parse(c, declarations));
    return new Epigraph(Expression.parse(smooth, declarations), all, rewriting.added);
  }

  private static final class Rewriting {
    private final Map<String, NumericArray> data;
    private final Declarations declarations = new Declarations();
    private final List<String> constraints = new ArrayList<>();
    private final List<String> added = new ArrayList<>();

    Rewriting(Map<String, NumericArray> data) {
      this.data = data;
    }

    String smooth(Expression expression) {
      try {
        return growing(expression.tree());
      } catch (NablaException unreadable) {
        return expression.text(); // in index notation: it is walked with its kinks
      }
    }

    /** The text of a part that makes the function larger, or leaves it, when it grows. */
    private String growing(Tree tree) {
      if (!(tree instanceof Operation(String name, List<Tree> parts))) return text(tree);
      Tree first = parts.isEmpty() ? tree : parts.getFirst();
      Tree last = parts.isEmpty() ? tree : parts.getLast();
      if (KINKED.contains(name)) return kink(tree, name, parts);
      if (SUMS.contains(name)) return name + "(" + growing(first) + ")";
      return switch (name) {
        case "+" -> "(" + growing(first) + " + " + growing(last) + ")";
        case "-" ->
            parts.size() == 2 ? "(" + growing(first) + " - " + text(last) + ")" : text(tree);
        case "*", ".*" -> {
          if (isPositive(first)) yield "(" + text(first) + name + growing(last) + ")";
          yield isPositive(last) ? "(" + growing(first) + name + text(last) + ")" : text(tree);
        }
        case "/", "./" ->
            isPositive(last) ? "(" + growing(first) + name + text(last) + ")" : text(tree);
        case "^" -> isSquareOfNorm(first, last) ? growing(first) + "^2" : text(tree);
        default -> text(tree);
      };
    }

    /** A norm that is squared has a kink elsewhere than at zero; {@code abs} and such have none. */
    private static boolean isSquareOfNorm(Tree base, Tree exponent) {
      return exponent instanceof Numeral(double two)
          && two == 2
          && base instanceof Operation(String name, List<Tree> _)
          && (name.equals("norm1") || name.equals("norminf"));
    }

    private String kink(Tree whole, String name, List<Tree> parts) {
      boolean growing = name.equals("relu") || name.equals("max");
      String inner = growing ? growing(parts.getFirst()) : text(parts.getFirst());
      boolean single = name.equals("norminf") || (name.equals("max") && parts.size() == 1);
      Expression value = Expression.parse(inner, declarations.text());
      if (name.startsWith("norm") && value.shape().size() > 1) return text(whole);
      if (value.kind().equals("row")) {
        String column = kink(name, "(" + inner + ")'", parts, single, value.transpose());
        return single || name.equals("norm1") ? column : "(" + column + ")'";
      }
      return kink(name, inner, parts, single, value);
    }

    private String kink(
        String name, String inner, List<Tree> parts, boolean single, Expression value) {
      String t = variable(value, single);
      switch (name) {
        case "relu" -> constraints.addAll(List.of(inner + " <= " + t, t + " >= 0"));
        case "max" -> {
          constraints.add(inner + " <= " + t);
          for (Tree other : parts.subList(1, parts.size())) {
            constraints.add(growing(other) + " <= " + t);
          }
        }
        default -> constraints.addAll(List.of(inner + " <= " + t, "-(" + inner + ") <= " + t));
      }
      return name.equals("norm1") ? "sum(" + t + ")" : t;
    }

    /** A variable like an expression, or a number. */
    private String variable(Expression value, boolean single) {
      String sizes =
          value.shape().stream().map(Object::toString).collect(Collectors.joining(",", "[", "]"));
      boolean scalar = single || value.shape().isEmpty();
      String name = declarations.fresh("bound" + (added.size() + 1));
      declarations.add(Nabla.variable(name + ": " + (scalar ? "scalar" : value.kind() + sizes)));
      added.add(name);
      return name;
    }

    private boolean isPositive(Tree tree) {
      return switch (tree) {
        case Numeral(double value) -> value >= 0;
        case Name(String name) ->
            data.containsKey(name) && Arrays.stream(data.get(name).data()).allMatch(v -> v >= 0);
        case Operation(String name, List<Tree> parts) ->
            Set.of("+", "*", "/", ".*", "./", "^", "sqrt", "sum").contains(name)
                && parts.stream().allMatch(this::isPositive);
      };
    }
  }

  /** What would be read as the same tree. */
  private static String text(Tree tree) {
    return switch (tree) {
      case Numeral n -> n.value() < 0 ? "(" + n + ")" : n.toString();
      case Name(String name) -> name;
      case Operation(String name, List<Tree> parts) -> text(name, parts);
    };
  }

  private static String text(String name, List<Tree> parts) {
    List<String> texts = parts.stream().map(Epigraph::text).toList();
    if (Character.isLetter(name.charAt(0))) return name + "(" + String.join(", ", texts) + ")";
    return switch (name) {
      case "'" -> "(" + texts.getFirst() + ")'";
      case ":" -> texts.isEmpty() ? ":" : String.join(":", texts);
      case "[]" -> entry(texts);
      case "[;]" -> "[" + String.join("; ", texts) + "]";
      case "[,]" -> String.join(", ", texts);
      case "+", "-", "*", "/", "\\", "^", ".*", "./", ".^" ->
          texts.size() == 1
              ? "(" + name + texts.getFirst() + ")"
              : "(" + String.join(" " + name + " ", texts) + ")";
      default -> throw new NablaException(Code.UNSUPPORTED, name);
    };
  }

  private static String entry(List<String> texts) {
    return texts.getFirst() + "[" + String.join(", ", texts.subList(1, texts.size())) + "]";
  }
}
