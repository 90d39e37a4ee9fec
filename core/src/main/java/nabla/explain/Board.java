package nabla.explain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.lang.Program;
import nabla.lang.Syntax;
import nabla.notation.TextPrinter;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import nabla.verify.DirectionalCheck;
import nabla.verify.DirectionalCheck.Finding;
import nabla.verify.exact.Certificate;
import nabla.verify.exact.ExactComparison;
import org.jspecify.annotations.Nullable;

/** The lines of a derivation so far. What is put on it is read again and verified first. */
final class Board {
  private final Scope scope;
  private final Subject subject;
  private final Variable dx;
  private final DirectionalCheck check;
  private final List<Line> lines = new ArrayList<>();
  private final Set<String> stated = new HashSet<>();
  private @Nullable Tensor differential;

  /**
   * @param dx the change of the variable in the lines
   */
  Board(Subject subject, Scope scope, Variable dx, long seed) {
    this.subject = subject;
    this.scope = scope;
    this.dx = dx;
    List<Variable> variables = new ArrayList<>();
    subject.problem().variables().forEach(s -> variables.add(s.variable()));
    this.check = new DirectionalCheck(subject.function(), subject.x(), variables, seed);
    if (check.hasPoints()) return;
    throw new NablaException(
        Code.UNSUPPORTED,
        "no point was found where the function can be differentiated, so that no step can be"
            + " verified");
  }

  List<Line> lines() {
    return List.copyOf(lines);
  }

  /** What a line is about: the rules that lead to it, and what they need. */
  record Reason(Set<Syntax> changed, List<Rule> rules, List<String> conditions) {
    static final Reason NONE = new Reason(Set.of(), List.of(), List.of());

    static Reason of(Rule... rules) {
      return new Reason(Set.of(), List.of(rules), List.of());
    }

    /** With the rules of lines before that are not shown. */
    Reason after(List<Rule> before) {
      if (before.isEmpty()) return this;
      List<Rule> all = new ArrayList<>(before);
      all.addAll(rules);
      return new Reason(Set.of(), all, conditions);
    }
  }

  /**
   * A line that says what the differential of the function is.
   *
   * @param tail what is said of a remainder of second order, if there is one
   * @return whether it was verified, and so is shown
   */
  boolean differential(Line.Label left, Syntax right, Line.Label tail, Reason reason) {
    Program program = Make.program(right);
    boolean holds = holds(differential(right), left, program);
    if (holds && !tail.equals(Line.Label.NONE)) {
      holds = holds(moved(subject.function(), right, false, true), left, program);
    }
    if (holds) add(left, program, tail, reason, subject.function().shape());
    return holds;
  }

  /** Whether a finding says yes; no would be a mistake of the derivation. */
  private static boolean holds(Finding finding, Line.Label left, Program right) {
    if (finding == Finding.FAILS) throw unverified(left, right);
    return finding == Finding.HOLDS;
  }

  /**
   * A line that says what a function is where the variable has moved.
   *
   * @param function of the variable
   * @param right a formula of the variable and its change
   * @param tail what is said of a remainder of second order; nothing if there is none
   * @param subtracted whether the value where the variable has not moved is subtracted
   * @return whether it was verified, and so is shown
   */
  boolean moved(
      Line.Label left,
      Tensor function,
      Syntax right,
      Line.Label tail,
      boolean subtracted,
      Reason reason) {
    boolean exactly = tail.equals(Line.Label.NONE);
    Program program = Make.program(right);
    boolean holds = holds(moved(function, right, exactly, subtracted), left, program);
    if (holds) add(left, program, tail, reason, function.shape());
    return holds;
  }

  private Finding moved(Tensor function, Syntax right, boolean exactly, boolean subtracted) {
    return scope
        .readAs(Make.text(right), List.of(dx), function.shape())
        .map(line -> subtracted ? Tensors.add(line, function) : line)
        .map(line -> check.moved(function, line, dx.name(), exactly))
        .orElse(Finding.UNKNOWN);
  }

  private void add(
      Line.Label left, Program right, Line.Label tail, Reason reason, List<Size> shape) {
    add(left, right, tail, reason, shape, subject.problem().row());
  }

  private void add(
      Line.Label left,
      Program right,
      Line.Label tail,
      Reason reason,
      List<Size> shape,
      boolean row) {
    List<Rule> rules = List.copyOf(new LinkedHashSet<>(reason.rules()));
    // Those that a declaration grants are no conditions of the answer.
    List<String> conditions =
        reason.conditions().stream().filter(subject.answer().conditions()::contains).toList();
    stated.addAll(conditions);
    boolean isRow = row && shape.size() == 1;
    lines.add(new Line(left, right, tail, reason.changed(), rules, conditions, shape, isRow));
  }

  /** Whether a formula is the differential, those that are open in it taken for what they mean. */
  private Finding differential(Syntax right) {
    Map<String, Tensor> open = new LinkedHashMap<>();
    List<Variable> further = new ArrayList<>(List.of(dx));
    Map<String, Syntax> names = new LinkedHashMap<>();
    Syntax closed = closed(right, names, open, further);
    Optional<Tensor> line = scope.readAs(Make.text(closed), further, subject.function().shape());
    if (line.isPresent() && open.isEmpty() && isRefuted(line.get())) return Finding.FAILS;
    return line.map(read -> check.derivative(subject.function(), read, dx.name(), open))
        .orElse(Finding.UNKNOWN);
  }

