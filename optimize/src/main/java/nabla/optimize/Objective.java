package nabla.optimize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nabla.CompiledFunction;
import nabla.Evaluator;
import nabla.Expression;
import nabla.Output;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/** A scalar function of some variables as one of a vector: their entries one behind the other. */
final class Objective {
  /** Where the entries of a variable are in the vector. */
  private record Part(String name, NumericArray start, int begin) {
    int count() {
      return start.count();
    }

    double[] of(double[] all) {
      return Arrays.copyOfRange(all, begin, begin + count());
    }
  }

  private final Expression function;
  private final Map<String, NumericArray> data;
  private final Map<String, NumericArray> start;
  private final int threads;
  private final List<Part> parts = new ArrayList<>();
  private final Evaluator slopes;
  private @Nullable Evaluator curvature;
  final int size;

  /**
   * @param data what does not move
   * @param start the variables that move
   */
  Objective(
      Expression function,
      Map<String, NumericArray> data,
      Map<String, NumericArray> start,
      Options options) {
    this.function = function;
    this.data = data;
    this.start = start;
    this.threads = options.threads();
    int begin = 0;
    List<Output> outputs = new ArrayList<>(List.of(Output.value()));
    for (Map.Entry<String, NumericArray> e : start.entrySet()) {
      Part part = new Part(e.getKey(), e.getValue(), begin);
      parts.add(part);
      outputs.add(Output.gradient(e.getKey()));
      begin += part.count();
    }
    this.size = begin;
    this.slopes = evaluator(outputs);
  }

  private Evaluator evaluator(List<Output> outputs) {
    CompiledFunction compiled =
        function.compile(outputs.toArray(Output[]::new)).withThreads(threads);
    for (Map.Entry<String, NumericArray> e : data.entrySet()) {
      compiled = compiled.bind(e.getKey(), e.getValue());
    }
    return compiled.evaluator(start);
  }

  double[] start() {
    return point(start);
  }

  /** Variables as one vector. */
  double[] point(Map<String, NumericArray> variables) {
    double[] all = new double[size];
    for (Part p : parts) {
      double[] entries = Objects.requireNonNull(variables.get(p.name())).data();
      System.arraycopy(entries, 0, all, p.begin(), p.count());
    }
    return all;
  }

  /** The value at a point, and its gradient. */
  double value(double[] point, double[] gradient) {
    for (Part p : parts) slopes.set(p.name(), p.of(point));
    slopes.run();
    for (Part p : parts) {
      double[] own = new double[p.count()];
      slopes.copy(Output.gradient(p.name()), own);
      System.arraycopy(own, 0, gradient, p.begin(), p.count());
    }
    return slopes.value();
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
      for (int j = i; j < parts.size(); j++) {
        blocks.add(Output.hessian(parts.get(i).name(), parts.get(j).name()));
      }
    }
    return blocks;
  }

  /** The Hessian at a point, by rows; only if {@link #hasHessian}. */
  double[][] hessian(double[] point) {
    if (curvature == null) throw new IllegalStateException("no Hessian");
    for (Part p : parts) curvature.set(p.name(), p.of(point));
    curvature.run();
    double[][] hessian = new double[size][size];
    for (int i = 0; i < parts.size(); i++) {
      for (int j = i; j < parts.size(); j++) {
        Part row = parts.get(i);
        Part column = parts.get(j);
        NumericArray block = curvature.get(Output.hessian(row.name(), column.name())).dense();
        copy(block.data(), row, column, hessian);
      }
    }
    return hessian;
  }

  private static void copy(double[] block, Part row, Part column, double[][] into) {
    for (int r = 0; r < row.count(); r++) {
      for (int c = 0; c < column.count(); c++) {
        double entry = block[r * column.count() + c];
        into[row.begin() + r][column.begin() + c] = entry;
        into[column.begin() + c][row.begin() + r] = entry;
      }
    }
  }

  /** The variables that a point stands for. */
  Map<String, NumericArray> variables(double[] point) {
    Map<String, NumericArray> arrays = new LinkedHashMap<>();
    for (Part p : parts) arrays.put(p.name(), NumericArray.of(p.start().shape(), p.of(point)));
    return arrays;
  }
}
