package nabla.notation;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nabla.lang.Greek;

/**
 * Names as LaTeX sets them: a Greek letter as its command, digits at the end and what follows a
 * {@code _} as a subscript, {@code x_hat} with a hat, and a word upright or as one symbol.
 *
 * @param names what is a name in the formula, so that no sign may mean anything else
 */
record LatexSymbols(Set<String> names) {
  /** Functions that LaTeX knows; the others are set upright by name. */
  private static final Map<String, String> FUNCTIONS =
      Map.ofEntries(
          Map.entry("exp", "\\exp"),
          Map.entry("log", "\\log"),
          Map.entry("sin", "\\sin"),
          Map.entry("cos", "\\cos"),
          Map.entry("tan", "\\tan"),
          Map.entry("arcsin", "\\arcsin"),
          Map.entry("arccos", "\\arccos"),
          Map.entry("arctan", "\\arctan"),
          Map.entry("sinh", "\\sinh"),
          Map.entry("cosh", "\\cosh"),
          Map.entry("tanh", "\\tanh"),
          Map.entry("det", "\\det"),
          Map.entry("max", "\\max"),
          Map.entry("min", "\\min"),
          Map.entry("sigmoid", "\\sigma"),
          Map.entry("gammaln", "\\log\\Gamma"),
          Map.entry("digamma", "\\psi"),
          Map.entry("logdet", "\\log\\det"));

  /** Functions whose sign is a letter, which may be a variable's. */
  private static final Map<String, String> LETTERS =
      Map.of("sigmoid", "sigma", "gammaln", "Gamma", "digamma", "psi");

  /** A mark above the letter, which is a part of the name. */
  private static final Pattern MARKED = Pattern.compile("(hat|tilde|bar|check)(?:_(.+))?");

  /** What a name of several letters begins with. */
  static final String WORD = "\\mathit{";

  String name(String name) {
    if (isChange(name)) return "\\mathrm{d}" + name(name.substring(1));
    int end = base(name);
    if (name.endsWith("_")) return word(name);
    String subscript = name.substring(end).replaceFirst("^_", "");
    String base = name.substring(0, end);
    boolean whole = subscript.isEmpty() || names.contains(base + "_" + subscript);
    if (!name.equals(base) && whole && !name.equals(base + "_" + subscript)) return word(name);
    return symbol(base, subscript);
  }

  /** Whether a name that nothing has is d before one that something has: a differential. */
  private boolean isChange(String name) {
    return name.length() > 1
        && name.charAt(0) == 'd'
        && !names.contains(name)
        && names.contains(name.substring(1));
  }

  /** How long a name is without its subscript. */
  private static int base(String name) {
    int end = name.indexOf('_');
    if (end >= 0) return end;
    end = name.length();
    while (end > 0 && isDigit(name.charAt(end - 1))) end--;
    return end;
  }

  private static String symbol(String base, String subscript) {
    boolean greek = Greek.WITH_COMMAND.contains(base);
    boolean letter = base.length() == 1;
    String symbol = greek ? "\\" + base : letter ? base : WORD + base + "}";
    String below = subscript;
    Matcher marked = MARKED.matcher(letter || greek ? subscript : "");
    if (marked.matches()) {
      symbol = "\\" + marked.group(1) + "{" + symbol + "}";
      below = marked.group(2) == null ? "" : marked.group(2);
    }
    if (below.matches("[A-Za-z]{3,}")) below = "\\text{" + below + "}";
    return below.isEmpty() ? symbol : symbol + "_{" + below.replace("_", "\\_") + "}";
  }

  /** A name as one symbol, whatever it ends with. */
  static String word(String name) {
    return WORD + name.replace("_", "\\_") + "}";
  }

  /** Whether a name is set with a subscript. */
  static boolean hasSubscript(String name) {
    return name.contains("_") || isDigit(name.charAt(name.length() - 1));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Functions that were only declared may have a single letter, and primes. */
  String function(String written) {
    String name = written.replaceFirst("'+$", "");
    String primes = written.substring(name.length());
    boolean letter = name.length() == 1 && !name.equals("K");
    if (letter || Greek.letter(name) != null) return name(name) + primes;
    String upright = "\\operatorname{" + name + "}";
    boolean taken = names.contains(LETTERS.getOrDefault(name, ""));
    return (taken ? upright : FUNCTIONS.getOrDefault(name, upright)) + primes;
  }
}
