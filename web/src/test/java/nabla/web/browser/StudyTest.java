package nabla.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
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

  /** What a search finds is least around it; only a proof makes it the least of all. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          c^4 - 8*c^2 + 3*c | c | good   | A local minimum:
          c^3               | c | unsure | A flat point, perhaps no minimum:
          (c - 1)^2 + 2     | c | good   | Least value 2, globally
          """)
  void aValueIsTheLeastOnlyIfThatIsProved(
      String expression, String by, String tone, String said, Sheet sheet) {
    study(sheet, Links.to(expression, by), "Where is it least?");
    assertThat(verdict(sheet)).hasAttribute("data-tone", tone);
    assertThat(verdict(sheet)).containsText(said);
  }
}
