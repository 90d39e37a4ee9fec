package nabla.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Whether formulas in the entries of variables, each a number by itself, are the entries of a
 * function of given sizes, and their partial derivatives; those are found by central differences.
 */
public final class PartialsCheck {
  private static final int POINTS = 2;
  private static final double SAME = 2e-6;
  private static final double DOUBTS = 100;
  private static final double CLOSEST_KINK = 0.02;

  /** One entry of a variable, by its place in row-major order. */
  public record Place(String variable, int entry) {}

  private final Variable x;
  private final Map<String, Place> places;
  private final List<Station> stations = new ArrayList<>();

  /**
   * A point and what was found there.
   *
   * @param doubt how far off a partial derivative may be
   * @param partials for each entry of the variable, the derivative of each entry of the function
   */
  private record Station(
      Binding at,
      NumericArray value,
      double noise,
      List<NumericArray> partials,
      double scale,
      double doubt) {}

  /**
   * Looks for points.
   *
   * @param variables all of the function, with the properties that points have
   * @param sizes a number for every name of a size
   * @param places which entry each name in the formulas is
   */
  public PartialsCheck(
      Tensor function,
      Variable x,
      List<Variable> variables,
      Map<String, Integer> sizes,
      Map<String, Place> places,
      long seed) {
    this.x = x;
    this.places = Map.copyOf(places);
    for (int attempt = 0; attempt < SamplePoints.ATTEMPTS && stations.size() < POINTS; attempt++) {
      Binding at = SamplePoints.draw(variables, sizes, seed, attempt);
      Station station = station(function, at);
      if (station != null) stations.add(station);
    }
  }

  /** Whether there are points to check at. */
  public boolean hasPoints() {
    return !stations.isEmpty();
  }

  private @Nullable Station station(Tensor function, Binding at) {
    try {
      var interpreter = new ReferenceInterpreter(function, at.sizes());
      Evaluation here = interpreter.evaluate(at.variables());
      if (!here.value().isFinite() || here.distanceToKink() < CLOSEST_KINK) return null;
      NumericArray point = Objects.requireNonNull(at.variables().get(x.name()));
      var difference = new FiniteDifference(here, x, point, Directions.ENTRIES);
      List<NumericArray> partials = new ArrayList<>();
      double scale = 0;
      double doubt = 0;
      for (int k = 0; k < point.count(); k++) {
        double[] far = difference.byEntry(k, FiniteDifference.FAR);
        double[] near = difference.byEntry(k, FiniteDifference.NEAR);
        if (far == null || near == null) return null;
        partials.add(NumericArray.of(here.value().shape(), far));
        for (int e = 0; e < far.length; e++) {
          scale = Math.max(scale, Math.abs(far[e]));
          doubt = Math.max(doubt, Math.abs(far[e] - near[e]));
        }
      }
      double noise = RoundingNoise.of(interpreter, at, here.value(), 1, 1);
      double rounding = FiniteDifference.rounding(here.value(), noise);
      boolean reliable =
          doubt <= FiniteDifference.RELIABLE * scale + FiniteDifference.ROUNDINGS * rounding;
      if (!reliable) return null;
      return new Station(at, here.value(), noise, partials, scale, DOUBTS * (doubt + rounding));
    } catch (NablaException tooLarge) {
      return null;
    }
  }

  /** Whether formulas are the entries of the function, in row-major order. */
  public boolean areValues(List<Tensor> formulas) {
    return stations.stream()
        .allMatch(
            s -> {
              double scale = s.value().largest();
              for (int k = 0; k < formulas.size(); k++) {
                double off = Math.abs(number(formulas.get(k), s) - s.value().data()[k]);
                if (!(off <= 1e-9 * scale + s.noise())) return false;
              }
              return true;
            });
  }

  /**
   * Whether a formula is the derivative of an entry of the function by an entry of the variable.
   */
  public boolean isPartial(int of, int by, Tensor formula) {
    return stations.stream()
        .allMatch(s -> isNear(number(formula, s), s.partials().get(by).data()[of], s));
  }

  /**
   * Whether a formula has all partial derivatives in their places.
   *
   * @param formula in the entries of the variables, or in the variables
   * @param order where among its axes those of the variable stand, then those of the function
   */
  public boolean areAll(Tensor formula, List<Integer> order) {
    return stations.stream()
        .allMatch(
            s -> {
              NumericArray found =
                  ReferenceInterpreter.evaluate(
                      Tensors.permute(formula, order), new Binding(s.at().sizes(), numbers(s)));
              int own = s.value().count();
              if (found.count() != own * s.partials().size()) return false;
              for (int k = 0; k < found.count(); k++) {
                double expected = s.partials().get(k / own).data()[k % own];
                if (!isNear(found.data()[k], expected, s)) return false;
              }
              return true;
            });
  }

  private static boolean isNear(double found, double expected, Station s) {
    return Math.abs(found - expected) <= SAME * s.scale() + s.doubt();
  }

  private double number(Tensor formula, Station s) {
    return ReferenceInterpreter.evaluate(formula, new Binding(Map.of(), numbers(s))).data()[0];
  }

  private Map<String, NumericArray> numbers(Station s) {
    Map<String, NumericArray> numbers = new LinkedHashMap<>(s.at().variables());
    places.forEach(
        (name, place) -> {
          NumericArray all = Objects.requireNonNull(s.at().variables().get(place.variable()));
          numbers.put(name, NumericArray.scalar(all.data()[place.entry()]));
        });
    return numbers;
  }
}
