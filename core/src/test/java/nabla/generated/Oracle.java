package nabla.generated;

import static nabla.generated.Finding.wrong;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import nabla.Derivative;
import nabla.Expression;
import nabla.Layout;
import nabla.calculus.Differentiation;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.lang.Elaboration;
import nabla.operation.Adjugate;
import nabla.operation.Determinant;
import nabla.operation.Inverse;
import nabla.operation.LogDeterminant;
import nabla.operation.PseudoInverse;
import nabla.tensor.Apply;
import nabla.tensor.Einsum;
import nabla.tensor.NumericArray;
import nabla.tensor.Operator;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import nabla.verify.Binding;
import nabla.verify.CheckReport;
import nabla.verify.Evaluation;
import nabla.verify.ReferenceInterpreter;
import nabla.verify.SamplePoints;
import org.jspecify.annotations.Nullable;

/**
 * Judges one expression. The truth is the expression read without any declared property: its value,
 * its derivatives as they come from differentiation (which finite differences confirm), neither of
 * them ever simplified.
 */
final class Oracle {
  private static final double SAME = 1e-8;
  private static final double SMALLEST_DIVISOR = 1e-6;
  private static final double WORST_CONDITION = 1e8;
  private static final Set<Operator> SOLVING =
      Set.of(Inverse.INVERSE, Determinant.DETERMINANT, LogDeterminant.LOGDET, Adjugate.ADJUGATE);

  /** What rounding errors may amount to at an unlucky point; or something overflows on the way. */
  private static final double LITTLE = 1e-5;

  /** The same, where differences add their own. */
  private static final double SLIGHT = 1e-3;

  private static final int OTHER_POINTS = 5;
  private static final double LARGEST = 1e7;
  private static final double CLOSEST_KINK = 0.01;

  private static final int ATTEMPTS = 36;

  private final Sample sample;
  private final Dice dice;
  private final int round;

  private Oracle(Sample sample, int round) {
    this.sample = sample;
    this.round = round;
    this.dice = new Dice(sample.seed());
  }

  /** A formula that agrees to full precision at one point is not off by little at another one. */
  static Finding judge(Sample sample) {
    Finding first = judge(sample, 0);
    if (first.kind() != Finding.Kind.IMPRECISE) return first;
    for (int round = 1; round <= OTHER_POINTS; round++) {
      Finding other = judge(sample, round);
      if (other.kind() == Finding.Kind.RIGHT) return new Finding(Finding.Kind.NOT_CHECKED, "", "");
    }
    return wrong(first.claim(), first.details());
  }

