package nabla.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One click runs an example. */
@InChromium(oneWindow = true)
class GalleryTest {
  /** One example, as {@code gallery.json} has it. */
  record Example(String title, String expression) {
    @Override
    public String toString() {
      return title;
    }
  }

  static Stream<Example> examples() {
    return PageData.list("src/gallery.json")
        .map(
            example ->
                new Example(PageData.text(example, "title"), PageData.text(example, "expr")));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void hasAFormulaThatIsChecked(Example example, Sheet sheet) {
    sheet.opened();
    choose(sheet, example.title());
    sheet.answered(example.expression());
    Locator cards = sheet.find("#cards .card");
    assertThat(cards.count()).isPositive();
    for (Locator card : cards.all()) {
      assertThat(card.locator("> .formula.display .katex")).isVisible();
      assertThat(card.locator(".badge").first()).hasAttribute("data-tone", "good");
    }
    sheet.requireNoBrokenFormula();
    assertThat(sheet.error()).isEmpty();
  }

  private static void choose(Sheet sheet, String title) {
    sheet.button("Examples").click();
    sheet.find("#gallery").getByText(title, new Locator.GetByTextOptions().setExact(true)).click();
  }

  @Test
  void isSearched(Sheet sheet) {
    sheet.opened();
    sheet.button("Examples").click();
    assertThat(sheet.find("#gallery .example")).hasCount((int) examples().count());
    sheet.page().getByLabel("Find an example").fill("kalman");
    assertThat(sheet.find("#gallery .example")).hasCount(1);
    sheet.page().getByLabel("Find an example").fill("no such thing");
    assertThat(sheet.find("#gallery")).containsText("There is no such example.");
    sheet.find("#gallery").getByText("Close").click();
    assertThat(sheet.find("#gallery")).not().isVisible();
  }
}
