package nabla.notation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.diagnostic.Span;
import nabla.lang.Program;
import nabla.lang.Syntax;

/**
 * Names for the long parts that stand in a formula more than once: {@code (A*x - b)/norm2(A*x - b)}
 * becomes {@code t1 = A*x - b; t1/norm2(t1)}.
 *
 * <p>Equal parts get the same number first, so that the work grows with the number of different
 * parts and not with the length of the formula.
 */
final class Repeats {
  /** In names, numbers and operators: {@code A*x} stays as it is, {@code A*x - b} gets a name. */
  private static final int SHORTEST = 4;

  /** What makes two parts equal, wherever they stand. */
  private record Key(Object head, List<Integer> children) {}

  /**
   * One of the different parts.
   *
   * @param children the numbers of its own parts, which are smaller than its own
   * @param varies whether a variable or an intermediate is in it; otherwise it may be a size
   * @param indexed whether an index is in it, which means nothing elsewhere
   */
  private record Part(Syntax syntax, List<Integer> children, boolean varies, boolean indexed) {}

  private final Set<String> variables;
  private final Set<String> indices = new HashSet<>();
  private final Tokens tokens = new Tokens();
  private final List<Part> parts = new ArrayList<>();
  private final Map<Key, Integer> numbers = new HashMap<>();
  private final IdentityHashMap<Syntax, Integer> known = new IdentityHashMap<>();

  private Repeats(Set<String> variables) {
    this.variables = variables;
  }

  /**
   * The same formula with names for its repeated parts.
   *
   * @param variables the names of the variables
   * @param fresh names that no variable and no size has
   */
  static Program named(Program program, Set<String> variables, FreshNames fresh) {
    Set<String> varying = new HashSet<>(variables);
    program.definitions().forEach(d -> varying.add(d.name()));
    Repeats repeats = new Repeats(varying);
    for (Program.Definition d : program.all()) {
      repeats.indices.addAll(d.indices());
      repeats.collectIndices(d.value(), false, new IdentityHashMap<>());
    }
    return repeats.new Naming(fresh).of(program);
  }

  private void collectIndices(Syntax s, boolean index, IdentityHashMap<Syntax, Boolean> seen) {
    if (!index && seen.put(s, true) != null) return;
    if (index && s instanceof Syntax.Name n) indices.add(n.name());
    if (s instanceof Syntax.Index i) {
      collectIndices(i.target(), index, seen);
      i.indices().forEach(part -> collectIndices(part, true, seen));
    } else {
      children(s).forEach(part -> collectIndices(part, index, seen));
    }
  }

  private int number(Syntax s) {
    Integer old = known.get(s);
    if (old != null) return old;
    List<Integer> children = children(s).stream().map(this::number).toList();
    int number = numbers.computeIfAbsent(new Key(head(s), children), key -> add(s, children));
    known.put(s, number);
    return number;
  }

  private int add(Syntax s, List<Integer> children) {
    String name = s instanceof Syntax.Name n ? n.name() : "";
    boolean varies =
        variables.contains(name) || children.stream().anyMatch(c -> parts.get(c).varies());
    boolean indexed =
        indices.contains(name) || children.stream().anyMatch(c -> parts.get(c).indexed());
    parts.add(new Part(s, children, varies, indexed));
    return parts.size() - 1;
  }

  /** Whether it could stand alone; signs and transposes stay where they are. */
  private boolean isNameable(Part part) {
    boolean operation =
        switch (part.syntax()) {
          case Syntax.Binary b -> true;
          case Syntax.Call c -> true;
          case Syntax.MatrixLiteral m -> true;
          default -> false;
        };
    boolean alone = part.varies() && !part.indexed();
    return operation && alone && tokens.count(part.syntax()) >= SHORTEST;
  }

  private static Object head(Syntax s) {
    return switch (s) {
      case Syntax.Numeral n -> n.value();
      case Syntax.Name n -> n.name();
      case Syntax.Call c -> List.of(Syntax.Call.class, c.function());
      case Syntax.Binary b -> b.operator();
      case Syntax.MatrixLiteral m -> m.rows().stream().map(List::size).toList();
      case Syntax.Text t -> List.of(Syntax.Text.class, t.text());
      default -> s.getClass();
    };
  }

