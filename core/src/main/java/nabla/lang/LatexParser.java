package nabla.lang;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import nabla.tensor.Rational;
import org.jspecify.annotations.Nullable;

/**
 * Reads LaTeX's mathematics mode. Factors beside each other are a product, which binds tighter than
 * a written sign: {@code y \odot A x} is {@code y.*(A*x)}. What two readers would read differently
 * is an error that offers both.
 */
final class LatexParser {
  private static final int DEEPEST = 200;

  private static final Map<String, BinaryOperator> SIGNS =
      Map.of(
          "*", BinaryOperator.MULTIPLY,
          "/", BinaryOperator.DIVIDE,
          ".*", BinaryOperator.ELEMENTWISE_MULTIPLY,
          "./", BinaryOperator.ELEMENTWISE_DIVIDE,
          "⊗", BinaryOperator.KRONECKER);

  final LatexCursor in;
  final LatexNames names;
  private final LatexAtoms atoms;
  private final Deque<String> closers;
  private int depth;

  private LatexParser(LatexCursor in, LatexNames names, Deque<String> closers) {
    this.in = in;
    this.names = names;
    this.closers = closers;
    this.atoms = new LatexAtoms(this);
  }

  /**
   * Reads intermediates and a result.
   *
   * @param known the number of axes of the variables that are declared
   * @param functions the names of functions that are declared
   */
  static Program parse(String source, Map<String, Integer> known, Set<String> functions) {
    LatexCursor in = new LatexCursor(source, LatexLexer.read(source));
    return new LatexParser(in, new LatexNames(in, known, functions), new ArrayDeque<>()).program();
  }

  private Program program() {
    List<Program.Definition> definitions = new ArrayList<>();
    Set<String> defined = new HashSet<>();
    while (in.accept(";")) {}
    if (in.atEnd()) {
      throw in.error(Code.SYNTAX, in.peek().span(), "the expression is empty", "");
    }
    while (!in.atEnd()) {
      Program.Definition d = definition();
      if (!d.name().isEmpty() && !defined.add(d.name())) {
        throw in.error(Code.DECLARATION, d.span(), d.name() + " is defined twice", "");
      }
      if (!d.name().isEmpty()) names.define(d.name());
      definitions.add(d);
      if (!in.atEnd() && !in.accept(";")) throw in.unexpected();
      while (in.accept(";")) {}
    }
    names.check();
    Program.Definition result = definitions.removeLast();
    for (Program.Definition d : definitions) {
      if (d.name().isEmpty()) {
        throw in.error(
            Code.SYNTAX,
            d.span(),
            "only the last expression is the result; the others need a name",
            "write u = …");
      }
    }
    return new Program(List.copyOf(definitions), result);
  }

  private record LeftSide(String name, List<String> indices, Span span) {}

  private Program.Definition definition() {
    LeftSide left = leftSide();
    if (left == null) {
      Syntax value = sum();
      if (in.peek().is("=")) {
        throw in.error(
            Code.SYNTAX,
            value.span().to(in.peek().span()),
            "only a name, or a name with indices, can stand before '='",
            "write u = …");
      }
      return new Program.Definition("", List.of(), value, value.span());
    }
    names.indexNotation = !left.indices().isEmpty();
    Syntax value = sum();
    if (names.indexNotation) value = ImplicitSums.of(value, in);
    names.indexNotation = false;
    return new Program.Definition(left.name(), left.indices(), value, left.span().to(value.span()));
  }

  /** The {@code (x)} of {@code f(x) = …}, which names what the function is of. */
  private void skipArguments() {
    if (!in.accept("(")) return;
    while (in.peek().kind() == LatexToken.Kind.LETTER || in.peek().is(",")) in.next();
    in.accept(")");
  }

  /** {@code u =}, {@code f(x) =}, {@code D_{ij} =}; null if no definition starts here. */
  private @Nullable LeftSide leftSide() {
    int mark = in.mark();
    Span start = in.peek().span();
    String name = atoms.simpleName();
    if (name != null) {
      List<String> indices = new ArrayList<>();
      if (in.accept("_")) {
        List<LatexToken> below = in.group();
        boolean letters =
            below.stream().allMatch(t -> t.is(",") || t.kind() == LatexToken.Kind.LETTER);
        if (letters) {
          below.stream().filter(t -> !t.is(",")).forEach(t -> indices.add(t.text()));
        } else {
          name += "_";
          for (LatexToken t : below) {
            name += t.kind() == LatexToken.Kind.WORD ? t.content() : t.text();
          }
        }
      }
      if (indices.isEmpty()) skipArguments();
      if (in.accept("=")) return new LeftSide(name, List.copyOf(indices), start.to(in.before()));
    }
    in.reset(mark);
    if (in.peek().is("=")) {
      throw in.error(Code.SYNTAX, start, "a name is missing before '='", "write u = …");
    }
    return null;
  }

