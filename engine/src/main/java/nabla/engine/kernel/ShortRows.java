package nabla.engine.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nabla.engine.kernel.Loop.Access;
import nabla.engine.kernel.Loop.Binary;
import nabla.engine.kernel.Loop.External;
import nabla.engine.kernel.Loop.Instruction;
import nabla.engine.kernel.Loop.Load;
import nabla.engine.kernel.Loop.Reduce;
import nabla.engine.kernel.Loop.Store;
import nabla.engine.kernel.Loop.Unary;
import org.jspecify.annotations.Nullable;

/**
 * Loops over arrays of few columns, taken apart so that most is done as if these were lines. A row
 * of ten numbers takes two vectors, in which six lanes are idle, and writing some lanes of a vector
 * takes longer than writing all of it. So what there is once a row or once a column is copied to
 * where it stands beside each number, and all but the reductions is done along the line; those only
 * load, row by row, what that has stored.
 */
final class ShortRows {
  /** Vectors a row, from which on the lanes that are idle matter little. */
  private static final int SHORT = 4;

  /** Numbers of a block of rows: 8 kB, so that the first cache holds one of each array. */
  private static final int BLOCK = 1024;

  /** Numbers from which on a few more calls are worth it. */
  private static final int FEWEST = 512;

  /** What a row takes longer that way, in nanoseconds: by itself, and a vector of a copy. */
  private static final double ROW = 1;

  private static final double COPY = 1.5;

  /** What it saves: each vector of a function, and each time that only a part is written. */
  private static final double CALL = 8;

  private static final double PARTIAL = 6;

  private static final int ALIGNMENT = 64;

  private final Loop loop;
  private final Dimension row;
  private final Dimension column;
  private final int lanes;
  private final int width;
  private final boolean overwrites;

  /** Along the rows and along the columns: the accesses of the loop, then those to copies. */
  private final List<Access> accesses = new ArrayList<>();

  private final List<Instruction> copyRows = new ArrayList<>();
  private final List<Instruction> copyColumns = new ArrayList<>();
  private final List<Instruction> line = new ArrayList<>();
  private final List<Instruction> stores = new ArrayList<>();
  private final List<Instruction> reductions = new ArrayList<>();

  /** Of accesses to what there is once a row or a column: those to the copies. */
  private final Map<Integer, Integer> copies = new HashMap<>();

  /** Of instructions: their places in the line, and among the reductions. */
  private final Map<Integer, Integer> inLine = new HashMap<>();

  private final Map<Integer, Integer> reduced = new HashMap<>();

  /** Of what the line has stored: to which access. */
  private final Map<Integer, Integer> stored = new HashMap<>();

  private ShortRows(Loop loop, Dimension row, Dimension column, int lanes) {
    this.loop = loop;
    this.row = row;
    this.column = column;
    this.lanes = lanes;
    this.width = column.axis().most();
    this.overwrites = loop.code().stream().anyMatch(Store.class::isInstance);
    for (int k = 0; k < loop.accesses().size(); k++) {
      accesses.add(new Access(List.of(row.strides()[k], column.strides()[k])));
    }
  }

  /**
   * The kernel of such a loop.
   *
   * @param loop that adds to what stands in memory where it sums over its first axis
   * @param lanes how many numbers a vector holds
   * @return null if it is no such loop, or nothing can be gained
   */
  static @Nullable LoopKernel of(Loop loop, Precision precision, int lanes) {
    List<Dimension> dimensions = Dimension.of(loop);
    if (lanes == 0 || dimensions.size() != 2 || !loop.onto().equals(loop)) return null;
    Dimension row = dimensions.getFirst();
    int width = dimensions.getLast().axis().most();
    boolean isShort = width % lanes != 0 && width < SHORT * lanes;
    boolean isLong = row.axis().rows() && (long) row.axis().most() * width >= FEWEST;
    if (!isShort || !isLong) return null;
    ShortRows parts = new ShortRows(loop, row, dimensions.getLast(), lanes);
    if (!parts.isLine()) return null;
    parts.takeApart();
    return parts.isGain() ? parts.kernel(precision) : null;
  }

  /** Whether all that is stored, and what is loaded for each point, lies in a line. */
  private boolean isLine() {
    return loop.code().stream()
        .allMatch(
            step ->
                switch (step) {
                  case Load(int access) ->
                      isLine(access) || down(access) == 0 || across(access) == 0;
                  case Store(int access, int _) -> isLine(access);
                  case External _ -> false;
                  default -> true;
                });
  }

  private boolean isLine(int access) {
    return across(access) == 1 && down(access) == width;
  }

  private int down(int access) {
    return row.strides()[access];
  }

  private int across(int access) {
    return column.strides()[access];
  }