  private static List<Syntax> children(Syntax s) {
    return switch (s) {
      case Syntax.Call c -> c.arguments();
      case Syntax.Negate n -> List.of(n.operand());
      case Syntax.Transpose t -> List.of(t.operand());
      case Syntax.Binary b -> List.of(b.left(), b.right());
      case Syntax.Index i -> {
        List<Syntax> all = new ArrayList<>(List.of(i.target()));
        all.addAll(i.indices());
        yield all;
      }
      case Syntax.Range r -> List.of(r.from(), r.to());
      case Syntax.MatrixLiteral m -> m.rows().stream().flatMap(List::stream).toList();
      case Syntax.Numeral n -> List.of();
      case Syntax.Name n -> List.of();
      case Syntax.Text t -> List.of();
      case Syntax.Colon c -> List.of();
    };
  }

  /** The second walk: once the uses are counted, repeated parts are defined where first met. */
  private final class Naming {
    private final FreshNames fresh;
    private final List<Program.Definition> definitions = new ArrayList<>();
    private final Map<Integer, Syntax> rewritten = new HashMap<>();
    private final Set<Integer> repeated = new HashSet<>();

    Naming(FreshNames fresh) {
      this.fresh = fresh;
    }

    Program of(Program program) {
      List<Integer> roots = program.all().stream().map(d -> number(d.value())).toList();
      count(roots);
      for (int k = 0; k < roots.size(); k++) {
        Program.Definition d = program.all().get(k);
        Syntax value = rewrite(roots.get(k));
        definitions.add(new Program.Definition(d.name(), d.indices(), value, d.span()));
      }
      return new Program(
          List.copyOf(definitions.subList(0, definitions.size() - 1)), definitions.getLast());
    }

    /** A part inside a named one is read once, however often that one is used. */
    private void count(List<Integer> roots) {
      int[] uses = new int[parts.size()];
      for (int root : roots) uses[root]++;
      for (int k = parts.size() - 1; k >= 0; k--) {
        if (uses[k] > 1 && isNameable(parts.get(k))) {
          repeated.add(k);
          uses[k] = 1;
        }
        for (int child : parts.get(k).children()) {
          uses[child] = Math.min(2, uses[child] + uses[k]);
        }
      }
    }

    private Syntax rewrite(int number) {
      Syntax done = rewritten.get(number);
      if (done != null) return done;
      Part part = parts.get(number);
      Syntax value = with(part.syntax(), part.children().stream().map(this::rewrite).toList());
      if (repeated.contains(number)) {
        String name = name();
        definitions.add(new Program.Definition(name, List.of(), value, Span.NONE));
        value = Build.name(name);
      }
      rewritten.put(number, value);
      return value;
    }

    private String name() {
      String name;
      do name = fresh.intermediate();
      while (variables.contains(name) || indices.contains(name));
      return name;
    }
  }

  private static Syntax with(Syntax s, List<Syntax> children) {
    return switch (s) {
      case Syntax.Call c -> new Syntax.Call(c.function(), children, c.span());
      case Syntax.Negate n -> new Syntax.Negate(children.getFirst(), n.span());
      case Syntax.Transpose t -> new Syntax.Transpose(children.getFirst(), t.span());
      case Syntax.Binary b ->
          new Syntax.Binary(b.operator(), children.get(0), children.get(1), b.span());
      case Syntax.Index i ->
          new Syntax.Index(children.getFirst(), children.subList(1, children.size()), i.span());
      case Syntax.Range r -> new Syntax.Range(children.get(0), children.get(1), r.span());
      case Syntax.MatrixLiteral m -> {
        List<List<Syntax>> rows = new ArrayList<>();
        int from = 0;
        for (List<Syntax> row : m.rows()) {
          rows.add(children.subList(from, from + row.size()));
          from += row.size();
        }
        yield new Syntax.MatrixLiteral(rows, m.span());
      }
      case Syntax.Numeral n -> n;
      case Syntax.Name n -> n;
      case Syntax.Text t -> t;
      case Syntax.Colon c -> c;
    };
  }
}
