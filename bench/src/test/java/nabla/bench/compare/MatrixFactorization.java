package nabla.bench.compare;

import static nabla.bench.compare.Blas.PLAIN;
import static nabla.bench.compare.Blas.TRANSPOSED;
import static nabla.bench.compare.Kernels.LANES;

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
    if (entries(n) <= DENSE) operations.add(Operation.HESSIAN);
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
    private static final int CACHED = 24 * 1024;

    private final Team team;
    private final int n;
    private final int k;

    /** The number of pairs of columns, up to whole pairs of vectors. */
    private final int width;

    private final Array t;
    private final Array v;
    private final Array u;
    private final Array om;

    /** How many rows of the residual are taken at a time: they stay in the cache. */
    private final int height;

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
      width = (k * (k + 1) / 2 + 2 * LANES - 1) / (2 * LANES) * (2 * LANES);
      height = Math.clamp(CACHED / n, 1, n);
      residuals = Array.of(team.size(), height * n + LANES);
      sums = Array.of(team.size(), LANES);
      products = Array.of(n, width);
      halves = Array.of(n, width);
      gradient = Array.of(n, k);
      blocks = Array.of(n, k, k);
      hessian = (long) n * k <= DENSE ? Array.of(n, k, n, k) : Array.of(0);
    }

    List<Array> value() {
      int parts =
          team.rows(
              n,
              2L * n,
              (member, from, to) -> {
                double sum = 0;
                for (int start = from; start < to; start += height) {
                  int end = Math.min(to, start + height);
                  long rows = block(member);
                  residuals(start, end, rows);
                  sum += squares(rows, om.at((long) start * n), (end - start) * n);
                }
                sums.set((long) member * LANES, sum);
              });
      double sum = 0;
      for (int member = 0; member < parts; member++) sum += sums.get((long) member * LANES);
      value.set(0, sum);
      return List.of(value);
    }

    /** Om is its own square. */
    private static double squares(long rows, long known, int count) {
      DoubleVector even = DoubleVector.zero(Kernels.SPECIES);
      DoubleVector odd = even;
      int i = 0;
      for (; i <= count - 2 * LANES; i += 2 * LANES) {
        DoubleVector a = Kernels.load(rows + 8L * i);
        DoubleVector b = Kernels.load(rows + 8L * (i + LANES));
        even = a.mul(a).fma(Kernels.load(known + 8L * i), even);
        odd = b.mul(b).fma(Kernels.load(known + 8L * (i + LANES)), odd);
      }
      for (; i < count; i += LANES) {
        DoubleVector a = Kernels.load(rows + 8L * i);
        DoubleVector square = a.mul(a).mul(Kernels.load(known + 8L * i));
        even = even.add(square, Kernels.tail(i, count));
      }
      return Kernels.sum(even.add(odd));
    }

    List<Array> gradient() {
      team.rows(
          n,
          2L * n,
          (member, from, to) -> {
            for (int start = from; start < to; start += height) {
              int end = Math.min(to, start + height);
              long rows = block(member);
              residuals(start, end, rows);
              mask(rows, om.at((long) start * n), (end - start) * n);
              Blas.gemm(
                  PLAIN,
                  PLAIN,
                  end - start,
                  k,
                  n,
                  -2,
                  rows,
                  v.address(),
                  0,
                  gradient.at((long) start * k));
            }
          });
      return List.of(gradient);
    }

    private static void mask(long rows, long known, int count) {
      for (int i = 0; i < count; i += LANES) {
        Kernels.store(Kernels.load(rows + 8L * i).mul(Kernels.load(known + 8L * i)), rows + 8L * i);
      }
    }

    private long block(int member) {
      return residuals.at((long) member * (height * n + LANES));
    }

    /** Rows of T-U*V'. */
    private void residuals(int from, int to, long rows) {
      Memory.copy(t.at((long) from * n), rows, (long) (to - from) * n);
      Blas.gemm(
          PLAIN, TRANSPOSED, to - from, n, k, -1, u.at((long) from * k), v.address(), 1, rows);
    }

    /** The blocks on the diagonal: 2 sum_j Om_ij v_j v_j'. */
    List<Array> blocks() {
      for (int j = 0; j < n; j++) {
        long to = (long) j * width;
        for (int p = 0; p < k; p++) {
          double left = 2 * v.get((long) j * k + p);
          for (int q = p; q < k; q++) products.set(to++, left * v.get((long) j * k + q));
        }
      }
      team.rows(n, (long) n * width, this::blockRows);
      return List.of(blocks);
    }

    private void blockRows(int member, int from, int to) {
      for (int i = from; i < to; i += 4) {
        for (int column = 0; column < width; column += 2 * LANES) {
          weigh(
              i, Math.min(i + 1, to - 1), Math.min(i + 2, to - 1), Math.min(i + 3, to - 1), column);
        }
        for (int row = i; row < Math.min(i + 4, to); row++) unfold(row);
      }
    }

    /**
     * Two vectors of four rows of Om times the products. BLAS is slow for a matrix so narrow, which
     * is all in registers here.
     */
    private void weigh(int i, int j, int k, int l, int column) {
      long rowI = om.at((long) i * n);
      long rowJ = om.at((long) j * n);
      long rowK = om.at((long) k * n);
      long rowL = om.at((long) l * n);
      DoubleVector zero = DoubleVector.zero(Kernels.SPECIES);
      DoubleVector i0 = zero;
      DoubleVector i1 = zero;
      DoubleVector j0 = zero;
      DoubleVector j1 = zero;
      DoubleVector k0 = zero;
      DoubleVector k1 = zero;
      DoubleVector l0 = zero;
      DoubleVector l1 = zero;
      long product = products.at(column);
      for (int s = 0; s < n; s++) {
        DoubleVector left = Kernels.load(product);
        DoubleVector right = Kernels.load(product + 8L * LANES);
        DoubleVector weight = DoubleVector.broadcast(Kernels.SPECIES, Memory.get(rowI + 8L * s));
        i0 = left.fma(weight, i0);
        i1 = right.fma(weight, i1);
        weight = DoubleVector.broadcast(Kernels.SPECIES, Memory.get(rowJ + 8L * s));
        j0 = left.fma(weight, j0);
        j1 = right.fma(weight, j1);
        weight = DoubleVector.broadcast(Kernels.SPECIES, Memory.get(rowK + 8L * s));
        k0 = left.fma(weight, k0);
        k1 = right.fma(weight, k1);
        weight = DoubleVector.broadcast(Kernels.SPECIES, Memory.get(rowL + 8L * s));
        l0 = left.fma(weight, l0);
        l1 = right.fma(weight, l1);
        product += 8L * width;
      }
      store(i0, i1, i, column);
      store(j0, j1, j, column);
      store(k0, k1, k, column);
      store(l0, l1, l, column);
    }

    private void store(DoubleVector left, DoubleVector right, int row, int column) {
      long to = halves.at((long) row * width + column);
      Kernels.store(left, to);
      Kernels.store(right, to + 8L * LANES);
    }

    /** A block from its upper triangle. */
    private void unfold(int i) {
      long from = (long) i * width;
      long block = (long) i * k * k;
      for (int p = 0; p < k; p++) {
        for (int q = p; q < k; q++) {
          double entry = halves.get(from++);
          blocks.set(block + (long) p * k + q, entry);
          blocks.set(block + (long) q * k + p, entry);
        }
      }
    }

    /** The blocks among the zeros that are there from the beginning. */
    List<Array> hessian() {
      blocks();
      team.rows(n, (long) n * k * k, this::spread);
      return List.of(hessian);
    }

    private void spread(int member, int from, int to) {
      long length = (long) n * k;
      for (int i = from; i < to; i++) {
        for (int p = 0; p < k; p++) {
          long row = ((long) i * k + p) * length + (long) i * k;
          for (int q = 0; q < k; q++) hessian.set(row + q, blocks.get(((long) i * k + p) * k + q));
        }
      }
    }
  }
}
