package nabla.engine.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nabla.engine.kernel.Loop.Access;
import nabla.engine.kernel.Loop.Binary;
import nabla.engine.kernel.Loop.External;
import nabla.engine.kernel.Loop.Instruction;
import nabla.engine.kernel.Loop.Literal;
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

  /** Numbers of a block of rows: of each array, the first cache holds one. */
  private static final int BLOCK = 1024;

  /** Numbers from which on a few more calls are worth it. */
  private static final int FEWEST = 512;

  private static final int ALIGNMENT = 64;

  private final Loop loop;
  private final Dimension row;
  private final Dimension column;
  private final int width;
  private final boolean stores;

  /** Along the rows and along the columns: the accesses of the loop, then those to copies. */
  private final List<Access> accesses = new ArrayList<>();

  private final List<Instruction> copyRows = new ArrayList<>();
  private final List<Instruction> copyColumns = new ArrayList<>();
  private final List<Instruction> line = new ArrayList<>();
  private final List<Instruction> reductions = new ArrayList<>();

  /** Of each instruction: its place in the line, which holds all but the reductions. */
  private final int[] inLine;

  /** Of what the line has stored: to which access. */
  private final Map<Integer, Integer> stored = new HashMap<>();

  /** Of what the reductions have: its place among them. */
  private final Map<Integer, Integer> reduced = new HashMap<>();

  private ShortRows(Loop loop, Dimension row, Dimension column) {
    this.loop = loop;
    this.row = row;
    this.column = column;
    this.width = column.axis().most();
    this.stores = loop.code().stream().anyMatch(Store.class::isInstance);
    this.inLine = new int[loop.code().size()];
    for (int k = 0; k < loop.accesses().size(); k++) {
      accesses.add(new Access(List.of(row.strides()[k], column.strides()[k])));
    }
  }

  /**
   * The kernel of such a loop.
   *
   * @param lanes how many numbers a vector holds
   * @return null if it is no such loop, or nothing can be gained
   */
  static @Nullable LoopKernel of(Loop loop, Precision precision, int lanes) {
    List<Dimension> dimensions = Dimension.of(loop);
    if (lanes == 0 || dimensions.size() != 2) return null;
    Dimension row = dimensions.getFirst();
    Dimension column = dimensions.getLast();
    int width = column.axis().most();
    boolean isShort = width % lanes != 0 && width < SHORT * lanes;
    boolean isLong = row.axis().rows() && (long) row.axis().most() * width >= FEWEST;
    if (!isShort || !isLong || !gains(loop)) return null;
    ShortRows parts = new ShortRows(loop, row, column);
    return parts.isLine() ? parts.kernel(precision, lanes) : null;
  }

  /** Loops that only load and add are fast row by row. */
  private static boolean gains(Loop loop) {
    return loop.code().stream().noneMatch(External.class::isInstance)
        && loop.code().stream().anyMatch(step -> step instanceof Store || isCall(step));
  }

  private static boolean isCall(Instruction step) {
    return NestShape.isCall(step)
        || (step instanceof Binary(var function, int _, int _) && function == BinaryFunction.POWER);
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

  private @Nullable LoopKernel kernel(Precision precision, int lanes) {
    for (int k = 0; k < inLine.length; k++) toLine(k);
    for (Instruction step : loop.code()) {
      if (step instanceof Reduce(int access, var reduction, boolean onto, int value)) {
        reductions.add(new Reduce(access, reduction, onto, toReduce(value)));
      }
    }
    int rows = Math.min(row.axis().most(), BLOCK / width / lanes * lanes);
    // what stands behind a copied row is overwritten by the next one; behind the last is room
    int vectors = (width + lanes - 1) / lanes * lanes;
    List<Loop> along = SplitLoop.split(new Loop(List.of(rows, width), accesses, line));
    if (along.size() > 1) return null;
    Loop byRows = new Loop(List.of(rows, width), accesses, reductions);
    int given = loop.accesses().size();
    long bytes = precision.bytes();
    return new RowBlocks(
        new LoopInterpreter(loop, precision),
        row.axis().most() / row.axis().factor(),
        row.axis().factor(),
        Arrays.stream(row.strides()).mapToObj(stride -> stride * bytes).toList(),
        accesses.size() - given,
        (rows * width + vectors) * bytes / ALIGNMENT * ALIGNMENT + ALIGNMENT,
        rows,
        compiled(new Loop(List.of(rows, width), accesses, copyColumns), precision, lanes),
        compiled(new Loop(List.of(rows, vectors), accesses, copyRows), precision, lanes),
        KernelClass.compile(along.getFirst(), precision, lanes),
        compiled(byRows, precision, lanes),
        compiled(byRows.onto(), precision, lanes));
  }

  private static @Nullable LoopKernel compiled(Loop part, Precision precision, int lanes) {
    return part.code().isEmpty() ? null : KernelClass.compile(part, precision, lanes);
  }

  private void toLine(int k) {
    switch (loop.code().get(k)) {
      case Load(int access) -> inLine[k] = add(line, new Load(beside(access)));
      case Literal literal -> inLine[k] = add(line, literal);
      case Unary(var function, int x) -> inLine[k] = add(line, new Unary(function, inLine[x]));
      case Binary(var function, int x, int y) ->
          inLine[k] = add(line, new Binary(function, inLine[x], inLine[y]));
      case Store(int access, int value) -> {
        add(line, new Store(access, inLine[value]));
        stored.put(value, access);
      }
      case External _ -> throw new IllegalStateException("no line: " + loop);
      case Reduce _ -> {}
    }
  }

  /** The access to what lies in a line, of which this one loads what is there once a row. */
  private int beside(int access) {
    if (isLine(access) || (down(access) == 0 && across(access) == 0)) return access;
    List<Instruction> copies = across(access) == 0 ? copyRows : copyColumns;
    int copy = copy();
    add(copies, new Store(copy, add(copies, new Load(access))));
    return copy;
  }

  /** What a reduction takes: from where it is stored, or computed anew if that is no call. */
  private int toReduce(int k) {
    Integer known = reduced.get(k);
    if (known != null) return known;
    Integer access = stored.get(k);
    if (access == null && isToBeStored(loop.code().get(k))) {
      access = copy();
      add(line, new Store(access, inLine[k]));
    }
    Instruction step = access != null ? new Load(access) : loop.code().get(k);
    int place =
        add(
            reductions,
            switch (step) {
              case Unary(var function, int x) -> new Unary(function, toReduce(x));
              case Binary(var function, int x, int y) ->
                  new Binary(function, toReduce(x), toReduce(y));
              default -> step;
            });
    reduced.put(k, place);
    return place;
  }

  /** What is long to compute, and what the line might have overwritten. */
  private boolean isToBeStored(Instruction step) {
    return isCall(step) || (stores && step instanceof Load(int access) && isLine(access));
  }

  private int copy() {
    accesses.add(new Access(List.of(width, 1)));
    return accesses.size() - 1;
  }

  private static int add(List<Instruction> code, Instruction step) {
    code.add(step);
    return code.size() - 1;
  }
}
