package nabla.generated;

import static nabla.generated.Finding.wrong;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import nabla.Derivative;
import nabla.Expression;
import nabla.Layout;
import nabla.Structure;
import nabla.calculus.Differentiation;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.lang.Elaboration;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import nabla.verify.Binding;
import nabla.verify.CheckReport;
import nabla.verify.ReferenceInterpreter;
import org.jspecify.annotations.Nullable;

/**
 * Judges one expression. The truth is the expression read without any declared property: its value,
 * its derivatives as they come from differentiation (which finite differences confirm), neither of
 * them ever simplified.
 */
final class Oracle {
  private static final int OTHER_POINTS = 5;

  private final Sample sample;
  private final Dice dice;
  private final int round;
  private final Map<Structure, Integer> structures;

  private Oracle(Sample sample, int round, Map<Structure, Integer> structures) {
    this.sample = sample;
    this.round = round;
    this.structures = structures;
    this.dice = new Dice(sample.seed());
  }

  static Finding judge(Sample sample) {
    return judge(sample, new EnumMap<>(Structure.class));
  }

  /**
   * A formula that agrees to full precision at one point is not off by little at another one, and
   * one that is wrong disagrees with differences at more than one.
   *
   * @param structures counts the derivatives that kept a structure
   */
  static Finding judge(Sample sample, Map<Structure, Integer> structures) {
    Finding first = judge(sample, 0, structures);
    if (first.kind() != Finding.Kind.IMPRECISE) return first;
    boolean again = false;
    for (int round = 1; round <= OTHER_POINTS; round++) {
      Finding other = judge(sample, round, structures);
      if (other.kind() == Finding.Kind.RIGHT) return new Finding(Finding.Kind.NOT_CHECKED, "", "");
      again |= other.kind() == Finding.Kind.IMPRECISE || other.kind() == Finding.Kind.WRONG;
    }
    return again
        ? wrong(first.claim(), first.details())
        : new Finding(Finding.Kind.NOT_CHECKED, "at one point only", first.details());
  }

  private static Finding judge(Sample sample, int round, Map<Structure, Integer> structures) {
    try {
      return new Oracle(sample, round, structures).judge();
    } catch (NablaException e) {
      if (Points.isTooLarge(e))
        return new Finding(Finding.Kind.NOT_CHECKED, "too large to evaluate", "");
      if (e.diagnostic().code() == Code.DOMAIN) {
        return new Finding(Finding.Kind.NOT_CHECKED, "undefined at this point", "");
      }
      return new Finding(
          Finding.Kind.REFUSED,
          "refused with " + e.diagnostic().code(),
          e.getMessage() + " at " + e.diagnostic().span());
    } catch (RuntimeException | StackOverflowError e) {
      StackTraceElement[] trace = e.getStackTrace();
      String where =
          trace.length == 0 ? "" : " at " + trace[0] + " < " + trace[Math.min(3, trace.length - 1)];
      return wrong("internal error " + e.getClass().getSimpleName(), e.getMessage() + where);
    }
  }

  private Finding judge() {
    Expression expression = Expression.parse(sample.text(), sample.declarations());
    Tensor truth =
        Elaboration.read(sample.text(), Sample.declarations(sample.free()), Map.of()).tensor();
    List<List<Variable>> orders = orders(truth);
    List<List<Tensor>> chains = orders.stream().map(by -> chain(truth, by)).toList();
    List<Tensor> all = chains.stream().flatMap(List::stream).distinct().toList();
    Binding at = Points.good(sample, all, dice.seed() + round);
    Finding value = value(expression, truth, at);
    if (value != null) return value;
    boolean checked = at != null;
    for (int k = 0; k < orders.size(); k++) {
      Finding finding = derivative(expression, orders.get(k), chains.get(k), at);
      if (finding == null) finding = structures(expression, orders.get(k), chains.get(k), at);
      if (finding != null) {
        if (finding.kind() != Finding.Kind.NOT_CHECKED) return finding;
        checked = false;
      }
    }
    return checked ? Finding.RIGHT : new Finding(Finding.Kind.NOT_CHECKED, "", "");
  }

