package nabla;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nabla.diagnostic.NablaException;
import nabla.tensor.Property;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;
import nabla.verify.Agreement;
import nabla.verify.Binding;
import nabla.verify.ReferenceInterpreter;
import nabla.verify.SamplePoints;
import nabla.verify.SampleSizes;

/** Looks for properties of the variables under which a claim would be right. */
final class Assumptions {
  /** From the weakest on. */
  private static final List<Property> PROPERTIES =
      List.of(
          Property.SYMMETRIC,
          Property.SKEW,
          Property.ORTHOGONAL,
          Property.PSD,
          Property.IDEMPOTENT,
          Property.POSITIVE,
          Property.UNIT,
          Property.SIMPLEX,
          Property.LOWER,
          Property.UPPER,
          Property.DIAGONAL,
          Property.PD);

  /** What is so only if it has a weaker property, too. */
  private static final Map<Property, Set<Property>> WEAKER =
      Map.of(
          Property.PSD, EnumSet.of(Property.SYMMETRIC),
          Property.PD, EnumSet.of(Property.SYMMETRIC, Property.PSD),
          Property.DIAGONAL, EnumSet.of(Property.SYMMETRIC, Property.LOWER, Property.UPPER),
          Property.SIMPLEX, EnumSet.of(Property.POSITIVE));

  /** Points without a property at which a claim may be right as well. */
  private static final int POINTS_WITHOUT = 24;

  private static final int SIZES_WITHOUT = 2;

  private static final double LEAST = 1e-3;

  /** What one matrix may well be at once: a reflection, an orthogonal projection. */
  private static final List<List<Property>> TOGETHER =
      List.of(
          List.of(Property.SYMMETRIC, Property.ORTHOGONAL),
          List.of(Property.SYMMETRIC, Property.IDEMPOTENT));

  /** What only the identity or 0 is at once: no help to anybody. */
  private static final List<Set<Property>> RIGID =
      List.of(
          EnumSet.of(Property.ORTHOGONAL, Property.IDEMPOTENT),
          EnumSet.of(Property.ORTHOGONAL, Property.PSD),
          EnumSet.of(Property.ORTHOGONAL, Property.PD),
          EnumSet.of(Property.IDEMPOTENT, Property.PD),
          EnumSet.of(Property.IDEMPOTENT, Property.INVERTIBLE),
          EnumSet.of(Property.SKEW, Property.PSD),
          EnumSet.of(Property.SKEW, Property.PD),
          EnumSet.of(Property.SKEW, Property.SYMMETRIC),
          EnumSet.of(Property.SKEW, Property.DIAGONAL),
          EnumSet.of(Property.SKEW, Property.IDEMPOTENT),
          EnumSet.of(Property.SKEW, Property.LOWER),
          EnumSet.of(Property.SKEW, Property.UPPER));

  /** What is assumed of a variable. */
  private record Assumption(Variable variable, List<Property> properties) {
    /** Whether that another one is true is no news where this one is. */
    boolean implies(Assumption other) {
      return variable.equals(other.variable)
          && other.properties.stream()
              .allMatch(
                  p ->
                      properties.contains(p)
                          || properties.stream()
                              .anyMatch(o -> WEAKER.getOrDefault(o, Set.of()).contains(p)));
    }

    boolean isTrueAt(Binding at) {
      try {
        Variable bare =
            new Variable(variable.name(), variable.shape(), new LinkedHashSet<>(properties));
        PropertyCheck.require(
            bare,
            Objects.requireNonNull(at.variables().get(variable.name())),
            new PlainArithmetic());
        return true;
      } catch (NablaException contradiction) {
        return false;
      }
    }

    String text() {
      boolean rows = properties.contains(Property.SIMPLEX) && variable.rank() == 2;
      return (rows ? "each row of " : "")
          + variable.name()
          + " is "
          + properties.stream().map(Property::label).collect(Collectors.joining(" and "));
    }
  }

  private final List<Variable> symbols;
  private final Set<String> moving;
  private final List<Tensor> domain;
  private final long seed;
  private final List<Assumption> singles = new ArrayList<>();

  /**
   * @param moving the names of the variables that are differentiated by
   * @param domain what has values at the points that count
   */
  Assumptions(List<Variable> symbols, Set<String> moving, List<Tensor> domain, long seed) {
    this.symbols = symbols;
    this.moving = moving;
    this.domain = domain;
    this.seed = seed;
    for (Property p : PROPERTIES) {
      for (Variable v : symbols) {
        if (fits(p, v) && !v.is(p) && !isChange(v)) singles.add(new Assumption(v, List.of(p)));
      }
    }
  }

  /** How {@code x} changes is no choice of {@code dx}. */
  private boolean isChange(Variable dx) {
    return symbols.stream()
        .anyMatch(x -> dx.name().equals("d" + x.name()) && dx.shape().equals(x.shape()));
  }

  private static boolean fits(Property property, Variable v) {
    Set<Property> all = new LinkedHashSet<>(v.properties());
    all.add(property);
    if (RIGID.stream().anyMatch(all::containsAll)) return false;
    return switch (property) {
      case POSITIVE -> true;
      case UNIT -> v.rank() == 1;
      case SIMPLEX -> v.rank() == 1 || v.rank() == 2;
      default -> v.rank() == 2 && v.shape().get(0).equals(v.shape().get(1));
    };
  }

  /** Whether it is a property of what is differentiated by that the slope itself depends on. */
  private boolean isOfMoving(Assumption a) {
    return moving.contains(a.variable().name()) && !a.properties().contains(Property.POSITIVE);
  }

  /**
   * The weakest property of one variable that makes the claim right, as a condition; of a variable
   * that stays as it is, or the sign of any.
   */
  Optional<String> single(Tensor right, Tensor claimed) {
    return first(singles.stream().filter(a -> !isOfMoving(a)), right, claimed);
  }

