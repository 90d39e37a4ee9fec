package nabla.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nabla.lang.BinaryOperator;
import nabla.lang.Syntax;
import nabla.notation.LatexPrinter;
import nabla.tensor.Variable;

/**
 * The way of the definition: {@code f(x + h)}, what it is more than {@code f(x)}, what of that is
 * linear in {@code h}, and what is left when {@code h} goes to 0. It works for vectors and matrices
 * as for numbers; the remainder is of second order.
 */
public final class LimitDerivation {
  private static final int LONGEST = 2_000;
  private static final int MOST_EXPANSIONS = 2;

  private final Subject subject;
  private final Scope scope;
  private final Writer writer;
  private final Variable h;
  private final Differentials differentials;
  private final Increments increments;
  private final Board board;
  private final int detail;
  private final Map<String, Integer> ranks = new HashMap<>();

  private LimitDerivation(Subject subject, int detail, long seed) {
    this.subject = subject;
    this.detail = detail;
    this.scope = new Scope(subject.problem(), subject.x());
    String letter = subject.x().rank() < 2 ? "h" : "H";
    this.h = new Variable(scope.fresh(letter), subject.x().shape(), Set.of());
    List<Variable> variables = new ArrayList<>(scope.context.variables());
    variables.add(h);
    for (Variable v : variables) ranks.put(v.name(), v.rank());
    this.writer = new Writer(subject.simplifier(), subject.written(), variables);
    this.differentials = new Differentials(scope, writer, h.name());
    this.increments = new Increments(scope, writer, differentials, h);
    this.board = new Board(subject, scope, h, seed);
  }

  /**
   * The derivation.
   *
   * @param detail 0 for the main steps, 1 for what fits on a board, 2 and more for every step
   */
  public static List<Line> of(Subject subject, int detail, long seed) {
    return new LimitDerivation(subject, detail, seed).lines();
  }

  private List<Line> lines() {
    Syntax function = scope.function;
    Optional<Increments.Increment> increment =
        scope.plain && scope.dependsOnVariable(function)
            ? increments.of(function)
            : Optional.empty();
    increment = increment.filter(e -> Make.text(e.linear()).length() <= LONGEST);
    if (increment.isPresent()) {
      Rule put =
          Rule.named(
              "put "
                  + subject.x().name()
                  + " + "
                  + h.name()
                  + " in the place of "
                  + subject.x().name());
      board.moved(
          movedName(),
          subject.function(),
          moved(function),
          Line.Label.NONE,
          false,
          Board.Reason.of(put));
      expandFunctions();
    }
    boolean linear = increment.map(e -> e.exact() && e.quadratic() == null).orElse(false);
    increment.ifPresent(this::difference);
    Line.Label tail = linear ? Line.Label.NONE : remainder();
    new ReadingOff(subject, scope, writer, h, board, differenceName(), tail)
        .from(increment.map(Increments.Increment::linear).orElse(null));
    return board.lines();
  }

  private Line.Label remainder() {
    String latex = latex(Make.name(h.name()));
    String square = h.rank() == 0 ? latex + "^{2}" : "\\|" + latex + "\\|^{2}";
    return new Line.Label(" + O(" + order() + ")", " + O\\left(" + square + "\\right)");
  }

  /** What the remainder is compared with. */
  private String order() {
    return h.rank() == 0 ? h.name() + "²" : "‖" + h.name() + "‖²";
  }

  private Line.Label movedName() {
    String argument = subject.x().name() + " + " + h.name();
    String latex =
        latex(Make.binary(BinaryOperator.ADD, Make.name(subject.x().name()), Make.name(h.name())));
    return new Line.Label(
        subject.name().text() + "(" + argument + ")",
        subject.name().latex() + "\\left(" + latex + "\\right)");
  }

  private Line.Label differenceName() {
    String x = subject.x().name();
    return new Line.Label(
        movedName().text() + " - " + subject.name().text() + "(" + x + ")",
        movedName().latex()
            + " - "
            + subject.name().latex()
            + "\\left("
            + latex(Make.name(x))
            + "\\right)");
  }

