package nabla.engine.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.SequenceInputStream;
import java.io.Writer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;

/**
 * Reads and writes arrays of doubles. The extension says in which {@link Format}; a file with any
 * other extension is read as what it begins like.
 *
 * <p>CSV and Matrix Market know matrices only. As with NumPy's {@code loadtxt}, one column or one
 * row is read as a vector and a single number as a scalar, unless a rank is asked for. The other
 * formats keep the shape of what was written, but for JSON, which can't tell a shape with a 0 that
 * isn't its last size. Text holds the shortest digits that are read as the same number; an .npy of
 * doubles holds their bits.
 *
 * <p>In CSV, a tab, semicolon, comma or blanks separate numbers, as the first line shows. That line
 * is skipped as a header if none of its cells is like a number. Cells may stand in quotes, {@code
 * #} begins a comment, and an empty cell is an error. Matrix Market files of symmetric,
 * skew-symmetric and sparse matrices become dense.
 *
 * <p>All methods throw {@link NablaException}, with
 *
 * <ul>
 *   <li>{@link Code#REQUEST} if the file can't be opened, read or written, or its format is
 *       unknown,
 *   <li>{@link Code#VALUE} if it does not hold what its format demands; the message says where,
 *   <li>{@link Code#SHAPE} if it holds an array of another rank,
 *   <li>{@link Code#UNSUPPORTED} if it holds numbers that are not real,
 *   <li>{@link Code#LIMIT} if an array is too large for memory.
 * </ul>
 */
public final class DataFile {
  private DataFile() {}

  /** Reads the only array of a file. */
  public static NumericArray read(Path file) {
    return reading(file, in -> asStated(read(in), in.format));
  }

  /**
   * Reads the only array of a file as one of the given rank: a vector as a matrix of one column, a
   * matrix of one row or one column as a vector, a single number as any. A CSV or Matrix Market
   * file gives the matrix that it shows.
   */
  public static NumericArray read(Path file, int rank) {
    return reading(file, in -> Ranks.ranked(in.name, read(in), rank));
  }

  /**
   * Reads the only array of a stream, which stays open; not from an .npz, whose contents stand at
   * its end.
   */
  public static NumericArray read(InputStream in, Format format) {
    return reading(in, format, source -> asStated(read(source), format));
  }

  /** Reads the only array of a stream, as {@link #read(Path, int)} does of a file. */
  public static NumericArray read(InputStream in, Format format, int rank) {
    return reading(in, format, source -> Ranks.ranked(source.name, read(source), rank));
  }

  /**
   * Reads the named arrays of an .npz or of an object of JSON, in their order. An array that stands
   * alone has the file's name without extension.
   */
  public static Map<String, NumericArray> readAll(Path file) {
    return reading(
        file,
        in -> {
          Map<String, NumericArray> arrays = readAll(in, stem(file));
          arrays.replaceAll((name, array) -> asStated(array, in.format));
          return arrays;
        });
  }

  /** Writes an array; in an .npz it is called {@code arr_0}, as NumPy calls it. */
  public static void write(Path file, NumericArray array) {
    Format format = formatToWrite(file);
    checkShape(file, format, array);
    writing(
        file,
        out -> {
          switch (format) {
            case NPY -> Npy.write(out, array);
            case NPZ -> Npz.write(out, Map.of("arr_0", array));
            case CSV -> text(out, writer -> Csv.write(writer, array, delimiter(file)));
            case MATRIX_MARKET -> text(out, writer -> MatrixMarket.write(writer, array));
            case JSON -> text(out, writer -> JsonArrays.write(writer, array));
          }
        });
  }

  /** Writes named arrays to an .npz or as an object of JSON. */
  public static void writeAll(Path file, Map<String, NumericArray> arrays) {
    Format format = formatToWrite(file);
    if (format != Format.NPZ && format != Format.JSON) {
      throw new NablaException(Code.REQUEST, file + ": named arrays are written to .npz or .json");
    }
    arrays.values().forEach(array -> checkShape(file, format, array));
    writing(
        file,
        out -> {
          if (format == Format.NPZ) Npz.write(out, arrays);
          else text(out, writer -> JsonArrays.write(writer, arrays));
        });
  }

  /**
   * Something to read.
   *
   * @param file only where the format needs one
   * @param size in bytes, or {@link Npy#UNKNOWN}
   */
  private record Source(
      String name, Optional<Path> file, InputStream in, long size, Format format) {}

  private interface Reading<T> {
    T from(Source source) throws IOException;
  }

  private interface Writing<T> {
    void to(T out) throws IOException;
  }

