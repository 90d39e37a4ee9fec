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
 * Which steps can be done together: those along the split that wait for the same sums. What needs a
 * sum to be complete is in a later stage.
 */
final class Stages {
  /** A step and how it is split; not at all if that is null. */
  record Item(Schedule.Step step, @Nullable Split split) {}

  private final Schedule schedule;

  /** The shifts that are read only when they are complete. */
  private final Set<Value> complete;

  /** The shifts that are read while they grow. */
  private final Set<Value> growing = new HashSet<>();

  private final Map<Value, Integer> stages = new HashMap<>();

  /** Where the split lies in values that were made along it. */
  final Map<Value, Split.Positions> positions = new HashMap<>();

  /** The items by their stages: even ones are done at once, odd ones along the split. */
  final Map<Integer, List<Item>> items = new TreeMap<>();

  /** What is summed up relative to shifts that grow, by the shift; null for what has to wait. */
  private final Map<Value, @Nullable List<Value>> relative = new HashMap<>();

  private Stages(Schedule schedule, Set<Value> roots, Set<Value> complete) {
    this.schedule = schedule;
    this.complete = complete;
    Value data = largest();
    for (Schedule.Step step : schedule.steps) assign(step, data);
    for (Value shift : growing) relative.put(shift, relative(shift, roots));
  }

  /**
   * Sums of exponentials need not wait for their shift, if they can be put right whenever it grows.
   *
   * @param roots what has to be complete in the end
   */
  static Stages of(Schedule schedule, Set<Value> roots) {
    Set<Value> complete = new HashSet<>();
    while (true) {
      Stages stages = new Stages(schedule, roots, Set.copyOf(complete));
      stages.relative.forEach(
          (shift, sums) -> {
            if (sums == null) complete.add(shift);
          });
      if (complete.equals(stages.complete)) return stages;
    }
  }

  private @Nullable List<Value> relative(Value shift, Set<Value> roots) {
    int stage = stages.getOrDefault(shift, 0);
    List<Item> later = new ArrayList<>();
    items.forEach(
        (s, other) -> {
          if (s > stage) later.addAll(other);
        });
    return RelativeSums.of(shift, items.getOrDefault(stage, List.of()), roots, later);
  }

  /** What is summed up relative to a shift while that grows. */
  List<Value> relativeTo(Value shift) {
    List<Value> sums = relative.get(shift);
    return sums == null ? List.of() : sums;
  }

  /** The array that is read along its slowest axis. */
  private @Nullable Value largest() {
    Value largest = null;
    for (Schedule.Step step : schedule.steps) {
      for (Node n : step.nodes()) {
        for (Value v : n.operands()) {
          if (schedule.makes(v) || v.rank() == 0) continue;
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
    boolean grows = grows(step);
    for (Value v : operands(step)) {
      int before = stages.getOrDefault(v, 0);
      stage =
          Math.max(
              stage, grows || isAtHand(v, step, split) ? before : after(before, split != null));
    }
    items.computeIfAbsent(stage, s -> new ArrayList<>()).add(new Item(step, split));
    for (Node n : step.nodes()) {
      if (grows) growing.add(n.result());
      stages.put(n.result(), stage);
      Split.Positions own = split == null ? null : split.in(n);
      if (own != null) positions.put(n.result(), own);
    }
  }

  /**
   * Whether it is the shift of numbers that are at hand block by block, and may be used at once.
   */
  private boolean grows(Schedule.Step step) {
    return step.nodes().getFirst() instanceof Node.Shift s
        && stages.getOrDefault(s.largest(), 0) % 2 == 1
        && !complete.contains(s.result());
  }

  /** A shift that grows is at hand along any split: one of another extent is done at once. */
  private boolean isAtHand(Value value, Schedule.Step step, @Nullable Split split) {
    return split != null && (growing.contains(value) || isAligned(split, step, value));
  }

  /** The first stage in which something is complete that a stage makes. */
  private static int after(int stage, boolean split) {
    int complete = stage % 2 == 0 ? stage : stage + 1;
    return split ? complete + 1 : complete;
  }

  boolean isAligned(Split split, Schedule.Step step, Value value) {
    Split.Positions own = positions.get(value);
    return own != null && split.isAligned(step, value, own);
  }

  static Set<Value> operands(Schedule.Step step) {
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
      if (own == null) continue; // has to be complete before
      if (split != null && !split.equals(own)) return null;
      split = own;
    }
    if (split != null) return split;
    if (operands(step).contains(data)) return along(step, data, slowest(data));
    for (Value v : operands(step)) {
      int axis = v.axes().indexOf(data.axes().get(slowest(data)));
      if (axis < 0 || schedule.makes(v)) continue;
      Split own = along(step, v, axis);
      if (own != null) return own;
    }
    return null;
  }

  static @Nullable Split along(Schedule.Step step, Value value, int axis) {
    return Split.along(step, value, Split.Positions.of(value, axis));
  }
}
