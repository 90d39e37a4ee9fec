package nabla.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import nabla.explain.EntryExpansion.Entries;
import nabla.lang.Context;
import nabla.lang.Elaboration;
import nabla.lang.Problem;
import nabla.lang.Program;
import nabla.lang.Syntax;
import nabla.notation.LatexPrinter;
import nabla.notation.TextPrinter;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;
import nabla.verify.PartialsCheck;

/**
 * Entry by entry for small sizes: the function is written out, every entry of it is differentiated
 * by every entry of the variable, the partial derivatives are arranged as the layout says, and the
 * formula is recognised in them.
 */
public final class EntriesDerivation {
  private static final int MOST_PARTIALS = 4;
  private static final int LONGEST = 4_000;
  private static final int SHORT = 120;

  private final Subject subject;
  private final int detail;
  private final long seed;
  private final Scope scope;
  private final EntryNames names;
  private final Map<String, Integer> ranks = new LinkedHashMap<>();
  private final List<Line> lines = new ArrayList<>();

  private EntriesDerivation(Subject subject, int detail, Map<String, Integer> sizes, long seed) {
    this.subject = subject;
    this.detail = detail;
    this.seed = seed;
    this.scope = new Scope(subject.problem(), subject.x());
    this.names = new EntryNames(scope, subject.function(), sizes);
    for (Variable v : scope.context.variables()) ranks.put(v.name(), v.rank());
    for (Variable v : names.all()) ranks.put(v.name(), 0);
  }

  /**
   * The derivation.
   *
   * @param detail 0 and 1 show a few of many partial derivatives, more shows all
   * @param sizes numbers for names of sizes; the others are 2
   */
  public static List<Line> of(Subject subject, int detail, Map<String, Integer> sizes, long seed) {
    return new EntriesDerivation(subject, detail, sizes, seed).lines();
  }

  private List<Line> lines() {
    List<Variable> drawn = subject.problem().variables().stream().map(s -> s.variable()).toList();
    PartialsCheck check =
        new PartialsCheck(
            subject.function(), subject.x(), drawn, names.sizes(), names.places(), seed);
    if (!check.hasPoints()) {
      throw new NablaException(
          Code.UNSUPPORTED, "no point was found where the steps could be verified");
    }
    Writer writer = new Writer(subject.simplifier(), Map.of(), names.all());
    Entries f = new EntryExpansion(names.sizes(), names.variables()).of(subject.function());
    Entries x = names.of(subject.x().name());
    introduce();
    List<Syntax> values = new ArrayList<>();
    for (Tensor value : f.values()) values.add(multipliedOut(writer, value));
    require(check.areValues(values.stream().map(this::number).toList()), subject.name().text());
    add(
        subject.name(),
        literal(values, f.shape(), subject.problem().row()),
        List.of(Rule.named("write it out")),
        subject.function().shape());
    List<Syntax> partials = new ArrayList<>();
    for (int by = 0; by < x.values().size(); by++) {
      for (int of = 0; of < f.values().size(); of++) {
        partials.add(
            formula(writer, writer.derivative(f.values().get(of), (Variable) x.values().get(by))));
      }
    }
    partials(check, f, x, partials);
    arrange(check, f, x, partials);
    return List.copyOf(lines);
  }

  private static void require(boolean verified, String what) {
    if (verified) return;
    throw new NablaException(
        Code.UNSUPPORTED,
        "a step of the derivation could not be verified and is not shown: " + what);
  }

  private void add(Line.Label left, Program right, List<Rule> rules, List<Size> shape) {
    add(left, right, rules, List.of(), shape, false);
  }

  private void add(
      Line.Label left,
      Program right,
      List<Rule> rules,
      List<String> conditions,
      List<Size> shape,
      boolean row) {
    lines.add(new Line(left, right, Line.Label.NONE, Set.of(), rules, conditions, shape, row));
  }

  private static Syntax formula(Writer writer, Tensor scalar) {
    return writer
        .matrix(scalar, false)
        .filter(s -> Make.text(s).length() <= LONGEST)
        .orElseThrow(EntryExpansion::tooLong);
  }

  /** A sum of products, as one writes it first, unless that is long. */
  private static Syntax multipliedOut(Writer writer, Tensor scalar) {
    return writer
        .expanded(scalar)
        .filter(s -> Make.text(s).length() <= SHORT)
        .orElseGet(() -> formula(writer, scalar));
  }

  /** A printed formula in the entries, read again. */
  private Tensor number(Syntax s) {
    return Elaboration.readAs(Make.text(s), entries(), List.of());
  }

  /** What the lines are read over. */
  private Context entries() {
    return new Context(names.all(), scope.context.functions(), Set.of());
  }

  /** Says what the variables are: those that have entries to be written. */
  private void introduce() {
    String chosen =
        names.sizes().entrySet().stream()
            .map(e -> e.getKey() + " = " + e.getValue())
            .collect(Collectors.joining(", "));
    Rule rule = Rule.named(chosen.isEmpty() ? "the entries" : "let " + chosen);
    boolean first = true;
    for (Problem.Symbol s : subject.problem().variables()) {
      Entries e = names.of(s.name());
      if (e.shape().isEmpty() || e.shape().size() > 2) continue;
      List<Syntax> entries = e.values().stream().map(EntriesDerivation::nameOf).toList();
      Line.Label name =
          new Line.Label(s.name(), LatexPrinter.print(Make.program(Make.name(s.name())), ranks));
      List<Rule> rules = first ? List.of(rule) : List.of();
      Program literal = literal(entries, e.shape(), false);
      add(name, literal, rules, s.variable().shape());
      first = false;
    }
  }

