package nabla.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.lang.BinaryOperator;
import nabla.lang.Program;
import nabla.lang.Syntax;
import nabla.notation.LatexPrinter;
import nabla.notation.TextPrinter;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import nabla.verify.DirectionalCheck;
import nabla.verify.DirectionalCheck.Finding;

/**
 * The chain rule: the function is cut into parts with names, every part has a Jacobian of its own,
 * and the derivative is their product, in the order that the layout asks for; where several ways
 * lead from the variable to the function, it is the sum of their products.
 */
public final class ChainDerivation {
  private static final int MOST_WAYS = 8;

  private final Subject subject;
  private final Scope scope;
  private final Board board;
  private final long seed;
  private final boolean denominator;
  private final Map<String, Integer> ranks = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Writer writer;

  /**
   * A part with a name; the first is the variable, the last the function.
   *
   * @param formula in terms of the parts before it
   * @param local its value in terms of these
   * @param variable what stands for it in others
   */
  private record Node(Variable variable, Syntax formula, Tensor local) {
    String name() {
      return variable.name();
    }

    boolean is(Node other) {
      return name().equals(other.name());
    }
  }

  private ChainDerivation(Subject subject, long seed) {
    this.subject = subject;
    this.seed = seed;
    this.scope = new Scope(subject.problem(), subject.x());
    Variable dx =
        new Variable(scope.fresh("d" + subject.x().name()), subject.x().shape(), Set.of());
    this.board = new Board(subject, scope, dx, seed);
    this.denominator = subject.answer().layout().equals("denominator");
    nodes.add(new Node(subject.x(), Make.name(subject.x().name()), subject.x()));
    if (scope.plain && scope.dependsOnVariable(scope.function)) cut(dx);
    List<Variable> variables = new ArrayList<>(scope.context.variables());
    for (Node n : nodes) if (!variables.contains(n.variable())) variables.add(n.variable());
    for (Variable v : variables) ranks.put(v.name(), v.rank());
    this.writer = new Writer(subject.simplifier(), Map.of(), variables);
  }

  /** The derivation. */
  public static List<Line> of(Subject subject, long seed) {
    return new ChainDerivation(subject, seed).lines();
  }

  private void cut(Variable dx) {
    Writer own = new Writer(subject.simplifier(), subject.written(), scope.context.variables());
    Cuts cuts = new Cuts(scope, new Differentials(scope, own, dx.name()));
    for (Cuts.Cut cut : cuts.of(subject.problem().program(), "")) {
      List<Variable> before = parts();
      boolean last = cut.name().isEmpty();
      Tensor local =
          scope
              .read(Make.text(cut.formula()), before)
              .map(Scope.Part::tensor)
              .orElseThrow(ChainDerivation::noParts);
      String name = last ? scope.fresh(subject.name().text()) : cut.name();
      Variable v = new Variable(name, local.shape(), Set.of());
      nodes.add(new Node(v, cut.formula(), local));
    }
  }

  private static NablaException noParts() {
    return new NablaException(
        Code.UNSUPPORTED,
        "no parts of the function mean anything by themselves; --by differential explains it");
  }

  /** What stands for the parts that have names. */
  private List<Variable> parts() {
    return nodes.subList(1, nodes.size()).stream().map(Node::variable).toList();
  }

  private List<Line> lines() {
    if (!scope.dependsOnVariable(scope.function)) {
      String constant = subject.name().text() + " does not depend on " + subject.x().name();
      board.answer(Board.Reason.of(Rule.named(constant)));
      return board.lines();
    }
    if (nodes.size() < 2) throw noParts();
    if (nodes.size() == 2) {
      Rule none = Rule.named("there are no parts to chain; --by differential shows the steps");
      board.answer(Board.Reason.of(none));
      return board.lines();
    }
    for (Node n : nodes.subList(1, nodes.size())) {
      boolean first = n.is(nodes.get(1));
      List<Rule> rules = first ? List.of(Rule.named("name the parts")) : List.of();
      board.definition(label(n), Make.program(n.formula()), rules, n.local().shape());
    }
    for (Node n : nodes.subList(1, nodes.size())) {
      for (Node of : nodes) {
        if (Scope.mentions(n.formula(), of.name())) jacobian(n, of);
      }
    }
    product();
    Rule end = Rule.named("put the parts back in their places and simplify");
    String structure = subject.answer().structure();
    if (!structure.isEmpty()) {
      // before what is declared of the variable changes it
      List<String> axes = axes(nodes.getLast(), nodes.getFirst());
      boolean row = isRow(nodes.getLast(), nodes.getFirst());
      show(Line.Label.EACH_ENTRY, writer.program(expected(), axes, row), List.of(end));
    }
    board.answer(answer(), Board.Reason.of(structure.isEmpty() ? end : Rule.named(structure)));
    return board.lines();
  }

  private Line.Label label(Node n) {
    boolean free = n.name().equals(subject.name().text()) || subject.isDerivative();
    if (n.is(nodes.getLast()) && free) return subject.name();
    return new Line.Label(n.name(), latex(Make.name(n.name())));
  }

