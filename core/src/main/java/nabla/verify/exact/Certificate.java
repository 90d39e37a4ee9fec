package nabla.verify.exact;

import java.util.List;
import java.util.Map;

/**
 * What a comparison in exact arithmetic found.
 *
 * @param primes the random primes modulo which was computed, one for each point
 * @param seed what primes and points were drawn from
 * @param sizes the numbers that stood for the names of sizes; what is certified is so for these
 * @param degree a bound on the degree of the polynomials that were found to be 0
 * @param errorProbability of a claim that is wrong, a bound on the probability that it is
 *     certified; 1 unless it was
 * @param reason why nothing was certified; empty if it was
 */
public record Certificate(
    Status status,
    List<Long> primes,
    long seed,
    List<Map<String, Integer>> sizes,
    double degree,
    double errorProbability,
    String reason) {

  /** The four honest answers. */
  public enum Status {
    /** Equal, but for the error probability. */
    CERTIFIED,
    /** Certainly not equal. */
    REFUTED,
    /** An operation has no model, or a declaration no points, in exact arithmetic. */
    NO_MODEL,
    /** The model knows too few laws of the functions, or the bound is too weak. */
    UNDECIDED
  }

  public Certificate {
    primes = List.copyOf(primes);
    sizes = List.copyOf(sizes);
  }

  /** Where nothing was certified. */
  public static Certificate none(Status status, long seed, String reason) {
    return new Certificate(status, List.of(), seed, List.of(), 0, 1, reason);
  }

  public boolean isCertified() {
    return status == Status.CERTIFIED;
  }

  /** At how many random points was computed. */
  public int points() {
    return primes.size();
  }
}
