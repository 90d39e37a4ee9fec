package nabla.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import nabla.Expression;
import nabla.Symbol;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import nabla.optimize.Iteration;
import nabla.optimize.Minimization;
import nabla.optimize.Options;
import nabla.tensor.NumericArray;

/**
 * The question what a scalar function looks like. It never changes: what adds to it makes a new
 * one.
 *
 * <pre>{@code
 * Plot.of(Nabla.parse("100*(x[2] - x[1]^2)^2 + (1 - x[1])^2", "x: vector[2]"), "x")
 *     .from("x", NumericArray.vector(-1.2, 1))
 *     .draw(Plot.Kind.CONTOUR)
 *     .write(Path.of("rosenbrock.svg"));
 * }</pre>
 */
public final class Plot {
  /** What is drawn of a function. */
  public enum Kind {
    /** Lines of equal value of a function of two numbers, its gradient, its stationary points. */
    CONTOUR,
    /** A function of two numbers from above and the side. */
    SURFACE,
    /** A function of one number, and its derivative. */
    CURVE,
    /** A function of many numbers along one or two directions. */
    SLICE,
    /** How a minimisation approached the least value. */
    CONVERGENCE,
    /** How the errors of Taylor expansions fall with the step: a test of the derivatives. */
    TAYLOR;

    /** The kind as options and the JSON contract spell it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind with this label.
     *
     * @throws NablaException with {@link Code#REQUEST} if there is none
     */
    public static Kind of(String label) {
      for (Kind kind : values()) if (kind.label().equals(label)) return kind;
      String all = Arrays.stream(values()).map(Kind::label).collect(Collectors.joining(", "));
      throw new NablaException(Code.REQUEST, "there is no kind " + label + "; it is " + all);
    }
  }

  private final Expression function;
  private final List<String> over;
  private final Map<String, NumericArray> data;
  private final Map<String, NumericArray> start;
  private final Map<String, NumericArray> centre;
  private final Map<String, NumericArray> directions;
  private final Map<String, Range> ranges;
  private final Options options;

  private Plot(
      Expression function,
      List<String> over,
      Map<String, NumericArray> data,
      Map<String, NumericArray> start,
      Map<String, NumericArray> centre,
      Map<String, NumericArray> directions,
      Map<String, Range> ranges,
      Options options) {
    this.function = function;
    this.over = over;
    this.data = data;
    this.start = start;
    this.centre = centre;
    this.directions = directions;
    this.ranges = ranges;
    this.options = options;
  }

  /**
   * A function of some variables.
   *
   * @throws NablaException with {@link Code#KIND} if the function is no scalar; with {@link
   *     Code#WRT} if it has no such variable; with {@link Code#UNSUPPORTED} if a variable has
   *     properties
   */
  public static Plot of(Expression function, String... over) {
    if (!function.shape().isEmpty()) {
      throw new NablaException(
          Code.KIND, "the function is a " + function.kind() + "; only a scalar can be drawn");
    }
    if (over.length == 0) {
      throw new NablaException(Code.WRT, "name the variables that move");
    }
    for (String name : over) {
      Symbol s = symbol(function, name);
      if (s.properties().isEmpty()) continue;
      String property = s.properties().iterator().next().label();
      throw new NablaException(
          Code.UNSUPPORTED,
          name + " is declared " + property + ": functions of such are not drawn");
    }
    Map<String, NumericArray> none = Map.of();
    return new Plot(function, List.of(over), none, none, none, none, Map.of(), Options.usual());
  }

  /**
   * What a minimisation from a start looked like: contour lines with its path for two numbers, a
   * curve with its path for one, its convergence for more.
   *
   * @param data what does not move
   * @param start where it began; empty for the start that it chooses itself
   */
  public static Picture ofMinimization(
      Expression function,
      List<String> over,
      Map<String, NumericArray> data,
      Map<String, NumericArray> start,
      Options options) {
    Plot plot = of(function, over.toArray(String[]::new)).with(options);
    for (Map.Entry<String, NumericArray> e : data.entrySet()) {
      plot = plot.bind(e.getKey(), e.getValue());
    }
    for (Map.Entry<String, NumericArray> e : start.entrySet()) {
      plot = plot.from(e.getKey(), e.getValue());
    }
    Field field = plot.field(0);
    int size = field.size;
    if (start.isEmpty()) plot = plot.from(field.arrays(plot.minimize().start()));
    return plot.draw(size == 1 ? Kind.CURVE : size == 2 ? Kind.CONTOUR : Kind.CONVERGENCE);
  }

  private static Symbol symbol(Expression function, String name) {
    return function.variables().stream()
        .filter(s -> s.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new NablaException(Code.WRT, name + " is no variable of the function"));
  }

  /** The same where a variable that does not move has a value. */
  public Plot bind(String name, NumericArray value) {
    symbol(function, name);
    Map<String, NumericArray> all = with(data, name, value);
    return new Plot(function, over, all, start, centre, directions, ranges, options);
  }

  /** The same with a point from which it is minimised; the path is drawn. */
  public Plot from(String name, NumericArray value) {
    Map<String, NumericArray> all = with(start, name, value);
    return new Plot(function, over, data, all, centre, directions, ranges, options);
  }

