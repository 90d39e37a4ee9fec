package nabla.engine.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;

/**
 * How NumPy stores an entry.
 *
 * @param kind {@code f}, {@code i}, {@code u} or {@code b}: float, integer, unsigned, boolean
 * @param size in bytes
 */
record NpyType(char kind, int size, ByteOrder order) {
  private static final Pattern DESCRIPTION = Pattern.compile("([<>|=]?)([A-Za-z?])([0-9]{0,9})");

  /**
   * Reads a description such as {@code <f8}.
   *
   * @throws NablaException with {@link Code#UNSUPPORTED} if entries of this type are no real
   *     numbers
   */
  static NpyType parse(String name, String description) {
    Matcher parts = DESCRIPTION.matcher(description);
    if (parts.matches()) {
      char kind = parts.group(2).charAt(0);
      if ((kind + parts.group(3)).matches("f[248]|[iu][1248]|b1")) {
        return new NpyType(kind, parts.group(3).charAt(0) - '0', order(parts.group(1)));
      }
    }
    throw new NablaException(
        Code.UNSUPPORTED,
        "%s: entries of type %s are not read (%s); store float64, as in A.astype('f8')"
            .formatted(name, description, what(description)));
  }

  private static ByteOrder order(String mark) {
    return switch (mark) {
      case "<" -> ByteOrder.LITTLE_ENDIAN;
      case ">" -> ByteOrder.BIG_ENDIAN;
      default -> ByteOrder.nativeOrder();
    };
  }

  private static String what(String description) {
    String kind = description.replaceFirst("^[<>|=]", "");
    return switch (kind.isEmpty() ? ' ' : kind.charAt(0)) {
      case 'c' -> "complex numbers";
      case 'f' -> "extended precision";
      case 'O' -> "Python objects";
      case 'S', 'U', 'a' -> "text";
      case 'M', 'm' -> "times";
      case 'V', '[' -> "structures";
      default -> "no known type";
    };
  }

  /** Converts the entries that {@code bytes} begins with; 64-bit integers are rounded. */
  void decode(byte[] bytes, int entries, double[] into, int offset) {
    ByteBuffer from = ByteBuffer.wrap(bytes).order(order);
    switch (kind) {
      case 'f' -> decodeFloats(from, entries, into, offset);
      case 'i' -> decodeIntegers(from, entries, into, offset);
      case 'u' -> decodeUnsigned(from, entries, into, offset);
      default -> {
        for (int k = 0; k < entries; k++) into[offset + k] = from.get(k) == 0 ? 0 : 1;
      }
    }
  }

  private void decodeFloats(ByteBuffer from, int entries, double[] into, int offset) {
    switch (size) {
      case 8 -> from.asDoubleBuffer().get(into, offset, entries);
      case 4 -> {
        for (int k = 0; k < entries; k++) into[offset + k] = from.getFloat(4 * k);
      }
      default -> {
        for (int k = 0; k < entries; k++) {
          into[offset + k] = Float.float16ToFloat(from.getShort(2 * k));
        }
      }
    }
  }

  private void decodeIntegers(ByteBuffer from, int entries, double[] into, int offset) {
    switch (size) {
      case 8 -> {
        for (int k = 0; k < entries; k++) into[offset + k] = (double) from.getLong(8 * k);
      }
      case 4 -> {
        for (int k = 0; k < entries; k++) into[offset + k] = from.getInt(4 * k);
      }
      case 2 -> {
        for (int k = 0; k < entries; k++) into[offset + k] = from.getShort(2 * k);
      }
      default -> {
        for (int k = 0; k < entries; k++) into[offset + k] = from.get(k);
      }
    }
  }

  private void decodeUnsigned(ByteBuffer from, int entries, double[] into, int offset) {
    switch (size) {
      case 8 -> {
        for (int k = 0; k < entries; k++) into[offset + k] = unsigned(from.getLong(8 * k));
      }
      case 4 -> {
        for (int k = 0; k < entries; k++) {
          into[offset + k] = Integer.toUnsignedLong(from.getInt(4 * k));
        }
      }
      case 2 -> {
        for (int k = 0; k < entries; k++) {
          into[offset + k] = Short.toUnsignedInt(from.getShort(2 * k));
        }
      }
      default -> {
        for (int k = 0; k < entries; k++) into[offset + k] = Byte.toUnsignedInt(from.get(k));
      }
    }
  }

  /** Half the number, its last bit kept to break ties ("sticky"), twice. */
  private static double unsigned(long bits) {
    return bits >= 0 ? (double) bits : (double) ((bits >>> 1) | (bits & 1)) * 2;
  }
}
