package nabla.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import nabla.diagnostic.Span;
import nabla.lang.BinaryOperator;
import nabla.lang.Program;
import nabla.lang.Syntax;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/**
 * From a differential to the derivative: every term is brought to the form {@code g'*dx}, {@code
 * tr(G'*dX)} or {@code J*dx}, the terms are collected, and what stands at the change of the
 * variable is read off.
 */
final class ReadingOff {
  /** What a function that was not there before says of the step. */
  private static final Map<String, Rule> NAMED =
      new TreeMap<>(
          Map.of(
              "diag(", new Rule("a product entry by entry", "u.*v = diag(u)*v"),
              "inv(", new Rule("the inverse", "inv(X) = adj(X)/det(X)"),
              "sigmoid(", new Rule("this is the sigmoid", "sigmoid(u) = 1/(1 + exp(-u))"),
              "softmax(", new Rule("this is softmax", "softmax(u) = exp(u)/sum(exp(u))"),
              "K(", new Rule("commutation matrix", "vec(X') = K(m,n)*vec(X)")));

  private static final Rule EVERY_FACTOR = Rule.named("differentiate every factor in turn");

  private final Subject subject;
  private final Scope scope;
  private final Writer writer;
  private final Variable dx;
  private final Board board;
  private final Syntax change;
  private final Line.Label left;
  private final Line.Label tail;

  /**
   * @param left what stands left of a differential
   * @param tail what follows it
   */
  ReadingOff(
      Subject subject,
      Scope scope,
      Writer writer,
      Variable dx,
      Board board,
      Line.Label left,
      Line.Label tail) {
    this.left = left;
    this.tail = tail;
    this.subject = subject;
    this.scope = scope;
    this.writer = writer;
    this.dx = dx;
    this.board = board;
    this.change = Make.name(dx.name());
  }

  /**
   * @param line the differential, without open parts; null if it has no such form
   */
  void from(@Nullable Syntax line) {
    Tensor derivative = writer.derivative(subject.function(), subject.x());
    if (Tensors.isZero(derivative)) {
      String constant = subject.name().text() + " does not depend on " + subject.x().name();
      answer(derivative, List.of(Rule.named(constant)));
      return;
    }
    if (!isLinearForm()) {
      whole(derivative, line);
      return;
    }
    Syntax before = line;
    List<Make.Term> terms = line == null ? List.of() : Make.terms(line);
    Optional<Syntax> aligned = terms.size() > 1 ? aligned(terms) : Optional.empty();
    if (line != null && aligned.isPresent() && isOther(aligned.get(), before)) {
      board.differential(left, aligned.get(), tail, reason(rules(line, aligned.get())));
      before = aligned.get();
    }
    Optional<Syntax> collected = form(derivative);
    if (collected.isPresent() && isOther(collected.get(), before)) {
      List<Rule> rules = before == null ? List.of(EVERY_FACTOR) : rules(before, collected.get());
      board.differential(left, collected.get(), tail, reason(rules));
    }
    answer(derivative, readOff());
  }

  /** With what is declared of the variable, in a line of its own if it changes the formula. */
  private void answer(Tensor derivative, List<Rule> readOff) {
    Subject.Answer answer = subject.answer();
    if (answer.structure().isEmpty()) {
      board.answer(reason(readOff));
      return;
    }
    Program entries = writer.program(derivative, List.of(), false);
    board.gradient(Line.Label.EACH_ENTRY, derivative, entries, reason(readOff));
    board.answer(Board.Reason.of(Rule.named(answer.structure())));
  }

  private static Board.Reason reason(List<Rule> rules) {
    return new Board.Reason(Set.of(), rules, List.of());
  }

  /** Whether more than the order of terms or a bracket is new. */
  private static boolean isOther(Syntax line, @Nullable Syntax before) {
    return before == null || !bare(line).equals(bare(before));
  }

  private static List<String> bare(Syntax line) {
    return Make.terms(line).stream()
        .map(t -> Make.text(t.signed()).replaceAll("[()]", ""))
        .sorted()
        .toList();
  }

