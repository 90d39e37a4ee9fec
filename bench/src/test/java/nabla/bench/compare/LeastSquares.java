package nabla.bench.compare;

import static nabla.bench.compare.Blas.PLAIN;
import static nabla.bench.compare.Blas.TRANSPOSED;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Least squares with twice as many equations as unknowns. */
record LeastSquares() implements Problem {
  @Override
  public String name() {
    return "leastsquares";
  }

  @Override
  public String formula() {
    return "norm2(A*x-b)^2";
  }

  @Override
  public String variable() {
    return "x";
  }

  @Override
  public List<Integer> sizes() {
    return List.of(10, 100, 1000);
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
    return new Data.Draws()
        .normal("A", 1, 2 * n, n)
        .normal("b", 1, 2 * n)
        .normal("x", 1 / Math.sqrt(n), n)
        .done();
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
    private final Team team;
    private final int m;
    private final int n;
    private final Array a;
    private final Array b;
    private final Array x;
    private final Array residual;
    private final RowPass pass;
    private final Array value = Array.of(1);
    private final Array gradient;
    private final Array hessian;

    ByHand(Data data, Team team) {
      this.team = team;
      a = data.get("A");
      b = data.get("b");
      x = data.get("x");
      m = Math.toIntExact(b.count());
      n = Math.toIntExact(x.count());
      residual = Array.of(m);
      pass = new RowPass(team, m, n);
      gradient = Array.of(n);
      hessian = Array.of(n, n);
    }

    List<Array> value() {
      team.rows(m, n, this::residuals);
      value.set(0, Kernels.dot(residual.address(), residual.address(), m));
      return List.of(value);
    }

    private void residuals(int member, int from, int to) {
      Memory.copy(b.at(from), residual.at(from), to - from);
      Blas.gemv(PLAIN, to - from, n, 1, a.at((long) from * n), x.address(), -1, residual.at(from));
    }

    List<Array> gradient() {
      pass.run(gradient, this::block);
      return List.of(gradient);
    }

    private void block(int member, int from, int to, long sum) {
      residuals(member, from, to);
      Blas.gemv(TRANSPOSED, to - from, n, 2, a.at((long) from * n), residual.at(from), 1, sum);
    }

    List<Array> hessian() {
      team.together(() -> Blas.syrk(m, n, 2, a.address(), 0, hessian.address()));
      Transposition.mirror(hessian, n);
      return List.of(hessian);
    }
  }
}
