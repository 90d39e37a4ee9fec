package nabla.lang;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The commands of LaTeX that are read, by what they mean. */
final class LatexCommands {
  private LatexCommands() {}

  /** Space, size and style, which mean nothing. */
  static final Set<String> IGNORED =
      Set.of(
          ",",
          ";",
          ":",
          "!",
          " ",
          ">",
          "quad",
          "qquad",
          "thinspace",
          "displaystyle",
          "textstyle",
          "scriptstyle",
          "limits",
          "nolimits",
          "nonumber",
          "left",
          "right",
          "middle",
          "big",
          "Big",
          "bigg",
          "Bigg",
          "bigl",
          "Bigl",
          "biggl",
          "Biggl",
          "bigr",
          "Bigr",
          "biggr",
          "Biggr",
          "bigm",
          "mathop",
          "mathrel",
          "mathbin",
          "phantom",
          "null",
          "relax");

  /** Those before a delimiter that opens, and those before one that closes. */
  static final Set<String> OPENING = Set.of("left", "bigl", "Bigl", "biggl", "Biggl");

  static final Set<String> CLOSING = Set.of("right", "bigr", "Bigr", "biggr", "Biggr");

  /** Their content is text, and no formula. */
  static final Set<String> WORDS =
      Set.of(
          "text",
          "mathrm",
          "operatorname",
          "operatorname*",
          "mathit",
          "mathsf",
          "mathtt",
          "textrm",
          "textit",
          "textsf",
          "texttt",
          "textbf",
          "mbox",
          "rm",
          "begin",
          "end");

  /** Letters in another shape; the shape is no part of the name. */
  static final Set<String> FONTS =
      Set.of(
          "mathbf",
          "boldsymbol",
          "bm",
          "vec",
          "mathcal",
          "mathbb",
          "mathfrak",
          "mathscr",
          "pmb",
          "mathnormal",
          "underline",
          "symbf");

  /** Marks above a letter, which become a part of the name. */
  static final Map<String, String> ACCENTS =
      Map.ofEntries(
          Map.entry("hat", "hat"),
          Map.entry("widehat", "hat"),
          Map.entry("tilde", "tilde"),
          Map.entry("widetilde", "tilde"),
          Map.entry("bar", "bar"),
          Map.entry("overline", "bar"),
          Map.entry("check", "check"));

  static final Map<String, BinaryOperator> OPERATORS =
      Map.ofEntries(
          Map.entry("cdot", BinaryOperator.MULTIPLY),
          Map.entry("times", BinaryOperator.MULTIPLY),
          Map.entry("ast", BinaryOperator.MULTIPLY),
          Map.entry("odot", BinaryOperator.ELEMENTWISE_MULTIPLY),
          Map.entry("circ", BinaryOperator.ELEMENTWISE_MULTIPLY),
          Map.entry("oslash", BinaryOperator.ELEMENTWISE_DIVIDE),
          Map.entry("div", BinaryOperator.DIVIDE),
          Map.entry("otimes", BinaryOperator.KRONECKER),
          Map.entry("backslash", BinaryOperator.LEFT_DIVIDE),
          Map.entry("setminus", BinaryOperator.LEFT_DIVIDE));

  /** Functions with a command, or an upright name, of their own. */
  static final Map<String, String> FUNCTIONS =
      Map.ofEntries(
          Map.entry("exp", "exp"),
          Map.entry("log", "log"),
          Map.entry("ln", "log"),
          Map.entry("sin", "sin"),
          Map.entry("cos", "cos"),
          Map.entry("tan", "tan"),
          Map.entry("arcsin", "arcsin"),
          Map.entry("arccos", "arccos"),
          Map.entry("arctan", "arctan"),
          Map.entry("sinh", "sinh"),
          Map.entry("cosh", "cosh"),
          Map.entry("tanh", "tanh"),
          Map.entry("det", "det"),
          Map.entry("max", "max"),
          Map.entry("min", "min"),
          Map.entry("tr", "tr"),
          Map.entry("Tr", "tr"),
          Map.entry("trace", "tr"),
          Map.entry("diag", "diag"));

