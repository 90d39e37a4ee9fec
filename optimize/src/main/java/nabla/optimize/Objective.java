package nabla.optimize;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.CompiledFunction;
import nabla.Evaluator;
import nabla.Expression;
import nabla.Output;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.optimize.Minimum.Status;
import nabla.optimize.Variables.Part;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/** A scalar function of some variables as one of a vector, within limits. */
final class Objective {
  /** Of more entries than that the Hessian is not formed. */
  private static final int MOST_SECOND = 400;

  /** Of more entries than that, one Hessian takes as long as dozens of gradients. */
  private static final int FEW = 50;

  /** Iterations of more than a few variables without the Hessian, before it is derived. */
  private static final int MOST_QUICK = 60;

  /** Iterations of many variables without second derivatives. */
  private static final int MOST_FIRST = 300;

  /** Of eigenvalues that differ by more, the gradient alone says little. */
  private static final double NEARLY_FLAT = 1e-8;

  /** How much lower that is, relative to the value. */
  private static final double HARDLY = 1e-6;

  private final Expression function;
  private final Map<String, NumericArray> data;
  private final Variables variables;
  private final Map<String, NumericArray> parameters;
  private final int threads;
  private final Evaluator slopes;
  private @Nullable Evaluator curvature;
  private final boolean hasKinks;
  final Box box;
  final int size;

  /**
   * @param data what never changes
   * @param parameters what {@link #set} changes
   */
  Objective(
      Expression function,
      Map<String, NumericArray> data,
      Variables variables,
      Map<String, NumericArray> parameters,
      Box box,
      int threads) {
    this.function = function;
    this.data = data;
    this.variables = variables;
    this.parameters = new LinkedHashMap<>(parameters);
    this.box = box;
    this.threads = threads;
    this.size = variables.size;
    this.slopes = evaluator(gradients());
    this.hasKinks = Kinks.isIn(function);
  }

  /**
   * Without limits or parameters.
   *
   * @param start the variables that move
   */
  Objective(
      Expression function,
      Map<String, NumericArray> data,
      Map<String, NumericArray> start,
      Options options) {
    this(function, data, new Variables(start), options);
  }

  private Objective(
      Expression function, Map<String, NumericArray> data, Variables variables, Options options) {
    this(function, data, variables, Map.of(), Box.everything(variables.size), options.threads());
  }

  private List<Output> gradients() {
    List<Output> outputs = new ArrayList<>(List.of(Output.value()));
    for (Part p : variables.parts) outputs.add(Output.gradient(p.name()));
    return outputs;
  }

  private Evaluator evaluator(List<Output> outputs) {
    return compiled(outputs).evaluator(point());
  }

  private Map<String, NumericArray> point() {
    Map<String, NumericArray> point = new LinkedHashMap<>(variables.start);
    point.putAll(parameters);
    return point;
  }

  private CompiledFunction compiled(List<Output> outputs) {
    CompiledFunction compiled =
        function.compile(outputs.toArray(Output[]::new)).withThreads(threads);
    for (Map.Entry<String, NumericArray> e : data.entrySet()) {
      compiled = compiled.bind(e.getKey(), e.getValue());
    }
    return compiled;
  }

  void set(String parameter, NumericArray value) {
    parameters.put(parameter, value);
    slopes.set(parameter, value.data());
    if (curvature != null) curvature.set(parameter, value.data());
  }

  /** The point within the limits that is nearest to where the variables start. */
  double[] start() {
    return box.nearest(variables.start());
  }

  /** Variables as one vector. */
  double[] point(Map<String, NumericArray> arrays) {
    return variables.point(arrays);
  }

  /** What a point stands for. */
  Map<String, NumericArray> variables(double[] point) {
    return variables.at(point);
  }

  /** The value at a point, and its gradient. */
  double value(double[] point, double[] gradient) {
    for (Part p : variables.parts) slopes.set(p.name(), p.of(point));
    slopes.run();
    for (Part p : variables.parts) {
      double[] own = new double[p.count()];
      slopes.copy(Output.gradient(p.name()), own);
      System.arraycopy(own, 0, gradient, p.begin(), p.count());
    }
    return slopes.value();
  }

