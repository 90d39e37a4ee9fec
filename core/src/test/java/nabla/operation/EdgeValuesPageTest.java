package nabla.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The documentation has the tables that {@link EdgeValuesTest} holds the operations to; {@code
 * -Dnabla.transcripts=rewrite} puts them there.
 */
class EdgeValuesPageTest {
  private static final Path PAGE = Path.of("../docs/edge-values.md");
  private static final String BEFORE = "<!-- edge values -->\n";
  private static final String AFTER = "\n<!-- end of edge values -->";

  @Test
  void showsTheTables() throws IOException {
    String written = Files.readString(PAGE);
    int from = written.indexOf(BEFORE) + BEFORE.length();
    int to = written.indexOf(AFTER);
    String now = written.substring(0, from) + EdgeValuesPage.markdown() + written.substring(to);
    if (System.getProperty("nabla.transcripts", "compare").equals("rewrite")) {
      Files.writeString(PAGE, now);
    } else {
      assertThat(written).isEqualTo(now);
    }
  }
}
