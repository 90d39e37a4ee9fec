package nabla.engine.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import nabla.engine.kernel.Axis.Blocks;
import nabla.engine.kernel.Axis.Within;
import nabla.engine.kernel.Loop.Binary;
import nabla.engine.kernel.Loop.External;
import nabla.engine.kernel.Loop.Instruction;
import nabla.engine.kernel.Loop.Load;
import nabla.engine.kernel.Loop.Reduce;
import nabla.engine.kernel.Loop.Store;
import nabla.engine.kernel.Loop.Unary;
import nabla.engine.kernel.LoopNest.Tile;
import org.jspecify.annotations.Nullable;

/** The choice of the order of the loops, of the one that is vectorised and of the blocks. */
final class NestShape {
  /** Rows and columns of a block that is transposed: two of doubles fit the first cache. */
  static final int TILE = 32;

  /** Rows of such a block where all is in the caches, which like smaller ones. */
  private static final int CACHED_ROWS = 16;

  /** The columns, or more if a vector holds more: a cache line of doubles. */
  private static final int CACHED_COLUMNS = 8;

  /** Points up to which all is in the caches, and not read from memory a block at a time. */
  private static final double CACHED = 2 << 20;

  static final int MOST_TILES = 8;

  /** Points up to which sums of columns stay in registers, a vector of columns at a time. */
  private static final double SMALL = 16384;

  /** Points up to which all is in the second cache, where strides cost less than copies. */
  private static final double LARGE = 32768;

  /** Extent from which it pays to copy blocks. */
  private static final int WORTH_COPYING = 8;

  private static final int ACCUMULATORS = 4;

  /** Vector instructions in the body of a loop, from which on fewer of them are in flight. */
  private static final int MOST_STEPS = 48;

  private final Loop loop;
  private final int lanes;
  private final List<Dimension> dimensions;
  private final TreeSet<Integer> loads = new TreeSet<>();
  private final TreeSet<Integer> writes = new TreeSet<>();
  private final List<Reduce> reductions = new ArrayList<>();

  final List<Axis> axes = new ArrayList<>();
  final List<int[]> strides = new ArrayList<>();
  final List<Tile> tiles = new ArrayList<>();
  int vectorAxis = -1;
  int vectors = 1;

  /**
   * @param lanes how many numbers a vector holds, 0 if there are no vectors
   */
  NestShape(Loop loop, int lanes) {
    this.loop = loop;
    this.lanes = lanes;
    dimensions = Dimension.of(loop);
    boolean external = false;
    for (Instruction step : loop.code()) {
      switch (step) {
        case Load load -> loads.add(load.access());
        case Store store -> writes.add(store.access());
        case Reduce reduce -> {
          writes.add(reduce.access());
          reductions.add(reduce);
        }
        case External _ -> external = true;
        default -> {}
      }
    }
    if (lanes == 0 || external || !(vectorised() || tiled())) scalar();
  }

  private boolean vectorised() {
    Dimension inner = bestInner();
    if (inner == null) return false;
    List<Dimension> order = keptFirst(inner);
    int place = order.size();
    List<Dimension> summed = order.stream().filter(d -> sumsColumns(d, inner)).toList();
    if (!summed.isEmpty() && (inner.axis().most() <= 8 * lanes || points() <= SMALL)) {
      order.removeAll(summed);
      place = order.size();
      order.addAll(summed);
      vectors = inFlight(columnsInFlight(inner));
    } else if (isReduced(inner) && loop.code().stream().noneMatch(NestShape::isCall)) {
      vectors = inFlight(Math.min(ACCUMULATORS, vectorsOf(inner)));
    }
    order.add(place, inner);
    vectorAxis = place;
    for (Dimension dimension : order) add(dimension);
    return true;
  }

  /** The dimension along which every access is contiguous or stands still, if there is one. */
  private @Nullable Dimension bestInner() {
    Dimension best = null;
    double bestScore = 0;
    for (Dimension dimension : dimensions) {
      double score = score(dimension);
      if (score > 0 && score >= bestScore) {
        best = dimension;
        bestScore = score;
      }
    }
    return best;
  }

  private double score(Dimension dimension) {
    int moving = 0;
    for (int access : loads) {
      int stride = dimension.strides()[access];
      if (stride != 0 && stride != 1) return 0;
      moving += stride;
    }
    for (int access : writes) {
      int stride = dimension.strides()[access];
      if (stride != 0 && stride != 1) return 0;
      moving += stride;
    }
    return moving == 0 ? 0 : 2 * Math.min(1, dimension.axis().most() / (double) lanes) + moving;
  }