  /**
   * Where it is least: by Newton's method; of more than a few entries, some iterations without
   * second derivatives come before; and of many, all.
   *
   * @param done how many iterations there were before
   */
  Outcome minimize(Iterate from, Limits limits, int done) {
    Outcome outcome = bySlopes(from, limits, done);
    while (hasKinks && outcome.status() == Status.CONVERGED) {
      Kinks kinks = new Kinks(this, outcome.last());
      Iterate lower = kinks.lower();
      if (lower == null) return kinks.isHere() ? outcome.ofUnknownKind() : outcome;
      int next = outcome.iterations() + 1;
      Status over = limits.reached(lower.number(next));
      if (over != null) return new Outcome(lower, over, Curvature.UNKNOWN, next);
      outcome = bySlopes(lower, limits, next);
    }
    return outcome;
  }

  /** Where the gradient that is computed is zero. */
  private Outcome bySlopes(Iterate from, Limits limits, int done) {
    if (size > MOST_SECOND) return many(from, limits, done);
    Iterate near = from;
    int iterations = done;
    if (size > FEW) {
      int quickly = Math.min(limits.iterations(), done + MOST_QUICK);
      Outcome quick = new LimitedMemory(this, from, limits.upTo(quickly)).minimize(done);
      near = quick.last();
      iterations = quick.iterations();
    }
    return hasHessian()
        ? new TrustRegion(this, near, limits).minimize(iterations)
        : many(near, limits, iterations);
  }

  /** Whether there is certainly no derivative at a point. */
  boolean isAtKink(Iterate at) {
    return hasKinks && new Kinks(this, at).isHere();
  }

  /** Many iterations without second derivatives mean that these are needed. */
  private Outcome many(Iterate from, Limits limits, int done) {
    int first = Math.min(limits.iterations(), done + MOST_FIRST);
    Outcome quick = new LimitedMemory(this, from, limits.upTo(first)).minimize(done);
    boolean over = quick.status() == Status.CONVERGED || quick.status() == Status.UNBOUNDED;
    if (over || quick.iterations() == limits.iterations() || !box.isEverything()) return quick;
    HessianProduct product = HessianProduct.of(function, data, variables, parameters, threads);
    return product == null
        ? new LimitedMemory(this, quick.last(), limits).minimize(quick.iterations())
        : new TruncatedNewton(this, product, quick.last(), limits).minimize(quick.iterations());
  }

  /** Whether there are second derivatives, and few enough to be formed. */
  boolean isSecondOrder() {
    return size <= MOST_SECOND && hasHessian();
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

  /**
   * Whether a convex function with a gradient that is nearly zero is hardly lower anywhere. Where
   * it is nearly flat, it may well be. Without second derivatives the gradient alone decides.
   */
  boolean isLeast(Iterate at, Curvature curvature) {
    boolean curved = curvature.smallest() > NEARLY_FLAT * curvature.largest();
    if (curved || Double.isNaN(curvature.smallest()) || !isSecondOrder()) return true;
    double[][] hessian = hessian(at.point);
    if (!Vectors.areFinite(hessian)) return true;
    double gap = new QuadraticModel(hessian, at.gradient).gap(Vectors.norm(at.point));
    return gap <= HARDLY * Math.max(1, Math.abs(at.value));
  }

  /** The blocks on and above the diagonal, row by row. */
  private List<Output> blocks() {
    List<Output> blocks = new ArrayList<>();
    for (int i = 0; i < variables.parts.size(); i++) {
      for (int j = i; j < variables.parts.size(); j++) {
        blocks.add(Output.hessian(variables.parts.get(i).name(), variables.parts.get(j).name()));
      }
    }
    return blocks;
  }

  /** The Hessian at a point, by rows; only in Newton's method. */
  double[][] hessian(double[] point) {
    if (curvature == null) throw new IllegalStateException("no Hessian");
    for (Part p : variables.parts) curvature.set(p.name(), p.of(point));
    curvature.run();
    double[][] hessian = new double[size][size];
    for (int i = 0; i < variables.parts.size(); i++) {
      for (int j = i; j < variables.parts.size(); j++) {
        Part row = variables.parts.get(i);
        Part column = variables.parts.get(j);
        NumericArray block = curvature.get(Output.hessian(row.name(), column.name())).dense();
        copy(block.data(), row, column, hessian);
      }
    }
    return hessian;
  }

  /** The quadratic model at a point; null where the Hessian is not finite. */
  @Nullable SpectralModel spectrum(Iterate at) {
    double[][] hessian = hessian(at.point);
    return Vectors.areFinite(hessian) ? new SpectralModel(hessian, at.gradient) : null;
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
}
