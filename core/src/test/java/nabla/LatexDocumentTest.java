package nabla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nabla.corpus.Corpus;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Explanations in LaTeX are documents that LaTeX compiles. */
class LatexDocumentTest {
  private static final int DOCUMENTS = 30;

  @TempDir Path directory;

  record Document(Corpus.Case of, Explanation.Method method, int detail) {
    String latex() {
      var options = new Explanation.Options(method, detail, Map.of(), 1);
      return of.derivative().explain(options).latex();
    }
  }

  /** Cases from all over the corpus, the ways to explain them in turn. */
  static List<Document> documents() {
    List<Explanation.Method> methods =
        List.of(
            Explanation.Method.DIFFERENTIAL, Explanation.Method.LIMIT, Explanation.Method.CHAIN);
    List<Corpus.Case> cases = Corpus.cases();
    List<Document> documents = new ArrayList<>();
    for (int k = 0; k < DOCUMENTS; k++) {
      Corpus.Case c = cases.get(k * cases.size() / DOCUMENTS);
      documents.add(new Document(c, methods.get(k % methods.size()), k % 4));
    }
    return documents;
  }

  @ParameterizedTest
  @MethodSource("documents")
  void compiles(Document document) throws IOException, InterruptedException {
    assumeTrue(isInstalled("pdflatex"), "pdflatex is not installed, so that nothing is compiled");
    Path file = directory.resolve("derivation.tex");
    Files.writeString(file, document.latex());
    Path log = directory.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                "pdflatex", "-interaction=nonstopmode", "-halt-on-error", file.getFileName() + "")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor()).as(() -> text(file) + text(log)).isZero();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return String.valueOf(e);
    }
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
  }
}
