package nabla.web;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often a client may ask: so many times a second on average, and a few seconds' worth at once.
 */
final class RateLimit {
  private static final double SECONDS_AT_ONCE = 5;
  private static final int MOST_CLIENTS = 10_000;
  private static final double NANOS = 1e9;

  /**
   * @param left requests that it may send at once
   * @param time when that was so
   * @param allowed whether its last request was
   */
  private record Account(double left, long time, boolean allowed) {}

  private final double rate;
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();
  private volatile int mostClients = MOST_CLIENTS;

  /**
   * @param rate requests a second; 0 for any number
   */
  RateLimit(double rate) {
    this.rate = rate;
  }

  boolean allows(String client) {
    return rate <= 0 || allows(client, System.nanoTime());
  }

  boolean allows(String client, long now) {
    if (accounts.size() > mostClients) forget(now);
    Account next =
        accounts.compute(
            client,
            (_, before) -> {
              double left = before == null ? most() : left(before, now);
              return left >= 1 ? new Account(left - 1, now, true) : new Account(left, now, false);
            });
    return next.allowed;
  }

  /** Those who may send as much as a new client are as one. */
  private void forget(long now) {
    accounts.values().removeIf(a -> left(a, now) >= most());
    // looking through all of them remains rare, however many there are
    mostClients = Math.max(MOST_CLIENTS, 2 * accounts.size());
  }

  /** How many clients are remembered. */
  int clients() {
    return accounts.size();
  }

  private double most() {
    return Math.max(1, SECONDS_AT_ONCE * rate);
  }

  /** What is left at a time. */
  private double left(Account account, long now) {
    return Math.min(most(), account.left + rate * (now - account.time) / NANOS);
  }
}