  /** Whether the differential is a product with the change that matrices can write. */
  private boolean isLinearForm() {
    int own = subject.function().rank();
    int by = subject.x().rank();
    return (own == 0 && by <= 2) || by == 0 || (own == 1 && by == 1);
  }

  /** Every term by itself in the form of the whole. */
  private Optional<Syntax> aligned(List<Make.Term> terms) {
    List<Make.Term> aligned = new ArrayList<>();
    for (Make.Term t : terms) {
      Optional<Syntax> form =
          scope
              .readAs(Make.text(t.value()), List.of(dx), subject.function().shape())
              .map(tensor -> writer.derivative(tensor, dx))
              .filter(d -> !Tensors.isZero(d))
              .flatMap(this::form);
      if (form.isEmpty()) return Optional.empty();
      boolean negative = form.get() instanceof Syntax.Negate;
      Syntax value = form.get() instanceof Syntax.Negate n ? n.operand() : form.get();
      aligned.add(new Make.Term(t.minus() != negative, value));
    }
    return Optional.of(Make.sum(aligned));
  }

  /** A derivative, axes of the variable first, times the change. */
  private Optional<Syntax> form(Tensor derivative) {
    if (Tensors.isZero(derivative)) return Optional.empty();
    int by = subject.x().rank();
    if (by == 0) {
      boolean row = subject.problem().row();
      return writer.matrix(derivative, row).map(this::timesChange);
    }
    if (subject.function().rank() == 1) {
      return writer
          .matrix(Writer.swapped(derivative, 1), false)
          .map(this::timesChange)
          .map(s -> subject.problem().row() ? Make.transpose(s) : s);
    }
    if (by == 1) return writer.matrix(derivative, true).map(this::timesChange);
    return writer
        .matrix(Tensors.transpose(derivative), false)
        .map(this::timesChange)
        .map(ReadingOff::trace);
  }

  private Syntax timesChange(Syntax s) {
    return switch (s) {
      case Syntax.Negate n -> new Syntax.Negate(timesChange(n.operand()), Span.NONE);
      case Syntax.Numeral n when n.value().isOne() -> change;
      case Syntax.Call c when c.function().equals("eye") -> change;
      default -> Make.binary(BinaryOperator.MULTIPLY, s, change);
    };
  }

  private static Syntax trace(Syntax s) {
    return s instanceof Syntax.Negate n
        ? new Syntax.Negate(trace(n.operand()), n.span())
        : Make.call("tr", s);
  }

  /** What leads from one line to the next. */
  private List<Rule> rules(Syntax before, Syntax after) {
    List<Rule> rules = new ArrayList<>();
    String old = Make.text(before);
    String text = Make.text(after);
    int by = subject.x().rank();
    if (subject.function().rank() == 0 && by == 1 && isTurned(before)) {
      rules.add(new Rule("a scalar is its own transpose", "a'*b = b'*a"));
    }
    if (subject.function().rank() == 0 && by == 2) rules.addAll(traces(before));
    boolean summed = old.contains("sum(") && !text.contains("sum(");
    if (summed) {
      rules.add(
          by == 1
              ? new Rule("a sum of products is an inner product", "sum(u.*v) = u'*v")
              : new Rule("a sum of products is a trace", "sum(P.*Q) = tr(P'*Q)"));
    }
    NAMED.forEach(
        (sign, rule) -> {
          if (text.contains(sign) && !old.contains(sign)) rules.add(rule);
        });
    if (rules.isEmpty()) {
      boolean several = Make.terms(before).size() > Make.terms(after).size();
      rules.add(Rule.named(several ? "collect" : "simplify"));
    }
    return rules;
  }

