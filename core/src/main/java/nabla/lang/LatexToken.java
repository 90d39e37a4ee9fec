package nabla.lang;

import nabla.diagnostic.Span;

/**
 * One word of LaTeX.
 *
 * @param text a letter, digits, a sign, or a command without its backslash
 * @param content what stands in the braces of a command such as {@code \operatorname}
 * @param spaced whether white space stands before it
 */
record LatexToken(Kind kind, String text, String content, Span span, boolean spaced) {
  enum Kind {
    NUMBER,
    /** A single letter; Greek ones have their name. */
    LETTER,
    /** {@code \frac}, {@code \|}. */
    COMMAND,
    /** {@code \text{…}} and its like, with the content uncut. */
    WORD,
    SYMBOL,
    END
  }

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isCommand(String name) {
    return kind == Kind.COMMAND && text.equals(name);
  }

  /** What a message calls it. */
  String described() {
    return switch (kind) {
      case END -> "the end";
      case COMMAND ->
          switch (text) {
            case "vert", "lvert", "rvert" -> "'|'";
            case "Vert", "lVert", "rVert" -> "'\\|'";
            default -> "\\" + text;
          };
      case WORD -> "\\" + text + "{" + content + "}";
      default -> "'" + text + "'";
    };
  }
}
