package nabla.bench.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection that is kept, as browsers keep theirs; it takes little of the processor itself. */
final class Connection implements AutoCloseable {
  record Reply(int status, String body) {}

  private static final int PATIENCE_MILLIS = 60_000;

  private final String host;
  private final int port;
  private Socket socket;
  private InputStream in;

  Connection(String host, int port) throws IOException {
    this.host = host;
    this.port = port;
    this.socket = open();
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  private Socket open() throws IOException {
    Socket opened = new Socket(host, port);
    opened.setTcpNoDelay(true);
    opened.setSoTimeout(PATIENCE_MILLIS);
    return opened;
  }

  Reply get(String path) throws IOException {
    send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    return reply();
  }

  Reply post(String question, String body) throws IOException {
    ask(question, body);
    return reply();
  }

  /** Sends a question whose answer may be read later, or never. */
  void ask(String question, String body) throws IOException {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    String head =
        "POST /api/%s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d"
            .formatted(question, host, length);
    send(head + "\r\n\r\n" + body);
  }

  private void send(String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  private Reply reply() throws IOException {
    String first = line(); // HTTP/1.1 200 OK
    int status = Integer.parseInt(first.substring(9, 12));
    int length = 0;
    boolean chunked = false;
    boolean closes = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:"))
        length = Integer.parseInt(line.substring(15).strip());
      chunked |= lower.equals("transfer-encoding: chunked");
      closes |= lower.equals("connection: close");
    }
    String text = chunked ? chunks() : new String(in.readNBytes(length), StandardCharsets.UTF_8);
    if (closes) again();
    return new Reply(status, text);
  }

  private void again() throws IOException {
    socket.close();
    socket = open();
    in = new BufferedInputStream(socket.getInputStream());
  }

  private String chunks() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (true) {
      int length = Integer.parseInt(line().strip(), 16);
      all.write(in.readNBytes(length));
      line();
      if (length == 0) return all.toString(StandardCharsets.UTF_8);
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) throw new EOFException("the server closed the connection");
      if (c != '\r') line.append((char) c);
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
