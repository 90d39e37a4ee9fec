package nabla.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as RFC 8259 has it, and says where a text is none. Values are maps, lists, strings,
 * {@link BigDecimal}, booleans and nulls.
 */
public final class JsonText {
  private static final int DEEPEST = 60;
  private static final int LONGEST_NUMBER = 1_000;
  private static final int END = -1;

  private final String text;
  private int at;

  private JsonText(String text) {
    this.text = text;
  }

  /**
   * Reads an object.
   *
   * @param into gets the fields one by one; if the text turns out to be no JSON it has those before
   * @throws NablaException with {@link Code#REQUEST} if the text is not one object
   */
  public static void read(String text, Map<String, @Nullable Object> into) {
    read(text, "a request is an object: {\"expr\": …, \"wrt\": …}", into);
  }

  /** The same of an object that is no request, with what is said if the text is none. */
  public static void read(String text, String expected, Map<String, @Nullable Object> into) {
    JsonText json = new JsonText(text);
    json.space();
    if (json.peek() != '{') throw json.error(expected);
    json.fields(into, 1);
    json.end("the object");
  }

  /** Reads any value. */
  public static @Nullable Object value(String text) {
    JsonText json = new JsonText(text);
    Object value = json.value(1);
    json.end("the value");
    return value;
  }

  private void end(String what) {
    space();
    if (peek() != END) throw error("nothing may follow " + what);
  }

  private NablaException error(String message) {
    int column = text.codePointCount(0, at);
    int length = at < text.length() ? 1 : 0;
    return new NablaException(
        new Diagnostic(Code.REQUEST, "no JSON: " + message, new Span(column, length), text));
  }

  private int peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private void space() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') at++;
  }

  private boolean accept(char c) {
    space();
    if (peek() != c) return false;
    at++;
    return true;
  }

  private @Nullable Object value(int depth) {
    if (depth > DEEPEST) throw error("nested deeper than " + DEEPEST);
    space();
    return switch (peek()) {
      case '{' -> {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields(fields, depth);
        yield fields;
      }
      case '[' -> list(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      case END -> throw error("the line ends too early");
      default -> number();
    };
  }

  private void fields(Map<String, @Nullable Object> into, int depth) {
    at++;
    if (accept('}')) return;
    do {
      space();
      int start = at;
      if (peek() != '"') throw error("the name of a field is expected, in double quotes");
      String name = string();
      if (into.containsKey(name)) {
        at = start;
        throw error("the field \"" + name + "\" stands twice");
      }
      if (!accept(':')) throw error("':' is expected after the name of a field");
      into.put(name, value(depth + 1));
    } while (accept(','));
    if (!accept('}')) throw error("',' or '}' is expected after a field");
  }

  private List<@Nullable Object> list(int depth) {
    List<@Nullable Object> values = new ArrayList<>();
    at++;
    if (accept(']')) return values;
    do {
      values.add(value(depth + 1));
    } while (accept(','));
    if (!accept(']')) throw error("',' or ']' is expected after an element");
    return values;
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) throw error("a value is expected");
    at += word.length();
    return value;
  }

  private BigDecimal number() {
    int start = at;
    if (peek() == '-') at++;
    if (peek() == '0') at++;
    else digits(start);
    if (peek() == '.') {
      at++;
      digits(start);
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') at++;
      digits(start);
    }
    if (at - start <= LONGEST_NUMBER) {
      try {
        return new BigDecimal(text.substring(start, at));
      } catch (NumberFormatException exponentTooLarge) {
        // the same answer as for too many digits
      }
    }
    at = start;
    throw error("the number is too long");
  }

  private void digits(int start) {
    int first = at;
    while (peek() >= '0' && peek() <= '9') at++;
    if (at > first) return;
    if (at == start) throw error("a value is expected");
    throw error("a digit is expected");
  }

  private String string() {
    int open = at++;
    StringBuilder read = new StringBuilder();
    while (true) {
      int c = peek();
      if (c == END) {
        at = open;
        throw error("the text has no closing quote");
      }
      if (c < ' ') throw error("a control character in a text is written \\u" + hex(c));
      at++;
      if (c == '"') return read.toString();
      read.append(c == '\\' ? escaped() : (char) c);
    }
  }

  private static String hex(int c) {
    return String.format("%04x", c);
  }

  private char escaped() {
    int c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> (char) c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        String digits = text.substring(at, Math.min(text.length(), at + 4));
        if (!digits.matches("[0-9a-fA-F]{4}")) throw error("\\u takes four hexadecimal digits");
        at += 4;
        yield (char) Integer.parseInt(digits, 16);
      }
      default -> {
        at--;
        throw error("no such escape; a backslash is written \\\\");
      }
    };
  }
}
