package nabla.notation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import nabla.diagnostic.Span;
import nabla.lang.BinaryOperator;
import nabla.lang.Greek;
import nabla.lang.Program;
import nabla.lang.Syntax;
import nabla.tensor.Constant;
import nabla.tensor.Rational;

/** Prints on one line what the parser reads: with ASCII signs, or with those of mathematics. */
final class LinearPrinter {
  private static final int LONGEST_PLAIN = 20;
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  private final boolean unicode;
  private final StringBuilder out = new StringBuilder();

  /** What is named, so that no constant takes its letter. */
  private final Set<String> names;

  private final Set<Syntax> marked;
  private final List<Span> marks = new ArrayList<>();

  private LinearPrinter(boolean unicode, Set<String> names, Set<Syntax> marked) {
    this.unicode = unicode;
    this.names = names;
    this.marked = marked;
  }

  static String text(Syntax syntax) {
    return new LinearPrinter(false, Set.of(), Set.of()).plain(syntax).out.toString();
  }

  static String print(Program program, boolean unicode) {
    return print(program, unicode, Set.of()).text();
  }

  /** Says where the marked parts stand, which are compared as objects. */
  static MarkedText print(Program program, boolean unicode, Set<Syntax> marked) {
    Set<String> names = new HashSet<>();
    if (unicode) for (Program.Definition d : program.all()) collect(d.value(), names);
    LinearPrinter printer = new LinearPrinter(unicode, names, marked);
    for (Program.Definition d : program.all()) {
      if (!printer.out.isEmpty()) printer.out.append("; ");
      printer.definition(d);
    }
    return new MarkedText(printer.out.toString(), printer.marks);
  }

  private static void collect(Syntax syntax, Set<String> names) {
    if (syntax instanceof Syntax.Name n) names.add(n.name());
    syntax.map(
        part -> {
          collect(part, names);
          return part;
        });
  }

  private void definition(Program.Definition d) {
    if (!d.name().isEmpty()) {
      name(d.name());
      if (!d.indices().isEmpty()) {
        out.append('[')
            .append(d.indices().stream().map(this::letter).collect(Collectors.joining(",")))
            .append(']');
      }
      out.append(" = ");
    }
    plain(d.value());
  }

  private LinearPrinter bracketed(boolean needed, Syntax syntax) {
    if (!needed) return plain(syntax);
    out.append('(');
    plain(syntax);
    out.append(')');
    return this;
  }

  private LinearPrinter plain(Syntax syntax) {
    int start = out.length();
    write(syntax);
    if (marked.contains(syntax)) marks.add(new Span(start, out.length() - start));
    return this;
  }

  private void write(Syntax syntax) {
    switch (syntax) {
      case Syntax.Numeral n -> out.append(number(n.value()));
      case Syntax.Name n -> name(n.name());
      case Syntax.Call c -> call(c);
      case Syntax.Negate n -> {
        out.append(unicode ? '−' : '-');
        bracketed(Brackets.negated(n.operand()), n.operand());
      }
      case Syntax.Transpose t -> {
        bracketed(Brackets.postfix(t.operand()) || isInverse(t.operand()), t.operand());
        out.append(unicode ? 'ᵀ' : '\'');
      }
      case Syntax.Binary b -> binary(b);
      case Syntax.Index i -> {
        bracketed(Brackets.postfix(i.target()) || isInverse(i.target()), i.target());
        out.append('[');
        list(i.indices(), ",");
        out.append(']');
      }
      case Syntax.MatrixLiteral m -> matrix(m);
      case Syntax.Range r -> {
        plain(r.from());
        out.append(':');
        plain(r.to());
      }
      case Syntax.Colon c -> out.append(':');
      case Syntax.Text t -> out.append('"').append(t.text()).append('"');
    }
  }

  /** Whether it is printed as a power, X⁻¹. */
  private boolean isInverse(Syntax syntax) {
    return unicode && syntax instanceof Syntax.Call c && c.function().equals("inv");
  }

  private void name(String name) {
    out.append(letter(name));
  }

  private String letter(String name) {
    String letter = unicode ? Greek.letter(name) : null;
    return letter == null ? name : letter;
  }

  private void call(Syntax.Call c) {
    if (isInverse(c) && c.arguments().size() == 1) {
      Syntax operand = c.arguments().getFirst();
      boolean needed = Brackets.left(BinaryOperator.POWER, operand) || isInverse(operand);
      bracketed(needed, operand);
      out.append("⁻¹");
      return;
    }
    out.append(c.function()).append('(');
    list(c.arguments(), ", ");
    out.append(')');
  }

  private void list(List<Syntax> all, String separator) {
    for (int k = 0; k < all.size(); k++) {
      if (k > 0) out.append(separator);
      plain(all.get(k));
    }
  }

  private void matrix(Syntax.MatrixLiteral m) {
    out.append('[');
    for (int row = 0; row < m.rows().size(); row++) {
      if (row > 0) out.append("; ");
      list(m.rows().get(row), ", ");
    }
    out.append(']');
  }

  private void binary(Syntax.Binary b) {
    boolean plainPower = b.operator() == BinaryOperator.POWER;
    boolean power = plainPower || b.operator() == BinaryOperator.ELEMENTWISE_POWER;
    bracketed(Brackets.left(b.operator(), b.left()) || (power && isInverse(b.left())), b.left());
    if (unicode && plainPower && superscript(b.right())) return;
    out.append(sign(b.operator()));
    boolean raised = power && isInverse(b.right());
    int start = out.length();
    bracketed(Brackets.right(b.operator(), b.right()) || raised, b.right());
    if (b.operator() == BinaryOperator.LEFT_DIVIDE) keepApart(start);
  }

  /** A backslash right before a name such as sin would be a command of LaTeX. */
  private void keepApart(int start) {
    boolean name = out.length() > start + 1 && Character.isLetter(out.charAt(start + 1));
    if (name && Character.isLetter(out.charAt(start)))
      out.insert(start, ' ').insert(start - 1, ' ');
  }

  private boolean superscript(Syntax exponent) {
    if (!(exponent instanceof Syntax.Numeral n) || !n.value().isInt()) return false;
    n.value().toString().chars().forEach(digit -> out.append(SUPERSCRIPTS.charAt(digit - '0')));
    return true;
  }

  private String sign(BinaryOperator operator) {
    return switch (operator) {
      case ADD -> " + ";
      case SUBTRACT -> unicode ? " − " : " - ";
      case MULTIPLY -> unicode ? "·" : "*";
      case ELEMENTWISE_MULTIPLY -> unicode ? "⊙" : ".*";
      case ELEMENTWISE_DIVIDE -> unicode ? "⊘" : "./";
      default -> operator.text();
    };
  }

  private String number(Rational value) {
    Constant constant = unicode ? Constant.of(value) : null;
    if (constant == null || names.contains(constant.name())) return decimal(value);
    return constant.equals(Constant.PI) ? "π" : "e";
  }

  /** The number in digits; very large and very small ones with an exponent. */
  static String decimal(Rational value) {
    if (value.isInt()) return Integer.toString(value.intValue());
    BigDecimal exact =
        new BigDecimal(value.numerator())
            .divide(new BigDecimal(value.denominator()), MathContext.UNLIMITED)
            .stripTrailingZeros();
    String plain = exact.toPlainString();
    return plain.length() <= LONGEST_PLAIN
        ? plain
        : exact.toString().replace("E+", "e").replace("E", "e");
  }
}
