package nabla.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nabla.diagnostic.Code;
import nabla.diagnostic.Span;
import nabla.tensor.Rational;
import org.jspecify.annotations.Nullable;

/** Numbers, names, brackets, fractions, norms, sums and matrices in LaTeX. */
final class LatexAtoms {
  private static final Set<String> STARTING =
      Set.of("frac", "tfrac", "dfrac", "cfrac", "sqrt", "sum", "prod", "lvert", "lVert");
  private static final Set<String> OTHER_ALPHABETS =
      Set.of("mathcal", "mathbb", "mathfrak", "mathscr");
  private static final Set<String> MATRICES =
      Set.of("bmatrix", "pmatrix", "matrix", "Bmatrix", "smallmatrix", "vmatrix");

  private final LatexParser parser;
  private final LatexCursor in;
  private final LatexNames names;
  private final LatexFunctions functions;

  LatexAtoms(LatexParser parser) {
    this.parser = parser;
    this.in = parser.in;
    this.names = parser.names;
    this.functions = new LatexFunctions(parser);
  }

  /** Whether a factor can start with a command; bars are the parser's business. */
  static boolean starts(String command) {
    return STARTING.contains(command)
        || LatexCommands.FUNCTIONS.containsKey(command)
        || LatexCommands.FONTS.contains(command)
        || LatexCommands.ACCENTS.containsKey(command)
        || LatexCommands.UNSUPPORTED.containsKey(command);
  }

  Syntax atom() {
    LatexToken t = in.peek();
    return switch (t.kind()) {
      case NUMBER -> {
        in.next();
        yield new Syntax.Numeral(Rational.parse(t.text()), t.span());
      }
      case LETTER -> letter();
      case WORD -> word();
      case COMMAND -> command();
      case SYMBOL, END -> bracketed();
    };
  }

  private Syntax bracketed() {
    LatexToken open = in.peek();
    String closer = open.is("(") ? ")" : open.is("[") ? "]" : open.is("{") ? "}" : "";
    if (closer.isEmpty()) throw missing(open);
    in.next();
    Syntax value = parser.inside(open, closer);
    // A reader takes ( … ] for a slip of the pen, not for an interval.
    if (!in.accept(closer)) throw unclosed(open, closer);
    return respan(value, open.span().to(in.before()));
  }

  private RuntimeException missing(LatexToken t) {
    if (t.kind() == LatexToken.Kind.END) {
      return in.error(Code.SYNTAX, t.span(), "a value is missing at the end", "");
    }
    return in.error(Code.SYNTAX, t.span(), "a value is expected, found " + t.described(), "");
  }

  private RuntimeException unclosed(LatexToken open, String closer) {
    if (!in.atEnd() && !in.peek().is(";")) {
      String hint =
          in.peek().is(",") ? "a matrix is written \\begin{bmatrix} … & … \\end{bmatrix}" : "";
      LatexToken t = in.peek();
      return in.error(Code.SYNTAX, t.span(), t.described() + " is not expected here", hint);
    }
    return in.error(
        Code.SYNTAX, open.span(), open.described() + " is never closed", "add a '" + closer + "'");
  }

  private static Syntax respan(Syntax value, Span span) {
    return switch (value) {
      case Syntax.Binary b -> new Syntax.Binary(b.operator(), b.left(), b.right(), span);
      case Syntax.Negate n -> new Syntax.Negate(n.operand(), span);
      default -> value;
    };
  }

  /** A letter, or a run of letters that is a declared name. */
  private Syntax letter() {
    LatexToken first = in.peek();
    StringBuilder run = new StringBuilder(first.text());
    boolean each = names.isKnown(first.text());
    int length = 1;
    while (in.peek(length).kind() == LatexToken.Kind.LETTER
        && isLatin(in.peek(length))
        && !in.peek(length).spaced()) {
      run.append(in.peek(length).text());
      each &= names.isKnown(in.peek(length).text());
      length++;
    }
    LatexToken digits = in.peek(length);
    boolean numbered =
        digits.kind() == LatexToken.Kind.NUMBER
            && !digits.spaced()
            && names.isKnown(run + digits.text());
    if (numbered) {
      run.append(digits.text());
      length++;
      each = false;
    }
    Span span = first.span().to(in.peek(length - 1).span());
    if (length > 1 && isLatin(first) && names.isKnown(run.toString())) {
      if (each) throw runOrProduct(run.toString(), span);
      for (int k = 0; k < length; k++) in.next();
      return reference(run.toString(), "", span);
    }
    if (length > 1 && isLatin(first)) rejectFunction(run.toString(), length, each, span);
    in.next();
    return greekFunction(first);
  }

