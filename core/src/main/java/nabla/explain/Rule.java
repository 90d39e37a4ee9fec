package nabla.explain;

/**
 * What leads from one line to the next.
 *
 * @param name such as {@code product rule}
 * @param statement what it says in general, such as {@code d(U*V) = dU*V + U*dV}; may be empty
 */
public record Rule(String name, String statement) {
  static Rule named(String name) {
    return new Rule(name, "");
  }

  @Override
  public String toString() {
    return statement.isEmpty() ? name : name + ": " + statement;
  }
}
