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
 * Gives names to what a long formula says several times, {@code t1 = …; t2 = …; …}. Shared parts
 * nest, so that a formula written out can be exponentially longer than what it is made of; with
 * names it never is. Formulas that a reader can take in stay whole.
 */
final class Intermediates {
  /** What is shorter than this is written out. */
  private static final int LONGEST_WHOLE = 1_000;

  /** What is shorter than this is repeated rather than named. */
  private static final int SHORTEST_NAMED = 8;

  private final FreshNames names;
  private final Tokens tokens = new Tokens();
  private final IdentityHashMap<Syntax, Integer> uses = new IdentityHashMap<>();
  private final Set<Syntax> nameable = Collections.newSetFromMap(new IdentityHashMap<>());
  private final IdentityHashMap<Syntax, Syntax> rebuilt = new IdentityHashMap<>();
  private final List<Program.Definition> definitions = new ArrayList<>();

  private Intermediates(FreshNames names) {
    this.names = names;
  }

  /** The same program, long repeated parts named if the whole is long. */
  static Program in(Program program, FreshNames names) {
    Intermediates intermediates = new Intermediates(names);
    long length = 0;
    for (Program.Definition d : program.all()) length += intermediates.tokens.count(d.value());
    return length <= LONGEST_WHOLE ? program : intermediates.of(program);
  }

  private Program of(Program program) {
    for (Program.Definition d : program.all()) note(d.value(), d.indices().isEmpty());
    for (Program.Definition d : program.definitions()) definitions.add(renamed(d));
    Program.Definition result = renamed(program.result());
    return new Program(List.copyOf(definitions), result);
  }

  private Program.Definition renamed(Program.Definition d) {
    return new Program.Definition(d.name(), d.indices(), replaceParts(d.value()), d.span());
  }

  /**
   * Counts where each part is used.
   *
   * @param whole whether it is a tensor of its own, not an entry over indices
   */
  private void note(Syntax syntax, boolean whole) {
    boolean seen = uses.merge(syntax, 1, Integer::sum) > 1;
    boolean news = whole && nameable.add(syntax);
    if (seen && !news) return;
    if (syntax instanceof Syntax.Index i) {
      note(i.target(), !(i.target() instanceof Syntax.Index));
    } else {
      for (Syntax part : parts(syntax)) note(part, whole);
    }
  }

  private static List<Syntax> parts(Syntax syntax) {
    return switch (syntax) {
      case Syntax.Call c -> c.arguments();
      case Syntax.Negate n -> List.of(n.operand());
      case Syntax.Transpose t -> List.of(t.operand());
      case Syntax.Binary b -> List.of(b.left(), b.right());
      case Syntax.Index i -> List.of(i.target());
      case Syntax.MatrixLiteral m -> m.rows().stream().flatMap(List::stream).toList();
      case Syntax.Numeral n -> List.of();
      case Syntax.Name n -> List.of();
      case Syntax.Colon c -> List.of();
      case Syntax.Range r -> List.of();
      case Syntax.Text t -> List.of();
    };
  }

  private Syntax replace(Syntax syntax) {
    Syntax known = rebuilt.get(syntax);
    if (known != null) return known;
    Syntax result = replaceParts(syntax);
    if (isRepeated(syntax) && tokens.count(result) >= SHORTEST_NAMED) {
      String name = names.intermediate();
      definitions.add(new Program.Definition(name, List.of(), result, Span.NONE));
      result = Build.name(name);
    }
    rebuilt.put(syntax, result);
    return result;
  }

  private boolean isRepeated(Syntax syntax) {
    return nameable.contains(syntax) && uses.getOrDefault(syntax, 0) > 1;
  }

  private Syntax replaceParts(Syntax syntax) {
    return switch (syntax) {
      case Syntax.Call c -> new Syntax.Call(c.function(), replaceAll(c.arguments()), c.span());
      case Syntax.Negate n -> new Syntax.Negate(replace(n.operand()), n.span());
      case Syntax.Transpose t -> new Syntax.Transpose(replace(t.operand()), t.span());
      case Syntax.Binary b ->
          new Syntax.Binary(b.operator(), replace(b.left()), replace(b.right()), b.span());
      case Syntax.Index i -> new Syntax.Index(replace(i.target()), i.indices(), i.span());
      case Syntax.MatrixLiteral m ->
          new Syntax.MatrixLiteral(m.rows().stream().map(this::replaceAll).toList(), m.span());
      case Syntax.Numeral n -> n;
      case Syntax.Name n -> n;
      case Syntax.Colon c -> c;
      case Syntax.Range r -> r;
      case Syntax.Text t -> t;
    };
  }

  private List<Syntax> replaceAll(List<Syntax> all) {
    return all.stream().map(this::replace).toList();
  }
}
