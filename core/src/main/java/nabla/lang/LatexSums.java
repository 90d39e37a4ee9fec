package nabla.lang;

import java.util.ArrayList;
import java.util.List;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;

/** {@code \sum_i}, {@code \sum_{i=1}^n}, {@code \sum_{i,j}} and the product that follows. */
final class LatexSums {
  private final LatexParser parser;
  private final LatexCursor in;
  private final LatexNames names;

  LatexSums(LatexParser parser) {
    this.parser = parser;
    this.in = parser.in;
    this.names = parser.names;
  }

  Syntax read() {
    LatexToken sign = in.next();
    List<Syntax> indices = new ArrayList<>();
    Syntax size = new Syntax.Colon(sign.span());
    boolean bounded = false;
    for (int k = 0; k < 2; k++) {
      if (in.peek().is("_") && indices.isEmpty()) bounded = below(sign, indices);
      else if (in.peek().is("^")) size = above();
    }
    Span head = sign.span().to(in.before());
    if (indices.isEmpty()) {
      throw in.error(Code.SYNTAX, head, "a sum needs an index below it", "write \\sum_i");
    }
    if (bounded == size instanceof Syntax.Colon) {
      throw in.error(
          Code.SYNTAX, head, "a sum has both bounds or none", "write \\sum_{i=1}^{n} or \\sum_i");
    }
    List<Syntax> arguments = new ArrayList<>();
    int before = names.bound.size();
    for (Syntax index : indices) names.bound.add(((Syntax.Name) index).name());
    boolean product = sign.text().equals("prod");
    arguments.add(product ? parser.factor() : parser.product(null));
    while (names.bound.size() > before) names.bound.removeLast();
    if (product && parser.continuesProduct()) {
      throw in.error(
          Code.SYNTAX,
          sign.span().to(in.before()),
          "readers differ on how far the product reaches",
          "put brackets around what is multiplied, or around the product");
    }
    for (Syntax index : indices) {
      arguments.add(index);
      arguments.add(size);
    }
    String function = product ? EntrySums.PRODUCT : EntrySums.SUM;
    boolean twice =
        arguments.getFirst() instanceof Syntax.Call inner && inner.function().equals(function);
    if (twice) {
      Syntax.Call inner = (Syntax.Call) arguments.getFirst();
      arguments.set(0, inner.arguments().getFirst());
      arguments.addAll(inner.arguments().subList(1, inner.arguments().size()));
    }
    Syntax.Call sum =
        new Syntax.Call(function, List.copyOf(arguments), sign.span().to(in.before()));
    boolean outermost = names.bound.isEmpty() && !names.indexNotation;
    return outermost ? EntrySums.read(sum, in) : sum;
  }

  /** The indices; whether they start at 1. */
  private boolean below(LatexToken sign, List<Syntax> indices) {
    in.next();
    List<LatexToken> tokens = in.group();
    Span span = sign.span().to(in.before());
    int equals = -1;
    for (int k = 0; k < tokens.size(); k++) if (tokens.get(k).is("=")) equals = k;
    List<LatexToken> letters = equals < 0 ? tokens : tokens.subList(0, equals);
    for (LatexToken t : letters) {
      if (t.is(",")) continue;
      if (t.kind() != LatexToken.Kind.LETTER) throw unsupported(span);
      if (names.bound.contains(t.text())) {
        throw in.error(
            Code.SYNTAX, t.span(), t.text() + " is an index of two sums", "take another letter");
      }
      indices.add(new Syntax.Name(t.text(), t.span()));
    }
    if (indices.isEmpty()) throw unsupported(span);
    if (equals < 0) return false;
    List<LatexToken> from = tokens.subList(equals + 1, tokens.size());
    boolean one = from.size() == 1 && from.getFirst().text().equals("1");
    if (!one) throw unsupported(span);
    return true;
  }

  private NablaException unsupported(Span span) {
    return in.error(
        Code.UNSUPPORTED,
        span,
        "sums run over all of an axis",
        "write \\sum_i, or cut the vector first: (x)_{2:n}");
  }

  private Syntax above() {
    in.next();
    Span start = in.peek().span();
    List<LatexToken> tokens = in.group();
    Span span = start.to(in.before());
    if (tokens.isEmpty()) throw in.error(Code.SYNTAX, span, "the upper bound is missing", "");
    Syntax size = parser.part(tokens, span);
    if (Calls.polynomial(size) == null) {
      throw in.error(Code.KIND, span, "a sum runs to a size: a name or a whole number", "");
    }
    return size;
  }
}
