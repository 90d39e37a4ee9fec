package nabla.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Numbers the labels of a product and orders its factors so that products which differ only in the
 * names of summed labels or in the order of factors come out the same.
 *
 * <p>A product is a graph with labels as vertices and factors as (hyper)edges. Colours of labels
 * are refined until they are stable (Weisfeiler and Leman 1968); where labels keep sharing a colour
 * each is singled out in turn and the numbering with the smallest digest wins. Labels that stay
 * alike are nearly always interchangeable, so few branches are needed; the search is bounded all
 * the same.
 */
final class CanonicalLabels {
  private static final int LARGEST_SEARCH = 48;
  private static final Digest LABEL = Digest.tag("label");
  private static final Digest FACTOR = Digest.tag("factor");

  private final Rational coefficient;
  private final List<Einsum.Factor> factors;
  private final List<Integer> output;
  private final List<Size> sizes;
  private final int[] labels;
  private final int[] place;
  private final int outputs;
  private int searched;

  private CanonicalLabels(
      Rational coefficient, List<Einsum.Factor> factors, List<Integer> output, List<Size> sizes) {
    this.coefficient = coefficient;
    this.factors = factors;
    this.output = output;
    this.sizes = sizes;
    place = new int[sizes.size()];
    Arrays.fill(place, -1);
    int[] met = new int[sizes.size()];
    int count = 0;
    for (int label : output) count = meet(label, met, count);
    outputs = count;
    for (Einsum.Factor f : factors) {
      for (int label : f.labels()) count = meet(label, met, count);
    }
    labels = Arrays.copyOf(met, count);
  }

  private int meet(int label, int[] met, int count) {
    if (place[label] >= 0) return count;
    place[label] = count;
    met[count] = label;
    return count + 1;
  }

  /** The canonical node for factors over any labels; {@code sizes} is indexed by label. */
  static Einsum product(
      Rational coefficient, List<Einsum.Factor> factors, List<Integer> output, List<Size> sizes) {
    CanonicalLabels canonical = new CanonicalLabels(coefficient, factors, output, sizes);
    long[] colours = canonical.initialColours();
    if (canonical.labels.length - canonical.outputs > 1) canonical.refine(colours);
    return canonical.best(colours);
  }

  private int position(int label) {
    return place[label];
  }

  private long[] initialColours() {
    long[] colours = new long[labels.length];
    for (int k = 0; k < labels.length; k++) {
      colours[k] = k < outputs ? k : Digest.tag("summed").with(sizes.get(labels[k])).low();
    }
    return colours;
  }

  private void refine(long[] colours) {
    int distinct = distinct(colours);
    long[][] incident = new long[colours.length][];
    int[] degrees = new int[colours.length];
    for (Einsum.Factor f : factors) for (int label : f.labels()) degrees[position(label)]++;
    for (int k = 0; k < colours.length; k++) incident[k] = new long[degrees[k]];
    long[] next = new long[colours.length];
    while (true) {
      Arrays.fill(degrees, 0);
      for (Einsum.Factor f : factors) addIncidence(f, colours, incident, degrees);
      for (int k = 0; k < colours.length; k++) {
        next[k] = k < outputs ? colours[k] : colour(colours[k], incident[k]);
      }
      System.arraycopy(next, 0, colours, 0, colours.length);
      int now = distinct(colours);
      if (now == distinct || now == colours.length) return;
      distinct = now;
    }
  }

  private static long colour(long before, long[] neighbours) {
    Arrays.sort(neighbours);
    Digest digest = LABEL.with(before);
    for (long n : neighbours) digest = digest.with(n);
    return digest.low();
  }

