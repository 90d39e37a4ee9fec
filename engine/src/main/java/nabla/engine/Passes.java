package nabla.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nabla.engine.kernel.OffHeap;

/**
 * Groups steps into passes over the data. Where a function is a sum over an axis of its data, such
 * as the rows of X, all steps along it are done for a block of rows while the block is in the
 * cache, and then for the next block: the data are read once, however many products there are. What
 * needs a sum to be complete waits for the next pass.
 *
 * <p>The same split carries threads, each of which takes some of the rows.
 */
final class Passes {
  /**
   * Steps that are done together.
   *
   * @param extent how many positions the split has; 1 if there is none
   * @param rows how many of them are done at once
   * @param threads how many threads share the positions of a split
   */
  record Pass(List<Stages.Item> items, int extent, int rows, int threads) {
    boolean isSplit() {
      return rows < extent;
    }
  }

  /** How many bytes the second cache gives while a product of matrices takes an operation. */
  private static final double BYTES_A_FLOP = 2;

  private final Schedule schedule;
  private final Set<Value> roots;
  private final int width;
  private final Grain grain;
  private final Stages stages;
  private final Set<Value> blocked = new HashSet<>();
  final List<Pass> passes = new ArrayList<>();

  /**
   * @param width the bytes of a number
   */
  Passes(Schedule schedule, Set<Value> roots, int width, Grain grain) {
    this.schedule = schedule;
    this.roots = roots;
    this.width = width;
    this.grain = grain;
    this.stages = Stages.of(schedule, roots);
    stages.items.forEach((stage, items) -> add(pass(stage, items)));
  }

  /** What is done at once follows what is done at once in the same pass. */
  private void add(Pass pass) {
    if (!passes.isEmpty() && !pass.isSplit() && !passes.getLast().isSplit()) {
      List<Stages.Item> both = new ArrayList<>(passes.removeLast().items());
      both.addAll(pass.items());
      passes.add(whole(both));
    } else {
      passes.add(pass);
    }
  }

  /** The values of which only the rows of one block are stored. */
  Set<Value> blocked() {
    return blocked;
  }

  /** What is summed up relative to a shift that grows from block to block. */
  List<Value> relativeTo(Value shift) {
    return stages.relativeTo(shift);
  }

  private Pass pass(int stage, List<Stages.Item> all) {
    if (stage % 2 == 0) return whole(all);
    int extent = 1;
    for (Stages.Item i : all) if (i.split() != null) extent = i.split().extent();
    for (Stages.Item i : all) if (!fits(i, extent)) return whole(all);
    double row = Math.max(1, rowBytes(all));
    double sums = accumulated(all);
    int shares = shares(all, row * extent, sums);
    boolean small = shares < 2 && row * extent < grain.leastBytes();
    if (small || (isLoopAlone(all) && sums == 0)) return whole(all);
    boolean products =
        row * grain.multipliedRows() <= grain.multipliedBytes()
            && all.stream().anyMatch(Passes::isProduct);
    long budget =
        row > grain.longRow() && !products ? grain.longRowBlockBytes() : grain.blockBytes();
    long unit = products ? grain.multipliedRows() : grain.rows();
    long rows = Math.max(1, (long) (budget / row) / unit) * unit;
    double parts = Math.ceil(row * extent / budget);
    if (sums > grain.blockBytes()) {
      rows = Math.max(rows, evenRows(extent, grain.productRows()));
      parts = Math.ceil((double) extent / rows);
    }
    if (shares >= 2) rows = Math.min(rows, Math.ceilDiv(extent, shares));
    if (rows >= extent) return whole(all);
    for (Stages.Item i : all) for (Node n : i.step().nodes()) block(n, all);
    int threads = (int) Math.min(grain.threads(), Math.max(parts, shares));
    return new Pass(all, extent, (int) rows, Math.min(threads, extent));
  }