  private static Finding judge(Sample sample, int round) {
    try {
      return new Oracle(sample, round).judge();
    } catch (NablaException e) {
      if (isTooLarge(e)) return new Finding(Finding.Kind.NOT_CHECKED, "too large to evaluate", "");
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
    Binding at = point(chains);
    Finding value = value(expression, truth, at);
    if (value != null) return value;
    boolean checked = at != null;
    for (int k = 0; k < orders.size(); k++) {
      Finding finding = derivative(expression, orders.get(k), chains.get(k), at);
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
    Variable x = dice.pick(all);
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

  /** A point in the domain, away from kinks, where nothing is large; null if there is none. */
  private @Nullable Binding point(List<List<Tensor>> chains) {
    List<Tensor> all = chains.stream().flatMap(List::stream).distinct().toList();
    long seed = dice.seed() + round;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Binding at = SamplePoints.draw(sample.variables(), sample.sizes(), seed, attempt);
      if (isGood(all, at)) return at;
    }
    return null;
  }

  /** The reference interpreter takes no arrays of ten million entries. */
  private static boolean isTooLarge(NablaException e) {
    return e.diagnostic().code() == Code.LIMIT
        && e.diagnostic().message().startsWith("an intermediate array");
  }

  private static boolean isGood(List<Tensor> all, Binding at) {
    try {
      return all.stream().allMatch(t -> isGood(t, at));
    } catch (NablaException e) {
      if (isTooLarge(e)) return false;
      throw e;
    }
  }

  private static boolean isGood(Tensor tensor, Binding at) {
    Evaluation evaluation = new ReferenceInterpreter(tensor, at.sizes()).evaluate(at.variables());
    for (double x : evaluation.value().data()) if (!(Math.abs(x) < LARGEST)) return false;
    return evaluation.distanceToKink() > CLOSEST_KINK && isWellConditioned(tensor, at);
  }

  /** Where rounding errors are divided or inverted, two right formulas may well differ. */
  static boolean isWellConditioned(Tensor tensor, Binding at) {
    for (Tensor node : Tensors.topological(tensor)) {
      boolean fine =
          switch (node) {
            case Einsum e ->
                e.factors().stream()
                    .filter(f -> f.exponent().signum() < 0)
                    .allMatch(f -> smallest(f.tensor(), at) > SMALLEST_DIVISOR);
            case Apply a when SOLVING.contains(a.operator()) -> {
              Tensor matrix = a.operands().getFirst();
              yield largest(matrix, at) * largest(Inverse.at(matrix), at) < WORST_CONDITION;
            }
            case Apply a when a.operator().equals(PseudoInverse.PINV) ->
                hasFullRank(a.operands().getFirst(), at);
            default -> true;
          };
      if (!fine) return false;
    }
    return true;
  }

  /** Otherwise rounding decides on the rank, and with it on the pseudoinverse. */
  private static boolean hasFullRank(Tensor matrix, Binding at) {
    Tensor turned = Tensors.transpose(matrix);
    boolean tall =
        matrix.shape().get(0).value(at.sizes()) > matrix.shape().get(1).value(at.sizes());
    Tensor gram = tall ? Tensors.multiply(turned, matrix) : Tensors.multiply(matrix, turned);
    return largest(gram, at) * largest(Inverse.at(gram), at) < WORST_CONDITION;
  }

  private static double smallest(Tensor tensor, Binding at) {
    return magnitudes(tensor, at).min().orElse(Double.POSITIVE_INFINITY);
  }

  private static double largest(Tensor tensor, Binding at) {
    return magnitudes(tensor, at).max().orElse(0);
  }

  private static DoubleStream magnitudes(Tensor tensor, Binding at) {
    return Arrays.stream(ReferenceInterpreter.evaluate(tensor, at).data()).map(Math::abs);
  }

  private @Nullable Finding value(Expression expression, Tensor truth, @Nullable Binding at) {
    Expression again = Expression.parse(expression.text(), sample.declarations());
    Expression unicode = Expression.parse(expression.unicode(), sample.declarations());
    String latex = expression.latex();
    if (latex.isEmpty()) return wrong("the expression has no LaTeX", "");
    if (at == null) return null;
    Truth expected = Truth.of(truth, at);
    Finding own = same("value", expected, expression.value(at.variables()), "");
    if (own != null) return own;
    Finding text =
        same("value of the text", expected, again.value(at.variables()), expression.text());
    if (text != null) return text;
    return same(
        "value of the Unicode text", expected, unicode.value(at.variables()), expression.unicode());
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
    Finding simplified = same(claim, expected, derivative.value(at.variables()), details);
    if (simplified != null) return simplified;
    Finding printed =
        same(claim + " as text", expected, ReferenceInterpreter.evaluate(text, at), details);
    if (printed != null) return printed;
    NumericArray unicodeValue = ReferenceInterpreter.evaluate(unicode, at);
    Finding signs =
        same(claim + " as Unicode", expected, unicodeValue, label + derivative.unicode());
    if (signs != null) return signs;
    Finding layout =
        by.size() == 1 && dice.chance(0.4) ? layouts(expression, by, expected, at) : null;
    if (layout != null) return layout;
    Finding differences = differences(claim, by, chain, expected.value(), at, details);
    return differences != null || !dice.chance(0.2)
        ? differences
        : ownCheck(derivative, at, details);
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
      Finding value = same(layout + " layout", permuted, shown.value(at.variables()), shown.text());
      if (value != null) return value;
      Tensor text = read(shown, shown.text());
      NumericArray read = ReferenceInterpreter.evaluate(text, at);
      Finding printed = same(layout + " layout as text", permuted, read, shown.text());
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
    Differences differences = new Differences(before, by.getLast(), at, dice);
    return switch (differences.compare(derivative, earlier)) {
      case RIGHT -> null;
      case WRONG ->
          new Finding(
              differences.error() < SLIGHT ? Finding.Kind.IMPRECISE : Finding.Kind.WRONG,
              claim + " against finite differences",
              details);
      case UNRELIABLE -> new Finding(Finding.Kind.NOT_CHECKED, claim, details);
    };
  }

  private @Nullable Finding same(String claim, Truth truth, NumericArray found, String details) {
    NumericArray expected = truth.value();
    if (!Arrays.equals(expected.shape(), found.shape())) {
      return wrong(claim + " has another shape", details);
    }
    double largest = truth.largest();
    for (int k = 0; k < expected.count(); k++) {
      double off = Math.abs(expected.data()[k] - found.data()[k]);
      if (!(off <= SAME * largest)) {
        String entry =
            "entry " + k + ": " + expected.data()[k] + " is right, not " + found.data()[k];
        boolean little = off <= LITTLE * largest || Double.isNaN(off);
        if (off <= Truth.ROUNDINGS * truth.noise()) {
          return new Finding(Finding.Kind.NOT_CHECKED, "", "");
        }
        Finding.Kind kind = little ? Finding.Kind.IMPRECISE : Finding.Kind.WRONG;
        return new Finding(kind, claim, entry + "  " + details);
      }
    }
    return null;
  }
}
