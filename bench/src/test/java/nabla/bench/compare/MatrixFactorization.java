package nabla.bench.compare;

import static nabla.bench.compare.Blas.PLAIN;
import static nabla.bench.compare.Kernels.LANES;

import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/** Factorisation of a matrix of which half the entries are known, into factors of rank five. */
record MatrixFactorization() implements Problem {
  private static final int RANK = 5;

  @Override
  public String name() {
    return "factorization";
  }

  @Override
  public String formula() {
    return "sum((Om.*(T-U*V')).^2)";
  }

  @Override
  public String variable() {
    return "U";
  }

  @Override
  public List<Integer> sizes() {
    return List.of(10, 100, 300, 1000);
  }

  @Override
  public Set<Operation> operations(int n) {
    Set<Operation> operations =
        EnumSet.of(Operation.VALUE, Operation.GRADIENT, Operation.STRUCTURED_HESSIAN);
    if (n <= 300) operations.add(Operation.HESSIAN);
    return operations;
  }

  @Override
  public long entries(int n) {
    return (long) n * RANK;
  }

  @Override
  public Data data(int n) {
    return new Data.Draws()
        .normal("T", 1, n, n)
        .normal("V", 1, n, RANK)
        .normal("U", 1, n, RANK)
        .either("Om", 1, 0, n, n)
        .done();
  }

  @Override
  public Map<Operation, Computation> byHand(Data data, Team team) {
    ByHand byHand = new ByHand(data, team);
    return Map.of(
        Operation.VALUE, byHand::value,
        Operation.GRADIENT, byHand::gradient,
        Operation.HESSIAN, byHand::hessian,
        Operation.STRUCTURED_HESSIAN, byHand::blocks);
  }

  private static final class ByHand {
    private final Team team;
    private final int n;
    private final int k;
    private final int pairs;
    private final Array t;
    private final Array v;
    private final Array u;
    private final Array om;

    /** V', so that a row of the residual is a sum of rows. */
    private final Array columns;

    private final Array residuals;
    private final Array sums;

    /** The products of two entries of a row of V, each pair once. */
    private final Array products;

    private final Array halves;
    private final Array value = Array.of(1);
    private final Array gradient;
    private final Array blocks;
    private final Array hessian;

    ByHand(Data data, Team team) {
      this.team = team;
      t = data.get("T");
      v = data.get("V");
      u = data.get("U");
      om = data.get("Om");
      n = u.shape().get(0);
      k = u.shape().get(1);
      pairs = k * (k + 1) / 2;
      columns = Array.of(k, n);
      residuals = Array.of(team.size(), n + LANES);
      sums = Array.of(team.size(), LANES);
      products = Array.of(n, pairs);
      halves = Array.of(n, pairs);
      gradient = Array.of(n, k);
      blocks = Array.of(n, k, k);
      hessian = n <= 300 ? Array.of(n, k, n, k) : Array.of(0);
    }

    List<Array> value() {
      Kernels.transpose(v.values(), n, k, columns.values());
      int parts = team.rows(n, 2L * n, this::squares);
      double sum = 0;
      for (int member = 0; member < parts; member++) sum += sums.get((long) member * LANES);
      value.set(0, sum);
      return List.of(value);
    }

    private void squares(int member, int from, int to) {
      MemorySegment row = residuals.values();
      long at = (long) member * (n + LANES);
      double sum = 0;
      for (int i = from; i < to; i++) {
        residual(i, row, at);
        sum += Kernels.dot(row, at, row, at, n);
      }
      sums.set((long) member * LANES, sum);
    }

    List<Array> gradient() {
      Kernels.transpose(v.values(), n, k, columns.values());
      team.rows(n, 2L * n, this::gradientRows);
      return List.of(gradient);
    }

    private void gradientRows(int member, int from, int to) {
      MemorySegment row = residuals.values();
      long at = (long) member * (n + LANES);
      for (int i = from; i < to; i++) {
        residual(i, row, at);
        for (int j = 0; j < k; j++) {
          double sum = Kernels.dot(row, at, columns.values(), (long) j * n, n);
          gradient.set((long) i * k + j, -2 * sum);
        }
      }
    }

