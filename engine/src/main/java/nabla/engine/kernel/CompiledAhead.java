package nabla.engine.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Generated code with vectors, which is slower than anything else until the virtual machine has
 * compiled it for good: a thread in the background calls it until then. That begins when it would
 * have been of use a few times.
 */
final class CompiledAhead<K> {
  /** Uses after which it is worth while to compile the code. */
  private static final int WORTH_COMPILING = 500;

  /** The virtual machine compiles for good what was called 5000 times, and takes a while for it. */
  private static final int CALLS = 15_000;

  private final Supplier<K> code;
  private final Consumer<K> call;
  private final AtomicInteger uses = new AtomicInteger();
  private volatile @Nullable K compiled;

  /**
   * @param code makes it
   * @param call calls it once, with anything
   */
  CompiledAhead(Supplier<K> code, Consumer<K> call) {
    this.code = code;
    this.call = call;
  }

  /** The code, or null as long as it is not compiled; to be asked for at each use. */
  @Nullable K get() {
    K ready = compiled;
    if (ready == null && uses.incrementAndGet() == WORTH_COMPILING) compile();
    return ready;
  }

  private void compile() {
    Thread.ofPlatform()
        .daemon()
        .name("nabla-compile")
        .start(
            () -> {
              K made = code.get();
              for (int k = 0; k < CALLS; k++) call.accept(made);
              compiled = made;
            });
  }
}
