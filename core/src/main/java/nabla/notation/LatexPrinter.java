package nabla.notation;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nabla.lang.BinaryOperator;
import nabla.lang.Greek;
import nabla.lang.Program;
import nabla.lang.Syntax;
import nabla.tensor.Constant;
import nabla.tensor.Rational;

/**
 * Prints in LaTeX's mathematics mode, such as {@code \left(A + A^{\top}\right) x}, so that the
 * language reads the same formula back.
 */
public final class LatexPrinter {
  /** A command where nothing can be divided by what follows. */
  private static final Pattern LEADING_COMMAND = Pattern.compile("(^|[-+=(,;] ?)\\\\[A-Za-z]");

  private static final Pattern COMMAND = Pattern.compile("\\\\([A-Za-z]+|.)");

  /** Names that are set as the unit matrix is. */
  private static final Predicate<String> UNIT_MATRIX =
      Pattern.compile("I(_.*|[0-9]+)?").asMatchPredicate();

  /** Before a bracket they look like functions. */
  private static final Set<String> LIKE_FUNCTIONS = Set.of("f", "g", "h", "sigma", "psi", "Gamma");

  private final StringBuilder out = new StringBuilder();
  private final Set<String> names;
  private final LatexSymbols symbols;
  private final Ranks ranks;
  private final String product;
  private boolean indexNotation;

  /** Whether something stands before what is printed, though not in {@link #out}. */
  private boolean continues;

  /** Parts that are underlined, compared as objects. */
  private final Set<Syntax> marked;

  private LatexPrinter(Set<String> names, Ranks ranks, String product, Set<Syntax> marked) {
    this.names = names;
    this.symbols = new LatexSymbols(names);
    this.ranks = ranks;
    this.product = product;
    this.marked = marked;
  }

  /**
   * The formula in LaTeX.
   *
   * @param variables the number of axes of each variable, which tells {@code |x|} from {@code |X|}
   */
  public static String print(Program program, Map<String, Integer> variables) {
    return print(program, variables, Set.of());
  }

  /**
   * The same with some parts underlined.
   *
   * @param marked parts of the formula, compared as objects
   */
  public static String print(Program program, Map<String, Integer> variables, Set<Syntax> marked) {
    Ranks ranks = Ranks.of(program, variables);
    Set<String> names = new HashSet<>(variables.keySet());
    program.definitions().forEach(d -> names.add(d.name()));
    String plain = print(program, names, ranks, " ", marked);
    return isLatex(plain) ? plain : print(program, names, ranks, " \\, ", marked);
  }

  /**
   * Whether it is certainly read as LaTeX. What has no command in it would be read as the text
   * form, where {@code A x} is no product; and there {@code A \alpha} divides.
   */
  private static boolean isLatex(String text) {
    if (text.contains("{") || LEADING_COMMAND.matcher(text).find()) return true;
    return COMMAND.matcher(text).results().anyMatch(c -> !Greek.WITH_COMMAND.contains(c.group(1)));
  }

  private static String print(
      Program program, Set<String> names, Ranks ranks, String product, Set<Syntax> marked) {
    Set<Syntax> same = Collections.newSetFromMap(new IdentityHashMap<>());
    same.addAll(marked);
    return program.all().stream()
        .map(d -> new LatexPrinter(names, ranks, product, same).definition(d))
        .collect(Collectors.joining(";\\; "));
  }

  private String definition(Program.Definition d) {
    indexNotation = !d.indices().isEmpty();
    if (!d.name().isEmpty()) {
      // A subscript on the left would be an index.
      if (LatexSymbols.hasSubscript(d.name())) out.append(LatexSymbols.word(d.name()));
      else name(d.name());
      if (indexNotation) {
        out.append("_{");
        boolean letters = d.indices().stream().allMatch(name -> name.length() == 1);
        for (int k = 0; k < d.indices().size(); k++) {
          if (k > 0 && !letters) out.append(",");
          name(d.indices().get(k));
        }
        out.append("}");
      }
      out.append(" = ");
    }
    return plain(kroneckers(d.value())).out.toString();
  }

  /** kron(A,B) as an operator, so that it gets the brackets of one. */
  private Syntax kroneckers(Syntax s) {
    Syntax changed = operator(s.map(this::kroneckers));
    if (marked.contains(s)) marked.add(changed);
    return changed;
  }

