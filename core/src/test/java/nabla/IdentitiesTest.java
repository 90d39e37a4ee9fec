package nabla;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import nabla.corpus.Lengths;
import org.junit.jupiter.api.Test;

/**
 * The page of identities is what Nabla answers. Run with {@code -Dnabla.transcripts=rewrite}, the
 * test writes it.
 */
class IdentitiesTest {
  private static final Path PAGE = Path.of("../docs/identities.md");
  private static final boolean REWRITE =
      System.getProperty("nabla.transcripts", "compare").equals("rewrite");

  private static final String HEADER =
      """
      | source | expression | by | given | derivative | length | source's | check |
      |---|---|---|---|---|---:|---:|---|
      """;

  @Test
  void thePageIsWhatIsAnswered() throws IOException {
    String now = page(Identity.all());
    if (REWRITE) Files.writeString(PAGE, now);
    else assertThat(Files.readString(PAGE)).isEqualTo(now);
  }

  private static String page(List<Identity> identities) {
    Map<String, List<Identity>> sections =
        identities.stream()
            .collect(groupingBy(Identity::section, LinkedHashMap::new, Collectors.toList()));
    return introduction(identities)
        + sections.entrySet().stream()
            .map(s -> "\n## " + s.getKey() + "\n\n" + HEADER + rows(s.getValue()))
            .collect(joining());
  }

  private static String introduction(List<Identity> identities) {
    double[] ratios =
        identities.stream()
            .mapToDouble(i -> Lengths.ratio(i.answer(), i.asked().expected()))
            .sorted()
            .toArray();
    return String.format(
        Locale.ROOT,
        """
        # Identities

        What the corpus has of chapter 2 of the [Matrix Cookbook](https://www.math.uwaterloo.ca/~hwolkowi/matrixcookbook.pdf)
        (version of 2012) and of the tables of Wikipedia's [Matrix calculus](https://en.wikipedia.org/wiki/Matrix_calculus),
        with Nabla's answers in denominator layout.

        **%d identities, %d of them checked. The median of the lengths is %.2f of the source's: %d answers are shorter, %d as long, %d longer.**

        - Where a source states a rule for any function, such as that for a product, an instance of it is asked.
        - *given* is what was declared beyond kinds and sizes. Answers may use it.
        - *length* is that of the answer, *source's* that of the formula of the source, spelled in [the language](language.md).
          Names, numbers and signs are counted, each as one; brackets and commas are not.
        - *checked*: the printed answer was read again and agrees with central differences of the expression at the data of the corpus.
          That it has the value which the corpus expects is a test of its own.

        This page is written by `core/src/test/java/nabla/IdentitiesTest.java` from `core/src/test/resources/corpus/cases.jsonl`. Every build
        compares it with what is answered now; `mvn verify -Dnabla.transcripts=rewrite` writes it anew.
        """,
        identities.size(),
        identities.stream().filter(Identity::checked).count(),
        Lengths.quantile(ratios, 0.5),
        identities.stream().filter(i -> i.length() < i.lengthOfSource()).count(),
        identities.stream().filter(i -> i.length() == i.lengthOfSource()).count(),
        identities.stream().filter(i -> i.length() > i.lengthOfSource()).count());
  }

  private static String rows(List<Identity> identities) {
    return identities.stream().map(Identity::row).collect(joining());
  }
}
