package nabla;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import nabla.diagnostic.NablaException;
import nabla.notation.Notation;
import nabla.notation.TextPrinter;
import nabla.simplify.Simplifier;
import nabla.tensor.NumericArray;
import nabla.tensor.Rational;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import nabla.verify.Agreement;
import nabla.verify.Binding;
import nabla.verify.ReferenceInterpreter;
import nabla.verify.SamplePoints;
import nabla.verify.SampleSizes;
import nabla.verify.Zeros;
import nabla.verify.exact.Certificate;
import nabla.verify.exact.ExactComparison;
import org.jspecify.annotations.Nullable;

/** Compares a formula with what somebody claims it to be, and finds out how they differ. */
final class Comparison {
  private static final long SEED = 1;
  private static final double SAME_RATIO = 1e-9;
  private static final int LARGEST_DENOMINATOR = 24;

  /** What is so many times as large is so by rounding. */
  private static final long LARGEST_MULTIPLE = 1_000_000_000;

  private static final int DOMAIN_POINTS = 36;
  private static final double MOST_MISSING = 0.02;

  /**
   * What things are called.
   *
   * @param right what a claim is that holds
   * @param formula what is right
   * @param claim what is compared with it
   */
  record Wording(String right, String formula, String claim) {}

  private final List<Variable> symbols;
  private final Wording wording;
  private final SharedWork work;
  private final Notation notation;
  private final Agreement agreement;
  private final ExactComparison exact;
  private final Assumptions assumptions;

  /** Of formulas that are no derivatives. */
  Comparison(List<Variable> symbols, SharedWork work, Wording wording) {
    this(symbols, Set.of(), List.of(), work, wording);
  }

  /**
   * @param moving the names of the variables that are differentiated by
   * @param domain what has values at the points that count
   */
  Comparison(
      List<Variable> symbols,
      Set<String> moving,
      List<Tensor> domain,
      SharedWork work,
      Wording wording) {
    this.symbols = symbols;
    this.wording = wording;
    this.work = work;
    this.notation = work.notation(symbols);
    this.agreement = new Agreement(symbols, SEED, domain);
    this.exact = new ExactComparison(symbols, SEED);
    this.assumptions = new Assumptions(symbols, moving, domain, SEED);
  }

  Simplifier simplifier() {
    return work.simplifier;
  }

  /** Whether a claim holds. */
  Agreement.Kind outcome(Tensor right, Tensor claimed) {
    return compare(right, claimed).kind();
  }

  /**
   * By numbers first. What they find equal may be refuted in exact arithmetic, and where they tell
   * nothing the normal forms may be the same. A certificate alone is not enough: it says that two
   * formulas are equal where both have values, not that they have any.
   */
  private Agreement.Outcome compare(Tensor right, Tensor claimed) {
    Agreement.Outcome numbers = agreement.compare(right, claimed);
    return switch (numbers.kind()) {
      case DIFFERENT -> numbers;
      case EQUAL -> isRefuted(right, claimed) ? outcome(Agreement.Kind.UNKNOWN) : numbers;
      case CLOSE, UNKNOWN -> {
        boolean equal = simplifier().terms(Tensors.subtract(right, claimed)).isEmpty();
        yield equal ? outcome(Agreement.Kind.EQUAL) : numbers;
      }
    };
  }

  private static Agreement.Outcome outcome(Agreement.Kind kind) {
    return new Agreement.Outcome(kind, null);
  }

  /**
   * Whether a claim has no value at many points where the function and what is right have one.
   *
   * @param function what points are in the domain of
   * @param claimed a formula with its parts, of which each must have a value
   */
  boolean isUndefinedFor(List<Tensor> function, List<Tensor> claimed) {
    int defined = 0;
    int missing = 0;
    long round = SEED;
    List<Tensor> all = new ArrayList<>(symbols);
    all.addAll(function);
    all.addAll(claimed);
    for (Map<String, Integer> sizes : SampleSizes.of(all)) {
      round = 31 * round + 1;
      for (int attempt = 0; attempt < DOMAIN_POINTS; attempt++) {
        Binding at = SamplePoints.draw(symbols, sizes, round, attempt);
        if (!areDefined(function, at)) continue;
        defined++;
        if (!areDefined(claimed, at)) missing++;
      }
    }
    return missing > defined * MOST_MISSING;
  }

