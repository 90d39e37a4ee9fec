package nabla.explain;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import nabla.diagnostic.NablaException;
import nabla.lang.Parser;
import nabla.notation.LatexPrinter;

/**
 * What leads from one line to the next.
 *
 * @param name such as {@code product rule}
 * @param statement what it says in general, such as {@code d(U*V) = dU*V + U*dV}; may be empty
 */
public record Rule(String name, String statement) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z]\\w*");

  static Rule named(String name) {
    return new Rule(name, "");
  }

  /** The statement in LaTeX; empty if it is not made of formulas. */
  public Optional<String> latex() {
    if (statement.isEmpty()) return Optional.empty();
    Map<String, Integer> ranks = new HashMap<>();
    Set<String> changes = new HashSet<>();
    NAME.matcher(statement).results().map(r -> r.group()).forEach(n -> note(n, ranks, changes));
    ranks.keySet().removeAll(changes);
    try {
      List<String> sides =
          List.of(statement.split(" = ", -1)).stream()
              .map(side -> LatexPrinter.print(Parser.parse(side), ranks))
              .toList();
      return Optional.of(Differentials.upright(String.join(" = ", sides)));
    } catch (NablaException noFormula) {
      return Optional.empty();
    }
  }

  /** Capitals are matrices; d before a letter is a change. */
  private static void note(String name, Map<String, Integer> ranks, Set<String> changes) {
    ranks.put(name, Character.isUpperCase(name.charAt(0)) ? 2 : 1);
    if (name.length() != 2 || name.charAt(0) != 'd') return;
    changes.add(name);
    note(name.substring(1), ranks, changes);
  }

  @Override
  public String toString() {
    return statement.isEmpty() ? name : name + ": " + statement;
  }
}
