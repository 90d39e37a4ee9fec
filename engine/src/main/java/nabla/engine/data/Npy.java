package nabla.engine.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;

/**
 * NumPy's .npy: a magic text, a version, a header, then the entries as they lie in memory.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the
 *     format</a>
 */
final class Npy {
  /** In ISO 8859-1. */
  static final String MAGIC = "\u0093NUMPY";

  /** Where the size of the input is not known. */
  static final long UNKNOWN = -1;

  private static final int CHUNK = 1 << 20;
  private static final int LONGEST_HEADER = 1 << 20;
  private static final int ALIGNMENT = 64;
  private static final int BLOCK = 32;

  private Npy() {}

  /**
   * Reads an array.
   *
   * @param name what messages call the input
   * @param size of the input in bytes, or {@link #UNKNOWN}
   */
  static NumericArray read(String name, InputStream in, long size) throws IOException {
    byte[] start = in.readNBytes(MAGIC.length() + 2);
    if (start.length < MAGIC.length() + 2 || !new String(start, ISO_8859_1).startsWith(MAGIC)) {
      throw wrong(name, "is no .npy file: it does not begin with \\x93NUMPY");
    }
    int version = start[MAGIC.length()];
    if (version < 1 || version > 3) {
      throw wrong(name, "has version " + version + " of the .npy format; 1 to 3 are known");
    }
    int lengthBytes = version == 1 ? 2 : 4;
    byte[] lengthField = Arrays.copyOf(exactly(name, in, lengthBytes), 4);
    int length = ByteBuffer.wrap(lengthField).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (length < 0 || length > LONGEST_HEADER) {
      throw wrong(name, "states a header of " + Integer.toUnsignedString(length) + " bytes");
    }
    String text = new String(exactly(name, in, length), version == 3 ? UTF_8 : ISO_8859_1);
    NpyHeader header = NpyHeader.parse(name, text);
    long rest = size == UNKNOWN ? UNKNOWN : size - start.length - lengthBytes - length;
    double[] entries = entries(name, in, header, rest);
    return NumericArray.of(
        header.shape(), header.columnMajor() ? rowMajor(name, header.shape(), entries) : entries);
  }

  private static byte[] exactly(String name, InputStream in, int count) throws IOException {
    byte[] read = in.readNBytes(count);
    if (read.length < count) throw wrong(name, "ends within its header");
    return read;
  }

  private static double[] entries(String name, InputStream in, NpyHeader header, long rest)
      throws IOException {
    int count = header.count();
    int size = header.type().size();
    if (rest != UNKNOWN && rest != (long) count * size) throw wrongSize(name, header, rest);
    byte[] chunk = new byte[(int) Math.min(CHUNK, (long) count * size)];
    // a stream is not trusted: it may end long before the entries that its header promises
    double[] entries = Sizes.zeros(name, rest == UNKNOWN ? Math.min(count, CHUNK) : count);
    for (int done = 0; done < count; ) {
      int next = Math.min(count - done, chunk.length / size);
      int read = in.readNBytes(chunk, 0, next * size);
      if (read < next * size) throw wrongSize(name, header, (long) done * size + read);
      if (done + next > entries.length) {
        double[] larger = Sizes.zeros(name, Math.min(count, Entries.grown(entries.length)));
        System.arraycopy(entries, 0, larger, 0, done);
        entries = larger;
      }
      header.type().decode(chunk, next, entries, done);
      done += next;
    }
    if (in.read() >= 0) throw wrong(name, "goes on after its last entry");
    return entries;
  }

  private static NablaException wrongSize(String name, NpyHeader header, long bytes) {
    return wrong(
        name,
        "has %d bytes of entries; %s of %d bytes each has %d"
            .formatted(
                bytes,
                Sizes.text(header.shape()),
                header.type().size(),
                (long) header.count() * header.type().size()));
  }

  private static NablaException wrong(String name, String message) {
    return new NablaException(Code.VALUE, name + ": " + message);
  }

  /**
   * The same array with its last index running fastest. The first and the last axis are walked in
   * blocks, so that neither reading nor writing jumps from cache line to cache line.
   */
  private static double[] rowMajor(String name, int[] shape, double[] columnMajor) {
    int count = columnMajor.length;
    if (shape.length < 2 || count == 0) return columnMajor;
    int rows = shape[0];
    int columns = shape[shape.length - 1];
    int between = count / rows / columns;
    double[] rowMajor = Sizes.zeros(name, count);
    int[] index = new int[shape.length];
    for (int middle = 0; middle < between; middle++) {
      int from = 0;
      for (int axis = shape.length - 2; axis > 0; axis--) from = from * shape[axis] + index[axis];
      transpose(
          columnMajor,
          from * rows,
          count / columns,
          rowMajor,
          middle * columns,
          count / rows,
          rows,
          columns);
      for (int axis = shape.length - 2; axis > 0 && ++index[axis] == shape[axis]; axis--) {
        index[axis] = 0;
      }
    }
    return rowMajor;
  }

  /** to[toStart + i·toStep + j] = from[fromStart + i + j·fromStep]. */
  private static void transpose(
      double[] from,
      int fromStart,
      int fromStep,
      double[] to,
      int toStart,
      int toStep,
      int rows,
      int columns) {
    for (int row = 0; row < rows; row += BLOCK) {
      int rowEnd = Math.min(rows, row + BLOCK);
      for (int column = 0; column < columns; column += BLOCK) {
        int columnEnd = Math.min(columns, column + BLOCK);
        for (int i = row; i < rowEnd; i++) {
          for (int j = column; j < columnEnd; j++) {
            to[toStart + i * toStep + j] = from[fromStart + i + j * fromStep];
          }
        }
      }
    }
  }

  /** Writes version 1, or 2 where the header is too long for it. */
  static void write(OutputStream out, NumericArray array) throws IOException {
    String header = NpyHeader.text(array.shape());
    boolean isLong = header.length() + ALIGNMENT > 0xffff;
    int prefix = MAGIC.length() + (isLong ? 6 : 4);
    int total = (prefix + header.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer start = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
    start.put(MAGIC.getBytes(ISO_8859_1)).put((byte) (isLong ? 2 : 1)).put((byte) 0);
    if (isLong) start.putInt(total - prefix);
    else start.putShort((short) (total - prefix));
    start.put(header.getBytes(ISO_8859_1));
    while (start.position() < total - 1) start.put((byte) ' ');
    start.put((byte) '\n');
    out.write(start.array());
    double[] entries = array.data();
    ByteBuffer chunk =
        ByteBuffer.allocate((int) Math.min(CHUNK, 8L * entries.length))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int done = 0; done < entries.length; ) {
      int next = Math.min(entries.length - done, chunk.capacity() / 8);
      chunk.asDoubleBuffer().put(entries, done, next);
      out.write(chunk.array(), 0, next * 8);
      done += next;
    }
  }
}
