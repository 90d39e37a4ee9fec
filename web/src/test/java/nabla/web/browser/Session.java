package nabla.web.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import nabla.web.Server;
import nabla.web.Settings;

/** One server and one browser, for all tests. */
final class Session implements AutoCloseable {
  private static final List<String> QUIET =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  /** Milliseconds; much more than anything takes, as the machine may have other things to do. */
  private static final double PATIENCE = 10_000;

  private static final int WIDTH = 1280;
  private static final int HEIGHT = 900;

  private final Server server;
  private final Playwright playwright;
  private final Browser browser;

  private Session(Server server, Playwright playwright, Browser browser) {
    this.server = server;
    this.playwright = playwright;
    this.browser = browser;
  }

  static Session start() throws Machine.Missing, IOException {
    Machine machine = Machine.here();
    System.setProperty("playwright.cli.dir", machine.driver().toString());
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(new LaunchOptions().setExecutablePath(machine.chromium()).setArgs(QUIET));
    return new Session(Server.start(Settings.usual().withPort(0)), playwright, browser);
  }

  /** A window of a reader who has never been here before; it is not yet at the page. */
  Sheet sheet() {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(WIDTH, HEIGHT)
                .setPermissions(List.of("clipboard-read", "clipboard-write")));
    context.setDefaultTimeout(PATIENCE);
    return new Sheet(context, server.address());
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
    server.close();
  }
}