  /** Upright names that mean a function of another name. */
  static final Map<String, String> SPELLINGS =
      Map.ofEntries(
          Map.entry("Tr", "tr"),
          Map.entry("Trace", "tr"),
          Map.entry("trace", "tr"),
          Map.entry("Diag", "diag"),
          Map.entry("Det", "det"),
          Map.entry("sgn", "sign"),
          Map.entry("ReLU", "relu"),
          Map.entry("Softmax", "softmax"),
          Map.entry("LSE", "lse"),
          Map.entry("logsumexp", "lse"),
          Map.entry("Vec", "vec"));

  /** Letters that have a second shape. */
  private static final Map<String, String> VARIANTS =
      Map.of(
          "varepsilon", "epsilon",
          "vartheta", "theta",
          "varphi", "phi",
          "varrho", "rho",
          "varsigma", "sigma",
          "varkappa", "kappa",
          "ell", "l");

  /** What is known but not computed with, and why. */
  static final Map<String, String> UNSUPPORTED =
      Map.ofEntries(
          Map.entry("partial", "derivatives are asked for with a variable, not written out"),
          Map.entry("nabla", "derivatives are asked for with a variable, not written out"),
          Map.entry("int", "integrals are not supported"),
          Map.entry("lim", "limits are not supported"),
          Map.entry("sup", "suprema are not supported"),
          Map.entry("inf", "infima are not supported"),
          Map.entry("binom", "binomial coefficients are not supported"),
          Map.entry("langle", "inner products are written x^\\top y"),
          Map.entry("in", "a set is no part of an expression"),
          Map.entry("sim", "a distribution is no part of an expression"),
          Map.entry("leq", "a comparison is no part of an expression"),
          Map.entry("geq", "a comparison is no part of an expression"),
          Map.entry("dots", "write all of it out"),
          Map.entry("ldots", "write all of it out"),
          Map.entry("cdots", "write all of it out"),
          Map.entry("dot", "write the derivative under a name of its own"),
          Map.entry("bf", "write \\mathbf{x}"),
          Map.entry("infty", "infinity is no number here"),
          Map.entry("Re", "all numbers are real"),
          Map.entry("Im", "all numbers are real"));

  /** Everything else that the parser knows. */
  private static final Set<String> STRUCTURE =
      Set.of(
          "frac",
          "tfrac",
          "dfrac",
          "cfrac",
          "sqrt",
          "top",
          "intercal",
          "prime",
          "dagger",
          "sum",
          "prod",
          "|",
          "lVert",
          "rVert",
          "Vert",
          "lvert",
          "rvert",
          "vert",
          "mid",
          "{",
          "}",
          "lbrace",
          "rbrace",
          "lbrack",
          "rbrack",
          "infty",
          "\\",
          "star",
          "*",
          "(",
          ")",
          "[",
          "]");

  private static final Set<String> ALL = new HashSet<>();

  private static final Map<String, String> LETTERS = new HashMap<>();

  static {
    for (String name : Greek.WITH_COMMAND) LETTERS.put(name, name);
    LETTERS.put("omicron", "omicron");
    LETTERS.putAll(VARIANTS);
    ALL.addAll(LETTERS.keySet());
    ALL.addAll(IGNORED);
    ALL.addAll(WORDS);
    ALL.addAll(FONTS);
    ALL.addAll(ACCENTS.keySet());
    ALL.addAll(OPERATORS.keySet());
    ALL.addAll(FUNCTIONS.keySet());
    ALL.addAll(UNSUPPORTED.keySet());
    ALL.addAll(STRUCTURE);
  }

  /** The name of a letter that a command stands for, or null. */
  static @Nullable String letter(String command) {
    return LETTERS.get(command);
  }

  static boolean isKnown(String command) {
    return ALL.contains(command);
  }

  /** The commands that are worth proposing. */
  static List<String> supported() {
    return ALL.stream()
        .filter(name -> name.length() > 1 && !UNSUPPORTED.containsKey(name))
        .toList();
  }

  /** Whether the text form could mean a name after its left division by this. */
  static boolean isAlsoName(String command) {
    return LETTERS.containsKey(command) || Calls.isFunction(command);
  }
}
