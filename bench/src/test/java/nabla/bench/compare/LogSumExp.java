package nabla.bench.compare;

import static nabla.bench.compare.Blas.PLAIN;
import static nabla.bench.compare.Blas.TRANSPOSED;
import static nabla.bench.compare.Kernels.LANES;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The soft maximum of linear functions, as many as there are unknowns. */
record LogSumExp() implements Problem {
  @Override
  public String name() {
    return "logsumexp";
  }

  @Override
  public String formula() {
    return "lse(A*x)";
  }

  @Override
  public String variable() {
    return "x";
  }

  @Override
  public List<Integer> sizes() {
    return List.of(100, 1000);
  }

  @Override
  public Set<Operation> operations(int n) {
    return EnumSet.of(Operation.VALUE, Operation.GRADIENT, Operation.HESSIAN);
  }

  @Override
  public long entries(int n) {
    return n;
  }

  @Override
  public Data data(int n) {
    return new Data.Draws().normal("A", 1, n, n).normal("x", 1 / Math.sqrt(n), n).done();
  }

  @Override
  public Map<Operation, Computation> byHand(Data data, Team team) {
    ByHand byHand = new ByHand(data, team);
    return Map.of(
        Operation.VALUE, byHand::value,
        Operation.GRADIENT, byHand::gradient,
        Operation.HESSIAN, byHand::hessian);
  }

  private static final class ByHand {
    private static final int PANEL = 384;

    private final Team team;
    private final int n;
    private final Array a;
    private final Array x;
    private final Array z;
    private final Array weights;
    private final RowPass pass;

    /** Of each member: the largest z so far, and the sum of exp(z - largest). */
    private final Array largest;

    private final Array totals;
    private final Array panel;
    private final Array value = Array.of(1);
    private final Array gradient;
    private final Array hessian;

    ByHand(Data data, Team team) {
      this.team = team;
      a = data.get("A");
      x = data.get("x");
      n = Math.toIntExact(x.count());
      z = Array.of(n);
      weights = Array.of(n);
      pass = new RowPass(team, n, n);
      largest = Array.of(team.size(), LANES);
      totals = Array.of(team.size(), LANES);
      panel = Array.of(Math.min(PANEL, n), n);
      gradient = Array.of(n);
      hessian = Array.of(n, n);
    }

    List<Array> value() {
      multiply();
      double max = Kernels.max(z.address(), n);
      double total = Kernels.expSum(z.address(), max, weights.address(), n);
      value.set(0, max + Math.log(total));
      return List.of(value);
    }

    private void multiply() {
      team.rows(n, n, (member, from, to) -> multiply(from, to));
    }

    private void multiply(int from, int to) {
      Blas.gemv(PLAIN, to - from, n, 1, a.at((long) from * n), x.address(), 0, z.at(from));
    }

    /** A' softmax(A x) in one pass: where a block has a larger z, the sum so far is scaled. */
    List<Array> gradient() {
      for (int member = 0; member < team.size(); member++) {
        largest.set((long) member * LANES, Double.NEGATIVE_INFINITY);
        totals.set((long) member * LANES, 0);
      }
      int parts = pass.run(this::block);
      double max = Kernels.max(largest.address(), 1);
      for (int member = 1; member < parts; member++) {
        max = Math.max(max, largest.get((long) member * LANES));
      }
      double total = 0;
      for (int member = 0; member < parts; member++) {
        long slot = (long) member * LANES;
        total += totals.get(slot) * Math.exp(largest.get(slot) - max);
      }
      Memory.zero(gradient.address(), n);
      for (int member = 0; member < parts; member++) {
        double weight = Math.exp(largest.get((long) member * LANES) - max) / total;
        Blas.axpy(n, weight, pass.sumOf(member), gradient.address());
      }
      return List.of(gradient);
    }

    private void block(int member, int from, int to, long sum) {
      long slot = (long) member * LANES;
      multiply(from, to);
      double before = largest.get(slot);
      double max = Math.max(before, Kernels.max(z.at(from), to - from));
      double rescaled = Math.exp(before - max);
      double total = Kernels.expSum(z.at(from), max, weights.at(from), to - from);
      totals.set(slot, totals.get(slot) * rescaled + total);
      largest.set(slot, max);
      if (rescaled != 1) Blas.scal(n, rescaled, sum);
      Blas.gemv(TRANSPOSED, to - from, n, 1, a.at((long) from * n), weights.at(from), 1, sum);
    }

    /** A' diag(p) A - (A'p)(A'p)'. */
    List<Array> hessian() {
      multiply();
      double max = Kernels.max(z.address(), n);
      double total = Kernels.expSum(z.address(), max, weights.address(), n);
      for (int start = 0; start < n; start += PANEL) {
        int first = start;
        int rows = Math.min(PANEL, n - start);
        team.rows(rows, n, (member, from, to) -> weighRows(first, from, to, total));
        double keep = start == 0 ? 0 : 1;
        team.together(() -> Blas.syrk(rows, n, 1, panel.address(), keep, hessian.address()));
      }
      team.together(
          () -> {
            long g = gradient.address();
            Blas.gemv(TRANSPOSED, n, n, 1 / total, a.address(), weights.address(), 0, g);
            Blas.syr(n, -1, g, hessian.address());
          });
      Transposition.mirror(hessian, n);
      return List.of(hessian);
    }

    private void weighRows(int first, int from, int to, double total) {
      for (int i = from; i < to; i++) {
        double weight = Math.sqrt(weights.get(first + i) / total);
        Kernels.scale(weight, a.at((long) (first + i) * n), panel.at((long) i * n), n);
      }
    }
  }
}
