package nabla.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** The page in a window, as the tests see and touch it. */
final class Sheet {
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

  /** Opens the page at a link, which may be empty, and waits for its formula. */
  Sheet open(String link) {
    page.navigate(address + link);
    assertThat(formula()).isVisible();
    return this;
  }

  /** The formula of the answer. */
  Locator formula() {
    return page.locator("#cards .card > .formula.display .katex").first();
  }

  Locator badge() {
    return page.locator(".badges > .badge").first();
  }

  /** Nothing went wrong in the meantime that a reader would not see. */
  void leave() {
    try {
      watch.requireQuiet();
      assertThat(page.evaluate("() => typeof window.__pwned")).isEqualTo("undefined");
    } finally {
      context.close();
    }
  }
}
