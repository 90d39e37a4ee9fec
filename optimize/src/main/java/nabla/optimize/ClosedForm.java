package nabla.optimize;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import nabla.CompiledFunction;
import nabla.Expression;
import nabla.Output;
import nabla.Symbol;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;

/**
 * The point where the gradient is zero as formulas of the data. One variable after the other is
 * eliminated: it is solved for, and its formula takes its place in the function.
 */
final class ClosedForm {
  private static final List<Function<Unknown, Optional<Solution>>> RECOGNISERS =
      List.of(
          AffineGradient::of, AffineMultiple::of, RayleighQuotient::of, OrthogonalProcrustes::of);

  private final List<Solution> solutions;

  /** In terms of the data alone. */
  private final Map<String, Expression> formulas = new LinkedHashMap<>();

  private ClosedForm(List<Solution> solutions, List<String> over) {
    this.solutions = solutions;
    Map<String, Expression> done = new LinkedHashMap<>();
    for (Solution s : solutions.reversed()) {
      Expression formula = s.formula();
      for (Map.Entry<String, Expression> known : done.entrySet()) {
        formula = Polynomials.where(formula, known.getKey(), known.getValue());
      }
      done.put(s.variable(), formula);
    }
    for (String name : over) formulas.put(name, Objects.requireNonNull(done.get(name)));
  }

  /**
   * Nothing if there is none for some variable, none that minds what is declared, or none that can
   * be written.
   */
  static Optional<ClosedForm> of(Expression function, List<String> over) {
    for (Symbol s : function.variables()) {
      if (over.contains(s.name()) && !Unknown.allows(s.variable())) return Optional.empty();
    }
    try {
      List<Solution> solutions = new ArrayList<>();
      List<String> left = new ArrayList<>(over);
      Expression rest = function;
      while (!left.isEmpty()) {
        Solution next = next(rest, left);
        if (next == null) return Optional.empty();
        solutions.add(solutions.isEmpty() ? next : next.after(rest, solutions.getLast()));
        left.remove(next.variable());
        rest = Polynomials.where(rest, next.variable(), next.formula());
      }
      return Optional.of(new ClosedForm(solutions, over));
    } catch (NablaException e) {
      return Optional.empty(); // no second derivative, or a formula that is too long to be read
    }
  }

  /** A variable whose formula has none of the others, if there is one. */
  private static @Nullable Solution next(Expression function, List<String> over) {
    Solution found = null;
    for (Unknown unknown : unknowns(function, over)) {
      Solution solution = solve(unknown);
      if (solution == null) continue;
      if (over.stream().noneMatch(solution.formula()::mentions)) return solution;
      if (found == null) found = solution;
    }
    return found;
  }

  /** Numbers first: their formulas are the shortest. */
  private static List<Unknown> unknowns(Expression function, List<String> over) {
    return function.variables().stream()
        .filter(s -> over.contains(s.name()) && function.mentions(s.name()))
        .map(s -> new Unknown(function, s.variable()))
        .sorted(Comparator.comparingInt(u -> u.variable().rank()))
        .toList();
  }

  private static @Nullable Solution solve(Unknown unknown) {
    for (Function<Unknown, Optional<Solution>> recogniser : RECOGNISERS) {
      Optional<Solution> solution = recogniser.apply(unknown);
      if (solution.isPresent() && !solution.get().formula().mentions(unknown.name())) {
        return solution.get();
      }
    }
    return null;
  }

  /** Whether there must be no other point that is as good nearby. */
  boolean isUnique() {
    return solutions.stream().allMatch(Solution::unique);
  }

  /** Why there are formulas, in a few words. */
  String why() {
    return String.join(", ", solutions.stream().map(Solution::why).toList());
  }

  Map<String, String> formulas() {
    Map<String, String> texts = new LinkedHashMap<>();
    formulas.forEach((name, formula) -> texts.put(name, formula.text()));
    return texts;
  }

  /** The formulas in one line. */
  String texts() {
    return String.join(
        ", ", formulas().entrySet().stream().map(e -> e.getKey() + " = " + e.getValue()).toList());
  }

  /** What the eigenvalues of the Hessian say, if the formulas tell. */
  Curvature curvature(Map<String, NumericArray> data, int threads) {
    Spectrum spectrum = solutions.size() == 1 ? solutions.getFirst().spectrum() : null;
    return spectrum == null ? Curvature.UNKNOWN : spectrum.curvature(data, threads);
  }

  /** Whether the formulas tell that there is a minimum, also of very many variables. */
  boolean isMinimum(Map<String, NumericArray> data, int threads) {
    Spectrum spectrum = solutions.size() == 1 ? solutions.getFirst().spectrum() : null;
    return spectrum != null && spectrum.isPositive(data, threads);
  }

  /**
   * The point for some data; nothing if a formula has no value for them, or none within a
   * reasonable time.
   *
   * @param data of all variables, of those that are sought for their sizes
   */
  Optional<Map<String, NumericArray>> point(Map<String, NumericArray> data, int threads) {
    for (Solution s : solutions) {
      NumericArray unknown = data.get(s.variable());
      if (unknown != null && unknown.count() > s.most()) return Optional.empty();
    }
    try {
      Map<String, NumericArray> point = new LinkedHashMap<>();
      for (Map.Entry<String, Expression> e : formulas.entrySet()) {
        NumericArray value = value(e.getValue(), data, threads);
        for (double entry : value.data()) if (!Double.isFinite(entry)) return Optional.empty();
        point.put(e.getKey(), value);
      }
      return Optional.of(point);
    } catch (NablaException e) {
      return Optional.empty(); // such as an inverse of a matrix that has none
    }
  }

  static NumericArray value(Expression formula, Map<String, NumericArray> data, int threads) {
    CompiledFunction compiled = formula.compile(Output.value()).withThreads(threads);
    Map<String, NumericArray> needed = new LinkedHashMap<>();
    formula
        .variables()
        .forEach(
            s -> {
              NumericArray array = data.get(s.name());
              if (array != null) needed.put(s.name(), array);
            });
    return compiled.evaluate(needed).get(Output.value()).dense();
  }

  /** How one gets to the formulas, line by line; nothing if a line can't be verified. */
  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (Solution s : solutions) {
      for (Solution.Line line : s.lines()) {
        if (!line.holds().getAsBoolean()) return List.of();
        steps.add(line.step());
      }
    }
    for (Solution s : solutions) {
      Expression whole = Objects.requireNonNull(formulas.get(s.variable()));
      if (whole.text().equals(s.formula().text())) continue;
      steps.add(new Step(s.variable(), whole.text(), "put in"));
    }
    return steps;
  }
}
