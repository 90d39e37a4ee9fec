package nabla.lang;

/**
 * Parts of the input as they can stand in a longer expression, and what to write in their place; in
 * LaTeX if the input is.
 */
final class Wording {
  private final Mistakes mistakes;
  private final boolean latex;

  Wording(Mistakes mistakes) {
    this.mistakes = mistakes;
    this.latex = mistakes.isLatex();
  }

  String quoted(Syntax part) {
    String text = mistakes.text(part);
    if (text.startsWith("(-")) return text;
    boolean braces = latex && text.startsWith("{") && text.endsWith("}");
    if (braces) text = text.substring(1, text.length() - 1).strip();
    boolean loose =
        switch (part) {
          case Syntax.Binary b -> braces || !isBracketed(b);
          case Syntax.Negate _ -> true;
          case Syntax.Call _ -> latex && "}]|)".indexOf(text.charAt(text.length() - 1)) < 0;
          default -> false;
        };
    return loose ? "(" + text + ")" : text;
  }

  static boolean isBracketed(Syntax.Binary b) {
    return b.span().start() < b.left().span().start();
  }

  String transposed(Syntax part) {
    return part instanceof Syntax.Transpose t ? quoted(t.operand()) : transposed(quoted(part));
  }

  String transposed(String factor) {
    return factor + (latex ? "^\\top" : "'");
  }

  String product(String left, String right) {
    if (!latex) return left + "*" + right;
    // A number after a factor could be an index, and f(x) a function.
    boolean sign = right.startsWith("(") || Character.isDigit(right.charAt(0));
    return left + (sign ? " \\cdot " : " ") + right;
  }

  String elementwise(String left, String right) {
    return left + (latex ? " \\odot " : ".*") + right;
  }

  String quotient(String left, String right) {
    return left + (latex ? " \\oslash " : "./") + right;
  }

  String power(Syntax base, Syntax exponent) {
    if (!latex) return quoted(base) + ".^" + quoted(exponent);
    return quoted(base) + "^{\\odot " + mistakes.text(exponent) + "}";
  }

  String entry(Syntax target, String indices) {
    return mistakes.text(target) + (latex ? "_{" + indices + "}" : "[" + indices + "]");
  }

  String call(String function, Syntax argument) {
    String name = latex ? "\\operatorname{" + function + "}" : function;
    return name + "(" + mistakes.text(argument) + ")";
  }

  String ones(String size) {
    return latex ? "\\mathbf{1}_{" + size + "}" : "ones(" + size + ")";
  }
}
