package nabla.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import nabla.json.Json;
import nabla.json.JsonText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The badge says what the numeric check said, and is never green without one. */
@InChromium
class BadgeTest {
  @Test
  void saysWhatWasCompared(Sheet sheet) {
    sheet.open("").ask("norm2(A*x - b)^2");
    assertThat(sheet.badge()).hasAttribute("data-tone", "good");
    assertThat(sheet.badge())
        .hasText(
            Pattern.compile(
                "^✓ agrees with central differences at \\d+ random points( \\(.*\\))?,"
                    + " worst relative error \\S+, seed 1$"));
  }

  @Test
  void aClickRepeatsItWithAnotherSeed(Sheet sheet) {
    sheet.open("").settled().watch().forget();
    sheet.badge().click();
    assertThat(sheet.badge()).hasText(Pattern.compile("seed 2$"));
    assertThat(sheet.badge()).hasAttribute("data-tone", "good");
    assertThat(sheet.watch().questions("derivative").getLast().get("seed"))
        .isEqualTo(BigDecimal.TWO);
    sheet.find(".cm-content").click();
    sheet.page().keyboard().press("Alt+Enter");
    assertThat(sheet.badge()).hasText(Pattern.compile("seed 3$"));
  }

  /** Lets the page have another check than the server's; null for none at all. */
  private static void answerWith(Sheet sheet, @Nullable Map<String, ?> check) {
    sheet
        .page()
        .route(
            "**/api/derivative",
            route -> {
              Map<Object, @Nullable Object> answer =
                  new LinkedHashMap<>(PageData.object(JsonText.value(route.fetch().text())));
              answer.remove("check");
              if (check != null) answer.put("check", check);
              route.fulfill(new Route.FulfillOptions().setBody(Json.write(answer)));
            });
  }

  @Test
  void isNotThereWithoutACheck(Sheet sheet) {
    answerWith(sheet, null);
    sheet.open("");
    assertThat(sheet.formula()).isVisible();
    assertThat(sheet.find("[data-tone=good]")).hasCount(0);
    assertThat(sheet.find("#cards")).not().containsText("agrees");
  }

  @Test
  void isAmberWhereNothingCouldBeCompared(Sheet sheet) {
    Map<String, @Nullable Object> check = new LinkedHashMap<>();
    check.put("passed", null);
    check.put("points", 0);
    check.put("reason", "no point of the domain was found");
    answerWith(sheet, check);
    sheet.open("");
    assertThat(sheet.badge()).hasAttribute("data-tone", "unsure");
    assertThat(sheet.badge()).hasText("! not checked: no point of the domain was found");
    assertThat(sheet.find("[data-tone=good]")).hasCount(0);
  }

  @Test
  void isRedWhereItDisagreesAndCanBeCopied(Sheet sheet) {
    answerWith(
        sheet,
        Map.of("passed", false, "points", 5, "maxRelativeError", 0.5, "reason", "entry 1 differs"));
    sheet.open("");
    assertThat(sheet.badge()).hasAttribute("data-tone", "bad");
    assertThat(sheet.badge()).containsText("✗ does not agree with central differences");
    assertThat(sheet.badge()).containsText("entry 1 differs");
    assertThat(sheet.find("[data-tone=good]")).hasCount(0);
    assertThat(sheet.copied(sheet.button("Copy what disagrees")))
        .contains("nabla \"x'*A*x\" x", "does not agree", "entry 1 differs", "seed 1");
  }

  /** Each tone has its sign, for those who see no colours, and its colour. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRunThatFailsTurnsAGreenBadge(boolean answered, Sheet sheet) {
    sheet.open("").settled();
    assertThat(sheet.badge()).hasAttribute("data-tone", "good");
    if (answered) answerWith(sheet, Map.of("passed", false, "points", 5));
    else {
      sheet.watch().expect("Failed to load resource");
      sheet.page().route("**/api/derivative", Route::abort);
    }
    sheet.badge().click();
    assertThat(sheet.badge()).hasAttribute("data-tone", answered ? "bad" : "unsure");
  }

  @Test
  void aProofIsAnotherBadge(Sheet sheet) {
    sheet.open("");
    Locator proof = sheet.button("Prove");
    assertThat(proof).not().hasAttribute("data-tone", "good");
    proof.click();
    Locator proved = sheet.find(".badges > .badge").nth(1);
    assertThat(proved).hasAttribute("data-tone", "good");
    assertThat(proved).containsText("proved in exact arithmetic");
  }

  /** Real ones, where the server finds no point or where the function has a kink. */
  @ParameterizedTest
  @ValueSource(strings = {"sqrt(-x'*x)", "log(-norm2(x))"})
  void isAmberOutsideOfTheDomain(String expression, Sheet sheet) {
    sheet.open("").ask(expression);
    assertThat(sheet.badge()).hasAttribute("data-tone", "unsure");
    assertThat(sheet.badge()).containsText("! ");
  }
}