  private static Syntax nameOf(Tensor entry) {
    return entry instanceof Variable v ? Make.name(v.name()) : Make.number(0);
  }

  /** The entries in brackets; a column below each other, a row side by side. */
  private static Program literal(List<Syntax> entries, List<Integer> shape, boolean row) {
    if (shape.isEmpty()) return Make.program(entries.getFirst());
    int columns = shape.size() == 2 ? shape.get(1) : row ? shape.get(0) : 1;
    List<List<Syntax>> rows = new ArrayList<>();
    for (int k = 0; k + columns <= entries.size() && columns > 0; k += columns) {
      rows.add(List.copyOf(entries.subList(k, k + columns)));
    }
    return Make.program(new Syntax.MatrixLiteral(rows, Span.NONE));
  }

  private void partials(PartialsCheck check, Entries f, Entries x, List<Syntax> partials) {
    int own = f.values().size();
    int all = partials.size();
    for (int k = 0; k < all; k++) {
      require(check.isPartial(k % own, k / own, number(partials.get(k))), "a partial derivative");
      if (detail <= 1 && k >= MOST_PARTIALS) continue;
      List<Rule> rules = new ArrayList<>();
      if (k == 0) rules.add(Rule.named("differentiate by one entry at a time"));
      boolean more = detail <= 1 && all > MOST_PARTIALS && k == MOST_PARTIALS - 1;
      if (more) rules.add(Rule.named("and so on, " + all + " in all"));
      Line.Label slope = slope(f, k % own, (Variable) x.values().get(k / own));
      add(slope, Make.program(partials.get(k)), rules, List.of());
    }
  }

  private Line.Label slope(Entries f, int entry, Variable by) {
    StringBuilder index = new StringBuilder();
    int rest = entry;
    for (int axis = f.shape().size() - 1; axis >= 0; axis--) {
      index.insert(0, rest % f.shape().get(axis) + 1);
      rest /= f.shape().get(axis);
    }
    String name = subject.name().text();
    boolean letter = !subject.isDerivative();
    String of = index.isEmpty() ? name : letter ? name + "_" + index : "(" + name + ")_" + index;
    String latexName = letter ? name : "\\left(" + subject.name().latex() + "\\right)";
    String ofLatex = index.isEmpty() ? latexName : latexName + "_{" + index + "}";
    String byLatex = LatexPrinter.print(Make.program(Make.name(by.name())), ranks);
    return new Line.Label(
        "∂" + of + "/∂" + by.name(),
        "\\frac{\\partial " + ofLatex + "}{\\partial " + byLatex + "}");
  }

  /** As the layout has them, and the formula that they are the entries of. */
  private void arrange(PartialsCheck check, Entries f, Entries x, List<Syntax> partials) {
    Subject.Answer a = subject.answer();
    boolean structured = !a.structure().isEmpty();
    List<Integer> order = new ArrayList<>();
    if (structured) for (int k = 0; k < a.order().size(); k++) order.add(k);
    else order.addAll(a.order());
    List<Integer> inner = Stream.concat(x.shape().stream(), f.shape().stream()).toList();
    // One row or one column of a matrix would be read as a vector.
    boolean thin = inner.size() == 2 && inner.contains(1);
    if (inner.size() <= 2 && partials.size() > 1 && !thin) {
      literal(check, structured, order, inner, partials);
    }
    boolean everyEntry = !structured && subject.declared().properties().isEmpty();
    if (everyEntry) {
      Tensor read =
          scope
              .readAs(TextPrinter.print(a.formula()), List.of(), a.shape())
              .orElseThrow(() -> Board.unverified(a.label(), a.formula()));
      require(check.areAll(read, a.order()), a.label().text());
    }
    require(subject.isRight().getAsBoolean(), a.label().text());
    Rule end =
        Rule.named(
            structured
                ? a.structure()
                : inner.size() <= 2
                    ? "recognise the formula that has these entries"
                    : "recognise the formula: an entry is " + a.entry());
    add(a.label(), a.formula(), List.of(end), a.conditions(), a.shape(), a.row());
  }

  private void literal(
      PartialsCheck check,
      boolean structured,
      List<Integer> order,
      List<Integer> inner,
      List<Syntax> partials) {
    Subject.Answer a = subject.answer();
    List<Integer> shown = new ArrayList<>(inner);
    for (int k = 0; k < inner.size(); k++) shown.set(order.get(k), inner.get(k));
    List<Syntax> arranged = new ArrayList<>();
    boolean swapped = inner.size() == 2 && order.getFirst() == 1;
    for (int k = 0; k < partials.size(); k++) {
      int place = swapped ? k % shown.get(1) * shown.get(0) + k / shown.get(1) : k;
      arranged.add(partials.get(place));
    }
    boolean row = inner.size() == 1 && isRow(a);
    Program program = literal(arranged, shown, row);
    List<Size> shape = new ArrayList<>();
    for (int n : shown) shape.add(Size.of(n));
    Tensor read = Elaboration.readAs(TextPrinter.print(program), entries(), shape);
    require(check.areAll(read, order), "the arrangement");
    Line.Label label = structured ? Line.Label.EACH_ENTRY : a.label();
    String layout =
        structured || (inner.size() == 1 && !row)
            ? "each partial derivative at the place of its variable"
            : row ? "in a row" : "in " + a.layout() + " layout entry i,j is " + a.entry();
    Rule arrange = Rule.named("arrange them: " + layout);
    add(label, program, List.of(arrange), List.of(), shape, row);
  }

  private boolean isRow(Subject.Answer a) {
    return subject.x().rank() == 1 ? a.layout().equals("numerator") : subject.problem().row();
  }
}
