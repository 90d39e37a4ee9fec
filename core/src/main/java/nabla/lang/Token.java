package nabla.lang;

import nabla.diagnostic.Span;

/**
 * One word of the input.
 *
 * @param text its normal spelling: {@code .*} for ⊙, {@code alpha} for α
 * @param spaced whether white space stands before it
 */
record Token(Kind kind, String text, Span span, boolean spaced) {
  enum Kind {
    NUMBER,
    NAME,
    TEXT,
    SYMBOL,
    END
  }

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** Whether a value could start here. */
  boolean startsOperand() {
    return kind == Kind.NUMBER || kind == Kind.NAME || kind == Kind.TEXT || is("(") || is("[");
  }

  /** What a message calls it. */
  String described() {
    if (kind == Kind.END) return "the end";
    return text.equals("'") ? "\"'\"" : "'" + text + "'";
  }
}
