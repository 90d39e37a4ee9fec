package nabla.bench.compare;

import static nabla.bench.compare.Blas.PLAIN;
import static nabla.bench.compare.Blas.TRANSPOSED;
import static nabla.bench.compare.Transposition.TILE;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A quadratic form whose matrix is not symmetric. */
record QuadraticForm() implements Problem {
  @Override
  public String name() {
    return "quadratic";
  }

  @Override
  public String formula() {
    return "x'*A*x";
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
    return new Data.Draws().normal("A", 1, n, n).normal("x", 1, n).done();
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
    private final Array a;
    private final Array x;
    private final Array product;
    private final RowPass pass;

    /** For each member a tile of A'. */
    private final Array tiles;

    private final Array value = Array.of(1);
    private final Array gradient;
    private final Array hessian;

    ByHand(Data data, Team team) {
      this.team = team;
      a = data.get("A");
      x = data.get("x");
      n = Math.toIntExact(x.count());
      product = Array.of(n);
      pass = new RowPass(team, n, n);
      tiles = Array.of(team.size(), TILE, TILE);
      gradient = Array.of(n);
      hessian = Array.of(n, n);
    }

    List<Array> value() {
      team.rows(n, n, this::multiply);
      value.set(0, Kernels.dot(x.address(), product.address(), n));
      return List.of(value);
    }

    private void multiply(int member, int from, int to) {
      Blas.gemv(PLAIN, to - from, n, 1, a.at((long) from * n), x.address(), 0, product.at(from));
    }

    /** (A + A')x. */
    List<Array> gradient() {
      pass.run(gradient, this::block);
      Blas.axpy(n, 1, product.address(), gradient.address());
      return List.of(gradient);
    }

    private void block(int member, int from, int to, long sum) {
      int rows = to - from;
      long block = a.at((long) from * n);
      Blas.gemv(PLAIN, rows, n, 1, block, x.address(), 0, product.at(from));
      Blas.gemv(TRANSPOSED, rows, n, 1, block, x.at(from), 1, sum);
    }

    List<Array> hessian() {
      team.rows((n + TILE - 1) / TILE, (long) TILE * n, this::addTransposed);
      return List.of(hessian);
    }

    private void addTransposed(int member, int from, int to) {
      long stride = 8L * n;
      long tile = tiles.at((long) member * TILE * TILE);
      for (int top = from * TILE; top < Math.min(n, to * TILE); top += TILE) {
        int height = Math.min(TILE, n - top);
        for (int left = 0; left < n; left += TILE) {
          int width = Math.min(TILE, n - left);
          long mirrored = a.at((long) left * n + top);
          Transposition.tile(mirrored, stride, width, height, tile, 8L * TILE);
          for (int i = 0; i < height; i++) {
            long at = (long) (top + i) * n + left;
            Kernels.add(a.at(at), tile + 8L * TILE * i, hessian.at(at), width);
          }
        }
      }
    }
  }
}
