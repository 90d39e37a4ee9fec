package nabla.engine.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;

/**
 * Rows of numbers. What separates them is seen from the first line: a tab, else a semicolon, else a
 * comma, else blanks. That line is a header, and skipped, if none of its cells is like a number; so
 * a mistake in a row of numbers is never taken for a header. A cell may stand in quotes, {@code #}
 * begins a comment, empty lines are nothing, and an empty cell is an error.
 */
final class Csv {
  /** What other programs write where a number is missing: no names of columns. */
  private static final Set<String> MISSING = Set.of("", "NA", "N/A", "null", "NULL", "None");

  private final String name;
  private final byte[] text;
  private final Entries entries = new Entries();
  private int at;
  private int line = 1;
  private char delimiter;

  private Csv(String name, byte[] text) {
    this.name = name;
    this.text = text;
  }

  /** Reads a matrix. */
  static NumericArray read(String name, byte[] text) {
    Csv csv = new Csv(name, text);
    csv.skipByteOrderMark();
    return csv.matrix();
  }

  private void skipByteOrderMark() {
    int first = text.length < 2 ? 0 : (text[0] & 0xff) << 8 | (text[1] & 0xff);
    if (first == 0xfffe || first == 0xfeff) {
      throw new NablaException(Code.VALUE, name + ": is UTF-16; save it as UTF-8");
    }
    if (first == 0xefbb && text.length > 2 && text[2] == (byte) 0xbf) at = 3;
  }

  private NumericArray matrix() {
    delimiter = ' ';
    if (!toNextRow()) throw new NablaException(Code.VALUE, name + ": holds no numbers");
    delimiter = detected();
    // a tab that seemed to indent the row ends an empty cell
    while (delimiter == '\t' && at > 0 && text[at - 1] == '\t') at--;
    List<String> header = header();
    int headerLine = line;
    if (!header.isEmpty() && !toNextRow()) {
      throw new NablaException(Code.VALUE, name + ": holds no numbers");
    }
    int firstLine = line;
    int columns = row();
    if (!header.isEmpty() && header.size() != columns && (columns > 1 || delimiter != ' ')) {
      throw wrong(
          cells(columns) + ", where the header in line " + headerLine + " has " + header.size());
    }
    int rows = 1;
    for (; toNextRow(); rows++) {
      int found = row();
      if (found != columns) {
        throw wrong(cells(found) + ", where line " + firstLine + " has " + columns);
      }
    }
    return NumericArray.of(new int[] {rows, columns}, entries.toArray());
  }

  private static String cells(int count) {
    return count == 1 ? "1 cell" : count + " cells";
  }

  private NablaException wrong(String message) {
    return new NablaException(Code.VALUE, name + ", line " + line + ": " + message);
  }

  /** Moves to the first cell of the next row that has some; false at the end. */
  private boolean toNextRow() {
    while (at < text.length) {
      skipBlanks();
      if (!atRowEnd()) return true;
      skipLine();
    }
    return false;
  }

  private void skipBlanks() {
    while (at < text.length && isBlank(text[at])) at++;
  }

  private boolean isBlank(byte c) {
    return c == ' ' || (c == '\t' && delimiter != '\t');
  }

  private boolean atRowEnd() {
    return at == text.length || isLineEnd(text[at]) || text[at] == '#';
  }

  private static boolean isLineEnd(byte c) {
    return c == '\n' || c == '\r';
  }

  private void skipLine() {
    while (at < text.length && !isLineEnd(text[at])) at++;
    if (at == text.length) return;
    if (text[at] == '\r' && at + 1 < text.length && text[at + 1] == '\n') at++;
    at++;
    line++;
  }

  /** What separates the cells of the row that begins here. */
  private char detected() {
    boolean quoted = false;
    boolean tab = false;
    boolean tabBefore = false;
    boolean semicolon = false;
    boolean comma = false;
    for (int k = at; k < text.length && !isLineEnd(text[k]); k++) {
      byte c = text[k];
      if (c == '"') quoted = !quoted;
      if (quoted) continue;
      if (c == '#' && isBlank(text[k - 1])) break;
      tabBefore |= c == '\t';
      // tabs at the end of a row separate nothing
      tab |= tabBefore && !isBlank(c);
      semicolon |= c == ';';
      comma |= c == ',';
    }
    return tab ? '\t' : semicolon ? ';' : comma ? ',' : ' ';
  }

