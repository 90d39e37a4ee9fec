package nabla.engine;

import java.util.Map;
import nabla.Compilation;
import nabla.CompiledFunction;
import nabla.Compiler;
import nabla.engine.kernel.Precision;

/**
 * Compiles expressions to plans over native memory, run by generated loops and OpenBLAS. It is
 * found as a service; {@code Expression.compile} asks for it.
 */
public final class Engine implements Compiler {
  /** Called by the service loader. */
  public Engine() {}

  @Override
  public CompiledFunction compile(Compilation asked) {
    return new EngineFunction(asked, new Plans(asked, Precision.DOUBLE, false, 1), Map.of());
  }
}
