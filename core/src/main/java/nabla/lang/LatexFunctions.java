package nabla.lang;

import java.util.ArrayList;
import java.util.List;
import nabla.diagnostic.Code;
import nabla.diagnostic.Span;
import nabla.tensor.Rational;
import org.jspecify.annotations.Nullable;

/**
 * Functions in LaTeX: of what stands in brackets, or of the next factor. {@code \log x y} is an
 * error, because readers differ on what it is the logarithm of.
 */
final class LatexFunctions {
  private final LatexParser parser;
  private final LatexCursor in;

  LatexFunctions(LatexParser parser) {
    this.parser = parser;
    this.in = parser.in;
  }

  /** A function whose name has been read. */
  Syntax apply(String function, LatexToken name) {
    if (function.equals("log")) {
      Syntax known = logarithm(name);
      if (known != null) return known;
    }
    Syntax base = below(function, name);
    Raised raised = raised(name);
    List<Syntax> arguments = isBracket() ? arguments(function) : List.of(next(name));
    Syntax value = call(function, arguments, name.span().to(in.before()));
    if (base != null) {
      Syntax other = new Syntax.Call("log", List.of(base), value.span());
      value = new Syntax.Binary(BinaryOperator.DIVIDE, value, other, value.span());
    }
    return raised == null
        ? value
        : new Syntax.Binary(
            BinaryOperator.ELEMENTWISE_POWER, value, raised.exponent(), value.span());
  }

  private record Raised(Syntax exponent) {}

  /** The sigmoid, digamma or gamma function. */
  Syntax greek(LatexToken letter) {
    List<Syntax> arguments = arguments("");
    Span span = letter.span().to(in.before());
    return switch (letter.text()) {
      case "sigma" -> new Syntax.Call("sigmoid", arguments, span);
      case "psi" -> new Syntax.Call("digamma", arguments, span);
      default -> new Syntax.Call("exp", List.of(new Syntax.Call("gammaln", arguments, span)), span);
    };
  }

  private boolean isBracket() {
    return in.peek().is("(") || in.peek().is("[") || in.peek().is("{");
  }

  /** {@code \log\det X}, {@code \log|X|} and {@code \log\Gamma(x)} are functions of their own. */
  private @Nullable Syntax logarithm(LatexToken name) {
    LatexToken t = in.peek();
    boolean upright = t.kind() == LatexToken.Kind.WORD && t.content().equals("det");
    if (t.isCommand("det") || upright) {
      in.next();
      return ofDeterminant("logdet", name);
    }
    boolean gamma = t.kind() == LatexToken.Kind.LETTER && t.text().equals("Gamma");
    if (gamma && in.peek(1).is("(") && !parser.names.isKnown("Gamma")) {
      in.next();
      return ofDeterminant("gammaln", name);
    }
    if (!t.isCommand("lvert") && !t.isCommand("vert")) return null;
    Syntax operand = next(name);
    Span span = name.span().to(operand.span());
    boolean bars = operand instanceof Syntax.Call c && c.function().equals(Readings.BARS);
    List<Syntax> inside = bars ? ((Syntax.Call) operand).arguments() : List.of(operand);
    return new Syntax.Call(bars ? Readings.LOG_BARS : "log", inside, span);
  }

  private Syntax ofDeterminant(String function, LatexToken name) {
    boolean bracket = isBracket();
    List<Syntax> arguments = bracket ? arguments(function) : List.of(next(name));
    Span span = name.span().to(in.before());
    if (bracket && in.peek().is("^")) {
      throw in.error(
          Code.SYNTAX,
          span.to(in.peek().span()),
          "the exponent could belong to the logarithm or to what is inside",
          "put brackets around one of them");
    }
    return new Syntax.Call(function, arguments, span);
  }

