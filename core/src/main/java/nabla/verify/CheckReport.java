package nabla.verify;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a check against finite differences found.
 *
 * @param points at how many points the derivatives agreed
 * @param sizes for every name of a size the number that stood for it at each of these points
 * @param worstRelativeError the largest error at any of them
 * @param seed what the points were drawn from
 * @param reason why it failed or could not be done; empty if it passed
 * @param counterexample where it failed, else null
 */
public record CheckReport(
    Status status,
    int points,
    Map<String, List<Integer>> sizes,
    double worstRelativeError,
    long seed,
    String reason,
    @Nullable Counterexample counterexample) {

  /** The three honest answers. */
  public enum Status {
    PASSED,
    FAILED,
    NOT_CHECKED
  }

  /**
   * An entry that is wrong.
   *
   * @param order which derivative, from 1
   * @param index the indices of the entry, from 1; if the check was along a random direction, those
   *     of the function that was differentiated
   * @param expected what finite differences say
   * @param found what the formula says
   */
  public record Counterexample(
      Binding point, int order, List<Integer> index, double expected, double found) {}

  public CheckReport {
    sizes = Collections.unmodifiableMap(new LinkedHashMap<>(sizes));
  }

  public boolean passed() {
    return status == Status.PASSED;
  }
}
