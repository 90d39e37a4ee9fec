package nabla.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a reader gets who opens the page for the first time. */
@InChromium
class FirstViewTest {
  @Test
  void aFormulaIsThereAtOnce(Sheet sheet) {
    sheet.open("");
    assertThat(sheet.formula()).containsText("x");
    assertThat(sheet.badge()).hasAttribute("data-tone", "good");
  }
}
