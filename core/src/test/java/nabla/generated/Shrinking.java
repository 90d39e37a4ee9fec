package nabla.generated;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nabla.tensor.Variable;

/** Makes a failing expression small: parts give way to their own parts, to leaves, to nothing. */
final class Shrinking {
  private static final int MOST_TRIALS = 1_500;

  private final Finding finding;
  private int trials;

  private Shrinking(Finding finding) {
    this.finding = finding;
  }

  /** The smallest variant found that fails in the same way. */
  static Sample smallest(Sample sample, Finding finding) {
    return new Shrinking(finding).shrink(sample);
  }

  private Sample shrink(Sample sample) {
    Sample best = sample;
    while (true) {
      Sample smaller = step(best);
      if (smaller == null) return best;
      best = smaller;
    }
  }

  private @org.jspecify.annotations.Nullable Sample step(Sample sample) {
    for (Sample candidate : candidates(sample)) {
      if (++trials > MOST_TRIALS) return null;
      if (Oracle.judge(candidate).isLike(finding)) return candidate;
    }
    return null;
  }

  private static List<Sample> candidates(Sample sample) {
    List<Sample> candidates = new ArrayList<>();
    if (!sample.intermediates().isEmpty()) candidates.add(sample.inOneLine());
    for (Term part : sample.term().all()) {
      if (!part.equals(sample.term())) candidates.add(sample.with(part));
    }
    candidates.sort(java.util.Comparator.comparingInt(s -> s.term().count()));
    for (Term part : sample.term().all()) {
      if (part.parts().isEmpty()) continue;
      for (Variable v : sample.variables()) {
        if (v.shape().equals(part.shape().sizes()) && !part.shape().row()) {
          candidates.add(
              sample.with(sample.term().replace(part, Term.leaf(part.shape(), v.name()))));
        }
      }
      for (Term inner : part.all()) {
        boolean fits = inner.shape().equals(part.shape()) && !inner.equals(part);
        if (fits) candidates.add(sample.with(sample.term().replace(part, inner)));
      }
      if (part.shape().isScalar()) {
        candidates.add(sample.with(sample.term().replace(part, Term.leaf(part.shape(), "2"))));
      }
    }
    candidates.add(unused(sample));
    for (Variable v : sample.variables()) {
      if (!v.properties().isEmpty()) candidates.add(plain(sample, v));
    }
    candidates.removeIf(c -> c.equals(sample));
    return candidates;
  }

  private static Sample unused(Sample sample) {
    Set<Term> parts = sample.term().all();
    return sample.withVariables(
        sample.variables().stream()
            .filter(
                v ->
                    Variables.tellsSize(v)
                        || parts.stream().anyMatch(p -> p.pattern().equals(v.name())))
            .toList());
  }

  private static Sample plain(Sample sample, Variable variable) {
    return sample.withVariables(
        sample.variables().stream()
            .map(v -> v.equals(variable) ? new Variable(v.name(), v.shape(), Set.of()) : v)
            .toList());
  }
}
