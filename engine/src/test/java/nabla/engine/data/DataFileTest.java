package nabla.engine.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static nabla.engine.data.Same.assertFails;
import static nabla.engine.data.Same.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import nabla.diagnostic.Code;
import nabla.tensor.NumericArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataFileTest {
  private static final long SEED = 11;
  private static final double[] SPECIAL = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    -0.0,
    0.0,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    Double.MAX_VALUE,
    1.0 / 3,
    1e23,
    9007199254740991.0,
    42
  };

  @TempDir Path folder;

  /** Half of the entries of all magnitudes, the others special. */
  private static NumericArray random(Random random, int rank) {
    int[] shape = random.ints(rank, 1, 5).toArray();
    NumericArray array = NumericArray.zeros(shape);
    for (int k = 0; k < array.count(); k++) {
      double wide = Double.longBitsToDouble(random.nextLong());
      array.data()[k] = random.nextBoolean() ? wide : SPECIAL[random.nextInt(SPECIAL.length)];
    }
    return array;
  }

  @ParameterizedTest
  @CsvSource({
    "npy, 7", "NPY, 7", "npz, 7", "json, 7", "csv, 2", "tsv, 2", "txt, 2", "mtx, 2", "mm, 2"
  })
  void readsWhatItWrote(String extension, int highestRank) {
    Random random = new Random(SEED);
    Path file = folder.resolve("a." + extension);
    for (int round = 0; round < 20; round++) {
      for (int rank = 0; rank <= highestRank; rank++) {
        NumericArray array = random(random, rank);
        DataFile.write(file, array);
        assertSame(DataFile.read(file, rank), array);
        boolean hasAxisOfOne = Arrays.stream(array.shape()).anyMatch(n -> n == 1);
        if (!hasAxisOfOne) assertSame(DataFile.read(file), array);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"npz", "json"})
  void readsTheNamedArraysThatItWrote(String extension) {
    Random random = new Random(SEED);
    Path file = folder.resolve("a." + extension);
    Map<String, NumericArray> arrays = new LinkedHashMap<>();
    for (String name : new String[] {"x", "A", "α_1", "\"\\\n", "", "😀"}) {
      arrays.put(name, random(random, random.nextInt(5)));
    }
    DataFile.writeAll(file, arrays);
    Map<String, NumericArray> found = DataFile.readAll(file);
    assertThat(found.keySet()).containsExactlyElementsOf(arrays.keySet());
    found.forEach((name, array) -> assertSame(array, arrays.get(name)));
    String message = ": holds several arrays, x, A, α_1, \"\\\n, , 😀 where one is expected";
    assertFails(() -> DataFile.read(file), Code.VALUE, file + message);
    DataFile.writeAll(file, Map.of());
    assertThat(DataFile.readAll(file)).isEmpty();
    assertFails(
        () -> DataFile.read(file), Code.VALUE, file + ": holds no array where one is expected");
  }

  @Test
  void sameArraysGiveTheSameBytes() throws IOException {
    Map<String, NumericArray> arrays = Map.of("A", NumericArray.vector(1, 2));
    DataFile.writeAll(folder.resolve("a.npz"), arrays);
    DataFile.writeAll(folder.resolve("b.npz"), arrays);
    assertThat(folder.resolve("b.npz")).hasSameBinaryContentAs(folder.resolve("a.npz"));
    assertThat(Files.readAllBytes(folder.resolve("a.npz"))).hasSizeLessThan(400);
  }

  @Test
  void anArrayAloneIsCalledAsItsFile() throws IOException {
    Files.writeString(folder.resolve("A.v2.csv"), "1,2\n");
    Files.writeString(folder.resolve("B.json"), "[[1]]");
    assertThat(DataFile.readAll(folder.resolve("A.v2.csv"))).hasToString("{A.v2=[1.0, 2.0]}");
    assertThat(DataFile.readAll(folder.resolve("B.json"))).hasToString("{B=[[1.0]]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          csv  | 5                |    | 5.0
          csv  | 5                | 1  | [5.0]
          csv  | 5                | 2  | [[5.0]]
          csv  | 5                | 3  | [[[5.0]]]
          csv  | 1↵2              |    | [1.0, 2.0]
          csv  | 1↵2              | 1  | [1.0, 2.0]
          csv  | 1↵2              | 2  | [[1.0], [2.0]]
          csv  | 1,2              |    | [1.0, 2.0]
          csv  | 1,2              | 1  | [1.0, 2.0]
          csv  | 1,2              | 2  | [[1.0, 2.0]]
          csv  | 1,2↵3,4          |    | [[1.0, 2.0], [3.0, 4.0]]
          json | [[5]]            |    | [[5.0]]
          json | [[5]]            | 0  | 5.0
          json | [1,2]            | 2  | [[1.0], [2.0]]
          json | [[1,2]]          |    | [[1.0, 2.0]]
          json | [[1,2]]          | 1  | [1.0, 2.0]
          json | [[[1],[2]]]      | 1  | [1.0, 2.0]
          json | []               | 2  | []
          """)
  void theRankThatIsWanted(String extension, String text, Integer rank, String array)
      throws IOException {
    Path file = folder.resolve("a." + extension);
    Files.writeString(file, text.replace('↵', '\n'));
    NumericArray found = rank == null ? DataFile.read(file) : DataFile.read(file, rank);
    assertThat(found).hasToString(array);
    if (rank != null) assertThat(found.rank()).isEqualTo(rank);
    byte[] bytes = text.replace('↵', '\n').getBytes(UTF_8);
    Format format = Format.of(file).orElseThrow();
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    assertThat(rank == null ? DataFile.read(in, format) : DataFile.read(in, format, rank))
        .hasToString(array);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1,2     | 0 | 1 x 2         | a scalar
          1,2↵3,4 | 0 | 2 x 2         | a scalar
          1,2↵3,4 | 1 | 2 x 2         | a vector
          1,2↵3,4 | 3 | 2 x 2         | an array of rank 3
          """)
  void refusesAnotherRank(String text, int rank, String found, String wanted) throws IOException {
    Path file = folder.resolve("a.csv");
    Files.writeString(file, text.replace('↵', '\n'));
    assertFails(
        () -> DataFile.read(file, rank),
        Code.SHAPE,
        file + ": holds " + found + " where " + wanted + " is expected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"npy", "npz", "csv", "tsv", "txt", "mtx", "json"})
  void anUnknownExtensionIsReadAsWhatItBeginsLike(String extension) throws IOException {
    NumericArray array = NumericArray.matrix(new double[][] {{1.5, 2}, {3, 4}});
    Path file = folder.resolve("a." + extension);
    DataFile.write(file, array);
    Path other = Files.move(file, folder.resolve("a.dat"));
    assertSame(DataFile.read(other), array);
    assertFails(
        () -> DataFile.write(other, array),
        Code.REQUEST,
        other
            + ": the extension names no format; write to one of .npy, .npz, .csv, .tsv, .txt, .mtx,"
            + " .mm, .json");
  }

  @Test
  void refusesWhatIsOfNoFormat() throws IOException {
    Path file = Files.write(folder.resolve("a.out"), new byte[] {1, 0, 2});
    assertFails(
        () -> DataFile.read(file),
        Code.REQUEST,
        file
            + ": its format is none of those read: .npy, .npz, .csv, .tsv, .txt, .mtx, .mm, .json");
  }

  @Test
  void saysWhatIsWrongWithAPath() {
    NumericArray one = NumericArray.scalar(1);
    Path none = folder.resolve("none.csv");
    assertFails(
        () -> DataFile.read(none), Code.REQUEST, none + ": can't be read: there is no such file");
    assertFails(() -> DataFile.read(folder), Code.REQUEST, folder + ": is a folder");
    Path deep = folder.resolve("none/a.csv");
    assertFails(
        () -> DataFile.write(deep, one),
        Code.REQUEST,
        deep + ": can't be written: there is no such folder");
    Path csv = folder.resolve("a.csv");
    assertFails(
        () -> DataFile.writeAll(csv, Map.of("A", one)),
        Code.REQUEST,
        csv + ": named arrays are written to .npz or .json");
    assertFails(
        () -> DataFile.read(new ByteArrayInputStream(new byte[0]), Format.NPZ),
        Code.REQUEST,
        "an .npz is read from a file only");
  }

  @ParameterizedTest
  @CsvSource({"csv, 3", "csv, 0", "mtx, 3", "json, 65", "json, 0"}) // 0 for 0 x 3
  void writesNothingThatItCouldNotRead(String extension, int rank) {
    int[] ones = new int[rank];
    Arrays.fill(ones, 1);
    NumericArray written = rank == 0 ? NumericArray.zeros(0, 3) : NumericArray.zeros(ones);
    Path file = folder.resolve("a." + extension);
    assertFails(
        () -> DataFile.write(file, written),
        Code.UNSUPPORTED,
        file + ": " + Sizes.text(written.shape()) + " can't be written in this format; use .npy");
    assertThat(file).doesNotExist();
  }

  @Test
  void emptyArrays() {
    Path npy = folder.resolve("a.npy");
    Path mtx = folder.resolve("a.mtx");
    Path json = folder.resolve("a.json");
    for (int[] shape : new int[][] {{0}, {0, 3}, {3, 0}, {2, 0, 4}}) {
      DataFile.write(npy, NumericArray.zeros(shape));
      assertThat(DataFile.read(npy).shape()).isEqualTo(shape);
      if (shape.length == 2) {
        DataFile.write(mtx, NumericArray.zeros(shape));
        assertThat(DataFile.read(mtx).shape()).isEqualTo(shape);
      }
    }
    for (int[] shape : new int[][] {{0}, {3, 0}, {2, 3, 0}}) {
      DataFile.write(json, NumericArray.zeros(shape));
      assertThat(DataFile.read(json).shape()).isEqualTo(shape);
    }
  }

  @Test
  void damageToAnArchiveIsSeen() throws IOException {
    Path file = folder.resolve("a.npz");
    DataFile.write(file, NumericArray.vector(1, 2, 3, 4));
    byte[] bytes = Files.readAllBytes(file);
    int four = new String(bytes, ISO_8859_1).indexOf("\0\20\100");
    bytes[four] ^= 1;
    Files.write(file, bytes);
    assertFails(() -> DataFile.read(file), Code.VALUE, file + "/arr_0.npy: its checksum is wrong");
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 10));
    assertFails(
        () -> DataFile.read(file),
        Code.VALUE,
        file + ": is no sound zip archive (zip END header not found)");
  }

  /** What is no regular file has no size: a pipe, as a shell's {@code <(...)} makes it. */
  @Test
  void readsPipes() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assumeThat(made.waitFor()).as("this system has no mkfifo").isZero();
    Path npy = folder.resolve("a.npy");
    NumericArray array = random(new Random(SEED), 3);
    DataFile.write(npy, array);
    Process copy = new ProcessBuilder("cp", npy.toString(), pipe.toString()).start();
    try {
      assertSame(DataFile.read(pipe), array);
    } finally {
      copy.destroy();
    }
  }
}
