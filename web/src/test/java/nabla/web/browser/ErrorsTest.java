package nabla.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is wrong is underlined where the server says, with its message and what to write instead.
 */
@InChromium(oneWindow = true)
class ErrorsTest {
  /** Where the underlined text begins, counted in characters of the editor, and what it is. */
  private static final String UNDERLINED =
      """
      () => {
        const marks = [...document.querySelectorAll('.cm-lintRange-error')];
        const before = document.createRange();
        before.selectNodeContents(document.querySelector('.cm-line'));
        before.setEndBefore(marks[0]);
        return [before.toString().length, marks.map(mark => mark.textContent).join('')];
      }
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nrom2(A*x - b)^2",
        "x'*A*x + foo(x)",
        "x'*A*",
        "(x",
        "x'*x)",
        "A*x + B",
        "a + b*)",
        "x'*A*x + 3 4",
        "norm2(x, y, z, w)",
        "α*nrom2(x)",
        "𝐀 + nrom2(x)",
        "tr(x)",
        "inv(x)",
        "x = ",
        "\\frac{1}{2",
        "\\fraq{1}{2}*x"
      })
  void areUnderlinedWhereTheServerSays(String expression, Sheet sheet) {
    sheet.opened();
    Map<?, ?> error = PageData.object(sheet.ask("parse", Map.of("expr", expression)).get("error"));
    sheet.write(expression);
    assertThat(sheet.error()).containsText(PageData.text(error, "message"));
    int length = expression.codePointCount(0, expression.length());
    int column = PageData.number(error, "column");
    // nothing can be underlined after the end, so the last character is
    int from = Math.min(column - 1, length - 1);
    int to = Math.clamp((column - 1L) + PageData.number(error, "length"), from + 1, length);
    int start = expression.offsetByCodePoints(0, from);
    int end = expression.offsetByCodePoints(0, to);
    assertThat(sheet.page().evaluate(UNDERLINED))
        .isEqualTo(List.of(start, expression.substring(start, end)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          nrom2(A*x - b)^2 | norm2 | norm2(A*x - b)^2
          x'*A*x + trce(A) | trace | x'*A*x + trace(A)
          α*nrom2(x)       | norm2 | α*norm2(x)
          """)
  void oneClickWritesWhatWasMeant(String wrong, String fix, String right, Sheet sheet) {
    sheet.opened().write(wrong);
    sheet.button("Write " + fix).click();
    assertThat(sheet.error()).isEmpty();
    assertThat(sheet.find(".cm-lintRange-error")).hasCount(0);
    assertThat(sheet.text()).isEqualTo(right);
    sheet.answered(right);
  }

  @Test
  void theUnderlinedTextSaysWhyWhenPointedAt(Sheet sheet) {
    sheet.opened().write("nrom2(A*x)");
    sheet.find(".cm-lintRange-error").first().hover();
    Locator tooltip = sheet.find(".cm-tooltip-lint");
    assertThat(tooltip).containsText("nrom2");
    tooltip.getByRole(AriaRole.BUTTON).click();
    sheet.answered("norm2(A*x)");
  }

  @Test
  void ofDeclarationsAreSaidToBeTheirs(Sheet sheet) {
    sheet.go("#v1;e=x%27%2AA%2Ax;d=x;w=A:%20matrx%5Bn,n%5D");
    assertThat(sheet.error()).containsText("In the declarations: ");
    assertThat(sheet.find(".cm-lintRange-error")).hasCount(0);
    sheet.error().getByRole(AriaRole.BUTTON).first().click();
    assertThat(sheet.page()).hasURL(Pattern.compile("w=A:%20matrix%5Bn"));
    sheet.answered("x'*A*x");
  }
}
