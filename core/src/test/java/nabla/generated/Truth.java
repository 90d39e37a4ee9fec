package nabla.generated;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nabla.tensor.Einsum;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.verify.Binding;
import nabla.verify.ReferenceInterpreter;
import org.jspecify.annotations.Nullable;

/** What a formula must evaluate to at a point. */
record Truth(Tensor tensor, Binding at, NumericArray value) {
  /** How much more than its neighbours tell a formula may be off. */
  static final double ROUNDINGS = 100;

  private static final double SAME = 1e-8;

  /** What rounding errors may amount to at an unlucky point; or something overflows on the way. */
  private static final double LITTLE = 1e-5;

  private static final int NEIGHBOURS = 6;
  private static final double STEP = 4e-15;
  private static final double ROUNDING = 1.1e-16;

  static Truth of(Tensor tensor, Binding at) {
    return new Truth(tensor, at, ReferenceInterpreter.evaluate(tensor, at));
  }

  /** The same with its axes in another order. */
  Truth permuted(List<Integer> order) {
    int[] shape = order.stream().mapToInt(value::size).toArray();
    NumericArray permuted = NumericArray.zeros(shape);
    int[] from = new int[shape.length];
    for (int k = 0; k < permuted.count(); k++) {
      int rest = k;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        from[order.get(axis)] = rest % shape[axis];
        rest /= shape[axis];
      }
      permuted.data()[k] = value.get(from);
    }
    return new Truth(tensor, at, permuted);
  }

  /**
   * What is wrong with a value that should be this one; null if nothing is.
   *
   * @param claim what the value is said to be
   */
  @Nullable Finding compare(String claim, NumericArray found, String details) {
    if (!Arrays.equals(value.shape(), found.shape())) {
      return Finding.wrong(claim + " has another shape", details);
    }
    double largest = largest();
    for (int k = 0; k < value.count(); k++) {
      double off = Math.abs(value.data()[k] - found.data()[k]);
      if (off <= SAME * largest) continue;
      if (off <= ROUNDINGS * noise()) return new Finding(Finding.Kind.NOT_CHECKED, "", "");
      boolean little = off <= LITTLE * largest || Double.isNaN(off);
      Finding.Kind kind = little ? Finding.Kind.IMPRECISE : Finding.Kind.WRONG;
      String entry = "entry " + k + ": " + value.data()[k] + " is right, not " + found.data()[k];
      return new Finding(kind, claim, entry + "  " + details);
    }
    return null;
  }

  /** The same tensor where another value follows from it. */
  Truth with(NumericArray other) {
    return new Truth(tensor, at, other);
  }

  /** The largest entry, but at least 1. */
  double largest() {
    return Arrays.stream(value.data()).map(Math::abs).reduce(1, Math::max);
  }

  /**
   * How much rounding errors amount to: the largest change at points a few roundings away, but at
   * least a rounding of the largest part. Where a part no longer depends on the point its rounding
   * errors are the same everywhere, and the truth may cancel large parts.
   */
  double noise() {
    double[] here = ReferenceInterpreter.evaluate(tensor, at).data();
    Dice dice = new Dice(1);
    double noise = ROUNDING * largestPart();
    for (int k = 0; k < NEIGHBOURS; k++) {
      double[] there = ReferenceInterpreter.evaluate(tensor, neighbour(dice)).data();
      for (int e = 0; e < here.length; e++) noise = Math.max(noise, Math.abs(here[e] - there[e]));
    }
    return noise;
  }

  private double largestPart() {
    double largest = 0;
    for (Tensor node : Tensors.topological(tensor)) {
      if (!(node instanceof Einsum)) continue;
      for (double x : ReferenceInterpreter.evaluate(node, at).data()) {
        if (Double.isFinite(x)) largest = Math.max(largest, Math.abs(x));
      }
    }
    return largest;
  }

  private Binding neighbour(Dice dice) {
    Map<String, NumericArray> moved = new HashMap<>();
    at.variables()
        .forEach((name, array) -> moved.put(name, array.map(x -> x * (1 + STEP * dice.normal()))));
    return new Binding(at.sizes(), moved);
  }
}