  private static boolean areDefined(List<Tensor> formulas, Binding at) {
    try {
      return formulas.stream()
          .map(f -> new ReferenceInterpreter(f, at.sizes()).evaluate(at.variables()))
          .allMatch(evaluation -> evaluation.undefined() == null);
    } catch (NablaException tooSmallOrTooLarge) {
      return false;
    }
  }

  /**
   * Where two formulas differ that are equal at all points but few, or null.
   *
   * @param defined what has values at the points that count
   * @param divisors what is not 0 there
   */
  Agreement.@Nullable Difference exception(
      Tensor right, Tensor claimed, List<Tensor> defined, List<Tensor> divisors) {
    return new Zeros(symbols, SEED, defined, divisors).difference(right, claimed);
  }

  /** What it rests on that two formulas are equal, in words. */
  String evidence(Tensor right, Tensor claimed) {
    Certificate proof = exact.compare(right, claimed);
    if (proof.isCertified()) {
      return String.format(
          Locale.ROOT,
          "proved in exact arithmetic, error probability < %.0e",
          proof.errorProbability());
    }
    return "no difference at any point that was tried; no proof: " + proof.reason();
  }

  /** Whether two formulas that have values are equal in exact arithmetic. */
  boolean isProved(Tensor right, Tensor claimed) {
    List<Tensor> both = List.of(right, claimed);
    return exact.compare(right, claimed).isCertified() && !isUndefinedFor(List.of(), both);
  }

  /** Whether two formulas have the same values at a point, as near as rounding errors tell. */
  boolean sameAt(Binding at, Tensor right, Tensor claimed) {
    return Agreement.at(at, right, claimed).kind() == Agreement.Kind.EQUAL;
  }

  private boolean isRefuted(Tensor right, Tensor claimed) {
    return exact.compare(right, claimed).status() == Certificate.Status.REFUTED;
  }

  boolean same(Tensor right, Tensor claimed) {
    return outcome(right, claimed) == Agreement.Kind.EQUAL;
  }

  /** The shortest form of a tensor. */
  Tensor shortest(Tensor tensor) {
    return work.shortest(tensor, notation);
  }

  /** The shortest formula for a tensor. */
  String text(Tensor tensor) {
    return TextPrinter.print(notation.of(shortest(tensor), List.of(), false));
  }

  /** The verdict on a claim of the right shape that is not right. */
  Verdict wrong(String correct, Tensor right, Tensor claimed) {
    Agreement.Outcome outcome = compare(right, claimed);
    Agreement.Difference difference = outcome.difference();
    if (difference == null) {
      String message =
          outcome.kind() == Agreement.Kind.CLOSE
              ? "the values differ by too little to be told from errors of rounding"
              : "no point was found where both have values that can be compared";
      return new Verdict(Verdict.Kind.UNDECIDED, message, correct, "", null);
    }
    return verdict(finding(right, claimed), correct, right, claimed, difference);
  }

  /** The verdict on a claim that is a multiple of what is right, but not equal to it. */
  Optional<Verdict> multiple(String correct, Tensor right, Tensor claimed) {
    Agreement.Difference difference = compare(right, claimed).difference();
    return difference == null
        ? Optional.empty()
        : multiple(right, claimed)
            .map(found -> verdict(found, correct, right, claimed, difference));
  }

  /** Numbers at which two formulas differ, the smallest that are met; empty if there are none. */
  Optional<Agreement.Difference> difference(Tensor right, Tensor claimed) {
    Agreement.Difference any = compare(right, claimed).difference();
    return Optional.ofNullable(any).map(d -> smallest(right, claimed, d));
  }

  private Agreement.Difference smallest(
      Tensor right, Tensor claimed, Agreement.Difference otherwise) {
    return Objects.requireNonNullElse(agreement.smallest(right, claimed), otherwise);
  }

  private Verdict verdict(
      Finding finding,
      String correct,
      Tensor right,
      Tensor claimed,
      Agreement.Difference difference) {
    return new Verdict(
        finding.kind(),
        finding.message(),
        correct,
        text(Tensors.subtract(right, claimed)),
        smallest(right, claimed, difference));
  }

