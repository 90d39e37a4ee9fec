package nabla;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import nabla.explain.ChainDerivation;
import nabla.explain.DifferentialDerivation;
import nabla.explain.EntriesDerivation;
import nabla.explain.LimitDerivation;
import nabla.explain.Line;
import nabla.explain.Rule;
import nabla.explain.Subject;
import nabla.lang.Problem;
import nabla.lang.Program;
import nabla.notation.MarkedText;
import nabla.tensor.Size;

/**
 * How one gets to a derivative, line by line, as a lecturer writes it on the board. Every line was
 * verified with numbers before it became a part of it.
 *
 * <pre>{@code
 * Derivative d = Expression.parse("x'*A*x").gradient("x");
 * Explanation e = d.explain(Explanation.Options.by(Explanation.Method.DIFFERENTIAL));
 * e.steps().stream().map(s -> s.left() + " = " + s.text()).toList() // [df = d(x'*A*x), df = dx'*A*x + x'*A*dx, df = x'*A'*dx + x'*A*dx, df = x'*(A + A')*dx, ∂f/∂x = (A + A')*x]
 * e.steps().get(1).rules() // [product rule: d(U*V) = dU*V + U*dV]
 * }</pre>
 */
public final class Explanation {
  /** The ways to explain a derivative. */
  public enum Method {
    /** By differentials: {@code d(u*v) = du*v + u*dv}, until only that of the variable is left. */
    DIFFERENTIAL,
    /** By the definition: what of {@code f(x + h) - f(x)} is linear in h. */
    LIMIT,
    /** Written out for small sizes, entry by entry. */
    ENTRIES,
    /** By the chain rule: the Jacobian of every part, and their product. */
    CHAIN;

    /** The name as options and the JSON contract spell it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The method with this label. */
    public static Optional<Method> of(String label) {
      for (Method m : values()) if (m.label().equals(label)) return Optional.of(m);
      return Optional.empty();
    }
  }

  /**
   * A line.
   *
   * @param left what stands on its left, in text, such as {@code df}; empty if the formula has its
   *     own
   * @param text the formula on its right, in the language itself
   * @param changed where in the text the parts stand that are new, 0-based
   * @param unicode the formula with the signs of mathematics
   * @param leftLatex what stands on its left, in LaTeX
   * @param latex the formula in LaTeX, with what is new underlined
   * @param rules what leads here from the line before
   * @param conditions what the rules need, such as {@code X invertible}
   * @param kind {@code scalar}, {@code vector}, {@code row}, {@code matrix} or {@code tensor}
   * @param shape the sizes of the axes of the formula
   */
  public record Step(
      String left,
      String text,
      List<Span> changed,
      String unicode,
      String leftLatex,
      String latex,
      List<Rule> rules,
      List<String> conditions,
      String kind,
      List<Size> shape) {}

  /**
   * What an explanation is to be like.
   *
   * @param detail 0 for the main steps, 1 for what fits on a board, 2 for every step, 3 for one
   *     rule a line
   * @param sizes numbers for the sizes of an explanation by entries; the others are 2
   * @param seed what the points are drawn from at which the lines are verified
   */
  public record Options(Method method, int detail, Map<String, Integer> sizes, long seed) {
    public Options {
      if (detail < 0 || detail > MOST_DETAIL) {
        throw new NablaException(
            Code.REQUEST, "the detail is a number from 0 to " + MOST_DETAIL + ", not " + detail);
      }
      sizes = Map.copyOf(sizes);
      for (Map.Entry<String, Integer> size : sizes.entrySet()) {
        boolean small = size.getValue() >= 1 && size.getValue() <= LARGEST_SIZE;
        if (small) continue;
        throw new NablaException(
            Code.REQUEST,
            "sizes to write out are from 1 to "
                + LARGEST_SIZE
                + ", not "
                + size.getKey()
                + " = "
                + size.getValue());
      }
    }

    /** What fits on a board. */
    public static Options by(Method method) {
      return new Options(method, 1, Map.of(), 1);
    }
  }

  private static final int MOST_DETAIL = 3;
  private static final int LARGEST_SIZE = 5;

  private final Method method;
  private final List<Step> steps;

  private Explanation(Method method, List<Step> steps) {
    this.method = method;
    this.steps = List.copyOf(steps);
  }

  static Explanation of(List<Subject> subjects, Options options) {
    List<Step> steps = new ArrayList<>();
    for (Subject subject : subjects) {
      Map<String, Integer> ranks = new HashMap<>();
      for (Problem.Symbol s : subject.problem().variables()) {
        ranks.put(s.name(), s.variable().rank());
      }
      List<Line> lines = lines(subject, options);
      for (int k = 0; k < lines.size(); k++) {
        steps.add(step(lines.get(k), k == lines.size() - 1, ranks));
      }
    }
    return new Explanation(options.method(), steps);
  }

  private static List<Line> lines(Subject subject, Options options) {
    int detail = options.detail();
    long seed = options.seed();
    return switch (options.method()) {
      case DIFFERENTIAL -> DifferentialDerivation.of(subject, detail, seed);
      case LIMIT -> LimitDerivation.of(subject, detail, seed);
      case ENTRIES -> EntriesDerivation.of(subject, detail, options.sizes(), seed);
      case CHAIN -> ChainDerivation.of(subject, seed);
    };
  }

  private static Step step(Line line, boolean last, Map<String, Integer> ranks) {
    Line.Label left = line.left();
    Program right = line.right();
    boolean indexed = !right.result().indices().isEmpty();
    if (indexed && last) left = new Line.Label("", "");
    if (indexed && !last) {
      String indices = String.join(",", right.result().indices());
      left =
          new Line.Label(
              left.text() + "[" + indices + "]",
              "\\left(" + left.latex() + "\\right)_{" + indices + "}");
      var value = new Program.Definition("", List.of(), right.result().value(), Span.NONE);
      right = new Program(right.definitions(), value);
    }
    MarkedText text = MarkedText.print(right, false, line.changed());
    String latex = line.with(left, right).latex(ranks);
    return new Step(
        left.text(),
        text.text() + line.tail().text(),
        text.marks(),
        MarkedText.print(right, true, line.changed()).text() + line.tail().text(),
        left.latex(),
        latex,
        line.rules(),
        line.conditions(),
        Expression.kind(line.shape().size(), line.row()),
        line.shape());
  }

  public Method method() {
    return method;
  }

  public List<Step> steps() {
    return steps;
  }

  /** The lines with what leads from one to the next, as a terminal shows them. */
  public String text() {
    return ExplanationText.of(steps, Step::text);
  }

  /** The same with the signs of mathematics. */
  public String unicode() {
    return ExplanationText.of(steps, Step::unicode);
  }

  /** A document that LaTeX compiles. */
  public String latex() {
    return ExplanationLatex.of(steps);
  }

  /** A list in Markdown with formulas as GitHub shows them. */
  public String markdown() {
    return ExplanationMarkdown.of(steps);
  }
}
