package nabla.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import nabla.engine.Node.Effect;
import nabla.engine.kernel.BinaryFunction;
import nabla.engine.kernel.UnaryFunction;
import nabla.tensor.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A sum can be put right when the shift grows only if it is in proportion to exp(-shift). */
class RelativeSumsTest {
  private static final Domain POINTS = new Domain(List.of(Size.of(4)), List.of(4));
  private static final Domain POINT = new Domain(List.of(), List.of());
  private static final Split LOOP = new Split(Split.Where.LOOP, 0, 4);
  private static final Split INNER = new Split(Split.Where.INNER, 0, 4);

  private static final Nodes NODES = new Nodes(Set.of());
  private static final Value SHIFT = NODES.computed(POINT);
  private static final Code.Read X = Nodes.here(NODES.computed(POINTS));
  private static final Code.Read Y = Nodes.here(NODES.computed(POINTS));
  private static final Code.Read S = Nodes.along(SHIFT, 1);
  private static final Code E = exp(minus(X, S));
  private static final Code NUMBER = new Code.Literal(2);

  static Stream<Arguments> sums() {
    return Stream.of(
        Arguments.of("Σ e", E, Effect.SUM, true),
        Arguments.of("Σ -e", new Code.Unary(UnaryFunction.NEGATE, E), Effect.SUM, true),
        Arguments.of("Σ e*y", Code.times(E, Y), Effect.SUM, true),
        Arguments.of("Σ y*e", Code.times(Y, E), Effect.SUM, true),
        Arguments.of("Σ e/y", binary(BinaryFunction.DIVIDE, E, Y), Effect.SUM, true),
        Arguments.of("Σ e + 2*e", Code.plus(E, Code.times(NUMBER, E)), Effect.SUM, true),
        Arguments.of("Σ e - e*y", minus(E, Code.times(E, Y)), Effect.SUM, true),
        Arguments.of("Σ e*e", Code.times(E, E), Effect.SUM, false),
        Arguments.of("Σ e/e", binary(BinaryFunction.DIVIDE, E, E), Effect.SUM, false),
        Arguments.of("Σ y/e", binary(BinaryFunction.DIVIDE, Y, E), Effect.SUM, false),
        Arguments.of("Σ e + 2", Code.plus(E, NUMBER), Effect.SUM, false),
        Arguments.of("Σ 2 - e", minus(NUMBER, E), Effect.SUM, false),
        Arguments.of("Σ e^2", binary(BinaryFunction.POWER, E, NUMBER), Effect.SUM, false),
        Arguments.of("Σ max(e, y)", binary(BinaryFunction.MAX, E, Y), Effect.SUM, false),
        Arguments.of("Σ log e", new Code.Unary(UnaryFunction.LOG, E), Effect.SUM, false),
        Arguments.of("Σ exp(s - x)", exp(minus(S, X)), Effect.SUM, false),
        Arguments.of("Σ exp(s - s)", exp(minus(S, S)), Effect.SUM, false),
        Arguments.of("Σ exp(x + s)", exp(Code.plus(X, S)), Effect.SUM, false),
        Arguments.of("Σ exp(e - s)", exp(minus(E, S)), Effect.SUM, false),
        Arguments.of("Σ x - s", minus(X, S), Effect.SUM, false),
        Arguments.of("max e", E, Effect.MAX, false),
        Arguments.of("min e", E, Effect.MIN, false));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sums")
  void proportional(String what, Code code, Effect effect, boolean expected) {
    Value sum = NODES.computed(POINT);
    Node node = new Node.Pointwise(sum, POINTS, code, Nodes.along(sum, 1), effect, null);
    @Nullable List<Value> found = found(List.of(item(node)), Set.of(), List.of());
    if (expected) assertThat(found).containsExactly(sum);
    else assertThat(found).isNull();
  }

  /** What is no sum is needed only as long as its block is at hand. */
  @ParameterizedTest(name = "kept {0}, read later {1}")
  @CsvSource({"false, false, true", "true, false, false", "false, true, false"})
  void isNeededOnlyInItsBlock(boolean kept, boolean later, boolean expected) {
    Value e = NODES.computed(POINTS);
    Value sum = NODES.computed(POINT);
    Value other = NODES.computed(POINT);
    Node makes = new Node.Pointwise(e, POINTS, E, Nodes.here(e), Effect.STORE, null);
    @Nullable List<Value> found =
        found(
            List.of(item(makes), item(sum(sum, e))),
            kept ? Set.of(e) : Set.of(),
            later ? List.of(item(sum(other, e))) : List.of());
    if (expected) assertThat(found).containsExactly(sum);
    else assertThat(found).isNull();
  }

  @Test
  void aProductOfTwoIsNoSum() {
    Value e = NODES.computed(POINTS);
    Value y = NODES.computed(POINTS);
    Value sum = NODES.computed(List.of(Size.of(1), Size.of(1)), new int[] {1, 1});
    Node makes = new Node.Pointwise(e, POINTS, E, Nodes.here(e), Effect.STORE, null);
    assertThat(found(List.of(item(makes), item(product(sum, e, y))), Set.of(), List.of()))
        .containsExactly(sum);
    assertThat(found(List.of(item(makes), item(product(sum, e, e))), Set.of(), List.of())).isNull();
  }

  /** A row times a column. */
  private static Node product(Value result, Value left, Value right) {
    MatrixView row = new MatrixView(left, 0, 1, 4, 4, /* transposed= */ false);
    MatrixView column = new MatrixView(right, 0, 4, 1, 1, /* transposed= */ false);
    return new Node.MatrixProduct(result, 1, row, column);
  }

  private static Node sum(Value result, Value of) {
    return new Node.Pointwise(
        result, POINTS, Nodes.here(of), Nodes.along(result, 1), Effect.SUM, null);
  }

  private static Stages.Item item(Node node) {
    Split split = node instanceof Node.Pointwise ? LOOP : INNER;
    return new Stages.Item(new Schedule.Step(List.of(node)), split);
  }

  private static @Nullable List<Value> found(
      List<Stages.Item> stage, Set<Value> kept, List<Stages.Item> later) {
    return RelativeSums.of(SHIFT, stage, kept, later);
  }

  private static Code exp(Code x) {
    return new Code.Unary(UnaryFunction.EXP, x);
  }

  private static Code minus(Code left, Code right) {
    return binary(BinaryFunction.SUBTRACT, left, right);
  }

  private static Code binary(BinaryFunction function, Code left, Code right) {
    return new Code.Binary(function, left, right);
  }
}
