package nabla.engine.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files give arrays or messages, and nothing else. */
class FuzzTest {
  private static final long SEED = 5;
  private static final int MUTATIONS = 1_000;
  private static final String INSERTED = "0123456789.,;eE+-\"#%[]{}() \t\r\n'xL\0\u00ff";

  @TempDir Path folder;

  @Test
  void npy() throws IOException {
    fuzz("npy");
  }

  @Test
  void npz() throws IOException {
    fuzz("npz");
  }

  @Test
  void csv() throws IOException {
    fuzz("csv");
  }

  @Test
  void json() throws IOException {
    fuzz("json");
  }

  @Test
  void matrixMarket() throws IOException {
    fuzz("mtx");
    fuzz(
        "mm",
        "%%MatrixMarket matrix coordinate real symmetric\n% c\n4 4 3\n1 1 2.5\n3 2 -1\n4 4 7\n"
            .getBytes(UTF_8));
  }

  private void fuzz(String extension) throws IOException {
    Path file = folder.resolve("good." + extension);
    DataFile.write(file, NumericArray.of(new int[] {2, 3}, 1, -2.5, 3e10, Double.NaN, 0.1, 6));
    fuzz(extension, Files.readAllBytes(file));
  }

  private void fuzz(String extension, byte[] good) throws IOException {
    Random random = new Random(SEED);
    Path file = folder.resolve("bad." + extension);
    for (int k = 0; k < MUTATIONS; k++) {
      byte[] bad = mutated(good, random);
      Files.write(file, bad);
      try {
        Map<String, NumericArray> arrays = DataFile.readAll(file);
        assertThat(arrays.values()).allSatisfy(array -> assertThat(array.count()).isNotNegative());
      } catch (NablaException e) {
        assertThat(e.getMessage()).startsWith(file.toString()).doesNotContain("null");
      } catch (RuntimeException | Error e) {
        fail("mutation " + k + " of seed " + SEED + ": " + new String(bad, UTF_8), e);
      }
    }
  }

  /** One to four bytes changed, inserted or left out, or the end cut off. */
  private static byte[] mutated(byte[] good, Random random) {
    byte[] bytes = good.clone();
    for (int times = 1 + random.nextInt(4); times > 0 && bytes.length > 0; times--) {
      int at = random.nextInt(bytes.length);
      byte any = (byte) random.nextInt(256);
      byte likely = (byte) INSERTED.charAt(random.nextInt(INSERTED.length()));
      bytes =
          switch (random.nextInt(5)) {
            case 0 -> spliced(bytes, at, at + 1, any);
            case 1 -> spliced(bytes, at, at + 1, likely);
            case 2 -> spliced(bytes, at, at, likely);
            case 3 -> spliced(bytes, at, at + 1);
            default ->
                random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : spliced(bytes, at, at, any);
          };
    }
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte... middle) {
    byte[] spliced = Arrays.copyOf(bytes, from + middle.length + bytes.length - to);
    System.arraycopy(middle, 0, spliced, from, middle.length);
    System.arraycopy(bytes, to, spliced, from + middle.length, bytes.length - to);
    return spliced;
  }
}
