package nabla.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share the rows of a loop: the caller and those that wait for it. BLAS keeps to the
 * thread that calls it, except in {@link #together}.
 */
final class Team {
  /** Below so many numbers a hand-over costs more than it saves. */
  private static final long WORTHWHILE = 20_000;

  private static final int SPINS = 20_000;

  /** A member's share of a loop. */
  @FunctionalInterface
  interface Share {
    void run(int member, int from, int to);
  }

  private final List<Member> others = new ArrayList<>();
  private final AtomicInteger pending = new AtomicInteger();
  private final AtomicInteger round = new AtomicInteger();
  private @Nullable Share share;
  private int rows;

  Team(int size) {
    for (int member = 1; member < size; member++) {
      Member other = new Member(member);
      others.add(other);
      Thread.ofPlatform().daemon().start(other);
    }
    Blas.threads(1);
  }

  int size() {
    return others.size() + 1;
  }

  /**
   * Runs a loop, each member with rows of its own.
   *
   * @param numbers how many numbers a row reads or writes
   * @return how many members had a share: the first ones
   */
  int rows(int count, long numbers, Share body) {
    if (others.isEmpty() || count < size() || count * numbers < WORTHWHILE) {
      body.run(0, 0, count);
      return 1;
    }
    share = body;
    rows = count;
    pending.set(others.size());
    round.incrementAndGet();
    for (Member other : others) other.wake();
    body.run(0, 0, firstRow(1));
    for (int spins = 0; pending.get() > 0; spins++) {
      if (spins < SPINS) Thread.onSpinWait();
      else LockSupport.parkNanos(this, 1);
    }
    return size();
  }

  /** Runs calls of BLAS that use all threads. */
  void together(Runnable calls) {
    if (others.isEmpty()) {
      calls.run();
      return;
    }
    Blas.threads(size());
    calls.run();
    Blas.threads(1);
  }

  private int firstRow(int member) {
    return (int) ((long) rows * member / size());
  }

  private final class Member implements Runnable {
    private final int member;
    private volatile @Nullable Thread parked;

    Member(int member) {
      this.member = member;
    }

    @Override
    public void run() {
      for (int seen = 0; ; seen++) {
        await(seen);
        Share body = share;
        try {
          if (body != null) body.run(member, firstRow(member), firstRow(member + 1));
        } finally {
          pending.decrementAndGet();
        }
      }
    }

    private void await(int seen) {
      for (int spins = 0; spins < SPINS; spins++) {
        if (round.get() != seen) return;
        Thread.onSpinWait();
      }
      parked = Thread.currentThread();
      while (round.get() == seen) LockSupport.park(this);
      parked = null;
    }

    void wake() {
      Thread thread = parked;
      if (thread != null) LockSupport.unpark(thread);
    }
  }
}
