package nabla.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ElementHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import java.util.List;
import java.util.Map;
import nabla.json.Json;
import nabla.json.JsonText;

/** The page in a window, as the tests see and touch it. */
final class Sheet {
  /** As much of an expression as the title shows. */
  private static final int TITLE = 60;

  /** Milliseconds between an answer and what follows from it. */
  private static final int A_MOMENT = 60;

  private final BrowserContext context;
  private final Page page;
  private final String address;
  private final Watch watch;

  Sheet(BrowserContext context, String address) {
    this.context = context;
    this.address = address;
    this.page = context.newPage();
    this.watch = new Watch(page, address);
  }

  Page page() {
    return page;
  }

  Watch watch() {
    return watch;
  }

  Locator find(String selector) {
    return page.locator(selector);
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** A list to choose from. */
  Locator choice(String label) {
    return page.getByRole(
        AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName(label).setExact(true));
  }

  /** Opens the page at a link, which may be empty, and waits for its answer. */
  Sheet open(String link) {
    go(link);
    assertThat(formula()).isVisible();
    return this;
  }

  /** Opens the page unless it is open. */
  Sheet opened() {
    return page.url().startsWith(address) ? this : open("");
  }

  /** The answer to an expression by x, in a window that may have shown another, with choices. */
  Sheet show(String expression) {
    opened().page.evaluate("link => { location.hash = link; }", Links.to(expression, "x"));
    return answered(expression).settled();
  }

  /** Opens the page, whatever is to be seen there. */
  Sheet go(String link) {
    // from the page itself another link would only be a step in its history
    if (page.url().startsWith(address)) page.navigate("about:blank");
    watch.forget();
    page.navigate(address + link);
    return this;
  }

  /** What the server answers to a question, asked beside the page. */
  Map<?, ?> ask(String kind, Map<String, ?> question) {
    APIResponse response =
        page.request()
            .post(
                address + "api/" + kind,
                RequestOptions.create()
                    .setHeader("Content-Type", "application/json")
                    .setData(Json.write(question)));
    return PageData.object(JsonText.value(response.text()));
  }

  /** From now on time stands still, but for {@link #runClock}. */
  Sheet stopClock() {
    page.clock().install();
    page.clock().pauseAt(System.currentTimeMillis() + 1000);
    return this;
  }

  void runClock(int milliseconds) {
    page.clock().runFor(milliseconds);
  }

  /** What a button copies, once it has said that it did. */
  String copied(Locator button) {
    // it changes its name, by which it was found
    ElementHandle pressed = button.elementHandle();
    pressed.click();
    page.waitForFunction("button => button.textContent === '✓ Copied'", pressed);
    return (String) page.evaluate("() => navigator.clipboard.readText()");
  }

  /** The editor's text. */
  String text() {
    return String.join("\n", find(".cm-line").allTextContents());
  }

  /** Puts a text in the place of the editor's, and waits for the answer to it. */
  Sheet ask(String expression) {
    write(expression);
    return answered(expression);
  }

  /** Puts a text in the place of the editor's. */
  Sheet write(String expression) {
    find(".cm-content").click();
    page.keyboard().press("Control+A");
    page.keyboard().insertText(expression);
    return this;
  }

  /** Waits for the answer to an expression. */
  Sheet answered(String expression) {
    String shown = expression.substring(0, Math.min(TITLE, expression.length()));
    assertThat(page).hasTitle(shown + " · Nabla");
    assertThat(find("#answer.stale")).hasCount(0);
    return this;
  }

  /** Waits until nothing is asked any more: what is shown then stays. */
  Sheet settled() {
    int asked;
    do {
      page.waitForCondition(watch::idle);
      asked = watch.count();
      // one question may follow from the answer to another
      page.waitForTimeout(A_MOMENT);
    } while (watch.count() > asked);
    return this;
  }

  Locator error() {
    return find("#error");
  }

  Locator echo() {
    return find("#echo .katex").first();
  }

  /** The formula of the answer, or of the first of several. */
  Locator formula() {
    return find("#cards .card > .formula.display .katex").first();
  }

  Locator badge() {
    return find(".badges > .badge:first-child").first();
  }

  /** The formulas of the answers as LaTeX. */
  List<String> latex() {
    return find("#cards .card > .formula.display annotation").allTextContents();
  }

  void requireNoBrokenFormula() {
    Object reasons = find(".katex-error").evaluateAll("all => all.map(each => each.title)");
    assertThat(reasons).isEqualTo(List.of());
  }

  /** Nothing went wrong until now that a reader would not see. */
  void requireQuiet() {
    watch.requireQuiet();
    assertThat(page.evaluate("() => typeof window.__pwned")).isEqualTo("undefined");
  }

  void close() {
    context.close();
  }
}
