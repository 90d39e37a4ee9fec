package nabla.generated;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import nabla.tensor.Property;
import nabla.tensor.Size;
import nabla.tensor.Variable;

/** The variables of one expression, made as they are needed and declared with random properties. */
final class Variables {
  private static final List<Set<Property>> SQUARE =
      List.of(
          EnumSet.of(Property.SYMMETRIC),
          EnumSet.of(Property.SKEW),
          EnumSet.of(Property.DIAGONAL),
          EnumSet.of(Property.LOWER),
          EnumSet.of(Property.UPPER),
          EnumSet.of(Property.ORTHOGONAL),
          EnumSet.of(Property.INVERTIBLE),
          EnumSet.of(Property.PSD),
          EnumSet.of(Property.PD),
          EnumSet.of(Property.POSITIVE),
          EnumSet.of(Property.SYMMETRIC, Property.INVERTIBLE),
          EnumSet.of(Property.DIAGONAL, Property.PD),
          EnumSet.of(Property.ORTHOGONAL, Property.SYMMETRIC));
  private static final List<Set<Property>> VECTOR =
      List.of(
          EnumSet.of(Property.POSITIVE),
          EnumSet.of(Property.NONNEGATIVE),
          EnumSet.of(Property.SIMPLEX),
          EnumSet.of(Property.UNIT));
  private static final List<Set<Property>> OTHER =
      List.of(EnumSet.of(Property.POSITIVE), EnumSet.of(Property.NONNEGATIVE));
  private static final List<List<String>> NAMES =
      List.of(
          List.of("a", "b", "c", "alpha", "t", "d", "g", "delta", "s", "t1"),
          List.of("x", "y", "z", "w", "v", "h", "q", "r", "i", "j"),
          List.of("A", "B", "C", "X", "D", "S", "P", "Q", "M", "W"),
          List.of("T", "G", "H", "U", "R"));

  private final Dice dice;
  private final double declared;
  private final List<Variable> all = new ArrayList<>();

  /**
   * @param declared how likely something is declared of a variable
   */
  Variables(Dice dice, double declared) {
    this.dice = dice;
    this.declared = declared;
  }

  List<Variable> all() {
    return all;
  }

  /** What tells a size that no variable of the expression tells: a vector that is only declared. */
  void tell(Set<String> names) {
    for (String name : names) {
      Size size = Size.of(name);
      boolean told = all.stream().anyMatch(v -> v.shape().contains(size));
      if (!told) all.add(new Variable("size_" + name, List.of(size), Set.of()));
    }
  }

  /** Whether a variable is there only to tell a size. */
  static boolean tellsSize(Variable v) {
    return v.name().startsWith("size_");
  }

  /** A column, a matrix or a scalar of this shape; mostly one that is there already. */
  Term of(Shape shape) {
    List<Variable> fitting = all.stream().filter(v -> v.shape().equals(shape.sizes())).toList();
    boolean another = fitting.isEmpty() || (fitting.size() < 3 && dice.chance(0.3));
    Variable v = another ? another(shape) : dice.pick(fitting);
    return Term.leaf(shape, v.name());
  }

  private Variable another(Shape shape) {
    long same = all.stream().filter(v -> v.rank() == shape.rank()).count();
    List<String> names = NAMES.get(shape.rank());
    String name = names.get((int) same % names.size());
    if (same >= names.size()) name += "_" + same / names.size();
    Variable v = new Variable(name, shape.sizes(), properties(shape));
    all.add(v);
    return v;
  }

  private Set<Property> properties(Shape shape) {
    if (!dice.chance(declared)) return Set.of();
    return dice.pick(shape.isSquare() ? SQUARE : shape.rank() == 1 ? VECTOR : OTHER);
  }
}