  /** The variables to differentiate by: one, and often another one or the same again. */
  private List<List<Variable>> orders(Tensor truth) {
    List<Variable> used = Tensors.variables(truth);
    List<Variable> all = used.isEmpty() ? sample.free() : used;
    List<List<Variable>> orders = new ArrayList<>();
    if (all.isEmpty()) return orders;
    List<Variable> structured =
        all.stream().filter(v -> Structures.isStructured(declared(v))).toList();
    Variable x = dice.pick(structured.isEmpty() || dice.chance(0.5) ? all : structured);
    Variable y = dice.pick(all);
    orders.add(List.of(x));
    Variable second = dice.chance(0.5) ? x : y;
    boolean small = truth.rank() + x.rank() + second.rank() <= 4;
    if (small && dice.chance(0.6)) orders.add(List.of(x, second));
    return orders;
  }

  private static List<Tensor> chain(Tensor truth, List<Variable> by) {
    List<Tensor> chain = new ArrayList<>(List.of(truth));
    for (int order = 0; order < by.size(); order++) {
      chain.add(Differentiation.next(chain.getLast(), by.subList(0, order), by.get(order)));
    }
    return chain;
  }

  private @Nullable Finding value(Expression expression, Tensor truth, @Nullable Binding at) {
    Expression again = Expression.parse(expression.text(), sample.declarations());
    Expression unicode = Expression.parse(expression.unicode(), sample.declarations());
    String latex = expression.latex();
    if (latex.isEmpty()) return wrong("the expression has no LaTeX", "");
    if (at == null) return null;
    Truth expected = Truth.of(truth, at);
    Finding own = expected.compare("value", expression.value(at.variables()), "");
    if (own != null) return own;
    Finding text =
        expected.compare("value of the text", again.value(at.variables()), expression.text());
    if (text != null) return text;
    return expected.compare(
        "value of the Unicode text", unicode.value(at.variables()), expression.unicode());
  }

  private @Nullable Finding derivative(
      Expression expression, List<Variable> by, List<Tensor> chain, @Nullable Binding at) {
    List<String> names = by.stream().map(Variable::name).toList();
    String label = "derivative by " + String.join(",", names) + " ";
    String claim = by.size() == 1 ? "first derivative" : "second derivative";
    Derivative derivative = expression.derivative(names, Layout.DENOMINATOR);
    if (derivative.latex().isEmpty()) return wrong(claim + " has no LaTeX", label);
    derivative.conditions().forEach(condition -> Objects.requireNonNull(condition));
    Tensor text = read(derivative, derivative.text());
    Tensor unicode = read(derivative, derivative.unicode());
    if (at == null) return null;
    Truth expected = Truth.of(chain.getLast(), at);
    String details = label + derivative.text();
    NumericArray value = derivative.value(at.variables());
    if (!value.isFinite() && overflows(text, at)) {
      return new Finding(Finding.Kind.NOT_CHECKED, "an overflow on the way", details);
    }
    Finding simplified = expected.compare(claim, value, details);
    if (simplified != null) return simplified;
    Finding printed =
        expected.compare(claim + " as text", ReferenceInterpreter.evaluate(text, at), details);
    if (printed != null) return printed;
    NumericArray unicodeValue = ReferenceInterpreter.evaluate(unicode, at);
    Finding signs =
        expected.compare(claim + " as Unicode", unicodeValue, label + derivative.unicode());
    if (signs != null) return signs;
    Finding layout =
        by.size() == 1 && dice.chance(0.4) ? layouts(expression, by, expected, at) : null;
    if (layout != null) return layout;
    Finding differences = differences(claim, by, chain, expected.value(), at, details);
    return differences != null || !dice.chance(0.2)
        ? differences
        : ownCheck(derivative, at, details);
  }

  /** Derivatives that keep what is declared, of what is right without. */
  private @Nullable Finding structures(
      Expression expression, List<Variable> free, List<Tensor> chain, @Nullable Binding at) {
    List<Variable> by = free.stream().map(this::declared).toList();
    if (by.stream().noneMatch(Structures::isStructured)) return null;
    for (Structure structure : List.of(Structure.PROJECTED, Structure.INDEPENDENT)) {
      if (!Structures.exist(structure, by)) continue;
      Finding finding = structured(expression, structure, by, chain, at);
      if (finding != null) return finding;
      if (at != null) structures.merge(structure, 1, Integer::sum);
    }
    return null;
  }

  private Variable declared(Variable free) {
    return sample.variables().stream()
        .filter(v -> v.name().equals(free.name()))
        .findFirst()
        .orElseThrow();
  }

