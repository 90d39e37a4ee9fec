package nabla.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The result is live: it follows what one types, and says so when one pauses. */
@InChromium
class TypingTest {
  /** Until an answer is asked for after the last key, in milliseconds. */
  private static final int PAUSE = 150;

  /** Until something says that an answer is awaited. */
  private static final int PATIENCE = 300;

  private static final String TWENTY = "norm2(A*x - b)^2 + c";

  @Test
  void fastKeysHaveOneResult(Sheet sheet) {
    sheet.open("").stopClock();
    sheet.watch().forget();
    sheet.write("");
    sheet.page().keyboard().type(TWENTY);
    sheet.runClock(PAUSE - 1);
    assertThat(asked(sheet)).isEmpty();
    sheet.runClock(1);
    sheet.answered(TWENTY);
    assertThat(asked(sheet)).containsExactly(TWENTY);
    assertThat(sheet.latex()).singleElement().asString().contains("\\partial x", "A^{\\top}");
  }

  private static List<String> asked(Sheet sheet) {
    return sheet.watch().questions("derivative").stream()
        .map(question -> PageData.text(question, "expr"))
        .toList();
  }

  @Test
  void aStaleAnswerIsDropped(Sheet sheet) {
    sheet.open("");
    List<Route> held = new ArrayList<>();
    sheet
        .page()
        .route(
            "**/api/derivative",
            route -> {
              if (route.request().postData().contains("A*x")) held.add(route);
              else route.resume();
            });
    sheet.write("x'*A*x + c");
    sheet.page().waitForCondition(() -> !held.isEmpty());
    sheet.ask("x'*B*x");
    List<String> formulas = sheet.latex();
    held.forEach(Route::resume);
    sheet.page().waitForTimeout(PATIENCE);
    assertThat(sheet.latex()).isEqualTo(formulas);
    assertThat(sheet.page()).hasTitle("x'*B*x · Nabla");
    assertThat(sheet.page()).hasURL(Pattern.compile("B%2Ax"));
  }

  @Test
  void theLastResultStaysDimmedWhileTheTextIsBroken(Sheet sheet) {
    sheet.open("");
    List<String> formulas = sheet.latex();
    sheet.write("x'*A*");
    assertThat(sheet.find("#answer.stale")).hasCount(1);
    assertThat(sheet.find("#cards")).not().hasCSS("opacity", "1");
    assertThat(sheet.find("#echo")).not().hasCSS("opacity", "1");
    assertThat(sheet.latex()).isEqualTo(formulas);
    sheet.ask("x'*A*x + c");
    assertThat(sheet.find("#cards")).hasCSS("opacity", "1");
    assertThat(sheet.error()).isEmpty();
  }

  @Test
  void nothingSaysThatItWorksBeforeOneWouldWonder(Sheet sheet) {
    sheet.open("");
    List<Route> held = new ArrayList<>();
    sheet.page().route("**/api/derivative", held::add);
    sheet.stopClock();
    sheet.write("x'*B*x");
    sheet.runClock(PAUSE);
    sheet.page().waitForCondition(() -> !held.isEmpty());
    sheet.runClock(PATIENCE - 1);
    assertThat(sheet.find("#answer.slow")).hasCount(0);
    sheet.runClock(1);
    assertThat(sheet.find("#answer.slow")).hasCount(1);
    held.forEach(Route::resume);
    sheet.answered("x'*B*x");
    assertThat(sheet.find("#answer.slow")).hasCount(0);
  }

  /** What is announced, one text a time, errors too. */
  private static final String LISTEN =
      """
      () => {
        window.heard = [];
        for (const place of document.querySelectorAll('[aria-live], [role=alert]')) {
          new MutationObserver(() => place.textContent && window.heard.push(place.textContent))
            .observe(place, { childList: true, characterData: true, subtree: true });
        }
      }
      """;

  @Test
  void isSaidOnceWhenOnePauses(Sheet sheet) {
    listen(sheet);
    sheet.write("x");
    sheet.runClock(PAUSE);
    sheet.answered("x");
    for (String key : List.of("'", "*", "B", "*", "x")) {
      sheet
          .page()
          .waitForResponse(
              "**/api/parse",
              () -> {
                sheet.page().keyboard().type(key);
                sheet.runClock(2 * PAUSE);
              });
    }
    sheet.answered("x'*B*x");
    assertThat(heard(sheet)).isEmpty();
    sheet.runClock(2000);
    assertThat(heard(sheet)).singleElement().asString().startsWith("Derivative by x: ");
    sheet.runClock(10_000);
    assertThat(heard(sheet)).hasSize(1);
  }

  @Test
  void whatIsWrongIsSaidOnceWhenOnePauses(Sheet sheet) {
    listen(sheet);
    sheet.write("nrom2(A*x)");
    sheet.runClock(PAUSE);
    assertThat(sheet.error()).not().isEmpty();
    assertThat(heard(sheet)).isEmpty();
    sheet.runClock(2000);
    assertThat(heard(sheet)).singleElement().asString().contains("nrom2", "norm2");
  }

  /** Opens the page and stops the clock, when what it opens with has been said. */
  private static void listen(Sheet sheet) {
    sheet.open("");
    assertThat(sheet.find("#announcer")).hasText(Pattern.compile("^Derivative by x: "));
    sheet.stopClock();
    sheet.page().evaluate(LISTEN);
  }

  private static List<?> heard(Sheet sheet) {
    return (List<?>) sheet.page().evaluate("() => window.heard");
  }

  @Test
  void aServerThatIsGoneIsSaidAndAskedAgain(Sheet sheet) {
    sheet.open("");
    sheet.page().route("**/api/parse", route -> route.abort());
    sheet.watch().expect("Failed to load resource");
    sheet.write("x'*B*x");
    assertThat(sheet.error()).containsText("The server does not answer");
    sheet.page().unroute("**/api/parse");
    sheet.button("Try again").click();
    sheet.answered("x'*B*x");
    assertThat(sheet.error()).isEmpty();
  }

  @Test
  void aServerThatIsBusyIsAskedAgain(Sheet sheet) {
    sheet.open("");
    List<Route> refused = new ArrayList<>();
    sheet
        .page()
        .route(
            "**/api/derivative",
            route -> {
              if (!refused.isEmpty()) {
                route.resume();
                return;
              }
              refused.add(route);
              route.fulfill(
                  new Route.FulfillOptions()
                      .setStatus(503)
                      .setHeaders(Map.of("Retry-After", "0"))
                      .setBody("{\"ok\": false}"));
            });
    sheet.watch().expect("503");
    sheet.ask("x'*B*x");
    assertThat(refused).hasSize(1);
  }
}
