package nabla.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
import nabla.tensor.Property;
import nabla.tensor.Size;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;
import nabla.verify.PartialsCheck;
import nabla.verify.SampleSizes;

/**
 * Entry by entry for small sizes: the function is written out, every entry of it is differentiated
 * by every entry of the variable, the partial derivatives are arranged as the layout says, and the
 * formula is recognised in them.
 */
public final class EntriesDerivation {
  private static final int SMALL = 2;
  private static final int MOST_PARTIALS = 4;
  private static final int LONGEST = 4_000;
  private static final int SHORT = 120;

  private final Subject subject;
  private final int detail;
  private final long seed;
  private final Map<String, Integer> sizes = new TreeMap<>();
  private final Map<String, PartialsCheck.Place> places = new LinkedHashMap<>();
  private final Map<String, Entries> variables = new LinkedHashMap<>();
  private final List<Variable> entryVariables = new ArrayList<>();
  private final List<Variable> symbols;
  private final Scope scope;
  private final Map<String, Integer> ranks = new LinkedHashMap<>();
  private final List<Line> lines = new ArrayList<>();

  private EntriesDerivation(Subject subject, int detail, Map<String, Integer> sizes, long seed) {
    this.subject = subject;
    this.detail = detail;
    this.seed = seed;
    this.scope = new Scope(subject.problem(), subject.x());
    this.symbols = scope.context.variables();
    choose(sizes);
    for (Variable v : symbols) write(v);
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

  private void choose(Map<String, Integer> chosen) {
    List<Tensor> roots = new ArrayList<>(symbols);
    roots.add(subject.function());
    Set<String> names = new TreeSet<>(SampleSizes.of(roots).getFirst().keySet());
    for (String name : chosen.keySet()) {
      if (names.contains(name)) continue;
      throw new NablaException(
          Code.REQUEST,
          name
              + " is no size of the expression"
              + (names.isEmpty() ? "" : "; the sizes are " + String.join(", ", names)));
    }
    for (String name : names) sizes.put(name, chosen.getOrDefault(name, SMALL));
  }

  /** Gives every entry of a variable a name; equal entries of a structured one get the same. */
  private void write(Variable v) {
    int[] shape = v.shape().stream().mapToInt(size -> size.value(sizes)).toArray();
    int count = 1;
    for (int n : shape) count *= n;
    Tensor[] values = new Tensor[count];
    int[] index = new int[shape.length];
    for (int k = 0; k < count; k++) {
      values[k] = entry(v, index, k);
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        if (++index[axis] < shape[axis]) break;
        index[axis] = 0;
      }
    }
    variables.put(v.name(), Entries.of(shape, values));
  }

  private Tensor entry(Variable v, int[] index, int k) {
    if (v.rank() == 0) {
      if (!entryVariables.contains(v)) entryVariables.add(v);
      places.put(v.name(), new PartialsCheck.Place(v.name(), 0));
      return v;
    }
    int[] own = index.clone();
    if (v.rank() == 2) {
      boolean below = index[0] > index[1];
      boolean zero =
          (v.is(Property.DIAGONAL) && index[0] != index[1])
              || (v.is(Property.LOWER) && index[0] < index[1])
              || (v.is(Property.UPPER) && below);
      if (zero) return Sum.zero(List.of());
      boolean symmetric = v.is(Property.SYMMETRIC) || v.is(Property.PD) || v.is(Property.PSD);
      if (symmetric && below) own = new int[] {index[1], index[0]};
    }
    boolean digits = true;
    for (int i : own) digits &= i < 9;
    StringBuilder name = new StringBuilder(v.name()).append('_');
    for (int axis = 0; axis < own.length; axis++) {
      if (axis > 0 && !digits) name.append('_');
      name.append(own[axis] + 1);
    }
    Variable entry = new Variable(scope.free(name.toString()), List.of(), Set.of());
    if (places.putIfAbsent(entry.name(), new PartialsCheck.Place(v.name(), k)) == null) {
      entryVariables.add(entry);
    }
    return entry;
  }

