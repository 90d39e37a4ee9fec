package nabla.notation;

import nabla.lang.BinaryOperator;
import nabla.lang.Syntax;

/**
 * Where brackets are needed, for every printer alike. Products entry by entry and matrix products
 * bind equally in the language, but readers differ on {@code A*x.*y}: one inside the other is
 * bracketed.
 */
final class Brackets {
  private Brackets() {}

  private enum Kind {
    SUM,
    MATRIX_PRODUCT,
    ENTRYWISE_PRODUCT,
    KRONECKER,
    POWER
  }

  private static Kind kind(BinaryOperator operator) {
    return switch (operator) {
      case ADD, SUBTRACT -> Kind.SUM;
      case MULTIPLY, DIVIDE, LEFT_DIVIDE -> Kind.MATRIX_PRODUCT;
      case ELEMENTWISE_MULTIPLY, ELEMENTWISE_DIVIDE -> Kind.ENTRYWISE_PRODUCT;
      case KRONECKER -> Kind.KRONECKER;
      case POWER, ELEMENTWISE_POWER -> Kind.POWER;
    };
  }

  static boolean left(BinaryOperator parent, Syntax child) {
    Kind own = kind(parent);
    return switch (child) {
      case Syntax.Binary b when own == Kind.POWER -> true;
      case Syntax.Binary b when own == Kind.SUM -> false;
      case Syntax.Binary b -> kind(b.operator()) != own && kind(b.operator()) != Kind.POWER;
      case Syntax.Negate n when own == Kind.POWER -> true;
      case Syntax.Negate n -> own != Kind.SUM && left(parent, n.operand());
      default -> false;
    };
  }

  static boolean right(BinaryOperator parent, Syntax child) {
    Kind own = kind(parent);
    return switch (child) {
      case Syntax.Binary b when own == Kind.POWER -> true;
      case Syntax.Binary b when own == Kind.SUM -> kind(b.operator()) == Kind.SUM;
      case Syntax.Binary b -> kind(b.operator()) != Kind.POWER;
      case Syntax.Negate(Syntax.Numeral n, _) when own == Kind.POWER -> false;
      case Syntax.Negate n -> true;
      case Syntax.Transpose t -> own == Kind.POWER;
      case Syntax.Index i -> own == Kind.POWER && right(parent, i.target());
      default -> false;
    };
  }

  static boolean negated(Syntax operand) {
    return operand instanceof Syntax.Negate
        || (operand instanceof Syntax.Binary b && kind(b.operator()) == Kind.SUM);
  }

  /** Before a transpose mark or an index. */
  static boolean postfix(Syntax operand) {
    return operand instanceof Syntax.Binary || operand instanceof Syntax.Negate;
  }
}
