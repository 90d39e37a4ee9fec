package nabla.lang;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Greek letters are names: α is {@code alpha}, Σ is {@code Sigma}. */
public final class Greek {
  private static final List<String> NAMES =
      List.of(
          "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
          "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "", "sigma", "tau", "upsilon", "phi",
          "chi", "psi", "omega");

  private static final Set<String> CAPITALS_WITH_COMMAND =
      Set.of(
          "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi",
          "Omega");

  /** Those that LaTeX has a command for; the others look like Latin letters. */
  public static final Set<String> WITH_COMMAND =
      Stream.concat(NAMES.stream(), CAPITALS_WITH_COMMAND.stream())
          .filter(name -> !name.isEmpty() && !name.equals("omicron"))
          .collect(Collectors.toUnmodifiableSet());

  private Greek() {}

  /** The name of a Greek letter, or null if it is none. */
  public static @Nullable String name(int letter) {
    if (letter == 'ς') return "sigma";
    if (letter == 'µ') return "mu"; // the micro sign, which keyboards write
    if (letter == 'ϵ') return "epsilon";
    if (letter == 'ϕ') return "phi";
    if (letter >= 'α' && letter <= 'ω') return NAMES.get(letter - 'α');
    if (letter >= 'Α' && letter <= 'Ω' && !NAMES.get(letter - 'Α').isEmpty()) {
      String name = NAMES.get(letter - 'Α');
      return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
    return null;
  }

  /** The letter with this name, or null if there is none. */
  public static @Nullable String letter(String name) {
    if (name.isEmpty()) return null;
    boolean capital = Character.isUpperCase(name.charAt(0));
    String lower = Character.toLowerCase(name.charAt(0)) + name.substring(1);
    int place = NAMES.indexOf(lower);
    return place < 0 ? null : Character.toString((capital ? 'Α' : 'α') + place);
  }
}