  /** How terms become traces that end in the change. */
  private List<Rule> traces(Syntax before) {
    List<Rule> rules = new ArrayList<>();
    boolean trace = Make.text(before).contains("tr(");
    if (isTurned(before)) {
      rules.add(
          trace
              ? new Rule("a matrix and its transpose have the same trace", "tr(P') = tr(P)")
              : new Rule("a scalar is its own transpose", "a'*b = b'*a"));
    }
    if (trace && !endsInChange(before)) {
      rules.add(new Rule("cyclic property of the trace", "tr(P*Q) = tr(Q*P)"));
    }
    if (!trace && !Make.text(before).contains("sum(")) {
      rules.add(
          new Rule(
              "a scalar is its own trace, whose factors can be moved round", "a'*b = tr(b*a')"));
    }
    return rules;
  }

  /** Whether the change is the last factor of every term inside every trace. */
  private boolean endsInChange(Syntax s) {
    if (s instanceof Syntax.Call c && c.function().equals("tr")) {
      return Make.terms(c.arguments().getFirst()).stream()
          .map(t -> Make.factors(t.value(), BinaryOperator.MULTIPLY).getLast())
          .allMatch(last -> last instanceof Syntax.Name n && n.name().equals(dx.name()));
    }
    return s.parts().stream().allMatch(this::endsInChange);
  }

  /** Whether the change stands in a transpose. */
  private boolean isTurned(Syntax s) {
    return s.anyMatch(
        part -> part instanceof Syntax.Transpose t && Scope.mentions(t.operand(), dx.name()));
  }

  /** What is read off, and what the layout makes of it. */
  private List<Rule> readOff() {
    String d = dx.name();
    String left = this.left.text() + " = ";
    String tail = this.tail.text();
    int by = subject.x().rank();
    String layout = subject.answer().layout();
    if (by == 0) return List.of(new Rule("read off", left + "G*" + d + tail));
    if (subject.isDerivative()) return List.of(new Rule("read off H", left + "H*" + d + tail));
    if (subject.function().rank() == 1) {
      String place = layout.equals("denominator") ? "is J'" : "is J";
      return List.of(
          new Rule("read off", left + "J*" + d + tail),
          Rule.named("in " + layout + " layout the Jacobian " + place));
    }
    String form = by == 1 ? "g'*" + d : "tr(G'*" + d + ")";
    String symbol = by == 1 ? "g" : "G";
    String place = layout.equals("numerator") ? symbol + "'" : symbol;
    return List.of(
        new Rule("read off", left + form + tail),
        Rule.named("in " + layout + " layout the gradient is " + place));
  }

  /** The differential of matrices by matrices, with Kronecker products, and by its entries. */
  private void whole(Tensor derivative, @Nullable Syntax line) {
    Tensor differential = Writer.contracted(derivative, dx);
    Program shortest = writer.program(differential, List.of(), subject.problem().row());
    if (line == null || isOther(line, shortest.result().value())) {
      Rule rule = line == null ? EVERY_FACTOR : Rule.named("collect");
      board.differential(left, subject.function(), shortest, tail, Board.Reason.of(rule));
    }
    vectorized(derivative);
    String entry = subject.answer().entry();
    answer(derivative, List.of(Rule.named("read off the entries: " + entry)));
  }

  private void vectorized(Tensor derivative) {
    int by = subject.x().rank();
    int own = subject.function().rank();
    if (by > 2 || own > 2 || by == 0 || own == 0) return;
    Optional<Syntax> matrix = writer.matrix(Writer.jacobian(derivative, by), false);
    if (matrix.isEmpty()) return;
    Syntax column = by == 2 ? Make.call("vec", change) : change;
    Syntax right = Make.binary(BinaryOperator.MULTIPLY, matrix.get(), column);
    Line.Label vector =
        own == 2
            ? new Line.Label(
                "vec(" + left.text() + ")",
                "\\operatorname{vec}\\left(" + left.latex() + "\\right)")
            : left;
    List<Rule> rules = new ArrayList<>();
    rules.add(new Rule("vec of a product", "vec(A*X*B) = kron(B', A)*vec(X)"));
    if (Make.text(right).contains("K(")) rules.add(Objects.requireNonNull(NAMED.get("K(")));
    board.differential(
        vector, Writer.vec(subject.function()), Make.program(right), tail, reason(rules));
  }
}
