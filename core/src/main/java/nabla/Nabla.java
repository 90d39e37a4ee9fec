package nabla;

/** The entry to Nabla. */
public final class Nabla {
  private Nabla() {}

  /** The version of this library, such as {@code 0.1.0}. */
  public static String version() {
    return "0.1.0-SNAPSHOT";
  }
}
