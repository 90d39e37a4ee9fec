package nabla.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import nabla.Verdict;
import nabla.tensor.NumericArray;
import nabla.verify.Agreement;
import org.jspecify.annotations.Nullable;

/** A verdict for people, and as the JSON contract spells it. */
final class VerdictText {
  private VerdictText() {}

  /**
   * The verdict with its evidence.
   *
   * @param called what the right formula is called, such as {@code ∂f/∂x}
   * @param claim what the other one is called
   */
  static String of(Verdict verdict, String called, String claim) {
    String label = verdict.label().isEmpty() ? called : verdict.label();
    StringBuilder text = new StringBuilder();
    String prefix =
        switch (verdict.kind()) {
          case RIGHT,
              OTHER_LAYOUT,
              OTHER_STRUCTURE,
              RIGHT_WHERE,
              RIGHT_BUT_LONG,
              RIGHT_FOR_DATA,
              RIGHT_ONLY_IF,
              WRONG ->
              "";
          case UNDECIDED -> "undecided: ";
          default -> "wrong: ";
        };
    text.append(prefix).append(verdict.message()).append('\n');
    if (!verdict.evidence().isEmpty()) {
      text.append("         ").append(verdict.evidence()).append('\n');
    }
    if (verdict.kind() == Verdict.Kind.RIGHT) return text.toString();
    text.append("         ").append(label).append(" = ").append(verdict.correct()).append('\n');
    if (!verdict.difference().isEmpty()) {
      text.append("         ").append(label).append(" - ").append(claim).append(" = ");
      text.append(verdict.difference()).append('\n');
    }
    verdict.counterexample().ifPresent(d -> text.append(witness(d, label, claim)));
    return text.toString();
  }

  private static String witness(Agreement.Difference d, String label, String claim) {
    String entry =
        d.index().isEmpty()
            ? ""
            : "entry "
                + d.index().stream().map(String::valueOf).collect(Collectors.joining(","))
                + " of ";
    return "         at "
        + d.at().variables().entrySet().stream()
            .map(e -> e.getKey() + " = " + numbers(e.getValue()))
            .collect(Collectors.joining(", "))
        + ": "
        + entry
        + label
        + " is "
        + number(d.expected())
        + ", of "
        + claim
        + " "
        + number(d.found())
        + "\n";
  }

  /** As it would be written in the language of a request; whole numbers without a fraction. */
  private static String numbers(NumericArray array) {
    return Json.write(Arrays.write(array)).replaceAll("\\.0(?!\\d)", "");
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  static Map<String, @Nullable Object> fields(Verdict verdict) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("right", verdict.isRight());
    fields.put("kind", verdict.kind().label());
    fields.put("message", verdict.message());
    fields.put("correct", verdict.correct());
    if (!verdict.evidence().isEmpty()) fields.put("evidence", verdict.evidence());
    if (!verdict.label().isEmpty()) fields.put("label", verdict.label());
    if (!verdict.difference().isEmpty()) fields.put("difference", verdict.difference());
    verdict
        .counterexample()
        .ifPresent(
            d -> {
              Map<String, @Nullable Object> witness = new LinkedHashMap<>();
              Map<String, @Nullable Object> at = new LinkedHashMap<>();
              for (Map.Entry<String, NumericArray> e : d.at().variables().entrySet()) {
                at.put(e.getKey(), Arrays.write(e.getValue()));
              }
              witness.put("at", at);
              witness.put("index", d.index());
              witness.put("correct", d.expected());
              witness.put("claim", d.found());
              fields.put("witness", witness);
            });
    return fields;
  }
}
