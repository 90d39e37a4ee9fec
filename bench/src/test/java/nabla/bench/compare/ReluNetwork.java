package nabla.bench.compare;

import static nabla.bench.compare.Blas.PLAIN;
import static nabla.bench.compare.Blas.TRANSPOSED;
import static nabla.bench.compare.Kernels.LANES;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Softmax cross-entropy of a network of ten square layers, by the first of them. */
record ReluNetwork() implements Problem {
  private static final int LAYERS = 10;

  @Override
  public String name() {
    return "network";
  }

  @Override
  public String formula() {
    String output = "W0*x";
    for (int layer = 1; layer < LAYERS; layer++) output = "W" + layer + "*relu(" + output + ")";
    return "lse(" + output + ")-y'*(" + output + ")";
  }

  @Override
  public String variable() {
    return "W0";
  }

  @Override
  public List<Integer> sizes() {
    return List.of(10, 30, 50, 100);
  }

  @Override
  public Set<Operation> operations(int n) {
    Set<Operation> operations =
        EnumSet.of(Operation.VALUE, Operation.GRADIENT, Operation.STRUCTURED_HESSIAN);
    if (entries(n) <= DENSE) operations.add(Operation.HESSIAN);
    return operations;
  }

  @Override
  public long entries(int n) {
    return (long) n * n;
  }

  @Override
  public Data data(int n) {
    Data.Draws draws = new Data.Draws();
    for (int layer = 0; layer < LAYERS; layer++) {
      draws.normal("W" + layer, Math.sqrt(2.0 / n), n, n);
    }
    return draws.normal("x", 1, n).oneHot("y", n).done();
  }

  @Override
  public Map<Operation, Computation> byHand(Data data, Team team) {
    ByHand byHand = new ByHand(data, team);
    return Map.of(
        Operation.VALUE, byHand::value,
        Operation.GRADIENT, byHand::gradient,
        Operation.HESSIAN, byHand::hessian,
        Operation.STRUCTURED_HESSIAN, byHand::core);
  }

  private static final class ByHand {
    private final Team team;
    private final int n;
    private final List<Array> matrices;

    /** What goes into each layer, and after the last of them what comes out. */
    private final List<Array> signals;

    private final Array x;
    private final Array y;
    private final Array softmax;
    private final Array back;
    private final Array further;
    private final Array jacobian;
    private final Array product;
    private final Array projected;

    /** For each member a row of the Hessian, not yet scaled. */
    private final Array rows;

    private final Array value = Array.of(1);
    private final Array gradient;
    private final Array core;
    private final Array hessian;

    ByHand(Data data, Team team) {
      this.team = team;
      matrices = IntStream.range(0, LAYERS).mapToObj(layer -> data.get("W" + layer)).toList();
      x = data.get("x");
      y = data.get("y");
      n = Math.toIntExact(x.count());
      signals = IntStream.rangeClosed(0, LAYERS).mapToObj(i -> i == 0 ? x : Array.of(n)).toList();
      softmax = Array.of(n);
      back = Array.of(n);
      further = Array.of(n);
      jacobian = Array.of(n, n);
      product = Array.of(n, n);
      projected = Array.of(n);
      rows = Array.of(team.size(), n * n + LANES);
      gradient = Array.of(n, n);
      core = Array.of(n, n);
      hessian = (long) n * n <= DENSE ? Array.of(n, n, n, n) : Array.of(0);
    }

    List<Array> value() {
      forward();
      return List.of(value);
    }

    /** Sets the value and softmax of the output. */
    private void forward() {
      for (int layer = 0; layer < LAYERS; layer++) {
        Array out = signals.get(layer + 1);
        Blas.gemv(
            PLAIN,
            n,
            n,
            1,
            matrices.get(layer).address(),
            signals.get(layer).address(),
            0,
            out.address());
        if (layer < LAYERS - 1) relu(out.address());
      }
      long out = signals.getLast().address();
      double max = Kernels.max(out, n);
      double total = Kernels.expSum(out, max, softmax.address(), n);
      Kernels.scale(1 / total, softmax.address(), softmax.address(), n);
      value.set(0, max + Math.log(total) - Kernels.dot(y.address(), out, n));
    }

