package nabla.verify.exact;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import nabla.verify.SampleSizes;
import nabla.verify.exact.Certificate.Status;
import org.jspecify.annotations.Nullable;

/**
 * Repeats a comparison at random points modulo random primes until the probability of an error is
 * small enough, for two assignments of sizes.
 *
 * <p>Where two sides differ, a polynomial in what is drawn is not 0. It is 0 modulo a random prime
 * with the probability that the prime divides its coefficients, and otherwise at a random point
 * with at most its degree over the prime. Roots make it one in an algebraic field: its norm has a
 * degree as many times larger as the field has.
 */
final class Certification {
  private static final double LARGEST_ERROR = 1e-9;
  private static final int ASSIGNMENTS = 2;
  private static final int MOST_TRIALS = 16;
  private static final int MOST_DRAWS = 4_000;
  private static final int FEWEST_DRAWS = 40;
  private static final long FINEST = 1_000_000;
  private static final int MOST_KINDS = 4;

  /** What is claimed of a point. */
  interface Claim {
    /** Null if the sides differ. */
    @Nullable Agreement at(Trial trial);
  }

  private final List<Map<String, Integer>> assignments;
  private final List<Variable> variables;
  private final long seed;
  private final List<Long> primes = new ArrayList<>();
  private final List<Map<String, Integer>> sizes = new ArrayList<>();
  private final SplittableRandom random;
  private long fineness = 1;
  private double degree;
  private double error;

  Certification(List<Tensor> roots, List<Variable> variables, long seed) {
    List<String> used =
        roots.stream()
            .flatMap(root -> Tensors.variables(root).stream())
            .map(Variable::name)
            .toList();
    this.variables = variables.stream().filter(v -> used.contains(v.name())).toList();
    List<Tensor> all = new ArrayList<>(roots);
    all.addAll(this.variables);
    assignments = new ArrayList<>(SampleSizes.small(all));
    assignments.addAll(SampleSizes.of(all));
    this.seed = seed;
    // Not the same primes for all formulas: one could be made up that passes modulo those.
    long mixed = seed;
    for (Tensor root : roots) mixed = mixed * 31 + root.digest().low();
    random = new SplittableRandom(mixed);
  }

  Certificate run(Claim claim) {
    int kinds = 1;
    for (Variable v : variables) if (RationalPoints.hasTwoKinds(v)) kinds *= 2;
    if (kinds > MOST_KINDS) {
      return none(Status.NO_MODEL, "too many orthogonal matrices");
    }
    Certificate failure = none(Status.UNDECIDED, "no size could be used");
    for (Map<String, Integer> assignment : assignments) {
      if (sizes.size() == ASSIGNMENTS) break;
      if (sizes.contains(assignment)) continue;
      Certificate failed = null;
      for (int kind = 0; kind < kinds && failed == null; kind++) {
        failed = atSizes(new Plan(assignment), claim, kind);
      }
      if (failed == null) sizes.add(assignment);
      else if (failed.status() != Status.UNDECIDED || !failed.reason().startsWith("no point")) {
        return failed;
      } else {
        failure = failed;
      }
    }
    if (sizes.isEmpty()) return failure;
    return new Certificate(Status.CERTIFIED, primes, seed, sizes, degree, error, "");
  }

  private Certificate none(Status status, String reason) {
    return Certificate.none(status, seed, reason);
  }

  /** Null if all went well. */
  private @Nullable Certificate atSizes(Plan plan, Claim claim, int kinds) {
    double remaining = 1;
    for (int trial = 0; remaining >= LARGEST_ERROR; trial++) {
      Draws draws;
      try {
        draws = new Draws(plan, claim, kinds);
        draws.run(trial == 0);
      } catch (Obstacle obstacle) {
        return none(Status.NO_MODEL, obstacle.reason());
      }
      if (draws.failure != null) return draws.failure;
      double one = draws.error;
      if (!(StrictMath.pow(one, MOST_TRIALS) < LARGEST_ERROR)) {
        return none(Status.UNDECIDED, "the bound on the error probability is too weak");
      }
      remaining *= one;
      degree = Math.max(degree, draws.degree);
      primes.add(draws.field.p());
    }
    error = Math.max(error, remaining);
    return null;
  }

