package nabla;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nabla.notation.Notation;
import nabla.notation.TextPrinter;
import nabla.tensor.NumericArray;
import nabla.tensor.Property;
import nabla.tensor.Rational;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import nabla.verify.Agreement;
import nabla.verify.Binding;
import nabla.verify.ReferenceInterpreter;
import org.jspecify.annotations.Nullable;

/** Compares a formula with what somebody claims it to be, and finds out how they differ. */
final class Comparison {
  private static final long SEED = 1;
  private static final double SAME_RATIO = 1e-9;
  private static final int LARGEST_DENOMINATOR = 24;

  /** From the weakest on; each is tried by itself, then two of them. */
  private static final List<Property> ASSUMPTIONS =
      List.of(
          Property.SYMMETRIC,
          Property.SKEW,
          Property.ORTHOGONAL,
          Property.UNIT,
          Property.SIMPLEX,
          Property.DIAGONAL,
          Property.PD);

  /**
   * What things are called.
   *
   * @param right what a claim is that holds
   * @param formula what is right
   * @param claim what is compared with it
   */
  record Wording(String right, String formula, String claim) {}

  private final Wording wording;
  private final List<Variable> symbols;
  private final SharedWork work;
  private final Notation notation;
  private final Agreement agreement;

  Comparison(List<Variable> symbols, SharedWork work, Wording wording) {
    this.symbols = symbols;
    this.wording = wording;
    this.work = work;
    this.notation = work.notation(List.of());
    this.agreement = new Agreement(symbols, SEED);
  }

  /** What is wrong with a claim. */
  record Finding(Verdict.Kind kind, String message) {}

  private static Optional<Finding> found(Verdict.Kind kind, String message) {
    return Optional.of(new Finding(kind, message));
  }

  Agreement.Kind outcome(Tensor right, Tensor claimed) {
    return agreement.compare(right, claimed).kind();
  }

  private boolean same(Tensor right, Tensor claimed) {
    return outcome(right, claimed) == Agreement.Kind.EQUAL;
  }

  /** The verdict on a claim of the right shape that is not right. */
  Verdict wrong(String correct, Tensor right, Tensor claimed) {
    Agreement.Outcome outcome = agreement.compare(right, claimed);
    Agreement.Difference difference = outcome.difference();
    if (difference == null) {
      String message = "no point was found where both have values that can be compared";
      return new Verdict(Verdict.Kind.UNDECIDED, message, correct, "", null);
    }
    Finding finding =
        multiple(right, claimed, difference.at())
            .or(() -> underAssumptions(right, claimed))
            .or(() -> transposed(right, claimed))
            .or(() -> term(right, claimed))
            .orElse(new Finding(Verdict.Kind.WRONG, "wrong"));
    return new Verdict(
        finding.kind(),
        finding.message(),
        correct,
        text(Tensors.subtract(right, claimed)),
        agreement.smallest(right, claimed));
  }

  private String text(Tensor tensor) {
    return TextPrinter.print(notation.of(work.shortest(tensor, notation), List.of(), false));
  }

  private Optional<Finding> multiple(Tensor right, Tensor claimed, Binding at) {
    Rational factor = ratio(value(right, at), value(claimed, at));
    if (factor == null || !same(right, Tensors.scale(factor, claimed))) return Optional.empty();
    return factor.equals(Rational.MINUS_ONE)
        ? found(Verdict.Kind.SIGN, "the sign is wrong")
        : found(
            Verdict.Kind.FACTOR, wording.formula() + " is " + factor + " times " + wording.claim());
  }

  private static NumericArray value(Tensor tensor, Binding at) {
    return ReferenceInterpreter.evaluate(tensor, at);
  }

  /** The number that one array is of the other, if it is a simple fraction and no 0. */
  private static @Nullable Rational ratio(NumericArray right, NumericArray claimed) {
    double ratio = 0;
    for (int k = 0; k < right.count() && ratio == 0; k++) {
      if (claimed.data()[k] != 0) ratio = right.data()[k] / claimed.data()[k];
    }
    if (ratio == 0) return null;
    for (int q = 1; q <= LARGEST_DENOMINATOR; q++) {
      long p = Math.round(ratio * q);
      boolean close = Math.abs((double) p / q - ratio) < SAME_RATIO * Math.abs(ratio);
      if (p != 0 && close) return Rational.of(p, q);
    }
    return null;
  }

