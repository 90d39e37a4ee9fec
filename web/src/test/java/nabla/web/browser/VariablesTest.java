package nabla.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of variables makes itself; what one says there counts. */
@InChromium
class VariablesTest {
  private static Locator row(Sheet sheet, String name) {
    return sheet.find(".variable[aria-label='variable " + name + "']");
  }

  private static Locator kind(Sheet sheet, String name) {
    return sheet.page().getByLabel("Kind of " + name);
  }

  private static Locator sizes(Sheet sheet, String name) {
    return sheet.page().getByLabel("Sizes of " + name);
  }

  private static Pattern where(String part) {
    return Pattern.compile(
        "w=[^;]*" + Pattern.compile("[\\[\\]()*+?.]").matcher(part).replaceAll("\\\\$0"));
  }

  /** Of a text that can't be read nobody knows what it uses. */
  @Test
  void nothingIsUnusedWhileTheTextIsBroken(Sheet sheet) {
    sheet.go(
        "#v1;e="
            + Links.escape("x'*A*")
            + ";d=x;w="
            + Links.escape("A: matrix[n,n]; q: vector[n]"));
    assertThat(sheet.error()).not().isEmpty();
    assertThat(sheet.find("#variables")).containsText("not used");
    assertThat(sheet.find("#variables .other")).hasCount(1);
  }

  @Test
  void hasOneRowAName(Sheet sheet) {
    sheet.open("").ask("norm2(A*x - y)^2 + c");
    assertThat(sheet.find(".variable")).hasCount(4);
    assertThat(kind(sheet, "A")).hasValue("matrix");
    assertThat(kind(sheet, "x")).hasValue("vector");
    assertThat(kind(sheet, "y")).hasValue("vector");
    assertThat(kind(sheet, "c")).hasValue("scalar");
    assertThat(sizes(sheet, "A")).hasValue("m, n");
    assertThat(sizes(sheet, "x")).hasValue("n");
    assertThat(sizes(sheet, "y")).hasValue("m");
    assertThat(sheet.find(".variable .tag").getByText("inferred")).hasCount(4);
  }

  @Test
  void aPropertyThatIsDeclaredCounts(Sheet sheet) {
    sheet.open("");
    assertThat(row(sheet, "A")).containsText("inferred");
    row(sheet, "A").locator("summary").click();
    row(sheet, "A").getByLabel("symmetric", new Locator.GetByLabelOptions().setExact(true)).check();
    assertThat(sheet.page()).hasURL(where("symmetric"));
    assertThat(sheet.formula()).not().containsText("⊤");
    assertThat(row(sheet, "A")).not().containsText("inferred");
    sheet.page().getByLabel("Let A be inferred").click();
    assertThat(sheet.formula()).containsText("⊤");
    assertThat(row(sheet, "A")).containsText("inferred");
  }

  @Test
  void aKindThatIsDeclaredCounts(Sheet sheet) {
    sheet.open("").ask("a*x'*x");
    kind(sheet, "a").selectOption("matrix");
    assertThat(sheet.page()).hasURL(where("a:%20matrix"));
    kind(sheet, "a").selectOption("scalar");
    assertThat(sheet.page()).hasURL(where("a:%20scalar"));
    sheet.answered("a*x'*x");
  }

  @Test
  void aSizeThatIsDeclaredCounts(Sheet sheet) {
    sheet.open("").ask("A*x");
    sizes(sheet, "A").fill("5, 3");
    sizes(sheet, "A").press("Tab");
    assertThat(sheet.page()).hasURL(where("A:%20matrix%5B5,3%5D"));
    assertThat(sizes(sheet, "x")).hasValue("3");
    assertThat(sheet.find("#cards .shape").first()).containsText("3");
  }

  @Test
  void bothSidesOfAConflictAreMarked(Sheet sheet) {
    sheet.open("").ask("A*x + B*y");
    sheet.write("A*x + B");
    assertThat(sheet.find(".variable.accused")).not().hasCount(0);
    assertThat(row(sheet, "A")).hasClass(Pattern.compile("accused"));
    assertThat(row(sheet, "B")).hasClass(Pattern.compile("accused"));
    assertThat(sheet.error()).containsText("A*x");
    assertThat(sheet.error()).containsText("B");
  }

