package nabla.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
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
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    Map<String, @Nullable Object> answer;
    try {
      if (line.length() > LONGEST_LINE) {
        throw new NablaException(Code.LIMIT, "a line has up to " + LONGEST_LINE + " characters");
      }
      JsonText.read(line, fields);
      answer = Answer.to(Request.of(fields));
    } catch (NablaException e) {
      answer = Answer.error(e.diagnostic(), fields);
    } catch (StackOverflowError | OutOfMemoryError e) {
      answer = failure(Code.LIMIT, "this is too large");
    } catch (RuntimeException e) {
      answer = failure(Code.UNSUPPORTED, "internal error, please report it: " + e);
    }
    Map<String, @Nullable Object> whole = new LinkedHashMap<>();
    if (fields.containsKey("id")) whole.put("id", fields.get("id"));
    whole.putAll(answer);
    return Json.write(whole);
  }

  private static Map<String, @Nullable Object> failure(Code code, String message) {
    return Answer.error(new Diagnostic(code, message, Span.NONE, ""), Map.of());
  }
}
