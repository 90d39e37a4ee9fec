package nabla.verify.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import nabla.calculus.Differentiation;
import nabla.corpus.Corpus;
import nabla.diagnostic.NablaException;
import nabla.lang.Elaboration;
import nabla.lang.Problem;
import nabla.simplify.Simplifier;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;
import nabla.verify.Binding;
import nabla.verify.Directions;
import nabla.verify.ReferenceInterpreter;
import nabla.verify.SamplePoints;
import nabla.verify.SampleSizes;
import nabla.verify.exact.Certificate.Status;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** No wrong derivative is certified: 10,000 with a mistake in them, each wrong in numbers too. */
class MutatedDerivativesTest {
  private static final int MUTANTS = 10_000;
  private static final long SEED = 20;
  private static final double CLEARLY = 1e-6;

  /** A function, its derivatives, and what they are by. */
  private record Right(String name, List<Tensor> chain, List<Variable> by) {
    List<Tensor> ending(Tensor last) {
      List<Tensor> claimed = new ArrayList<>(chain.subList(0, chain.size() - 1));
      claimed.add(last);
      return claimed;
    }
  }

  @Test
  void noneIsCertified() {
    List<Right> right = right();
    assertThat(right.size()).isGreaterThan(250);
    SplittableRandom random = new SplittableRandom(SEED);
    Mutations mutations = new Mutations(random);
    Map<Status, Integer> counts = new EnumMap<>(Status.class);
    for (int mutants = 0, turn = 0; mutants < MUTANTS; turn++) {
      Right r = right.get(turn % right.size());
      Tensor mutant = mutations.of(r.chain().getLast());
      if (mutant == null || !isOther(r, mutant)) continue;
      mutants++;
      Certificate certificate =
          ExactComparison.ofDerivatives(
              r.ending(mutant), r.by(), Directions.ENTRIES, null, mutants);
      counts.merge(certificate.status(), 1, Integer::sum);
      assertThat(certificate.status())
          .as("%s: %s for %s", r.name(), mutant, r.chain().getLast())
          .isNotEqualTo(Status.CERTIFIED);
    }
    // Most formulas are rational, and then a difference is a proof that they are wrong.
    assertThat(counts.get(Status.REFUTED)).isGreaterThan(MUTANTS / 2);
  }

  private static List<Right> right() {
    List<Right> all = new ArrayList<>();
    Simplifier simplifier = new Simplifier();
    for (Corpus.Case c : Corpus.cases()) {
      if (!c.structure().equals("ambient")) continue;
      Problem problem = Elaboration.read(c.expression(), c.declarations(), Map.of());
      List<Variable> by = c.by().stream().map(n -> problem.variable(n).orElseThrow()).toList();
      if (by.stream().anyMatch(v -> !v.properties().isEmpty())) continue;
      List<Tensor> chain = new ArrayList<>(List.of(problem.tensor()));
      for (int k = 0; k < by.size(); k++) {
        Tensor next = Differentiation.next(chain.getLast(), by.subList(0, k), by.get(k));
        chain.add(simplifier.normalize(next));
      }
      Right right = new Right(c.toString(), chain, by);
      Certificate certificate =
          ExactComparison.ofDerivatives(chain, by, Directions.ENTRIES, null, SEED);
      if (certificate.isCertified()) all.add(right);
      else assertThat(certificate.status()).as(c.toString()).isEqualTo(Status.NO_MODEL);
    }
    return all;
  }

  /** Whether the numbers are clearly others, at a point where both have some. */
  private static boolean isOther(Right right, Tensor mutant) {
    Tensor last = right.chain().getLast();
    List<Tensor> both = List.of(last, mutant);
    List<Variable> variables = new ArrayList<>(right.by());
    for (Tensor t : both) {
      for (Variable v : nabla.tensor.Tensors.variables(t))
        if (!variables.contains(v)) variables.add(v);
    }
    Map<String, Integer> sizes = SampleSizes.of(both).getLast();
    for (int attempt = 0; attempt < SamplePoints.ATTEMPTS; attempt += 3) {
      Binding at = SamplePoints.draw(variables, sizes, SEED, attempt);
      Boolean other = isOther(value(last, at), value(mutant, at));
      if (other != null) return other;
    }
    return false;
  }

  private static @Nullable NumericArray value(Tensor tensor, Binding at) {
    try {
      NumericArray value = ReferenceInterpreter.evaluate(tensor, at);
      return value.isFinite() ? value : null;
    } catch (NablaException outside) {
      return null;
    }
  }

  private static @Nullable Boolean isOther(@Nullable NumericArray a, @Nullable NumericArray b) {
    if (a == null || b == null) return null;
    double largest = 0;
    double off = 0;
    for (int k = 0; k < a.count(); k++) {
      largest = Math.max(largest, Math.max(Math.abs(a.data()[k]), Math.abs(b.data()[k])));
      off = Math.max(off, Math.abs(a.data()[k] - b.data()[k]));
    }
    return off > CLEARLY * largest;
  }
}
