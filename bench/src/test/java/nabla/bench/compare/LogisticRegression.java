package nabla.bench.compare;

import static nabla.bench.compare.Blas.PLAIN;
import static nabla.bench.compare.Blas.TRANSPOSED;
import static nabla.bench.compare.Kernels.LANES;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Regularised logistic regression with twice as many observations as features. */
record LogisticRegression() implements Problem {
  @Override
  public String name() {
    return "logistic";
  }

  @Override
  public String formula() {
    return "sum(log(1+exp(-y.*(X*w))))+c/2*w'*w";
  }

  @Override
  public String variable() {
    return "w";
  }

  @Override
  public List<Integer> sizes() {
    return List.of(10, 100, 1000, 3000);
  }

  @Override
  public Set<Operation> operations(int n) {
    return EnumSet.of(Operation.VALUE, Operation.VALUE_AND_GRADIENT, Operation.HESSIAN);
  }

  @Override
  public long entries(int n) {
    return n;
  }

  @Override
  public Data data(int n) {
    Array c = Array.of();
    c.set(0, 0.1);
    return new Data.Draws()
        .normal("X", 1, 2 * n, n)
        .either("y", 1, -1, 2 * n)
        .normal("w", 1 / Math.sqrt(n), n)
        .put("c", c)
        .done();
  }

  @Override
  public Map<Operation, Computation> byHand(Data data, Team team) {
    ByHand byHand = new ByHand(data, team);
    return Map.of(
        Operation.VALUE, byHand::value,
        Operation.GRADIENT, byHand::gradient,
        Operation.VALUE_AND_GRADIENT, byHand::valueAndGradient,
        Operation.HESSIAN, byHand::hessian);
  }

  private static final class ByHand {
    /** Rows of X that are weighted before they go into the Hessian: what BLAS takes at a time. */
    private static final int PANEL = 384;

    private final Team team;
    private final int m;
    private final int n;
    private final Array x;
    private final Array y;
    private final Array w;
    private final double c;
    private final RowPass pass;

    /** exp(-y.*(X*w)). */
    private final Array odds;

    private final Array slopes;
    private final Array losses;
    private final Array panel;
    private final Array value = Array.of(1);
    private final Array gradient;
    private final Array hessian;

    ByHand(Data data, Team team) {
      this.team = team;
      x = data.get("X");
      y = data.get("y");
      w = data.get("w");
      c = data.get("c").get(0);
      m = Math.toIntExact(y.count());
      n = Math.toIntExact(w.count());
      pass = new RowPass(team, m, n);
      odds = Array.of(m);
      slopes = Array.of(m);
      losses = Array.of(team.size(), LANES);
      panel = Array.of(Math.min(PANEL, m), n);
      gradient = Array.of(n);
      hessian = Array.of(n, n);
    }

    List<Array> value() {
      int parts =
          team.rows(
              m,
              n,
              (member, from, to) -> {
                odds(from, to);
                losses.set((long) member * LANES, loss(from, to));
              });
      sumLosses(parts);
      return List.of(value);
    }

    List<Array> gradient() {
      valueAndGradient();
      return List.of(gradient);
    }

    List<Array> valueAndGradient() {
      for (int member = 0; member < team.size(); member++) losses.set((long) member * LANES, 0);
      pass.run(
          gradient,
          (member, from, to, sum) -> {
            odds(from, to);
            long slot = (long) member * LANES;
            losses.set(slot, losses.get(slot) + loss(from, to));
            slopes(from, to);
            Blas.gemv(TRANSPOSED, to - from, n, 1, x.at((long) from * n), slopes.at(from), 1, sum);
          });
      sumLosses(team.size());
      Kernels.scaleAdd(c, w.address(), gradient.address(), gradient.address(), n);
      return List.of(value, gradient);
    }

    private void sumLosses(int parts) {
      double sum = c / 2 * Kernels.dot(w.address(), w.address(), n);
      for (int member = 0; member < parts; member++) sum += losses.get((long) member * LANES);
      value.set(0, sum);
    }

    private void odds(int from, int to) {
      Blas.gemv(PLAIN, to - from, n, -1, x.at((long) from * n), w.address(), 0, odds.at(from));
      int i = from;
      for (; i <= to - LANES; i += LANES) Kernels.store(odds(i), odds.at(i));
      if (i < to) Kernels.store(odds(i), odds.at(i), Kernels.tail(i, to));
    }

    private DoubleVector odds(int i) {
      return Kernels.load(odds.at(i)).mul(Kernels.load(y.at(i))).lanewise(VectorOperators.EXP);
    }

    private double loss(int from, int to) {
      DoubleVector sum = DoubleVector.zero(Kernels.SPECIES);
      int i = from;
      for (; i <= to - LANES; i += LANES) {
        sum = sum.add(Kernels.load(odds.at(i)).lanewise(VectorOperators.LOG1P));
      }
      if (i < to) {
        VectorMask<Double> lanes = Kernels.tail(i, to);
        sum = sum.add(Kernels.load(odds.at(i)).lanewise(VectorOperators.LOG1P), lanes);
      }
      return Kernels.sum(sum);
    }

    /** -y.*odds./(1+odds). */
    private void slopes(int from, int to) {
      int i = from;
      for (; i <= to - LANES; i += LANES) Kernels.store(slopes(i), slopes.at(i));
      if (i < to) Kernels.store(slopes(i), slopes.at(i), Kernels.tail(i, to));
    }

    private DoubleVector slopes(int i) {
      DoubleVector e = Kernels.load(odds.at(i));
      return Kernels.load(y.at(i)).neg().mul(e).div(e.add(1));
    }

    /** B'B + c I, the rows of B those of X times sqrt(odds)/(1+odds). */
    List<Array> hessian() {
      team.rows(m, n, (member, from, to) -> odds(from, to));
      for (int start = 0; start < m; start += PANEL) {
        int first = start;
        int rows = Math.min(PANEL, m - start);
        team.rows(rows, n, (member, from, to) -> weighRows(first, from, to));
        double keep = start == 0 ? 0 : 1;
        team.together(() -> Blas.syrk(rows, n, 1, panel.address(), keep, hessian.address()));
      }
      for (int i = 0; i < n; i++)
        hessian.set((long) i * (n + 1), hessian.get((long) i * (n + 1)) + c);
      Transposition.mirror(hessian, n);
      return List.of(hessian);
    }

    private void weighRows(int first, int from, int to) {
      for (int i = from; i < to; i++) {
        double e = odds.get(first + i);
        double weight = Math.sqrt(e) / (1 + e);
        Kernels.scale(weight, x.at((long) (first + i) * n), panel.at((long) i * n), n);
      }
    }
  }
}
