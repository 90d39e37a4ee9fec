package nabla.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Objects;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** What tests of files claim: the same array, or a message. */
final class Same {
  private Same() {}

  /** Shape and every bit, but for the payload of a NaN. */
  static void assertSame(NumericArray found, @Nullable NumericArray expected) {
    Objects.requireNonNull(expected, "nothing of this name is expected");
    assertThat(found.shape()).isEqualTo(expected.shape());
    assertThat(bits(found)).isEqualTo(bits(expected));
  }

  static long[] bits(NumericArray array) {
    return Arrays.stream(array.data()).mapToLong(Double::doubleToLongBits).toArray();
  }

  static void assertFails(ThrowingCallable call, Code code, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            NablaException.class,
            e -> {
              assertThat(e).hasMessage(message);
              assertThat(e.diagnostic().code()).isEqualTo(code);
            });
  }
}