  private String latex(Syntax s) {
    return LatexPrinter.print(Make.program(s), ranks);
  }

  /** Where the variable has moved. */
  private Syntax moved(Syntax u) {
    Syntax sum =
        Make.binary(BinaryOperator.ADD, Make.name(subject.x().name()), Make.name(h.name()));
    return Scope.substituted(u, Map.of(subject.x().name(), sum));
  }

  /** What f(x + h) - f(x) is, exactly if it is a polynomial, and what of it is linear. */
  private void difference(Increments.Increment e) {
    Syntax quadratic = e.quadratic();
    if (quadratic != null && e.exact() && detail > 0) {
      Syntax all = Make.binary(BinaryOperator.ADD, e.linear(), quadratic);
      board.moved(
          differenceName(),
          subject.function(),
          all,
          Line.Label.NONE,
          true,
          Board.Reason.of(Rule.named("multiply out; what has no " + h.name() + " cancels")));
    }
    if (e.exact() && quadratic == null) {
      Rule linear =
          Rule.named("what has no " + h.name() + " cancels, and the rest is linear in " + h.name());
      board.moved(
          differenceName(),
          subject.function(),
          e.linear(),
          Line.Label.NONE,
          true,
          Board.Reason.of(linear));
      return;
    }
    List<Rule> rules = new ArrayList<>();
    if (!e.exact() && differentials.isFunction(scope.function)) {
      rules.add(expansionRule(scope.function));
    }
    rules.add(
        quadratic != null && e.exact()
            ? Rule.named(
                "keep what is linear in " + h.name() + ": the rest is of the order of " + order())
            : Rule.named(
                "what has no "
                    + h.name()
                    + " cancels, what is not linear in it is O("
                    + order()
                    + ")"));
    board.moved(
        differenceName(),
        subject.function(),
        e.linear(),
        remainder(),
        true,
        new Board.Reason(Set.of(), rules, List.of()));
  }

  /** The functions in it, innermost first, each by its expansion to first order. */
  private void expandFunctions() {
    Map<String, Syntax> functions = new LinkedHashMap<>();
    collect(scope.function, functions);
    List<Syntax> all = List.copyOf(functions.values());
    int most = detail == 0 ? 0 : detail == 1 ? MOST_EXPANSIONS : all.size();
    // The outermost is the function itself, or nearly: its expansion follows anyway.
    all = all.stream().filter(u -> !u.equals(scope.function)).toList();
    for (Syntax u : all.subList(0, Math.min(most, all.size()))) expand(u);
  }

  private void collect(Syntax u, Map<String, Syntax> functions) {
    if (!scope.dependsOnVariable(u)) return;
    if (increments.of(u).map(Increments.Increment::exact).orElse(false)) return;
    for (Syntax part : u.parts()) collect(part, functions);
    if (u instanceof Syntax.Name || scope.part(u).isEmpty()) return;
    if (differentials.isFunction(u)) functions.putIfAbsent(Make.text(u), u);
  }

  private Rule expansionRule(Syntax u) {
    boolean inverse = u instanceof Syntax.Call c && c.function().equals("inv");
    String statement = differentials.of(u).orElseThrow().rules().getFirst().statement();
    return new Rule(inverse ? "Neumann series" : "Taylor's theorem", statement);
  }

  private void expand(Syntax u) {
    Optional<Scope.Part> part = scope.part(u);
    Optional<Increments.Increment> increment = increments.of(u);
    if (part.isEmpty() || increment.isEmpty()) return;
    Syntax moved = moved(u);
    Syntax first = Make.sum(terms(u, increment.get().linear()));
    List<String> conditions = differentials.of(u).orElseThrow().conditions();
    board.moved(
        new Line.Label(Make.text(moved), latex(moved)),
        part.get().tensor(),
        first,
        remainder(),
        false,
        new Board.Reason(Set.of(), List.of(expansionRule(u)), conditions));
  }

  private static List<Make.Term> terms(Syntax u, Syntax linear) {
    List<Make.Term> terms = new ArrayList<>(Make.terms(u));
    terms.addAll(Make.terms(linear));
    return terms;
  }
}
