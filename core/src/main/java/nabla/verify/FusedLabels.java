package nabla.verify;

import java.util.ArrayList;
import java.util.List;
import nabla.tensor.Einsum;
import nabla.tensor.Fuse;

/**
 * Dissolves the Fuse factors of a product: the position k = i + m*j of Fuse[k,i,j] is read as the
 * pair (j, i), the slow index first, so that an axis labelled k becomes two axes of the same array
 * in the same order, and the 0/1 tensor is never stored. A Fuse that would make a label part of
 * itself stays a factor.
 */
final class FusedLabels {
  private final int[][] parts;
  private final boolean[] dissolved;

  FusedLabels(Einsum product) {
    parts = new int[product.sizes().size()][];
    dissolved = new boolean[product.factors().size()];
    for (int f = 0; f < dissolved.length; f++) {
      Einsum.Factor factor = product.factors().get(f);
      if (factor.tensor() instanceof Fuse) dissolved[f] = dissolve(factor.labels());
    }
  }

  private boolean dissolve(List<Integer> labels) {
    int position = labels.get(0);
    int fast = labels.get(1);
    int slow = labels.get(2);
    if (parts[position] != null || contains(fast, position) || contains(slow, position)) {
      return false;
    }
    parts[position] = new int[] {slow, fast};
    return true;
  }

  private boolean contains(int label, int sought) {
    if (label == sought) return true;
    return isSplit(label)
        && (contains(parts[label][0], sought) || contains(parts[label][1], sought));
  }

  /** Whether factor number {@code factor} is a Fuse that the labels have taken over. */
  boolean dissolved(int factor) {
    return dissolved[factor];
  }

  /** Whether a label stands for a pair of others. */
  boolean isSplit(int label) {
    return parts[label] != null;
  }

  /** The labels with every pair written out. */
  List<Integer> expand(List<Integer> labels) {
    List<Integer> expanded = new ArrayList<>();
    for (int label : labels) expand(label, expanded);
    return expanded;
  }

  private void expand(int label, List<Integer> expanded) {
    if (!isSplit(label)) {
      expanded.add(label);
      return;
    }
    expand(parts[label][0], expanded);
    expand(parts[label][1], expanded);
  }
}
