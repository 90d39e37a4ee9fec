package nabla.engine.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;

/**
 * Arrays as nested lists of numbers, as RFC 8259 spells them; {@code "NaN"}, {@code "Infinity"} and
 * {@code "-Infinity"} stand in quotes, but Python's way without is read, too. Numbers go straight
 * into the array, and no value of any other kind is one, so a general reader would be no help.
 */
final class JsonArrays {
  static final int MOST_AXES = 64;
  private static final int OPEN = -1;
  private static final int END = -1;

  private final String name;
  private final byte[] text;
  private int at;

  // of the array that is being read
  private Entries entries = new Entries();
  private int[] sizes = new int[0];
  private int rank = OPEN;

  private JsonArrays(String name, byte[] text) {
    this.name = name;
    this.text = text;
  }

  /**
   * Reads an object of arrays, or one array.
   *
   * @param alone the name of an array that stands alone
   */
  static Map<String, NumericArray> read(String name, byte[] text, String alone) {
    JsonArrays json = new JsonArrays(name, text);
    if (text.length >= 3 && new String(text, 0, 3, UTF_8).equals("\ufeff")) json.at = 3;
    Map<String, NumericArray> arrays = new LinkedHashMap<>();
    if (json.accept('{')) json.fields(arrays);
    else arrays.put(alone, json.array());
    json.space();
    if (json.peek() != END) throw json.wrong("nothing may follow");
    return arrays;
  }

  private NablaException wrong(String message) {
    int line = 1;
    int lineStart = 0;
    for (int k = 0; k < at; k++) {
      if (text[k] == '\n') {
        line++;
        lineStart = k + 1;
      }
    }
    int column = new String(text, lineStart, at - lineStart, UTF_8).length() + 1;
    return new NablaException(
        Code.VALUE, name + ", line " + line + ", character " + column + ": " + message);
  }

