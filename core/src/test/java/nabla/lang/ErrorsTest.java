package nabla.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import nabla.Expression;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What wrong input is answered with; the table draws the place under the input. */
class ErrorsTest {

  /**
   * One case of {@code errors.txt}: the input, and under it the place, the code, the message and
   * the hint.
   *
   * @param at the cell in which the place is, 0 for the expression; -1 if there is none
   */
  record Row(
      String line,
      List<String> cells,
      int at,
      Span span,
      String code,
      String message,
      String hint) {

    static Row of(String line, String answer) {
      List<String> cells = List.of(line.split(" \\| ", -1));
      boolean placed = answer.stripLeading().startsWith("^");
      int first = answer.indexOf('^');
      int end = placed ? answer.indexOf(' ', first) : 0;
      String[] says = answer.substring(end).strip().split("  → ", 2);
      String[] coded = says[0].split(": ", 2);
      String hint = says.length > 1 ? says[1] : "";
      if (!placed) return new Row(line, cells, -1, Span.NONE, coded[0], coded[1], hint);
      int cell = 0;
      int from = 0;
      while (first > from + length(cells.get(cell))) from += length(cells.get(cell++)) + 3;
      int start = characters(cells.get(cell), first - from);
      int length = characters(cells.get(cell), end - from) - start;
      return new Row(line, cells, cell, new Span(start, length), coded[0], coded[1], hint);
    }

    private static int length(String cell) {
      return cell.codePointCount(0, cell.length());
    }

    /** How many characters the first columns of a cell stand for. */
    private static int characters(String cell, int columns) {
      int shown = Math.min(columns, length(cell));
      return length(unescaped(cell.substring(0, cell.offsetByCodePoints(0, shown))));
    }

    String cell(int k) {
      return k < cells.size() ? unescaped(cells.get(k)) : "";
    }

    @Override
    public String toString() {
      return line;
    }
  }

