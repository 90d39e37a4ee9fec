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
    int indent = before.length() + width(source, from, from + start);
    int place = Math.max(1, width(source, from + start, from + start + length));
    text.append('\n')
        .append("  ")
        .append(" ".repeat(indent))
        .append("^".repeat(place))
        .append('\n');
  }

  /** How many columns of a terminal characters take; those past the end take one. */
  private static int width(int[] source, int from, int to) {
    int width = 0;
    for (int k = from; k < to; k++) width += k < source.length ? width(source[k]) : 1;
    return width;
  }

  /**
   * Combining marks take no column, East Asian letters and emoji two (Unicode, UAX 11: W and F).
   */
  private static int width(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) return 0;
    boolean wide =
        (c >= 0x1100 && c <= 0x115F)
            || (c >= 0x2E80 && c <= 0xA4CF)
            || (c >= 0xAC00 && c <= 0xD7A3)
            || (c >= 0xF900 && c <= 0xFAFF)
            || (c >= 0xFE30 && c <= 0xFE6F)
            || (c >= 0xFF00 && c <= 0xFF60)
            || (c >= 0xFFE0 && c <= 0xFFE6)
            || (c >= 0x1F300 && c <= 0x1FAFF)
            || (c >= 0x20000 && c <= 0x3FFFD);
    return wide ? 2 : 1;
  }

  private static int visible(int c) {
    if (c == '\n' || c == '\r' || c == '\t') return ' ';
    boolean odd = Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
    return odd || Character.getType(c) == Character.SURROGATE ? '·' : c;
  }
}
