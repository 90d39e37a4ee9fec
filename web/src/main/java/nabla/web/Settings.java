package nabla.web;

import java.time.Duration;

/**
 * What a server is to do.
 *
 * @param host the address that it listens at
 * @param port 0 for one that is free
 * @param rate requests a second that a client may send, on average; 0 for any number
 * @param cpu processor time that a request may take
 * @param memory bytes that a request may hold
 */
public record Settings(String host, int port, double rate, Duration cpu, long memory) {
  private static final double PUBLIC_RATE = 20;

  /** On this machine only, at port 8080: any number of requests of 2 s and 256 MB each. */
  public static Settings usual() {
    return new Settings("127.0.0.1", 8080, 0, Duration.ofSeconds(2), 256L << 20);
  }

  /**
   * At another address; unless only this machine can reach it, a client gets 20 requests a second.
   */
  public Settings withHost(String other) {
    boolean own = other.equals("localhost") || other.startsWith("127.") || other.equals("::1");
    return new Settings(other, port, own ? rate : PUBLIC_RATE, cpu, memory);
  }

  public Settings withPort(int other) {
    return new Settings(host, other, rate, cpu, memory);
  }

  public Settings withRate(double other) {
    return new Settings(host, port, other, cpu, memory);
  }

  public Settings withCpu(Duration other) {
    return new Settings(host, port, rate, other, memory);
  }
}
