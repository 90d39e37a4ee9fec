package nabla.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nabla.tensor.Einsum;
import nabla.tensor.Einsum.Factor;
import nabla.tensor.Fuse;
import nabla.tensor.Selection;
import nabla.tensor.Size;
import nabla.tensor.Unit;

/**
 * The labels of a product after its reshapings, slices and unit vectors were taken for what they
 * are: other ways to walk arrays. Each label is a position plus whole multiples of the labels that
 * are left: behind {@code Fuse[k,i,j]} the label k is i + m*j, behind a slice the label i is k +
 * offset, behind a unit vector it is a number.
 */
final class Affine {
  /** A label as a position and multiples of others. */
  private record Form(Map<Integer, Long> multiples, long position) {
    Form replaced(int label, Form by) {
      Long multiple = multiples.get(label);
      if (multiple == null) return this;
      Map<Integer, Long> all = new TreeMap<>(multiples);
      all.remove(label);
      by.multiples.forEach((l, m) -> all.merge(l, m * multiple, Long::sum));
      return new Form(all, position + by.position * multiple);
    }
  }

  /** How an array is walked by the labels that are left, and where it begins. */
  record Walk(Map<Integer, Long> strides, long offset) {
    long stride(int label) {
      return strides.getOrDefault(label, 0L);
    }
  }

  private final List<Form> forms = new ArrayList<>();

  /** The factors that are left: arrays, and constants that are no way to walk. */
  final List<Factor> factors = new ArrayList<>();

  Affine(Einsum product, Map<String, Integer> sizes) {
    for (int l = 0; l < product.sizes().size(); l++) forms.add(new Form(Map.of(l, 1L), 0));
    for (Factor f : product.factors()) if (!absorb(f, sizes)) factors.add(f);
  }

  private boolean absorb(Factor f, Map<String, Integer> sizes) {
    return switch (f.tensor()) {
      case Fuse fuse -> {
        Form fast = forms.get(f.labels().get(1));
        Form slow = forms.get(f.labels().get(2));
        yield replace(f.labels().get(0), sum(fast, slow, fuse.rows().value(sizes)));
      }
      case Selection s -> {
        Form inner = forms.get(f.labels().get(1));
        yield replace(
            f.labels().get(0), new Form(inner.multiples, inner.position + s.offset().value(sizes)));
      }
      case Unit u -> replace(f.labels().get(0), new Form(Map.of(), u.index() - 1));
      default -> false;
    };
  }

  private static Form sum(Form fast, Form slow, long rows) {
    Map<Integer, Long> multiples = new TreeMap<>(fast.multiples);
    slow.multiples.forEach((l, m) -> multiples.merge(l, m * rows, Long::sum));
    return new Form(multiples, fast.position + rows * slow.position);
  }

  /** Puts a form in the place of a label, if that is still a label of its own. */
  private boolean replace(int label, Form form) {
    boolean free = forms.get(label).equals(new Form(Map.of(label, 1L), 0));
    if (!free || form.multiples.containsKey(label)) return false;
    forms.replaceAll(f -> f.replaced(label, form));
    return true;
  }

  /** How an array is walked whose axes carry these labels. */
  Walk walk(List<Integer> labels, long[] strides) {
    Map<Integer, Long> walked = new TreeMap<>();
    long offset = 0;
    for (int axis = 0; axis < strides.length; axis++) {
      Form form = forms.get(labels.get(axis));
      long stride = strides[axis];
      form.multiples.forEach((l, m) -> walked.merge(l, m * stride, Long::sum));
      offset += form.position * stride;
    }
    return new Walk(walked, offset);
  }

  /** The labels that are left of some. */
  List<Integer> left(List<Integer> labels) {
    return labels.stream()
        .flatMap(l -> forms.get(l).multiples.keySet().stream())
        .distinct()
        .toList();
  }

  /** Whether arrays with these labels are walked from end to end, each element once. */
  boolean covers(List<Integer> labels) {
    for (int l : labels) if (!forms.get(l).equals(new Form(Map.of(l, 1L), 0))) return false;
    return Parts.areDistinct(labels);
  }

  /**
   * The sizes that a selection or a unit vector must fit in.
   *
   * @throws nabla.diagnostic.NablaException if one does not
   */
  static void check(Einsum product, Map<String, Integer> sizes) {
    for (Factor f : product.factors()) {
      List<Size> shape = f.tensor().shape();
      switch (f.tensor()) {
        case Unit u -> Positions.check(u.index(), u.index(), shape.get(0).value(sizes));
        case Selection s -> {
          int first = s.offset().value(sizes) + 1;
          Positions.check(first, first + shape.get(1).value(sizes) - 1, shape.get(0).value(sizes));
        }
        default -> {}
      }
    }
  }

  /** Positions in an axis, counted from 1. */
  private static final class Positions {
    static void check(int first, int last, int size) {
      if (first >= 1 && last <= size) return;
      String which = first == last ? "entry " + first : "positions " + first + " to " + last;
      throw new nabla.diagnostic.NablaException(
          nabla.diagnostic.Code.VALUE, which + " of an axis of size " + size);
    }
  }
}