  private Plot from(Map<String, NumericArray> all) {
    return new Plot(function, over, data, all, centre, directions, ranges, options);
  }

  /** The same with a point that is shown, through which a slice goes, where it is expanded. */
  public Plot at(String name, NumericArray value) {
    Map<String, NumericArray> all = with(centre, name, value);
    return new Plot(function, over, data, start, all, directions, ranges, options);
  }

  /**
   * The same with a direction of a slice, or of an expansion; without one it is random.
   *
   * @param name what it is called in the picture
   * @param direction as many entries as the variables have together
   */
  public Plot along(String name, NumericArray direction) {
    Map<String, NumericArray> all = with(directions, name, direction);
    return new Plot(function, over, data, start, centre, all, ranges, options);
  }

  /**
   * The same where an axis shows these numbers.
   *
   * @param name of a scalar, an entry such as {@code x[2]}, a vector for all its entries, or a
   *     direction
   */
  public Plot range(String name, Range range) {
    Map<String, Range> all = with(ranges, name, range);
    return new Plot(function, over, data, start, centre, directions, all, options);
  }

  /** The same with other options of the minimisation, the seed of random directions among them. */
  public Plot with(Options other) {
    return new Plot(function, over, data, start, centre, directions, ranges, other);
  }

  private static <T> Map<String, T> with(Map<String, T> map, String name, T value) {
    Map<String, T> all = new LinkedHashMap<>(map);
    all.put(name, value);
    return all;
  }

  /** A curve of a function of one number, contour lines of one of two numbers. */
  public Picture draw() {
    int size = field(2).size;
    if (size > 2) throw tooMany(size);
    return draw(size == 1 ? Kind.CURVE : Kind.CONTOUR);
  }

  /**
   * The picture.
   *
   * @throws NablaException with {@link Code#REQUEST} if the function has too many variables for it;
   *     with {@link Code#VALUE} if data are missing or do not fit; with {@link Code#DOMAIN} if the
   *     function has no finite value in it
   */
  public Picture draw(Kind kind) {
    requireUse(kind);
    return switch (kind) {
      case CONTOUR -> ContourPlot.draw(this, Plane.whole(this, field(2)));
      case SURFACE -> SurfacePlot.draw(this, Plane.whole(this, field(2)));
      case CURVE -> CurvePlot.draw(this, Line.whole(this, field(1)));
      case SLICE ->
          directions.size() == 1
              ? CurvePlot.draw(this, Line.slice(this, field(0)))
              : ContourPlot.draw(this, Plane.slice(this, field(0)));
      case CONVERGENCE -> ConvergencePlot.draw(this);
      case TAYLOR -> TaylorPlot.draw(this, TaylorTest.of(this, field(3)));
    };
  }

  /** What a picture would not show must not be asked for. */
  private void requireUse(Kind kind) {
    if (!directions.isEmpty() && kind != Kind.SLICE && kind != Kind.TAYLOR) {
      throw new NablaException(
          Code.REQUEST, "directions are of slices and Taylor tests (--kind slice, --kind taylor)");
    }
    if (!ranges.isEmpty() && (kind == Kind.CONVERGENCE || kind == Kind.TAYLOR)) {
      throw new NablaException(Code.REQUEST, "this kind of picture chooses its ranges itself");
    }
  }

  static NablaException tooMany(int size) {
    return new NablaException(
        new Diagnostic(
            Code.REQUEST,
            "a picture has at most two axes, but " + size + " numbers move",
            Span.NONE,
            "",
            "a slice shows two directions (--kind slice); data make variables stand still"));
  }

  /**
   * The function as one of numbers.
   *
   * @param usual what a size is that nothing tells; 0 if there is no such
   */
  Field field(int usual) {
    Map<String, NumericArray> known = new LinkedHashMap<>(data);
    known.putAll(start);
    known.putAll(centre);
    Sizes sizes = new Sizes(function, known);
    Map<String, NumericArray> moving = sizes.zeros(over, usual);
    try {
      return new Field(function, data, moving);
    } catch (NablaException e) {
      throw sizes.explained(e);
    }
  }

  String formula() {
    return function.unicode();
  }

  boolean hasStart() {
    return !start.isEmpty();
  }

  Options options() {
    return options;
  }

  Map<String, NumericArray> directions() {
    return directions;
  }

  Map<String, Range> ranges() {
    return ranges;
  }

  /** The point that is looked at; empty if none is given. */
  Map<String, NumericArray> centre() {
    return centre;
  }

  /** By iterations, also where there is a formula: what is drawn are these. */
  Descent minimize() {
    Minimization asked =
        Minimization.of(function, over.toArray(String[]::new)).with(options).byIterations();
    for (Map.Entry<String, NumericArray> e : data.entrySet()) {
      asked = asked.bind(e.getKey(), e.getValue());
    }
    for (Map.Entry<String, NumericArray> e : start.entrySet()) {
      asked = asked.from(e.getKey(), e.getValue());
    }
    List<Iteration> iterations = new ArrayList<>();
    return new Descent(iterations, asked.minimize(iterations::add));
  }
}
