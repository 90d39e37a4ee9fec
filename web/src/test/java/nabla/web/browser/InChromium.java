package nabla.web.browser;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Tests whose methods are given a {@link Sheet}. What no test may see, such as an error in the
 * console or a request to elsewhere, is looked for after each. Without a browser they are skipped,
 * which is said.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(InChromium.Sheets.class)
@interface InChromium {

  /** Starts the session with the first class, and ends it after the last. */
  final class Sheets implements BeforeAllCallback, ParameterResolver, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(InChromium.class);

    /** Either there is a session, or a reason why there is none. */
    private record Outcome(@Nullable Session session, String reason) implements AutoCloseable {
      static Outcome start() {
        try {
          return new Outcome(Session.start(), "");
        } catch (Machine.Missing missing) {
          String reason = "Browser tests are skipped: " + missing.getMessage();
          System.out.println(reason);
          return new Outcome(null, reason);
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      }

      @Override
      public void close() {
        if (session != null) session.close();
      }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
      Outcome outcome = outcome(context);
      Assumptions.assumeTrue(outcome.session() != null, outcome.reason());
    }

    private static Outcome outcome(ExtensionContext context) {
      return context
          .getRoot()
          .getStore(NAMESPACE)
          .computeIfAbsent(Outcome.class, key -> Outcome.start(), Outcome.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Sheet.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      Session session = outcome(context).session();
      if (session == null) throw new IllegalStateException("no browser");
      Sheet sheet = session.sheet();
      context.getStore(NAMESPACE).put(Sheet.class, sheet);
      return sheet;
    }

    @Override
    public void afterEach(ExtensionContext context) {
      Sheet sheet = context.getStore(NAMESPACE).get(Sheet.class, Sheet.class);
      if (sheet != null) sheet.leave();
    }
  }
}
