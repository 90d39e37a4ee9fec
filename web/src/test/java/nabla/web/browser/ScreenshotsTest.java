package nabla.web.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Takes pictures of the page, for people to look at, into {@code target/screenshots}. */
@InChromium
class ScreenshotsTest {
  /** A picture, and how one gets to what is on it. */
  record Shot(String name, Consumer<Sheet> make) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Shot> shots() {
    return Stream.of(
        new Shot("start", sheet -> {}),
        new Shot(
            "dark",
            sheet ->
                sheet
                    .page()
                    .emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK))),
        new Shot("narrow", sheet -> sheet.page().setViewportSize(360, 740)),
        new Shot("error", Views::error),
        new Shot("long-formula", Views::longFormula),
        new Shot("tensor", Views::tensor),
        new Shot("steps", Views::steps),
        new Shot("referee", Views::wrongAnswer),
        new Shot("picture", Views::picture),
        new Shot("gallery", Views::gallery));
  }

  @ParameterizedTest
  @MethodSource("shots")
  void areTaken(Shot shot, Sheet sheet) {
    sheet.open("").settled();
    shot.make().accept(sheet);
    sheet.settled();
    sheet.page().evaluate("() => document.fonts.ready.then(() => true)");
    boolean dialog = sheet.find("dialog[open]").count() > 0;
    sheet
        .page()
        .screenshot(
            new Page.ScreenshotOptions()
                .setPath(Path.of("target/screenshots", shot.name() + ".png"))
                .setFullPage(!dialog)
                .setAnimations(ScreenshotAnimations.DISABLED));
  }
}
