package nabla.lang;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import nabla.tensor.Rational;
import org.jspecify.annotations.Nullable;

/**
 * A Pratt parser with MATLAB's precedence: transposes, indices and powers bind tightest, then
 * signs, then products, then sums. {@code -x^2} is {@code -(x^2)}.
 */
public final class Parser {
  private static final int DEEPEST = 200;
  private static final int SUM = 1;
  private static final int PRODUCT = 2;

  /** What ends as people write transposes elsewhere. */
  private static final Pattern TRANSPOSED = Pattern.compile("\\s*\\^\\s*[TH]$");

  private static final Map<String, BinaryOperator> SUMS =
      Map.of("+", BinaryOperator.ADD, "-", BinaryOperator.SUBTRACT);
  private static final Map<String, BinaryOperator> PRODUCTS =
      Map.of(
          "*", BinaryOperator.MULTIPLY,
          "/", BinaryOperator.DIVIDE,
          "\\", BinaryOperator.LEFT_DIVIDE,
          ".*", BinaryOperator.ELEMENTWISE_MULTIPLY,
          "./", BinaryOperator.ELEMENTWISE_DIVIDE,
          "⊗", BinaryOperator.KRONECKER);

  private final String source;
  private final List<Token> tokens;
  private int at;
  private int depth;

  private Parser(String source, List<Token> tokens) {
    this.source = source;
    this.tokens = tokens;
  }

  /**
   * Reads intermediates and a result.
   *
   * @throws NablaException with {@link Code#SYNTAX}, {@link Code#LIMIT} or, for an intermediate
   *     that is defined twice, {@link Code#DECLARATION}
   */
  public static Program parse(String source) {
    return new Parser(source, Lexer.read(source)).program();
  }

  /** Reads a formula that was printed, which may be longer than what a user may write. */
  static Program parsePrinted(String source) {
    return new Parser(source, Lexer.readPrinted(source)).program();
  }

