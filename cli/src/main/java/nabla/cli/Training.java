package nabla.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import nabla.web.Server;
import nabla.web.Settings;

/**
 * Walks the paths that users take most, so that the build can record them in an AOT cache: {@code
 * nabla train}, {@code nabla train numeric} and {@code nabla train server}, one cache each.
 */
final class Training {
  private static final List<List<String>> SYMBOLIC =
      List.of(
          List.of("--version"),
          List.of("--help"),
          List.of("--no-such-option"),
          List.of("x'*A*x", "x"),
          List.of("x'*A*x", "x", "x"),
          List.of("logdet(X) + tr(inv(X)*A)", "X", "--where", "X: matrix[n,n] symmetric"),
          List.of("norm2(A*x - b)^2 + c*norm1(x)", "x", "--where", "b: vector[m]"),
          List.of("sum(log(ones(m) + exp(-y.*(X*w))))", "w"),
          List.of("A*X*B", "X", "--format", "latex"),
          List.of("A*x*x", "x"));

  private static final List<List<String>> NUMERIC =
      List.of(
          List.of("eval", "--help"),
          List.of("eval", "x'*A*x", "x", "--data", "A=[1,2;3,4]", "--data", "x=[1,2]"),
          List.of("eval", "A*x", "--data", "A=[1,2;3,4]", "--format", "json"),
          numeric("eval", "norm2(X*w - y)^2", "--value --gradient w --hessian w --data w=[1,2]"),
          numeric("eval", "sum(log(1 + exp(-y.*(X*w))))", "--gradient w --data w=[1,2]"),
          List.of("eval", "logdet(S)", "--gradient", "S", "--data", "S=[2,1;1,2]"),
          List.of("eval", "x'*A*", "--data", "x=[1,2]"),
          List.of("minimize", "--help"),
          List.of("minimize", "100*(x[2] - x[1]^2)^2 + (1 - x[1])^2", "--from", "x=[-1.2,1]"),
          numeric("minimize", "norm2(X*w - y)^2", "--over w"),
          numeric("minimize", "sum(log(1 + exp(-y.*(X*w)))) + w'*w", "--over w"));

  /** What a browser reads before it asks; a server without a page answers these with 404. */
  private static final List<String> READ = List.of("", "icon.svg", "health", "functions.json");

  /** What the page asks first: a question, and its body. */
  private static final List<List<String>> ASKED =
      List.of(
          List.of("parse", "{\"expr\":\"x'*A*x\"}"),
          List.of("derivative", "{\"expr\":\"x'*A*x\",\"wrt\":\"x\",\"seed\":1}"),
          List.of(
              "derivative",
              "{\"expr\":\"norm2(A*x - b)^2\",\"where\":\"b: vector[m]\","
                  + "\"wrt\":\"x\",\"seed\":1}"),
          List.of("derivative", "{\"expr\":\"log(det(X))\",\"wrt\":\"X\",\"seed\":1}"),
          List.of("derivative", "{\"expr\":\"x'*A*x\",\"wrt\":\"x\",\"order\":2}"),
          List.of("parse", "{\"expr\":\"x'*A*(\"}"));

  private Training() {}

  private static List<String> numeric(String command, String expression, String options) {
    List<String> words = new ArrayList<>(List.of(command, expression));
    words.addAll(List.of(options.split(" ")));
    words.addAll(List.of("--data", "X=[1,2;3,4;5,6]", "--data", "y=[1,-1,1]"));
    return words;
  }

  static void run(String paths) throws IOException {
    switch (paths) {
      case "numeric" -> run(NUMERIC);
      case "server" -> server();
      default -> symbolic();
    }
  }

  private static void symbolic() {
    run(SYMBOLIC);
    Batch.answer("{\"expr\":\"x'*A*x\",\"wrt\":\"x\",\"at\":{\"A\":[[1,2],[3,4]],\"x\":[1,1]}}");
  }

  private static void server() throws IOException {
    run(List.of(List.of("serve", "--help")));
    try (Server server = Server.start(Settings.usual().withPort(0))) {
      for (String path : READ) receive(open(server, path));
      for (List<String> question : ASKED) {
        HttpURLConnection call = open(server, "api/" + question.getFirst());
        call.setRequestProperty("Content-Type", "application/json");
        call.setDoOutput(true);
        call.getOutputStream().write(question.getLast().getBytes(StandardCharsets.UTF_8));
        receive(call);
      }
    }
  }

  private static void run(List<List<String>> commands) {
    var nowhere = new PrintWriter(Writer.nullWriter());
    for (List<String> command : commands) {
      Main.commandLine().setOut(nowhere).setErr(nowhere).execute(command.toArray(String[]::new));
    }
  }

  private static HttpURLConnection open(Server server, String path) throws IOException {
    var call =
        (HttpURLConnection) URI.create(server.address()).resolve(path).toURL().openConnection();
    call.setRequestProperty("Accept-Encoding", "gzip");
    return call;
  }

  private static void receive(HttpURLConnection call) throws IOException {
    boolean refused = call.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST;
    try (InputStream answer = refused ? call.getErrorStream() : call.getInputStream()) {
      answer.readAllBytes();
    }
  }
}
