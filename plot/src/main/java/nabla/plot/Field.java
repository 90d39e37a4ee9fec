package nabla.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.CompiledFunction;
import nabla.Evaluator;
import nabla.Expression;
import nabla.Output;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.Cancellation;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/** A scalar function of some variables as one of their entries, one behind the other. */
final class Field {
  /** Where the entries of a variable are among all. */
  private record Part(String name, NumericArray array, int begin) {
    int count() {
      return array.count();
    }

    double[] of(double[] all) {
      return Arrays.copyOfRange(all, begin, begin + count());
    }
  }

  private final Expression function;
  private final Map<String, NumericArray> data;
  private final Map<String, NumericArray> moving;
  private final List<Part> parts = new ArrayList<>();
  private final Evaluator values;
  private @Nullable Evaluator slopes;
  private @Nullable Evaluator curvature;
  final int size;

  /**
   * @param data what does not move
   * @param moving what moves, in the order of the function, with its sizes
   */
  Field(Expression function, Map<String, NumericArray> data, Map<String, NumericArray> moving) {
    this.function = function;
    this.data = data;
    this.moving = moving;
    int begin = 0;
    for (Map.Entry<String, NumericArray> e : moving.entrySet()) {
      NumericArray array = e.getValue();
      parts.add(new Part(e.getKey(), array, begin));
      begin += array.count();
    }
    this.size = begin;
    this.values = evaluator(List.of(Output.value()));
  }

  private Evaluator evaluator(List<Output> outputs) {
    CompiledFunction compiled = function.compile(outputs.toArray(Output[]::new));
    for (Map.Entry<String, NumericArray> e : data.entrySet()) {
      compiled = compiled.bind(e.getKey(), e.getValue());
    }
    return compiled.evaluator(moving);
  }

  /** An evaluation does not end early, but there are many. */
  private void run(Evaluator evaluator, double[] point) {
    Cancellation.check();
    for (Part p : parts) evaluator.set(p.name(), p.of(point));
    evaluator.run();
  }

  double value(double[] point) {
    run(values, point);
    return values.value();
  }

  double[] gradient(double[] point) {
    if (slopes == null) {
      slopes = evaluator(parts.stream().map(p -> Output.gradient(p.name())).toList());
    }
    run(slopes, point);
    double[] gradient = new double[size];
    for (Part p : parts) {
      double[] own = new double[p.count()];
      slopes.copy(Output.gradient(p.name()), own);
      System.arraycopy(own, 0, gradient, p.begin(), p.count());
    }
    return gradient;
  }

  /** Whether there are second derivatives, as far as the operations of the function tell. */
  boolean hasHessian() {
    if (curvature != null) return true;
    try {
      curvature = evaluator(blocks());
      return true;
    } catch (NablaException e) {
      if (e.diagnostic().code() != Code.UNSUPPORTED) throw e;
      return false;
    }
  }

  /** The blocks on and above the diagonal, row by row. */
  private List<Output> blocks() {
    List<Output> blocks = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      for (Part column : parts.subList(i, parts.size())) {
        blocks.add(Output.hessian(parts.get(i).name(), column.name()));
      }
    }
    return blocks;
  }

  /**
   * {@code d'*H*e} for every two of some directions; only if {@link #hasHessian}.
   *
   * @param directions each as long as a point
   */
  double[][] curvature(double[] point, double[][] directions) {
    if (curvature == null) throw new IllegalStateException("no Hessian");
    run(curvature, point);
    double[][] sums = new double[directions.length][directions.length];
    for (int i = 0; i < parts.size(); i++) {
      for (Part column : parts.subList(i, parts.size())) {
        Part row = parts.get(i);
        Output block = Output.hessian(row.name(), column.name());
        add(curvature.get(block).dense().data(), row, column, directions, sums);
      }
    }
    return sums;
  }

  private static void add(
      double[] block, Part row, Part column, double[][] directions, double[][] sums) {
    boolean diagonal = row.begin() == column.begin();
    for (int a = 0; a < directions.length; a++) {
      for (int b = 0; b < directions.length; b++) {
        double product = product(block, row.of(directions[a]), column.of(directions[b]));
        sums[a][b] += product;
        if (!diagonal) sums[b][a] += product;
      }
    }
  }

  private static double product(double[] block, double[] left, double[] right) {
    double sum = 0;
    for (int r = 0; r < left.length; r++) {
      if (left[r] == 0) continue;
      for (int c = 0; c < right.length; c++)
        sum += left[r] * block[r * right.length + c] * right[c];
    }
    return sum;
  }

  /**
   * The entries of a point, one behind the other.
   *
   * @param point zero for the variables that it has not
   * @throws NablaException with {@link Code#VALUE} if a variable has another number of entries
   */
  double[] entries(Map<String, NumericArray> point) {
    double[] entries = new double[size];
    for (Part p : parts) {
      NumericArray own = point.get(p.name());
      if (own == null) continue;
      if (own.count() != p.count()) {
        throw new NablaException(
            Code.VALUE,
            "%s has %d entries, but %d are given".formatted(p.name(), p.count(), own.count()));
      }
      System.arraycopy(own.data(), 0, entries, p.begin(), p.count());
    }
    return entries;
  }

  /** The variables at a point. */
  Map<String, NumericArray> arrays(double[] point) {
    Map<String, NumericArray> arrays = new LinkedHashMap<>();
    for (Part p : parts) arrays.put(p.name(), NumericArray.of(p.array().shape(), p.of(point)));
    return arrays;
  }

  /** What an entry is called, counted over all variables: {@code x}, {@code x[2]}. */
  String name(int entry) {
    for (Part p : parts) {
      if (entry >= p.begin() + p.count()) continue;
      int[] index = new int[p.array().rank()];
      int rest = entry - p.begin();
      for (int axis = index.length - 1; axis >= 0; axis--) {
        index[axis] = rest % p.array().size(axis) + 1;
        rest /= p.array().size(axis);
      }
      if (index.length == 0) return p.name();
      return p.name() + Arrays.toString(index).replace(", ", ",");
    }
    throw new IllegalArgumentException("no entry " + entry);
  }

  /** The variables that move, as in {@code x and y}. */
  String names() {
    List<String> names = parts.stream().map(Part::name).toList();
    if (names.size() == 1) return names.getFirst();
    return String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
  }
}
