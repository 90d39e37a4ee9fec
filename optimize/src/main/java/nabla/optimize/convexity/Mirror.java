package nabla.optimize.convexity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Rational;
import nabla.tensor.Tensor;

/**
 * Finds what a product has in common with B'*diag(v)*B and x'*P*x: a way to exchange its labels two
 * by two that takes the product to itself. Then it is {@code Σ w[f] L[f,k] P[k,k'] L[f,k']} over
 * labels f that stay and labels k that are exchanged with k', where L is half of the factors, the
 * weights w have only labels that stay, and P is a matrix between a label and its partner. It is a
 * sum of squares if the weights are nonnegative and every P is positive semidefinite: a Kronecker
 * or Hadamard product of such matrices is positive semidefinite (Schur).
 */
final class Mirror {
  /** A search that takes longer finds nothing. */
  private static final int MOST_STEPS = 5_000;

  /**
   * A way to see the product.
   *
   * @param half one factor of each pair that is exchanged
   * @param weights factors whose labels all stay
   * @param middles matrices between a label and its partner
   */
  record View(List<Factor> half, List<Factor> weights, List<Factor> middles) {}

  private final Einsum product;
  private final List<Factor> factors = new ArrayList<>();
  private final int[] partner;
  private final boolean[] taken;
  private final Predicate<Tensor> semidefinite;
  private final Predicate<View> accepted;
  private final View view = new View(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  private int steps;

  private Mirror(Einsum product, Predicate<Tensor> semidefinite, Predicate<View> accepted) {
    this.product = product;
    this.semidefinite = semidefinite;
    this.accepted = accepted;
    for (Factor f : product.factors()) {
      if (f.exponent().equals(Rational.TWO)) {
        Factor root = new Factor(f.tensor(), Rational.ONE, f.labels());
        factors.add(root);
        factors.add(root);
      } else {
        factors.add(f);
      }
    }
    this.partner = new int[product.sizes().size()];
    this.taken = new boolean[factors.size()];
    Arrays.fill(partner, -1);
  }

  /** Whether every entry of the product has a view that is accepted. */
  static boolean ofEntries(
      Einsum product, Predicate<Tensor> semidefinite, Predicate<View> accepted) {
    Mirror mirror = new Mirror(product, semidefinite, accepted);
    for (int label : product.output()) mirror.partner[label] = label;
    return mirror.from(0);
  }

  /** Whether the product is a matrix whose axes are exchanged in a view that is accepted. */
  static boolean ofMatrix(
      Einsum product, Predicate<Tensor> semidefinite, Predicate<View> accepted) {
    Mirror mirror = new Mirror(product, semidefinite, accepted);
    boolean square = product.shape().get(0).equals(product.shape().get(1));
    return square
        && mirror.exchange(product.output().get(0), product.output().get(1), new ArrayList<>())
        && mirror.from(0);
  }

  private boolean from(int first) {
    if (++steps > MOST_STEPS) return false;
    int k = first;
    while (k < taken.length && taken[k]) k++;
    if (k == taken.length) return isSplit() && accepted.test(view);
    Factor f = factors.get(k);
    taken[k] = true;
    boolean found = pairs(k, f) || alone(k, f);
    taken[k] = false;
    return found;
  }

  /**
   * Whether each factor of the half lies on one side: exchanged labels of a factor are all of the
   * half, or all of its image, so that no factor of tr(X*X) is taken for a half.
   */
  private boolean isSplit() {
    int[] side = new int[partner.length];
    for (boolean changed = true; changed; ) {
      changed = false;
      for (Factor f : view.half()) {
        int own = 0;
        for (int label : f.labels()) if (isExchanged(label) && own == 0) own = side[label];
        if (own == 0) own = 1;
        for (int label : f.labels()) {
          if (!isExchanged(label) || side[label] == own) continue;
          if (side[label] != 0) return false;
          side[label] = own;
          side[partner[label]] = -own;
          changed = true;
        }
      }
    }
    return true;
  }

  private boolean isExchanged(int label) {
    return partner[label] >= 0 && partner[label] != label;
  }

  private boolean pairs(int k, Factor f) {
    for (int other = k + 1; other < taken.length; other++) {
      Factor g = factors.get(other);
      if (taken[other] || !g.tensor().equals(f.tensor())) continue;
      if (!g.exponent().equals(f.exponent())) continue;
      taken[other] = true;
      boolean found = place(k, f, g.labels(), f.labels(), view.half());
      if (!found && f.tensor().isSymmetric()) {
        found = place(k, f, g.labels().reversed(), f.labels(), view.half());
      }
      taken[other] = false;
      if (found) return true;
    }
    return false;
  }

  private boolean alone(int k, Factor f) {
    if (place(k, f, f.labels(), f.labels(), view.weights())) return true;
    boolean matrix = f.tensor().rank() == 2 && f.isPlain();
    if (!matrix || f.labels().get(0).equals(f.labels().get(1))) return false;
    return semidefinite.test(f.tensor())
        && place(k, f, f.labels().reversed(), f.labels(), view.middles());
  }

  /**
   * Goes on with labels exchanged and a factor put in a part; undoes both if that leads nowhere.
   */
  private boolean place(
      int k, Factor f, List<Integer> images, List<Integer> labels, List<Factor> part) {
    List<Integer> set = new ArrayList<>();
    boolean fits = true;
    for (int axis = 0; fits && axis < labels.size(); axis++) {
      fits = exchange(labels.get(axis), images.get(axis), set);
    }
    if (fits) {
      part.add(f);
      fits = from(k + 1);
      if (!fits) part.removeLast();
    }
    if (!fits) for (int label : set) partner[label] = -1;
    return fits;
  }

  private boolean exchange(int a, int b, List<Integer> set) {
    if (partner[a] == b && partner[b] == a) return true;
    if (partner[a] >= 0 || partner[b] >= 0) return false;
    if (!product.sizes().get(a).equals(product.sizes().get(b))) return false;
    partner[a] = b;
    partner[b] = a;
    set.add(a);
    set.add(b);
    return true;
  }
}
