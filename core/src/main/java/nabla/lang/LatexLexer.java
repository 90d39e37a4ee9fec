package nabla.lang;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;

/** Cuts LaTeX into tokens; space and size commands vanish, delimiters know their side. */
final class LatexLexer {
  private static final int LONGEST = 10_000;
  private static final Set<String> WRAPPERS = Set.of("(", ")", "[", "]");
  private static final String SIGNS = "+-*/^_'()[]{}|&,;:=.";

  private static final Map<Integer, String> UNICODE =
      Map.of(
          (int) '−', "-",
          (int) '·', "*",
          (int) '×', "*",
          (int) '⊙', ".*",
          (int) '⊘', "./",
          (int) '⊗', "⊗",
          (int) 'ᵀ', "'",
          (int) '⊤', "'",
          (int) '’', "'",
          (int) '′', "'");

  private final String source;
  private final int[] text;
  private final List<LatexToken> tokens = new ArrayList<>();
  private final Map<String, String> shapes = new HashMap<>();
  private int at;
  private boolean spaced;
  private String side = "";

  /** Where the command before a delimiter begins. */
  private int sideAt;

  private LatexLexer(String source) {
    this.source = source;
    this.text = source.codePoints().toArray();
  }

  static List<LatexToken> read(String source) {
    LatexLexer lexer = new LatexLexer(source);
    if (lexer.text.length > LONGEST) {
      throw lexer.error(
          Code.LIMIT, LONGEST, 1, "the input is longer than " + LONGEST + " characters", "");
    }
    lexer.run();
    return lexer.tokens;
  }

  /**
   * Whether a text is LaTeX rather than the text form, which has a backslash too: {@code A\b}
   * solves. It is LaTeX if it contains a brace, a dollar sign or a known command that can't be a
   * name, such as {@code \top}, {@code \frac} or {@code \|}; and also if a letter or function such
   * as {@code \mu} or {@code \log} stands where no operand can precede it, at the start or after an
   * operator or a number.
   *
   * @throws NablaException if only such letters and functions occur and each follows an operand:
   *     {@code A\mu} is a product in LaTeX, but a left division in the text form
   */
  static boolean isLatex(String source) {
    int[] text = source.codePoints().toArray();
    int doubtful = -1;
    for (int k = 0; k < text.length; k++) {
      if (text[k] == '{' || text[k] == '}' || text[k] == '$') return true;
      if (text[k] != '\\') continue;
      String command = command(text, k + 1);
      boolean operand = followsOperand(text, k);
      if (!LatexCommands.isKnown(command)) {
        if (!operand && command.length() > 1) return true;
        continue;
      }
      if (WRAPPERS.contains(command) || command.equals(" ")) {
        if (!operand && !followsNumber(text, k) && !command.equals(" ")) return true;
      } else if (!LatexCommands.isAlsoName(command) || !operand) {
        return true;
      } else if (doubtful < 0) {
        doubtful = k;
      }
      k += command.equals("\\") ? 1 : 0;
    }
    if (doubtful < 0) return false;
    String command = command(text, doubtful + 1);
    throw new NablaException(
        new Diagnostic(
            Code.SYNTAX,
            "\\" + command + " could be LaTeX, or a left division by what stands before it",
            new Span(doubtful, command.length() + 1),
            source,
            "write \\cdot\\" + command + " for a product, \\(" + command + "…) to solve"));
  }

  private static boolean followsOperand(int[] text, int position) {
    int k = position - 1;
    while (k >= 0 && text[k] == ' ') k--;
    int start = k;
    while (start >= 0 && (isDigit(text[start]) || text[start] == '.')) start--;
    boolean number = start < k && (start < 0 || !isNamePart(text[start]));
    return !number
        && k >= 0
        && (Character.isLetterOrDigit(text[k]) || ")]'_ᵀ".indexOf(text[k]) >= 0);
  }

