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

/** Softmax regression of twenty features into ten classes; the size is the number of samples. */
record SoftmaxRegression() implements Problem {
  private static final int FEATURES = 20;
  private static final int CLASSES = 10;

  @Override
  public String name() {
    return "softmax";
  }

  @Override
  public String formula() {
    return "sum(rowlse(X*W))-sum(Y.*(X*W))";
  }

  @Override
  public String variable() {
    return "W";
  }

  @Override
  public List<Integer> sizes() {
    return List.of(1000);
  }

  @Override
  public Set<Operation> operations(int n) {
    return EnumSet.of(Operation.VALUE, Operation.GRADIENT, Operation.HESSIAN);
  }

  @Override
  public long entries(int n) {
    return (long) FEATURES * CLASSES;
  }

  @Override
  public Data data(int n) {
    return new Data.Draws()
        .normal("X", 1, n, FEATURES)
        .oneHot("Y", n, CLASSES)
        .normal("W", 1 / Math.sqrt(FEATURES), FEATURES, CLASSES)
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

  /** Everything is by columns of the samples, so that vectors run along these. */
  private static final class ByHand {
    private final Team team;
    private final int m;
    private final int d;
    private final int c;
    private final Array x;
    private final Array y;
    private final Array w;

    /** (X*W)', then the softmax of its columns. */
    private final Array scores;

    private final Array features;
    private final Array featurePairs;
    private final Array classPairs;
    private final Array pairs;
    private final Array value = Array.of(1);
    private final Array gradient;
    private final Array hessian;

    ByHand(Data data, Team team) {
      this.team = team;
      x = data.get("X");
      y = data.get("Y");
      w = data.get("W");
      m = x.shape().getFirst();
      d = w.shape().get(0);
      c = w.shape().get(1);
      scores = Array.of(c, m);
      features = Array.of(d, m);
      featurePairs = Array.of(d * (d + 1) / 2, m);
      classPairs = Array.of(c * (c + 1) / 2, m);
      pairs = Array.of(d * (d + 1) / 2, c * (c + 1) / 2);
      gradient = Array.of(d, c);
      hessian = Array.of(d, c, d, c);
    }

    List<Array> value() {
      double logarithms = softmax();
      Blas.gemm(TRANSPOSED, PLAIN, d, c, m, 1, x.address(), y.address(), 0, gradient.address());
      value.set(0, logarithms - Kernels.dot(w.address(), gradient.address(), d * c));
      return List.of(value);
    }

    /** X'(softmax - Y). */
    List<Array> gradient() {
      softmax();
      long g = gradient.address();
      Blas.gemm(TRANSPOSED, PLAIN, d, c, m, 1, x.address(), y.address(), 0, g);
      Blas.gemm(TRANSPOSED, TRANSPOSED, d, c, m, 1, x.address(), scores.address(), -1, g);
      return List.of(gradient);
    }

    /** Sets the softmax; the sum of the log-sum-exps. */
    private double softmax() {
      Blas.gemm(TRANSPOSED, TRANSPOSED, c, m, d, 1, w.address(), x.address(), 0, scores.address());
      DoubleVector sum = DoubleVector.zero(Kernels.SPECIES);
      for (int i = 0; i < m; i += LANES) {
        VectorMask<Double> lanes = Kernels.tail(i, m);
        sum = sum.add(softmax(i, lanes), lanes);
      }
      return Kernels.sum(sum);
    }

    private DoubleVector softmax(int i, VectorMask<Double> lanes) {
      DoubleVector max = Kernels.load(scores.at(i));
      for (int j = 1; j < c; j++) max = max.max(Kernels.load(scores.at((long) j * m + i)));
      DoubleVector total = DoubleVector.zero(Kernels.SPECIES);
      for (int j = 0; j < c; j++) {
        long at = scores.at((long) j * m + i);
        DoubleVector e = Kernels.load(at).sub(max).lanewise(VectorOperators.EXP);
        Kernels.store(e, at, lanes);
        total = total.add(e);
      }
      DoubleVector share = DoubleVector.broadcast(Kernels.SPECIES, 1).div(total);
      for (int j = 0; j < c; j++) {
        long at = scores.at((long) j * m + i);
        Kernels.store(Kernels.load(at).mul(share), at, lanes);
      }
      return max.add(total.lanewise(VectorOperators.LOG));
    }

    /**
     * H[f,p,g,q] = sum_i X_if X_ig (P_ip [p = q] - P_ip P_iq) is symmetric in f and g and in p and
     * q, so that one product of pairs by pairs has all of it.
     */
    List<Array> hessian() {
      softmax();
      Transposition.transpose(x, m, d, features);
      team.rows(d, (long) m * d, (member, from, to) -> featurePairs(from, to));
      classPairs();
      int classCount = c * (c + 1) / 2;
      team.together(
          () ->
              Blas.gemm(
                  PLAIN,
                  TRANSPOSED,
                  d * (d + 1) / 2,
                  classCount,
                  m,
                  1,
                  featurePairs.address(),
                  classPairs.address(),
                  0,
                  pairs.address()));
      for (int f = 0; f < d; f++) {
        for (int g = f; g < d; g++) spread(f, g, pair(f, g, d) * classCount);
      }
      return List.of(hessian);
    }

    /** The place of a pair i <= j of numbers below n. */
    private static long pair(int i, int j, int n) {
      return (long) i * (2 * n - i - 1) / 2 + j;
    }

    private void featurePairs(int from, int to) {
      for (int f = from; f < to; f++) {
        for (int g = f; g < d; g++) {
          long target = pair(f, g, d) * m;
          for (int i = 0; i <= m - LANES; i += LANES) {
            DoubleVector left = Kernels.load(features.at((long) f * m + i));
            DoubleVector right = Kernels.load(features.at((long) g * m + i));
            Kernels.store(left.mul(right), featurePairs.at(target + i));
          }
          for (int i = m - m % LANES; i < m; i++) {
            featurePairs.set(
                target + i, features.get((long) f * m + i) * features.get((long) g * m + i));
          }
        }
      }
    }

    private void classPairs() {
      for (int p = 0; p < c; p++) {
        for (int q = p; q < c; q++) {
          long target = pair(p, q, c) * m;
          for (int i = 0; i < m; i += LANES) {
            DoubleVector left = Kernels.load(scores.at((long) p * m + i));
            DoubleVector right = Kernels.load(scores.at((long) q * m + i));
            DoubleVector weight = left.mul(p == q ? right.neg().add(1) : right.neg());
            Kernels.store(weight, classPairs.at(target + i), Kernels.tail(i, m));
          }
        }
      }
    }

    private void spread(int f, int g, long from) {
      for (int p = 0; p < c; p++) {
        for (int q = p; q < c; q++) {
          double entry = pairs.get(from++);
          set(f, p, g, q, entry);
          set(f, q, g, p, entry);
          set(g, p, f, q, entry);
          set(g, q, f, p, entry);
        }
      }
    }

    private void set(int f, int p, int g, int q, double entry) {
      hessian.set((((long) f * c + p) * d + g) * c + q, entry);
    }
  }
}