  /** What the derivative is called: if a part has the letter of the function, by another one. */
  private Line.Label answer() {
    Node last = nodes.getLast();
    boolean usual = label(last).equals(subject.name());
    return usual ? subject.answer().label() : slope(last, nodes.getFirst());
  }

  private String latex(Syntax s) {
    return LatexPrinter.print(Make.program(s), ranks);
  }

  /** Where other parts are held fixed that change with it, that is said. */
  private Line.Label slope(Node of, Node by) {
    List<Node> fixed =
        nodes.stream()
            .filter(n -> !n.is(by) && Scope.mentions(of.formula(), n.name()))
            .filter(n -> reaches(by, n))
            .toList();
    String above = label(of).text();
    String text = "∂" + (above.length() > 1 && above.contains("∂") ? "(" + above + ")" : above);
    text += "/∂" + by.name();
    String latex =
        "\\frac{\\partial "
            + label(of).latex()
            + "}{\\partial "
            + latex(Make.name(by.name()))
            + "}";
    if (fixed.isEmpty()) return new Line.Label(text, latex);
    String names = String.join(",", fixed.stream().map(Node::name).toList());
    String all = String.join(",", fixed.stream().map(n -> latex(Make.name(n.name()))).toList());
    return new Line.Label(
        "(" + text + " at fixed " + names + ")", "\\left." + latex + "\\right|_{" + all + "}");
  }

  /** A local Jacobian as the layout has it, verified by differences in the part alone. */
  private void jacobian(Node of, Node by) {
    Tensor derivative = writer.derivative(of.local(), by.variable());
    Tensor shown = arranged(derivative, by.variable().rank());
    Program program = writer.program(shown, axes(of, by), isRow(of, by));
    List<Variable> all = new ArrayList<>(scope.context.variables());
    all.addAll(parts());
    var check = new DirectionalCheck(of.local(), by.variable(), all, seed);
    Variable change = new Variable(scope.free("d" + by.name()), by.variable().shape(), Set.of());
    Finding finding =
        scope
            .readAs(TextPrinter.print(program), parts(), shown.shape())
            .map(read -> arranged(read, denominator ? by.variable().rank() : of.local().rank()))
            .map(read -> Writer.contracted(read, change))
            .map(read -> check.derivative(of.local(), read, change.name(), Map.of()))
            .orElse(Finding.UNKNOWN);
    Line.Label left = slope(of, by);
    if (finding == Finding.FAILS) throw Board.unverified(left, program);
    if (finding == Finding.UNKNOWN) throw withoutPoints(of);
    board.verified(left, program, List.of(), shown.shape(), isRow(of, by));
  }

  private NablaException withoutPoints(Node of) {
    return new NablaException(
        Code.UNSUPPORTED,
        "no point was found where the part "
            + label(of).text()
            + " = "
            + Make.text(of.formula())
            + " can be differentiated by itself; --by differential explains the whole");
  }

  /** Axes of the variable first, in denominator layout; else those of the function. */
  private Tensor arranged(Tensor derivative, int first) {
    return denominator ? derivative : Writer.swapped(derivative, first);
  }

  private boolean isRow(Node of, Node by) {
    return denominator
        ? by.variable().rank() == 0 && of.local().rank() == 1
        : by.variable().rank() == 1 && of.local().rank() == 0;
  }

  private List<String> axes(Node of, Node by) {
    List<String> names = List.of("i", "j", "k", "l", "r", "s", "t", "p");
    int rank = of.local().rank() + by.variable().rank();
    return rank <= names.size() ? names.subList(0, rank) : List.of();
  }

  private boolean reaches(Node from, Node to) {
    Set<String> reached = new HashSet<>(Set.of(from.name()));
    for (Node n : nodes.subList(1, nodes.size())) {
      if (reached.stream().anyMatch(name -> Scope.mentions(n.formula(), name))) {
        reached.add(n.name());
      }
    }
    return reached.contains(to.name());
  }

  /** How many ways lead from the variable to the function. */
  private double ways() {
    Map<String, Double> counts = new HashMap<>(Map.of(nodes.getFirst().name(), 1.0));
    for (Node n : nodes.subList(1, nodes.size())) {
      double count = 0;
      for (Node before : nodes) {
        if (Scope.mentions(n.formula(), before.name())) {
          count += counts.getOrDefault(before.name(), 0.0);
        }
      }
      counts.put(n.name(), count);
    }
    return counts.getOrDefault(nodes.getLast().name(), 0.0);
  }

  /** The ways from a part to the function, each with the parts on it. */
  private List<List<Node>> ways(Node from) {
    if (from.is(nodes.getLast())) return List.of(List.of(from));
    List<List<Node>> ways = new ArrayList<>();
    for (Node next : nodes.subList(1, nodes.size())) {
      if (!Scope.mentions(next.formula(), from.name())) continue;
      for (List<Node> rest : ways(next)) {
        List<Node> way = new ArrayList<>(List.of(from));
        way.addAll(rest);
        ways.add(way);
      }
    }
    return ways;
  }

