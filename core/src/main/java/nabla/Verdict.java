package nabla;

import java.util.Locale;
import java.util.Optional;
import nabla.verify.Agreement;
import org.jspecify.annotations.Nullable;

/**
 * What became of a claim about a derivative.
 *
 * <pre>{@code
 * Derivative d = Expression.parse("x'*A*x").gradient("x");
 * d.judge("(A' + A)*x").kind() // RIGHT
 * d.judge("2*A*x").message() // right only if A is symmetric
 * d.judge("A*x").message() // the term A'*x is missing
 * }</pre>
 *
 * @param message one line that says it
 * @param correct the derivative in the layout that the claim has
 * @param difference the derivative less the claim; empty if it is right, or has another shape
 * @param witness numbers at which they differ; null if it is right
 * @param label what the correct formula is, such as {@code ∂vec(Y)/∂vec(X)'}; empty if it is the
 *     derivative in a layout
 * @param evidence what a verdict that something is right rests on; empty for others
 */
public record Verdict(
    Kind kind,
    String message,
    String correct,
    String difference,
    Agreement.@Nullable Difference witness,
    String label,
    String evidence) {

  Verdict(
      Kind kind,
      String message,
      String correct,
      String difference,
      Agreement.@Nullable Difference witness) {
    this(kind, message, correct, difference, witness, "", "");
  }

  /** The same where a condition is enough, but may be more than is needed. */
  Verdict enough() {
    String weaker = message.replaceFirst(" only if (.*)$", " if $1, but not in general");
    return new Verdict(kind, weaker, correct, difference, witness, label, evidence);
  }

  /** The same with other numbers. */
  Verdict at(Agreement.Difference other) {
    return new Verdict(kind, message, correct, difference, other, label, evidence);
  }

  /** The same with what it rests on. */
  Verdict resting(String on) {
    return new Verdict(kind, message, correct, difference, witness, label, on);
  }

  /** The kinds of verdicts, from right to wrong. */
  public enum Kind {
    RIGHT,
    /** The same numbers as the derivative, but arranged as another layout has them, or vec has. */
    OTHER_LAYOUT,
    /** Right if the entries of a structured variable move as another {@link Structure} has them. */
    OTHER_STRUCTURE,
    /** Right where a condition holds that the derivative does not need. */
    RIGHT_WHERE,
    /** Right, but there is a much shorter formula. */
    RIGHT_BUT_LONG,
    /** Right only for variables with a property, which the given data have. */
    RIGHT_FOR_DATA,
    /** Right for variables with a property that was not declared. */
    RIGHT_ONLY_IF,
    /** A multiple of the derivative. */
    FACTOR,
    SIGN,
    TRANSPOSED,
    /** The derivative is the claim and its transpose together. */
    SYMMETRIC_PART_MISSING,
    TERM_MISSING,
    TERM_TOO_MANY,
    TERM_SIGN,
    /** One term stands where another one should. */
    TERM_WRONG,
    FACTOR_MISSING,
    FACTOR_TOO_MANY,
    /** The factors of the derivative in another order, or with other transposes. */
    FACTOR_ORDER,
    /** Not the shape of the derivative in any layout. */
    SHAPE,
    WRONG,
    /** No point was found where claim and derivative could be compared. */
    UNDECIDED;

    /** The name as the JSON contract spells it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Whether the claim is the derivative, in whatever layout and structure; for the given data. */
  public boolean isRight() {
    return kind.compareTo(Kind.RIGHT_FOR_DATA) <= 0;
  }

  /** Numbers at which the claim and the derivative differ. */
  public Optional<Agreement.Difference> counterexample() {
    return Optional.ofNullable(witness);
  }
}