  private static boolean isLatin(LatexToken t) {
    return t.text().length() == 1;
  }

  private RuntimeException runOrProduct(String run, Span span) {
    return in.error(
        Code.NAME,
        span,
        run + " could be the variable or a product of variables",
        "write \\mathit{" + run + "} for the variable, spaces between the factors");
  }

  private void rejectFunction(String run, int length, boolean declared, Span span) {
    boolean function = Calls.isFunction(run) || LatexCommands.SPELLINGS.containsKey(run);
    if (!function || declared) return;
    if (!in.peek(length).is("(") && run.length() < 3) return;
    throw in.error(
        Code.NAME,
        span,
        run + " is a product of letters in LaTeX, but also the name of a function",
        "write \\operatorname{" + run + "} for the function, spaces between factors");
  }

  /** {@code \sigma(x)} is the sigmoid unless sigma is declared; \psi and \Gamma are alike. */
  private Syntax greekFunction(LatexToken t) {
    if (names.isFunction(t.text())) return declaredFunction(t.text(), t);
    boolean bracket = in.peek().is("(") || in.peek().is("[");
    if (bracket && !names.isKnown(t.text())) {
      switch (t.text()) {
        case "sigma", "psi", "Gamma" -> {
          names.calledAsFunction(t.text(), t.span());
          return functions.greek(t);
        }
        case "f", "g", "h" ->
            throw in.error(
                Code.NAME,
                t.span(),
                t.text() + " before a bracket could be a function or a factor",
                "declare " + t.text() + ", or write " + t.text() + " \\cdot (…) for a product");
        default -> {}
      }
    }
    return reference(t.text(), "", t.span());
  }

  /** {@code f''(x)}: a function that is declared, or a derivative of it. */
  private Syntax declaredFunction(String name, LatexToken t) {
    int order = 0;
    while (in.accept("'")) order++;
    if (in.peek().is("^")) order += raisedOrder(name, t);
    return functions.apply(name + "'".repeat(order), t);
  }

  /** {@code ^{(2)}} and {@code ^{\prime\prime}}; any other exponent could be a power. */
  private int raisedOrder(String name, LatexToken t) {
    in.next();
    List<LatexToken> above = in.group();
    if (!above.isEmpty() && above.stream().allMatch(a -> a.isCommand("prime"))) return above.size();
    boolean bracketed =
        above.size() == 3
            && above.get(0).is("(")
            && above.get(1).text().matches("\\d{1,2}")
            && above.get(2).is(")");
    if (bracketed) return Integer.parseInt(above.get(1).text());
    throw in.error(
        Code.SYNTAX,
        t.span().to(in.before()),
        name + " with an exponent could be a derivative or a power",
        "write " + name + "^{(2)}(x) for the derivative, (" + name + "(x))^2 for the power");
  }

  /** A name with the subscript that may follow. */
  private Syntax reference(String name, String shape, Span span) {
    if (!in.peek().is("_")) {
      names.shape(name, shape, span);
      return names.plain(name, span);
    }
    in.next();
    List<LatexToken> below = in.group();
    return names.subscripted(new Syntax.Name(name, span), below, span.to(in.before()), parser);
  }

  /** A name as it can stand before {@code =}, or null. */
  @Nullable String simpleName() {
    LatexToken t = in.peek();
    if (t.kind() == LatexToken.Kind.LETTER) return in.next().text();
    if (t.kind() == LatexToken.Kind.WORD && isName(t.content())) return in.next().content();
    String mark = LatexCommands.ACCENTS.get(t.text());
    boolean shape = LatexCommands.FONTS.contains(t.text());
    if (t.kind() != LatexToken.Kind.COMMAND || (mark == null && !shape)) return null;
    in.next();
    List<LatexToken> inside = in.group();
    boolean letter = inside.size() == 1 && inside.getFirst().kind() == LatexToken.Kind.LETTER;
    if (!letter) return null;
    return inside.getFirst().text() + (mark == null ? "" : "_" + mark);
  }

  private static boolean isName(String content) {
    return content.matches("[A-Za-z][A-Za-z0-9_]*");
  }

