package nabla.engine;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import nabla.engine.kernel.BinaryFunction;
import nabla.engine.kernel.UnaryFunction;

/** What a loop computes at a point. */
sealed interface Code {
  /**
   * A number in memory.
   *
   * @param strides how each axis of the domain walks it
   * @param offset where it begins, in elements
   */
  record Read(Value value, List<Long> strides, long offset) implements Code {}

  record Literal(double value) implements Code {}

  record Unary(UnaryFunction function, Code operand) implements Code {}

  record Binary(BinaryFunction function, Code left, Code right) implements Code {}

  /** A function that the kernels do not know. */
  record External(DoubleUnaryOperator function, Code operand) implements Code {}

  /** Every read, in order. */
  default Stream<Read> reads() {
    return switch (this) {
      case Read r -> Stream.of(r);
      case Literal _ -> Stream.of();
      case Unary u -> u.operand().reads();
      case Binary b -> Stream.concat(b.left().reads(), b.right().reads());
      case External e -> e.operand().reads();
    };
  }

  /** The same with other reads. */
  default Code map(UnaryOperator<Code> change) {
    return switch (this) {
      case Read r -> change.apply(r);
      case Literal n -> n;
      case Unary u -> new Unary(u.function(), u.operand().map(change));
      case Binary b -> new Binary(b.function(), b.left().map(change), b.right().map(change));
      case External e -> new External(e.function(), e.operand().map(change));
    };
  }

  static Code times(Code left, Code right) {
    return new Binary(BinaryFunction.MULTIPLY, left, right);
  }

  static Code plus(Code left, Code right) {
    return new Binary(BinaryFunction.ADD, left, right);
  }

  /** A product with a number, which may be left out. */
  static Code scaled(double factor, Code code) {
    if (factor == 1) return code;
    if (factor == -1) return new Unary(UnaryFunction.NEGATE, code);
    return times(new Literal(factor), code);
  }
}
