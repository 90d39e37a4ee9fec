package nabla.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no matrix can hold is shown all the same: by entries, or with Kronecker products. */
@InChromium(oneWindow = true)
class HigherOrderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          logdet(X)            | X | second
          sum(x.^4)            | x | third
          A*X*B                | X | first
          inv(X)               | X | first
          X'*X                 | X | first
          tr(X*A*X*B)          | X | second
          x*x'                 | x | first
          x*x'                 | x | second
          """)
  void isShownWithItsConvention(String expression, String by, String operator, Sheet sheet) {
    String link = Links.to(expression, by) + (operator.equals("first") ? "" : ";o=" + operator);
    sheet.open(link).answered(expression);
    // of an answer that is by entries already, the other forms are unfolded
    boolean byEntries = sheet.latex().getFirst().startsWith("D_{");
    if (sheet.find("#cards details[open]").count() == 0) {
      sheet.find("#cards summary").getByText("Other forms").click();
    }
    sheet.settled();
    assertThat(sheet.find("#cards .form")).not().hasCount(0);
    if (!byEntries) assertThat(form(sheet, "By entries")).isVisible();
    assertThat(sheet.find("#cards .meaning")).containsText("entry ");
    sheet.requireNoBrokenFormula();
    assertThat(sheet.find("#cards")).not().containsText("cannot be displayed");
    if (expression.contains("X") && operator.equals("first")) {
      assertThat(form(sheet, "With Kronecker products")).isVisible();
      assertThat(sheet.find(".form").getByText("vec").first()).isVisible();
    }
    assertThat(sheet.badge()).hasAttribute("data-tone", "good");
  }

  /** How much work each form is, at sizes that one chooses. */
  @Test
  void formsHaveTheirWork(Sheet sheet) {
    sheet.open(Links.to("x'*A*x", "x"));
    sheet.find("#cards summary").getByText("Other forms").click();
    Locator work = sheet.find("#cards .work > .shape");
    assertThat(work.first()).hasText("30 kflop, 80.8 kB");
    sheet.page().getByLabel("work for n =").fill("1000");
    sheet.page().getByLabel("work for n =").blur();
    assertThat(work.first()).hasText("3 Mflop, 8.01 MB");
    assertThat(work.filter(new Locator.FilterOptions().setHasText("flop"))).not().hasCount(1);
  }

  private static Locator form(Sheet sheet, String name) {
    return sheet.find(".form h3").getByText(name, new Locator.GetByTextOptions().setExact(true));
  }
}
