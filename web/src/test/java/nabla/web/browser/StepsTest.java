package nabla.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way to an answer stands below it, folded. */
@InChromium
class StepsTest {
  private static Locator steps(Sheet sheet) {
    sheet.find("#cards summary").getByText("Steps").click();
    Locator lines = sheet.find(".steps > li");
    assertThat(lines).not().hasCount(0);
    return lines;
  }

  @Test
  void areFoldedUntilAskedFor(Sheet sheet) {
    sheet.open("");
    assertThat(sheet.find(".steps")).hasCount(0);
    assertThat(sheet.watch().questions("explain")).isEmpty();
    Locator lines = steps(sheet);
    assertThat(lines.locator(".rule")).not().hasCount(0);
    // what a step has changed is underlined, and coloured too
    assertThat(sheet.find(".steps .underline-line")).not().hasCount(0);
    sheet.requireNoBrokenFormula();
    sheet.find("#cards summary").getByText("Steps").click();
    assertThat(lines.first()).not().isVisible();
  }

  @Test
  void rulesFoldAndUnfold(Sheet sheet) {
    sheet.open("").ask("norm2(A*x - b)^2");
    Locator statement = steps(sheet).locator(".rule code").first();
    assertThat(statement).isVisible();
    sheet.button("Fold all rules").click();
    assertThat(statement).not().isVisible();
    sheet.find(".rule summary").first().click();
    assertThat(statement).isVisible();
    sheet.button("Unfold all rules").click();
    assertThat(sheet.find(".rule:not([open]) code")).hasCount(0);
    // what comes next is as it was left
    sheet.button("Fold all rules").click();
    sheet.choice("Detail").selectOption("Every step");
    sheet.settled();
    assertThat(sheet.find(".rule[open]")).hasCount(0);
    sheet.button("Unfold all rules").click();
  }

  @Test
  void endWithTheAnswer(Sheet sheet) {
    sheet.open("").ask("norm2(A*x - b)^2");
    Locator lines = steps(sheet);
    String answer = sheet.latex().getFirst();
    assertThat(lines.last().locator("annotation").textContent())
        .contains(answer.substring(answer.indexOf(" = ") + 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"By differentials", "By the chain rule", "Entry by entry", "From the definition"})
  void goEveryWay(String way, Sheet sheet) {
    sheet.open("");
    steps(sheet);
    sheet.choice("Way").selectOption(way);
    sheet.settled();
    assertThat(sheet.find(".steps > li, .steps-body > .muted")).not().hasCount(0);
    sheet.requireNoBrokenFormula();
  }

  @Test
  void sayUnderWhichConditionARuleHolds(Sheet sheet) {
    sheet.open("").ask("logdet(X)");
    steps(sheet);
    sheet.choice("Detail").selectOption("One rule a line");
    assertThat(sheet.find(".steps .needs").first()).containsText("needs ");
    assertThat(sheet.find("#cards .card > .needs")).containsText("Holds where ");
  }

  @Test
  void areGuessedOneAtATime(Sheet sheet) {
    sheet.open("").ask("norm2(A*x - b)^2");
    Locator lines = steps(sheet);
    int count = lines.count();
    sheet.page().getByLabel("One at a time, hint first").check();
    assertThat(sheet.find(".steps > li.open")).hasCount(1);
    // of the next line one sees the rule, not yet the formula
    assertThat(sheet.find(".steps > li.hint .why")).isVisible();
    assertThat(sheet.find(".steps > li.hint .line")).hasCSS("visibility", "hidden");
    for (int k = 2; k <= count; k++) {
      sheet.button("Show the next line").click();
      assertThat(sheet.find(".steps > li.open")).hasCount(k);
    }
    assertThat(sheet.find(".steps > li.hint")).hasCount(0);
    assertThat(sheet.button("Show the next line")).not().isVisible();
  }

  @Test
  void areCopiedAsLatexAndMarkdown(Sheet sheet) {
    sheet.open("");
    int count = steps(sheet).count();
    Locator controls = sheet.find(".steps-body .controls");
    assertThat(sheet.copied(controls.getByText("LaTeX")))
        .startsWith("\\begin{align*}\n")
        .endsWith("\\end{align*}\n")
        .contains("A^{\\top}");
    assertThat(sheet.copied(controls.getByText("Markdown")))
        .startsWith("1. $")
        .contains("\n" + count + ". $");
  }
}
