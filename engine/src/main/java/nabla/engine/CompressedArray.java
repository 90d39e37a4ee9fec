package nabla.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nabla.StructuredArray;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/** An output with a structure. */
final class CompressedArray implements StructuredArray {
  private final Compressed form;
  private final CorePlans plans;
  private final List<NumericArray> cores;
  private final int[] shape;
  private volatile @Nullable NumericArray dense;
  private volatile @Nullable Prepared product;

  CompressedArray(CorePlans plans, List<NumericArray> cores) {
    this.form = plans.form();
    this.plans = plans;
    this.cores = List.copyOf(cores);
    this.shape = plans.shape();
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  private int[] rows() {
    return Arrays.copyOf(shape, form.rows());
  }

  private int[] columns() {
    return Arrays.copyOfRange(shape, form.rows(), shape.length);
  }

  @Override
  public NumericArray dense() {
    NumericArray known = dense;
    if (known != null) return known;
    try {
      NumericArray made = computed(new Prepared(plans.whole(), data(), Map.of()), Map.of());
      dense = made;
      return made;
    } catch (OutOfMemoryError | ArithmeticException tooLarge) {
      throw EngineFunction.tooLarge();
    }
  }

  private Map<String, NumericArray> data() {
    Map<String, NumericArray> data = new HashMap<>();
    for (int k = 0; k < cores.size(); k++) data.put(form.parts().get(k).name(), cores.get(k));
    return data;
  }

  private static NumericArray computed(Prepared prepared, Map<String, NumericArray> more) {
    Execution execution = prepared.take();
    more.forEach(execution::set);
    execution.run();
    NumericArray result = execution.array(0, 0);
    prepared.give(execution);
    return result;
  }

  @Override
  public NumericArray times(NumericArray right) {
    DenseArray.require(right, columns(), "the columns");
    Map<String, NumericArray> point = Map.of(CorePlans.RIGHT, right);
    Prepared prepared = product;
    if (prepared == null) {
      prepared = new Prepared(plans.product(), data(), point);
      product = prepared;
    }
    return computed(prepared, point);
  }

  @Override
  public NumericArray solve(NumericArray right) {
    DenseArray.require(right, rows(), "the rows");
    return switch (form.form()) {
      case Compressed.Blocks b -> BlockSolution.of(b, cores.getFirst(), right);
      case Compressed.Kronecker _ -> kronecker(right);
      case Compressed.DiagonalPlusLowRank d -> Woodbury.solve(d, cores, right, this::dense);
      case Compressed.Dense _ -> new DenseArray(dense(), form.rows()).solve(right);
    };
  }

  /** (A ⊗ B) x: one equation along each axis. */
  private NumericArray kronecker(NumericArray right) {
    NumericArray solved = right;
    for (int axis = 0; axis < form.rows(); axis++) {
      solved = BlockSolution.along(axis, cores.get(axis), solved);
    }
    return solved;
  }

  @Override
  public List<NumericArray> parts() {
    return cores;
  }

  @Override
  public long stored() {
    return cores.stream().mapToLong(NumericArray::count).sum();
  }

  @Override
  public String structure() {
    return switch (form.form()) {
      case Compressed.Blocks b -> blocks(b);
      case Compressed.Kronecker _ ->
          "Kronecker product of "
              + cores.stream()
                  .map(c -> c.size(0) + " x " + c.size(1))
                  .collect(Collectors.joining(" and "));
      case Compressed.DiagonalPlusLowRank _ -> "diagonal plus rank " + rank();
      case Compressed.Dense _ -> "dense";
    };
  }

  private int rank() {
    int rank = 0;
    for (int k = 1; k < cores.size(); k += 2) {
      NumericArray left = cores.get(k);
      rank += left.rank() > form.rows() ? left.size(form.rows()) : 1;
    }
    return rank;
  }

  private String blocks(Compressed.Blocks b) {
    List<Integer> sides = new ArrayList<>();
    for (int a = 0; a < form.rows(); a++) if (!b.paired().contains(a)) sides.add(shape[a]);
    int side = sides.stream().reduce(1, Math::multiplyExact);
    int count = b.paired().stream().map(a -> shape[a]).reduce(1, Math::multiplyExact);
    if (sides.isEmpty()) {
      return b.varying().isEmpty() ? "a multiple of the identity" : "diagonal";
    }
    String block = side + " x " + side;
    return b.varying().isEmpty()
        ? "Kronecker product with the identity: the same block of "
            + block
            + ", "
            + count
            + " times"
        : "block diagonal: " + count + " blocks of " + block;
  }

  @Override
  public String savings() {
    double all = IntStream.of(shape).asDoubleStream().reduce(1, (a, b) -> a * b);
    return "stored " + stored() + " numbers for " + number(all);
  }

  private static String number(double count) {
    if (count < 1e6) return String.valueOf((long) count);
    String scientific = String.format(Locale.ROOT, "%.2e", count);
    return scientific.replaceFirst("\\.?0*e\\+0*", "e");
  }
}
