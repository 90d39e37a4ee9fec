package nabla.bench.compare;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The log-likelihood of a normal distribution but for its constant, by the covariance, from twice
 * as many samples as dimensions. The covariance may change in all its entries: it is symmetric only
 * where the derivatives are taken.
 */
record GaussianLikelihood() implements Problem {
  @Override
  public String name() {
    return "gaussian";
  }

  @Override
  public String formula() {
    return "-m/2*logdet(S)-1/2*tr((X-ones(m)*mu')*inv(S)*(X-ones(m)*mu')')";
  }

  @Override
  public String variable() {
    return "S";
  }

  @Override
  public boolean symmetric() {
    return true;
  }

  @Override
  public List<Integer> sizes() {
    return List.of(50, 200);
  }

  @Override
  public Set<Operation> operations(int n) {
    Set<Operation> operations = EnumSet.of(Operation.VALUE, Operation.GRADIENT);
    if (n <= 50) operations.add(Operation.HESSIAN);
    return operations;
  }

  @Override
  public long entries(int n) {
    return (long) n * n;
  }

  @Override
  public Data data(int n) {
    Data draws =
        new Data.Draws().normal("X", 1, 2 * n, n).normal("mu", 1, n).normal("S", 1, n, n).done();
    return draws.with("S", covariance(draws.get("S"), n));
  }

  /** BB'/n + I. */
  private static Array covariance(Array b, int n) {
    Array s = Array.of(n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = Kernels.dot(b.at((long) i * n), b.at((long) j * n), n) / n;
        s.set((long) i * n + j, i == j ? sum + 1 : sum);
        s.set((long) j * n + i, s.get((long) i * n + j));
      }
    }
    return s;
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
    private final Array x;
    private final Array mu;
    private final Array s;
    private final Blas.Cholesky cholesky;

    /** S, then its factor, then its inverse B. */
    private final Array inverse;

    private final Array centred;
    private final Array scatter;
    private final Array product;

    /** BCB, C the scatter matrix. */
    private final Array sandwich;

    private final Array value = Array.of(1);
    private final Array gradient;
    private final Array hessian;

    ByHand(Data data, Team team) {
      this.team = team;
      x = data.get("X");
      mu = data.get("mu");
      s = data.get("S");
      m = x.shape().getFirst();
      n = Math.toIntExact(mu.count());
      cholesky = new Blas.Cholesky(n);
      inverse = Array.of(n, n);
      centred = Array.of(m, n);
      scatter = Array.of(n, n);
      product = Array.of(n, n);
      sandwich = Array.of(n, n);
      gradient = Array.of(n, n);
      hessian = n <= 50 ? Array.of(n, n, n, n) : Array.of(0);
    }

    /** The quadratic forms of the samples are the squares of the rows times inv(U), S = U'U. */
    List<Array> value() {
      centre();
      team.together(
          () -> {
            factor();
            Blas.trsmRight(m, n, inverse.address(), centred.address());
          });
      double squares = Kernels.dot(centred.address(), centred.address(), m * n);
      value.set(0, -m / 2.0 * cholesky.logdet(inverse) - squares / 2);
      return List.of(value);
    }

    private void centre() {
      team.rows(
          m,
          n,
          (member, from, to) -> {
            for (int i = from; i < to; i++) {
              long row = (long) i * n;
              Kernels.scaleAdd(-1, mu.address(), x.at(row), centred.at(row), n);
            }
          });
    }

    private void factor() {
      Memory.copy(s.address(), inverse.address(), s.count());
      cholesky.factor(inverse.address());
    }

    /** -m/2 B + 1/2 BCB. */
    List<Array> gradient() {
      sandwich();
      Transposition.mirror(inverse, n);
      team.rows(
          n,
          n,
          (member, from, to) ->
              Kernels.combine(
                  -m / 2.0,
                  inverse.at((long) from * n),
                  0.5,
                  sandwich.at((long) from * n),
                  gradient.at((long) from * n),
                  (to - from) * n));
      return List.of(gradient);
    }

    private void sandwich() {
      centre();
      team.together(() -> Blas.syrk(m, n, 1, centred.address(), 0, scatter.address()));
      Transposition.mirror(scatter, n);
      team.together(
          () -> {
            factor();
            cholesky.invert(inverse.address());
            Blas.symmLeft(n, n, 1, inverse.address(), scatter.address(), product.address());
            Blas.symmRight(n, n, 1, product.address(), inverse.address(), sandwich.address());
          });
    }

    /** H[i,j,k,l] = B_il N_kj - 1/2 (BCB)_il B_kj with N = m/2 B - 1/2 BCB. */
    List<Array> hessian() {
      gradient();
      team.rows(n, (long) n * n * n, this::hessianRows);
      return List.of(hessian);
    }

    /** N is minus the gradient. */
    private void hessianRows(int member, int from, int to) {
      for (int i = from; i < to; i++) {
        for (int j = 0; j < n; j++) {
          long row = ((long) i * n + j) * n * n;
          for (int k = 0; k < n; k++) {
            Kernels.combine(
                -gradient.get((long) j * n + k),
                inverse.at((long) i * n),
                -0.5 * inverse.get((long) j * n + k),
                sandwich.at((long) i * n),
                hessian.at(row + (long) k * n),
                n);
          }
        }
      }
    }
  }
}