  /**
   * For how many threads there is enough to do. Each adds up for itself: what that takes must not
   * be more than what is read, and to put it together takes its time, too.
   */
  private int shares(List<Stages.Item> all, double read, double sums) {
    if (grain.threads() == 1) return 1;
    double work = 0;
    for (Stages.Item i : all) work += work(i.step());
    double worth =
        Math.min(
            read / Math.max((double) grain.leastShare(), sums),
            work / (grain.leastShare() + merging(sums)));
    return (int) Math.min(grain.threads(), worth);
  }

  /** The bytes that are read in the time that it takes to add what another core has summed up. */
  private double merging(double sums) {
    return (sums > OffHeap.ALIGNMENT ? grain.leastMerge() : 0) + grain.mergeCost() * sums;
  }

  /** The bytes that are read from the second cache in the time that a step takes. */
  private double work(Schedule.Step step) {
    return Math.max(
        StepCost.bytes(step, schedule, width), BYTES_A_FLOP * StepCost.flops(step, schedule));
  }

  /** About so many, the last block having no fewer: each block reads and writes all sums. */
  private static long evenRows(int extent, int wanted) {
    return Math.ceilDiv(extent, Math.max(1, Math.round((double) extent / wanted)));
  }

  /** Whether it is done block by block. */
  private static boolean fits(Stages.Item item, int extent) {
    return item.split() == null
        ? item.step().nodes().getFirst() instanceof Node.Shift
        : item.split().extent() == extent;
  }

  /** Whether there is nothing else to do with a block. */
  private static boolean isLoopAlone(List<Stages.Item> all) {
    return all.size() == 1 && all.getFirst().step().isLoop();
  }

  /** Whether each row is multiplied with a matrix. */
  private static boolean isProduct(Stages.Item item) {
    return item.split() != null
        && item.split().where() == Split.Where.ROWS
        && item.step().nodes().getFirst() instanceof Node.MatrixProduct p
        && p.right().columns() > 1;
  }

  private static Pass whole(List<Stages.Item> items) {
    return new Pass(items, 1, 1, 1);
  }

  /** Bytes of the values along the split, for one position. */
  private double rowBytes(List<Stages.Item> all) {
    Set<Value> seen = new HashSet<>();
    double bytes = 0;
    for (Stages.Item i : all) {
      Set<Value> values = new HashSet<>(Stages.operands(i.step()));
      for (Node n : i.step().nodes()) if (schedule.isStored(n.result())) values.add(n.result());
      for (Value v : values) {
        boolean along = stages.positions.containsKey(v) || isAlong(i, v);
        if (along && i.split() != null && seen.add(v)) {
          bytes += (double) v.count() * width / i.split().extent();
        }
      }
    }
    return bytes;
  }

  private boolean isAlong(Stages.Item item, Value value) {
    if (schedule.makes(value)) return false;
    for (int axis = 0; axis < value.rank(); axis++) {
      if (item.split() == null || value.shape()[axis] != item.split().extent()) continue;
      if (item.split().equals(Stages.along(item.step(), value, axis))) return true;
    }
    return false;
  }

  /** Bytes of what is summed up along the split. */
  private double accumulated(List<Stages.Item> all) {
    double bytes = 0;
    for (Stages.Item i : all) {
      for (Node n : i.step().nodes()) {
        boolean sum = i.split() != null && i.split().accumulates(n);
        if (sum) bytes += (double) n.result().count() * width;
      }
    }
    return bytes;
  }

  /**
   * Keeps only a block of a value, if nobody needs more, it lies row behind row, and nothing has
   * been in its memory before.
   */
  private void block(Node node, List<Stages.Item> pass) {
    Value value = node.result();
    Split.Positions own = stages.positions.get(value);
    if (own == null || roots.contains(value)) return;
    if (node instanceof Node.Pointwise p && p.before() != null) return;
    for (long s : value.strides()) if (s > own.stride()) return;
    for (List<Stages.Item> other : stages.items.values()) {
      for (Stages.Item i : other) {
        if (!Stages.operands(i.step()).contains(value)) continue;
        boolean here =
            pass.contains(i) && i.split() != null && stages.isAligned(i.split(), i.step(), value);
        if (!here) return;
      }
    }
    blocked.add(value);
  }
}
