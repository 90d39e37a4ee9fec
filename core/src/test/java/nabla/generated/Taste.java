package nabla.generated;

import java.util.List;

/**
 * What a generated expression has more of than of other things.
 *
 * @param calls how likely a function is called
 * @param declared how likely something is declared of a variable
 * @param tensors how likely a part is a product with a tensor of three axes, or such a tensor
 * @param favourites functions that are called more often
 */
record Taste(double calls, double declared, double tensors, List<String> favourites) {
  static final List<Taste> ALL =
      List.of(
          of(0.45, 0.3, 0.02, ""),
          of(0.1, 0.2, 0.02, "tr sum vec diag"),
          of(0.5, 0.3, 0.02, "abs sign sqrt exp log relu tanh sinh cosh"),
          of(0.25, 0.7, 0, "tr inv det logdet adj norm2 sum"),
          of(0.5, 0.2, 0.02, "diag vec kron tr rowsum colsum mean"),
          of(0.4, 0.3, 0, "inv det logdet adj tr"),
          of(0.5, 0.1, 0.02, "softmax lse rowsoftmax rowlse log exp sum sigmoid softplus"),
          of(0.5, 0.3, 0.02, "norm1 norm2 norminf normp max min abs prod sqrt"),
          of(0.15, 0.9, 0, "tr sum norm2 inv logdet"),
          of(0.15, 0.3, 0.35, "sum norm2 exp tanh"),
          of(0.4, 0.2, 0.15, "sum max softmax lse abs diag vec"));

  private static Taste of(double calls, double declared, double tensors, String favourites) {
    return new Taste(calls, declared, tensors, List.of(favourites.split(" ", -1)));
  }
}
