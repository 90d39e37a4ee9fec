package nabla.engine.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/**
 * Matrix Market files of real numbers, dense ({@code array}, column by column) or sparse ({@code
 * coordinate}, indices from 1; what stands twice adds up). Every matrix becomes dense.
 *
 * @see <a href="https://math.nist.gov/MatrixMarket/formats.html">the format</a>
 */
final class MatrixMarket {
  static final String BANNER = "%%MatrixMarket";

  private final String name;
  private final byte[] text;
  private int at;
  private int line = 1;

  /** Where the next word begins and ends, set by {@link #toNextWord}. */
  private int start;

  private MatrixMarket(String name, byte[] text) {
    this.name = name;
    this.text = text;
  }

  private enum Symmetry {
    GENERAL,
    SYMMETRIC,
    SKEW
  }

  private record Header(boolean coordinate, boolean pattern, boolean integer, Symmetry symmetry) {}

  /** Reads a matrix. */
  static NumericArray read(String name, byte[] text) {
    MatrixMarket file = new MatrixMarket(name, text);
    Header header = file.header();
    int rows = file.size("rows");
    int columns = file.size("columns");
    int stored = header.coordinate ? file.size("entries") : 0;
    file.endLine();
    if (header.symmetry != Symmetry.GENERAL && rows != columns) {
      throw file.wrong("a symmetric matrix is square, not " + rows + " x " + columns);
    }
    int count = Sizes.count(name, rows, columns);
    // a stored entry takes two bytes at least; a triangle has nearly half the entries
    if ((header.coordinate ? stored : count / 4) > text.length) {
      throw file.wrong("the file is too short for so many entries");
    }
    double[] entries = Sizes.zeros(name, count);
    if (header.coordinate) file.sparse(header, rows, columns, stored, entries);
    else file.dense(header, rows, columns, entries);
    return NumericArray.of(new int[] {rows, columns}, entries);
  }

  private Header header() {
    int end = 0;
    while (end < text.length && text[end] != '\n') end++;
    String[] words = new String(text, 0, end, UTF_8).strip().split("\\s+", -1);
    if (!words[0].equalsIgnoreCase(BANNER) || words.length != 5) {
      throw wrong("\"" + BANNER + " matrix array real general\", or coordinate, is expected");
    }
    at = end;
    List<String> lower = Arrays.stream(words).map(word -> word.toLowerCase(Locale.ROOT)).toList();
    known("object", lower.get(1), "matrix");
    known("format", lower.get(2), "array", "coordinate");
    known("field", lower.get(3), "real", "double", "integer", "unsigned-integer", "pattern");
    known("symmetry", lower.get(4), "general", "symmetric", "skew-symmetric");
    boolean coordinate = lower.get(2).equals("coordinate");
    boolean pattern = lower.get(3).equals("pattern");
    if (pattern && !coordinate) throw wrong("a pattern is of coordinates");
    Symmetry symmetry =
        switch (lower.get(4)) {
          case "symmetric" -> Symmetry.SYMMETRIC;
          case "skew-symmetric" -> Symmetry.SKEW;
          default -> Symmetry.GENERAL;
        };
    return new Header(coordinate, pattern, lower.get(3).endsWith("integer"), symmetry);
  }

  private void known(String what, String word, String... choices) {
    if (Arrays.asList(choices).contains(word)) return;
    throw new NablaException(
        Code.UNSUPPORTED,
        place()
            + "the "
            + what
            + " \""
            + word
            + "\" is not read, only "
            + String.join(", ", choices));
  }

  private String place() {
    return name + ", line " + line + ": ";
  }

  private NablaException wrong(String message) {
    return new NablaException(Code.VALUE, place() + message);
  }

  private void sparse(Header header, int rows, int columns, int stored, double[] entries) {
    for (int k = 0; k < stored; k++) {
      if (!toNextWord()) throw ended(k, stored);
      int i = index("row", rows);
      if (!toWordInLine()) throw wrong("the column of an entry is missing");
      int j = index("column", columns);
      double value = 1;
      if (!header.pattern) {
        if (!toWordInLine()) throw wrong("the value of an entry is missing");
        value = value(header);
      }
      endLine();
      if (header.symmetry != Symmetry.GENERAL) checkTriangle(header, i, j, value);
      entries[i * columns + j] += value;
      if (i != j) mirror(header, entries, i, j, columns, value);
    }
    if (toNextWord()) throw wrong("goes on after " + stored + " entries");
  }

