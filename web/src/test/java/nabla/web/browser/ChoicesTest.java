package nabla.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is understood, what is asked for, and in which layout. */
@InChromium
class ChoicesTest {
  private static void chip(Sheet sheet, String name) {
    sheet.button("by " + name).click();
  }

  private static Map<?, ?> lastQuestion(Sheet sheet) {
    return sheet.watch().questions("derivative").stream()
        .filter(question -> !Boolean.FALSE.equals(question.get("check")))
        .toList()
        .getLast();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          x'*A*x                            | scalar
          A*x                               | vector[m]
          A*X*B                             | matrix[m,p]
          \\frac{1}{2} x^\\top A x            | scalar
          norm2(A*x - y)^2                  | scalar
          D[i,j,k] = x[i]*y[j]*z[k]         | tensor[n,m,k]
          """)
  void theFormulaIsEchoedAsUnderstood(String expression, String shape, Sheet sheet) {
    sheet.opened().ask(expression);
    Map<?, ?> understood =
        PageData.object(sheet.ask("parse", Map.of("expr", expression)).get("function"));
    assertThat(sheet.find("#echo annotation").textContent())
        .endsWith(PageData.text(understood, "latex"));
    assertThat(sheet.find("#echo .shape")).hasText(shape);
  }

  @Test
  void severalNamesAreChips(Sheet sheet) {
    sheet.open("").ask("exp(x'*A*y)");
    assertThat(sheet.button("by x")).hasAttribute("aria-pressed", "true");
    chip(sheet, "x");
    assertThat(sheet.button("by x")).hasAttribute("aria-pressed", "true");
    chip(sheet, "y");
    assertThat(sheet.find("#cards .card")).hasCount(2);
    assertThat(sheet.page()).hasURL(Pattern.compile("d=x,y"));
    sheet.choice("Several names").selectOption("together");
    assertThat(sheet.find("#cards .card")).hasCount(1);
    assertThat(sheet.page()).hasURL(Pattern.compile("d=x/y"));
    assertThat(sheet.latex().getFirst()).contains("\\partial^{2} f", "\\partial x", "\\partial y");
    chip(sheet, "x");
    assertThat(sheet.button("by x")).hasAttribute("aria-pressed", "false");
    assertThat(sheet.page()).hasURL(Pattern.compile("d=y"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          first      | \\frac{\\partial f}{\\partial x}
          second     | \\frac{\\partial^{2} f}{\\partial x^{2}}
          third      | D_{ijr}
          laplacian  | \\Delta f
          product    | v
          """)
  void everyOrderIsAChoice(String operator, String left, Sheet sheet) {
    sheet.open("#v1;e=sum%28x.%5E4%29;d=x;o=third");
    sheet.watch().forget();
    if (operator.equals("third")) sheet.choice("Which").selectOption("first");
    sheet.choice("Which").selectOption(operator);
    Pattern url = Pattern.compile(operator.equals("first") ? "d=x$" : "o=" + operator);
    assertThat(sheet.page()).hasURL(url);
    assertThat(sheet.find("#cards annotation").first()).containsText(left);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          denominator | A^{\\top}
          numerator   | A
          mixed       | A
          """)
  void theLayoutChangesTheAnswerAndSaysWhat(String layout, String expected, Sheet sheet) {
    sheet.open("").ask("A*x");
    String other = layout.equals("numerator") ? "mixed" : "numerator";
    sheet.choice("Layout").selectOption(other);
    String said = sheet.find("#layout-says").textContent();
    sheet.choice("Layout").selectOption(layout);
    assertThat(sheet.find("#layout-says")).not().hasText(said);
    assertThat(sheet.find("#layout-says")).containsText(Pattern.compile("∂y/∂x|Jacobians"));
    assertThat(sheet.find("#cards annotation").first())
        .hasText("\\frac{\\partial y}{\\partial x} = " + expected);
    sheet.settled();
    boolean usual = layout.equals("denominator");
    assertThat(sheet.page()).hasURL(Pattern.compile(usual ? "d=x$" : "l=" + layout));
    for (String copy : List.of("Command", "curl")) {
      assertThat(sheet.copied(sheet.button(copy)).contains(layout)).isEqualTo(!usual);
    }
  }

  @Test
  void theLayoutIsRememberedUnlessALinkSaysAnother(Sheet sheet) {
    sheet.open("");
    sheet.choice("Layout").selectOption("numerator");
    assertThat(sheet.page()).hasURL(Pattern.compile("l=numerator"));
    sheet.open("");
    assertThat(sheet.choice("Layout")).hasValue("numerator");
    sheet.open("#v1;e=A%2Ax;d=x;l=mixed");
    assertThat(sheet.choice("Layout")).hasValue("mixed");
    sheet.open("#v1;e=A%2Ax;d=x");
    assertThat(sheet.choice("Layout")).hasValue("denominator");
  }

  @Test
  void repeatedPartsGetNames(Sheet sheet) {
    sheet.open("").ask("norm2(A*x - y)^3");
    sheet.page().getByLabel("Name repeated parts").check();
    assertThat(sheet.find("#cards annotation").first()).containsText("\\text{where }");
    assertThat(lastQuestion(sheet).get("nameRepeats")).isEqualTo(true);
    assertThat(sheet.page()).hasURL(Pattern.compile("r=1"));
  }
}