  private void addIncidence(Einsum.Factor f, long[] colours, long[][] incident, int[] filled) {
    boolean symmetric = f.tensor().isSymmetric();
    long[] own = new long[f.labels().size()];
    for (int axis = 0; axis < own.length; axis++)
      own[axis] = colours[position(f.labels().get(axis))];
    if (symmetric) Arrays.sort(own);
    Digest digest = FACTOR.with(f.tensor().digest()).with(f.exponent());
    for (long c : own) digest = digest.with(c);
    for (int axis = 0; axis < own.length; axis++) {
      long seen = digest.with(symmetric ? 0 : axis).low();
      int label = position(f.labels().get(axis));
      incident[label][filled[label]++] = seen;
    }
  }

  private static int distinct(long[] colours) {
    long[] sorted = colours.clone();
    Arrays.sort(sorted);
    int distinct = Math.min(1, sorted.length);
    for (int k = 1; k < sorted.length; k++) if (sorted[k] != sorted[k - 1]) distinct++;
    return distinct;
  }

  private Einsum best(long[] colours) {
    List<Integer> tied = firstTie(colours);
    if (tied.isEmpty()) {
      searched++;
      return node(colours);
    }
    Einsum best = null;
    for (int member : tied) {
      if (best != null && searched >= LARGEST_SEARCH) break;
      long[] single = colours.clone();
      single[member] = Digest.tag("single").with(colours[member]).low();
      refine(single);
      Einsum candidate = best(single);
      if (best == null || candidate.digest().compareTo(best.digest()) < 0) best = candidate;
    }
    return java.util.Objects.requireNonNull(best);
  }

  /** The summed labels that share the smallest repeated colour. */
  private List<Integer> firstTie(long[] colours) {
    TreeSet<Long> seen = new TreeSet<>();
    TreeSet<Long> repeated = new TreeSet<>();
    for (int k = outputs; k < colours.length; k++) {
      if (!seen.add(colours[k])) repeated.add(colours[k]);
    }
    List<Integer> tied = new ArrayList<>();
    if (repeated.isEmpty()) return tied;
    for (int k = outputs; k < colours.length; k++) {
      if (colours[k] == repeated.first()) tied.add(k);
    }
    return tied;
  }

  private Einsum node(long[] colours) {
    List<Integer> summed = new ArrayList<>();
    for (int k = outputs; k < labels.length; k++) summed.add(k);
    summed.sort(Comparator.comparingLong(k -> colours[k]));
    int[] number = new int[labels.length];
    for (int k = 0; k < outputs; k++) number[k] = k;
    for (int k = 0; k < summed.size(); k++) number[summed.get(k)] = outputs + k;
    List<Einsum.Factor> renamed = new ArrayList<>();
    for (Einsum.Factor f : factors) renamed.add(rename(f, number));
    renamed.sort(FACTOR_ORDER);
    Size[] numbered = new Size[labels.length];
    for (int k = 0; k < labels.length; k++) numbered[number[k]] = sizes.get(labels[k]);
    List<Integer> out = output.stream().map(l -> number[position(l)]).toList();
    return new Einsum(coefficient, renamed, out, List.of(numbered));
  }

  private Einsum.Factor rename(Einsum.Factor f, int[] number) {
    List<Integer> renamed = new ArrayList<>();
    for (int label : f.labels()) renamed.add(number[position(label)]);
    if (f.tensor().isSymmetric()) renamed.sort(Comparator.naturalOrder());
    return new Einsum.Factor(f.tensor(), f.exponent(), List.copyOf(renamed));
  }

  private static final Comparator<Einsum.Factor> FACTOR_ORDER =
      Comparator.<Einsum.Factor, Digest>comparing(f -> f.tensor().digest())
          .thenComparing(Einsum.Factor::exponent)
          .thenComparing(Einsum.Factor::labels, CanonicalLabels::compare);

  private static int compare(List<Integer> a, List<Integer> b) {
    for (int k = 0; k < Math.min(a.size(), b.size()); k++) {
      int order = Integer.compare(a.get(k), b.get(k));
      if (order != 0) return order;
    }
    return Integer.compare(a.size(), b.size());
  }
}