  /** Reads a part of the text by itself, such as what stands in a subscript. */
  Syntax part(List<LatexToken> tokens, Span whole) {
    LatexParser inner = new LatexParser(in.over(tokens, whole), names, new ArrayDeque<>());
    inner.depth = depth + 1;
    if (inner.depth > DEEPEST) throw tooDeep(whole);
    Syntax value = inner.sum();
    if (!inner.in.atEnd()) throw inner.in.unexpected();
    return value;
  }

  private NablaException tooDeep(Span span) {
    return in.error(Code.LIMIT, span, "the expression is nested deeper than " + DEEPEST, "");
  }

  /** What stands between an opening delimiter, which has been read, and its end. */
  Syntax inside(LatexToken open, String closer) {
    enter(open.span());
    closers.push(closer);
    Syntax value = sum();
    closers.pop();
    leave();
    return value;
  }

  void enter(Span span) {
    if (++depth > DEEPEST) throw tooDeep(span);
  }

  void leave() {
    depth--;
  }

  Syntax sum() {
    LatexToken first = in.peek();
    boolean minus = first.is("-");
    if (minus || first.is("+")) in.next();
    Syntax left = product(minus ? first : null);
    while (in.peek().is("+") || in.peek().is("-")) {
      BinaryOperator sign = in.next().is("+") ? BinaryOperator.ADD : BinaryOperator.SUBTRACT;
      LatexToken second = in.peek();
      boolean negative = second.is("-");
      if (negative) in.next();
      Syntax right = product(negative ? second : null);
      left = binary(sign, left, right);
    }
    return left;
  }

  static Syntax binary(BinaryOperator operator, Syntax left, Syntax right) {
    return new Syntax.Binary(operator, left, right, left.span().to(right.span()));
  }

  private @Nullable BinaryOperator sign(LatexToken t) {
    return switch (t.kind()) {
      case COMMAND -> LatexCommands.OPERATORS.get(t.text());
      case SYMBOL -> SIGNS.get(t.text());
      default -> null;
    };
  }

  /** Products with written signs; {@code minus} is the sign before it, if there is one. */
  Syntax product(@Nullable LatexToken minus) {
    Syntax left = juxtaposed(minus, null);
    BinaryOperator before = null;
    while (true) {
      LatexToken t = in.peek();
      BinaryOperator operator = sign(t);
      if (operator == null) return left;
      in.next();
      LatexToken second = in.peek();
      boolean negative = second.is("-");
      if (negative) in.next();
      if (operator == BinaryOperator.DIVIDE) {
        left = divided(left, t, negative ? second : null);
        continue;
      }
      Syntax right = juxtaposed(negative ? second : null, null);
      rejectMixture(before, operator, left, right, t);
      if (t.kind() == LatexToken.Kind.COMMAND && isVectorLetter(left) && isVectorLetter(right)) {
        rejectDot(operator, left, right);
      }
      left = binary(operator, left, right);
      before = operator;
    }
  }

  /** {@code A \cdot x \odot y} and {@code A \otimes B x} are read in two ways. */
  private void rejectMixture(
      @Nullable BinaryOperator before,
      BinaryOperator operator,
      Syntax left,
      Syntax right,
      LatexToken sign) {
    boolean mixed = before != null && kind(before) != kind(operator);
    if (operator == BinaryOperator.KRONECKER) mixed |= isProduct(left) || isProduct(right);
    if (!mixed || isNumber(left)) return;
    throw in.error(
        Code.SYNTAX,
        sign.span(),
        "readers differ on which product beside " + sign.described() + " comes first",
        "put brackets around one of them");
  }

  /** Whether it is an undeclared name whose letter says vector. */
  private boolean isVectorLetter(Syntax s) {
    return s instanceof Syntax.Name n
        && !names.isKnown(n.name())
        && n.name().matches("[h-z](_.*)?");
  }

  /** {@code x \cdot y} of what may be vectors: the text form would make one of them a scalar. */
  private void rejectDot(BinaryOperator operator, Syntax left, Syntax right) {
    if (operator != BinaryOperator.MULTIPLY) return;
    String x = in.text(left.span());
    String y = in.text(right.span());
    Span span = left.span().to(right.span());
    throw in.error(
        Code.KIND,
        span,
        in.text(span) + " could be an inner product or a product of numbers",
        "write " + x + "^\\top " + y + ", " + x + " \\odot " + y + ", or declare them");
  }

