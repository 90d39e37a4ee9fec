package nabla.lang;

import java.util.List;
import java.util.Set;
import nabla.diagnostic.Code;
import nabla.diagnostic.Span;
import nabla.tensor.Rational;

/** {@code \|x\|_2}, {@code \lVert X \rVert_F}. */
final class LatexNorm {
  private static final Set<String> KNOWN = Set.of("", "1", "2", "F", "inf", "max", "*", "1,1");

  private final LatexParser parser;
  private final LatexCursor in;

  LatexNorm(LatexParser parser) {
    this.parser = parser;
    this.in = parser.in;
  }

  Syntax read() {
    LatexToken open = in.next();
    String closer = open.text().equals("Vert") ? "Vert" : "rVert";
    Syntax inside = parser.inside(open, closer);
    if (!in.peek().isCommand(closer)) {
      if (!in.atEnd()) throw in.unexpected();
      throw in.error(Code.SYNTAX, open.span(), "the norm is never closed", "add a \\|");
    }
    in.next();
    Span span = open.span().to(in.before());
    if (in.peek().is("_")) return below(inside, span);
    // The power may stand before what is below.
    boolean swapped = in.peek().is("^") && in.peek(1).kind() == LatexToken.Kind.NUMBER;
    if (swapped && in.peek(2).is("_")) {
      LatexToken exponent = in.peek(1);
      in.next();
      in.next();
      Syntax norm = below(inside, span);
      Syntax power = new Syntax.Numeral(Rational.parse(exponent.text()), exponent.span());
      return new Syntax.Binary(BinaryOperator.POWER, norm, power, norm.span());
    }
    return new Syntax.Call(Readings.NORM, List.of(inside), span);
  }

  private Syntax below(Syntax inside, Span norm) {
    in.next();
    List<LatexToken> tokens = in.group();
    Span span = norm.to(in.before());
    StringBuilder text = new StringBuilder();
    for (LatexToken t : tokens) {
      text.append(
          switch (t.kind()) {
            case WORD -> t.content();
            case COMMAND ->
                switch (t.text()) {
                  case "infty" -> "inf";
                  case "ast", "star", "*" -> "*";
                  default -> t.text();
                };
            default -> t.text();
          });
    }
    String below = text.toString();
    if (KNOWN.contains(below)) return new Syntax.Call(Readings.NORM + below, List.of(inside), span);
    if (below.matches("op|spec|sp|\\(?2\\)?")) {
      return new Syntax.Call("spectral", List.of(inside), span);
    }
    boolean order = below.matches("[a-z][a-z_0-9]*|[0-9.]+");
    if (!order) {
      throw in.error(
          Code.UNSUPPORTED,
          span,
          "there is no norm with " + below + " below it",
          below.matches("[A-Z].*") ? "write \\sqrt{x^\\top " + below + " x}" : "");
    }
    Syntax p = parser.part(tokens, span);
    return new Syntax.Call(Readings.NORM + "p", List.of(inside, p), span);
  }
}
