package nabla.simplify;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import nabla.tensor.Rational;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/** The passes in order, and the choice among the forms that they lead to. */
public final class Simplifier {
  private static final List<Rule> RULES =
      Stream.of(
              LinearRules.RULES,
              FunctionRules.RULES,
              OrientationRules.RULES,
              SoftmaxRules.RULES,
              SigmoidRules.RULES,
              TriangleRules.RULES,
              MatrixFunctionRules.RULES,
              InverseRules.RULES)
          .flatMap(List::stream)
          .toList();

  private static final List<Rule> SPLITTING =
      Stream.concat(RULES.stream(), Stream.of(InverseRules.SPLIT)).toList();

  /** What is longer is shown as it was derived: no other form would make it readable. */
  private static final int LONGEST = 600;

  private final Normalizer normalizer = new Normalizer(RULES);
  private final Normalizer splitting = new Normalizer(SPLITTING);

  static List<Rule> rules() {
    return SPLITTING;
  }

  /** The normal form: flattened, like terms merged, every rule applied. */
  public Tensor normalize(Tensor tensor) {
    return normalizer.normalize(tensor);
  }

  /**
   * A normal form in which exp(-x) is a function of its own again, as it is differentiated best.
   */
  public Tensor forDifferentiation(Tensor normal) {
    return Tensors.rewrite(normal, FunctionRules::negativeInside);
  }

  /**
   * A node without derivatives of matrix functions along directions that commute with the matrix:
   * these take many times as long as the function itself.
   */
  public static Tensor withoutMaps(Tensor node) {
    return MatrixFunctionRules.withoutMaps(node);
  }

  /**
   * The shortest of a few forms: as derived, factored, expanded, expanded and factored, each also
   * with inverses of products taken apart. Ties go to the form that comes first.
   *
   * @param written the parts of the expression in normal form: of a sum and its negative the one
   *     that the user wrote is kept
   * @param length how long a tensor is when it is shown
   */
  public Tensor shortest(Tensor tensor, Set<Tensor> written, ToIntFunction<Tensor> length) {
    Presentation presentation = new Presentation(written);
    Tensor best = null;
    int least = Integer.MAX_VALUE;
    for (Tensor form : forms(tensor, presentation, length)) {
      int own = length.applyAsInt(form);
      if (best == null || own < least) {
        best = form;
        least = own;
      }
    }
    return java.util.Objects.requireNonNull(best);
  }

  /** The terms of a tensor that was multiplied out as far as it is not too long. */
  public List<Sum.Term> terms(Tensor tensor) {
    Tensor whole = multipliedOut(tensor);
    return whole instanceof Sum sum ? sum.terms() : List.of(new Sum.Term(Rational.ONE, whole));
  }

  private Tensor multipliedOut(Tensor tensor) {
    Tensor normal = normalizer.normalize(tensor);
    Tensor expanded = Expansion.of(normal);
    return expanded == null ? normal : normalizer.normalize(expanded);
  }

  /**
   * The form in which products of sums are sums of products, as far as it is not too long.
   *
   * @param written the parts of the expression in normal form, as for {@link #shortest}
   */
  public Tensor expanded(Tensor tensor, Set<Tensor> written) {
    return new Presentation(written).of(multipliedOut(tensor));
  }

  /** The candidates, each equal in value, in the order of preference. */
  Set<Tensor> forms(Tensor tensor, Presentation presentation, ToIntFunction<Tensor> length) {
    Set<Tensor> forms = new LinkedHashSet<>();
    Tensor normal = normalizer.normalize(tensor);
    if (length.applyAsInt(normal) > LONGEST) return Set.of(presentation.of(normal));
    Set<Tensor> bases = new LinkedHashSet<>();
    for (Normalizer n : List.of(normalizer, splitting)) {
      Tensor derived = n.normalize(tensor);
      bases.add(derived);
      Tensor expanded = Expansion.of(derived);
      if (expanded != null) bases.add(n.normalize(expanded));
    }
    for (Tensor base : bases) {
      forms.add(presentation.of(base));
      if (Tensors.topological(base).stream().noneMatch(Simplifier::isFactorable)) continue;
      for (Factoring.Preference preference : Factoring.Preference.values()) {
        forms.add(presentation.of(new Factoring(length, preference).factor(base)));
      }
    }
    return forms;
  }

  private static boolean isFactorable(Tensor tensor) {
    return tensor instanceof Sum sum && sum.terms().size() > 1;
  }
}