  private NablaException ended(int read, int stored) {
    return wrong("ends after " + read + " of " + stored + " entries");
  }

  private void checkTriangle(Header header, int i, int j, double value) {
    if (j > i) {
      throw wrong("(" + (i + 1) + ", " + (j + 1) + ") is above the diagonal of a symmetric matrix");
    }
    if (i == j && value != 0 && header.symmetry == Symmetry.SKEW) {
      throw wrong("the diagonal of a skew-symmetric matrix is 0");
    }
  }

  private static void mirror(
      Header header, double[] entries, int i, int j, int columns, double value) {
    switch (header.symmetry) {
      case SYMMETRIC -> entries[j * columns + i] += value;
      case SKEW -> entries[j * columns + i] -= value;
      case GENERAL -> {}
    }
  }

  private void dense(Header header, int rows, int columns, double[] entries) {
    int read = 0;
    for (int j = 0; j < columns; j++) {
      int first =
          switch (header.symmetry) {
            case GENERAL -> 0;
            case SYMMETRIC -> j;
            case SKEW -> j + 1;
          };
      for (int i = first; i < rows; i++) {
        if (!toNextWord())
          throw wrong("ends after " + read + " entries of " + rows + " x " + columns);
        double value = value(header);
        entries[i * columns + j] = value;
        if (header.symmetry == Symmetry.SYMMETRIC) entries[j * columns + i] = value;
        if (header.symmetry == Symmetry.SKEW) entries[j * columns + i] = -value;
        read++;
      }
    }
    if (toNextWord())
      throw wrong("goes on after the " + read + " entries of " + rows + " x " + columns);
  }

  /** Moves over the next word, in this line or a later one, comments left out; false at the end. */
  private boolean toNextWord() {
    while (!toWordInLine()) {
      if (at == text.length) return false;
      at++;
      line++;
    }
    return true;
  }

  /** Moves over the next word of this line; false if there is none. */
  private boolean toWordInLine() {
    boolean lineStart = at == 0 || text[at - 1] == '\n';
    while (at < text.length && isBlank(text[at])) at++;
    if (lineStart && at < text.length && text[at] == '%') {
      while (at < text.length && text[at] != '\n') at++;
    }
    start = at;
    while (at < text.length && !isBlank(text[at]) && text[at] != '\n') at++;
    return at > start;
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\t' || c == '\r';
  }

  private void endLine() {
    if (toWordInLine()) throw wrong("nothing is expected where \"" + word() + "\" stands");
  }

  private String word() {
    return new String(text, start, Math.min(at - start, 24), UTF_8);
  }

  private int size(String what) {
    if (!toNextWord()) throw wrong("the number of " + what + " is missing");
    @Nullable Integer size = integer();
    if (size == null) throw wrong("\"" + word() + "\" is no number of " + what);
    return size;
  }

  private int index(String what, int size) {
    @Nullable Integer index = integer();
    if (index == null) throw wrong("\"" + word() + "\" is no " + what);
    if (index < 1 || index > size) throw wrong(what + " " + index + " is not in 1.." + size);
    return index - 1;
  }

  private @Nullable Integer integer() {
    int value = 0;
    if (at - start > 10) return null;
    for (int k = start; k < at; k++) {
      if (text[k] < '0' || text[k] > '9') return null;
      if (value > (Integer.MAX_VALUE - 9) / 10) return null;
      value = 10 * value + text[k] - '0';
    }
    return value;
  }

  private double value(Header header) {
    double value;
    try {
      value = Decimal.parse(text, start, at);
    } catch (NumberFormatException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
    if (header.integer && value != Math.rint(value))
      throw wrong("\"" + word() + "\" is no integer");
    return value;
  }

  /** Writes a dense matrix; a vector is a column. */
  static void write(Writer out, NumericArray array) throws IOException {
    int rows = array.rank() == 0 ? 1 : array.size(0);
    int columns = array.rank() == 2 ? array.size(1) : 1;
    out.write(BANNER + " matrix array real general\n" + rows + " " + columns + "\n");
    double[] entries = array.data();
    for (int j = 0; j < columns; j++) {
      for (int i = 0; i < rows; i++) out.write(entries[i * columns + j] + "\n");
    }
  }
}
