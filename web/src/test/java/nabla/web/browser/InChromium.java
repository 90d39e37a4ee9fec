package nabla.web.browser;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
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
  /** Whether one window does for all tests of the class: opening one takes longer than most. */
  boolean oneWindow() default false;

  /** Starts the session with the first class, and ends it after the last. */
  final class Sheets
      implements BeforeAllCallback, ParameterResolver, AfterEachCallback, AfterAllCallback {
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
      Outcome outcome =
          context
              .getRoot()
              .getStore(NAMESPACE)
              .computeIfAbsent(Outcome.class, key -> Outcome.start(), Outcome.class);
      Assumptions.assumeTrue(outcome.session() != null, outcome.reason());
      if (oneWindow(context)) context.getStore(NAMESPACE).put(Sheet.class, open(context));
    }

    private static boolean oneWindow(ExtensionContext context) {
      InChromium how = context.getRequiredTestClass().getAnnotation(InChromium.class);
      return how != null && how.oneWindow();
    }

    private static Sheet open(ExtensionContext context) {
      Outcome outcome = context.getStore(NAMESPACE).get(Outcome.class, Outcome.class);
      if (outcome == null || outcome.session() == null) throw new IllegalStateException();
      return outcome.session().sheet();
    }

    private static @Nullable Sheet sheet(ExtensionContext context) {
      return context.getStore(NAMESPACE).get(Sheet.class, Sheet.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Sheet.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      Sheet sheet = sheet(context);
      if (sheet != null) return sheet;
      sheet = open(context);
      context.getStore(NAMESPACE).put(Sheet.class, sheet);
      return sheet;
    }

    @Override
    public void afterEach(ExtensionContext context) {
      Sheet sheet = sheet(context);
      if (sheet == null) return;
      try {
        sheet.requireQuiet();
      } finally {
        if (!oneWindow(context)) sheet.close();
      }
    }

    @Override
    public void afterAll(ExtensionContext context) {
      Sheet sheet = sheet(context);
      if (sheet != null) sheet.close();
    }
  }
}
