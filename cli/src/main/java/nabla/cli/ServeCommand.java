package nabla.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.web.Server;
import nabla.web.Settings;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code nabla serve}: the page, and the same answers for programs. */
final class ServeCommand {
  private static final int LARGEST_PORT = 65_535;

  private ServeCommand() {}

  static CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("serve");
    spec.usageMessage()
        .header("Serve the page, and the same answers as JSON for programs.")
        .description("")
        .footer(
            "",
            "Examples:",
            "  nabla serve                            the page at http://127.0.0.1:8080/",
            "  nabla serve --port 0                   at a port that is free",
            "  nabla serve --host 0.0.0.0 --rate 20   for others, 20 requests a second each",
            "",
            "A request takes up to 2 s of processor time and 256 MB. Ctrl-C ends the server",
            "when the requests under way are answered.");
    spec.addOption(
        Arguments.option(
                "--host", "ADDRESS", "Where it listens (default 127.0.0.1: this machine only).")
            .build());
    spec.addOption(
        Arguments.option("--port", "N", "The port (default 8080); 0 for one that is free.")
            .type(Integer.class)
            .build());
    spec.addOption(
        Arguments.option(
                "--rate",
                "N",
                "Requests a second that a client may send (default: 20, any number on this"
                    + " machine only).")
            .type(Double.class)
            .build());
    return spec.addOption(Help.option());
  }

  static int run(ParseResult parsed) throws IOException {
    Settings usual = Settings.usual();
    String host = parsed.matchedOptionValue("--host", usual.host());
    int port = parsed.matchedOptionValue("--port", usual.port());
    if (port < 0 || port > LARGEST_PORT) {
      throw new NablaException(Code.REQUEST, "a port is from 0 to " + LARGEST_PORT);
    }
    Settings settings = usual.withHost(host).withPort(port);
    double rate = parsed.matchedOptionValue("--rate", settings.rate());
    if (!(rate >= 0) || Double.isInfinite(rate)) {
      throw new NablaException(Code.REQUEST, "a rate is 0, for any number, or more");
    }
    settings = settings.withRate(rate);
    PrintWriter out = parsed.commandSpec().commandLine().getOut();
    // what is drawn needs no screen
    System.setProperty("java.awt.headless", "true");
    Server server = start(settings);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  ended.countDown();
                }));
    out.println("Nabla is at " + server.address() + " (Ctrl-C ends it)");
    out.flush();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.OK;
  }

  private static Server start(Settings settings) throws IOException {
    try {
      return Server.start(settings);
    } catch (SocketException e) {
      throw new NablaException(
          Code.REQUEST,
          String.format(
              "cannot listen at %s, port %d: %s; choose another with --host or --port",
              settings.host(), settings.port(), e.getMessage()));
    }
  }
}