  private static int kind(BinaryOperator operator) {
    return switch (operator) {
      case ELEMENTWISE_MULTIPLY, ELEMENTWISE_DIVIDE -> 1;
      case KRONECKER -> 2;
      default -> 0;
    };
  }

  /** Whether it was written as a product without brackets. */
  private boolean isProduct(Syntax s) {
    return s instanceof Syntax.Binary b
        && b.operator() == BinaryOperator.MULTIPLY
        && !Wording.isBracketed(b)
        && !isNumber(b.left());
  }

  private static boolean isNumber(Syntax s) {
    return s instanceof Syntax.Numeral
        || (s instanceof Syntax.Binary b && isNumber(b.left()) && isNumber(b.right()));
  }

  /** {@code 1/2 x} is half of x, but {@code a/b x} could be two things. */
  private Syntax divided(Syntax left, LatexToken sign, @Nullable LatexToken minus) {
    Syntax below = factor();
    if (minus != null) below = new Syntax.Negate(below, minus.span().to(below.span()));
    Syntax quotient = binary(BinaryOperator.DIVIDE, left, below);
    if (!startsFactor()) return quotient;
    if (isNumber(left) && isNumber(below)) return juxtaposed(null, quotient);
    throw in.error(
        Code.SYNTAX,
        sign.span().to(in.peek().span()),
        "readers differ on what is below the line in " + in.text(quotient.span()) + " …",
        "write \\frac{…}{…}");
  }

  /** Factors beside each other. */
  private Syntax juxtaposed(@Nullable LatexToken minus, @Nullable Syntax first) {
    Syntax left = first == null ? factor() : first;
    if (minus != null) left = new Syntax.Negate(left, minus.span().to(left.span()));
    while (startsFactor()) {
      LatexToken t = in.peek();
      if (t.kind() == LatexToken.Kind.NUMBER) {
        throw in.error(
            Code.SYNTAX,
            t.span(),
            "a number after a factor could be an index, an exponent or a factor",
            "write x_2, x^2, 2x or x \\cdot 2");
      }
      left = binary(BinaryOperator.MULTIPLY, left, factor());
    }
    return left;
  }

  /** Whether another factor, or a sign before one, follows. */
  boolean continuesProduct() {
    return startsFactor() || sign(in.peek()) != null;
  }

  boolean startsFactor() {
    LatexToken t = in.peek();
    return switch (t.kind()) {
      case NUMBER, LETTER -> true;
      case WORD -> !t.text().equals("end");
      case SYMBOL -> t.is("(") || t.is("[") || t.is("{");
      case COMMAND -> {
        boolean bar = t.text().equals("vert") || t.text().equals("Vert");
        boolean half = in.isPairOfBars() && "vert".equals(closers.peek());
        if (bar) yield !half && !t.text().equals(closers.peek());
        yield LatexAtoms.starts(t.text());
      }
      case END -> false;
    };
  }

  /** An atom with its exponents, transposes and indices. */
  Syntax factor() {
    enter(in.peek().span());
    Syntax value = postfix(atoms.atom());
    leave();
    return value;
  }

  private Syntax postfix(Syntax atom) {
    Syntax value = atom;
    boolean raised = false;
    for (int length = 0; ; length++) {
      LatexToken t = in.peek();
      if (length > DEEPEST) throw tooDeep(t.span());
      if (t.is("'")) {
        in.next();
        value = new Syntax.Transpose(value, value.span().to(t.span()));
      } else if (t.is("^")) {
        if (raised) {
          throw in.error(Code.SYNTAX, t.span(), "a second exponent", "put braces around the first");
        }
        value = new LatexExponent(this).of(value);
        raised = true;
      } else if (t.is("_")) {
        if (raised) {
          throw in.error(
              Code.SYNTAX,
              t.span(),
              "an index after an exponent could belong to either",
              "write x_i^2 or (x^2)_i");
        }
        value = indexed(value);
      } else {
        return value;
      }
    }
  }

  private Syntax indexed(Syntax value) {
    in.next();
    Span start = value.span();
    List<LatexToken> below = in.group();
    Span span = start.to(in.before());
    if (below.isEmpty()) throw in.error(Code.SYNTAX, span, "the subscript is empty", "");
    return new Syntax.Index(value, names.indices(below, span, this), span);
  }

  Syntax number(int value, Span span) {
    return new Syntax.Numeral(Rational.of(value), span);
  }
}