  private Optional<Finding> transposed(Tensor right, Tensor claimed) {
    if (claimed.rank() != 2) return Optional.empty();
    Tensor turned = Tensors.transpose(claimed);
    if (!turned.shape().equals(right.shape())) return Optional.empty();
    if (same(right, turned)) {
      return found(
          Verdict.Kind.TRANSPOSED,
          "the transpose of " + wording.claim() + " is " + wording.right());
    }
    if (same(right, Tensors.add(claimed, turned))) {
      return found(
          Verdict.Kind.SYMMETRIC_PART_MISSING,
          "the symmetric part is missing: "
              + wording.formula()
              + " is "
              + wording.claim()
              + " and its transpose");
    }
    Tensor half = Tensors.scale(Rational.HALF, Tensors.add(claimed, turned));
    return same(right, half)
        ? found(
            Verdict.Kind.SYMMETRIC_PART_MISSING,
            "the symmetric part of "
                + wording.claim()
                + " is "
                + wording.right()
                + ": half of it and its transpose")
        : Optional.empty();
  }

  /** A term that is missing, that is too many, or that has the wrong sign. */
  private Optional<Finding> term(Tensor right, Tensor claimed) {
    for (Sum.Term t : work.simplifier.terms(right)) {
      Tensor term = Tensors.scale(t.coefficient(), t.tensor());
      if (same(Tensors.subtract(right, term), claimed)) {
        return found(Verdict.Kind.TERM_MISSING, "the term " + text(term) + " is missing");
      }
      if (same(Tensors.subtract(right, Tensors.scale(Rational.TWO, term)), claimed)) {
        return found(Verdict.Kind.TERM_SIGN, "the sign of the term " + text(term) + " is wrong");
      }
    }
    for (Sum.Term t : work.simplifier.terms(claimed)) {
      Tensor term = Tensors.scale(t.coefficient(), t.tensor());
      if (same(right, Tensors.subtract(claimed, term))) {
        return found(Verdict.Kind.TERM_TOO_MANY, "the term " + text(term) + " is too many");
      }
    }
    return Optional.empty();
  }

  /** An assumption about a variable. */
  private record Assumption(Variable variable, Property property) {
    String text() {
      boolean rows = property == Property.SIMPLEX && variable.rank() == 2;
      return (rows ? "each row of " : "") + variable.name() + " is " + property.label();
    }
  }

  private Optional<Finding> underAssumptions(Tensor right, Tensor claimed) {
    List<Assumption> all = assumptions();
    for (Assumption a : all) {
      if (holds(List.of(a), right, claimed)) return onlyIf(a.text());
    }
    for (int i = 0; i < all.size(); i++) {
      for (int j = i + 1; j < all.size(); j++) {
        if (all.get(i).variable().equals(all.get(j).variable())) continue;
        List<Assumption> pair = List.of(all.get(i), all.get(j));
        if (holds(pair, right, claimed)) {
          return onlyIf(pair.get(0).text() + " and " + pair.get(1).text());
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Finding> onlyIf(String assumption) {
    return found(Verdict.Kind.RIGHT_ONLY_IF, wording.right() + " only if " + assumption);
  }

  /** Those that can be made, by property from the weakest on. */
  private List<Assumption> assumptions() {
    List<Assumption> all = new ArrayList<>();
    for (Property p : ASSUMPTIONS) {
      for (Variable v : symbols) {
        boolean square = v.rank() == 2 && v.shape().get(0).equals(v.shape().get(1));
        boolean fits =
            switch (p) {
              case UNIT -> v.rank() == 1;
              case SIMPLEX -> v.rank() == 1 || v.rank() == 2;
              default -> square;
            };
        if (fits && !v.is(p)) all.add(new Assumption(v, p));
      }
    }
    return all;
  }

  private boolean holds(List<Assumption> assumptions, Tensor right, Tensor claimed) {
    Map<String, Property> assumed = new HashMap<>();
    for (Assumption a : assumptions) assumed.put(a.variable().name(), a.property());
    List<Variable> variables = new ArrayList<>();
    for (Variable v : symbols) {
      Property p = assumed.get(v.name());
      Set<Property> properties = new LinkedHashSet<>(v.properties());
      if (p != null) properties.add(p);
      variables.add(new Variable(v.name(), v.shape(), properties));
    }
    Agreement under = new Agreement(variables, SEED);
    // That both vanish is no reason to call one the other.
    return under.compare(right, claimed).kind() == Agreement.Kind.EQUAL
        && under.compare(right, Sum.zero(right.shape())).kind() == Agreement.Kind.DIFFERENT;
  }
}
