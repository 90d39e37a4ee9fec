package nabla.simplify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import nabla.tensor.Einsum;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole passes over random expressions: the value stays, and the result depends on nothing else.
 */
class PassesTest {
  private static final int INSTANCES = 300;

  /** How many nodes there are when shared ones are counted each time. */
  private static final ToIntFunction<Tensor> LENGTH = PassesTest::length;

  private static int length(Tensor tensor) {
    return 1 + tensor.operands().stream().mapToInt(PassesTest::length).sum();
  }

  private static final Map<String, UnaryOperator<Tensor>> PASSES = passes();

  private static Map<String, UnaryOperator<Tensor>> passes() {
    Map<String, UnaryOperator<Tensor>> passes = new LinkedHashMap<>();
    passes.put("normalize", t -> new Simplifier().normalize(t));
    passes.put("split", t -> new Normalizer(Simplifier.rules()).normalize(t));
    passes.put("expand", PassesTest::expand);
    for (Factoring.Preference p : Factoring.Preference.values()) {
      passes.put("factor " + p, t -> new Factoring(LENGTH, p).factor(t));
      passes.put(
          "factor expanded " + p, t -> new Factoring(LENGTH, p).factor(expand(normalize(t))));
    }
    passes.put("diagonal terms", t -> Tensors.rewrite(t, DiagonalTerms::join));
    passes.put("present", t -> new Presentation(Set.of()).of(t));
    passes.put("present as written", PassesTest::presentAsWritten);
    passes.put("shortest", t -> new Simplifier().shortest(t, Set.of(), LENGTH));
    return passes;
  }

  private static Tensor normalize(Tensor tensor) {
    return new Simplifier().normalize(tensor);
  }

  private static Tensor expand(Tensor tensor) {
    Tensor expanded = Expansion.of(tensor);
    return expanded == null ? tensor : expanded;
  }

  /** Of every sum the negative counts as what the user wrote. */
  private static Tensor presentAsWritten(Tensor tensor) {
    Set<Tensor> written = new HashSet<>();
    for (Tensor node : Tensors.topological(tensor)) {
      if (node instanceof Sum) written.add(Tensors.negate(node));
    }
    return new Presentation(written).of(tensor);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "normalize",
        "split",
        "expand",
        "factor LONGEST",
        "factor LEFT",
        "factor RIGHT",
        "factor expanded LONGEST",
        "factor expanded LEFT",
        "factor expanded RIGHT",
        "diagonal terms",
        "present",
        "present as written",
        "shortest"
      })
  void keepsTheValue(String name) {
    UnaryOperator<Tensor> pass = java.util.Objects.requireNonNull(PASSES.get(name));
    int judged = 0;
    int changed = 0;
    for (long seed = 0; judged < INSTANCES && seed < 4L * INSTANCES; seed++) {
      Draw draw = new Draw(1_000_000 + seed);
      Tensor before = Expressions.draw(draw);
      Tensor after = pass.apply(before);
      if (!after.equals(before)) changed++;
      if (Oracle.agrees(name, before, after, draw.sizes(), seed)) judged++;
    }
    assertThat(judged).isEqualTo(INSTANCES);
    assertThat(changed).isPositive();
  }

  @Test
  void everyPassIsTested() {
    assertThat(PASSES).hasSize(7 + 2 * Factoring.Preference.values().length);
  }

  /**
   * Terms and factors in another order and other labels make the same tensor, and so does what
   * becomes of it, whatever was normalized before.
   */
  @Test
  void theOrderOfConstructionDoesNotMatter() {
    Simplifier warm = new Simplifier();
    for (long seed = 0; seed < 2 * INSTANCES; seed++) {
      Draw draw = new Draw(seed);
      Tensor tensor = Expressions.draw(draw);
      Tensor rebuilt = Rebuilt.of(tensor, draw);
      assertThat(rebuilt).as("seed %s", seed).isEqualTo(tensor);
      assertThat(warm.normalize(rebuilt)).as("seed %s", seed).isEqualTo(normalize(tensor));
    }
  }

  @Test
  void normalizingTwiceIsNormalizingOnce() {
    for (long seed = 0; seed < 2 * INSTANCES; seed++) {
      Tensor once = normalize(Expressions.draw(new Draw(seed)));
      assertThat(normalize(once)).as("seed %s", seed).isEqualTo(once);
      for (Rule rule : Simplifier.rules().subList(0, Simplifier.rules().size() - 1)) {
        for (Tensor node : Tensors.topological(once)) {
          Tensor next = rule.apply(node);
          assertThat(next == null || next.equals(node))
              .as("seed %s: %s applies to %s", seed, rule.name(), node)
              .isTrue();
        }
      }
    }
  }

  /** No factor of a normal form is a plain product that could be dissolved. */
  @Test
  void normalFormsAreFlat() {
    for (long seed = 0; seed < 2 * INSTANCES; seed++) {
      for (Tensor node : Tensors.topological(normalize(Expressions.draw(new Draw(seed))))) {
        if (!(node instanceof Einsum e)) continue;
        List<Tensor> nested =
            e.factors().stream()
                .filter(f -> f.isPlain() && f.tensor() instanceof Einsum && f.tensor().rank() > 0)
                .map(Einsum.Factor::tensor)
                .toList();
        assertThat(nested).as("seed %s: %s", seed, node).isEmpty();
      }
    }
  }
}
