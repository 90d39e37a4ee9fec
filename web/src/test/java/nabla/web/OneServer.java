package nabla.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One server for all tests of a class, whose constructor takes a {@link Client} of it. */
final class OneServer implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(OneServer.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Client.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Server server =
        context.getStore(NAMESPACE).computeIfAbsent(Server.class, key -> started(), Server.class);
    return Client.of(server);
  }

  private static Server started() {
    try {
      return Server.start(Settings.usual().withPort(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
