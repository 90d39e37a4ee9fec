package nabla.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything is reached without a mouse. */
@InChromium
class KeyboardTest {
  /** More than there is to be reached. */
  private static final int ENOUGH = 120;

  /** What can be used now, in the order of the page. */
  private static final String USABLE =
      """
      () => {
        const all = [...document.querySelectorAll(
          'a[href], button, select, input, textarea, summary, .cm-content')]
          .filter(e => !e.disabled && e.checkVisibility({ visibilityProperty: true }));
        all.forEach((e, k) => e.dataset.number = k);
        return all.length;
      }
      """;

  private static final String FOCUSED =
      """
      () => {
        const e = document.activeElement;
        const style = getComputedStyle(e);
        const around = getComputedStyle(document.querySelector('#editor'));
        const ring = style.outlineStyle !== 'none' || e.matches('.cm-content') && around.boxShadow !== 'none';
        return e.dataset.number === undefined ? '' : e.dataset.number + (ring ? '' : ' without a ring: ' + e.outerHTML);
      }
      """;

  @Test
  void tabReachesEverythingInOrderAndShowsWhere(Sheet sheet) {
    sheet.open("").settled();
    int count = (int) sheet.page().evaluate(USABLE);
    List<String> reached = new ArrayList<>();
    for (int k = 0; k < ENOUGH && reached.size() < count; k++) {
      sheet.page().keyboard().press("Tab");
      String focused = (String) sheet.page().evaluate(FOCUSED);
      if (focused.isEmpty()) continue;
      if (reached.contains(focused)) break;
      reached.add(focused);
    }
    List<String> expected = new ArrayList<>();
    for (int k = 0; k < count; k++) expected.add(String.valueOf(k));
    assertThat(reached).isEqualTo(expected);
  }

  @Test
  void aQuestionMarkShowsTheKeys(Sheet sheet) {
    sheet.open("");
    sheet.page().keyboard().press("?");
    Locator help = sheet.find("#help");
    assertThat(help).isVisible();
    assertThat(help).containsText("Escape, then Tab");
    assertThat(help).containsText("norm2");
    sheet.page().keyboard().press("Escape");
    assertThat(help).not().isVisible();
  }

  @Test
  void aQuestionMarkInTheEditorIsOne(Sheet sheet) {
    sheet.open("");
    sheet.page().keyboard().press("/");
    assertThat(sheet.find(".cm-content")).isFocused();
    sheet.page().keyboard().type("?");
    assertThat(sheet.find("#help")).not().isVisible();
    assertThat(sheet.text()).contains("?");
  }

  @Test
  void escapeThenTabLeavesTheEditor(Sheet sheet) {
    sheet.open("");
    Locator editor = sheet.find(".cm-content");
    editor.click();
    assertThat(editor).hasAccessibleDescription(Pattern.compile("Escape, then Tab"));
    sheet.page().keyboard().press("Escape");
    sheet.page().keyboard().press("Tab");
    assertThat(editor).not().isFocused();
    assertThat(sheet.text()).isEqualTo("x'*A*x");
    sheet.page().keyboard().press("Shift+Tab");
    assertThat(editor).isFocused();
  }

  @Test
  void enterHasThreeMeanings(Sheet sheet) {
    sheet.open("").settled();
    sheet.find(".cm-content").click();
    sheet.watch().forget();
    sheet.page().keyboard().press("Enter");
    sheet.settled();
    assertThat(sheet.watch().questions("derivative")).isNotEmpty();
    sheet.page().keyboard().press("Alt+Enter");
    assertThat(sheet.badge()).hasText(Pattern.compile("seed 2$"));
    sheet.page().keyboard().press("Control+Enter");
    assertThat(sheet.find(".evaluated").first()).isVisible();
    assertThat(sheet.text()).isEqualTo("x'*A*x");
  }

  @Test
  void upRecallsWhatWasAsked(Sheet sheet) {
    sheet.open("").ask("tr(A*X)");
    sheet.page().keyboard().press("Enter");
    sheet.ask("det(X)");
    sheet.page().keyboard().press("Enter");
    sheet.page().keyboard().press("ArrowUp");
    sheet.answered("tr(A*X)");
    sheet.page().keyboard().press("ArrowDown");
    sheet.answered("det(X)");
  }

  @Test
  void focusStaysWhereOneWorksWhileAnswersCome(Sheet sheet) {
    sheet.open("").settled();
    Locator kind = sheet.page().getByLabel("Kind of A");
    kind.focus();
    kind.selectOption("scalar");
    sheet.settled();
    assertThat(sheet.page().getByLabel("Kind of A")).isFocused();
    sheet.button("by A").focus();
    sheet.page().keyboard().press("Enter");
    assertThat(sheet.find("#cards .card")).hasCount(2);
    assertThat(sheet.button("by A")).isFocused();
  }

  @Test
  void namesAreCompleted(Sheet sheet) {
    sheet.open("").write("");
    sheet.page().keyboard().type("logd");
    assertThat(completions(sheet)).containsText("logdet");
    // keys that come sooner are not meant for the list
    sheet.page().waitForTimeout(100);
    sheet.page().keyboard().press("ArrowDown");
    sheet.page().keyboard().press("Enter");
    sheet.page().keyboard().type("X");
    sheet.answered("logdet(X)");
  }

  /** Both what completes and the functions' names load while one types already. */
  @ParameterizedTest
  @ValueSource(strings = {"**/completion*.js", "**/functions.json"})
  void namesAreCompletedWhereTheListComesLate(String late, Sheet sheet) {
    List<Route> held = new ArrayList<>();
    sheet.page().route(late, held::add);
    sheet.open("").write("");
    sheet.page().keyboard().type("logd");
    sheet.answered("logd");
    assertThat(held).hasSize(1);
    assertThat(completions(sheet)).hasCount(0);
    held.forEach(Route::resume);
    assertThat(completions(sheet)).containsText("logdet");
  }

  private static Locator completions(Sheet sheet) {
    return sheet.find(".cm-tooltip-autocomplete");
  }
}