  /** No formula begins behind a number or exponent: {@code X^2\(x + y)} divides. */
  private static boolean followsNumber(int[] text, int position) {
    int k = position - 1;
    while (k >= 0 && text[k] == ' ') k--;
    return k >= 0 && (isDigit(text[k]) || "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(text[k]) >= 0);
  }

  private static boolean isNamePart(int c) {
    return Character.isLetter(c) || c == '_';
  }

  private static String command(int[] text, int start) {
    int end = start;
    while (end < text.length && isLetter(text[end])) end++;
    if (end == start && end < text.length) end++;
    return new String(text, start, end - start);
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private NablaException error(Code code, int start, int length, String message, String hint) {
    return new NablaException(new Diagnostic(code, message, new Span(start, length), source, hint));
  }

  private int peek(int ahead) {
    return at + ahead < text.length ? text[at + ahead] : -1;
  }

  private void add(LatexToken.Kind kind, String spelling, String content, int length) {
    int start = side.isEmpty() ? at : sideAt;
    at += length;
    tokens.add(new LatexToken(kind, spelling, content, new Span(start, at - start), spaced));
    spaced = false;
    side = "";
  }

  private void run() {
    while (at < text.length) {
      int c = text[at];
      String greek = Greek.name(c);
      if (Character.isWhitespace(c) || c == 0xA0 || c == '~') {
        spaced = true;
        at++;
      } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) number();
      else if (isLetter(c)) add(LatexToken.Kind.LETTER, Character.toString(c), "", 1);
      else if (greek != null) add(LatexToken.Kind.LETTER, greek, "", 1);
      else if (c == '\\') command();
      else if (c == '$') wrapper(1);
      else if ((c == '.' || c == ',') && isRest(at + 1)) at++;
      else if (c == '|') bar();
      else if (c == '.' && "*/^".indexOf(peek(1)) >= 0) symbol("." + (char) peek(1), 2);
      else if (UNICODE.containsKey(c)) symbol(java.util.Objects.requireNonNull(UNICODE.get(c)), 1);
      else if (c < 128 && SIGNS.indexOf(c) >= 0) symbol(Character.toString(c), 1);
      else throw unexpected(c);
    }
    add(LatexToken.Kind.END, "", "", 0);
  }

  private NablaException unexpected(int c) {
    String shown = Character.isISOControl(c) ? "" : "'" + Character.toString(c) + "' ";
    String hint =
        switch (c) {
          case '<', '>' -> "a comparison is no part of an expression";
          case '%' -> "comments are not read";
          default -> Lookalikes.hint(c);
        };
    return error(
        Code.SYNTAX, at, 1, shown + String.format("(U+%04X) has no meaning here", c), hint);
  }

  private void symbol(String spelling, int length) {
    if (!side.isEmpty() && spelling.equals(".")) {
      throw error(Code.UNSUPPORTED, at, length, "a delimiter on one side only", "");
    }
    add(LatexToken.Kind.SYMBOL, spelling, "", length);
  }

  private void number() {
    int end = at;
    while (end < text.length && isDigit(text[end])) end++;
    boolean point = end + 1 < text.length && text[end] == '.' && isDigit(text[end + 1]);
    if (point) {
      end++;
      while (end < text.length && isDigit(text[end])) end++;
    }
    if (end - at > 400) throw error(Code.LIMIT, at, end - at, "the number is too long", "");
    add(LatexToken.Kind.NUMBER, new String(text, at, end - at), "", end - at);
  }

  /** {@code |} opens or closes after \left or \right, and else as it stands. */
  private void bar() {
    int length = peek(1) == '|' ? 2 : 1;
    delimiter(length == 2 ? "Vert" : "vert", length);
  }

  private void delimiter(String kind, int length) {
    String name =
        switch (side) {
          case "left" -> kind.equals("Vert") ? "lVert" : "lvert";
          case "right" -> kind.equals("Vert") ? "rVert" : "rvert";
          default -> kind;
        };
    add(LatexToken.Kind.COMMAND, name, "", length);
  }

  /** Dollar signs and {@code \[ \]} may only stand around the whole. */
  private void wrapper(int length) {
    if (!tokens.isEmpty() && !isRest(at + length)) {
      throw error(Code.SYNTAX, at, length, "the formula ends here", "give one formula at a time");
    }
    at += length;
  }

  /** Whether only what may follow a formula is left: its closing sign and a full stop. */
  private boolean isRest(int from) {
    String rest = new String(text, from, text.length - from);
    return rest.replaceAll("\\$|\\\\[\\])]|[\\s.,]", "").isEmpty();
  }

  private void command() {
    String name = command(text, at + 1);
    int length = name.length() + 1;
    if (name.equals("operatorname") && peek(length) == '*') length++;
    if (WRAPPERS.contains(name)) wrapper(length);
    else if (LatexCommands.WORDS.contains(name)) word(name, length);
    else if (LatexCommands.IGNORED.contains(name)) ignored(name, length);
    else if (LatexCommands.letter(name) != null) letter(name, length);
    else if (name.equals("|") || name.equals("Vert")) delimiter("Vert", length);
    else if (name.equals("vert") || name.equals("mid")) delimiter("vert", length);
    else if (name.equals("{") || name.equals("lbrace")) symbol("(", length);
    else if (name.equals("}") || name.equals("rbrace")) symbol(")", length);
    else if (name.equals("lbrack")) symbol("[", length);
    else if (name.equals("rbrack")) symbol("]", length);
    else if (name.equals("_")) symbol("\\_", length);
    else if (!LatexCommands.isKnown(name)) throw unknown(name, length);
    else add(LatexToken.Kind.COMMAND, name, "", length);
  }

  private void ignored(String name, int length) {
    sideAt = at;
    if (LatexCommands.OPENING.contains(name)) side = "left";
    if (LatexCommands.CLOSING.contains(name)) side = "right";
    at += length;
    spaced = true;
    if (!side.isEmpty()) {
      while (at < text.length && text[at] == ' ') at++;
    }
  }

  private NablaException unknown(String name, int length) {
    if (name.isEmpty()) return error(Code.SYNTAX, at, 1, "a command is missing after '\\'", "");
    String nearest = Suggestions.nearest(name, LatexCommands.supported());
    String hint =
        Calls.isFunction(name)
            ? "write \\operatorname{" + name + "}"
            : nearest != null ? "did you mean \\" + nearest + "?" : "";
    return error(Code.NAME, at, length, "the command \\" + name + " is not known", hint);
  }

  /** A letter with two shapes is one name, so that only one of the shapes may occur. */
  private void letter(String command, int length) {
    String name = java.util.Objects.requireNonNull(LatexCommands.letter(command));
    String other = shapes.putIfAbsent(name, command);
    if (other != null && !other.equals(command)) {
      throw error(
          Code.NAME,
          at,
          length,
          "\\" + command + " and \\" + other + " are one name here, " + name,
          "give one of them a subscript");
    }
    add(LatexToken.Kind.LETTER, name, "", length);
  }

  private void word(String name, int length) {
    int open = at + length;
    while (open < text.length && text[open] == ' ') open++;
    if (open < text.length && (isLetter(text[open]) || isDigit(text[open]))) {
      add(LatexToken.Kind.WORD, name, Character.toString(text[open]), open + 1 - at);
      return;
    }
    int end = open;
    while (end < text.length && text[end] != '}') end++;
    if (open >= text.length || text[open] != '{' || end == text.length) {
      throw error(
          Code.SYNTAX, at, length, "braces are missing after \\" + name, "write \\" + name + "{…}");
    }
    String content = new String(text, open + 1, end - open - 1);
    add(LatexToken.Kind.WORD, name, content.replace("\\_", "_"), end + 1 - at);
  }
}
