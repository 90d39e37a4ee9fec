package nabla.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
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

  private Batch() {}

  /** Answers until the input ends; empty lines are passed over. */
  static void run(InputStream in, PrintWriter out) throws IOException {
    var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.isBlank()) continue;
      out.print(answer(line) + "\n");
      out.flush();
    }
  }

  static String answer(String line) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    try {
      answer.putAll(computed(line, answer));
    } catch (NablaException e) {
      answer.putAll(Answer.error(e.diagnostic()));
    } catch (StackOverflowError | OutOfMemoryError e) {
      answer.putAll(failure(Code.LIMIT, "this is too large"));
    } catch (RuntimeException e) {
      answer.putAll(failure(Code.UNSUPPORTED, "internal error: " + e));
    }
    return Json.write(answer);
  }

  private static Map<String, @Nullable Object> computed(
      String line, Map<String, @Nullable Object> answer) {
    if (line.length() > LONGEST_LINE) {
      throw new NablaException(Code.LIMIT, "a line is at most " + LONGEST_LINE + " characters");
    }
    if (!(Json.read(line) instanceof Map<?, ?> fields)) {
      throw new NablaException(Code.REQUEST, "a request is an object: {\"expr\": …, \"wrt\": …}");
    }
    if (fields.containsKey("id")) answer.put("id", fields.get("id"));
    return Answer.to(Request.of(fields));
  }

  private static Map<String, @Nullable Object> failure(Code code, String message) {
    return Answer.error(new Diagnostic(code, message, Span.NONE, ""));
  }
}
