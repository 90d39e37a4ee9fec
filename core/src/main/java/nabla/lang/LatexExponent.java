package nabla.lang;

import java.util.List;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;

/** What stands above: a power, a transpose, an inverse, or several of them. */
final class LatexExponent {
  private final LatexParser parser;
  private final LatexCursor in;

  LatexExponent(LatexParser parser) {
    this.parser = parser;
    this.in = parser.in;
  }

  /** The base raised by the exponent that follows. */
  Syntax of(Syntax base) {
    LatexToken sign = in.next();
    LatexToken first = in.peek();
    List<LatexToken> above = in.group();
    Span span = base.span().to(in.before());
    if (above.isEmpty()) {
      throw in.error(Code.SYNTAX, sign.span(), "the exponent is empty", "");
    }
    if (above.size() == 1 && isTranspose(above.getFirst(), base, span)) {
      return new Syntax.Transpose(base, span);
    }
    if (above.stream().allMatch(t -> t.isCommand("prime"))) return primes(base, above, span);
    boolean inverse = above.size() == 2 && above.getFirst().is("-");
    if (inverse && isTranspose(above.getLast(), base, span)) {
      Syntax minusOne = new Syntax.Negate(parser.number(1, span), span);
      Syntax power = new Syntax.Binary(BinaryOperator.POWER, base, minusOne, span);
      return new Syntax.Transpose(power, span);
    }
    rejectMarks(above, base, span);
    rejectLabel(above, base, span);
    if (above.size() == 1 && above.getFirst().is("+")) {
      return new Syntax.Call("pinv", List.of(base), span);
    }
    return power(base, above, span, first);
  }

  private static Syntax primes(Syntax base, List<LatexToken> primes, Span span) {
    Syntax value = base;
    for (int k = 0; k < primes.size(); k++) value = new Syntax.Transpose(value, span);
    return value;
  }

  private Syntax power(Syntax base, List<LatexToken> above, Span span, LatexToken first) {
    LatexToken mark = above.getFirst();
    boolean entrywise =
        (mark.isCommand("odot") || mark.isCommand("circ") || mark.is(".*")) && above.size() > 1;
    List<LatexToken> rest = entrywise ? above.subList(1, above.size()) : above;
    Syntax exponent = parser.part(rest, first.span().to(in.before()));
    if (entrywise) return new Syntax.Binary(BinaryOperator.ELEMENTWISE_POWER, base, exponent, span);
    boolean e = base instanceof Syntax.Name n && n.name().equals("e");
    if (e && !parser.names.isKnown("e")) {
      return new Syntax.Call(Readings.E_POWER, List.of(exponent), span);
    }
    return new Syntax.Binary(BinaryOperator.POWER, base, exponent, span);
  }

  /** {@code ^\top}, {@code ^T}; an error if T is a variable. */
  private boolean isTranspose(LatexToken t, Syntax base, Span span) {
    if (t.isCommand("top") || t.isCommand("intercal")) return true;
    if (t.kind() == LatexToken.Kind.WORD) return t.content().equals("T");
    boolean letter = t.kind() == LatexToken.Kind.LETTER && t.text().equals("T");
    if (letter && parser.names.isKnown("T")) {
      String text = in.text(base.span());
      throw in.error(
          Code.SYNTAX,
          span,
          "T is a variable, so that " + in.text(span) + " is a transpose or a power",
          "write " + text + "^\\top for the transpose, " + text + "^{(T)} for the power");
    }
    return letter;
  }

  /** {@code w^{(1)}} is one of several more often than a power. */
  private void rejectLabel(List<LatexToken> above, Syntax base, Span span) {
    if (above.size() != 3 || !(above.getFirst().is("(") || above.getFirst().is("["))) return;
    LatexToken label = above.get(1);
    boolean number = label.kind() == LatexToken.Kind.NUMBER;
    boolean known = label.text().equals("T") || label.text().equals("H");
    if (!number && (label.kind() != LatexToken.Kind.LETTER || known)) return;
    String text = in.text(base.span());
    throw in.error(
        Code.SYNTAX,
        span,
        in.text(span) + " could be a power or one of several variables",
        "write " + text + "^{" + label.text() + "} or " + text + "_{" + label.text() + "}");
  }

  private void rejectMarks(List<LatexToken> above, Syntax base, Span span) {
    if (above.size() != 1) return;
    LatexToken t = above.getFirst();
    String text = in.text(base.span());
    boolean star = t.is("*") || t.isCommand("ast") || t.isCommand("star") || t.isCommand("*");
    boolean adjoint = t.kind() == LatexToken.Kind.LETTER && t.text().equals("H");
    if (star || (adjoint && !parser.names.isKnown("H"))) {
      throw unsupported(span, in.text(span) + " is no transpose here: all numbers are real", text);
    }
    if (t.isCommand("dagger")) {
      throw in.error(
          Code.SYNTAX,
          span,
          in.text(span) + " is a pseudo-inverse or a conjugate transpose",
          "write " + text + "^{+} or " + text + "^\\top");
    }
  }

  private NablaException unsupported(Span span, String message, String base) {
    return in.error(Code.UNSUPPORTED, span, message, "write " + base + "^\\top");
  }
}
