package nabla.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A part that is pointed at or selected says what it is, and its rule. */
@InChromium
class PartsTest {
  private static final String TIP = "Point at a part";

  @Test
  void areSelectedWithKeys(Sheet sheet) {
    sheet.open("").ask("norm2(A*x - b)^2").settled();
    Locator said = sheet.find("#part");
    assertThat(said).containsText(TIP);
    sheet.page().keyboard().press("Home");
    sheet.page().keyboard().press("Alt+ArrowUp");
    sheet.page().keyboard().press("Alt+ArrowUp");
    assertThat(said).containsText("scalar");
    sheet.page().keyboard().press("Alt+ArrowUp");
    assertThat(said).containsText("d(norm2(u)^2) = 2*u'*du");
    sheet.page().keyboard().press("ArrowRight");
    assertThat(said).containsText(TIP);
  }

  /** Once one has stopped selecting; typing says nothing of parts. */
  @Test
  void areHeard(Sheet sheet) {
    sheet.open("").ask("norm2(A*x - b)^2").settled();
    Locator heard = sheet.find("#announcer");
    assertThat(heard).containsText("Derivative by x");
    sheet.page().keyboard().press("Home");
    for (int k = 0; k < 3; k++) sheet.page().keyboard().press("Alt+ArrowUp");
    assertThat(heard).containsText("the norm of");
    assertThat(heard).containsText("scalar. ");
    assertThat(heard).containsText("d(norm2(u)^2) = 2*u'*du");
  }

  @Test
  void arePointedAt(Sheet sheet) {
    sheet.open("").ask("logdet(X)").settled();
    sheet.find(".token-function").getByText("logdet").hover();
    assertThat(sheet.find(".part-tooltip")).containsText("scalar");
    assertThat(sheet.find(".part-tooltip")).containsText("logdet");
    assertThat(sheet.find(".lit")).not().hasCount(0);
  }

  @Test
  void thatAreNoLongerSelectedAreNotSaid(Sheet sheet) {
    sheet.open("").settled();
    List<Route> held = new ArrayList<>();
    sheet.page().route("**/api/parse", held::add);
    sheet.find(".cm-content").click();
    sheet.page().keyboard().press("Control+A");
    sheet.page().waitForCondition(() -> !held.isEmpty());
    sheet.page().keyboard().press("End");
    held.forEach(Route::resume);
    sheet.settled();
    assertThat(sheet.find("#part")).containsText(TIP);
    sheet.page().waitForTimeout(100);
    assertThat(sheet.find("#part")).containsText(TIP);
  }
}
