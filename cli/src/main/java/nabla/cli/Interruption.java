package nabla.cli;

import java.util.function.Supplier;

/** Lets Ctrl-C end work early, instead of the program: what the work has found is still printed. */
final class Interruption {
  /** How long the program may take to print it. */
  private static final long PATIENCE = 5_000;

  /** Does something; the first Ctrl-C interrupts this thread and waits for it to end. */
  <T> T during(Supplier<T> work) {
    Thread own = Thread.currentThread();
    Thread hook =
        new Thread(
            () -> {
              own.interrupt();
              try {
                own.join(PATIENCE);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
    T result = work.get();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // the hook waits for what is printed
    }
    return result;
  }
}
