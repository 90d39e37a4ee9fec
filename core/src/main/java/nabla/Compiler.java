package nabla;

import java.util.ServiceLoader;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;

/** What makes functions of expressions; found on the class path as a service. */
public interface Compiler {
  /** A function that computes what is asked for. */
  CompiledFunction compile(Compilation asked);

  /**
   * The compiler that is there.
   *
   * @throws NablaException with {@link Code#UNSUPPORTED} if there is none
   */
  static Compiler find() {
    return ServiceLoader.load(Compiler.class)
        .findFirst()
        .orElseThrow(
            () ->
                new NablaException(
                    Code.UNSUPPORTED,
                    "there is no engine on the class path; add the module nabla-engine"));
  }
}
