package nabla;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nabla.tensor.Rational;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/** Looks for one term of a sum in which a claim differs from what is right. */
final class TermFindings {
  private final Comparison comparison;
  private final Tensor right;
  private final Tensor claimed;
  private final List<Tensor> terms;
  private final List<Tensor> claimedTerms;

  TermFindings(Comparison comparison, Tensor right, Tensor claimed) {
    this.comparison = comparison;
    this.right = right;
    this.claimed = claimed;
    terms = terms(comparison, right);
    claimedTerms = terms(comparison, claimed);
  }

  /** The terms of what was multiplied out, with their coefficients. */
  static List<Tensor> terms(Comparison comparison, Tensor tensor) {
    List<Tensor> terms = new ArrayList<>();
    for (Sum.Term t : comparison.simplifier().terms(tensor)) {
      terms.add(comparison.simplifier().normalize(Tensors.scale(t.coefficient(), t.tensor())));
    }
    return terms;
  }

  /** Terms that are missing, too many or negated, the others being the same once written out. */
  Optional<Finding> severalMoreOrLess() {
    List<Tensor> missing = new ArrayList<>(terms);
    List<Tensor> extra = new ArrayList<>(claimedTerms);
    for (Tensor term : claimedTerms) if (missing.remove(term)) extra.remove(term);
    if (missing.size() == terms.size() || (missing.isEmpty() && extra.isEmpty())) {
      return Optional.empty();
    }
    Tensor difference = Tensors.subtract(right, claimed);
    List<Tensor> negated = extra.stream().map(this::negated).toList();
    if (missing.size() == negated.size() && negated.containsAll(missing)) {
      String sign = comparison.text(Tensors.scale(Rational.HALF, difference));
      return Finding.of(Verdict.Kind.TERM_SIGN, "the sign of the term " + sign + " is wrong");
    }
    if (!missing.isEmpty() && !extra.isEmpty()) return Optional.empty();
    return extra.isEmpty()
        ? Finding.of(
            Verdict.Kind.TERM_MISSING, "the term " + comparison.text(difference) + " is missing")
        : Finding.of(
            Verdict.Kind.TERM_TOO_MANY,
            "the term " + comparison.text(Tensors.negate(difference)) + " is too many");
  }

  private Tensor negated(Tensor term) {
    return comparison.simplifier().normalize(Tensors.negate(term));
  }

  /** A term that is missing, that is too many, or that has the wrong sign. */
  Optional<Finding> oneMoreOrLess() {
    for (Tensor term : terms) {
      if (comparison.same(Tensors.subtract(right, term), claimed)) {
        String text = "the term " + comparison.text(term) + " is missing";
        return Finding.of(Verdict.Kind.TERM_MISSING, text);
      }
      Tensor turned = Tensors.subtract(right, Tensors.scale(Rational.TWO, term));
      if (comparison.same(turned, claimed)) {
        String sign = "the sign of the term " + comparison.text(term) + " is wrong";
        return Finding.of(Verdict.Kind.TERM_SIGN, sign);
      }
    }
    for (Tensor term : claimedTerms) {
      if (comparison.same(right, Tensors.subtract(claimed, term))) {
        String text = "the term " + comparison.text(term) + " is too many";
        return Finding.of(Verdict.Kind.TERM_TOO_MANY, text);
      }
    }
    return Optional.empty();
  }

  /** A term that stands where another one should. */
  Optional<Finding> oneForAnother() {
    if (terms.size() < 2) return Optional.empty();
    for (Tensor term : terms) {
      Tensor rest = Tensors.subtract(right, term);
      for (Tensor other : claimedTerms) {
        if (!comparison.same(rest, Tensors.subtract(claimed, other))) continue;
        return Finding.of(
            Verdict.Kind.TERM_WRONG,
            "the term " + comparison.text(other) + " should be " + comparison.text(term));
      }
    }
    return severalForOthers();
  }

  private Optional<Finding> severalForOthers() {
    List<Tensor> common = new ArrayList<>(claimedTerms);
    common.retainAll(terms);
    if (common.isEmpty()) return Optional.empty();
    Tensor same = Tensors.add(common.toArray(Tensor[]::new));
    return Finding.of(
        Verdict.Kind.TERM_WRONG,
        "the term "
            + comparison.text(Tensors.subtract(claimed, same))
            + " should be "
            + comparison.text(Tensors.subtract(right, same)));
  }
}