  /** Points modulo one prime, until one of them can be used. */
  private final class Draws {
    private final Plan plan;
    private final Claim claim;
    private final int kinds;
    private PrimeField field = PrimeField.draw(random);
    private final List<Integer> refused = new ArrayList<>();
    private @Nullable Trial used;
    private @Nullable Certificate failure;
    private double error = 1;
    private double degree;

    Draws(Plan plan, Claim claim, int kinds) {
      this.plan = plan;
      this.claim = claim;
      this.kinds = kinds;
    }

    /**
     * @param first whether roots are to be found independent
     */
    void run(boolean first) {
      int most = MOST_DRAWS;
      for (int draw = 0; draw < most; draw++) {
        if (used != null && (!first || independent())) return;
        Trial trial = new Trial(plan, field, random, fineness);
        try {
          trial.draw(variables, kinds);
          Agreement agreement = claim.at(trial);
          if (agreement == null) {
            failure = differs(trial);
            return;
          }
          if (used != null) continue;
          used = trial;
          judge(trial, agreement);
          most = draw + (FEWEST_DRAWS << Math.min(7, trial.atoms().roots()));
        } catch (Obstacle obstacle) {
          overcome(obstacle, trial);
        }
      }
      if (used == null) failure = none(Status.UNDECIDED, "no point could be used");
      else if (first && !independent()) {
        failure = none(Status.UNDECIDED, "a root may be one of a square");
      }
    }

    private void overcome(Obstacle obstacle, Trial trial) {
      switch (obstacle.remedy()) {
        case NONE -> throw obstacle;
        case EXPONENT -> {
          fineness = Atoms.commonMultiple(fineness, obstacle.denominator());
          if (fineness > FINEST) {
            throw Obstacle.noModel("the factors inside exp have too many digits");
          }
        }
        case PRIME -> {
          field = PrimeField.draw(random);
          refused.clear();
          used = null;
        }
        case POINT -> {
          if (trial.atoms().isRefused()) refused.add(trial.atoms().roots());
        }
      }
    }

    private Certificate differs(Trial trial) {
      return trial.atoms().isRational()
          ? none(Status.REFUTED, "the values differ modulo " + field.p())
          : none(Status.UNDECIDED, "not equal by the laws of the functions that are known here");
    }

    /**
     * Whether each root is one of what is no square in the field of those before it: if it were a
     * constant times a square, it would always be refused or never.
     */
    private boolean independent() {
      if (used == null) return false;
      for (int root = 0; root < used.atoms().roots(); root++) {
        if (used.atoms().isEven(root) && !refused.contains(root)) return false;
      }
      return true;
    }

    private void judge(Trial trial, Agreement agreement) {
      Atoms atoms = trial.atoms();
      Height collisions = atoms.collisions();
      double times = atoms.degree();
      double nonzero = agreement.denominators().degree() * times;
      degree = (agreement.difference().degree() + collisions.degree()) * times;
      double bits = (agreement.difference().bits() + collisions.bits()) * times;
      double usable = field.p() * share(atoms, agreement) - nonzero;
      double available = PrimeField.PRIMES * StrictMath.pow(2, -2 * atoms.constants());
      error = usable <= 0 ? 1 : degree / usable + bits / PrimeField.BITS / available;
    }

    /** Which share of points has all roots: by Weil's bound. */
    private double share(Atoms atoms, Agreement agreement) {
      int roots = atoms.roots() - atoms.constants();
      if (roots == 0) return 1;
      double off = agreement.denominators().degree() / Math.sqrt((double) field.p());
      return Math.max(0, StrictMath.pow(2, -roots) - off);
    }
  }
}
