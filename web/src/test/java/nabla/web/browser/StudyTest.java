package nabla.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a scalar function: what is said of its least value, and of its picture. */
@InChromium
class StudyTest {
  private static Locator verdict(Sheet sheet) {
    return sheet.find("#tools .verdict");
  }

  private static Sheet study(Sheet sheet, String link, String button) {
    sheet.open(link);
    Views.tool(sheet, "Convex? Least value? Picture");
    sheet.button(button).click();
    return sheet;
  }

  private static String withValues(String link, String values) {
    return link + ";v=" + Links.escape(values);
  }

  /** No other numbers are taken in the place of those that were typed. */
  @ParameterizedTest
  @ValueSource(strings = {"Where is it least?", "Draw it"})
  void dataThatCannotBeReadAreSaid(String button, Sheet sheet) {
    String link = Links.to("norm2(A*x - b)^2", "x");
    study(sheet, withValues(link, "{\"A\": \"[1, 2; 3]\"}"), button);
    assertThat(verdict(sheet)).hasAttribute("data-tone", "bad");
    assertThat(verdict(sheet)).containsText("The value of A cannot be read");
  }

  private static final String LOGISTIC = Links.to("sum(log(1 + exp(-y.*(X*w))))", "w");

  /** Data of one variable tell the sizes of others. */
  @Test
  void sizesAreThoseOfTheData(Sheet sheet) {
    study(sheet, withValues(LOGISTIC, "{\"X\": \"[1,2;3,4;0,-1]\"}"), "Where is it least?");
    assertThat(verdict(sheet)).not().hasAttribute("data-tone", "bad");
    sheet.button("Draw it").click();
    assertThat(sheet.find(".picture img")).isVisible();
    Views.tool(sheet, "Numbers");
    assertThat(sheet.find(".evaluated")).hasCount(2);
    assertThat(sheet.find("#tools .count")).hasCount(0);
  }

  /** Entries that are named one by one are all that there are. */
  @Test
  void ofTwoEntriesAreContours(Sheet sheet) {
    study(sheet, Links.to("100*(x[2] - x[1]^2)^2 + (1 - x[1])^2", "x"), "Draw it");
    assertThat(sheet.find(".picture img"))
        .hasAttribute("alt", Pattern.compile("contour", Pattern.CASE_INSENSITIVE));
    Views.tool(sheet, "Numbers");
    assertThat(sheet.page().getByLabel("size n")).hasValue("2");
  }

  /** What a search finds is least around it; only a proof makes it the least of all. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          c^4 - 8*c^2 + 3*c | c | good   | A local minimum: -22.135
          c^3               | c | unsure | Not converged: the function has no least value
          (x[1]*x[2] - 1)^2 | x | unsure | A flat point, perhaps no minimum:
          (c - 1)^2 + 2     | c | good   | Least value 2, globally
          """)
  void aValueIsTheLeastOnlyIfThatIsProved(
      String expression, String by, String tone, String said, Sheet sheet) {
    study(sheet, Links.to(expression, by), "Where is it least?");
    assertThat(verdict(sheet)).hasAttribute("data-tone", tone);
    assertThat(verdict(sheet)).containsText(said);
  }

  /** Whether it is convex follows from declarations alone, which is said. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          norm2(A*x - b)^2 | Convex in x  | For any A, b that the declarations allow.
          x'*A*x           | Neither      | Not for every A that the declarations allow
          """)
  void convexityIsThatOfAllThatIsDeclared(
      String expression, String kind, String allowed, Sheet sheet) {
    study(sheet, Links.to(expression, "x"), "Is it convex?");
    assertThat(verdict(sheet)).containsText(kind);
    assertThat(verdict(sheet)).containsText(allowed);
  }

  /** An answer about random numbers says so, and shows them. */
  @ParameterizedTest
  @ValueSource(strings = {"Where is it least?", "Draw it"})
  void whatIsRandomIsSaid(String button, Sheet sheet) {
    study(sheet, withValues(LOGISTIC, "{\"y\": \"[1, -1]\"}"), button);
    Locator drawn = sheet.find("#tools .drawn");
    assertThat(drawn.locator("summary")).hasText("Random: X, where w begins (seed 1)");
    drawn.locator("summary").click();
    drawn.getByText("Keep as values").click();
    assertThat(sheet.page().getByLabel("Value of X")).hasValue(Pattern.compile("^\\[\\["));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sum(x) = 1, x >= 0", "sum(x) = 1; x >= 0", "sum(x) = 1\nx >= 0"})
  void constraintsAreSeveral(String constraints, Sheet sheet) {
    sheet.open(Links.to("norm2(A*x - b)^2", "x"));
    Views.tool(sheet, "Convex? Least value? Picture");
    sheet.page().getByLabel("Subject to").fill(constraints);
    sheet.button("Where is it least?").click();
    assertThat(verdict(sheet)).containsText("multiplier of sum(x) = 1");
    assertThat(verdict(sheet)).containsText("multiplier of x >= 0");
    sheet.button("Draw it").click();
    assertThat(sheet.find("#tools")).containsText("“subject to” is not drawn");
  }
}