  /** The base of a logarithm. */
  private @Nullable Syntax below(String function, LatexToken name) {
    if (!in.peek().is("_")) return null;
    in.next();
    Span start = in.peek().span();
    List<LatexToken> base = in.group();
    Span span = start.to(in.before());
    if (function.equals("log") && !base.isEmpty()) return parser.part(base, span);
    throw in.error(
        Code.UNSUPPORTED,
        name.span().to(span),
        in.text(name.span()) + " with something below is not supported",
        "write " + in.text(name.span()) + "(x)");
  }

  /** {@code \sin^2 x}; {@code \sin^{-1}} is two things. */
  private @Nullable Raised raised(LatexToken name) {
    if (!in.peek().is("^")) return null;
    LatexToken sign = in.next();
    Span start = in.peek().span();
    List<LatexToken> above = in.group();
    Span span = start.to(in.before());
    if (above.isEmpty()) throw in.error(Code.SYNTAX, sign.span(), "the exponent is empty", "");
    if (above.getFirst().is("-")) {
      String text = in.text(name.span());
      throw in.error(
          Code.SYNTAX,
          name.span().to(span),
          "the inverse function or the reciprocal",
          "write the inverse by its name, as \\arcsin, or \\frac{1}{" + text + "(x)}");
    }
    return new Raised(parser.part(above, span));
  }

  private List<Syntax> arguments(String function) {
    LatexToken open = in.next();
    String closer = open.is("(") ? ")" : open.is("[") ? "]" : "}";
    List<Syntax> arguments = new ArrayList<>();
    LatexToken pattern = in.peek();
    if (function.equals("einsum") && pattern.kind() == LatexToken.Kind.WORD) {
      in.next();
      arguments.add(new Syntax.Text(pattern.content(), pattern.span()));
    } else {
      arguments.add(parser.inside(open, closer));
    }
    while (in.accept(",")) arguments.add(parser.inside(open, closer));
    if (!in.accept(closer)) {
      if (!in.atEnd()) throw in.unexpected();
      throw in.error(
          Code.SYNTAX,
          open.span(),
          open.described() + " is never closed",
          "add a '" + closer + "'");
    }
    return List.copyOf(arguments);
  }

  /** The next factor as the argument. */
  private Syntax next(LatexToken name) {
    if (!parser.startsFactor()) {
      LatexToken t = in.peek();
      throw in.error(
          Code.SYNTAX,
          t.span(),
          name.described() + " needs an argument, found " + t.described(),
          "write " + in.text(name.span()) + "(…)");
    }
    Syntax argument = parser.factor();
    if (argument instanceof Syntax.Numeral && isPi(in.peek())) {
      argument = LatexParser.binary(BinaryOperator.MULTIPLY, argument, parser.factor());
    }
    if (parser.startsFactor() && !startsFunction(in.peek())) {
      String text = in.text(name.span());
      String first = in.text(argument.span());
      throw in.error(
          Code.SYNTAX,
          name.span().to(in.peek().span()),
          text + " could apply to " + first + " alone, or to the product after it",
          "write " + text + "(" + first + ") …, or " + text + "(" + first + " …)");
    }
    return argument;
  }

  private boolean isPi(LatexToken t) {
    return t.kind() == LatexToken.Kind.LETTER
        && t.text().equals("pi")
        && !parser.names.isKnown("pi");
  }

  private static boolean startsFunction(LatexToken t) {
    if (t.kind() == LatexToken.Kind.WORD) return Calls.isFunction(t.content());
    return t.kind() == LatexToken.Kind.COMMAND && LatexCommands.FUNCTIONS.containsKey(t.text());
  }

  /** {@code \max(0, x)} is the positive part. */
  private static Syntax call(String function, List<Syntax> arguments, Span span) {
    if (function.equals("max") && arguments.size() == 2) {
      if (isZero(arguments.get(0))) return new Syntax.Call("relu", List.of(arguments.get(1)), span);
      if (isZero(arguments.get(1))) return new Syntax.Call("relu", List.of(arguments.get(0)), span);
    }
    return new Syntax.Call(function, arguments, span);
  }

  private static boolean isZero(Syntax s) {
    return s instanceof Syntax.Numeral n && n.value().equals(Rational.ZERO);
  }
}
