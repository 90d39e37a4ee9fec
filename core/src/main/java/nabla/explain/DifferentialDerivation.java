package nabla.explain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nabla.lang.Syntax;
import nabla.tensor.Variable;

/**
 * The way of textbooks and of most answers on the web: the differential of the function, part by
 * part, until only that of the variable is left; that is collected, and the derivative read off.
 */
public final class DifferentialDerivation {
  private static final int MOST_LINES = 8;
  private static final int LONGEST = 2_000;

  private final Subject subject;
  private final Scope scope;
  private final Writer writer;
  private final Variable dx;
  private final Differentials differentials;
  private final Board board;
  private final int detail;

  private DifferentialDerivation(Subject subject, int detail, long seed) {
    this.subject = subject;
    this.detail = detail;
    this.scope = new Scope(subject.problem(), subject.x());
    this.dx = new Variable(scope.fresh("d" + subject.x().name()), subject.x().shape(), Set.of());
    List<Variable> variables = new ArrayList<>(scope.context.variables());
    variables.add(dx);
    this.writer = new Writer(subject.simplifier(), subject.written(), variables);
    this.differentials = new Differentials(scope, writer, dx.name());
    this.board = new Board(subject, scope, dx, seed);
  }

  /**
   * The derivation.
   *
   * @param detail 0 for the main steps, 1 for what fits on a board, 2 for every step, 3 for one
   *     rule a line
   */
  public static List<Line> of(Subject subject, int detail, long seed) {
    return new DifferentialDerivation(subject, detail, seed).lines();
  }

  private List<Line> lines() {
    List<Wave> waves = scope.plain ? waves() : List.of();
    Line.Label left = subject.differential();
    List<Rule> before = List.of();
    for (Wave wave : folded(waves)) {
      Board.Reason reason = wave.reason().after(before);
      boolean shown = board.differential(left, wave.line(), Line.Label.NONE, reason);
      before = shown ? List.of() : reason.rules();
    }
    Syntax line = waves.isEmpty() ? null : waves.getLast().line();
    new ReadingOff(subject, scope, writer, dx, board, left, Line.Label.NONE).from(line);
    return board.lines();
  }

  /** A line and what leads to it. */
  private record Wave(Syntax line, Board.Reason reason) {}

  /** From d(f) to a line without open differentials; empty if there is no such way. */
  private List<Wave> waves() {
    List<Wave> waves = new ArrayList<>();
    if (!scope.dependsOnVariable(scope.function)) return waves;
    waves.add(new Wave(differentials.d(scope.function), Board.Reason.NONE));
    while (waves.getLast().line().anyMatch(differentials::isOpen)) {
      Expansion expansion = new Expansion();
      Syntax next = expansion.of(waves.getLast().line());
      boolean tooLong = Make.text(next).length() > LONGEST;
      if (expansion.failed || tooLong || !areMeaningful(next)) return List.of();
      waves.add(
          new Wave(
              next, new Board.Reason(expansion.changed, expansion.rules(), expansion.conditions)));
    }
    return waves;
  }

  /** Whether what open differentials are of means something by itself. */
  private boolean areMeaningful(Syntax s) {
    return !s.anyMatch(
        part ->
            differentials.isOpen(part)
                && scope.part(((Syntax.Call) part).arguments().getFirst()).isEmpty());
  }

  /** Neighbours are merged until there is room for the lines that follow. */
  private List<Wave> folded(List<Wave> waves) {
    int most = detail == 0 ? 2 : detail == 1 ? MOST_LINES - 3 : Integer.MAX_VALUE;
    if (waves.size() <= most) return waves;
    List<Wave> folded = new ArrayList<>(List.of(waves.getFirst()));
    int steps = waves.size() - 1;
    for (int k = 0; k < most - 1; k++) {
      int from = 1 + k * steps / (most - 1);
      int to = 1 + (k + 1) * steps / (most - 1);
      folded.add(merged(waves.subList(from, to)));
    }
    return folded;
  }

  private static Wave merged(List<Wave> waves) {
    List<Rule> rules = new ArrayList<>();
    List<String> conditions = new ArrayList<>();
    for (Wave w : waves) {
      rules.addAll(w.reason().rules());
      conditions.addAll(w.reason().conditions());
    }
    Wave last = waves.getLast();
    Set<Syntax> changed = waves.size() == 1 ? last.reason().changed() : Set.of();
    return new Wave(
        last.line(), new Board.Reason(changed, rules, conditions.stream().distinct().toList()));
  }

  /** One step of all open differentials of a line; in full detail, of the first of them. */
  private final class Expansion {
    final Set<Syntax> changed = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Rule> steps = new ArrayList<>();
    private final List<Rule> passing = new ArrayList<>();
    final List<String> conditions = new ArrayList<>();
    boolean failed;
    private boolean done;

    /** What a reader does in passing is named only where nothing else happens, or for who asks. */
    List<Rule> rules() {
      if (detail < 2 && !steps.isEmpty()) return steps;
      List<Rule> all = new ArrayList<>(steps);
      all.addAll(passing);
      return all;
    }

    Syntax of(Syntax s) {
      if (failed || (done && detail == 3)) return s;
      if (!differentials.isOpen(s)) return s.map(this::of);
      Syntax result = rewritten(s, true);
      if (!failed) changed.add(result);
      done = true;
      return result;
    }

    /** What a reader does in passing goes along, but one true step only. */
    private Syntax rewritten(Syntax open, boolean stepLeft) {
      Syntax u = ((Syntax.Call) open).arguments().getFirst();
      Optional<Differentials.Rewrite> rewrite = differentials.of(u).or(() -> whole(u));
      if (rewrite.isEmpty()) {
        failed = true;
        return open;
      }
      Differentials.Rewrite r = rewrite.get();
      if (!stepLeft && !r.trivial()) return open;
      (r.trivial() ? passing : steps).addAll(r.rules());
      conditions.addAll(r.conditions());
      if (detail >= 3) return r.result();
      return inner(r.result(), stepLeft && r.trivial());
    }

    private Syntax inner(Syntax s, boolean stepLeft) {
      if (failed) return s;
      return differentials.isOpen(s) ? rewritten(s, stepLeft) : s.map(p -> inner(p, stepLeft));
    }
  }

  /** The differential of a part at one go. */
  private Optional<Differentials.Rewrite> whole(Syntax u) {
    return scope
        .part(u)
        .flatMap(p -> writer.matrix(writer.differential(p.tensor(), subject.x(), dx), p.row()))
        .map(
            result ->
                new Differentials.Rewrite(
                    result,
                    List.of(new Rule("differential of " + Make.text(u), "")),
                    false,
                    List.of()));
  }
}