  private Finding finding(Tensor right, Tensor claimed) {
    TermFindings terms = new TermFindings(this, right, claimed);
    FactorFindings factors = new FactorFindings(this, right, claimed);
    return multiple(right, claimed)
        .or(() -> symmetricPart(right, claimed))
        .or(terms::severalMoreOrLess)
        .or(() -> assumptions.single(right, claimed).flatMap(this::onlyIf))
        .or(() -> transposed(right, claimed))
        .or(terms::oneMoreOrLess)
        .or(() -> assumptions.pair(right, claimed).flatMap(this::onlyIf))
        .or(factors::order)
        .or(factors::oneMoreOrLess)
        .or(() -> assumptions.singleOfMoving(right, claimed).flatMap(this::onlyIf))
        .or(() -> assumptions.pairOfMoving(right, claimed).flatMap(this::onlyIf))
        .or(terms::oneForAnother)
        .orElse(new Finding(Verdict.Kind.WRONG, "wrong"));
  }

  private Optional<Finding> onlyIf(String assumption) {
    return Finding.of(Verdict.Kind.RIGHT_ONLY_IF, wording.right() + " " + assumption);
  }

  private Optional<Finding> multiple(Tensor right, Tensor claimed) {
    Rational factor = factor(right, claimed);
    if (factor == null) return Optional.empty();
    return factor.equals(Rational.MINUS_ONE)
        ? Finding.of(Verdict.Kind.SIGN, "the sign is wrong")
        : Finding.of(
            Verdict.Kind.FACTOR, wording.formula() + " is " + factor + " times " + wording.claim());
  }

  /** The number other than 0 that one tensor is of another, if it is a simple fraction. */
  @Nullable Rational factor(Tensor right, Tensor claimed) {
    Agreement.Outcome outcome = compare(right, claimed);
    if (outcome.kind() == Agreement.Kind.EQUAL) return Rational.ONE;
    Agreement.Difference difference = outcome.difference();
    if (difference == null) return null;
    Rational factor = ratio(value(right, difference.at()), value(claimed, difference.at()));
    return factor == null || !same(right, Tensors.scale(factor, claimed)) ? null : factor;
  }

  private static NumericArray value(Tensor tensor, Binding at) {
    return ReferenceInterpreter.evaluate(tensor, at);
  }

  private static @Nullable Rational ratio(NumericArray right, NumericArray claimed) {
    double ratio = 0;
    for (int k = 0; k < right.count() && ratio == 0; k++) {
      if (claimed.data()[k] != 0) ratio = right.data()[k] / claimed.data()[k];
    }
    if (ratio == 0) return null;
    boolean small = Math.abs(ratio) < 1;
    Rational fraction = fraction(small ? 1 / ratio : ratio);
    return fraction != null && small ? fraction.inverse() : fraction;
  }

  private static @Nullable Rational fraction(double ratio) {
    for (int q = 1; q <= LARGEST_DENOMINATOR; q++) {
      long p = Math.round(ratio * q);
      boolean close = Math.abs((double) p / q - ratio) < SAME_RATIO * Math.abs(ratio);
      if (p != 0 && Math.abs(p) <= LARGEST_MULTIPLE && close) return Rational.of(p, q);
    }
    return null;
  }

  private Optional<Finding> symmetricPart(Tensor right, Tensor claimed) {
    if (claimed.rank() != 2) return Optional.empty();
    Tensor turned = Tensors.transpose(claimed);
    boolean missing =
        turned.shape().equals(right.shape()) && same(right, Tensors.add(claimed, turned));
    return missing
        ? Finding.of(
            Verdict.Kind.SYMMETRIC_PART_MISSING,
            "the symmetric part is missing: "
                + wording.formula()
                + " is "
                + wording.claim()
                + " and its transpose")
        : Optional.empty();
  }

  private Optional<Finding> transposed(Tensor right, Tensor claimed) {
    if (claimed.rank() != 2) return Optional.empty();
    Tensor turned = Tensors.transpose(claimed);
    if (!turned.shape().equals(right.shape())) return Optional.empty();
    if (same(right, turned)) {
      return Finding.of(
          Verdict.Kind.TRANSPOSED,
          "the transpose of " + wording.claim() + " is " + wording.right());
    }
    Tensor half = Tensors.scale(Rational.HALF, Tensors.add(claimed, turned));
    return same(right, half)
        ? Finding.of(
            Verdict.Kind.SYMMETRIC_PART_MISSING,
            "the symmetric part of "
                + wording.claim()
                + " is "
                + wording.right()
                + ": half of it and its transpose")
        : Optional.empty();
  }
}
