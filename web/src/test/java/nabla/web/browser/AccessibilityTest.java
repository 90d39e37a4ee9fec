package nabla.web.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Nothing keeps a reader out: axe finds nothing serious, in any colours, width and state. */
@InChromium
class AccessibilityTest {
  private static final Path AXE = Path.of("page/node_modules/axe-core/axe.min.js");

  /** What is serious or worse, with the elements that it is about. */
  private static final String FOUND =
      """
      async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
        .filter(v => v.impact === 'serious' || v.impact === 'critical')
        .map(v => `${v.id}: ${v.help}: ${v.nodes.map(n => n.html.slice(0, 200) + ' ' + n.failureSummary).join(' | ')}`)
      """;

  /** A state of the page, and how one gets there. */
  record View(String name, Consumer<Sheet> make) {
    @Override
    public String toString() {
      return name;
    }
  }

  static final List<View> VIEWS =
      List.of(
          new View("start", sheet -> {}),
          new View("error", Views::error),
          new View("fix focused", Views::fixFocused),
          new View("steps", Views::steps),
          new View("tensor", Views::tensor),
          new View("referee", Views::wrongAnswer),
          new View("numbers", Views::numbers),
          new View("picture", Views::picture),
          new View("gallery", Views::gallery),
          new View("help", sheet -> sheet.button("Keys and notation").click()),
          new View("history", sheet -> sheet.button("History").click()),
          new View("long formula", Views::longFormula),
          new View("empty", sheet -> sheet.write("")));

  @ParameterizedTest
  @FieldSource("VIEWS")
  void axeFindsNothingSerious(View view, Sheet sheet) throws IOException {
    String axe = Files.readString(AXE);
    sheet.open("").settled();
    view.make().accept(sheet);
    sheet.settled();
    // what is dimmed is on its way to its colours
    sheet
        .page()
        .emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
    sheet.page().evaluate(axe);
    for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      sheet.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
      assertThat(found(sheet)).as("%s, %s", view, colours).isEmpty();
    }
    sheet.page().setViewportSize(360, 740);
    // what scrolls now learns it with the next frame
    sheet.settled();
    assertThat(found(sheet)).as("%s, narrow", view).isEmpty();
  }

  private static List<?> found(Sheet sheet) {
    return (List<?>) sheet.page().evaluate(FOUND);
  }
}