  /** Upright text: a function, or a name of several letters. */
  private Syntax word() {
    LatexToken t = in.next();
    if (t.text().equals("begin")) return matrix(t);
    String content = t.content().strip();
    if (names.isFunction(content)) return declaredFunction(content, t);
    if (t.text().equals("mathrm") && content.equals("d") && !names.isKnown("d")) {
      throw in.error(Code.UNSUPPORTED, t.span(), "differentials are not read", "");
    }
    if (!t.text().equals("mathit") && !names.isKnown(content)) {
      String function = LatexCommands.SPELLINGS.getOrDefault(content, content);
      boolean called = in.peek().is("(") || t.text().startsWith("operatorname");
      if (Calls.isFunction(function) || (called && isName(content) && content.length() > 1)) {
        return functions.apply(function, t);
      }
      if (called && content.equals("K")) return functions.apply(content, t);
    }
    if (!isName(content)) {
      throw in.error(Code.SYNTAX, t.span(), t.described() + " is no name", "");
    }
    return reference(content, "", t.span());
  }

  private Syntax command() {
    LatexToken t = in.peek();
    String name = t.text();
    if (LatexCommands.FUNCTIONS.containsKey(name)) {
      in.next();
      return functions.apply(
          java.util.Objects.requireNonNull(LatexCommands.FUNCTIONS.get(name)), t);
    }
    if (LatexCommands.FONTS.contains(name)) return shaped();
    if (LatexCommands.ACCENTS.containsKey(name)) return accented();
    String unsupported = LatexCommands.UNSUPPORTED.get(name);
    if (unsupported != null) {
      throw in.error(Code.UNSUPPORTED, t.span(), "\\" + name + ": " + unsupported, "");
    }
    return switch (name) {
      case "frac", "tfrac", "dfrac", "cfrac" -> fraction();
      case "sqrt" -> root();
      case "sum", "prod" -> new LatexSums(parser).read();
      case "lvert", "vert" -> bars();
      case "lVert", "Vert" -> new LatexNorm(parser).read();
      default -> throw missing(t);
    };
  }

  /** What follows a command: a group, or a single token. */
  private Syntax argument() {
    if (in.peek().is("{")) return bracketed();
    in.splitNumber();
    parser.enter(in.peek().span());
    Syntax value = atom();
    parser.leave();
    return value;
  }

  private Syntax fraction() {
    LatexToken t = in.next();
    rejectDifferentials(t);
    Syntax above = argument();
    Syntax below = argument();
    return new Syntax.Binary(BinaryOperator.DIVIDE, above, below, t.span().to(in.before()));
  }

  /** {@code \frac{d}{dx}} and {@code \frac{df}{dx}} are no fractions. */
  private void rejectDifferentials(LatexToken fraction) {
    int mark = in.mark();
    List<LatexToken> above = in.group();
    List<LatexToken> below = in.atEnd() ? List.of() : in.group();
    Span span = fraction.span().to(in.before());
    in.reset(mark);
    boolean both =
        isDifferential(above) && isDifferential(below) && above.size() <= 2 && below.size() >= 2;
    if (!both || names.isKnown("d")) return;
    throw in.error(
        Code.UNSUPPORTED,
        span,
        "differentials are not read",
        "give the function alone, and the variable beside it");
  }

  private static boolean isDifferential(List<LatexToken> tokens) {
    return !tokens.isEmpty() && tokens.getFirst().text().equals("d");
  }

  private Syntax root() {
    LatexToken t = in.next();
    if (!in.peek().is("[")) {
      Syntax operand = argument();
      return new Syntax.Call("sqrt", List.of(operand), t.span().to(in.before()));
    }
    LatexToken open = in.next();
    Syntax degree = parser.inside(open, "]");
    if (!in.accept("]")) throw unclosed(open, "]");
    Syntax operand = argument();
    Span span = t.span().to(in.before());
    Syntax exponent =
        new Syntax.Binary(BinaryOperator.DIVIDE, parser.number(1, span), degree, span);
    return new Syntax.Binary(BinaryOperator.ELEMENTWISE_POWER, operand, exponent, span);
  }

  /** A bold or calligraphic letter; {@code \mathbf{1}} is a vector of ones. */
  private Syntax shaped() {
    LatexToken command = in.next();
    // Bold or not is a habit, \mathcal{L} beside L is not.
    boolean other = OTHER_ALPHABETS.contains(command.text());
    String shape = other ? command.text() : "";
    LatexToken open = in.peek();
    int mark = in.mark();
    List<LatexToken> inside = in.group();
    Span span = command.span().to(in.before());
    if (inside.size() != 1) {
      in.reset(mark);
      if (!open.is("{")) throw in.unexpected();
      return bracketed();
    }
    LatexToken t = inside.getFirst();
    boolean expectation = command.text().equals("mathbb") && t.text().equals("E");
    if (expectation && !names.isKnown("E")) {
      throw in.error(Code.UNSUPPORTED, span, "expectations are not supported", "");
    }
    if (t.kind() == LatexToken.Kind.NUMBER && (t.text().equals("1") || t.text().equals("0"))) {
      return constant(t.text().equals("1") ? "ones" : "zeros", span);
    }
    if (t.kind() == LatexToken.Kind.LETTER) return reference(t.text(), shape, span);
    if (t.kind() == LatexToken.Kind.WORD) return reference(t.content(), shape, span);
    throw in.error(Code.SYNTAX, span, "a letter is expected after \\" + command.text(), "");
  }

