package nabla.engine.kernel;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What every test of {@link LinearAlgebra} goes through. */
final class LinearAlgebras {
  static final int[] SIZES = {0, 1, 2, 7, 16, 33, 100};

  private LinearAlgebras() {}

  static List<LinearAlgebra> implementations() {
    LinearAlgebra java = new JavaLinearAlgebra("pure Java: asked for");
    LinearAlgebra best = LinearAlgebra.best();
    if (best instanceof JavaLinearAlgebra) {
      System.out.println("no native linear algebra is tested: " + best.description());
      return List.of(java);
    }
    return List.of(java, best);
  }

  static Stream<Arguments> withPrecisions() {
    return implementations().stream()
        .flatMap(
            algebra ->
                Stream.of(Precision.values()).map(precision -> Arguments.of(algebra, precision)));
  }
}
