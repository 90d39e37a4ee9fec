package nabla.tensor;

import java.util.concurrent.CancellationException;

/** Where work ends whose thread was interrupted. */
public final class Cancellation {
  private Cancellation() {}

  /**
   * To be called often.
   *
   * @throws CancellationException if the thread was interrupted; not while a class is initialised,
   *     which could never be used again
   */
  public static void check() {
    if (Thread.currentThread().isInterrupted() && !isInitializing()) {
      throw new CancellationException("interrupted");
    }
  }

  private static boolean isInitializing() {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(f -> f.getMethodName().equals("<clinit>")));
  }
}
