package nabla.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nabla.Output;
import nabla.Results;
import nabla.StructuredArray;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;

/** Where results are not finite, and what to look at. */
final class Oddities {
  /** The reference interpreter says what is wrong, but it is slow. */
  private static final int FEW = 1_000;

  private Oddities() {}

  /**
   * @param single whether the numbers have 32 bits
   */
  static List<String> notes(Question question, Results results, boolean single) {
    List<String> notes = new ArrayList<>();
    for (Map.Entry<Output, StructuredArray> e : results.all().entrySet()) {
      if (!EvaluationText.isShown(e.getValue())) continue;
      String count = notFinite(e.getValue().dense());
      if (!count.isEmpty()) notes.add(e.getKey().label() + " has " + count);
    }
    if (notes.isEmpty()) return notes;
    boolean valued = notes.stream().noneMatch(note -> note.startsWith("value "));
    notes.add(cause(question, valued, single));
    return notes;
  }

  private static String notFinite(NumericArray array) {
    long nan = 0;
    long infinite = 0;
    for (double x : array.data()) {
      if (Double.isNaN(x)) nan++;
      else if (Double.isInfinite(x)) infinite++;
    }
    if (nan + infinite == 0) return "";
    List<String> found = new ArrayList<>();
    if (nan > 0) found.add(nan + " NaN");
    if (infinite > 0) found.add(infinite + " infinite");
    return String.join(" and ", found) + " of " + array.count();
  }

  /**
   * @param valued whether the function has a value
   */
  private static String cause(Question question, boolean valued, boolean single) {
    List<String> names = new ArrayList<>();
    int entries = 0;
    for (Map.Entry<String, NumericArray> e : question.data().entrySet()) {
      if (!e.getValue().isFinite()) names.add(e.getKey());
      entries += Math.min(FEW, e.getValue().count());
    }
    if (!names.isEmpty()) return "so have the data of " + String.join(", ", names);
    if (entries < FEW) {
      try {
        boolean finite = question.expression().value(question.data()).isFinite();
        if (!finite) return "the data are finite: numbers become too large";
        if (single)
          return "with 64 bits it has a value: numbers become too large for 32, or too inexact";
        return valued
            ? "the function has a value there; its derivative may have none, or is too large"
            : "rounding decides whether it is defined there: a matrix may be nearly singular";
      } catch (NablaException e) {
        return e.diagnostic().message();
      }
    }
    return "the data are finite: look for a singular matrix, a logarithm or root of 0, an overflow";
  }
}