  /** Whether exact arithmetic says that it is not the differential. */
  private boolean isRefuted(Tensor line) {
    List<Variable> variables = new ArrayList<>(scope.context.variables());
    variables.add(dx);
    if (differential == null) {
      Writer writer = new Writer(subject.simplifier(), Map.of(), variables);
      differential = writer.differential(subject.function(), subject.x(), dx);
    }
    return new ExactComparison(variables, 1).compare(differential, line).status()
        == Certificate.Status.REFUTED;
  }

  /** With a name in the place of each open differential. */
  private Syntax closed(
      Syntax s, Map<String, Syntax> names, Map<String, Tensor> open, List<Variable> further) {
    boolean isOpen =
        s instanceof Syntax.Call c
            && c.function().equals(Differentials.D)
            && c.arguments().size() == 1;
    if (!isOpen) return s.map(part -> closed(part, names, open, further));
    Syntax of = ((Syntax.Call) s).arguments().getFirst();
    String text = Make.text(of);
    Syntax known = names.get(text);
    if (known != null) return known;
    Scope.Part part = scope.part(of).orElseThrow();
    Variable v = new Variable(scope.free("d_" + (open.size() + 1)), part.shape(), Set.of());
    further.add(v);
    open.put(v.name(), part.tensor());
    Syntax name = part.row() ? Make.transpose(Make.name(v.name())) : Make.name(v.name());
    names.put(text, name);
    return name;
  }

  /**
   * A line that says what the differential of a function of the function is, in any notation.
   *
   * @param of the function whose differential it is
   * @param tail what is said of a remainder
   */
  void differential(Line.Label left, Tensor of, Program right, Line.Label tail, Reason reason) {
    Optional<Tensor> read = scope.readAs(TextPrinter.print(right), List.of(dx), of.shape());
    Finding finding =
        read.map(r -> check.derivative(of, r, dx.name(), Map.of())).orElse(Finding.UNKNOWN);
    boolean row = subject.problem().row() && of.rank() == subject.function().rank();
    if (holds(finding, left, right)) add(left, right, tail, reason, of.shape(), row);
  }

  /** A line that says what a name means. */
  void definition(Line.Label left, Program right, List<Rule> rules, List<Size> shape) {
    verified(left, right, rules, shape, false);
  }

  /** A line that was verified elsewhere. */
  void verified(Line.Label left, Program right, List<Rule> rules, List<Size> shape, boolean row) {
    add(left, right, Line.Label.NONE, new Reason(Set.of(), rules, List.of()), shape, row);
  }

  /**
   * Whether a formula is the derivative.
   *
   * @param variableFirst whether the axes of the variable come first, else those of the function
   */
  Finding gradient(Program formula, List<Size> shape, boolean variableFirst) {
    int own = subject.function().rank();
    return scope
        .readAs(TextPrinter.print(formula), List.of(), shape)
        .map(read -> variableFirst ? read : Writer.swapped(read, own))
        .map(this::derivative)
        .orElse(Finding.UNKNOWN);
  }

  /** The derivative by each entry of the variable, its axes first. */
  void gradient(Line.Label left, Tensor derivative, Program right, Reason reason) {
    Optional<Tensor> read = scope.readAs(TextPrinter.print(right), List.of(), derivative.shape());
    Finding finding = read.map(this::derivative).orElse(Finding.UNKNOWN);
    if (holds(finding, left, right)) {
      add(left, right, Line.Label.NONE, reason, derivative.shape(), false);
    }
  }

  private Finding derivative(Tensor derivative) {
    Tensor change = Writer.contracted(derivative, dx);
    return check.derivative(subject.function(), change, dx.name(), Map.of());
  }

  /** What was asked for, the end of the derivation. */
  void answer(Reason reason) {
    answer(subject.answer().label(), reason);
  }

  /** The same under another name. */
  void answer(Line.Label label, Reason reason) {
    Subject.Answer a = subject.answer();
    Tensor read =
        scope
            .readAs(TextPrinter.print(a.formula()), List.of(), a.shape())
            .orElseThrow(() -> unverified(a.label(), a.formula()));
    boolean everyEntry = a.structure().isEmpty() && subject.declared().properties().isEmpty();
    if (everyEntry) holds(derivative(Tensors.permute(read, a.order())), a.label(), a.formula());
    if (!subject.isRight().getAsBoolean()) throw unverified(a.label(), a.formula());
    List<String> left =
        a.conditions().stream().filter(condition -> !stated.contains(condition)).toList();
    Reason last = new Reason(reason.changed(), reason.rules(), left);
    add(label, a.formula(), Line.Label.NONE, last, a.shape(), a.row());
  }

  static NablaException unverified(Line.Label left, Program right) {
    return new NablaException(
        Code.UNSUPPORTED,
        "a step of the derivation could not be verified and is not shown: "
            + left.text()
            + " = "
            + TextPrinter.print(right));
  }
}
