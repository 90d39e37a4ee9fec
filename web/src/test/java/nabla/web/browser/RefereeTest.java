package nabla.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Somebody's own answer is judged, and a verdict is about what is claimed now. */
@InChromium
class RefereeTest {
  private static Locator verdict(Sheet sheet) {
    return sheet.find("#tools .verdict");
  }

  private static Locator claim(Sheet sheet) {
    return sheet.page().getByLabel("Your answer");
  }

  @Test
  void anotherClaimHasNoVerdictYet(Sheet sheet) {
    Views.wrongAnswer(sheet.open(""));
    claim(sheet).pressSequentially("'");
    assertThat(verdict(sheet)).hasCount(0);
    sheet.button("Check").click();
    assertThat(verdict(sheet)).isVisible();
    claim(sheet).fill("");
    assertThat(verdict(sheet)).hasCount(0);
  }

  @Test
  void anotherQuestionHasNoVerdictYet(Sheet sheet) {
    Views.wrongAnswer(sheet.open(""));
    sheet.ask("x'*B*x");
    assertThat(verdict(sheet)).hasCount(0);
  }

  @Test
  void aVerdictThatComesTooLateIsDropped(Sheet sheet) {
    sheet.open("");
    Views.tool(sheet, "Check your own answer");
    List<Route> held = new ArrayList<>();
    sheet.page().route("**/api/check", held::add);
    claim(sheet).fill("A*x");
    sheet.button("Check").click();
    sheet.page().waitForCondition(() -> !held.isEmpty());
    claim(sheet).fill("A*x + A'*x");
    held.forEach(Route::resume);
    sheet.settled();
    assertThat(verdict(sheet)).hasCount(0);
  }
}
