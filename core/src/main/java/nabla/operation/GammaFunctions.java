package nabla.operation;

import static nabla.operation.Elementary.Domain.POSITIVE;
import static nabla.operation.Elementary.Parity.NONE;

import java.util.ArrayList;
import java.util.List;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.Tensor;

/** The logarithm of the gamma function for positive x, and its derivatives. */
final class GammaFunctions {
  private static final int HIGHEST_ORDER = 6;

  /**
   * gammaln, digamma, trigamma, polygamma2 … polygamma6; each is the derivative of the one before.
   */
  static final List<Elementary> ALL = all();

  private GammaFunctions() {}

  private static List<Elementary> all() {
    List<Elementary> functions = new ArrayList<>();
    for (int order = HIGHEST_ORDER; order >= -1; order--) {
      Elementary next = functions.isEmpty() ? null : functions.getFirst();
      int k = order;
      functions.addFirst(
          new Elementary(
              name(order),
              order < 0
                  ? "logarithm of the gamma function, entry by entry"
                  : "derivative number " + (order + 1) + " of gammaln, entry by entry",
              NONE,
              POSITIVE,
              x -> k < 0 ? SpecialFunctions.gammaln(x) : SpecialFunctions.polygamma(k, x),
              (x, y) -> next == null ? beyond() : next.at(x)));
    }
    return List.copyOf(functions);
  }

  private static Tensor beyond() {
    throw new NablaException(
        Code.UNSUPPORTED, "derivatives of gammaln beyond number " + (HIGHEST_ORDER + 1));
  }

  private static String name(int order) {
    return switch (order) {
      case -1 -> "gammaln";
      case 0 -> "digamma";
      case 1 -> "trigamma";
      default -> "polygamma" + order;
    };
  }
}