  private @Nullable Finding structured(
      Expression expression,
      Structure structure,
      List<Variable> by,
      List<Tensor> chain,
      @Nullable Binding at) {
    List<String> names = by.stream().map(Variable::name).toList();
    String claim = structure.label() + (by.size() == 1 ? " derivative" : " second derivative");
    Derivative derivative = expression.derivative(names, Layout.DENOMINATOR, structure);
    String details = "by " + String.join(",", names) + " " + derivative.text();
    Tensor text = read(derivative, derivative.text());
    if (at == null) return null;
    Truth free = Truth.of(chain.getLast(), at);
    Truth expected = free.with(Structures.kept(free.value(), by, at, structure));
    NumericArray value = derivative.value(at.variables());
    if (!value.isFinite() && overflows(text, at)) {
      return new Finding(Finding.Kind.NOT_CHECKED, "an overflow on the way", details);
    }
    Finding simplified = expected.compare(claim, value, details);
    if (simplified != null) return simplified;
    Finding printed =
        expected.compare(claim + " as text", ReferenceInterpreter.evaluate(text, at), details);
    if (printed != null) return printed;
    if (structure == Structure.PROJECTED && by.size() == 1) {
      Variable x = by.getFirst();
      NumericArray point = Objects.requireNonNull(at.variables().get(x.name()));
      List<double[]> changes = Structures.basis(x, point);
      Differences differences = Differences.along(chain.getFirst(), x, at, changes, dice);
      Differences.Verdict verdict = differences.compare(expected.value(), 1);
      Finding along = found(claim, verdict, details);
      if (along != null) return along;
    }
    return dice.chance(0.2) ? ownCheck(derivative, at, details) : null;
  }

  /** Whether a part of a formula is larger than a number can be: a power with a huge exponent. */
  private static boolean overflows(Tensor formula, Binding at) {
    return Tensors.topological(formula).stream()
        .map(node -> ReferenceInterpreter.evaluate(node, at))
        .anyMatch(v -> Arrays.stream(v.data()).anyMatch(Double::isInfinite));
  }

  /** What is right must not fail the check that users see. */
  private @Nullable Finding ownCheck(Derivative derivative, Binding at, String details) {
    CheckReport report = derivative.check(at.variables());
    return report.status() == CheckReport.Status.FAILED
        ? wrong("a right derivative fails its check", report.reason() + "  " + details)
        : null;
  }

  private Tensor read(Derivative derivative, String text) {
    return Elaboration.readAs(text, sample.variables(), derivative.shape());
  }

  /** The other layouts show the same numbers with the axes where the contract puts them. */
  private @Nullable Finding layouts(
      Expression expression, List<Variable> by, Truth expected, Binding at) {
    int own = expression.shape().size();
    int rank = expected.value().rank();
    List<Integer> functionFirst =
        IntStream.range(0, rank).map(k -> (k + rank - own) % Math.max(1, rank)).boxed().toList();
    for (Layout layout : List.of(Layout.NUMERATOR, Layout.MIXED)) {
      Derivative shown = expression.derivative(List.of(by.getFirst().name()), layout);
      boolean turned = layout == Layout.NUMERATOR && own == 0 && rank == 2;
      Truth permuted = expected.permuted(turned ? List.of(1, 0) : functionFirst);
      Finding value =
          permuted.compare(layout + " layout", shown.value(at.variables()), shown.text());
      if (value != null) return value;
      Tensor text = read(shown, shown.text());
      NumericArray read = ReferenceInterpreter.evaluate(text, at);
      Finding printed = permuted.compare(layout + " layout as text", read, shown.text());
      if (printed != null) return printed;
    }
    return null;
  }

  private @Nullable Finding differences(
      String claim,
      List<Variable> by,
      List<Tensor> chain,
      NumericArray derivative,
      Binding at,
      String details) {
    int earlier = 1;
    for (Variable v : by.subList(0, by.size() - 1)) {
      earlier *= Objects.requireNonNull(at.variables().get(v.name())).count();
    }
    Tensor before = chain.get(chain.size() - 2);
    Differences differences = Differences.along(before, by.getLast(), at, dice);
    return found(claim, differences.compare(derivative, earlier), details);
  }

  private static @Nullable Finding found(
      String claim, Differences.Verdict verdict, String details) {
    return switch (verdict) {
      case RIGHT -> null;
      case WRONG ->
          new Finding(Finding.Kind.IMPRECISE, claim + " against finite differences", details);
      case UNRELIABLE -> new Finding(Finding.Kind.NOT_CHECKED, claim, details);
    };
  }
}
