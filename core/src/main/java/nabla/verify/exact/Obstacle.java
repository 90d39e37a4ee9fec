package nabla.verify.exact;

/** Why an evaluation modulo a prime ended early. */
final class Obstacle extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What may help. */
  enum Remedy {
    /** Another point: something was divided by 0, or what has a root here has none. */
    POINT,
    /** Another prime, too: a constant is divided by that is 0, or has no root. */
    PRIME,
    /** Finer exponents: {@link #denominator()} divides what exponents are counted in. */
    EXPONENT,
    /** Nothing: an operation has no model. */
    NONE
  }

  private final Remedy remedy;
  private final long denominator;

  private Obstacle(Remedy remedy, String reason, long denominator) {
    super(reason, null, false, false);
    this.remedy = remedy;
    this.denominator = denominator;
  }

  static Obstacle point() {
    return new Obstacle(Remedy.POINT, "", 1);
  }

  static Obstacle prime() {
    return new Obstacle(Remedy.PRIME, "", 1);
  }

  static Obstacle exponent(long denominator) {
    return new Obstacle(Remedy.EXPONENT, "", denominator);
  }

  static Obstacle noModel(String reason) {
    return new Obstacle(Remedy.NONE, reason, 1);
  }

  Remedy remedy() {
    return remedy;
  }

  long denominator() {
    return denominator;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