  /** {@code \mathbf{1}_n}, {@code \mathbf{0}_{m \times n}}; without sizes they follow from use. */
  private Syntax constant(String function, Span span) {
    boolean ones = function.equals("ones");
    if (!in.accept("_")) {
      return new Syntax.Call("vector", List.of(parser.number(ones ? 1 : 0, span)), span);
    }
    List<List<LatexToken>> sizes = new ArrayList<>(List.of(new ArrayList<>()));
    List<LatexToken> below = in.group();
    Span whole = span.to(in.before());
    for (LatexToken t : below) {
      if (t.isCommand("times") || t.is(",")) sizes.add(new ArrayList<>());
      else sizes.getLast().add(t);
    }
    List<Syntax> arguments = new ArrayList<>();
    for (List<LatexToken> size : sizes) {
      if (size.isEmpty()) throw in.error(Code.SYNTAX, whole, "a size is missing", "");
      boolean letters =
          size.size() > 1
              && size.stream().allMatch(t -> t.kind() == LatexToken.Kind.LETTER && !t.spaced());
      if (letters && !names.isKnown(size.getFirst().text())) {
        throw in.error(
            Code.SYNTAX,
            whole,
            in.text(whole) + " could have one size or two",
            "write m \\times n or m \\cdot n");
      }
      arguments.add(parser.part(size, whole));
    }
    return new Syntax.Call(function, List.copyOf(arguments), whole);
  }

  private Syntax accented() {
    LatexToken command = in.next();
    List<LatexToken> inside = new ArrayList<>(in.group());
    Span span = command.span().to(in.before());
    if (inside.size() > 1
        && inside.getFirst().kind() == LatexToken.Kind.COMMAND
        && LatexCommands.FONTS.contains(inside.getFirst().text())) {
      inside.removeFirst();
      inside.removeIf(t -> t.is("{") || t.is("}"));
    }
    boolean font =
        inside.size() == 1
            && inside.getFirst().kind() == LatexToken.Kind.COMMAND
            && LatexCommands.FONTS.contains(inside.getFirst().text());
    if (font) inside = new ArrayList<>(in.group());
    if (inside.size() != 1 || inside.getFirst().kind() != LatexToken.Kind.LETTER) {
      throw in.error(
          Code.UNSUPPORTED, span, "\\" + command.text() + " stands only on a single letter", "");
    }
    String mark = LatexCommands.ACCENTS.get(command.text());
    return reference(inside.getFirst().text() + "_" + mark, "", span.to(in.before()));
  }

  private Syntax bars() {
    LatexToken open = in.next();
    String closer = open.text().equals("vert") ? "vert" : "rvert";
    Syntax inside = parser.inside(open, closer);
    if (closer.equals("vert")) in.splitBars();
    if (!in.peek().isCommand(closer)) throw unclosed(open, "|");
    in.next();
    return new Syntax.Call(Readings.BARS, List.of(inside), open.span().to(in.before()));
  }

  private Syntax matrix(LatexToken begin) {
    if (!MATRICES.contains(begin.content())) {
      throw in.error(
          Code.UNSUPPORTED,
          begin.span(),
          "the environment " + begin.content() + " is not supported",
          "a matrix is written \\begin{bmatrix} … \\end{bmatrix}");
    }
    List<List<Syntax>> rows = new ArrayList<>();
    List<Syntax> row = new ArrayList<>();
    while (true) {
      row.add(parser.inside(begin, "end"));
      if (in.accept("&")) continue;
      rows.add(List.copyOf(row));
      row.clear();
      boolean next = in.peek().isCommand("\\");
      if (next) in.next();
      if (!next || isEnd(in.peek(), begin)) break;
    }
    if (!isEnd(in.peek(), begin)) throw unclosed(begin, "\\end{" + begin.content() + "}");
    in.next();
    Span span = begin.span().to(in.before());
    Syntax literal = new Syntax.MatrixLiteral(List.copyOf(rows), span);
    if (!begin.content().equals("vmatrix")) return literal;
    return new Syntax.Call("det", List.of(literal), span);
  }

  private static boolean isEnd(LatexToken t, LatexToken begin) {
    return t.kind() == LatexToken.Kind.WORD
        && t.text().equals("end")
        && t.content().equals(begin.content());
  }
}
