package nabla.lang;

import java.util.ArrayList;
import java.util.List;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;

/** A place among the tokens of a LaTeX text. */
final class LatexCursor {
  private final String source;
  private final List<LatexToken> tokens;
  private int at;

  LatexCursor(String source, List<LatexToken> tokens) {
    this.source = source;
    this.tokens = new ArrayList<>(tokens);
  }

  /** A cursor over some tokens of the same text. */
  LatexCursor over(List<LatexToken> part, Span whole) {
    List<LatexToken> ended = new ArrayList<>(part);
    Span end = new Span(whole.start() + whole.length(), 0);
    ended.add(new LatexToken(LatexToken.Kind.END, "", "", end, false));
    return new LatexCursor(source, ended);
  }

  NablaException error(Code code, Span span, String message, String hint) {
    return new NablaException(new Diagnostic(code, message, span, source, hint));
  }

  NablaException unexpected() {
    LatexToken t = peek();
    String message =
        t.kind() == LatexToken.Kind.END
            ? "the expression ends too early"
            : t.described() + " is not expected here";
    return error(Code.SYNTAX, t.span(), message, "");
  }

  String text(Span span) {
    int from = source.offsetByCodePoints(0, span.start());
    return source.substring(from, source.offsetByCodePoints(from, span.length()));
  }

  LatexToken peek() {
    return tokens.get(at);
  }

  LatexToken peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  LatexToken next() {
    return at < tokens.size() - 1 ? tokens.get(at++) : tokens.get(at);
  }

  boolean accept(String symbol) {
    if (!peek().is(symbol)) return false;
    at++;
    return true;
  }

  boolean atEnd() {
    return peek().kind() == LatexToken.Kind.END;
  }

  int mark() {
    return at;
  }

  void reset(int mark) {
    at = mark;
  }

  /** Cuts a number after its first digit: {@code \frac12}, {@code x^23}. */
  void splitNumber() {
    LatexToken t = peek();
    if (t.kind() != LatexToken.Kind.NUMBER || t.text().length() < 2) return;
    Span first = new Span(t.span().start(), 1);
    Span rest = new Span(t.span().start() + 1, t.span().length() - 1);
    tokens.set(at, new LatexToken(t.kind(), t.text().substring(0, 1), "", first, t.spaced()));
    tokens.add(at + 1, new LatexToken(t.kind(), t.text().substring(1), "", rest, false));
  }

  /** Whether two bars stand here, of which the first may close what is open. */
  boolean isPairOfBars() {
    return peek().isCommand("Vert") && text(peek().span()).equals("||");
  }

  /** Cuts {@code ||} in two. */
  void splitBars() {
    if (!isPairOfBars()) return;
    LatexToken t = peek();
    for (int k = 0; k < 2; k++) {
      Span one = new Span(t.span().start() + k, 1);
      LatexToken bar = new LatexToken(t.kind(), "vert", "", one, k == 0 && t.spaced());
      if (k == 0) tokens.set(at, bar);
      else tokens.add(at + 1, bar);
    }
  }

  /** What stands in braces, or the single token that stands in their place. */
  List<LatexToken> group() {
    if (!peek().is("{")) {
      if (atEnd()) throw unexpected();
      splitNumber();
      return List.of(next());
    }
    LatexToken open = next();
    List<LatexToken> inside = new ArrayList<>();
    int depth = 0;
    while (depth > 0 || !peek().is("}")) {
      if (atEnd()) throw error(Code.SYNTAX, open.span(), "'{' is never closed", "add a '}'");
      if (peek().is("{")) depth++;
      if (peek().is("}")) depth--;
      inside.add(next());
    }
    at++;
    return inside;
  }

  /** The span of the token before this place. */
  Span before() {
    return tokens.get(Math.max(0, at - 1)).span();
  }
}