  private int peek() {
    return at < text.length ? text[at] & 0xff : END;
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

  private void fields(Map<String, NumericArray> into) {
    if (accept('}')) return;
    do {
      space();
      int start = at;
      if (peek() != '"') throw wrong("the name of an array is expected, in double quotes");
      String field = string();
      if (into.containsKey(field)) {
        at = start;
        throw wrong("\"" + field + "\" stands twice");
      }
      if (!accept(':')) throw wrong("':' is expected after a name");
      into.put(field, array());
    } while (accept(','));
    if (!accept('}')) throw wrong("',' or '}' is expected after an array");
  }

  private NumericArray array() {
    entries = new Entries();
    sizes = new int[MOST_AXES];
    Arrays.fill(sizes, OPEN);
    rank = OPEN;
    value(0);
    int axes = 0;
    while (axes < MOST_AXES && sizes[axes] != OPEN) axes++;
    return NumericArray.of(Arrays.copyOf(sizes, axes), entries.toArray());
  }

  private void value(int depth) {
    space();
    if (peek() == '[') {
      list(depth);
      return;
    }
    if ((depth < MOST_AXES && sizes[depth] != OPEN) || (rank != OPEN && rank != depth)) {
      throw wrong("is ragged: a list is expected, as elsewhere at this depth");
    }
    rank = depth;
    entries.add(number());
  }

  private void list(int depth) {
    if (depth == MOST_AXES) throw wrong("has more than " + MOST_AXES + " axes");
    if (rank == depth) throw wrong("is ragged: a number is expected, as elsewhere at this depth");
    int start = at++;
    int size = 0;
    if (!accept(']')) {
      do {
        value(depth + 1);
        size++;
      } while (accept(','));
      if (!accept(']')) throw wrong("',' or ']' is expected after an element");
    }
    if (sizes[depth] != OPEN && sizes[depth] != size) {
      at = start;
      throw wrong("is ragged: a list of " + size + ", where the first has " + sizes[depth]);
    }
    sizes[depth] = size;
  }

  private double number() {
    int start = at;
    if (peek() == '"') return inQuotes();
    while (isOfNumber(peek())) at++;
    boolean spelled =
        isJsonNumber(start, at) || isNonFinite(new String(text, start, at - start, UTF_8));
    try {
      if (spelled) return Decimal.parse(text, start, at);
    } catch (NumberFormatException e) {
      at = start;
      throw wrong(String.valueOf(e.getMessage()));
    }
    int end = at;
    at = start;
    if (end == start) throw wrong(start == text.length ? "ends too early" : "a number is expected");
    String found = new String(text, start, Math.min(24, end - start), UTF_8);
    throw wrong("\"" + found + "\" is no number of JSON");
  }

  private double inQuotes() {
    int start = at;
    String word = string();
    if (!isNonFinite(word)) {
      at = start;
      throw wrong(
          "a number is expected; of texts, only \"NaN\", \"Infinity\" and \"-Infinity\" are");
    }
    return Double.parseDouble(word);
  }

  private static boolean isNonFinite(String word) {
    return word.equals("NaN") || word.equals("Infinity") || word.equals("-Infinity");
  }

  private static boolean isOfNumber(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '-'
        || c == '+'
        || c == '.';
  }

  /** No plus, no leading zeros, and digits on both sides of a point; Decimal sees to the rest. */
  private boolean isJsonNumber(int from, int to) {
    int k = from < to && text[from] == '-' ? from + 1 : from;
    if (k == to || !isDigit(text[k])) return false;
    if (text[k] == '0' && k + 1 < to && (isDigit(text[k + 1]) || (text[k + 1] | 32) == 'x'))
      return false;
    while (k < to && isDigit(text[k])) k++;
    return k == to || text[k] != '.' || (k + 1 < to && isDigit(text[k + 1]));
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  private String string() {
    int open = at++;
    StringBuilder read = new StringBuilder();
    int plain = at;
    while (peek() != '"') {
      if (peek() == END) {
        at = open;
        throw wrong("the text has no closing quote");
      }
      if (peek() < ' ') throw wrong("a control character in a text is written \\u00XX");
      if (peek() != '\\') {
        at++;
        continue;
      }
      read.append(new String(text, plain, at - plain, UTF_8)).append(escaped());
      plain = at;
    }
    read.append(new String(text, plain, at - plain, UTF_8));
    at++;
    return read.toString();
  }

  private char escaped() {
    at++;
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
        String digits = new String(text, at, Math.min(4, text.length - at), UTF_8);
        if (!digits.matches("[0-9a-fA-F]{4}")) throw wrong("\\u takes four hexadecimal digits");
        at += 4;
        yield (char) Integer.parseInt(digits, 16);
      }
      default -> {
        at--;
        throw wrong("no such escape; a backslash is written \\\\");
      }
    };
  }

  /** Writes an object of arrays, one array a line at least. */
  static void write(Writer out, Map<String, NumericArray> arrays) throws IOException {
    String before = "{";
    for (Map.Entry<String, NumericArray> array : arrays.entrySet()) {
      out.write(before);
      out.write(quoted(array.getKey()));
      out.write(": ");
      write(out, array.getValue());
      before = ",\n ";
    }
    out.write(arrays.isEmpty() ? "{}" : "}");
  }

  private static String quoted(String name) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int k = 0; k < name.length(); k++) {
      char c = name.charAt(k);
      if (c == '"' || c == '\\') quoted.append('\\').append(c);
      else if (c < ' ' || Character.isSurrogate(c)) quoted.append("\\u%04x".formatted((int) c));
      else quoted.append(c);
    }
    return quoted.append('"').toString();
  }

  static void write(Writer out, NumericArray array) throws IOException {
    write(out, array, 0, 0);
  }

  private static void write(Writer out, NumericArray array, int axis, int position)
      throws IOException {
    if (axis == array.rank()) {
      double entry = array.data()[position];
      out.write(Double.isFinite(entry) ? Double.toString(entry) : "\"" + entry + "\"");
      return;
    }
    String separator = axis == array.rank() - 1 ? ", " : ",\n" + " ".repeat(axis + 1);
    out.write("[");
    for (int k = 0; k < array.size(axis); k++) {
      if (k > 0) out.write(separator);
      write(out, array, axis + 1, position * array.size(axis) + k);
    }
    out.write("]");
  }
}
