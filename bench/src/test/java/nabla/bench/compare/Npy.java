package nabla.bench.compare;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** NumPy's files of doubles by rows, format version 1.0. */
final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '<f8', 'fortran_order': False, 'shape': \\(([0-9, ]*)\\), \\}\\s*");
  private static final int CHUNK = 1 << 20;
  private static final long LONGEST_HEADER = 1 << 15;

  private Npy() {}

  /**
   * Writes an array.
   *
   * @param stride 1 for all of it; otherwise only every so manieth entry, as a vector
   */
  static void write(Path file, Array array, long stride) throws IOException {
    long count = (array.count() + stride - 1) / stride;
    String shape =
        stride > 1
            ? count + ","
            : array.shape().stream().map(d -> d + ",").collect(Collectors.joining(" "));
    String header = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + shape + "), }";
    int before = MAGIC.length + 2;
    // the numbers begin at a multiple of 64
    int length = (before + header.length() + 1 + 63) / 64 * 64 - before;
    header = header + " ".repeat(length - header.length() - 1) + "\n";
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer head = ByteBuffer.allocate(before + length).order(ByteOrder.LITTLE_ENDIAN);
      head.put(MAGIC).putShort((short) length).put(header.getBytes(StandardCharsets.US_ASCII));
      writeAll(out, head.flip());
      ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
      for (long i = 0; i < count; i++) {
        chunk.putDouble(array.get(i * stride));
        if (!chunk.hasRemaining()) {
          writeAll(out, chunk.flip());
          chunk.clear();
        }
      }
      writeAll(out, chunk.flip());
    }
  }

  /** The array in a file, for as long as the arena. */
  static Array map(Path file, Arena arena) throws IOException {
    try (FileChannel in = FileChannel.open(file)) {
      MemorySegment all = in.map(FileChannel.MapMode.READ_ONLY, 0, in.size(), arena);
      ByteBuffer bytes = all.asSlice(0, Math.min(all.byteSize(), LONGEST_HEADER)).asByteBuffer();
      if (!bytes.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
        throw new IOException(file + " is no .npy file of version 1.0");
      }
      int before = MAGIC.length + 2;
      byte[] text = new byte[bytes.order(ByteOrder.LITTLE_ENDIAN).getShort(MAGIC.length)];
      bytes.get(before, text);
      Matcher header = HEADER.matcher(new String(text, StandardCharsets.US_ASCII));
      if (!header.matches()) throw new IOException(file + " holds no doubles by rows");
      List<Integer> shape =
          Arrays.stream(header.group(1).split("[, ]+", -1))
              .filter(d -> !d.isEmpty())
              .map(Integer::valueOf)
              .toList();
      return new Array(all.address() + before + text.length, shape);
    }
  }

  private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) out.write(bytes);
  }
}