  @Test
  void aNameThatIsNoLongerUsedFadesButIsKept(Sheet sheet) {
    sheet.open("#v1;e=x%27%2AA%2Ax;d=x;w=A:%20matrix%5Bn,n%5D%20symmetric").ask("x'*x");
    Locator unused = sheet.find(".variable.unused");
    assertThat(unused).hasAttribute("aria-label", "variable A, not used");
    assertThat(unused).containsText("symmetric");
    assertThat(unused).containsText("not used");
    sheet.ask("x'*A*x");
    assertThat(unused).hasCount(0);
    assertThat(row(sheet, "A")).containsText("symmetric");
    sheet.ask("x'*x");
    sheet.page().getByLabel("Forget A").click();
    assertThat(unused).hasCount(0);
    assertThat(sheet.page()).not().hasURL(where("symmetric"));
  }

  @Test
  void aValueThatIsNoLongerUsedIsKeptButNotSent(Sheet sheet) {
    sheet.open(Links.to("x'*X*x", "x") + ";v=" + Links.escape("{\"X\":\"[1, 2; 3, 4]\"}"));
    sheet.find("#tools summary").getByText("Numbers").click();
    sheet.ask("x'*x").settled();
    assertThat(sheet.find(".evaluated")).hasCount(2);
    assertThat(sheet.watch().questions("evaluate").getLast().get("at")).isEqualTo(Map.of());
    assertThat(sheet.find(".variable.unused")).containsText("= [1, 2; 3, 4]");
    sheet.page().getByLabel("Forget X").click();
    assertThat(sheet.find(".variable.unused")).hasCount(0);
    assertThat(sheet.page()).not().hasURL(Pattern.compile("v="));
  }

  @Test
  void aValueTellsWhatAVariableIs(Sheet sheet) {
    sheet.open("").ask("a*x");
    assertThat(kind(sheet, "a")).hasValue("scalar");
    Locator value = sheet.page().getByLabel("Value of a");
    value.fill("[1, 2; 3, 4]");
    value.press("Tab");
    assertThat(kind(sheet, "a")).hasValue("matrix");
    assertThat(sheet.find("#cards")).containsText("matrix");
  }

  @Test
  void valuesAreKeptInTheLinkAndUsed(Sheet sheet) {
    sheet.open("").ask("x'*x");
    Locator value = sheet.page().getByLabel("Value of x");
    value.fill("[3, 4]");
    value.press("Tab");
    assertThat(sheet.page()).hasURL(Pattern.compile("v=%7B"));
    sheet.find("#tools summary").getByText("Numbers").click();
    assertThat(sheet.find(".evaluated").first()).containsText("25");
    value = sheet.page().getByLabel("Value of x");
    value.fill("[3, oops");
    value.press("Tab");
    assertThat(sheet.page().getByLabel("Value of x")).hasAttribute("aria-invalid", "true");
    assertThat(sheet.find("#tools .verdict")).containsText("The value of x cannot be read");
    assertThat(sheet.find(".evaluated")).hasCount(0);
  }

  @Test
  void declarationsAreAlsoOneText(Sheet sheet) {
    sheet.open("");
    sheet.page().getByText("Declarations as text").click();
    sheet
        .page()
        .getByLabel("Declarations", new Page.GetByLabelOptions().setExact(true))
        .fill("A: matrix[n,n] symmetric");
    assertThat(sheet.formula()).not().containsText("⊤");
    assertThat(row(sheet, "A")).containsText("symmetric");
  }

  @Test
  void whatWouldMakeItShorterIsOffered(Sheet sheet) {
    sheet.open("");
    Locator offer = sheet.find(".offer");
    assertThat(offer).containsText("If A is symmetric: 2*A*x");
    sheet.button("Assume A symmetric").click();
    assertThat(sheet.page()).hasURL(where("symmetric"));
    assertThat(offer).hasCount(0);
    assertThat(sheet.latex().getFirst()).endsWith("2 \\, A \\, x");
  }
}
