package nabla.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import nabla.tensor.NumericArray;

/** Numbers for people: few digits, and of long axes the ends only, unless all is asked for. */
final class NumbersText {
  private static final MathContext FEW = new MathContext(6);

  /** Of a number that stands alone; the last digits depend on the processor. */
  private static final MathContext MANY = new MathContext(12);

  private static final double LARGE = 1e9;
  private static final int MOST = 10;
  private static final int FIRST = 5;
  private static final int LAST = 3;

  /** Stands for what is left out. */
  private static final int GAP = -1;

  private final boolean full;
  private final boolean single;

  /**
   * @param full whether all entries are written, and all their digits
   * @param single whether numbers have 32 bits
   */
  NumbersText(boolean full, boolean single) {
    this.full = full;
    this.single = single;
  }

  private String text(double x, MathContext digits) {
    if (full || !Double.isFinite(x)) return exact(x);
    if (x == Math.rint(x) && Math.abs(x) < LARGE) return String.valueOf((long) x);
    BigDecimal exact = single ? new BigDecimal(Float.toString((float) x)) : new BigDecimal(x);
    BigDecimal rounded = exact.round(digits).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < digits.getPrecision()) return rounded.toPlainString();
    String text = rounded.unscaledValue().toString();
    int first = rounded.signum() < 0 ? 2 : 1;
    String fraction = text.substring(first);
    return text.substring(0, first) + (fraction.isEmpty() ? "" : "." + fraction) + "e" + exponent;
  }

  /** All digits that tell a number from others. */
  private String exact(double x) {
    String digits = single ? Float.toString((float) x) : Double.toString(x);
    return digits.replaceFirst("\\.0(E|$)", "$1").replace('E', 'e');
  }

  /** The array where it can stand on the line of its name: a scalar or a vector. */
  String inline(NumericArray array) {
    if (array.rank() == 0) return text(array.scalarValue(), MANY);
    StringJoiner entries = new StringJoiner(", ", "[", "]");
    for (int k : shown(array.count())) entries.add(k == GAP ? "…" : text(array.data()[k], FEW));
    return entries.toString();
  }

  /** The lines of a matrix, or of the slices of a tensor. */
  List<String> lines(NumericArray array) {
    int rows = array.size(array.rank() - 2);
    int columns = array.size(array.rank() - 1);
    if (array.rank() == 2) return matrix(array, 0, rows, columns);
    int slices = rows * columns == 0 ? 0 : array.count() / (rows * columns);
    List<String> lines = new ArrayList<>();
    for (int k : shown(slices)) {
      lines.add(k == GAP ? "⋮" : position(array, k));
      if (k != GAP) lines.addAll(matrix(array, k * rows * columns, rows, columns));
    }
    return lines;
  }

  /** {@code [2,1,:,:]}, counted from 1. */
  private static String position(NumericArray array, int slice) {
    String text = ":,:]";
    for (int axis = array.rank() - 3; axis >= 0; axis--) {
      text = (slice % array.size(axis) + 1) + "," + text;
      slice /= array.size(axis);
    }
    return "[" + text;
  }

  private List<String> matrix(NumericArray array, int start, int rows, int columns) {
    int[] across = shown(columns);
    List<List<String>> table = new ArrayList<>();
    int width = 1;
    for (int i : shown(rows)) {
      List<String> row = new ArrayList<>();
      for (int j : across) {
        boolean gap = i == GAP || j == GAP;
        String entry =
            gap ? (i == GAP ? "⋮" : "…") : text(array.data()[start + i * columns + j], FEW);
        row.add(entry);
        width = Math.max(width, entry.length());
      }
      table.add(row);
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : table) {
      StringBuilder line = new StringBuilder();
      for (String entry : row) {
        line.append("  ").append(" ".repeat(width - entry.length())).append(entry);
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private int[] shown(int size) {
    if (full || size <= MOST) return IntStream.range(0, size).toArray();
    int[] shown = new int[FIRST + 1 + LAST];
    for (int k = 0; k < FIRST; k++) shown[k] = k;
    shown[FIRST] = GAP;
    for (int k = 0; k < LAST; k++) shown[FIRST + 1 + k] = size - LAST + k;
    return shown;
  }
}