  private static Syntax operator(Syntax inner) {
    return inner instanceof Syntax.Call c
            && c.function().equals("kron")
            && c.arguments().size() == 2
        ? new Syntax.Binary(
            BinaryOperator.KRONECKER, c.arguments().get(0), c.arguments().get(1), c.span())
        : inner;
  }

  /** A part by itself, for a look at what it starts with. */
  private String apart(boolean bracketed, Syntax syntax) {
    LatexPrinter printer = new LatexPrinter(names, ranks, product, marked);
    printer.indexNotation = indexNotation;
    printer.continues = true;
    return printer.bracketed(bracketed, syntax).out.toString();
  }

  private LatexPrinter bracketed(boolean needed, Syntax syntax) {
    if (!needed) return plain(syntax);
    out.append("\\left(");
    plain(syntax);
    out.append("\\right)");
    return this;
  }

  private LatexPrinter plain(Syntax syntax) {
    boolean underlined = marked.contains(syntax);
    if (underlined) out.append("\\underline{");
    write(syntax);
    if (underlined) out.append("}");
    return this;
  }

  private void write(Syntax syntax) {
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
  }

  private void number(Rational value) {
    Constant constant = Constant.of(value);
    String letter = constant == null ? "" : constant.equals(Constant.PI) ? "pi" : "e";
    boolean free = !names.contains(letter);
    if (constant != null && free) out.append(letter.equals("pi") ? "\\pi" : "e");
    else out.append(LinearPrinter.decimal(value).replaceAll("e(-?\\d+)", " \\\\cdot 10^{$1}"));
  }

  private void name(String name) {
    boolean unit = name.equals("eye") && !names.contains("eye");
    if (!unit) out.append(symbols.name(name));
    else if (names.contains("I")) out.append("\\operatorname{eye}");
    else out.append(product.equals(" ") ? "I" : "{I}");
  }

  private void transpose(Syntax.Transpose t) {
    if (isInverse(t.operand())) {
      base((Syntax.Call) t.operand());
      out.append("^{-\\top}");
      return;
    }
    base(Brackets.postfix(t.operand()), t.operand());
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
    base(Brackets.postfix(operand), operand);
  }

  /** Below a superscript: a logarithm would not be raised, but what is inside. */
  private void base(boolean needed, Syntax operand) {
    boolean logarithm =
        operand instanceof Syntax.Call c
            && (c.function().equals("logdet") || c.function().equals("gammaln"));
    boolean power =
        operand instanceof Syntax.Numeral n && LinearPrinter.decimal(n.value()).contains("e");
    bracketed(needed || isRaised(operand) || logarithm || power, operand);
  }

