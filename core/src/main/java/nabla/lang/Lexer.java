package nabla.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;

/** Cuts the input into tokens; Unicode spellings become those of the text form. */
final class Lexer {
  private static final int LONGEST = 10_000;
  private static final int LONGEST_NUMBER = 400;

  /** Signs with a spelling in the text form. */
  private static final Map<Integer, String> SIGNS =
      Map.ofEntries(
          Map.entry((int) '−', "-"),
          Map.entry((int) '·', "*"),
          Map.entry((int) '∗', "*"),
          Map.entry((int) '⋅', "*"),
          Map.entry((int) '×', "*"),
          Map.entry((int) '⊙', ".*"),
          Map.entry((int) '∘', ".*"),
          Map.entry((int) '⊘', "./"),
          Map.entry((int) '÷', "/"),
          Map.entry((int) '⊗', "⊗"),
          Map.entry((int) '→', "->"),
          Map.entry((int) 'ᵀ', "'"),
          Map.entry((int) '⊤', "'"),
          Map.entry((int) '’', "'"),
          Map.entry((int) '′', "'"));

  /** Where the functions of other systems live. */
  private static final Set<String> MODULES =
      Set.of("np", "numpy", "jnp", "jax", "torch", "tf", "math", "sp", "sympy");

  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  private static final String SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";
  private static final String SINGLE = "+-*/\\^'()[],;:=";

  private final String source;
  private final int[] text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private boolean spaced;

  private Lexer(String source) {
    this.source = source;
    this.text = source.codePoints().toArray();
  }

  /** The tokens of what a user wrote, the last of them the end. */
  static List<Token> read(String source) {
    Lexer lexer = new Lexer(source);
    if (lexer.text.length > LONGEST) {
      throw lexer.error(
          Code.LIMIT,
          LONGEST,
          1,
          "the input has " + lexer.text.length + " characters, the limit is " + LONGEST,
          "");
    }
    lexer.run();
    return lexer.tokens;
  }

  /** The tokens of what was printed, however long it is. */
  static List<Token> readPrinted(String source) {
    Lexer lexer = new Lexer(source);
    lexer.run();
    return lexer.tokens;
  }

  private NablaException error(Code code, int start, int length, String message, String hint) {
    return new NablaException(new Diagnostic(code, message, new Span(start, length), source, hint));
  }

  private int peek(int ahead) {
    return at + ahead < text.length ? text[at + ahead] : -1;
  }

  private void add(Token.Kind kind, String spelling, int length) {
    tokens.add(new Token(kind, spelling, new Span(at, length), spaced));
    at += length;
    spaced = false;
  }

  private void symbol(String spelling, int length) {
    add(Token.Kind.SYMBOL, spelling, length);
  }