  private void product() {
    if (ways() > MOST_WAYS) {
      throw new NablaException(
          Code.UNSUPPORTED,
          "more than "
              + MOST_WAYS
              + " ways lead from "
              + subject.x().name()
              + " to the function; --by differential explains it");
    }
    List<List<Node>> ways = ways(nodes.getFirst());
    Optional<Syntax> product = matrices(ways);
    List<Rule> rules = new ArrayList<>(List.of(order(product.isPresent())));
    if (ways.size() > 1) {
      String function = subject.name().text();
      rules.add(
          Rule.named("one product for each way from " + subject.x().name() + " to " + function));
    }
    Program program =
        product
            .map(Make::program)
            .orElseGet(
                () ->
                    writer.program(
                        contracted(ways), axes(nodes.getLast(), nodes.getFirst()), false));
    show(total(ways), program, rules);
  }

  /** The derivative by each entry of the variable, in terms of the parts perhaps. */
  private void show(Line.Label left, Program program, List<Rule> rules) {
    List<Size> shape = expected().shape();
    Finding finding = board.gradient(inVariable(program), shape, denominator);
    if (finding == Finding.FAILS) throw Board.unverified(left, program);
    if (finding == Finding.UNKNOWN) return;
    board.verified(left, program, rules, shape, isRow(nodes.getLast(), nodes.getFirst()));
  }

  private Tensor expected() {
    Tensor derivative = writer.derivative(subject.function(), subject.x());
    return arranged(derivative, subject.x().rank());
  }

  private Rule order(boolean matrices) {
    if (!matrices) {
      return Rule.named("chain rule; what stands between is summed over its entries");
    }
    return Rule.named(
        denominator
            ? "chain rule; in denominator layout the innermost part stands first"
            : "chain rule; the outermost part stands first");
  }

  private Line.Label total(List<List<Node>> ways) {
    List<String> texts = new ArrayList<>();
    List<String> latex = new ArrayList<>();
    for (List<Node> way : ways) {
      List<Line.Label> slopes = steps(way).stream().map(s -> slope(s.of(), s.by())).toList();
      texts.add(String.join("*", slopes.stream().map(Line.Label::text).toList()));
      latex.add(String.join(" ", slopes.stream().map(Line.Label::latex).toList()));
    }
    Line.Label label = subject.answer().structure().isEmpty() ? answer() : Line.Label.EACH_ENTRY;
    return new Line.Label(
        label.text() + " = " + String.join(" + ", texts),
        label.latex() + " = " + String.join(" + ", latex));
  }

  /** From one part to the next. */
  private record Step(Node of, Node by) {}

  /** The steps of a way in the order in which the layout multiplies their Jacobians. */
  private List<Step> steps(List<Node> way) {
    List<Step> steps = new ArrayList<>();
    for (int k = 1; k < way.size(); k++) steps.add(new Step(way.get(k), way.get(k - 1)));
    return denominator ? steps : steps.reversed();
  }

  /** The sum of products of Jacobians; empty if they are no matrices, or do not multiply so. */
  private Optional<Syntax> matrices(List<List<Node>> ways) {
    List<Make.Term> terms = new ArrayList<>();
    for (List<Node> way : ways) {
      List<Syntax> factors = new ArrayList<>();
      for (Step s : steps(way)) {
        if (s.of().local().rank() + s.by().variable().rank() > 2) return Optional.empty();
        Tensor derivative = writer.derivative(s.of().local(), s.by().variable());
        Tensor shown = arranged(derivative, s.by().variable().rank());
        Optional<Syntax> factor = writer.matrix(shown, isRow(s.of(), s.by()));
        if (factor.isEmpty()) return factor;
        factors.add(factor.get());
      }
      terms.add(new Make.Term(false, Make.product(factors, BinaryOperator.MULTIPLY)));
    }
    Syntax product = Make.sum(terms);
    Program whole = inVariable(Make.program(product));
    boolean holds = board.gradient(whole, expected().shape(), denominator) == Finding.HOLDS;
    return holds ? Optional.of(product) : Optional.empty();
  }

  /** The same sum in index notation or whatever is short, in terms of the parts. */
  private Tensor contracted(List<List<Node>> ways) {
    List<Tensor> products = new ArrayList<>();
    for (List<Node> way : ways) {
      Tensor product = null;
      for (int k = 1; k < way.size(); k++) {
        Node by = way.get(k - 1);
        Tensor next = writer.derivative(way.get(k).local(), by.variable());
        product =
            product == null
                ? next
                : Writer.composed(product, next, subject.x().rank(), by.variable().rank());
      }
      products.add(Objects.requireNonNull(product));
    }
    return arranged(Tensors.add(products.toArray(Tensor[]::new)), subject.x().rank());
  }

  /** With every part in the place of its name. */
  private Program inVariable(Program program) {
    List<Program.Definition> definitions =
        program.definitions().stream().map(this::inVariable).toList();
    return new Program(definitions, inVariable(program.result()));
  }

  private Program.Definition inVariable(Program.Definition d) {
    Syntax value = d.value();
    for (Node n : nodes.subList(1, nodes.size()).reversed()) {
      value = Scope.substituted(value, Map.of(n.name(), n.formula()));
    }
    return new Program.Definition(d.name(), d.indices(), value, d.span());
  }
}