  private static <T> T reading(Path file, Reading<T> reading) {
    if (Files.isDirectory(file)) throw new NablaException(Code.REQUEST, file + ": is a folder");
    try (InputStream in = Files.newInputStream(file)) {
      long size = Files.isRegularFile(file) ? Files.size(file) : Npy.UNKNOWN;
      Optional<Format> format = Format.of(file);
      byte[] head = format.isPresent() ? new byte[0] : in.readNBytes(Format.SNIFFED);
      Format known =
          format
              .or(() -> Format.sniff(head))
              .orElseThrow(
                  () ->
                      new NablaException(
                          Code.REQUEST,
                          file + ": its format is none of those read: " + Format.list()));
      InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), in);
      return reading.from(new Source(file.toString(), Optional.of(file), whole, size, known));
    } catch (IOException e) {
      throw failed(file.toString(), "read", e);
    }
  }

  private static <T> T reading(InputStream in, Format format, Reading<T> reading) {
    String name = "standard input";
    try {
      return reading.from(new Source(name, Optional.empty(), in, Npy.UNKNOWN, format));
    } catch (IOException e) {
      throw failed(name, "read", e);
    }
  }

  private static NablaException failed(String name, String verb, IOException e) {
    String reason =
        switch (e) {
          case NoSuchFileException missing ->
              verb.equals("read") ? "there is no such file" : "there is no such folder";
          case AccessDeniedException denied -> "permission denied";
          default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    return new NablaException(Code.REQUEST, name + ": can't be " + verb + ": " + reason);
  }

  private static NumericArray read(Source source) throws IOException {
    Map<String, NumericArray> arrays = readAll(source, "");
    if (arrays.size() == 1) return arrays.values().iterator().next();
    String found =
        arrays.isEmpty() ? "no array" : "several arrays, " + String.join(", ", arrays.keySet());
    throw new NablaException(
        Code.VALUE, source.name + ": holds " + found + " where one is expected");
  }

  private static Map<String, NumericArray> readAll(Source source, String alone) throws IOException {
    return switch (source.format) {
      case NPY -> alone(alone, Npy.read(source.name, source.in, source.size));
      case NPZ -> Npz.read(source.name, source.file.orElseThrow(DataFile::noStream));
      case CSV -> alone(alone, Csv.read(source.name, bytes(source)));
      case MATRIX_MARKET -> alone(alone, MatrixMarket.read(source.name, bytes(source)));
      case JSON -> JsonArrays.read(source.name, bytes(source), alone);
    };
  }

  private static Map<String, NumericArray> alone(String name, NumericArray array) {
    return new LinkedHashMap<>(Map.of(name, array));
  }

  private static NablaException noStream() {
    return new NablaException(Code.REQUEST, "an .npz is read from a file only");
  }

  private static byte[] bytes(Source source) throws IOException {
    if (source.size <= Sizes.LONGEST) {
      byte[] bytes = source.in.readNBytes(Sizes.LONGEST);
      if (source.in.read() < 0) return bytes;
    }
    throw new NablaException(
        Code.LIMIT, source.name + ": is longer than 2 GB; use .npy for arrays as large as this");
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }

  private static NumericArray asStated(NumericArray array, Format format) {
    return format == Format.CSV || format == Format.MATRIX_MARKET ? Ranks.squeezed(array) : array;
  }

  private static Format formatToWrite(Path file) {
    return Format.of(file)
        .orElseThrow(
            () ->
                new NablaException(
                    Code.REQUEST,
                    file + ": the extension names no format; write to one of " + Format.list()));
  }

  /** Refuses what could not be read again. */
  private static void checkShape(Path file, Format format, NumericArray array) {
    int[] shape = array.shape();
    boolean fits =
        switch (format) {
          case NPY, NPZ -> true;
          case CSV -> shape.length <= 2 && array.count() > 0;
          case MATRIX_MARKET -> shape.length <= 2;
          case JSON ->
              shape.length <= JsonArrays.MOST_AXES
                  && Arrays.stream(shape).limit(Math.max(0, shape.length - 1)).allMatch(n -> n > 0);
        };
    if (fits) return;
    throw new NablaException(
        Code.UNSUPPORTED,
        file + ": " + Sizes.text(shape) + " can't be written in this format; use .npy");
  }

  private static char delimiter(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".tsv")) return '\t';
    return name.endsWith(".txt") ? ' ' : ',';
  }

  private static void writing(Path file, Writing<OutputStream> writing) {
    try (OutputStream out = Files.newOutputStream(file)) {
      writing.to(out);
    } catch (IOException e) {
      throw failed(file.toString(), "written", e);
    }
  }

  private static void text(OutputStream out, Writing<Writer> writing) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, UTF_8), 1 << 16);
    writing.to(writer);
    writer.flush();
  }
}