  private void run() {
    while (at < text.length) {
      int c = text[at];
      if (c == '\n') symbol(";", 1);
      else if (c == ' ' || c == '\t' || c == '\r' || c == 0xA0) {
        spaced = true;
        at++;
      } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) number();
      else if (isNameStart(c)) name();
      else if (c == '"') quoted();
      else if (c == '.') dotted();
      else if (SUPERSCRIPTS.indexOf(c) >= 0 || c == '⁻') superscript();
      else if (SIGNS.containsKey(c)) symbol(java.util.Objects.requireNonNull(SIGNS.get(c)), 1);
      else if (c < 128 && SINGLE.indexOf(c) >= 0) single(c);
      else throw unexpected(c);
    }
    tokens.add(new Token(Token.Kind.END, "", new Span(text.length, 0), spaced));
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || Greek.name(c) != null;
  }

  private void number() {
    int end = at;
    while (end < text.length && isDigit(text[end])) end++;
    if (end < text.length && text[end] == '.' && !operatorDot(end)) {
      end++;
      while (end < text.length && isDigit(text[end])) end++;
    }
    if (end < text.length && (text[end] == 'e' || text[end] == 'E')) {
      int exponent = end + 1;
      if (exponent < text.length && (text[exponent] == '+' || text[exponent] == '-')) exponent++;
      int digits = exponent;
      while (digits < text.length && isDigit(text[digits])) digits++;
      if (digits > exponent) end = digits;
    }
    if (end + 1 < text.length && text[end] == '.' && isDigit(text[end + 1])) {
      throw error(Code.SYNTAX, at, end + 2 - at, "a number has one decimal point", "");
    }
    String spelling = new String(text, at, end - at);
    if (spelling.length() > LONGEST_NUMBER) {
      throw error(Code.LIMIT, at, end - at, "a number has up to " + LONGEST_NUMBER + " digits", "");
    }
    requireDouble(spelling, end - at);
    add(Token.Kind.NUMBER, spelling, end - at);
  }

  /** Exact arithmetic could hold it, but no value that is computed with it. */
  private void requireDouble(String number, int length) {
    double value = Double.parseDouble(number);
    if (Double.isInfinite(value)) {
      throw error(Code.LIMIT, at, length, "numbers go up to 1.8e308", "");
    }
    boolean digits = number.replaceFirst("[eE].*", "").chars().anyMatch(c -> c >= '1' && c <= '9');
    if (value == 0 && digits) {
      throw error(Code.LIMIT, at, length, "numbers go down to 4.9e-324", "");
    }
  }

  /** Whether the dot at a position belongs to {@code .*}, {@code ./}, {@code .^} or {@code .'}. */
  private boolean operatorDot(int position) {
    int next = position + 1 < text.length ? text[position + 1] : -1;
    return next == '*' || next == '/' || next == '^' || next == '\'' || next == '\\';
  }

  private void name() {
    StringBuilder spelling = new StringBuilder();
    int end = at;
    while (end < text.length) {
      int c = text[end];
      String greek = Greek.name(c);
      if (greek != null) spelling.append(greek);
      else if (isNameStart(c) || isDigit(c) || c == '_') spelling.appendCodePoint(c);
      else if (SUBSCRIPTS.indexOf(c) >= 0) {
        if (SUBSCRIPTS.indexOf(text[end - 1]) < 0) spelling.append('_');
        spelling.append(SUBSCRIPTS.indexOf(c));
      } else break;
      end++;
    }
    add(Token.Kind.NAME, spelling.toString(), end - at);
  }

  private void quoted() {
    int end = at + 1;
    while (end < text.length && text[end] != '"') end++;
    if (end == text.length) {
      throw error(Code.SYNTAX, at, end - at, "the text has no closing quote", "add a \"");
    }
    add(Token.Kind.TEXT, new String(text, at + 1, end - at - 1), end - at + 1);
  }

  private void dotted() {
    int next = peek(1);
    switch (next) {
      case '*', '/', '^' -> symbol("." + (char) next, 2);
      case '\'' -> symbol("'", 2);
      case 'T', 't' ->
          throw error(Code.SYNTAX, at, 2, ".T is no operator here", "write ' for the transpose");
      default -> throw error(Code.SYNTAX, at, 1, "a lone '.' means nothing", loneDotHint());
    }
  }

  private String loneDotHint() {
    Token before = tokens.isEmpty() ? null : tokens.getLast();
    return before != null && MODULES.contains(before.text())
        ? "leave out " + before.text() + "."
        : "write .*, ./ or .^";
  }

  private void superscript() {
    int end = at;
    StringBuilder digits = new StringBuilder();
    boolean negative = text[end] == '⁻';
    if (negative) end++;
    while (end < text.length && SUPERSCRIPTS.indexOf(text[end]) >= 0) {
      digits.append(SUPERSCRIPTS.indexOf(text[end++]));
    }
    if (digits.isEmpty() || digits.length() > 9) {
      throw error(Code.SYNTAX, at, end - at, "an exponent needs digits", "write ^-1");
    }
    int length = end - at;
    symbol("^", length);
    at -= length;
    if (negative) {
      symbol("-", length);
      at -= length;
    }
    add(Token.Kind.NUMBER, digits.toString(), length);
  }

  private void single(int c) {
    if (c == '*' && peek(1) == '*') {
      throw error(Code.SYNTAX, at, 2, "** is no operator here", "write ^ for a power");
    }
    if (c == '=' && peek(1) == '=') {
      throw error(Code.SYNTAX, at, 2, "== is no operator here", "write = to name an intermediate");
    }
    if (c == '-' && peek(1) == '>') symbol("->", 2);
    else symbol(String.valueOf((char) c), 1);
  }

  private static boolean isInvisible(int c) {
    int type = Character.getType(c);
    return Character.isISOControl(c)
        || Character.isSpaceChar(c)
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.NON_SPACING_MARK;
  }

  private NablaException unexpected(int c) {
    String shown =
        isInvisible(c)
            ? String.format("U+%04X", c)
            : "'" + Character.toString(c) + "' (" + String.format("U+%04X", c) + ")";
    String hint =
        switch (c) {
          case '@' -> "write * for a product";
          case '“', '”' -> "write a plain \"";
          case '‘' -> "write a plain '";
          case '_' -> "a name begins with a letter";
          case '∈' -> "write A: matrix[m,n]";
          case '|' -> "write abs(x), det(X) or norm2(x)";
          case '!' -> peek(1) == '=' ? "" : "write exp(gammaln(x+1)) for a factorial";
          case '%', '#' -> "there are no comments";
          case '$', '&', '?', '~', '<', '>', '`' -> "";
          default -> Lookalikes.hint(c);
        };
    return error(Code.SYNTAX, at, 1, shown + " is not part of the language", hint);
  }
}
