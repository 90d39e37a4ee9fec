package nabla.json;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import org.jspecify.annotations.Nullable;

/** What can be asked in JSON. */
public enum Question {
  /** The derivative of an expression; what {@code nabla batch} answers. */
  DERIVATIVE,
  /** How an expression is understood: its formula, its shape and its variables. */
  PARSE,
  /** The derivative, step by step. */
  EXPLAIN,
  /** Whether a claimed answer is right. */
  CHECK,
  /** Numbers: the value of an expression and of derivatives. */
  EVALUATE,
  /** Where a function is least. */
  MINIMIZE,
  /** Whether a function is convex. */
  CONVEX,
  /** A picture of a function. */
  PLOT;

  /** The name as programs spell it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The question with this label. */
  public static Optional<Question> of(String label) {
    for (Question q : values()) if (q.label().equals(label)) return Optional.of(q);
    return Optional.empty();
  }

  /**
   * The answer as the fields of an object; what is wrong with the request is said there, too.
   *
   * @param request a JSON object
   * @throws CancellationException if the thread was interrupted meanwhile
   */
  public Map<String, @Nullable Object> answer(String request) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    Map<String, @Nullable Object> answer;
    try {
      JsonText.read(request, fields);
      answer = to(fields);
    } catch (NablaException e) {
      answer = ErrorFields.of(e.diagnostic(), fields);
    } catch (CancellationException e) {
      throw e;
    } catch (StackOverflowError | OutOfMemoryError e) {
      answer = failure(Code.LIMIT, "this is too large");
    } catch (RuntimeException | LinkageError e) {
      answer = failure(Code.UNSUPPORTED, "internal error, please report it: " + e);
    }
    Map<String, @Nullable Object> whole = new LinkedHashMap<>();
    if (fields.containsKey("id")) whole.put("id", fields.get("id"));
    whole.putAll(answer);
    return whole;
  }

  private Map<String, @Nullable Object> to(Map<String, @Nullable Object> fields) {
    return switch (this) {
      case DERIVATIVE -> DerivativeAnswer.to(DerivativeRequest.of(fields));
      case PARSE -> ParseAnswer.to(new Fields(fields));
      case EXPLAIN -> DerivativeAnswer.explained(fields);
      case CHECK -> CheckAnswer.to(fields);
      case EVALUATE -> EvaluationAnswer.to(new Fields(fields));
      case MINIMIZE -> MinimumAnswer.to(new Fields(fields));
      case CONVEX -> ConvexityAnswer.to(new Fields(fields));
      case PLOT -> PictureAnswer.to(new Fields(fields));
    };
  }

  /** An answer that says in words why there is none. */
  public static Map<String, @Nullable Object> failure(Code code, String message) {
    return ErrorFields.of(new Diagnostic(code, message, Span.NONE, ""), Map.of());
  }
}
