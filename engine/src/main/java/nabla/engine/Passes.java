package nabla.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Groups steps into passes over the data. Where a function is a sum over an axis of its data, such
 * as the rows of X, all steps along it are done for a block of rows while the block is in the
 * cache, and then for the next block: the data are read once, however many products there are. What
 * needs a sum to be complete waits for the next pass.
 *
 * <p>The same split carries threads, each of which takes some of the rows.
 */
final class Passes {
  /** A step and how it is split; not at all if that is null. */
  record Item(Schedule.Step step, @Nullable Split split) {}

  /**
   * Steps that are done together.
   *
   * @param extent how many positions the split has; 1 if there is none
   * @param rows how many of them are done at once
   * @param threads how many threads share the positions of a split
   */
  record Pass(List<Item> items, int extent, int rows, int threads) {
    boolean isSplit() {
      return rows < extent;
    }
  }

  private final Schedule schedule;
  private final Set<Value> roots;
  private final int width;
  private final Grain grain;
  private final Map<Value, Integer> stages = new HashMap<>();

  /** Where the split lies in values that were made along it. */
  private final Map<Value, Split.Positions> positions = new HashMap<>();

  private final Map<Integer, List<Item>> items = new TreeMap<>();
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
    Value data = largest();
    for (Schedule.Step step : schedule.steps) assign(step, data);
    for (Map.Entry<Integer, List<Item>> stage : items.entrySet()) {
      add(pass(stage.getKey(), stage.getValue()));
    }
  }

  /** What is done at once follows what is done at once in the same pass. */
  private void add(Pass pass) {
    if (!passes.isEmpty() && !pass.isSplit() && !passes.getLast().isSplit()) {
      List<Item> both = new ArrayList<>(passes.removeLast().items());
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

  /** The array that is read along its slowest axis. */
  private @Nullable Value largest() {
    Value largest = null;
    for (Schedule.Step step : schedule.steps) {
      for (Node n : step.nodes()) {
        for (Value v : n.operands()) {
          if (v.origin() != Value.Origin.GIVEN || v.rank() == 0) continue;
          if (v.shape()[slowest(v)] < 2) continue;
          if (largest == null || v.count() > largest.count()) largest = v;
        }
      }
    }
    return largest;
  }

  private static int slowest(Value value) {
    int slowest = 0;
    for (int axis = 1; axis < value.rank(); axis++) {
      if (value.strides()[axis] > value.strides()[slowest]) slowest = axis;
    }
    return slowest;
  }

  /** Even stages are done at once, odd ones along the split. */
  private void assign(Schedule.Step step, @Nullable Value data) {
    Split split = data == null ? null : split(step, data);
    int stage = split == null ? 0 : 1;
    for (Value v : operands(step)) {
      int before = stages.getOrDefault(v, 0);
      boolean atHand = split != null && isAligned(split, step, v);
      stage = Math.max(stage, atHand ? before : after(before, split != null));
    }
    items.computeIfAbsent(stage, s -> new ArrayList<>()).add(new Item(step, split));
    for (Node n : step.nodes()) {
      stages.put(n.result(), stage);
      Split.Positions own = split == null ? null : split.in(n);
      if (own != null) positions.put(n.result(), own);
    }
  }

  /** The first stage in which something is complete that a stage makes. */
  private static int after(int stage, boolean split) {
    int complete = stage % 2 == 0 ? stage : stage + 1;
    return split ? complete + 1 : complete;
  }

  private boolean isAligned(Split split, Schedule.Step step, Value value) {
    Split.Positions own = positions.get(value);
    return own != null && split.isAligned(step, value, own);
  }

  private static Set<Value> operands(Schedule.Step step) {
    Set<Value> own = new HashSet<>();
    for (Node n : step.nodes()) own.add(n.result());
    Set<Value> operands = new LinkedHashSet<>();
    for (Node n : step.nodes()) operands.addAll(n.operands());
    operands.removeAll(own);
    return operands;
  }

  /** Along what came of the split before, else along the data, else along an axis of that name. */
  private @Nullable Split split(Schedule.Step step, Value data) {
    Split split = null;
    for (Value v : operands(step)) {
      Split.Positions before = positions.get(v);
      if (before == null) continue;
      Split own = Split.along(step, v, before);
      if (own == null || (split != null && !split.equals(own))) return null;
      split = own;
    }
    if (split != null) return split;
    if (operands(step).contains(data)) return along(step, data, slowest(data));
    for (Value v : operands(step)) {
      int axis = v.axes().indexOf(data.axes().get(slowest(data)));
      if (axis < 0 || v.origin() != Value.Origin.GIVEN) continue;
      Split own = along(step, v, axis);
      if (own != null) return own;
    }
    return null;
  }

  private static @Nullable Split along(Schedule.Step step, Value value, int axis) {
    return Split.along(step, value, Split.Positions.of(value, axis));
  }

  private Pass pass(int stage, List<Item> all) {
    if (stage % 2 == 0) return whole(all);
    int extent = 1;
    for (Item i : all) if (i.split() != null) extent = i.split().extent();
    for (Item i : all) if (i.split() == null || i.split().extent() != extent) return whole(all);
    double row = Math.max(1, rowBytes(all));
    // each thread adds up for itself: what that takes must not be more than what is read
    double sums = accumulated(all);
    double worth = row * extent / Math.max((double) grain.leastShare(), sums);
    int shares = (int) Math.min(grain.threads(), worth);
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
      rows = Math.max(rows, grain.productRows());
      parts = Math.ceil((double) extent / rows);
    }
    if (shares >= 2) rows = Math.min(rows, Math.ceilDiv(extent, shares));
    if (rows >= extent) return whole(all);
    for (Item i : all) for (Node n : i.step().nodes()) block(n, all);
    int threads = (int) Math.min(grain.threads(), Math.max(parts, shares));
    return new Pass(all, extent, (int) rows, Math.min(threads, extent));
  }

  /** Whether there is nothing else to do with a block. */
  private static boolean isLoopAlone(List<Item> all) {
    return all.size() == 1 && all.getFirst().step().isLoop();
  }

  /** Whether each row is multiplied with a matrix. */
  private static boolean isProduct(Item item) {
    return item.split() != null
        && item.split().where() == Split.Where.ROWS
        && item.step().nodes().getFirst() instanceof Node.MatrixProduct p
        && p.right().columns() > 1;
  }

  private static Pass whole(List<Item> items) {
    return new Pass(items, 1, 1, 1);
  }

  /** Bytes of the values along the split, for one position. */
  private double rowBytes(List<Item> all) {
    Set<Value> seen = new HashSet<>();
    double bytes = 0;
    for (Item i : all) {
      Set<Value> values = new HashSet<>(operands(i.step()));
      for (Node n : i.step().nodes()) if (schedule.isStored(n.result())) values.add(n.result());
      for (Value v : values) {
        boolean along = positions.containsKey(v) || isAlong(i, v);
        if (along && i.split() != null && seen.add(v)) {
          bytes += (double) v.count() * width / i.split().extent();
        }
      }
    }
    return bytes;
  }

  private static boolean isAlong(Item item, Value value) {
    if (value.origin() != Value.Origin.GIVEN) return false;
    for (int axis = 0; axis < value.rank(); axis++) {
      if (item.split() == null || value.shape()[axis] != item.split().extent()) continue;
      if (item.split().equals(along(item.step(), value, axis))) return true;
    }
    return false;
  }

  /** Bytes of what is summed up along the split. */
  private double accumulated(List<Item> all) {
    double bytes = 0;
    for (Item i : all) {
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
  private void block(Node node, List<Item> pass) {
    Value value = node.result();
    Split.Positions own = positions.get(value);
    if (own == null || roots.contains(value)) return;
    if (node instanceof Node.Pointwise p && p.before() != null) return;
    for (long s : value.strides()) if (s > own.stride()) return;
    for (List<Item> other : items.values()) {
      for (Item i : other) {
        if (!operands(i.step()).contains(value)) continue;
        boolean here =
            pass.contains(i) && i.split() != null && isAligned(i.split(), i.step(), value);
        if (!here) return;
      }
    }
    blocked.add(value);
  }
}
