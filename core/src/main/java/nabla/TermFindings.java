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
      terms.add(Tensors.scale(t.coefficient(), t.tensor()));
    }
    return terms;
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
    return Optional.empty();
  }
}
