package nabla.lang;

import java.util.List;
import java.util.stream.Collectors;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import nabla.tensor.Size;

/**
 * Words for mistakes in one source text: shapes as people write them, parts of the input quoted.
 */
final class Mistakes {
  private final String source;

  Mistakes(String source) {
    this.source = source;
  }

  /** Whether the source is LaTeX, so that what is quoted from it and proposed for it is too. */
  boolean isLatex() {
    return LatexLexer.isLatex(source);
  }

  NablaException at(Syntax where, Code code, String message, String hint) {
    return new NablaException(new Diagnostic(code, message, where.span(), source, hint));
  }

  /** The stretch of input that a part was read from. */
  String text(Syntax part) {
    Span span = part.span();
    if (span.start() < 0) return "it";
    int from = source.offsetByCodePoints(0, span.start());
    return source.substring(from, source.offsetByCodePoints(from, span.length()));
  }

  /** {@code matrix[m,n]}, {@code row[n]}, or {@code a vector} if its size is not known. */
  static String describe(Type type, Sizes sizes) {
    List<Size> shape = sizes.resolve(type.shape());
    String kind =
        switch (type.rank()) {
          case 0 -> "scalar";
          case 1 -> type.row() ? "row" : "vector";
          case 2 -> "matrix";
          default -> "tensor";
        };
    boolean known = shape.stream().noneMatch(s -> s.toString().contains("?"));
    if (shape.isEmpty() || !known) return "a " + kind;
    return shape.stream()
        .map(s -> s.toString().replace(" ", ""))
        .collect(Collectors.joining(",", kind + "[", "]"));
  }

  /** {@code 1 index}, {@code 2 indices}. */
  static String count(int count, String one, String more) {
    return count + " " + (count == 1 ? one : more);
  }

  /** {@code 1 row}, {@code n rows}. */
  static String count(Size size, Sizes sizes, String unit) {
    String text = size(size, sizes);
    return text + " " + unit + (text.equals("1") ? "" : "s");
  }

  static String size(Size size, Sizes sizes) {
    String text = sizes.resolve(size).toString();
    return text.contains("?") ? "an unknown number of" : text;
  }

  /** An index that would run to two sizes. */
  NablaException indexClash(Syntax where, String index, Size own, Size other, Sizes sizes) {
    return at(
        where,
        Code.SHAPE,
        "index " + index + " runs to " + size(own, sizes) + " and to " + size(other, sizes),
        "");
  }
}
