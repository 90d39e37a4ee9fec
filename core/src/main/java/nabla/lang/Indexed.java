package nabla.lang;

import java.util.List;
import java.util.Objects;
import nabla.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A tensor whose axes are named by indices; there is no tensor while only sizes are unified. */
record Indexed(List<String> indices, @Nullable Tensor tensor) {
  Tensor built() {
    return Objects.requireNonNull(tensor);
  }
}
