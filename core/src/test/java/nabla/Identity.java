package nabla;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nabla.corpus.Corpus;
import nabla.corpus.Lengths;
import nabla.tensor.Property;
import nabla.tensor.Variable;

/**
 * An identity of a book or an article as a row of a table, with Nabla's answer.
 *
 * @param section the part of the source that it stands in
 * @param name its number or what the source calls it; empty if that is the formula itself
 */
record Identity(String section, String name, Corpus.Case asked, String answer, boolean checked) {
  private static final String COOKBOOK = "Matrix Cookbook ";
  private static final Pattern WIKIPEDIA =
      Pattern.compile("Wikipedia (\\w+)-by-(\\w+)((?: via \\w+)?)[:,]?\\s*(.*)");
  private static final Pattern NUMBER = Pattern.compile("\\d{2,3}");

  /** Equations of the Cookbook with which its sections begin. */
  private record Section(int first, String title) {
    static final List<Section> ALL =
        List.of(
            new Section(32, "2: rules"),
            new Section(46, "2.1: determinants"),
            new Section(59, "2.2: inverses"),
            new Section(65, "2.3: eigenvalues"),
            new Section(69, "2.4: matrices, vectors and scalar forms"),
            new Section(99, "2.5: traces"),
            new Section(129, "2.6: norms of vectors"),
            new Section(132, "2.7: norms of matrices"),
            new Section(133, "2.8: structured matrices"));

    static String of(int equation) {
      return ALL.reversed().stream()
          .filter(s -> s.first <= equation)
          .findFirst()
          .orElseThrow()
          .title;
    }
  }

  /** Those of the book, then those of the article, each in the order of the corpus. */
  static List<Identity> all() {
    return Corpus.cases().stream()
        .filter(Identity::isPublished)
        .sorted(comparing(c -> !c.source().startsWith(COOKBOOK)))
        .map(Identity::of)
        .toList();
  }

  private static boolean isPublished(Corpus.Case c) {
    return c.source().startsWith(COOKBOOK) || c.source().startsWith("Wikipedia ");
  }

  private static Identity of(Corpus.Case c) {
    Derivative derivative = c.derivative();
    String section;
    String name;
    Matcher article = WIKIPEDIA.matcher(c.source());
    if (article.matches()) {
      section = "Wikipedia: " + article.group(1) + " by " + article.group(2) + article.group(3);
      name = article.group(4);
    } else {
      Matcher number = NUMBER.matcher(c.source() + c.id());
      if (!number.find()) throw new IllegalArgumentException(c.source());
      section = COOKBOOK + Section.of(Integer.parseInt(number.group()));
      name = c.source().substring(COOKBOOK.length());
    }
    return new Identity(section, name, c, derivative.text(), derivative.check(c.at()).passed());
  }

  int length() {
    return Lengths.of(answer);
  }

  int lengthOfSource() {
    return Lengths.of(asked.expected());
  }

  /** Cells: name, expression, variables, what is known of them, answer, both lengths, the check. */
  String row() {
    return List.of(
            name.replaceAll("[*_]", "\\\\$0"),
            code(asked.expression()),
            asked.by().stream().map(Identity::code).collect(joining(", ")),
            String.join(", ", known()),
            code(answer),
            String.valueOf(length()),
            String.valueOf(lengthOfSource()),
            checked ? "checked" : "no")
        .stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(joining(" | ", "| ", " |\n"));
  }

  /** Declared properties; kinds and sizes can be seen from the expression. */
  private List<String> known() {
    return asked.parse().variables().stream()
        .map(Symbol::variable)
        .filter(v -> !v.properties().isEmpty())
        .filter(v -> asked.expression().matches(".*\\b" + v.name() + "\\b.*"))
        .map(Identity::withProperties)
        .toList();
  }

  private static String withProperties(Variable v) {
    return v.properties().stream()
        .sorted()
        .map(Property::label)
        .collect(joining(" ", v.name() + " ", ""));
  }

  private static String code(String text) {
    return "`" + text + "`";
  }
}
