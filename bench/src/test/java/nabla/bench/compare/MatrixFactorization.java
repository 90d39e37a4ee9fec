package nabla.bench.compare;

import static nabla.bench.compare.Blas.PLAIN;
import static nabla.bench.compare.Kernels.LANES;

import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jdk.incubator.vector.DoubleVector;

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
    private static final int TWO = 2 * LANES;
    private static final int THREE = 3 * LANES;
    private static final int FOUR = 4 * LANES;

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

    /** A row of Om.*(T-U*V'), with padding behind it. Four vectors at a time keep to registers. */
    private void residual(int i, MemorySegment row, long at) {
      MemorySegment vs = columns.values();
      long factors = (long) i * k;
      long start = (long) i * n;
      int j = 0;
      for (; j <= n - FOUR; j += FOUR) {
        DoubleVector a = Kernels.load(t.values(), start + j);
        DoubleVector b = Kernels.load(t.values(), start + j + LANES);
        DoubleVector c = Kernels.load(t.values(), start + j + TWO);
        DoubleVector d = Kernels.load(t.values(), start + j + THREE);
        for (int p = 0; p < k; p++) {
          DoubleVector factor = DoubleVector.broadcast(Kernels.SPECIES, -u.get(factors + p));
          long column = (long) p * n + j;
          a = Kernels.load(vs, column).fma(factor, a);
          b = Kernels.load(vs, column + LANES).fma(factor, b);
          c = Kernels.load(vs, column + TWO).fma(factor, c);
          d = Kernels.load(vs, column + THREE).fma(factor, d);
        }
        Kernels.store(masked(a, start + j), row, at + j);
        Kernels.store(masked(b, start + j + LANES), row, at + j + LANES);
        Kernels.store(masked(c, start + j + TWO), row, at + j + TWO);
        Kernels.store(masked(d, start + j + THREE), row, at + j + THREE);
      }
      for (; j < n; j += LANES) {
        DoubleVector a = Kernels.load(t.values(), start + j);
        for (int p = 0; p < k; p++) {
          DoubleVector factor = DoubleVector.broadcast(Kernels.SPECIES, -u.get(factors + p));
          a = Kernels.load(vs, (long) p * n + j).fma(factor, a);
        }
        Kernels.store(masked(a, start + j), row, at + j);
      }
    }

    /** Om is its own square. */
    private DoubleVector masked(DoubleVector residual, long at) {
      return residual.mul(Kernels.load(om.values(), at));
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
            blocks.set(block + (long) p * k + q, entry);
            blocks.set(block + (long) q * k + p, entry);
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
      long block = 8L * k * length;
      rows.asSlice(from * block, (to - from) * block).fill((byte) 0);
      for (int i = from; i < to; i++) {
        for (int p = 0; p < k; p++) {
          long row = ((long) i * k + p) * length + (long) i * k;
          for (int q = 0; q < k; q++) hessian.set(row + q, blocks.get(((long) i * k + p) * k + q));
        }
      }
    }
  }
}