  private void call(Syntax.Call c) {
    if (c.arguments().size() == 1 && special(c, c.arguments().getFirst())) return;
    if (c.function().equals("normp") && isOrder(c)) {
      wrap("\\left\\|", c.arguments().getFirst(), "\\right\\|_{");
      plain(c.arguments().getLast());
      out.append("}");
      return;
    }
    if (c.function().equals("ones") || c.function().equals("zeros")) {
      out.append(c.function().equals("ones") ? "\\mathbf{1}" : "\\mathbf{0}").append("_{");
      list(c.arguments(), "\\times ");
      out.append("}");
      return;
    }
    out.append(symbols.function(c.function()));
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
      case "abs" -> {
        int rank = ranks.of(operand);
        if (rank != 0 && rank != 1) return false;
        wrap("\\left|", operand, "\\right|");
      }
      case "norm1", "norm2", "norminf", "nuc" -> {
        String below = norm(c.function(), ranks.of(operand));
        if (below.isEmpty()) return false;
        wrap("\\left\\|", operand, "\\right\\|_" + below);
      }
      case "eye" -> {
        if (names.stream().anyMatch(UNIT_MATRIX)) return false;
        wrap("I_{", operand, "}");
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** What stands below a norm; empty if it is not written as one. */
  private static String norm(String function, int rank) {
    if (function.equals("nuc")) return "*";
    if (rank <= 0) return "";
    return switch (function) {
      case "norm1" -> rank == 1 ? "1" : "{1,1}";
      case "norm2" -> rank == 1 ? "2" : "F";
      default -> rank == 1 ? "{\\infty}" : "{\\max}";
    };
  }

  /** Whether the second argument can stand below a norm. */
  private static boolean isOrder(Syntax.Call c) {
    if (c.arguments().size() != 2) return false;
    return switch (c.arguments().get(1)) {
      case Syntax.Name n -> n.name().length() == 1 && Character.isLowerCase(n.name().charAt(0));
      case Syntax.Numeral n ->
          n.value().isInt() && n.value().intValue() > 2 && n.value().intValue() < 100;
      default -> false;
    };
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
    // What could be a variable with a subscript is bracketed: x_1 is one, (x)_1 is none.
    boolean number = i.indices().size() == 1 && i.indices().getFirst() instanceof Syntax.Numeral;
    boolean variable =
        i.target() instanceof Syntax.Name n
            && (LatexSymbols.hasSubscript(n.name())
                || (number && !indexNotation)
                || names.contains(n.name() + "_" + subscript(i)));
    base(
        Brackets.postfix(i.target())
            || i.target() instanceof Syntax.Index
            || hasSubscript(i.target())
            || variable,
        i.target());
    out.append("_{");
    boolean letters = i.indices().stream().allMatch(LatexPrinter::isLetter);
    list(i.indices(), letters ? "" : ",");
    out.append("}");
  }

  /** Indices without anything between them; nothing if there is more to them than a word. */
  private static String subscript(Syntax.Index i) {
    StringBuilder subscript = new StringBuilder();
    for (Syntax index : i.indices()) {
      switch (index) {
        case Syntax.Name n when !n.name().equals("end") -> subscript.append(n.name());
        case Syntax.Numeral m -> subscript.append(m.value());
        default -> {
          return "";
        }
      }
    }
    return subscript.toString();
  }

  /** Whether it ends in a subscript: LaTeX allows no second one. */
  private static boolean hasSubscript(Syntax s) {
    if (!(s instanceof Syntax.Call c)) return false;
    return switch (c.function()) {
      case "ones", "zeros", "eye", "norm1", "norm2", "norminf", "normp", "nuc" -> true;
      default -> false;
    };
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
        boolean minus = b.left() instanceof Syntax.Negate && startsTerm();
        out.append(minus ? "-\\frac{" : "\\frac{");
        plain(minus ? ((Syntax.Negate) b.left()).operand() : b.left());
        out.append("}{");
        plain(b.right());
        out.append("}");
      }
      case POWER, ELEMENTWISE_POWER -> {
        base(Brackets.left(b.operator(), b.left()), b.left());
        out.append(b.operator() == BinaryOperator.POWER ? "^{" : "^{\\odot ");
        // T and H above would transpose.
        boolean letter =
            b.right() instanceof Syntax.Name n && (n.name().equals("T") || n.name().equals("H"));
        bracketed(letter, b.right());
        out.append("}");
      }
      default -> {
        boolean solved =
            b.operator() == BinaryOperator.MULTIPLY
                && b.left() instanceof Syntax.Binary l
                && l.operator() == BinaryOperator.LEFT_DIVIDE;
        bracketed(solved || Brackets.left(b.operator(), b.left()), b.left());
        String right = apart(Brackets.right(b.operator(), b.right()), b.right());
        out.append(sign(b, right)).append(right);
      }
    }
  }

  /** Whether a minus can stand here without another sign before it. */
  private boolean startsTerm() {
    return out.isEmpty() ? !continues : "({=|".indexOf(out.charAt(out.length() - 1)) >= 0;
  }

  private String sign(Syntax.Binary b, String right) {
    return switch (b.operator()) {
      case ADD -> " + ";
      case SUBTRACT -> " - ";
      case MULTIPLY -> {
        boolean number = Character.isDigit(right.charAt(0)) || right.charAt(0) == '-';
        boolean function = right.startsWith("\\left(") && LIKE_FUNCTIONS.contains(last(b.left()));
        if (number || function) yield " \\cdot ";
        yield endsWithWord() || right.startsWith(LatexSymbols.WORD) ? " \\, " : product;
      }
      case ELEMENTWISE_MULTIPLY -> " \\odot ";
      case ELEMENTWISE_DIVIDE -> " \\oslash ";
      case LEFT_DIVIDE -> " \\backslash ";
      default -> " \\otimes ";
    };
  }

  /** Words are set without gaps: two of them, or one and a letter, would be read as one. */
  private boolean endsWithWord() {
    int word = out.lastIndexOf(LatexSymbols.WORD);
    return word >= 0 && out.indexOf("}", word) == out.length() - 1;
  }

  /** The name that a product ends with; empty if it ends otherwise. */
  private static String last(Syntax s) {
    return switch (s) {
      case Syntax.Name n -> n.name();
      case Syntax.Negate n -> last(n.operand());
      case Syntax.Binary b when b.operator() == BinaryOperator.MULTIPLY -> last(b.right());
      default -> "";
    };
  }
}
