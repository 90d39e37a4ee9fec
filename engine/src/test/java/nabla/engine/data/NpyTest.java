package nabla.engine.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static nabla.engine.data.Same.assertFails;
import static nabla.engine.data.Same.assertSame;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import nabla.diagnostic.Code;
import nabla.tensor.NumericArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that NumPy wrote (numpy/make.py), and files that nobody should have. */
class NpyTest {
  private static Path file(String name) {
    try {
      return Path.of(NpyTest.class.getResource("numpy/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** What NumPy says that the arrays are. */
  private static Map<String, NumericArray> expected() throws IOException {
    Map<String, NumericArray> arrays = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file("expected.txt"))) {
      String[] parts = line.split(" ", -1);
      int[] shape =
          parts[1].equals("-")
              ? new int[0]
              : Arrays.stream(parts[1].split("x")).mapToInt(Integer::parseInt).toArray();
      double[] entries =
          Arrays.stream(parts[2].split(","))
              .filter(bits -> !bits.isEmpty())
              .mapToDouble(bits -> Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16)))
              .toArray();
      arrays.put(parts[0], NumericArray.of(shape, entries));
    }
    return arrays;
  }

  /** Every type, both byte orders, both orders of entries, ranks 0 to 5. */
  @Test
  void readsWhatNumPyWrites() throws IOException {
    Map<String, NumericArray> expected = expected();
    Map<String, NumericArray> found = DataFile.readAll(file("all.npz"));
    assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet()).hasSizeGreaterThan(60);
    found.forEach((name, array) -> assertSame(array, expected.get(name)));
  }

  @Test
  void readsCompressedArchives() throws IOException {
    Map<String, NumericArray> expected = expected();
    Map<String, NumericArray> found = DataFile.readAll(file("compressed.npz"));
    assertThat(found).hasSize(12);
    found.forEach((name, array) -> assertSame(array, expected.get(name)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void readsEveryVersion(int version) throws IOException {
    assertSame(DataFile.read(file("version" + version + ".npy")), expected().get("rank2-C"));
  }

  /** Version 1 is what NumPy itself writes for an array of doubles. */
  @Test
  void writesTheBytesThatNumPyWrites() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Npy.write(out, DataFile.read(file("version1.npy")));
    assertThat(out.toByteArray()).isEqualTo(Files.readAllBytes(file("version1.npy")));
  }

  @Test
  void writesVersion2WhereTheHeaderIsLong() throws IOException {
    int[] shape = new int[30_000];
    Arrays.fill(shape, 1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Npy.write(out, NumericArray.of(shape, 7));
    byte[] bytes = out.toByteArray();
    assertThat(bytes[6]).isEqualTo((byte) 2);
    assertSame(
        Npy.read("a.npy", new ByteArrayInputStream(bytes), bytes.length),
        NumericArray.of(shape, 7));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '&',
      textBlock =
          """
          complex    & <c16                         & complex numbers
          object     & |O                           & Python objects
          structured & [('a', '<i4'), ('b', '<f8')] & structures
          text       & <U2                          & text
          bytes      & |S1                          & text
          date       & <M8[D]                       & times
          extended   & <f16                         & extended precision
          """)
  void refusesTypesThatAreNoRealNumbers(String name, String type, String what) {
    Path file = file(name + ".npy");
    assertFails(
        () -> DataFile.read(file),
        Code.UNSUPPORTED,
        "%s: entries of type %s are not read (%s); store float64, as in A.astype('f8')"
            .formatted(file, type, what));
  }

  private static byte[] npy(String header, int bytes) {
    byte[] text = header.getBytes(ISO_8859_1);
    return ByteBuffer.allocate(10 + text.length + bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("\u0093NUMPY\1\0".getBytes(ISO_8859_1))
        .putShort((short) text.length)
        .put(text)
        .array();
  }

  private static NumericArray read(byte[] bytes) throws IOException {
    return Npy.read("a.npy", new ByteArrayInputStream(bytes), bytes.length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '&',
      textBlock =
          """
          {'descr': '<f8', 'fortran_order': False, 'shape': (2,), }         & [0.0, 0.0]
          {"shape": (2L, 1L), "fortran_order": True, "descr": "=i8"}        & [[0.0], [0.0]]
          {'shape':(1,2),'descr':'>f8','fortran_order':False}               & [[0.0, 0.0]]
          {'descr': '|u1', 'fortran_order': False, 'shape': (1, 16, 1), }   & [[[0.0], [0.0], [0.0], [0.0], [0.0], [0.0], [0.0], [0.0], [0.0], [0.0], [0.0], [0.0], [0.0], [0.0], [0.0], [0.0]]]
          """)
  void readsHeadersAsPythonWould(String header, String array) throws IOException {
    assertThat(read(npy(header, 16))).hasToString(array);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '&',
      quoteCharacter = '`',
      textBlock =
          """
          {'descr': '<f8', 'fortran_order': False, 'shape': (3,)}       & VALUE & has 16 bytes of entries; a vector of 3 of 8 bytes each has 24
          {'descr': '<f4', 'fortran_order': False, 'shape': (3, 1)}     & VALUE & has 16 bytes of entries; 3 x 1 of 4 bytes each has 12
          {'descr': '<f8', 'fortran_order': False, 'shape': ()}         & VALUE & has 16 bytes of entries; a scalar of 8 bytes each has 8
          {'descr': '<f8', 'fortran_order': False, 'shape': (30000,40000)} & VALUE & has 16 bytes of entries; 30000 x 40000 of 8 bytes each has 9600000000
          {'descr': '<f8', 'fortran_order': False, 'shape': (65536,65536)} & LIMIT & 65536 x 65536 is too large
          {'descr': '<f8', 'fortran_order': False, 'shape': (99999999999,0)} & LIMIT & 99999999999 x 0 is too large
          {'descr': '<f8', 'fortran_order': False, 'shape': (4294967296,4294967296)} & LIMIT & 4294967296 x 4294967296 is too large
          {'descr': '<f3', 'fortran_order': False, 'shape': (2,)}       & UNSUPPORTED & entries of type <f3 are not read (extended precision); store float64, as in A.astype('f8')
          {'descr': '', 'fortran_order': False, 'shape': (2,)}          & UNSUPPORTED & entries of type  are not read (no known type); store float64, as in A.astype('f8')
          """)
  void refusesWhatDoesNotFit(String header, Code code, String message) {
    assertFails(() -> read(npy(header, 16)), code, "a.npy: " + message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{'descr': '<f8', 'fortran_order': False}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': 2}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': '2'}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (-2,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2,,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2.0,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (9999999999999999999,)}",
        "{'descr': '<f8', 'fortran_order': 0, 'shape': (2,)}",
        "{'descr': '<f8', 'fortran_order': 'False', 'shape': (2,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), 'shape': (2,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), 'more': 'x'}",
        "{'descr': '<f8' 'fortran_order': False, 'shape': (2,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2,)} x",
        "x {'descr': '<f8', 'fortran_order': False, 'shape': (2,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2,)",
      })
  void refusesHeadersThatAreNone(String header) {
    assertFails(
        () -> read(npy(header, 16)),
        Code.VALUE,
        "a.npy: the header is "
            + header
            + " where {'descr': …, 'fortran_order': …, 'shape': (…)} is expected");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                              | is no .npy file: it does not begin with \\x93NUMPY
          1,2,3                           | is no .npy file: it does not begin with \\x93NUMPY
          \u0093NUMPY                    | is no .npy file: it does not begin with \\x93NUMPY
          \u0093NUMPY\\4\\0              | has version 4 of the .npy format; 1 to 3 are known
          \u0093NUMPY\\1\\0\\66          | ends within its header
          \u0093NUMPY\\1\\0\\66\\0{      | ends within its header
          \u0093NUMPY\\2\\0\\66\\0\\0\\66{ | states a header of 905969718 bytes
          """)
  void refusesBeginnings(String start, String message) {
    byte[] bytes = start.translateEscapes().getBytes(ISO_8859_1);
    assertFails(() -> read(bytes), Code.VALUE, "a.npy: " + message);
  }

  @Test
  void believesNoStreamThatPromisesMuch() {
    byte[] bytes = npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2000000000,)}", 16);
    assertFails(
        () -> DataFile.read(new ByteArrayInputStream(bytes), Format.NPY),
        Code.VALUE,
        "standard input: has 16 bytes of entries; a vector of 2000000000 of 8 bytes each has"
            + " 16000000000");
    byte[] longer = npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1,)}", 16);
    assertFails(
        () -> DataFile.read(new ByteArrayInputStream(longer), Format.NPY),
        Code.VALUE,
        "standard input: goes on after its last entry");
  }
}