  /** The cells of a header, behind it then; none if the row that begins here is no header. */
  private List<String> header() {
    int start = at;
    List<String> cells = new ArrayList<>();
    do {
      skipBlanks();
      String cell = cell();
      if (MISSING.contains(cell) || isLikeNumber(cell)) {
        at = start;
        return List.of();
      }
      cells.add(cell);
    } while (toNextCell());
    return cells;
  }

  /** Begins like a number, or is one of the numbers that are words. */
  private static boolean isLikeNumber(String cell) {
    if (cell.matches("(?s)[+-]?\\.?[0-9].*")) return true;
    byte[] bytes = cell.getBytes(UTF_8);
    try {
      Decimal.parse(bytes, 0, bytes.length);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Reads the row that begins here, and counts its cells. */
  private int row() {
    int columns = 0;
    do {
      columns++;
      skipBlanks();
      entries.add(number(columns));
    } while (toNextCell());
    return columns;
  }

  private double number(int column) {
    int start = at;
    // the usual case without making a text: the cell ends where the number does
    while (at < text.length && text[at] > ' ' && text[at] != delimiter && text[at] != '"') at++;
    int end = at;
    skipBlanks();
    if (end > start && text[start] != '#' && atCellEnd(end)) {
      at = end;
      return parsed(text, start, end, column);
    }
    at = start;
    byte[] cell = cell().getBytes(UTF_8);
    if (cell.length == 0) throw wrong("column " + column + " is empty; a missing number is NaN");
    return parsed(cell, 0, cell.length, column);
  }

  private boolean atCellEnd(int end) {
    return atRowEnd() || text[at] == delimiter || (delimiter == ' ' && at > end);
  }

  private double parsed(byte[] from, int start, int end, int column) {
    try {
      return Decimal.parse(from, start, end);
    } catch (NumberFormatException e) {
      String cell = new String(from, start, end - start, UTF_8);
      throw wrong("column " + column + ": " + e.getMessage() + commaHint(cell));
    }
  }

  private static String commaHint(String cell) {
    return cell.matches("[+-]?[0-9]+,[0-9]+") ? "; decimals have a point" : "";
  }

  /** The text of the cell that begins here, behind it then. */
  private String cell() {
    if (at < text.length && text[at] == '"') return quoted();
    int start = at;
    int end = at;
    while (!atRowEnd() && text[at] != delimiter) {
      // a comment begins behind a blank only
      while (at < text.length
          && text[at] != delimiter
          && !isBlank(text[at])
          && !isLineEnd(text[at])) {
        at++;
      }
      end = at;
      if (delimiter == ' ') break;
      skipBlanks();
    }
    return new String(text, start, end - start, UTF_8);
  }

  private String quoted() {
    int open = at++;
    while (at < text.length && (text[at] != '"' || isDoubledQuote())) {
      if (isLineEnd(text[at])) break;
      at++;
    }
    if (at == text.length || text[at] != '"') {
      at = open;
      throw wrong("a quote is not closed");
    }
    String cell = new String(text, open + 1, at - open - 1, UTF_8).replace("\"\"", "\"").strip();
    at++;
    return cell;
  }

  /** Steps onto the second of two quotes, which together are one. */
  private boolean isDoubledQuote() {
    if (at + 1 == text.length || text[at + 1] != '"') return false;
    at++;
    return true;
  }

  /** Moves behind the delimiter; false at the end of the row. */
  private boolean toNextCell() {
    int end = at;
    skipBlanks();
    if (atRowEnd()) return false;
    if (delimiter == ' ' && at > end) return true;
    if (text[at] != delimiter) throw wrong("a quote is closed before the end of a cell");
    at++;
    return true;
  }

  /** Writes the rows of a matrix; a vector is a column. */
  static void write(Writer out, NumericArray array, char delimiter) throws IOException {
    int columns = array.rank() == 2 ? array.size(1) : 1;
    double[] entries = array.data();
    for (int k = 0; k < entries.length; k++) {
      out.write(Double.toString(entries[k]));
      out.write((k + 1) % columns == 0 ? '\n' : delimiter);
    }
  }
}
