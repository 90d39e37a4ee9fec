package nabla;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nabla.tensor.Property;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;
import nabla.verify.Agreement;

/** Looks for properties of the variables under which a claim would be right. */
final class Assumptions {
  /** From the weakest on. */
  private static final List<Property> PROPERTIES =
      List.of(
          Property.SYMMETRIC,
          Property.SKEW,
          Property.ORTHOGONAL,
          Property.IDEMPOTENT,
          Property.POSITIVE,
          Property.UNIT,
          Property.SIMPLEX,
          Property.DIAGONAL,
          Property.PD);

  /** What one matrix may well be at once: a reflection, an orthogonal projection. */
  private static final List<List<Property>> TOGETHER =
      List.of(
          List.of(Property.SYMMETRIC, Property.ORTHOGONAL),
          List.of(Property.SYMMETRIC, Property.IDEMPOTENT));

  /** What is assumed of a variable. */
  private record Assumption(Variable variable, List<Property> properties) {
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
        if (fits(p, v) && !v.is(p)) singles.add(new Assumption(v, List.of(p)));
      }
    }
  }

  private static boolean fits(Property property, Variable v) {
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
    return assumptions
        .filter(a -> holds(List.of(a), right, claimed))
        .map(a -> "only if " + a.text())
        .findFirst();
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
        boolean fits = together.stream().allMatch(p -> fits(p, v));
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
    return signs ? "if " + both + ", but not in general" : "only if " + both;
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
