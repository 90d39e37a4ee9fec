package nabla.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import nabla.engine.Node.Pointwise;

/**
 * Where computed values lie in one piece of memory: two share a place if the one is not needed any
 * more when the other is made. What is added to in place has the place of what it is added to.
 *
 * <p>Constants that nothing changes, or of which every run overwrites the same entries, and what is
 * made once for bound data have a place of their own and last from run to run.
 */
final class MemoryPlan {
  /** A cache line. */
  private static final long ALIGNMENT = 64;

  /**
   * A value and all that take its place, from the first step that writes to the last that reads.
   */
  private static final class Block {
    private long bytes;
    private int first = Integer.MAX_VALUE;
    private int last = -1;
    private long offset;
    private boolean constant;
    private boolean kept;
  }

  private final Map<Value, Block> blocks = new HashMap<>();
  private final List<Block> placed = new ArrayList<>();
  private int time;
  private long bytes;

  /**
   * @param kept what lasts from the preparation on
   * @param roots what has to last until the end
   * @param width the bytes of a number
   */
  MemoryPlan(Phase preparation, Set<Value> kept, Phase evaluation, Set<Value> roots, int width) {
    time(preparation, width);
    for (Value v : kept) block(v).kept = true;
    time(evaluation, width);
    for (Value v : roots) if (blocks.get(v) != null) block(v).last = time;
    for (Block b : placed) {
      if (!b.constant && !b.kept) continue;
      b.first = 0;
      b.last = time;
    }
    place();
  }

  /** When blocks are written and read: what is done in one pass along a split, at one time. */
  private void time(Phase phase, int width) {
    Schedule schedule = phase.schedule();
    Passes passes = phase.passes();
    for (Passes.Pass pass : passes.passes) {
      for (Stages.Item item : pass.items()) {
        for (Node n : item.step().nodes()) {
          if (schedule.isStored(n.result())) {
            boolean block = passes.blocked().contains(n.result());
            long share =
                block ? n.result().count() / pass.extent() * pass.rows() : n.result().count();
            written(n, time, Math.multiplyExact(share, (long) width));
          }
          for (Value v : n.operands()) {
            Block read = blocks.get(v);
            if (read != null && !schedule.isLocal(v, n)) read.last = Math.max(read.last, time);
          }
        }
        if (!pass.isSplit()) time++;
      }
      time++;
    }
  }

  private void written(Node node, int time, long size) {
    Value before = node instanceof Pointwise p ? p.before() : null;
    Block block = before == null ? new Block() : block(before);
    blocks.put(node.result(), block);
    block.bytes = Math.max(block.bytes, aligned(size));
    block.first = Math.min(block.first, time);
    block.last = Math.max(block.last, time);
    if (before == null) placed.add(block);
    if (before == null) block.constant = node instanceof Node.Filled;
    else block.constant &= ((Pointwise) node).effect() == Node.Effect.STORE;
  }

  private static long aligned(long bytes) {
    return (Math.max(bytes, 1) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private Block block(Value value) {
    return Objects.requireNonNull(blocks.get(value));
  }

  /** The largest first, each as low as nothing that lives at the same time is in the way. */
  private void place() {
    List<Block> order = new ArrayList<>(placed);
    order.sort(Comparator.comparingLong((Block b) -> -b.bytes).thenComparingInt(b -> b.first));
    List<Block> done = new ArrayList<>();
    for (Block block : order) {
      done.sort(Comparator.comparingLong(b -> b.offset));
      for (Block other : done) {
        boolean together = other.first <= block.last && block.first <= other.last;
        boolean overlap =
            other.offset < block.offset + block.bytes && block.offset < other.offset + other.bytes;
        if (together && overlap) block.offset = other.offset + other.bytes;
      }
      done.add(block);
      bytes = Math.max(bytes, block.offset + block.bytes);
    }
  }

  /** How much memory there has to be. */
  long bytes() {
    return bytes;
  }

  /** How much a value takes. */
  long bytes(Value value) {
    return block(value).bytes;
  }

  /** Whether a constant is as it was when the next run begins. */
  boolean isLasting(Node.Filled constant) {
    return block(constant.result()).constant;
  }

  /** Where a value begins, in bytes. */
  long offset(Value value) {
    return block(value).offset;
  }
}
