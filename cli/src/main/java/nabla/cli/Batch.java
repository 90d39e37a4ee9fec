package nabla.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import nabla.diagnostic.Code;
import nabla.json.Json;
import nabla.json.Question;
import org.jspecify.annotations.Nullable;

/** One request a line in, one answer a line out, in order; a bad line gets an error for answer. */
final class Batch {
  private static final int LONGEST_LINE = 10_000_000;
  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private Batch() {}

  /** Answers until the input ends; empty lines are passed over. */
  static void run(InputStream in, PrintWriter out) throws IOException {
    var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) reader.reset();
    for (String line = line(reader); line != null; line = line(reader)) {
      if (line.isBlank()) continue;
      out.print(answer(line) + "\n");
      out.flush();
    }
  }

  /** The next line, without what is beyond the limit and one; null at the end. */
  private static @Nullable String line(Reader reader) throws IOException {
    int c = reader.read();
    if (c < 0) return null;
    StringBuilder line = new StringBuilder();
    for (; c >= 0 && c != '\n'; c = reader.read()) {
      if (line.length() <= LONGEST_LINE) line.append((char) c);
    }
    return line.toString();
  }

  static String answer(String line) {
    if (line.length() > LONGEST_LINE) {
      String message = "a line has up to " + LONGEST_LINE + " characters";
      return Json.write(Question.failure(Code.LIMIT, message));
    }
    return Json.write(Question.DERIVATIVE.answer(line));
  }
}
