package nabla.cli;

import java.io.PrintWriter;
import java.util.Timer;
import java.util.TimerTask;

/** Says what is being done where that takes long and somebody watches. */
final class Progress implements AutoCloseable {
  private static final long SECOND = 1_000;
  private static final long PATIENCE = 2;
  private static final long PAUSE = 10;

  private final Timer timer = new Timer("progress", true);
  private volatile String stage = "";
  private volatile long since = System.nanoTime();

  @SuppressWarnings("SystemConsoleNull") // since Java 25 there may be none again
  Progress(PrintWriter to) {
    var terminal = System.console();
    if (terminal == null || !terminal.isTerminal()) return;
    TimerTask report =
        new TimerTask() {
          @Override
          public void run() {
            long seconds = (System.nanoTime() - since) / 1_000_000_000;
            if (seconds == 0 || (seconds != PATIENCE && seconds % PAUSE != 0)) return;
            to.printf("… %s, %d s%n", stage, seconds);
            to.flush();
          }
        };
    timer.scheduleAtFixedRate(report, SECOND, SECOND);
  }

  void at(String next) {
    stage = next;
    since = System.nanoTime();
  }

  /** How far the same stage is. */
  void goesOn(String now) {
    stage = now;
  }

  @Override
  public void close() {
    timer.cancel();
  }
}
