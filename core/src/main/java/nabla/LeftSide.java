package nabla;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nabla.lang.Greek;
import nabla.operation.Catalogue;
import org.jspecify.annotations.Nullable;

/** What the left side of a line in a derivation means. */
sealed interface LeftSide {
  /**
   * A new name.
   *
   * @param of what it is a function of, if it was written as one of one variable; else empty
   */
  record Definition(String name, String of) implements LeftSide {}

  /**
   * A derivative.
   *
   * @param function a name or an expression; empty if it is not said
   * @param by empty if it is not said
   * @param order 1 or 2
   */
  record Of(String function, String by, int order) implements LeftSide {
    List<String> variables(String variable) {
      return Collections.nCopies(order, variable);
    }
  }

  /** A differential, of a name or an expression. */
  record Differential(String function) implements LeftSide {}

  /** A differential of a differential, which is not judged. */
  record SecondDifferential() implements LeftSide {}

  /** Anything else. */
  record Formula(String text) implements LeftSide {}

  /** df/dx, d(x'*x)/dx, ∂f/∂x', d2f/dx2, d^2f/dx^2. */
  Pattern QUOTIENT =
      Pattern.compile(
          "[d∂](?<order>\\^?2|²)?\\s*(?<f>\\w+|\\(.*\\))\\s*/\\s*[d∂]\\s*(?<x>\\w+?)(?<again>\\^?2|²)?'?");

  /** d/dx f, ∂/∂x (x'*x). */
  Pattern OPERATOR = Pattern.compile("[d∂]\\s*/\\s*[d∂]\\s*(?<x>\\w+)\\s+(?<f>\\w+|\\(.*\\))");

  /** grad f, grad_x f, ∇f, ∇_x f, hess f, ∇²f. */
  Pattern NABLA =
      Pattern.compile(
          "(?<word>gradient|grad|hessian|hess|∇(\\^?\\{?2}?|²)|∇)(_\\{?(?<x>\\w+?)\\}?)?"
              + "(?<order>\\^\\{?2}?|²)?(\\s+|\\b|(?=\\())\\s*(?<f>\\w+|\\(.*\\))");

  /** f'(x), f''(x). */
  Pattern PRIME = Pattern.compile("(?<f>\\w+)(?<order>''?)\\(\\s*(?<x>\\w+)\\s*\\)");

  /** d²f, d^2f. */
  Pattern SECOND = Pattern.compile("d\\s*(\\^\\{?2}?|²)\\s*(\\w+|\\(.*\\))");

  Pattern FUNCTION = Pattern.compile("(?<f>\\w+)\\s*\\((?<x>\\s*\\w+(\\s*,\\s*\\w+)*\\s*)\\)");

  /** The same within a text. */
  Pattern FUNCTION_CALL =
      Pattern.compile("((?<![\\p{L}\\d_])[\\p{L}∂]\\w*)\\(\\s*\\w+(?:\\s*,\\s*\\w+)*\\s*\\)");

  /**
   * Reads a left side.
   *
   * @param defined the names that are defined already
   * @param known those of variables
   */
  static LeftSide of(String text, Set<String> defined, Set<String> known) {
    String plain = withoutArguments(plain(text), defined);
    LeftSide derivative = derivative(plain);
    if (derivative != null) return derivative;
    Matcher prime = PRIME.matcher(plain);
    if (prime.matches() && defined.contains(prime.group("f"))) {
      return new Of(prime.group("f"), prime.group("x"), prime.group("order").length());
    }
    if (SECOND.matcher(plain).matches()) return new SecondDifferential();
    boolean name = plain.matches("[\\p{L}]\\w*");
    if (name && (defined.contains(plain) || known.contains(plain))) return new Formula(plain);
    if (name && plain.startsWith("d") && defined.contains(plain.substring(1))) {
      return new Differential(plain.substring(1));
    }
    boolean change = name && plain.startsWith("d") && known.contains(plain.substring(1));
    if (change) return new Formula(plain);
    if (name) return new Definition(plain, "");
    if (plain.matches("d\\s*\\(.*\\)") && closes(plain, plain.indexOf('(')) == plain.length() - 1) {
      return new Differential(plain.substring(plain.indexOf('(')));
    }
    Matcher function = FUNCTION.matcher(plain);
    boolean fresh = function.matches() && !Catalogue.names().contains(function.group("f"));
    return fresh && !defined.contains(function.group("f"))
        ? new Definition(function.group("f"), argument(function.group("x")))
        : new Formula(text);
  }

  private static String argument(String arguments) {
    return arguments.contains(",") ? "" : arguments.strip();
  }

  /** Without what LaTeX writes around it. */
  private static String plain(String text) {
    return text.replaceAll("\\\\[dt]?frac\\s*\\{(.*)}\\s*\\{(.*)}", "$1/$2")
        .replaceAll("\\\\partial\\s*", "∂")
        .replaceAll("\\\\nabla\\s*", "∇")
        .replaceAll("\\\\(mathrm|operatorname|mathbf)\\{(\\w+)}", "$2")
        .transform(LeftSide::spelled)
        .strip();
  }

  /** With the names of Greek letters in their places. */
  private static String spelled(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              String name = Greek.name(c);
              if (name == null) out.appendCodePoint(c);
              else out.append(name);
            });
    return out.toString();
  }

  /** What was defined, or its differential, without the arguments in brackets. */
  private static String withoutArguments(String text, Set<String> defined) {
    return FUNCTION_CALL
        .matcher(text)
        .replaceAll(
            call -> {
              String name = call.group(1);
              boolean own = defined.contains(name.replaceFirst("^[d∂](?=.)", ""));
              boolean drop = defined.contains(name) || own;
              return Matcher.quoteReplacement(drop ? name : call.group());
            });
  }

  private static @Nullable LeftSide derivative(String text) {
    Matcher quotient = QUOTIENT.matcher(text);
    if (quotient.matches()) {
      boolean second = quotient.group("order") != null;
      String again = quotient.group("again");
      // Without an order above, dx2 is the change of x2.
      if (!second && again != null && !again.equals("2")) return null;
      String by = quotient.group("x") + (second || again == null ? "" : again);
      return new Of(quotient.group("f"), by, second ? 2 : 1);
    }
    Matcher operator = OPERATOR.matcher(text);
    if (operator.matches()) return new Of(operator.group("f"), operator.group("x"), 1);
    if (text.matches("grad|gradient|∇")) return new Of("", "", 1);
    if (text.matches("hess|hessian|∇(\\^?2|²)")) return new Of("", "", 2);
    Matcher nabla = NABLA.matcher(text);
    if (!nabla.matches()) return null;
    String word = nabla.group("word");
    boolean twice = nabla.group("order") != null || (word.length() > 1 && word.startsWith("∇"));
    boolean second = word.startsWith("hess") || twice;
    String by = nabla.group("x");
    return new Of(nabla.group("f"), by == null ? "" : by, second ? 2 : 1);
  }

  /** Where the bracket that opens at a position closes; -1 if it does not. */
  static int closes(String text, int open) {
    int depth = 0;
    for (int k = open; k < text.length(); k++) {
      char c = text.charAt(k);
      if ("([{".indexOf(c) >= 0) depth++;
      if (")]}".indexOf(c) >= 0 && --depth == 0) return k;
    }
    return -1;
  }

  /** The names in a text, such as {@code dx} and {@code A}. */
  static List<String> names(String text) {
    List<String> names = new ArrayList<>();
    Matcher name = Pattern.compile("[\\p{L}_][\\p{L}\\d_]*").matcher(spelled(text));
    while (name.find()) names.add(name.group());
    return names;
  }
}
