package nabla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command in {@code src/test/transcripts} writes what stands below it. */
class TranscriptsTest {
  private static final Path FOLDER = Path.of("src/test/transcripts");

  static List<Path> transcripts() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(FOLDER::relativize).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void writesThis(Path file) throws IOException {
    String written = Files.readString(FOLDER.resolve(file));
    String now = Transcript.replay(written);
    if (Transcript.REWRITE) Files.writeString(FOLDER.resolve(file), now);
    else Transcript.assertEqual(written, now);
    assertThat(now).as("no colour where no terminal reads").doesNotContain("\u001b");
  }
}
