package nabla.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C end work early instead of the program, which ends when this is closed: what the work
 * has found by then is still printed.
 */
final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 5;

  private final CountDownLatch printed = new CountDownLatch(1);
  private final Thread hook;

  /** From now on the first Ctrl-C interrupts this thread. */
  Interruption() {
    Thread own = Thread.currentThread();
    hook =
        new Thread(
            () -> {
              own.interrupt();
              try {
                boolean _ = printed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    printed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // the program ends already
    }
  }
}
