package nabla;

import java.util.Optional;

/** What is wrong with a claim, in one line. */
record Finding(Verdict.Kind kind, String message) {
  static Optional<Finding> of(Verdict.Kind kind, String message) {
    return Optional.of(new Finding(kind, message));
  }
}
