package nabla.engine.kernel;

/**
 * How many threads OpenBLAS uses, which is one setting in the process, and must not be changed by
 * two at once. As long as anyone wants several it is the most that was asked for, then 1 again.
 * What runs meanwhile is not disturbed: it has read the setting when it began.
 */
final class OpenBlasThreads {
  private final OpenBlas.Found library;
  private int users;
  private volatile int count = 1;

  OpenBlasThreads(OpenBlas.Found library) {
    this.library = library;
  }

  int count() {
    return count;
  }

  void run(int most, Runnable work) {
    if (most < 1) throw new IllegalArgumentException(most + " threads");
    begin(most);
    try {
      work.run();
    } finally {
      end();
    }
  }

  private synchronized void begin(int most) {
    users++;
    if (most > count) set(most);
  }

  private synchronized void end() {
    users--;
    if (users == 0 && count > 1) set(1);
  }

  private void set(int threads) {
    OpenBlas.setThreads(library.symbols(), threads);
    count = threads;
  }
}
