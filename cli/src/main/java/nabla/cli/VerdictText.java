package nabla.cli;

import java.util.stream.Collectors;
import nabla.Verdict;
import nabla.json.Json;
import nabla.json.NestedLists;
import nabla.tensor.NumericArray;
import nabla.verify.Agreement;

/** A verdict for people. */
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
    return Json.write(NestedLists.write(array)).replaceAll("\\.0(?!\\d)", "");
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }
}