  /** Only a backslash, u and four digits are an escape; a backslash alone divides. */
  private static String unescaped(String cell) {
    return java.util.regex.Pattern.compile("\\\\u([0-9A-F]{4})")
        .matcher(cell)
        .replaceAll(
            m ->
                java.util.regex.Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(m.group(1), 16))));
  }

  static List<Row> rows() throws IOException {
    try (InputStream table = ErrorsTest.class.getResourceAsStream("errors.txt")) {
      String text =
          new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8);
      List<String> lines = text.lines().filter(l -> !l.isBlank() && !l.startsWith("# ")).toList();
      List<Row> rows = new ArrayList<>();
      for (int k = 0; k < lines.size(); k += 2) rows.add(Row.of(lines.get(k), lines.get(k + 1)));
      return rows;
    }
  }

  static Diagnostic mistake(String expression, String declarations, String by) {
    NablaException e =
        catchThrowableOfType(
            NablaException.class, () -> Expression.parse(expression, declarations).derivative(by));
    assertThat(e).as("nothing is wrong with " + expression).isNotNull();
    return e.diagnostic();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void saysWhatIsWrongWhereAndWhatToWrite(Row row) {
    String by = row.cell(2).isEmpty() ? "x" : row.cell(2);
    Diagnostic d = mistake(row.cell(0), row.cell(1), by);
    assertThat(d.code().label() + ": " + d.message()).isEqualTo(row.code() + ": " + row.message());
    assertThat(d.hint()).isEqualTo(row.hint());
    assertThat(d.span()).isEqualTo(row.span());
    if (row.at() >= 0) assertThat(d.source()).isEqualTo(row.cell(row.at()));
  }

  @Test
  void everyRowIsAnother() throws IOException {
    assertThat(rows()).extracting(Row::line).doesNotHaveDuplicates().hasSizeGreaterThan(200);
  }

  /** A proposed name is known, so that following the hint ends this mistake. */
  @ParameterizedTest
  @MethodSource("proposals")
  void proposesWhatExists(Row row) {
    String proposed = row.hint().substring("did you mean ".length(), row.hint().length() - 1);
    String cell = row.cell(row.at());
    int from = cell.offsetByCodePoints(0, row.span().start());
    int to = cell.offsetByCodePoints(from, row.span().length());
    String followed = cell.substring(0, from) + proposed + cell.substring(to);
    boolean where = row.at() == 1;
    NablaException e =
        catchThrowableOfType(
            NablaException.class,
            () -> Expression.parse(where ? row.cell(0) : followed, where ? followed : row.cell(1)));
    if (e != null) assertThat(e.diagnostic().message()).isNotEqualTo(row.message());
  }

  static Stream<Row> proposals() throws IOException {
    return rows().stream().filter(r -> r.at() >= 0 && r.hint().startsWith("did you mean "));
  }

  /** An input too long for the table. */
  record Huge(String name, String expression, String declarations, Code code, int column) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Huge> huge() {
    return Stream.of(
        limit("a million characters", "x+".repeat(500_000) + "x", 10_001),
        limit("a million letters", "x".repeat(1_000_000), 10_001),
        limit("10,001 characters", "x+".repeat(5_000) + "x", 10_001),
        limit("10,001 spaces", " ".repeat(10_001), 10_001),
        limit("a hundred thousand brackets", brackets(100_000), 10_001),
        limit("a hundred thousand open brackets", "(".repeat(100_000), 10_001),
        limit("a hundred thousand primes", "x" + "'".repeat(100_000), 10_001),
        limit("5,000 open brackets", "(".repeat(5_000), 201),
        limit("4,000 brackets", brackets(4_000), 201),
        limit("201 brackets", brackets(201), 201),
        limit("201 square brackets", "[".repeat(201) + "x" + "]".repeat(201), 201),
        limit("201 calls", "exp(".repeat(201) + "x" + ")".repeat(201), 804),
        limit("201 indices", "x[".repeat(201) + "1" + "]".repeat(201), 402),
        limit("9,000 signs", "-".repeat(9_000) + "x", 201),
        limit("9,000 primes", "x" + "'".repeat(9_000), 202),
        limit("x^x^x^…", "x" + "^x".repeat(4_999), 402),
        limit("a number of 5,000 digits", "1".repeat(5_000) + "*x", 1),
        limit("a fraction of 5,000 digits", "x + 0." + "1".repeat(5_000), 5),
        limit("a number beyond double", "x*1e309", 3),
        limit("a number below double", "x*1e-325", 3),
        limit("2^3^4^5^6^7", "2^3^4^5^6^7*x", 1),
        limit("2^(3^(4^(5^6)))", "2^(3^(4^(5^6)))*x", 6),
        limit("9^9^9^9", "9^9^9^9*x", 1),
        limit("a power of a coefficient", "(2*x)^1000000", 1),
        new Huge("X^1000000", "X^1000000*x", "", Code.LIMIT, 3),
        new Huge("a size of 1e10", "x", "x: vector[10000000000]", Code.LIMIT, 11),
        new Huge(
            "a size beyond long",
            "x",
            "x: vector[2000000000*2000000000*2000000000]",
            Code.LIMIT,
            -1),
        new Huge(
            "a size of degree 3,000",
            "x",
            "x: vector[n" + "*n".repeat(2_999) + "]",
            Code.LIMIT,
            -1),
        limit("an entry of a large vector", "unit(1000000000,n)'*x", 6),
        new Huge("221 factors, sums", "(A + B)*".repeat(220) + "x", "", Code.LIMIT, -1),
        new Huge(
            "a million declarations", "x'*x", "x: vector[n];".repeat(80_000), Code.LIMIT, 10_001),
        new Huge(
            "brackets in declarations",
            "x'*x",
            "x: vector" + "[".repeat(5_000),
            Code.DECLARATION,
            11),
        new Huge("3,000 arguments", "max(" + "x,".repeat(3_000) + "x)", "", Code.ARITY, 1),
        new Huge("9,000 letters", "x'*" + "y".repeat(9_000) + "(x)", "", Code.NAME, 4),
        new Huge("5,000 columns", "x" + "*x".repeat(4_999), "x: vector[n]", Code.SHAPE, 1),
        new Huge("700 names", names(700) + " + X*x*x", "", Code.SHAPE, 4_098));
  }

  private static Huge limit(String name, String expression, int column) {
    return new Huge(name, expression, "", Code.LIMIT, column);
  }

  private static String brackets(int depth) {
    return "(".repeat(depth) + "x" + ")".repeat(depth);
  }

  private static String names(int count) {
    StringBuilder sum = new StringBuilder("v_0'*v_0");
    for (int k = 1; k < count; k++) sum.append("+v_").append(k);
    return sum.toString();
  }

  @ParameterizedTest
  @MethodSource("huge")
  void refusesWhatIsTooLarge(Huge huge) {
    Diagnostic d = mistake(huge.expression(), huge.declarations(), "x");
    assertThat(d.code()).as(d.message()).isEqualTo(huge.code());
    assertThat(d.message().length()).isLessThan(20_000);
    if (huge.column() > 0)
      assertThat(d.span().start() + 1).as(d.message()).isEqualTo(huge.column());
  }

  /** What is just within the limits has an answer. */
  @Test
  void readsWhatIsWithinTheLimits() {
    assertThat(Expression.parse(brackets(200)).kind()).isEqualTo("vector");
    assertThat(Expression.parse(brackets(199)).kind()).isEqualTo("vector");
    assertThat(Expression.parse("x" + "'".repeat(200)).kind()).isEqualTo("vector");
    assertThat(Expression.parse("x+".repeat(4_999) + "xx").kind()).isEqualTo("vector");
    String nest = "exp(".repeat(199) + "x" + ")".repeat(199);
    assertThat(Expression.parse(nest, "x: scalar").derivative("x").statements())
        .hasSizeGreaterThan(9);
    String doubling = "(x*sin(".repeat(90) + "x" + "))".repeat(90);
    assertThat(Expression.parse(doubling, "x: scalar").derivative("x").statements())
        .hasSizeGreaterThan(9);
    assertThat(Expression.parse("A*".repeat(300) + "x").derivative("x").text()).contains("A'^");
    assertThat(Expression.parse("2^3^4^5^6*x").kind()).isEqualTo("vector");
    assertThat(Expression.parse("x*1e308").kind()).isEqualTo("vector");
    assertThat(Expression.parse("x + 0e999999").kind()).isEqualTo("vector");
    assertThat(Expression.parse("x", "x: vector[2147483647]").kind()).isEqualTo("vector");
  }
}