  private NablaException error(Code code, Span span, String message, String hint) {
    return new NablaException(new Diagnostic(code, message, span, source, hint));
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token next() {
    return tokens.get(at++);
  }

  private boolean accept(String symbol) {
    if (!peek().is(symbol)) return false;
    at++;
    return true;
  }

  private Program program() {
    List<Program.Definition> definitions = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    while (accept(";")) {}
    if (peek().kind() == Token.Kind.END) {
      throw error(
          Code.SYNTAX,
          new Span(0, peek().span().start()),
          "the expression is empty",
          "write one, such as x'*A*x");
    }
    while (peek().kind() != Token.Kind.END) {
      Token first = peek();
      Program.Definition definition = definition();
      if (!definition.name().isEmpty()) rejectName(first, names);
      names.add(definition.name());
      definitions.add(definition);
      if (peek().kind() != Token.Kind.END && !accept(";")) throw unexpected();
      while (accept(";")) {}
    }
    Program.Definition result = definitions.removeLast();
    for (Program.Definition d : definitions) {
      if (d.name().isEmpty()) {
        throw error(
            Code.SYNTAX,
            d.span(),
            "only the last expression is the result; the others need a name",
            "write u = " + text(d.span()));
      }
    }
    return new Program(List.copyOf(definitions), result);
  }

  private void rejectName(Token name, Set<String> defined) {
    if (defined.contains(name.text())) {
      throw error(
          Code.DECLARATION,
          name.span(),
          name.text() + " is defined twice",
          "take another name, such as " + name.text() + "_1");
    }
    if (Calls.isFunction(name.text())) {
      throw error(
          Code.DECLARATION,
          name.span(),
          name.text() + " is a function and can't be defined",
          "take another name, such as " + name.text() + "_1");
    }
  }

  private String text(Span span) {
    int from = source.offsetByCodePoints(0, span.start());
    return source.substring(from, source.offsetByCodePoints(from, span.length()));
  }

  private Program.Definition definition() {
    Token first = peek();
    int start = at;
    if (first.kind() == Token.Kind.NAME) {
      at++;
      skipArguments();
      List<String> indices = leftIndices();
      if (indices != null && accept("=")) {
        requireValue("a value is missing after '='");
        Syntax value = expression(SUM);
        return new Program.Definition(first.text(), indices, value, first.span().to(value.span()));
      }
      at = start;
    }
    if (first.is("=")) {
      throw error(Code.SYNTAX, first.span(), "a name is missing before '='", "write u = …");
    }
    Syntax value = expression(SUM);
    if (peek().is("=")) {
      throw error(
          Code.SYNTAX,
          first.span().to(peek().span()),
          "only a name, or a name with indices, can stand before '='",
          "write u = …");
    }
    return new Program.Definition("", List.of(), value, value.span());
  }

  /** The {@code (x)} of {@code f(x) = …}, which names what the function is of. */
  private void skipArguments() {
    if (!accept("(")) return;
    while (peek().kind() == Token.Kind.NAME || peek().is(",")) at++;
    accept(")");
  }

  /** The indices before an {@code =}, empty if there are none; null if this is no left side. */
  private @Nullable List<String> leftIndices() {
    if (!accept("[")) return List.of();
    List<String> indices = new ArrayList<>();
    do {
      if (peek().kind() != Token.Kind.NAME) return null;
      indices.add(next().text());
    } while (accept(","));
    return accept("]") ? List.copyOf(indices) : null;
  }

  private Syntax expression(int level) {
    Syntax left = level == SUM ? expression(PRODUCT) : signed();
    Map<String, BinaryOperator> operators = level == SUM ? SUMS : PRODUCTS;
    while (peek().kind() == Token.Kind.SYMBOL) {
      BinaryOperator operator = operators.get(peek().text());
      if (operator == null) break;
      Token sign = next();
      requireOperand(sign);
      Syntax right = level == SUM ? expression(PRODUCT) : signed();
      left = new Syntax.Binary(operator, left, right, left.span().to(right.span()));
    }
    return left;
  }

  private void requireOperand(Token sign) {
    Token t = peek();
    if (t.startsOperand() || t.is("-") || t.is("+")) return;
    throw error(
        Code.SYNTAX,
        t.kind() == Token.Kind.END ? sign.span() : t.span(),
        "a value is missing after "
            + sign.described()
            + (t.kind() == Token.Kind.END ? "" : ", found " + t.described()),
        "");
  }

  private Syntax signed() {
    List<Token> signs = new ArrayList<>();
    while (peek().is("-") || peek().is("+")) {
      signs.add(next());
      if (signs.size() > DEEPEST) throw tooDeep(signs.getLast().span());
    }
    if (!signs.isEmpty()) requireOperand(signs.getLast());
    Syntax value = postfix();
    for (Token sign : signs.reversed()) {
      if (sign.is("-")) value = new Syntax.Negate(value, sign.span().to(value.span()));
    }
    return value;
  }

  private NablaException tooDeep(Span span) {
    return error(Code.LIMIT, span, "the expression is nested deeper than " + DEEPEST, "");
  }

  private Syntax postfix() {
    Token first = peek();
    Syntax value = atom();
    int length = 0;
    while (true) {
      Token t = peek();
      if (t.is("'")) {
        at++;
        value = new Syntax.Transpose(value, value.span().to(t.span()));
      } else if (t.is("[") && !t.spaced()) {
        value = index(value);
      } else if (t.is("^") || t.is(".^")) {
        value = power(value);
      } else {
        break;
      }
      if (++length > DEEPEST) throw tooDeep(t.span());
    }
    rejectJuxtaposition(first);
    return value;
  }

  private Syntax power(Syntax base) {
    Token sign = next();
    BinaryOperator operator =
        sign.is("^") ? BinaryOperator.POWER : BinaryOperator.ELEMENTWISE_POWER;
    requireOperand(sign);
    Token minus = peek();
    boolean negative = accept("-");
    if (negative || accept("+")) requireOperand(minus);
    Syntax exponent = atom();
    while (peek().is("[") && !peek().spaced()) exponent = index(exponent);
    if (negative) exponent = new Syntax.Negate(exponent, minus.span().to(exponent.span()));
    return new Syntax.Binary(operator, base, exponent, base.span().to(exponent.span()));
  }

  /** Refuses {@code 2 x}: one value after another. */
  private void rejectJuxtaposition(Token first) {
    Token t = peek();
    if (t.kind() != Token.Kind.NAME && t.kind() != Token.Kind.NUMBER && !t.is("(")) return;
    String written = text(first.span().to(tokens.get(at - 1).span()));
    String left = TRANSPOSED.matcher(written).replaceFirst("'");
    String right = t.is("(") ? "(…)" : Suggestions.apart(text(t.span()));
    boolean function = first.equals(tokens.get(at - 1)) && Calls.isFunction(first.text());
    throw error(
        Code.SYNTAX,
        t.span(),
        "an operator is missing before " + t.described(),
        "write "
            + (function ? left + (t.is("(") ? right : "(" + right + ")") : left + "*" + right));
  }

  private Syntax index(Syntax target) {
    Token open = next();
    enter(open);
    List<Syntax> indices = new ArrayList<>();
    if (peek().is("]")) {
      throw error(
          Code.SYNTAX, open.span().to(peek().span()), "an index is missing", "write X[1,2]");
    }
    do {
      indices.add(indexPart());
    } while (accept(","));
    Token end = close(open, "]");
    depth--;
    return new Syntax.Index(target, List.copyOf(indices), target.span().to(end.span()));
  }

  private Syntax indexPart() {
    Token t = peek();
    if (t.is(":")) {
      at++;
      return new Syntax.Colon(t.span());
    }
    requireValue("an index is missing");
    Syntax from = expression(SUM);
    if (!accept(":")) return from;
    Syntax to = expression(SUM);
    return new Syntax.Range(from, to, from.span().to(to.span()));
  }

  private void requireValue(String missing) {
    Token t = peek();
    if (t.startsOperand() || t.is("-") || t.is("+")) return;
    throw error(Code.SYNTAX, t.span(), missing + ", found " + t.described(), "");
  }

  private void enter(Token open) {
    if (++depth > DEEPEST) throw tooDeep(open.span());
  }

  private Token close(Token open, String symbol) {
    Token t = peek();
    if (accept(symbol)) return t;
    if (t.kind() == Token.Kind.END || t.is(";")) {
      throw error(
          Code.SYNTAX,
          open.span(),
          "'" + open.text() + "' is never closed",
          "add a '" + symbol + "'");
    }
    if (t.is(")") || t.is("]")) {
      throw error(
          Code.SYNTAX,
          t.span(),
          open.described() + " can't be closed by " + t.described(),
          "write '" + symbol + "'");
    }
    throw unexpected();
  }

  private Syntax atom() {
    Token t = peek();
    return switch (t.kind()) {
      case NUMBER -> {
        at++;
        yield new Syntax.Numeral(Rational.parse(t.text()), t.span());
      }
      case TEXT -> {
        at++;
        yield new Syntax.Text(t.text(), t.span());
      }
      case NAME -> {
        at++;
        String primes = primes();
        yield primes != null ? call(t, primes) : new Syntax.Name(t.text(), t.span());
      }
      case SYMBOL, END -> bracketed(t);
    };
  }

  /** The primes between the name of a function and its bracket; null if no bracket follows. */
  private @Nullable String primes() {
    int quotes = 0;
    while (tokens.get(at + quotes).is("'") && !tokens.get(at + quotes).spaced()) quotes++;
    Token open = tokens.get(at + quotes);
    if (!open.is("(") || open.spaced()) return null;
    at += quotes;
    return "'".repeat(quotes);
  }

  private Syntax bracketed(Token t) {
    if (t.is("(")) {
      at++;
      enter(t);
      requireValue("a value is missing");
      Syntax value = expression(SUM);
      Token end = close(t, ")");
      depth--;
      return respan(value, t.span().to(end.span()));
    }
    if (t.is("[")) return matrix();
    throw unexpected();
  }

  /** The brackets belong to what is underlined. */
  private static Syntax respan(Syntax value, Span span) {
    return switch (value) {
      case Syntax.Binary b -> new Syntax.Binary(b.operator(), b.left(), b.right(), span);
      case Syntax.Negate n -> new Syntax.Negate(n.operand(), span);
      default -> value;
    };
  }

  private Syntax call(Token name, String primes) {
    Token open = next();
    enter(open);
    List<Syntax> arguments = new ArrayList<>();
    if (!peek().is(")")) {
      do {
        requireValue("an argument is missing");
        arguments.add(expression(SUM));
      } while (accept(","));
    }
    Token end = close(open, ")");
    depth--;
    return new Syntax.Call(
        name.text() + primes, List.copyOf(arguments), name.span().to(end.span()));
  }

  private Syntax matrix() {
    Token open = next();
    enter(open);
    List<List<Syntax>> rows = new ArrayList<>();
    do {
      List<Syntax> row = new ArrayList<>();
      do {
        requireValue("an entry is missing");
        row.add(expression(SUM));
      } while (accept(","));
      rows.add(List.copyOf(row));
    } while (accept(";"));
    Token end = close(open, "]");
    depth--;
    return new Syntax.MatrixLiteral(List.copyOf(rows), open.span().to(end.span()));
  }

  private boolean isDecimalComma() {
    return at > 0
        && tokens.get(at - 1).kind() == Token.Kind.NUMBER
        && tokens.get(at + 1).kind() == Token.Kind.NUMBER;
  }

  private NablaException unexpected() {
    Token t = peek();
    if (t.kind() == Token.Kind.END) {
      return error(Code.SYNTAX, t.span(), "the expression ends too early", "");
    }
    boolean closing = t.is(")") || t.is("]");
    if (closing && depth == 0) {
      return error(Code.SYNTAX, t.span(), t.described() + " was never opened", "delete it");
    }
    String hint =
        switch (t.text()) {
          case "=" -> "write = only after a name, as in u = A*x; u'*u";
          case "'" -> "a transpose stands after its operand: x'";
          case "\\" -> "A\\b solves A*x = b";
          case "," ->
              depth > 0
                  ? ""
                  : isDecimalComma() ? "write a decimal point" : "separate definitions by ';'";
          case ":" -> depth == 0 ? "write u = … to define u" : "";
          default -> "";
        };
    return error(Code.SYNTAX, t.span(), t.described() + " is not expected here", hint);
  }
}