    /** A row of Om.*(T-U*V'); Om is its own square. Four vectors at a time keep to registers. */
    private void residual(int i, MemorySegment row, long at) {
      long start = (long) i * n;
      int j = 0;
      for (; j <= n - 4 * LANES; j += 4 * LANES) {
        DoubleVector a = Kernels.load(t.values(), start + j);
        DoubleVector b = Kernels.load(t.values(), start + j + LANES);
        DoubleVector c = Kernels.load(t.values(), start + j + 2 * LANES);
        DoubleVector d = Kernels.load(t.values(), start + j + 3 * LANES);
        for (int p = 0; p < k; p++) {
          DoubleVector factor = DoubleVector.broadcast(Kernels.SPECIES, -u.get((long) i * k + p));
          long column = (long) p * n + j;
          a = Kernels.load(columns.values(), column).fma(factor, a);
          b = Kernels.load(columns.values(), column + LANES).fma(factor, b);
          c = Kernels.load(columns.values(), column + 2 * LANES).fma(factor, c);
          d = Kernels.load(columns.values(), column + 3 * LANES).fma(factor, d);
        }
        Kernels.store(a.mul(Kernels.load(om.values(), start + j)), row, at + j);
        Kernels.store(b.mul(Kernels.load(om.values(), start + j + LANES)), row, at + j + LANES);
        Kernels.store(
            c.mul(Kernels.load(om.values(), start + j + 2 * LANES)), row, at + j + 2 * LANES);
        Kernels.store(
            d.mul(Kernels.load(om.values(), start + j + 3 * LANES)), row, at + j + 3 * LANES);
      }
      for (; j < n; j += LANES) {
        VectorMask<Double> lanes = Kernels.tail(j, n);
        DoubleVector a = Kernels.load(t.values(), start + j);
        for (int p = 0; p < k; p++) {
          DoubleVector factor = DoubleVector.broadcast(Kernels.SPECIES, -u.get((long) i * k + p));
          a = Kernels.load(columns.values(), (long) p * n + j).fma(factor, a);
        }
        Kernels.store(a.mul(Kernels.load(om.values(), start + j)), row, at + j, lanes);
      }
    }

    /** The blocks on the diagonal: 2 sum_j Om_ij v_j v_j'. */
    List<Array> blocks() {
      for (int j = 0; j < n; j++) {
        long to = (long) j * pairs;
        for (int p = 0; p < k; p++) {
          double left = v.get((long) j * k + p);
          for (int q = p; q < k; q++) products.set(to++, left * v.get((long) j * k + q));
        }
      }
      team.together(
          () ->
              Blas.gemm(
                  PLAIN,
                  PLAIN,
                  n,
                  pairs,
                  n,
                  2,
                  om.address(),
                  products.address(),
                  0,
                  halves.address()));
      for (int i = 0; i < n; i++) {
        long from = (long) i * pairs;
        long block = (long) i * k * k;
        for (int p = 0; p < k; p++) {
          for (int q = p; q < k; q++) {
            double entry = halves.get(from++);
            blocks.set(block + p * k + q, entry);
            blocks.set(block + q * k + p, entry);
          }
        }
      }
      return List.of(blocks);
    }

    /** Zeros are written every time: the result is the caller's to change. */
    List<Array> hessian() {
      blocks();
      team.rows(n, (long) n * k * k, this::spread);
      return List.of(hessian);
    }

    private void spread(int member, int from, int to) {
      long length = (long) n * k;
      MemorySegment rows = hessian.values();
      rows.asSlice(8 * from * k * length, 8 * (to - from) * k * length).fill((byte) 0);
      for (int i = from; i < to; i++) {
        for (int p = 0; p < k; p++) {
          long row = ((long) i * k + p) * length + (long) i * k;
          for (int q = 0; q < k; q++) hessian.set(row + q, blocks.get(((long) i * k + p) * k + q));
        }
      }
    }
  }
}
