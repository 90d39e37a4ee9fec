package nabla.engine;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import nabla.tensor.NumericArray;

/** Equations with a matrix that is block diagonal, block by block. */
final class BlockSolution {
  private final Compressed.Blocks blocks;
  private final NumericArray core;
  private final NumericArray right;
  private final int[] free;
  private final double[] solution;

  private BlockSolution(Compressed.Blocks blocks, NumericArray core, NumericArray right) {
    this.blocks = blocks;
    this.core = core;
    this.right = right;
    this.free =
        IntStream.range(0, right.rank()).filter(a -> !blocks.paired().contains(a)).toArray();
    this.solution = new double[right.count()];
  }

  static NumericArray of(Compressed.Blocks blocks, NumericArray core, NumericArray right) {
    boolean diagonal = blocks.varying().size() == right.rank();
    return diagonal ? divided(right, core) : new BlockSolution(blocks, core, right).solved();
  }

  private static NumericArray divided(NumericArray right, NumericArray diagonal) {
    double[] quotients = new double[right.count()];
    for (int k = 0; k < quotients.length; k++) {
      quotients[k] = Equations.quotient(right.data()[k], diagonal.data()[k]);
    }
    return NumericArray.of(right.shape(), quotients);
  }

  /** Equations with one matrix along one axis. */
  static NumericArray along(int axis, NumericArray matrix, NumericArray right) {
    List<Integer> others = IntStream.range(0, right.rank()).filter(a -> a != axis).boxed().toList();
    return of(new Compressed.Blocks(others, List.of()), matrix, right);
  }

  /** The equations with the same block are solved together. */
  private NumericArray solved() {
    int[] varying = blocks.varying().stream().mapToInt(a -> a).toArray();
    int[] same =
        blocks.paired().stream()
            .filter(a -> !blocks.varying().contains(a))
            .mapToInt(a -> a)
            .toArray();
    int side = count(free);
    int sides = count(same);
    double[] matrix = new double[side * side];
    for (int block = 0; block < count(varying); block++) {
      System.arraycopy(core.data(), block * matrix.length, matrix, 0, matrix.length);
      int base = position(varying, block);
      double[] own = new double[side * sides];
      for (int i = 0; i < side; i++) {
        for (int k = 0; k < sides; k++) {
          own[i * sides + k] = right.data()[base + position(free, i) + position(same, k)];
        }
      }
      double[] solved = Equations.solve(matrix, side, own);
      for (int i = 0; i < side; i++) {
        for (int k = 0; k < sides; k++) {
          solution[base + position(free, i) + position(same, k)] = solved[i * sides + k];
        }
      }
    }
    return NumericArray.of(right.shape(), solution);
  }

  private int count(int[] axes) {
    return Arrays.stream(axes).map(right::size).reduce(1, Math::multiplyExact);
  }

  /** Where number {@code k} of the points along some axes begins. */
  private int position(int[] axes, int k) {
    int position = 0;
    int rest = k;
    for (int a = axes.length - 1; a >= 0; a--) {
      int stride = 1;
      for (int later = axes[a] + 1; later < right.rank(); later++) stride *= right.size(later);
      position += rest % right.size(axes[a]) * stride;
      rest /= right.size(axes[a]);
    }
    return position;
  }
}