    private void relu(long signal) {
      for (int i = 0; i < n; i += LANES)
        Kernels.store(Kernels.load(signal + 8L * i).max(0), signal + 8L * i);
    }

    List<Array> gradient() {
      forward();
      Array upper = back;
      Array lower = further;
      Kernels.scaleAdd(-1, y.address(), softmax.address(), upper.address(), n);
      for (int layer = LAYERS - 1; layer > 0; layer--) {
        Blas.gemv(
            TRANSPOSED,
            n,
            n,
            1,
            matrices.get(layer).address(),
            upper.address(),
            0,
            lower.address());
        mask(lower.address(), signals.get(layer).address());
        Array swapped = upper;
        upper = lower;
        lower = swapped;
      }
      for (int i = 0; i < n; i++) {
        Kernels.scale(upper.get(i), x.address(), gradient.at((long) i * n), n);
      }
      return List.of(gradient);
    }

    /** Zeros where the signal is. */
    private void mask(long row, long signal) {
      DoubleVector zero = DoubleVector.zero(Kernels.SPECIES);
      int j = 0;
      for (; j <= n - LANES; j += LANES) {
        VectorMask<Double> on = Kernels.load(signal + 8L * j).compare(VectorOperators.GT, 0);
        Kernels.store(zero.blend(Kernels.load(row + 8L * j), on), row + 8L * j);
      }
      if (j < n) {
        VectorMask<Double> on = Kernels.load(signal + 8L * j).compare(VectorOperators.GT, 0);
        DoubleVector masked = zero.blend(Kernels.load(row + 8L * j), on);
        Kernels.store(masked, row + 8L * j, Kernels.tail(j, n));
      }
    }

    /** J'(diag(p) - pp')J, J the Jacobian of the output by W0*x: the Hessian is this times xx'. */
    List<Array> core() {
      forward();
      Array upper = jacobian();
      Blas.gemv(TRANSPOSED, n, n, 1, upper.address(), softmax.address(), 0, projected.address());
      for (int i = 0; i < n; i++) {
        long row = (long) i * n;
        Kernels.scale(Math.sqrt(softmax.get(i)), upper.at(row), upper.at(row), n);
      }
      Blas.syrk(n, n, 1, upper.address(), 0, core.address());
      Blas.syr(n, -1, projected.address(), core.address());
      Transposition.mirror(core, n);
      return List.of(core);
    }

    private Array jacobian() {
      Array upper = jacobian;
      Array lower = product;
      Memory.copy(matrices.getLast().address(), upper.address(), (long) n * n);
      maskRows(upper, LAYERS - 1);
      for (int layer = LAYERS - 2; layer > 0; layer--) {
        Array from = upper;
        Array to = lower;
        long matrix = matrices.get(layer).address();
        team.together(
            () -> Blas.gemm(PLAIN, PLAIN, n, n, n, 1, from.address(), matrix, 0, to.address()));
        maskRows(to, layer);
        upper = to;
        lower = from;
      }
      return upper;
    }

    private void maskRows(Array matrix, int layer) {
      long signal = signals.get(layer).address();
      for (int i = 0; i < n; i++) mask(matrix.at((long) i * n), signal);
    }

    /** The row of W0's entry (i, b) is x_b times that of core's row i and x. */
    List<Array> hessian() {
      core();
      team.rows(n, (long) n * n * n, this::hessianRows);
      return List.of(hessian);
    }

    private void hessianRows(int member, int from, int to) {
      int length = n * n;
      long row = rows.at((long) member * (length + LANES));
      for (int i = from; i < to; i++) {
        for (int j = 0; j < n; j++) {
          Kernels.scale(core.get((long) i * n + j), x.address(), row + 8L * j * n, n);
        }
        for (int b = 0; b < n; b++) {
          long target = ((long) i * n + b) * length;
          Kernels.scale(x.get(b), row, hessian.at(target), length);
        }
      }
    }
  }
}
