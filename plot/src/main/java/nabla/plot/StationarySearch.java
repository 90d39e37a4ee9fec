package nabla.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import nabla.optimize.Curvature.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Points of a plane where the gradient of a function is zero: Newton's method on the gradient, with
 * steps that are halved until the gradient becomes smaller, from the points of a grid at which it
 * is smaller than at their neighbours.
 */
final class StationarySearch {
  private static final int CELLS = 48;
  private static final int MOST_STEPS = 60;

  /** If there are more, they are not isolated, and none is shown. */
  private static final int MOST_DEGENERATE = 2;

  private final Section section;
  private final Range x;
  private final Range y;

  /** The gradient at the points of the grid; NaN where the function is not finite. */
  private final double[][][] gradients = new double[CELLS + 1][CELLS + 1][];

  private final double slope;
  private final double bend;
  private final double height;

  private StationarySearch(Section section, Range x, Range y) {
    this.section = section;
    this.x = x;
    this.y = y;
    for (int i = 0; i <= CELLS; i++) {
      for (int j = 0; j <= CELLS; j++) gradients[i][j] = gradient(point(i, j));
    }
    List<Point> samples = samples();
    this.slope = middle(samples.stream().mapToDouble(p -> norm(gradient(p))));
    this.bend = middle(samples.stream().mapToDouble(p -> largest(hessian(p))));
    this.height = middle(samples.stream().mapToDouble(p -> Math.abs(section.value(p.x(), p.y()))));
  }

  /** Those in a rectangle, from left to right; none if there are no second derivatives. */
  static List<StationaryPoint> find(Section section, Range x, Range y) {
    if (!section.field().hasHessian()) return List.of();
    StationarySearch search = new StationarySearch(section, x, y);
    if (!Double.isFinite(search.slope) || search.slope == 0) return List.of();
    return search.all();
  }