  /** By what measurements say of ten and of 31 columns, with one to three copies. */
  private boolean isGain() {
    int vectors = padded() / lanes;
    double idle = (padded() - width) / (double) lanes;
    double copied = copyRows.size() / 2.0;
    long calls = loop.code().stream().filter(NestShape::isCall).count();
    long writes = loop.code().stream().filter(Store.class::isInstance).count();
    double saved = idle * CALL * calls + PARTIAL * writes;
    return saved > ROW + COPY * vectors * copied
        && Stream.of(copyRows, line, reductions).allMatch(this::isCompiled);
  }

  private boolean isCompiled(List<Instruction> part) {
    return SplitLoop.accesses(new Loop(loop.extents(), accesses, part)) <= SplitLoop.MOST;
  }

  private void takeApart() {
    for (int k = 0; k < loop.code().size(); k++) {
      if (!(loop.code().get(k) instanceof Store(int access, int value))) continue;
      add(stores, new Store(access, toLine(value)));
      stored.put(value, access);
    }
    for (Instruction step : loop.code()) {
      if (!(step instanceof Reduce(int access, var reduction, boolean onto, int value))) continue;
      add(reductions, new Reduce(access, reduction, onto, toReduce(value)));
    }
    line.addAll(stores); // behind all loads, as they may overwrite what is loaded
  }

  /** The place of a value in the line. */
  private int toLine(int k) {
    Integer known = inLine.get(k);
    if (known != null) return known;
    int place =
        add(
            line,
            switch (loop.code().get(k)) {
              case Load(int access) -> new Load(beside(access));
              case Unary(var function, int x) -> new Unary(function, toLine(x));
              case Binary(var function, int x, int y) -> new Binary(function, toLine(x), toLine(y));
              case Instruction step -> step;
            });
    inLine.put(k, place);
    return place;
  }

  /** The access to what lies in a line, of which this one loads what is there once a row. */
  private int beside(int access) {
    if (isLine(access) || (down(access) == 0 && across(access) == 0)) return access;
    return copies.computeIfAbsent(
        access,
        from -> {
          List<Instruction> code = across(from) == 0 ? copyRows : copyColumns;
          int to = piece();
          add(code, new Store(to, add(code, new Load(from))));
          return to;
        });
  }

  /** What a reduction takes: from where it is stored, or computed anew if that is no call. */
  private int toReduce(int k) {
    Integer known = reduced.get(k);
    if (known != null) return known;
    Integer access = stored.get(k);
    if (access == null && isToBeStored(loop.code().get(k))) {
      access = piece();
      add(stores, new Store(access, toLine(k)));
    }
    int place =
        add(
            reductions,
            switch (access != null ? new Load(access) : loop.code().get(k)) {
              case Unary(var function, int x) -> new Unary(function, toReduce(x));
              case Binary(var function, int x, int y) ->
                  new Binary(function, toReduce(x), toReduce(y));
              case Instruction step -> step;
            });
    reduced.put(k, place);
    return place;
  }

  /** What is long to compute, and what the line might have overwritten. */
  private boolean isToBeStored(Instruction step) {
    return NestShape.isCall(step)
        || (overwrites && step instanceof Load(int access) && isLine(access));
  }

  /** A new access to memory beside the operands. */
  private int piece() {
    accesses.add(new Access(List.of(width, 1)));
    return accesses.size() - 1;
  }

  private static int add(List<Instruction> code, Instruction step) {
    code.add(step);
    return code.size() - 1;
  }

  private LoopKernel kernel(Precision precision) {
    int rows = Math.min(row.axis().most(), Math.max(lanes, BLOCK / width / lanes * lanes));
    long bytes = precision.bytes();
    return new RowBlocks(
        new LoopInterpreter(loop, precision),
        row.axis().factor(),
        Arrays.stream(row.strides()).mapToObj(stride -> stride * bytes).toList(),
        accesses.size() - loop.accesses().size(),
        ((long) rows * width + padded()) * bytes / ALIGNMENT * ALIGNMENT + ALIGNMENT,
        rows,
        compiled(copyColumns, rows, width, precision),
        compiled(copyRows, rows, padded(), precision),
        compiled(line, rows, width, precision),
        compiled(reductions, rows, width, precision));
  }

  /**
   * Columns that whole vectors fill. So many are written for each row that is copied: what stands
   * behind it the next row overwrites, as rows are the outer loop, and behind the last one is room.
   */
  private int padded() {
    return (width + lanes - 1) / lanes * lanes;
  }

  private @Nullable LoopKernel compiled(
      List<Instruction> part, int rows, int columns, Precision precision) {
    if (part.isEmpty()) return null;
    return KernelClass.compile(new Loop(List.of(rows, columns), accesses, part), precision, lanes);
  }
}
