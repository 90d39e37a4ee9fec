package nabla;

/** This library as a whole. What it does begins with {@link Expression#parse(String)}. */
public final class Nabla {
  private Nabla() {}

  /** The version of this library, such as {@code 0.1.0}. */
  public static String version() {
    return "0.1.0-SNAPSHOT";
  }
}
