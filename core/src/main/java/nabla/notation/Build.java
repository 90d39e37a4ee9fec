package nabla.notation;

import java.math.BigInteger;
import java.util.List;
import nabla.diagnostic.Span;
import nabla.lang.BinaryOperator;
import nabla.lang.Syntax;
import nabla.tensor.Constant;
import nabla.tensor.Rational;
import nabla.tensor.Selection;
import nabla.tensor.Size;
import org.jspecify.annotations.Nullable;

/** Short names for building syntax that nobody wrote. */
final class Build {
  private static final int MOST_DIGITS = 6;

  private Build() {}

  static Syntax name(String name) {
    return new Syntax.Name(name, Span.NONE);
  }

  static Syntax call(String function, Syntax... arguments) {
    return new Syntax.Call(function, List.of(arguments), Span.NONE);
  }

  static Syntax call(String function, List<Syntax> arguments) {
    return new Syntax.Call(function, arguments, Span.NONE);
  }

  static Syntax binary(BinaryOperator operator, Syntax left, Syntax right) {
    return new Syntax.Binary(operator, left, right, Span.NONE);
  }

  static Syntax times(Syntax left, Syntax right) {
    return binary(BinaryOperator.MULTIPLY, left, right);
  }

  static Syntax over(Syntax left, Syntax right) {
    return binary(BinaryOperator.DIVIDE, left, right);
  }

  static Syntax negate(Syntax operand) {
    return new Syntax.Negate(operand, Span.NONE);
  }

  static Syntax transpose(Syntax operand) {
    return operand instanceof Syntax.Transpose t
        ? t.operand()
        : new Syntax.Transpose(operand, Span.NONE);
  }

  static Syntax index(Syntax target, List<Syntax> indices) {
    return new Syntax.Index(target, indices, Span.NONE);
  }

  /** The positions that a selection takes, {@code 2:n}. */
  static Syntax range(Selection s) {
    Size first = s.offset().plus(Size.of(1));
    Size last = s.offset().plus(s.length());
    return new Syntax.Range(size(first), size(last), Span.NONE);
  }

  /** The only position that a selection of length 1 takes; null if it can't be written. */
  static @Nullable Syntax position(Selection s) {
    Size next = s.offset().plus(Size.of(1));
    if (next.equals(s.size())) return name("end");
    Syntax position = size(next);
    // A bare name would be read as the index of index notation.
    return position instanceof Syntax.Name ? null : position;
  }

  static Syntax integer(long value) {
    return new Syntax.Numeral(Rational.of(value), Span.NONE);
  }

  /** A number, negative ones with a sign, fractions without a short decimal as quotients. */
  static Syntax number(Rational value) {
    if (value.signum() < 0) return negate(number(value.negate()));
    if (isDecimal(value) || Constant.of(value) != null) return new Syntax.Numeral(value, Span.NONE);
    return over(
        new Syntax.Numeral(new Rational(value.numerator(), BigInteger.ONE), Span.NONE),
        new Syntax.Numeral(new Rational(value.denominator(), BigInteger.ONE), Span.NONE));
  }

  /** Whether a number has a decimal that is short enough to read. */
  static boolean isDecimal(Rational value) {
    if (value.isInteger()) return true;
    return value.times(Rational.of((long) Math.pow(10, MOST_DIGITS))).isInteger();
  }

  static Syntax size(Size size) {
    Syntax sum = null;
    for (var term : size.terms().entrySet()) {
      Syntax product = null;
      long coefficient = term.getValue();
      if (Math.abs(coefficient) != 1 || term.getKey().names().isEmpty()) {
        product = integer(Math.abs(coefficient));
      }
      for (String name : term.getKey().names()) {
        product = product == null ? name(name) : times(product, name(name));
      }
      Syntax value = java.util.Objects.requireNonNull(product);
      if (sum == null) sum = coefficient < 0 ? negate(value) : value;
      else {
        BinaryOperator sign = coefficient < 0 ? BinaryOperator.SUBTRACT : BinaryOperator.ADD;
        sum = binary(sign, sum, value);
      }
    }
    return sum == null ? integer(0) : sum;
  }
}
