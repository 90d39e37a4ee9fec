package nabla.diagnostic;

/**
 * A stretch of the user's input, counted in code points.
 *
 * @param start the first code point, 0-based
 * @param length how many code points
 */
public record Span(int start, int length) {
  /** The span of something that was not written by the user. */
  public static final Span NONE = new Span(-1, 0);

  /** The smallest span that covers this one and {@code other}. */
  public Span to(Span other) {
    if (start < 0) return other;
    if (other.start < 0) return this;
    int first = Math.min(start, other.start);
    return new Span(first, Math.max(start + length, other.start + other.length) - first);
  }
}
