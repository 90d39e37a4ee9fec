package nabla.engine.kernel;

import java.lang.classfile.CodeBuilder;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Transposes blocks in registers, where there are vectors: halves of rows change places, then
 * quarters, and so on to single numbers.
 */
final class VectorTiles {
  private static final int FROM = 1;
  private static final int FROM_OFFSET = 2;
  private static final int FROM_STRIDE = 4;
  private static final int TO = 6;
  private static final int TO_OFFSET = 7;
  private static final int TO_STRIDE = 9;
  private static final int FIRST_ROW = 11;

  private static final VectorTiles DOUBLES = new VectorTiles(Precision.DOUBLE);
  private static final VectorTiles FLOATS = new VectorTiles(Precision.SINGLE);

  private final int side;
  private final CompiledAhead<TileKernel> code;

  private VectorTiles(Precision precision) {
    side = VectorModule.lanes(precision);
    long stride = (long) side * precision.bytes();
    MemorySegment memory = Arena.ofAuto().allocate(Math.max(1, 2L * side * stride), 64);
    code =
        new CompiledAhead<>(
            () -> define(precision, side),
            kernel -> kernel.run(memory, 0, stride, memory, side * stride, stride));
  }

  /**
   * Transposes the part of a block that whole squares fill.
   *
   * @param rows of the source
   * @return the side of the squares: those numbers are left whose row or column is at or behind the
   *     last multiple of it; 0 if nothing was done
   */
  static int transpose(
      Precision precision,
      int rows,
      int columns,
      MemorySegment from,
      long fromOffset,
      long fromStride,
      MemorySegment to,
      long toOffset,
      long toStride) {
    VectorTiles tiles = precision == Precision.SINGLE ? FLOATS : DOUBLES;
    int side = tiles.side;
    if (rows < side || columns < side || side == 0) return 0;
    if (!KernelClass.areOffHeap(from, to)) return 0;
    TileKernel kernel = tiles.code.get();
    if (kernel == null) return 0;
    long bytes = precision.bytes();
    for (int i = 0; i + side <= rows; i += side) {
      for (int j = 0; j + side <= columns; j += side) {
        kernel.run(
            from,
            fromOffset + i * fromStride + j * bytes,
            fromStride,
            to,
            toOffset + j * toStride + i * bytes,
            toStride);
      }
    }
    return side;
  }

  private static TileKernel define(Precision precision, int lanes) {
    List<Object> data = new ArrayList<>();
    for (int half = lanes / 2; half > 0; half /= 2) {
      data.add(VectorModule.rotation(precision, -half));
      data.add(VectorModule.rotation(precision, half));
      data.add(VectorModule.mask(precision, lanesWith(half, lanes)));
    }
    byte[] bytes =
        KernelClass.bytes("CompiledTile", TileKernel.class, code -> run(code, precision, lanes));
    return (TileKernel) KernelClass.define(bytes, data);
  }

  /** The lanes whose number has a bit. */
  private static long lanesWith(int bit, int lanes) {
    long set = 0;
    for (int lane = 0; lane < lanes; lane++) if ((lane & bit) != 0) set |= 1L << lane;
    return set;
  }

  private static void run(CodeBuilder code, Precision precision, int lanes) {
    VectorEmitter vector =
        new VectorEmitter(code, precision, new ScalarEmitter(code, precision), FIRST_ROW + lanes);
    for (int row = 0; row < lanes; row++) {
      vector.load(FROM, FROM_OFFSET, 0, -1);
      code.astore(FIRST_ROW + row);
      code.lload(FROM_OFFSET).lload(FROM_STRIDE).ladd().lstore(FROM_OFFSET);
    }
    int spare = FIRST_ROW + lanes;
    int place = 0;
    for (int half = lanes / 2; half > 0; half /= 2) {
      for (int row = 0; row < lanes; row++) {
        if ((row & half) != 0) continue;
        int low = FIRST_ROW + row;
        int high = FIRST_ROW + row + half;
        code.aload(low).aload(high);
        vector.rearrange(place);
        vector.blend(place + 2);
        code.astore(spare).aload(low);
        vector.rearrange(place + 1);
        code.aload(high);
        vector.blend(place + 2);
        code.astore(high).aload(spare).astore(low);
      }
      place += 3;
    }
    for (int row = 0; row < lanes; row++) {
      code.aload(FIRST_ROW + row);
      vector.store(TO, TO_OFFSET, 0, -1);
      code.lload(TO_OFFSET).lload(TO_STRIDE).ladd().lstore(TO_OFFSET);
    }
    code.return_();
  }
}
