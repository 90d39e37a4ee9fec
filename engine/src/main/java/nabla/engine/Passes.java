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
  /** What a block may touch: a good part of the second cache. */
  private static final long BLOCK_BYTES = 640 << 10;

  /** Rows of so many bytes stay in the first cache only if they are few. */
  private static final long LONG_ROW = 16 << 10;

  private static final long LONG_ROW_BLOCK_BYTES = 256 << 10;

  /** Passes that touch less are done at once. */
  private static final long LEAST_BYTES = 1 << 20;

  /** So many rows keep products with a large result busy. */
  private static final int PRODUCT_ROWS = 512;

  /** Blocks have multiples of so many rows. */
  private static final int UNIT = 8;

  /** The same if they are multiplied with matrices, whose kernels like it. */
  private static final int PRODUCT_UNIT = 24;

  /** What so many rows may touch. */
  private static final long PRODUCT_BLOCK_BYTES = 800 << 10;

  /** A step and how it is split; not at all if that is null. */
  record Item(Schedule.Step step, @Nullable Split split) {}

  /**
   * Steps that are done together.
   *
   * @param extent how many positions the split has; 1 if there is none
   * @param rows how many of them are done at once
   */
  record Pass(List<Item> items, int extent, int rows) {
    boolean isSplit() {
      return rows < extent;
    }
  }

  private final Schedule schedule;
  private final Set<Value> roots;
  private final int width;
  private final Map<Value, Integer> stages = new HashMap<>();
  private final Map<Value, Integer> axes = new HashMap<>();
  private final Map<Integer, List<Item>> items = new TreeMap<>();
  private final Set<Value> blocked = new HashSet<>();
  final List<Pass> passes = new ArrayList<>();

  /**
   * @param width the bytes of a number
   */
  Passes(Schedule schedule, Set<Value> roots, int width) {
    this.schedule = schedule;
    this.roots = roots;
    this.width = width;
    Value data = largest();
    for (Schedule.Step step : schedule.steps) assign(step, data);
    for (Map.Entry<Integer, List<Item>> stage : items.entrySet()) {
      passes.add(pass(stage.getKey(), stage.getValue()));
    }
  }

  /** The values of which only the rows of one block are stored. */
  Set<Value> blocked() {
    return blocked;
  }

  /** The array that is read along its first axis. */
  private @Nullable Value largest() {
    Value largest = null;
    for (Schedule.Step step : schedule.steps) {
      for (Node n : step.nodes()) {
        for (Value v : n.operands()) {
          if (v.origin() != Value.Origin.GIVEN || v.rank() == 0 || v.shape()[0] < 2) continue;
          if (largest == null || v.count() > largest.count()) largest = v;
        }
      }
    }
    return largest;
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
      int axis = split == null ? -1 : split.axisOf(n);
      if (axis >= 0) axes.put(n.result(), axis);
    }
  }

  /** The first stage in which something is complete that a stage makes. */
  private static int after(int stage, boolean split) {
    int complete = stage % 2 == 0 ? stage : stage + 1;
    return split ? complete + 1 : complete;
  }

  private boolean isAligned(Split split, Schedule.Step step, Value value) {
    Integer axis = axes.get(value);
    return axis != null && split.isAligned(step, value, axis);
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
      Integer axis = axes.get(v);
      if (axis == null) continue;
      Split own = Split.along(step, v, axis);
      if (own == null || (split != null && !split.equals(own))) return null;
      split = own;
    }
    if (split != null) return split;
    if (operands(step).contains(data)) return Split.along(step, data, 0);
    for (Value v : operands(step)) {
      int axis = v.axes().indexOf(data.axes().getFirst());
      if (axis < 0 || v.origin() != Value.Origin.GIVEN) continue;
      Split own = Split.along(step, v, axis);
      if (own != null) return own;
    }
    return null;
  }

  private Pass pass(int stage, List<Item> all) {
    if (stage % 2 == 0) return new Pass(all, 1, 1);
    int extent = 1;
    for (Item i : all) if (i.split() != null) extent = i.split().extent();
    for (Item i : all) if (i.split() == null || i.split().extent() != extent) return whole(all);
    double row = Math.max(1, rowBytes(all));
    if (row * extent < LEAST_BYTES || isLoopAlone(all)) return whole(all);
    boolean products =
        row * PRODUCT_UNIT <= PRODUCT_BLOCK_BYTES && all.stream().anyMatch(Passes::isProduct);
    long budget = row > LONG_ROW && !products ? LONG_ROW_BLOCK_BYTES : BLOCK_BYTES;
    long unit = products ? PRODUCT_UNIT : UNIT;
    long rows = Math.max(1, (long) (budget / row) / unit) * unit;
    if (accumulated(all) > BLOCK_BYTES) rows = Math.max(rows, PRODUCT_ROWS);
    if (rows >= extent) return whole(all);
    for (Item i : all) for (Node n : i.step().nodes()) block(n.result(), all);
    return new Pass(all, extent, (int) rows);
  }

  /** Whether there is nothing else to do with a block, and nothing to be summed up. */
  private boolean isLoopAlone(List<Item> all) {
    return all.size() == 1 && all.getFirst().step().isLoop() && accumulated(all) == 0;
  }

  /** Whether each row is multiplied with a matrix. */
  private static boolean isProduct(Item item) {
    return item.split() != null
        && item.split().where() == Split.Where.ROWS
        && item.step().nodes().getFirst() instanceof Node.MatrixProduct p
        && p.right().columns() > 1;
  }

  private static Pass whole(List<Item> items) {
    return new Pass(items, 1, 1);
  }

  /** Bytes of the values along the split, for one position. */
  private double rowBytes(List<Item> all) {
    Set<Value> seen = new HashSet<>();
    double bytes = 0;
    for (Item i : all) {
      Set<Value> values = new HashSet<>(operands(i.step()));
      for (Node n : i.step().nodes()) if (schedule.isStored(n.result())) values.add(n.result());
      for (Value v : values) {
        boolean along = axes.containsKey(v) || isAlong(i, v);
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
      if (item.split().equals(Split.along(item.step(), value, axis))) return true;
    }
    return false;
  }

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

  /** Keeps only a block of a value, if nobody needs more, and it lies row behind row. */
  private void block(Value value, List<Item> pass) {
    Integer axis = axes.get(value);
    if (axis == null || roots.contains(value)) return;
    for (long s : value.strides()) if (s > value.strides()[axis]) return;
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
