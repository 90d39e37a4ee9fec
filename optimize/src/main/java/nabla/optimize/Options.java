package nabla.optimize;

import java.time.Duration;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;

/**
 * How a minimisation is done.
 *
 * @param tolerance how large the largest entry of the gradient may be in the end
 * @param iterations how many there may be
 * @param time how long it may take
 * @param threads how many the engine may use
 * @param seed of random starting points
 */
public record Options(double tolerance, int iterations, Duration time, int threads, long seed) {
  /**
   * @throws NablaException with {@link Code#REQUEST} if the tolerance, the iterations or the time
   *     are negative
   */
  public Options {
    if (!(tolerance >= 0)) throw tooSmall("the tolerance is", tolerance);
    if (iterations < 0) throw tooSmall("iterations are", iterations);
    if (time.isNegative()) throw tooSmall("the time is", time.toMillis() / 1e3);
  }

  private static NablaException tooSmall(String what, Number given) {
    return new NablaException(Code.REQUEST, what + " 0 or more, not " + given);
  }

  /** A tolerance of 1e-8, 1000 iterations, ten minutes, one thread, the seed 1. */
  public static Options usual() {
    return new Options(1e-8, 1000, Duration.ofMinutes(10), 1, 1);
  }

  public Options withTolerance(double other) {
    return new Options(other, iterations, time, threads, seed);
  }

  public Options withIterations(int other) {
    return new Options(tolerance, other, time, threads, seed);
  }

  public Options withTime(Duration other) {
    return new Options(tolerance, iterations, other, threads, seed);
  }

  public Options withThreads(int other) {
    return new Options(tolerance, iterations, time, other, seed);
  }

  public Options withSeed(long other) {
    return new Options(tolerance, iterations, time, threads, other);
  }
}
