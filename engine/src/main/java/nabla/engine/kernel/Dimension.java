package nabla.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import nabla.engine.kernel.Axis.Whole;
import nabla.engine.kernel.Loop.Instruction;
import nabla.engine.kernel.Loop.Load;
import nabla.engine.kernel.Loop.Reduce;
import nabla.engine.kernel.Loop.Store;

/**
 * An axis of a loop and how it is walked, while the order of the loops is not chosen yet. Two that
 * are alike are not the same.
 */
final class Dimension {
  private final Whole axis;
  private final int[] strides;

  private Dimension(Whole axis, int[] strides) {
    this.axis = axis;
    this.strides = strides;
  }

  Whole axis() {
    return axis;
  }

  /** The stride of each access. */
  int[] strides() {
    return strides;
  }

  /**
   * The dimensions of a loop: those of extent 1 are left out, and two that every access walks as if
   * they were one are one.
   */
  static List<Dimension> of(Loop loop) {
    List<Dimension> dimensions = new ArrayList<>();
    Set<Integer> used = loop.code().stream().map(Dimension::access).collect(Collectors.toSet());
    used.remove(-1);
    for (int a = 0; a < loop.extents().size(); a++) {
      int extent = loop.extents().get(a);
      if (extent == 1) continue;
      int[] strides = new int[loop.accesses().size()];
      for (int k : used) strides[k] = loop.accesses().get(k).strides().get(a);
      Whole axis = a == 0 ? new Whole(1, true, extent) : new Whole(extent, false, extent);
      dimensions.add(new Dimension(axis, strides));
    }
    while (mergeOnce(dimensions)) {}
    return dimensions;
  }

  /** The access that a step needs, or -1. */
  static int access(Instruction step) {
    return switch (step) {
      case Load load -> load.access();
      case Store store -> store.access();
      case Reduce reduce -> reduce.access();
      default -> -1;
    };
  }

  private static boolean mergeOnce(List<Dimension> dimensions) {
    for (Dimension outer : dimensions) {
      for (Dimension inner : dimensions) {
        if (outer == inner || !outer.continues(inner)) continue;
        dimensions.set(dimensions.indexOf(inner), outer.merged(inner));
        dimensions.remove(outer);
        return true;
      }
    }
    return false;
  }

  /** Whether a step along this dimension is as far as all of the inner one. */
  private boolean continues(Dimension inner) {
    Whole within = inner.axis;
    if (within.rows() || (long) axis.most() * within.most() > Integer.MAX_VALUE) return false;
    for (int k = 0; k < strides.length; k++) {
      if (strides[k] != (long) within.factor() * inner.strides[k]) return false;
    }
    return true;
  }

  private Dimension merged(Dimension inner) {
    Whole within = inner.axis;
    return new Dimension(
        new Whole(axis.factor() * within.factor(), axis.rows(), axis.most() * within.most()),
        inner.strides);
  }
}
