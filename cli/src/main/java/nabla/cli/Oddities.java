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

  static List<String> notes(Question question, Results results) {
    List<String> notes = new ArrayList<>();
    for (Map.Entry<Output, StructuredArray> e : results.all().entrySet()) {
      if (e.getValue().stored() > Integer.MAX_VALUE) continue;
      String count = notFinite(e.getValue());
      if (!count.isEmpty()) notes.add(OutputWords.label(e.getKey()) + " has " + count);
    }
    if (!notes.isEmpty()) notes.add(cause(question));
    return notes;
  }

  private static String notFinite(StructuredArray array) {
    if (!array.structure().equals("dense")) return "";
    return notFinite(array.dense());
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

  private static String cause(Question question) {
    List<String> names = new ArrayList<>();
    int entries = 0;
    for (Map.Entry<String, NumericArray> e : question.data().entrySet()) {
      if (!e.getValue().isFinite()) names.add(e.getKey());
      entries += Math.min(FEW, e.getValue().count());
    }
    if (!names.isEmpty()) return "so have the data of " + String.join(", ", names);
    if (entries < FEW) {
      try {
        question.expression().value(question.data());
      } catch (NablaException e) {
        return e.diagnostic().message();
      }
    }
    return "the data are finite: look for a singular matrix, a logarithm or root of 0, an overflow";
  }
}
