package nabla.generated;

import java.util.List;

/**
 * What a generated expression has more of than of other things.
 *
 * @param calls how likely a function is called
 * @param declared how likely something is declared of a variable
 * @param favourites functions that are called more often
 */
record Taste(double calls, double declared, List<String> favourites) {
  static final List<Taste> ALL =
      List.of(
          of(0.45, 0.3, ""),
          of(0.1, 0.2, "tr sum vec diag"),
          of(0.5, 0.3, "abs sign sqrt exp log relu tanh sinh cosh"),
          of(0.25, 0.7, "tr inv det logdet adj norm2 sum"),
          of(0.5, 0.2, "diag vec kron tr rowsum colsum mean"),
          of(0.4, 0.3, "inv det logdet adj tr"),
          of(0.5, 0.1, "softmax lse rowsoftmax rowlse log exp sum sigmoid softplus"),
          of(0.5, 0.3, "norm1 norm2 norminf normp max min abs prod sqrt"));

  private static Taste of(double calls, double declared, String favourites) {
    return new Taste(calls, declared, List.of(favourites.split(" ", -1)));
  }
}
