package nabla.simplify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import nabla.tensor.Einsum;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Pulls out what the terms of a sum share: {@code A'*A*x - A'*b -> A'*(A*x - b)}. A factor is
 * shared if it stands at the same axes of the result in each term; its other axes become axes of
 * what is left in the brackets. Greedy by the length that is saved; the caller compares whole
 * results.
 */
final class Factoring {
  private final ToIntFunction<Tensor> length;
  private final Preference preference;

  /** Which factor goes first where several could. */
  enum Preference {
    LONGEST,
    LEFT,
    RIGHT
  }

  /**
   * @param length how long a tensor is when printed
   */
  Factoring(ToIntFunction<Tensor> length, Preference preference) {
    this.length = length;
    this.preference = preference;
  }

  /**
   * Where a factor stands: for each of its axes the axis of the result that shares its label, or -1
   * where the label is summed.
   */
  private record Place(Tensor tensor, boolean numerator, List<Integer> axes) {}

  /** A factor of one term that could be pulled out. */
  private record Use(int term, Einsum view, int position) {
    Einsum.Factor factor() {
      return view.factors().get(position);
    }
  }

  /** The same tensor, factored where something is shared. */
  Tensor factor(Tensor tensor) {
    return switch (tensor) {
      case Sum sum when sum.terms().size() > 1 -> factorSum(sum);
      case Einsum e -> factorInside(e);
      default -> tensor;
    };
  }

  /** Factors the sums among the factors of a product. */
  private Tensor factorInside(Einsum e) {
    Product product = Factors.like(e).flattening();
    for (Einsum.Factor f : e.factors()) {
      Tensor inner = f.tensor() instanceof Sum s ? factor(s) : f.tensor();
      product.factor(inner, f.exponent(), f.labels());
    }
    return product.to(e.output());
  }

  private Tensor factorSum(Sum sum) {
    Map<Place, List<Use>> shared = new LinkedHashMap<>();
    for (int t = 0; t < sum.terms().size(); t++) collect(t, sum.terms().get(t).tensor(), shared);
    Place best = null;
    for (Map.Entry<Place, List<Use>> e : shared.entrySet()) {
      if (e.getValue().size() < 2) continue;
      if (best == null || order(shared).compare(e.getKey(), best) < 0) best = e.getKey();
    }
    if (best == null) return factorTerms(sum);
    Tensor pulled = pull(sum, best, java.util.Objects.requireNonNull(shared.get(best)));
    return pulled == null ? factorTerms(sum) : factor(pulled);
  }

  /** Nothing is shared: only look inside the terms. */
  private Tensor factorTerms(Sum sum) {
    List<Sum.Term> terms = new ArrayList<>();
    for (Sum.Term t : sum.terms()) {
      Tensor inner = t.tensor() instanceof Einsum e ? factorInside(e) : t.tensor();
      terms.add(new Sum.Term(t.coefficient(), inner));
    }
    return Sum.of(terms, sum.shape());
  }

  private Comparator<Place> order(Map<Place, List<Use>> shared) {
    Comparator<Place> saving =
        Comparator.comparingInt(
                (Place p) ->
                    -(java.util.Objects.requireNonNull(shared.get(p)).size() - 1)
                        * (1 + length.applyAsInt(p.tensor())))
            .thenComparing(p -> p.tensor().digest())
            .thenComparing(p -> p.axes().toString());
    return switch (preference) {
      case LONGEST -> saving;
      case LEFT -> Comparator.<Place>comparingInt(p -> side(p, 0)).thenComparing(saving);
      case RIGHT -> Comparator.<Place>comparingInt(p -> side(p, 1)).thenComparing(saving);
    };
  }

  /** Scalars first, then what touches the wanted axis of the result. */
  private static int side(Place p, int axis) {
    return p.axes().isEmpty() ? 0 : p.axes().contains(axis) ? 1 : 2;
  }

  private static void collect(int term, Tensor tensor, Map<Place, List<Use>> shared) {
    Einsum view = Einsum.view(tensor);
    for (int k = 0; k < view.factors().size(); k++) {
      Place place = place(view, view.factors().get(k));
      if (place == null) continue;
      List<Use> uses = shared.computeIfAbsent(place, p -> new ArrayList<>());
      boolean again = !uses.isEmpty() && uses.getLast().term() == term;
      if (!again) uses.add(new Use(term, view, k));
    }
  }

  private static @Nullable Place place(Einsum view, Einsum.Factor f) {
    List<Integer> axes = new ArrayList<>();
    int summed = 0;
    for (int label : f.labels()) {
      List<Integer> at = axesOf(view, label);
      if (at.size() > 1) return null;
      if (at.isEmpty()) summed++;
      axes.add(at.isEmpty() ? -1 : at.getFirst());
    }
    if (f.labels().stream().distinct().count() < f.labels().size()) return null;
    boolean closes = summed == f.labels().size() && summed > 1;
    if (closes && view.rank() > 0) return null;
    if (f.tensor().isSymmetric() && axes.size() == 2 && axes.get(0) < axes.get(1)) {
      axes = List.of(axes.get(1), axes.get(0));
    }
    return new Place(f.tensor(), f.exponent().signum() > 0, List.copyOf(axes));
  }

  private static List<Integer> axesOf(Einsum view, int label) {
    List<Integer> axes = new ArrayList<>(2);
    for (int axis = 0; axis < view.rank(); axis++) {
      if (view.output().get(axis) == label) axes.add(axis);
    }
    return axes;
  }

  /** The exponent closest to 0, which every use can give. */
  private static Rational common(List<Use> uses) {
    Rational common = uses.getFirst().factor().exponent();
    for (Use use : uses) {
      Rational e = use.factor().exponent();
      if (e.abs().compareTo(common.abs()) < 0) common = e;
    }
    return common;
  }

  /** Whether the exponent that stays behind may be split off: whole steps, or all of it. */
  private static boolean splits(List<Use> uses, Rational common) {
    return uses.stream().allMatch(u -> u.factor().exponent().minus(common).isInteger());
  }

  private @Nullable Tensor pull(Sum sum, Place place, List<Use> uses) {
    Rational exponent = common(uses);
    if (!splits(uses, exponent)) return null;
    List<Integer> kept = keptAxes(sum, place, uses, exponent);
    int inner = kept.size() + (int) place.axes().stream().filter(a -> a < 0).count();
    if (inner > Math.max(2, sum.rank())) return null;
    List<Sum.Term> rest = new ArrayList<>();
    for (Use use : uses) rest.add(rest(sum, place, use, exponent, kept));
    Tensor bracket = Sum.of(rest, rest.getFirst().tensor().shape());
    Tensor product = together(sum, place, exponent, kept, factor(bracket));
    List<Sum.Term> terms = new ArrayList<>(List.of(new Sum.Term(Rational.ONE, product)));
    for (int t = 0; t < sum.terms().size(); t++) {
      int index = t;
      if (uses.stream().noneMatch(u -> u.term() == index)) terms.add(sum.terms().get(t));
    }
    return Sum.of(terms, sum.shape());
  }

  /** The axes of the result that anything but the shared factor still carries. */
  private static List<Integer> keptAxes(Sum sum, Place place, List<Use> uses, Rational exponent) {
    List<Integer> kept = new ArrayList<>();
    for (int axis = 0; axis < sum.rank(); axis++) {
      if (!place.axes().contains(axis)) {
        kept.add(axis);
        continue;
      }
      int wanted = axis;
      if (uses.stream().anyMatch(u -> carries(u, u.view().output().get(wanted), exponent))) {
        kept.add(axis);
      }
    }
    return kept;
  }

  private static boolean carries(Use use, int label, Rational exponent) {
    for (int k = 0; k < use.view().factors().size(); k++) {
      boolean remains = k != use.position() || !use.factor().exponent().equals(exponent);
      if (remains && use.view().factors().get(k).labels().contains(label)) return true;
    }
    return false;
  }

  private static Sum.Term rest(
      Sum sum, Place place, Use use, Rational exponent, List<Integer> kept) {
    Einsum view = use.view();
    Product product = Factors.without(view, use.position());
    Factors.add(product, use.factor(), use.factor().exponent().minus(exponent));
    List<Integer> output = new ArrayList<>();
    for (int axis : kept) output.add(view.output().get(axis));
    for (int label : orderedLabels(place, use)) output.add(label);
    for (int axis = 0; axis < view.rank(); axis++) {
      int label = view.output().get(axis);
      if (!output.contains(label)) product.forget(label);
    }
    return new Sum.Term(sum.terms().get(use.term()).coefficient(), product.to(output));
  }

  /** The summed labels of the factor in the order of the place's axes. */
  private static List<Integer> orderedLabels(Place place, Use use) {
    List<Integer> labels = use.factor().labels();
    List<Integer> ordered = new ArrayList<>();
    for (int k = 0; k < labels.size(); k++) {
      int axis = matching(place, use, k);
      if (place.axes().get(k) < 0) ordered.add(labels.get(axis));
    }
    return ordered;
  }

  /** The axis of this use that plays the part of axis k of the place: symmetric ones may swap. */
  private static int matching(Place place, Use use, int k) {
    List<Integer> labels = use.factor().labels();
    boolean straight = true;
    for (int axis = 0; axis < labels.size(); axis++) {
      List<Integer> at = axesOf(use.view(), labels.get(axis));
      int own = at.isEmpty() ? -1 : at.getFirst();
      if (own != place.axes().get(axis)) straight = false;
    }
    return straight ? k : labels.size() - 1 - k;
  }

  private static Tensor together(
      Sum sum, Place place, Rational exponent, List<Integer> kept, Tensor bracket) {
    Product product = new Product().flattening();
    List<Integer> output = product.labels(sum.shape());
    List<Integer> own = new ArrayList<>();
    List<Integer> inner = new ArrayList<>();
    for (int axis : kept) inner.add(output.get(axis));
    for (int k = 0; k < place.axes().size(); k++) {
      int axis = place.axes().get(k);
      if (axis >= 0) {
        own.add(output.get(axis));
      } else {
        int label = product.label(place.tensor().shape().get(k));
        own.add(label);
        inner.add(label);
      }
    }
    return product.factor(place.tensor(), exponent, own).factor(bracket, inner).to(output);
  }
}
