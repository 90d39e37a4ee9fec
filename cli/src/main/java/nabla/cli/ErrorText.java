package nabla.cli;

import nabla.diagnostic.Diagnostic;

/** A mistake for people: what is wrong, the line with the place underlined, and a hint. */
final class ErrorText {
  private static final int WIDEST = 76;
  private static final int BEFORE = 30;

  private ErrorText() {}

  static String of(Diagnostic d) {
    StringBuilder text = new StringBuilder("error: ").append(d.message()).append('\n');
    if (d.span().start() >= 0 && !d.source().isBlank()) appendSource(d, text);
    if (!d.hint().isEmpty()) text.append("hint: ").append(d.hint()).append('\n');
    return text.toString();
  }

  /** The source, or what surrounds the place if it is long; odd characters as a dot. */
  private static void appendSource(Diagnostic d, StringBuilder text) {
    int[] source = d.source().codePoints().map(ErrorText::visible).toArray();
    int from = source.length <= WIDEST ? 0 : Math.max(0, d.span().start() - BEFORE);
    int to = Math.min(source.length, from + WIDEST);
    int start = Math.min(d.span().start() - from, WIDEST);
    int length = Math.max(1, Math.min(d.span().length(), to - from - start));
    String before = from > 0 ? "…" : "";
    String after = to < source.length ? "…" : "";
    text.append("  ").append(before).append(new String(source, from, to - from)).append(after);
    text.append('\n').append("  ").append(" ".repeat(before.length() + start));
    text.append("^".repeat(length)).append('\n');
  }

  private static int visible(int c) {
    if (c == '\n' || c == '\r' || c == '\t') return ' ';
    boolean odd = Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
    return odd || Character.getType(c) == Character.SURROGATE ? '·' : c;
  }
}
