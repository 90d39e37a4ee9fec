package nabla.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is shown can be taken along, in several notations. */
@InChromium(oneWindow = true)
class CopyTest {
  private static Locator copies(Sheet sheet) {
    return sheet.find("#cards .copies").first();
  }

  @ParameterizedTest
  @CsvSource({"LaTeX, latex", "Text, text", "Unicode, unicode"})
  void notationsAreTheServers(String label, String field, Sheet sheet) {
    sheet.show("norm2(A*x - b)^2");
    Map<?, ?> answer = sheet.ask("derivative", Map.of("expr", "norm2(A*x - b)^2", "wrt", "x"));
    assertThat(sheet.copied(copies(sheet).getByText(label, exactly())))
        .isEqualTo(PageData.text(PageData.object(answer.get("derivative")), field));
    assertThat(sheet.find("#announcer")).hasText(label + " copied");
    // and the button gets its name back
    assertThat(copies(sheet).getByText(label, exactly())).isVisible();
  }

  private static Locator.GetByTextOptions exactly() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  @Test
  void mathmlIsForWordProcessors(Sheet sheet) {
    sheet.show("x'*A*x");
    assertThat(sheet.copied(copies(sheet).getByText("MathML")))
        .startsWith("<math xmlns=\"http://www.w3.org/1998/Math/MathML\"")
        .endsWith("</math>")
        .contains("<mi>A</mi>");
  }

  @Test
  void theCallsGiveTheSameAnswer(Sheet sheet) {
    sheet.open("#v1;e=x%27%2AA%2Ax;d=x;w=A:%20matrix%5Bn,n%5D%20symmetric;l=numerator");
    assertThat(sheet.copied(copies(sheet).getByText("Command")))
        .isEqualTo("nabla \"x'*A*x\" x --where 'A: matrix[n,n] symmetric' --layout numerator");
    assertThat(sheet.copied(copies(sheet).getByText("curl")))
        .startsWith("curl -s http://127.0.0.1:")
        .contains("\"layout\":\"numerator\"", "\"expr\":\"x'\\''*A*x\"");
  }

  @Test
  void theResultIsTheNextExpression(Sheet sheet) {
    sheet.show("x'*x");
    sheet.button("Differentiate this").click();
    sheet.answered("2*x");
    assertThat(sheet.find("#cards .shape").first()).hasText(Pattern.compile("^matrix"));
  }

  @Test
  void aReportHoldsAllThatIsNeeded(Sheet sheet) {
    sheet.show("x'*x");
    sheet.button("Report a wrong result").click();
    assertThat(sheet.button("The report is in your clipboard")).isVisible();
    assertThat((String) sheet.page().evaluate("() => navigator.clipboard.readText()"))
        .contains("nabla \"x'*x\" x", "answer: 2*x", "seed: 1", "#v1;e=x%27%2Ax;d=x", "expected: ");
  }

  @Test
  void thatTheBrowserForbidsIsSaid(Sheet sheet) {
    sheet.show("x'*A*x");
    sheet
        .page()
        .evaluate(
            """
            () => {
              navigator.clipboard.writeText = () => Promise.reject(new Error('no'));
              document.execCommand = () => false;
            }
            """);
    copies(sheet).getByText("LaTeX").click();
    assertThat(copies(sheet)).containsText("Not copied");
    assertThat(sheet.find("#announcer")).hasText("The browser did not let the page copy");
  }
}