  private List<Line> lines() {
    for (Variable v : symbols) ranks.put(v.name(), v.rank());
    for (Variable v : entryVariables) ranks.put(v.name(), 0);
    List<Variable> drawn = subject.problem().variables().stream().map(s -> s.variable()).toList();
    PartialsCheck check =
        new PartialsCheck(subject.function(), subject.x(), drawn, sizes, places, seed);
    if (!check.hasPoints()) {
      throw new NablaException(
          Code.UNSUPPORTED, "no point was found where the steps could be verified");
    }
    Writer writer = new Writer(subject.simplifier(), Map.of(), entryVariables);
    Entries f = new EntryExpansion(sizes, variables).of(subject.function());
    Entries x = Objects.requireNonNull(variables.get(subject.x().name()));
    introduce();
    List<Syntax> values = new ArrayList<>();
    for (Tensor value : f.values()) values.add(multipliedOut(writer, value));
    require(check.areValues(values.stream().map(this::number).toList()), subject.name().text());
    add(
        subject.name(),
        literal(values, f.shape(), subject.problem().row()),
        Rule.named("write it out"),
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

  private void add(Line.Label left, Program right, Rule rule, List<Size> shape) {
    lines.add(new Line(left, right, Line.Label.NONE, Set.of(), List.of(rule), List.of(), shape));
  }

  private Syntax formula(Writer writer, Tensor scalar) {
    Syntax s = writer.matrix(scalar, false).orElseThrow();
    if (Make.text(s).length() > LONGEST) {
      throw new NablaException(
          Code.LIMIT, "written out by entries this is too long; take smaller --sizes");
    }
    return s;
  }

  /** A sum of products, as one writes it first, unless that is long. */
  private Syntax multipliedOut(Writer writer, Tensor scalar) {
    return writer
        .expanded(scalar)
        .filter(s -> Make.text(s).length() <= SHORT)
        .orElseGet(() -> formula(writer, scalar));
  }

  /** A printed formula in the entries, read again. */
  private Tensor number(Syntax s) {
    return Elaboration.readAs(Make.text(s), Context.of(entryVariables), List.of());
  }

  /** Says what the variables are: those that have entries to be written. */
  private void introduce() {
    String chosen =
        sizes.entrySet().stream()
            .map(e -> e.getKey() + " = " + e.getValue())
            .collect(Collectors.joining(", "));
    Rule rule = Rule.named(chosen.isEmpty() ? "the entries" : "let " + chosen);
    boolean first = true;
    for (Problem.Symbol s : subject.problem().variables()) {
      Entries e = Objects.requireNonNull(variables.get(s.name()));
      if (e.shape().isEmpty() || e.shape().size() > 2) continue;
      List<Syntax> names = e.values().stream().map(EntriesDerivation::nameOf).toList();
      Line.Label name =
          new Line.Label(s.name(), LatexPrinter.print(Make.program(Make.name(s.name())), ranks));
      List<Rule> rules = first ? List.of(rule) : List.of();
      Program literal = literal(names, e.shape(), false);
      lines.add(
          new Line(
              name, literal, Line.Label.NONE, Set.of(), rules, List.of(), s.variable().shape()));
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
      boolean shown = detail > 1 || all <= MOST_PARTIALS || k < MOST_PARTIALS;
      if (!shown) continue;
      boolean more = detail <= 1 && all > MOST_PARTIALS && k == MOST_PARTIALS - 1;
      Rule rule =
          Rule.named(
              k == 0
                  ? "differentiate by one entry at a time"
                  : more ? "and so on, " + all + " in all" : "");
      lines.add(
          new Line(
              slope(f, k % own, (Variable) x.values().get(k / own)),
              Make.program(partials.get(k)),
              Line.Label.NONE,
              Set.of(),
              rule.name().isEmpty() ? List.of() : List.of(rule),
              List.of(),
              List.of()));
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
    add(a.label(), a.formula(), end, a.shape());
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
    Tensor read = Elaboration.readAs(TextPrinter.print(program), Context.of(entryVariables), shape);
    require(check.areAll(read, order), "the arrangement");
    Line.Label label = structured ? new Line.Label("G", "G") : a.label();
    String layout =
        structured || (inner.size() == 1 && !row)
            ? "each partial derivative at the place of its variable"
            : row ? "in a row" : "in " + a.layout() + " layout entry i,j is " + a.entry();
    add(label, program, Rule.named("arrange them: " + layout), shape);
  }

  private boolean isRow(Subject.Answer a) {
    return subject.x().rank() == 1 ? a.layout().equals("numerator") : subject.problem().row();
  }
}
