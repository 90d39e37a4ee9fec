package nabla.tensor;

import java.util.List;
import java.util.Map;

/**
 * Eliminates products of 0/1 tensors inside one contraction, so that entries, slices, blocks,
 * triangles, vec, kron and reshapes simplify without rules of their own:
 *
 * <ul>
 *   <li>unit(a)[i] * unit(b)[i] is unit(a)[i] if a = b, else 0;
 *   <li>Fuse[k,i,j] * Fuse[k,p,q] is Fuse[k,i,j] δ[i,p] δ[j,q] (equal row sizes);
 *   <li>Fuse[k,i,j] * Fuse[l,i,j] is Fuse[k,i,j] δ[k,l];
 *   <li>Triangle[i,i] is 1, Triangle[i,j] * Triangle[j,i] is δ[i,j];
 *   <li>Selection[i,k] * Selection[i,l] is Selection[i,k] δ[k,l] for one range and 0 for two that
 *       have nothing in common; Selection[i,k] * Selection[j,k] is Selection[i,k] δ[i,j];
 *   <li>Selection[i,k] * Selection[k,l] is one Selection[i,l], unit[i] * Selection[i,k] is unit[k];
 *   <li>Selection[i,k] of the whole axis is δ[i,k];
 *   <li>unit[k], Fuse[k,i,j] and Selection[k,i], summed over k, which nothing else carries, are 1;
 *       so is Fuse[k,i,j] summed over i and j.
 * </ul>
 */
final class StructuralConstants {
  private final List<Einsum.Factor> factors;
  private final List<Integer> output;
  private final Product product;

  private StructuralConstants(List<Einsum.Factor> factors, List<Integer> output, Product product) {
    this.factors = factors;
    this.output = output;
    this.product = product;
  }

  /** Performs one elimination on {@code factors}, telling {@code product} of merged labels. */
  static boolean eliminate(List<Einsum.Factor> factors, List<Integer> output, Product product) {
    return new StructuralConstants(factors, output, product).step();
  }

  private boolean step() {
    for (int a = 0; a < factors.size(); a++) {
      Einsum.Factor f = factors.get(a);
      if (!(f.tensor() instanceof Structural)) continue;
      List<Integer> alone = summedAlone(f);
      if (!alone.isEmpty()) alone.forEach(product::forget);
      else if (isWhole(f)) product.unify(f.labels().get(0), f.labels().get(1));
      else if (!isDiagonalOfTriangle(f)) continue;
      factors.remove(a);
      return true;
    }
    for (int a = 0; a < factors.size(); a++) {
      if (!(factors.get(a).tensor() instanceof Structural)) continue;
      for (int b = 0; b < factors.size(); b++) {
        if (a != b && pair(factors.get(a), factors.get(b))) {
          factors.remove(b);
          return true;
        }
      }
    }
    return false;
  }

  /** Labels that only this factor carries and whose sum over it is 1; empty if there are none. */
  private List<Integer> summedAlone(Einsum.Factor f) {
    List<Integer> first = f.labels().subList(0, 1);
    return switch (f.tensor()) {
      case Unit _, Selection _ -> areSummedOnce(first) ? first : List.of();
      case Fuse _ -> {
        List<Integer> parts = f.labels().subList(1, 3);
        yield areSummedOnce(first) ? first : areSummedOnce(parts) ? parts : List.of();
      }
      default -> List.of();
    };
  }

  private boolean areSummedOnce(List<Integer> labels) {
    return labels.stream().allMatch(l -> uses(l) == 1 && !output.contains(l));
  }

  private static boolean isWhole(Einsum.Factor f) {
    return f.tensor() instanceof Selection s && s.size().equals(s.length());
  }

  private static boolean isDiagonalOfTriangle(Einsum.Factor f) {
    return f.tensor() instanceof Triangle && f.labels().get(0).equals(f.labels().get(1));
  }

  /** In how many places a label stands, the result's axes included. */
  private int uses(int label) {
    long inside =
        factors.stream().flatMap(g -> g.labels().stream()).filter(l -> l == label).count();
    return (int) (inside + output.stream().filter(l -> l == label).count());
  }

  /** Whether the second factor is superfluous beside the first once some labels are one. */
  private boolean pair(Einsum.Factor a, Einsum.Factor b) {
    if (a.tensor() instanceof Unit u && b.tensor() instanceof Unit v) return units(a, u, b, v);
    if (a.tensor() instanceof Unit u && b.tensor() instanceof Selection s) return entry(a, u, b, s);
    if (a.tensor() instanceof Fuse && a.tensor().equals(b.tensor())) return fuses(a, b);
    if (a.tensor() instanceof Triangle t && b.tensor() instanceof Triangle) {
      if (!t.isSquare() || !a.labels().reversed().equals(b.labels())) return false;
      product.unify(a.labels().get(0), a.labels().get(1));
      return true;
    }
    return a.tensor() instanceof Selection s
        && b.tensor() instanceof Selection t
        && selections(a, s, b, t);
  }

  private boolean units(Einsum.Factor a, Unit u, Einsum.Factor b, Unit v) {
    if (!a.labels().equals(b.labels())) return false;
    if (u.index() != v.index()) product.vanish();
    return true;
  }

  /** unit(i)[j] * Selection[j,k] is unit(i)[j] * unit(i - offset)[k]. */
  private boolean entry(Einsum.Factor a, Unit u, Einsum.Factor b, Selection s) {
    if (!a.labels().getFirst().equals(b.labels().getFirst())) return false;
    if (!s.offset().isNumber() || !s.length().isNumber()) return false;
    int index = u.index() - s.offset().value(Map.of());
    if (index < 1 || index > s.length().value(Map.of())) product.vanish();
    else {
      Unit inside = new Unit(s.length(), index);
      factors.add(new Einsum.Factor(inside, Rational.ONE, List.of(b.labels().get(1))));
    }
    return true;
  }

  private boolean fuses(Einsum.Factor a, Einsum.Factor b) {
    boolean samePosition = a.labels().get(0).equals(b.labels().get(0));
    boolean sameEntry = a.labels().subList(1, 3).equals(b.labels().subList(1, 3));
    if (!samePosition && !sameEntry) return false;
    for (int axis = 0; axis < 3; axis++) {
      product.unify(a.labels().get(axis), b.labels().get(axis));
    }
    return true;
  }

  private boolean selections(Einsum.Factor a, Selection s, Einsum.Factor b, Selection t) {
    boolean sameAxis = a.labels().get(0).equals(b.labels().get(0));
    boolean sameRange = a.labels().get(1).equals(b.labels().get(1));
    if (s.equals(t) && (sameAxis || sameRange)) {
      product.unify(a.labels().get(0), b.labels().get(0));
      product.unify(a.labels().get(1), b.labels().get(1));
      return true;
    }
    if (sameAxis && s.size().equals(t.size()) && s.isApartFrom(t)) {
      product.vanish();
      return true;
    }
    int joint = a.labels().get(1);
    if (!b.labels().get(0).equals(joint) || uses(joint) != 2 || output.contains(joint))
      return false;
    Selection both = new Selection(s.size(), s.offset().plus(t.offset()), t.length());
    factors.set(
        factors.indexOf(a),
        new Einsum.Factor(both, Rational.ONE, List.of(a.labels().get(0), b.labels().get(1))));
    product.forget(joint);
    return true;
  }
}
