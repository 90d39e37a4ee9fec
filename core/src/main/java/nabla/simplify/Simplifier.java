package nabla.simplify;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import nabla.tensor.Tensor;

/** The passes in order, and the choice among the forms that they lead to. */
public final class Simplifier {
  private static final List<Rule> RULES =
      Stream.of(
              LinearRules.RULES,
              FunctionRules.RULES,
              OrientationRules.RULES,
              SoftmaxRules.RULES,
              SigmoidRules.RULES,
              InverseRules.RULES)
          .flatMap(List::stream)
          .toList();

  private static final List<Rule> SPLITTING =
      Stream.concat(RULES.stream(), Stream.of(InverseRules.SPLIT)).toList();

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
   * The shortest of a few forms: as derived, factored, expanded, expanded and factored, each also
   * with inverses of products taken apart. Ties go to the form that comes first.
   *
   * @param length how long a tensor is when it is shown
   */
  public Tensor shortest(Tensor tensor, ToIntFunction<Tensor> length) {
    Tensor best = null;
    int least = Integer.MAX_VALUE;
    for (Tensor form : forms(tensor, length)) {
      int own = length.applyAsInt(form);
      if (best == null || own < least) {
        best = form;
        least = own;
      }
    }
    return java.util.Objects.requireNonNull(best);
  }

  /** The candidates, each equal in value, in the order of preference. */
  Set<Tensor> forms(Tensor tensor, ToIntFunction<Tensor> length) {
    Set<Tensor> forms = new LinkedHashSet<>();
    for (Normalizer n : List.of(normalizer, splitting)) {
      Tensor derived = n.normalize(tensor);
      List<Tensor> bases = new ArrayList<>(List.of(derived));
      Tensor expanded = Expansion.of(derived);
      if (expanded != null) bases.add(n.normalize(expanded));
      for (Tensor base : bases) {
        forms.add(Presentation.of(base));
        for (Factoring.Preference preference : Factoring.Preference.values()) {
          forms.add(Presentation.of(new Factoring(length, preference).factor(base)));
        }
      }
    }
    return forms;
  }
}
