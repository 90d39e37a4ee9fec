package nabla.notation;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import nabla.lang.BinaryOperator;
import nabla.lang.Greek;
import nabla.lang.Program;
import nabla.lang.Syntax;
import nabla.tensor.Constant;
import nabla.tensor.Rational;

/** Prints in LaTeX's mathematics mode, such as {@code \left(A + A^{\top}\right) x}. */
public final class LatexPrinter {
  /** Functions that LaTeX knows; the others are set upright by name. */
  private static final Map<String, String> FUNCTIONS =
      Map.ofEntries(
          Map.entry("exp", "\\exp"),
          Map.entry("log", "\\log"),
          Map.entry("sin", "\\sin"),
          Map.entry("cos", "\\cos"),
          Map.entry("tan", "\\tan"),
          Map.entry("arcsin", "\\arcsin"),
          Map.entry("arccos", "\\arccos"),
          Map.entry("arctan", "\\arctan"),
          Map.entry("sinh", "\\sinh"),
          Map.entry("cosh", "\\cosh"),
          Map.entry("tanh", "\\tanh"),
          Map.entry("det", "\\det"),
          Map.entry("max", "\\max"),
          Map.entry("min", "\\min"),
          Map.entry("sigmoid", "\\sigma"),
          Map.entry("gammaln", "\\log\\Gamma"),
          Map.entry("digamma", "\\psi"),
          Map.entry("logdet", "\\log\\det"));

  private final StringBuilder out = new StringBuilder();

  private LatexPrinter() {}

  public static String print(Program program) {
    return program.all().stream()
        .map(d -> new LatexPrinter().definition(d))
        .collect(Collectors.joining(";\\; "));
  }

  private String definition(Program.Definition d) {
    if (!d.name().isEmpty()) {
      name(d.name());
      if (!d.indices().isEmpty()) {
        out.append("_{");
        d.indices().forEach(this::name);
        out.append("}");
      }
      out.append(" = ");
    }
    return plain(d.value()).out.toString();
  }

  private LatexPrinter bracketed(boolean needed, Syntax syntax) {
    if (!needed) return plain(syntax);
    out.append("\\left(");
    plain(syntax);
    out.append("\\right)");
    return this;
  }

  private LatexPrinter plain(Syntax syntax) {
    switch (syntax) {
      case Syntax.Numeral n -> number(n.value());
      case Syntax.Name n -> name(n.name());
      case Syntax.Call c -> call(c);
      case Syntax.Negate n -> {
        out.append("-");
        bracketed(Brackets.negated(n.operand()), n.operand());
      }
      case Syntax.Transpose t -> transpose(t);
      case Syntax.Binary b -> binary(b);
      case Syntax.Index i -> index(i);
      case Syntax.MatrixLiteral m -> matrix(m);
      case Syntax.Range r -> {
        plain(r.from());
        out.append(":");
        plain(r.to());
      }
      case Syntax.Colon c -> out.append(":");
      case Syntax.Text t -> out.append("\\text{").append(t.text()).append("}");
    }
    return this;
  }

  private void number(Rational value) {
    Constant constant = Constant.of(value);
    if (constant != null) out.append(constant.equals(Constant.PI) ? "\\pi" : "e");
    else out.append(LinearPrinter.decimal(value).replaceAll("e(-?\\d+)", " \\\\cdot 10^{$1}"));
  }