  private static double middle(DoubleStream numbers) {
    double[] sorted = numbers.filter(Double::isFinite).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  /** The size of a gradient by how much the function changes across the rectangle. */
  private double relative(double[] gradient) {
    return Math.hypot(gradient[0] * x.span(), gradient[1] * y.span());
  }

  private Point point(double i, double j) {
    return new Point(x.at(i / CELLS), y.at(j / CELLS));
  }

  private List<Point> samples() {
    List<Point> samples = new ArrayList<>();
    for (int i = 3; i < CELLS; i += 6) {
      for (int j = 3; j < CELLS; j += 6) samples.add(point(i, j));
    }
    return samples;
  }

  private List<Point> starts() {
    List<Point> starts = new ArrayList<>();
    for (int i = 0; i <= CELLS; i++) {
      for (int j = 0; j <= CELLS; j++) {
        if (isLeast(i, j)) starts.add(point(i, j));
        if (changes(i, j, 0) && changes(i, j, 1)) starts.add(point(i + 0.5, j + 0.5));
      }
    }
    return starts;
  }

  private boolean isLeast(int i, int j) {
    double own = relative(gradients[i][j]);
    if (Double.isNaN(own)) return false;
    for (int across = Math.max(0, i - 1); across <= Math.min(CELLS, i + 1); across++) {
      for (int up = Math.max(0, j - 1); up <= Math.min(CELLS, j + 1); up++) {
        if (relative(gradients[across][up]) < own) return false;
      }
    }
    return true;
  }

  /** Whether an entry of the gradient has both signs at the corners of a cell. */
  private boolean changes(int i, int j, int entry) {
    if (i == CELLS || j == CELLS) return false;
    boolean up = false;
    boolean down = false;
    for (int corner = 0; corner < 4; corner++) {
      double slope = gradients[i + corner / 2][j + corner % 2][entry];
      up |= slope > 0;
      down |= slope < 0;
    }
    return up && down;
  }

  private List<StationaryPoint> all() {
    List<StationaryPoint> found = new ArrayList<>();
    for (Point start : starts()) {
      Point end = newton(start);
      if (end == null || !x.contains(end.x()) || !y.contains(end.y())) continue;
      if (!isSmooth(end)) continue;
      if (found.stream().anyMatch(other -> areSame(other.at(), end))) continue;
      double value = section.value(end.x(), end.y());
      if (!Double.isFinite(value)) continue;
      if (Math.abs(value) <= 1e-12 * height) value = 0; // but for rounding
      found.add(new StationaryPoint(cleared(end), value, kind(hessian(end))));
    }
    if (found.stream().filter(p -> p.kind() == Kind.FLAT).count() > MOST_DEGENERATE) {
      found.removeIf(p -> p.kind() == Kind.FLAT);
    }
    found.sort(Comparator.comparingDouble((StationaryPoint p) -> p.at().x()));
    return found;
  }

  /** Whether the gradient is small around a point as well; at a kink it only says zero. */
  private boolean isSmooth(Point p) {
    double expected = 1e-4 * largest(hessian(p)) * Math.max(x.span(), y.span());
    for (int side = -1; side <= 1; side += 2) {
      Point near = p.plus(side * 1e-5 * x.span(), side * 2e-5 * y.span());
      if (norm(gradient(near)) > Math.max(1e-2 * slope, expected)) return false;
    }
    return true;
  }

  private boolean areSame(Point a, Point b) {
    return Math.abs(a.x() - b.x()) < 1e-3 * x.span() && Math.abs(a.y() - b.y()) < 1e-3 * y.span();
  }

  /** What is zero but for rounding. */
  private Point cleared(Point p) {
    double across = Math.abs(p.x()) < 1e-9 * x.span() ? 0 : p.x();
    return new Point(across, Math.abs(p.y()) < 1e-9 * y.span() ? 0 : p.y());
  }

  private double[] gradient(Point p) {
    return section.gradient(p.x(), p.y());
  }

  private double[][] hessian(Point p) {
    return section.hessian(p.x(), p.y());
  }

  /** Where it ends from a start; null if it does not converge, or leaves far. */
  private @Nullable Point newton(Point start) {
    Point now = start;
    double size = norm(gradient(now));
    if (size == 0) return now;
    for (int k = 0; k < MOST_STEPS && Double.isFinite(size); k++) {
      Point step = step(now);
      if (step == null) return null;
      boolean tiny = isTiny(step);
      if (tiny && size <= 1e-9 * slope) return now;
      Point next = shortened(now, step, size);
      if (next == null) return tiny && size <= 1e-6 * slope ? now : null;
      now = next;
      size = norm(gradient(now));
    }
    return null;
  }

  private boolean isTiny(Point step) {
    return Math.abs(step.x()) < 1e-6 * x.span() && Math.abs(step.y()) < 1e-6 * y.span();
  }

  /** The first of a step, its half, and so on, after which the gradient is smaller. */
  private @Nullable Point shortened(Point now, Point step, double size) {
    for (double share = 1; share > 1e-4; share /= 2) {
      Point next = now.plus(share * step.x(), share * step.y());
      if (norm(gradient(next)) < size) return next;
    }
    return null;
  }

  /** {@code -inv(H)*g} */
  private @Nullable Point step(Point at) {
    double[] g = gradient(at);
    double[][] h = hessian(at);
    double determinant = h[0][0] * h[1][1] - h[0][1] * h[1][0];
    double across = -(h[1][1] * g[0] - h[0][1] * g[1]) / determinant;
    double up = -(h[0][0] * g[1] - h[1][0] * g[0]) / determinant;
    return Double.isFinite(across) && Double.isFinite(up) ? new Point(across, up) : null;
  }

  private static double norm(double[] vector) {
    return Math.hypot(vector[0], vector[1]);
  }

  private static double largest(double[][] hessian) {
    return Arrays.stream(hessian).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElse(0);
  }

  /** The eigenvalues of a symmetric matrix of two rows, the smaller one first. */
  private static double[] eigenvalues(double[][] h) {
    double mean = (h[0][0] + h[1][1]) / 2;
    double radius = Math.hypot((h[0][0] - h[1][1]) / 2, h[0][1]);
    return new double[] {mean - radius, mean + radius};
  }

  private Kind kind(double[][] hessian) {
    double[] values = eigenvalues(hessian);
    double zero = 1e-6 * bend;
    if (Math.abs(values[0]) <= zero || Math.abs(values[1]) <= zero) return Kind.FLAT;
    if (values[0] > 0) return Kind.STRICT_MINIMUM;
    return values[1] < 0 ? Kind.MAXIMUM : Kind.SADDLE;
  }
}