  /** The weakest property of a variable that is differentiated by. */
  Optional<String> singleOfMoving(Tensor right, Tensor claimed) {
    return first(singles.stream().filter(this::isOfMoving), right, claimed);
  }

  private Optional<String> first(Stream<Assumption> assumptions, Tensor right, Tensor claimed) {
    List<Assumption> enough = assumptions.filter(a -> holds(List.of(a), right, claimed)).toList();
    if (enough.isEmpty()) return Optional.empty();
    Assumption weakest = enough.getFirst();
    // tr(A*B) is tr(A*B') if A or B is symmetric
    List<Assumption> same =
        enough.stream().filter(a -> a.properties().equals(weakest.properties())).toList();
    boolean needed =
        enough.stream().allMatch(a -> same.stream().anyMatch(a::implies))
            && !isRightWithout(same, right, claimed);
    return Optional.of(needed ? "only if " + text(same) : sufficient(weakest.text()));
  }

  private static String text(List<Assumption> same) {
    String others =
        same.subList(0, same.size() - 1).stream()
            .map(a -> a.variable().name() + " or ")
            .collect(Collectors.joining());
    return others + same.getLast().text();
  }

  private static String sufficient(String assumption) {
    return "if " + assumption + ", but not in general";
  }

  /** Whether the claim is right at a point where none of some assumptions is true. */
  private boolean isRightWithout(List<Assumption> assumptions, Tensor right, Tensor claimed) {
    List<Tensor> all = new ArrayList<>(symbols);
    all.addAll(List.of(right, claimed));
    for (Map<String, Integer> sizes : SampleSizes.of(all).subList(0, SIZES_WITHOUT)) {
      for (int attempt = 0; attempt < POINTS_WITHOUT; attempt++) {
        Binding at = SamplePoints.draw(symbols, sizes, seed, attempt);
        if (assumptions.stream().anyMatch(a -> a.isTrueAt(at))) continue;
        try {
          boolean vanishes = !(ReferenceInterpreter.evaluate(right, at).largest() > LEAST);
          if (vanishes) continue; // as all do where an exponential has faded
          if (Agreement.at(at, right, claimed).kind() == Agreement.Kind.EQUAL) return true;
        } catch (NablaException tooSmallOrTooLarge) {
          break;
        }
      }
    }
    return false;
  }

  /** Two properties, of two variables or of one matrix, that stay as they are. */
  Optional<String> pair(Tensor right, Tensor claimed) {
    return pair(right, claimed, false);
  }

  /** Two properties, one of them or both of a variable that is differentiated by. */
  Optional<String> pairOfMoving(Tensor right, Tensor claimed) {
    return pair(right, claimed, true);
  }

  private Optional<String> pair(Tensor right, Tensor claimed, boolean ofMoving) {
    for (int i = 0; i < singles.size(); i++) {
      for (int j = i + 1; j < singles.size(); j++) {
        List<Assumption> pair = List.of(singles.get(i), singles.get(j));
        if (pair.get(0).variable().equals(pair.get(1).variable()) || commute(pair)) continue;
        if (pair.stream().anyMatch(this::isOfMoving) != ofMoving) continue;
        if (holds(pair, right, claimed)) {
          return Optional.of(condition(pair));
        }
      }
    }
    for (List<Property> together : TOGETHER) {
      for (Variable v : symbols) {
        Assumption both = new Assumption(v, together);
        boolean fits = together.stream().allMatch(p -> fits(p, v)) && !isChange(v);
        if (!fits || isOfMoving(both) != ofMoving) continue;
        if (holds(List.of(both), right, claimed)) return Optional.of("only if " + both.text());
      }
    }
    return Optional.empty();
  }

  /** Both signs may well be the others: abs(x) + abs(y) is abs(x + y) for negative ones, too. */
  private static String condition(List<Assumption> pair) {
    String both = pair.get(0).text() + " and " + pair.get(1).text();
    boolean signs = pair.stream().allMatch(a -> a.properties().contains(Property.POSITIVE));
    return signs ? sufficient(both) : "only if " + both;
  }

  /** That two diagonal matrices commute would excuse a wrong order of any two. */
  private static boolean commute(List<Assumption> pair) {
    return pair.stream().allMatch(a -> a.properties().contains(Property.DIAGONAL));
  }

  private boolean holds(List<Assumption> assumptions, Tensor right, Tensor claimed) {
    if (!holds(assumptions, List.of(), right, claimed)) return false;
    // That there is an inverse leaves the identity of all projections, which is too much to ask.
    boolean projection =
        assumptions.stream().anyMatch(a -> a.properties().contains(Property.IDEMPOTENT));
    return !projection || holds(assumptions, List.of(Property.NONNEGATIVE), right, claimed);
  }

  /**
   * @param further what is assumed of projections, too: nonnegative ones have rank 1
   */
  private boolean holds(
      List<Assumption> assumptions, List<Property> further, Tensor right, Tensor claimed) {
    List<Variable> variables = new ArrayList<>();
    for (Variable v : symbols) {
      Set<Property> properties = new LinkedHashSet<>(v.properties());
      for (Assumption a : assumptions) {
        if (!a.variable().equals(v)) continue;
        properties.addAll(a.properties());
        if (a.properties().contains(Property.IDEMPOTENT)) properties.addAll(further);
      }
      variables.add(new Variable(v.name(), v.shape(), properties));
    }
    Agreement under = new Agreement(variables, seed, domain);
    // That both vanish is no reason to call one the other.
    return under.compare(right, claimed).kind() == Agreement.Kind.EQUAL
        && under.compare(right, Sum.zero(right.shape())).kind() == Agreement.Kind.DIFFERENT;
  }
}
