package nabla.notation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import nabla.diagnostic.Span;
import nabla.lang.Program;
import nabla.lang.Syntax;

/**
 * Gives names to the repeated parts of a formula that is too long to be read otherwise: {@code t1 =
 * exp(A*x); …}. Written out, a formula can be exponentially longer than the parts it consists of.
 */
final class Intermediates {
  /** Up to here a formula is easier to read in one piece. */
  private static final int LONGEST = 600;

  private static final int SHORTEST_PART = 4;

  private final Spelling spelling;
  private final Set<Syntax> nameable;
  private final IdentityHashMap<Syntax, Integer> uses = new IdentityHashMap<>();
  private final IdentityHashMap<Syntax, Syntax> rewritten = new IdentityHashMap<>();
  private final List<Program.Definition> definitions = new ArrayList<>();

  private Intermediates(Spelling spelling) {
    this.spelling = spelling;
    this.nameable = Collections.newSetFromMap(new IdentityHashMap<>());
    this.nameable.addAll(spelling.parts());
    this.nameable.removeIf(Syntax.Name.class::isInstance);
  }

  /** The same formula, with names for repeated parts if it is long. */
  static Program of(Program program, Spelling spelling) {
    long length = program.all().stream().mapToLong(d -> spelling.length(d.value())).sum();
    return length <= LONGEST ? program : new Intermediates(spelling).name(program);
  }

  private Program name(Program program) {
    for (Program.Definition d : program.all()) count(d.value());
    for (Program.Definition d : program.definitions()) definitions.add(rewrite(d));
    Program.Definition result = rewrite(program.result());
    return new Program(List.copyOf(definitions), result);
  }

  private void count(Syntax syntax) {
    if (uses.merge(syntax, 1, Integer::sum) > 1) return;
    for (Syntax part : Parts.of(syntax)) count(part);
  }

  private Program.Definition rewrite(Program.Definition d) {
    Syntax value = Parts.map(d.value(), this::rewrite);
    return new Program.Definition(d.name(), d.indices(), value, d.span());
  }

  private Syntax rewrite(Syntax syntax) {
    Syntax known = rewritten.get(syntax);
    if (known != null) return known;
    Syntax result = Parts.map(syntax, this::rewrite);
    boolean repeated = java.util.Objects.requireNonNull(uses.get(syntax)) > 1;
    if (repeated && nameable.contains(syntax) && spelling.length(result) >= SHORTEST_PART) {
      String name = spelling.names().intermediate();
      definitions.add(new Program.Definition(name, List.of(), result, Span.NONE));
      result = Build.name(name);
    }
    rewritten.put(syntax, result);
    return result;
  }
}
