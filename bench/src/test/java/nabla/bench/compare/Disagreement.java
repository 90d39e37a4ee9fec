package nabla.bench.compare;

/** A system failed or has another result: there is nothing to compare. */
final class Disagreement extends RuntimeException {
  private static final long serialVersionUID = 1;

  Disagreement(String message) {
    super(message);
  }
}