  /** All dimensions but one: those that are summed over come last. */
  private List<Dimension> keptFirst(Dimension but) {
    List<Dimension> order = new ArrayList<>(dimensions);
    order.remove(but);
    List<Dimension> reduced = order.stream().filter(this::isReduced).toList();
    order.removeAll(reduced);
    order.addAll(reduced);
    return order;
  }

  private boolean isReduced(Dimension dimension) {
    return reductions.stream().anyMatch(reduce -> dimension.strides()[reduce.access()] == 0);
  }

  /** Whether there is a sum over a dimension of which another one is kept. */
  private boolean sumsColumns(Dimension dimension, Dimension kept) {
    return reductions.stream()
        .anyMatch(
            reduce ->
                dimension.strides()[reduce.access()] == 0 && kept.strides()[reduce.access()] != 0);
  }

  private double points() {
    double points = 1;
    for (Dimension dimension : dimensions) points *= dimension.axis().most();
    return points;
  }

  private int columnsInFlight(Dimension inner) {
    int most = Math.max(1, 2 * ACCUMULATORS / reductions.size());
    return Math.min(inner.axis().rows() ? Math.min(most, ACCUMULATORS) : most, vectorsOf(inner));
  }

  /**
   * As many vectors, or fewer lest the code becomes too long for the virtual machine's compiler.
   */
  private int inFlight(int wanted) {
    int byAccesses = SplitLoop.MOST / (loads.size() + writes.size());
    return Math.clamp(Math.min(byAccesses, MOST_STEPS / loop.code().size()), 1, wanted);
  }

  private int vectorsOf(Dimension inner) {
    return (inner.axis().most() + lanes - 1) / lanes;
  }

  /** Whether vectors are given to a routine, which takes much longer than arithmetic. */
  static boolean isCall(Instruction step) {
    return switch (step) {
      case Unary(var function, int _) -> function.compareTo(UnaryFunction.EXP) >= 0;
      case Binary(var function, int _, int _) -> function == BinaryFunction.POWER;
      default -> false;
    };
  }

  /** Blocks, if there are two dimensions such that each access is contiguous along one of them. */
  private boolean tiled() {
    if (points() < LARGE && loop.code().stream().noneMatch(NestShape::isCall)) return false;
    for (Dimension column : dimensions.reversed()) {
      List<Integer> strided = loads.stream().filter(k -> !isUnit(column, k)).toList();
      boolean writable = writes.stream().allMatch(k -> isUnit(column, k));
      if (!writable || column.axis().most() < WORTH_COPYING || strided.size() > MOST_TILES) {
        continue;
      }
      for (Dimension row : dimensions.reversed()) {
        if (row != column
            && row.axis().most() >= WORTH_COPYING
            && strided.stream().allMatch(k -> row.strides()[k] == 1)) {
          tile(row, column, strided);
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isUnit(Dimension dimension, int access) {
    int stride = dimension.strides()[access];
    return stride == 0 || stride == 1;
  }

  private void tile(Dimension row, Dimension column, List<Integer> strided) {
    List<Dimension> order = keptFirst(column);
    order.remove(row);
    for (Dimension dimension : order) add(dimension);
    int blocks = axes.size();
    boolean cached = points() <= CACHED;
    int rows = cached ? CACHED_ROWS : TILE;
    int columns = cached ? Math.clamp(lanes, CACHED_COLUMNS, TILE) : TILE;
    axes.add(new Blocks(row.axis(), rows));
    axes.add(new Blocks(column.axis(), columns));
    axes.add(new Within(row.axis(), rows, blocks));
    axes.add(new Within(column.axis(), columns, blocks + 1));
    for (Dimension dimension : List.of(row, column, row, column)) strides.add(dimension.strides());
    vectorAxis = blocks + 3;
    for (int source : strided) {
      int copy = loop.accesses().size() + tiles.size();
      tiles.add(new Tile(source, copy, blocks + 2, blocks + 3, TILE));
    }
    strides.replaceAll(along -> Arrays.copyOf(along, along.length + tiles.size()));
    for (Tile tile : tiles) {
      strides.get(tile.row())[tile.copy()] = tile.size();
      strides.get(tile.column())[tile.copy()] = 1;
    }
  }

  /** One number at a time: most accesses should be contiguous along the innermost loop. */
  private void scalar() {
    Dimension inner = null;
    int most = -1;
    for (Dimension dimension : dimensions) {
      int moving = 0;
      for (int access : loads) if (dimension.strides()[access] == 1) moving++;
      for (int access : writes) if (dimension.strides()[access] == 1) moving++;
      if (moving >= most) {
        most = moving;
        inner = dimension;
      }
    }
    if (inner == null) return;
    for (Dimension dimension : keptFirst(inner)) add(dimension);
    add(inner);
  }

  private void add(Dimension dimension) {
    axes.add(dimension.axis());
    strides.add(dimension.strides());
  }
}
