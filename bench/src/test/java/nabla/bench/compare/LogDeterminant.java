package nabla.bench.compare;

import static nabla.bench.compare.Blas.PLAIN;
import static nabla.bench.compare.Blas.TRANSPOSED;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The logarithm of the determinant of a Gram matrix. */
record LogDeterminant() implements Problem {
  @Override
  public String name() {
    return "logdet";
  }

  @Override
  public String formula() {
    return "logdet(X'*X+eye(n))";
  }

  @Override
  public String variable() {
    return "X";
  }

  @Override
  public List<Integer> sizes() {
    return List.of(10, 30, 50, 100);
  }

  @Override
  public Set<Operation> operations(int n) {
    Set<Operation> operations = EnumSet.of(Operation.VALUE, Operation.GRADIENT);
    if (entries(n) <= DENSE) operations.add(Operation.HESSIAN);
    return operations;
  }

  @Override
  public long entries(int n) {
    return (long) n * n;
  }

  @Override
  public Data data(int n) {
    return new Data.Draws().normal("X", 1, n, n).done();
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
    private final int n;
    private final Array x;
    private final Blas.Cholesky cholesky;

    /** X'X + I, then its factor, then its inverse B. */
    private final Array gram;

    private final Array product;
    private final Array projector;
    private final Array value = Array.of(1);
    private final Array gradient;
    private final Array hessian;

    ByHand(Data data, Team team) {
      this.team = team;
      x = data.get("X");
      n = x.shape().getFirst();
      cholesky = new Blas.Cholesky(n);
      gram = Array.of(n, n);
      product = Array.of(n, n);
      projector = Array.of(n, n);
      gradient = Array.of(n, n);
      hessian = (long) n * n <= DENSE ? Array.of(n, n, n, n) : Array.of(0);
    }

    List<Array> value() {
      team.together(this::factor);
      value.set(0, cholesky.logdet(gram));
      return List.of(value);
    }

    private void factor() {
      Blas.syrk(n, n, 1, x.address(), 0, gram.address());
      for (int i = 0; i < n; i++) gram.set((long) i * (n + 1), gram.get((long) i * (n + 1)) + 1);
      cholesky.factor(gram.address());
    }

    /** 2 X B. */
    List<Array> gradient() {
      team.together(
          () -> {
            factor();
            cholesky.invert(gram.address());
            Blas.symmRight(n, n, 2, x.address(), gram.address(), gradient.address());
          });
      return List.of(gradient);
    }

    /** H[i,a,j,b] = 2 P_ij B_ab - 2 (XB)_ib (XB)_ja with P = I - XBX'. */
    List<Array> hessian() {
      team.together(
          () -> {
            factor();
            cholesky.invert(gram.address());
            Blas.symmRight(n, n, 1, x.address(), gram.address(), product.address());
            Blas.gemm(
                PLAIN,
                TRANSPOSED,
                n,
                n,
                n,
                -2,
                product.address(),
                x.address(),
                0,
                projector.address());
          });
      for (int i = 0; i < n; i++) {
        projector.set((long) i * (n + 1), projector.get((long) i * (n + 1)) + 2);
      }
      Transposition.mirror(gram, n);
      team.rows(n, (long) n * n * n, this::hessianRows);
      return List.of(hessian);
    }

    private void hessianRows(int member, int from, int to) {
      for (int i = from; i < to; i++) {
        for (int a = 0; a < n; a++) {
          long row = ((long) i * n + a) * n * n;
          for (int j = 0; j < n; j++) {
            Kernels.combine(
                projector.get((long) i * n + j),
                gram.at((long) a * n),
                -2 * product.get((long) j * n + a),
                product.at((long) i * n),
                hessian.at(row + (long) j * n),
                n);
          }
        }
      }
    }
  }
}
