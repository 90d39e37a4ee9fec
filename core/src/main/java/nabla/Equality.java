package nabla;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import nabla.diagnostic.NablaException;
import nabla.lang.Elaboration;
import nabla.lang.Problem;
import nabla.tensor.Tensor;
import nabla.verify.Agreement;
import org.jspecify.annotations.Nullable;

/** Judges whether two expressions of one shape are equal, and where. */
final class Equality {
  private static final Comparison.Wording WORDING =
      new Comparison.Wording("equal", "the first", "the second");

  private final String correct;
  private final Problem both;
  private final Comparison comparison;
  private final Side first;
  private final Side second;

  /**
   * One of the two over the variables of both.
   *
   * @param written what must have values where it is defined as it was written
   * @param divisors what is divided by
   */
  private record Side(Tensor tensor, List<Tensor> written, List<Tensor> divisors) {}

  Equality(Expression first, Expression second) {
    Expression difference = first.minus(second);
    this.correct = first.text();
    this.both = difference.problem();
    this.comparison =
        new Comparison(difference.symbols(), new SharedWork(difference, List.of()), WORDING);
    this.first = side(first.text());
    this.second = side(second.text());
  }

  private Side side(String text) {
    Tensor tensor = Elaboration.readAs(text, both.context(), both.tensor().shape());
    try {
      Problem alone = Elaboration.over(text, both.context());
      return new Side(tensor, alone.written(), Domain.divisors(alone));
    } catch (NablaException onlyTheOtherTellsItsSizes) {
      return new Side(tensor, List.of(tensor), List.of());
    }
  }

  Verdict verdict() {
    if (comparison.outcome(first.tensor, second.tensor) != Agreement.Kind.EQUAL) {
      return comparison.wrong(correct, first.tensor, second.tensor);
    }
    String domain = domain();
    Agreement.Difference exception = exception();
    String points = exception == null ? "" : " but for some points, such as " + zeros(exception);
    String where = domain + points;
    Verdict.Kind kind = where.isEmpty() ? Verdict.Kind.RIGHT : Verdict.Kind.RIGHT_WHERE;
    return new Verdict(kind, "equal" + where, correct, "", exception)
        .resting(comparison.evidence(first.tensor, second.tensor));
  }

  private String domain() {
    boolean needsFirst = comparison.isUndefinedFor(second.written, first.written);
    boolean needsSecond = comparison.isUndefinedFor(first.written, second.written);
    if (needsFirst && needsSecond) return " where both are defined";
    if (needsFirst) return " where the first is defined";
    return needsSecond ? " where the second is defined" : "";
  }

  private Agreement.@Nullable Difference exception() {
    List<Tensor> written = new ArrayList<>(first.written);
    written.addAll(second.written);
    List<Tensor> divisors = new ArrayList<>(first.divisors);
    divisors.addAll(second.divisors);
    return comparison.exception(first.tensor, second.tensor, written, divisors);
  }

  private static String zeros(Agreement.Difference difference) {
    return difference.at().variables().entrySet().stream()
        .filter(e -> e.getValue().largest() == 0)
        .map(e -> e.getKey() + " = 0")
        .collect(Collectors.joining(" and "));
  }
}
