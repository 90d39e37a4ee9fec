package nabla.optimize;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import nabla.optimize.Minimum.Status;
import org.jspecify.annotations.Nullable;

/**
 * When a minimisation ends.
 *
 * @param tolerance how large the largest entry of the gradient may be
 * @param iterations how many there may be
 * @param end when the time is over, by {@link System#nanoTime}
 * @param progress is told of each iteration
 */
record Limits(double tolerance, int iterations, long end, Consumer<Iteration> progress) {
  /** From now on. */
  static Limits from(Options options, Consumer<Iteration> progress) {
    long end = System.nanoTime() + options.time().toNanos();
    return new Limits(options.tolerance(), options.iterations(), end, progress);
  }

  /**
   * An interruption ends the search; what was found is still told, which makes expressions, and
   * these can't be made by an interrupted thread.
   */
  static Minimum inPeace(Supplier<Minimum> answer) {
    boolean interrupted = Thread.interrupted();
    try {
      return answer.get();
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }

  boolean isSmall(double[] slope) {
    return Vectors.largest(slope) <= tolerance;
  }

  Limits with(double other) {
    return new Limits(other, iterations, end, progress);
  }

  Limits upTo(int fewer) {
    return new Limits(tolerance, fewer, end, progress);
  }

  /** The same where the progress is told of some of the variables only. */
  Limits of(Variables all, List<String> some) {
    return new Limits(
        tolerance, iterations, end, i -> progress.accept(i.at(all.only(some, i.point()))));
  }

  /** Why there must be no further iteration; null if there may. */
  @Nullable Status reached(Iteration iteration) {
    progress.accept(iteration);
    if (isInterrupted()) return Status.INTERRUPTED;
    if (isLate()) return Status.TIME_LIMIT;
    return iteration.number() >= iterations ? Status.ITERATION_LIMIT : null;
  }

  /** Whether there must be no further search. */
  boolean areOver() {
    return isInterrupted() || isLate();
  }

  private static boolean isInterrupted() {
    return Thread.currentThread().isInterrupted();
  }

  private boolean isLate() {
    return System.nanoTime() - end >= 0;
  }
}
