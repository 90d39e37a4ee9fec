package nabla.explain;

import java.util.ArrayList;
import java.util.List;
import nabla.diagnostic.Span;
import nabla.lang.BinaryOperator;
import nabla.lang.Program;
import nabla.lang.Syntax;
import nabla.notation.TextPrinter;
import nabla.tensor.Rational;

/** Formulas that nobody wrote, and how they are put together and taken apart. */
final class Make {
  private Make() {}

  static Syntax name(String name) {
    return new Syntax.Name(name, Span.NONE);
  }

  static Syntax call(String function, Syntax... arguments) {
    return new Syntax.Call(function, List.of(arguments), Span.NONE);
  }

  static Syntax number(long value) {
    return new Syntax.Numeral(Rational.of(value), Span.NONE);
  }

  static Syntax binary(BinaryOperator operator, Syntax left, Syntax right) {
    return new Syntax.Binary(operator, left, right, Span.NONE);
  }

  static Syntax transpose(Syntax s) {
    return s instanceof Syntax.Transpose t ? t.operand() : new Syntax.Transpose(s, Span.NONE);
  }

  static Program program(Syntax s) {
    return new Program(List.of(), new Program.Definition("", List.of(), s, Span.NONE));
  }

  static String text(Syntax s) {
    return TextPrinter.print(program(s));
  }

  /** A term of a sum. */
  record Term(boolean minus, Syntax value) {
    /** The term as a formula of its own. */
    Syntax signed() {
      return minus ? new Syntax.Negate(value, Span.NONE) : value;
    }
  }

  /** The terms of a sum, with its differences and signs taken apart; of anything else, itself. */
  static List<Term> terms(Syntax sum) {
    List<Term> reversed = new ArrayList<>();
    Syntax rest = sum;
    while (rest instanceof Syntax.Binary b && isSum(b.operator())) {
      reversed.add(new Term(b.operator() == BinaryOperator.SUBTRACT, b.right()));
      rest = b.left();
    }
    boolean minus = rest instanceof Syntax.Negate;
    reversed.add(new Term(minus, rest instanceof Syntax.Negate n ? n.operand() : rest));
    return List.copyOf(reversed.reversed());
  }

  private static boolean isSum(BinaryOperator operator) {
    return operator == BinaryOperator.ADD || operator == BinaryOperator.SUBTRACT;
  }

  /** The sum of terms, at least one. */
  static Syntax sum(List<Term> terms) {
    Syntax sum = terms.getFirst().signed();
    for (Term t : terms.subList(1, terms.size())) {
      sum = binary(t.minus() ? BinaryOperator.SUBTRACT : BinaryOperator.ADD, sum, t.value());
    }
    return sum;
  }

  /** The factors of a product by one operator; of anything else, itself. */
  static List<Syntax> factors(Syntax product, BinaryOperator operator) {
    List<Syntax> reversed = new ArrayList<>();
    Syntax rest = product;
    while (rest instanceof Syntax.Binary b && b.operator() == operator) {
      reversed.add(b.right());
      rest = b.left();
    }
    reversed.add(rest);
    return List.copyOf(reversed.reversed());
  }

  static Syntax product(List<Syntax> factors, BinaryOperator operator) {
    Syntax product = factors.getFirst();
    for (Syntax f : factors.subList(1, factors.size())) product = binary(operator, product, f);
    return product;
  }
}