  /** A Greek letter as its command; digits at the end and what follows a _ as a subscript. */
  private void name(String name) {
    int end = name.indexOf('_');
    String subscript = end < 0 ? "" : name.substring(end + 1).replace("_", "\\_");
    if (end < 0) {
      end = name.length();
      while (end > 0 && isDigit(name.charAt(end - 1))) end--;
      subscript = name.substring(end);
    }
    String base = name.substring(0, end);
    if (Greek.letter(base) != null) out.append(command(base));
    else out.append(base.length() == 1 ? base : "\\mathit{" + base + "}");
    if (!subscript.isEmpty()) out.append("_{").append(subscript).append("}");
    else if (Greek.letter(base) != null) out.append(" ");
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Capitals that look Latin have no command of their own. */
  private static String command(String greek) {
    boolean capital = Character.isUpperCase(greek.charAt(0));
    boolean own =
        List.of(
                "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi",
                "Omega")
            .contains(greek);
    return !capital || own ? "\\" + greek : "\\mathrm{" + greek.charAt(0) + "}";
  }

  private void transpose(Syntax.Transpose t) {
    if (isInverse(t.operand())) {
      base((Syntax.Call) t.operand());
      out.append("^{-\\top}");
      return;
    }
    bracketed(Brackets.postfix(t.operand()) || isRaised(t.operand()), t.operand());
    out.append("^{\\top}");
  }

  private static boolean isInverse(Syntax s) {
    return s instanceof Syntax.Call c && c.function().equals("inv") && c.arguments().size() == 1;
  }

  /** Whether it already carries a superscript. */
  private static boolean isRaised(Syntax s) {
    return s instanceof Syntax.Transpose || isInverse(s);
  }

  private void base(Syntax.Call inverse) {
    Syntax operand = inverse.arguments().getFirst();
    bracketed(Brackets.postfix(operand) || isRaised(operand), operand);
  }

  private void call(Syntax.Call c) {
    if (c.arguments().size() == 1 && special(c, c.arguments().getFirst())) return;
    if (c.function().equals("kron") && c.arguments().size() == 2) {
      binary(
          new Syntax.Binary(
              BinaryOperator.KRONECKER, c.arguments().get(0), c.arguments().get(1), c.span()));
      return;
    }
    if (c.function().equals("ones") || c.function().equals("zeros")) {
      out.append(c.function().equals("ones") ? "\\mathbf{1}" : "\\mathbf{0}").append("_{");
      list(c.arguments(), "\\times ");
      out.append("}");
      return;
    }
    out.append(FUNCTIONS.getOrDefault(c.function(), "\\operatorname{" + c.function() + "}"));
    out.append("\\left(");
    list(c.arguments(), ", ");
    out.append("\\right)");
  }

  /** Functions with a notation of their own. */
  private boolean special(Syntax.Call c, Syntax operand) {
    switch (c.function()) {
      case "inv" -> {
        base(c);
        out.append("^{-1}");
      }
      case "sqrt" -> wrap("\\sqrt{", operand, "}");
      case "abs" -> wrap("\\left|", operand, "\\right|");
      case "norm1" -> wrap("\\left\\|", operand, "\\right\\|_1");
      case "norm2" -> wrap("\\left\\|", operand, "\\right\\|_2");
      case "norminf" -> wrap("\\left\\|", operand, "\\right\\|_{\\infty}");
      case "eye" -> wrap("I_{", operand, "}");
      default -> {
        return false;
      }
    }
    return true;
  }

  private void wrap(String before, Syntax operand, String after) {
    out.append(before);
    plain(operand);
    out.append(after);
  }

  private void list(List<Syntax> all, String separator) {
    for (int k = 0; k < all.size(); k++) {
      if (k > 0) out.append(separator);
      plain(all.get(k));
    }
  }

  private void index(Syntax.Index i) {
    boolean raised = isRaised(i.target()) || i.target() instanceof Syntax.Index;
    bracketed(Brackets.postfix(i.target()) || raised, i.target());
    out.append("_{");
    boolean letters = i.indices().stream().allMatch(LatexPrinter::isLetter);
    list(i.indices(), letters ? "" : ",");
    out.append("}");
  }

  private static boolean isLetter(Syntax s) {
    return s instanceof Syntax.Name n && n.name().length() == 1;
  }

  private void matrix(Syntax.MatrixLiteral m) {
    out.append("\\begin{bmatrix}");
    for (int row = 0; row < m.rows().size(); row++) {
      if (row > 0) out.append(" \\\\ ");
      list(m.rows().get(row), " & ");
    }
    out.append("\\end{bmatrix}");
  }

  private void binary(Syntax.Binary b) {
    switch (b.operator()) {
      case DIVIDE -> {
        out.append("\\frac{");
        plain(b.left());
        out.append("}{");
        plain(b.right());
        out.append("}");
      }
      case POWER, ELEMENTWISE_POWER -> {
        bracketed(Brackets.left(b.operator(), b.left()) || isRaised(b.left()), b.left());
        out.append(b.operator() == BinaryOperator.POWER ? "^{" : "^{\\odot ");
        plain(b.right());
        out.append("}");
      }
      default -> {
        bracketed(Brackets.left(b.operator(), b.left()), b.left());
        out.append(sign(b));
        bracketed(Brackets.right(b.operator(), b.right()), b.right());
      }
    }
  }

  private static String sign(Syntax.Binary b) {
    return switch (b.operator()) {
      case ADD -> " + ";
      case SUBTRACT -> " - ";
      case MULTIPLY -> b.right() instanceof Syntax.Numeral ? " \\cdot " : " ";
      case ELEMENTWISE_MULTIPLY -> " \\odot ";
      case ELEMENTWISE_DIVIDE -> " \\oslash ";
      case LEFT_DIVIDE -> " \\backslash ";
      default -> " \\otimes ";
    };
  }
}
