package nabla.generated;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nabla.tensor.Size;

/** Slices of tensors with three axes, and their products with what fits: einsum and indices. */
final class TensorTerms {
  private static final List<String> LETTERS = List.of("a", "b", "c", "d", "e");

  private final Dice dice;
  private final Sizes sizes;
  private final Variables variables;
  private final Generator generator;

  TensorTerms(Dice dice, Sizes sizes, Variables variables, Generator generator) {
    this.dice = dice;
    this.sizes = sizes;
    this.variables = variables;
    this.generator = generator;
  }

  Shape anyTensor() {
    return Shape.tensor(sizes.any(), sizes.any(), sizes.any());
  }

  /** Of this shape, which is not a row. */
  Term of(Shape shape, int budget) {
    return shape.rank() < 3 && dice.chance(0.25)
        ? slice(shape, budget)
        : new Product(shape).einsum(budget);
  }

  /** {@code Y[i,j] = T[i,j,k]*x[k]}, which only stands alone. */
  Term statement(Shape shape, int budget) {
    return new Product(shape).indexed(budget);
  }

  /** {@code T[:,2,:]}: the free axes in their order, a number at each of the others. */
  private Term slice(Shape shape, int budget) {
    List<Size> of = new ArrayList<>(shape.sizes());
    List<String> places = new ArrayList<>(Collections.nCopies(shape.rank(), ":"));
    while (of.size() < 3) {
      Size size = sizes.any();
      int axis = dice.below(of.size() + 1);
      of.add(axis, size);
      places.add(axis, String.valueOf(1 + dice.below(sizes.number(size))));
    }
    Term whole = generator.make(Shape.of(of), dice.chance(0.5) ? 1 : budget);
    return Term.infix(shape, "#[" + String.join(",", places) + "]", whole);
  }

  /** A column, or a row, of a matrix. */
  Term ofMatrix(Shape vector, int budget) {
    Size own = vector.sizes().getFirst();
    Size other = sizes.any();
    int place = 1 + dice.below(sizes.number(other));
    return vector.row()
        ? Term.infix(vector, "#[" + place + ",:]", generator.make(Shape.matrix(other, own), budget))
        : Term.infix(
            vector, "#[:," + place + "]", generator.make(Shape.matrix(own, other), budget));
  }

  /**
   * A product of a tensor and up to two more factors; labels behind those of the result are summed.
   */
  private final class Product {
    private final Shape shape;
    private final List<Size> labels;
    private final List<List<Integer>> factors = new ArrayList<>();

    Product(Shape shape) {
      this.shape = shape;
      labels = new ArrayList<>(shape.sizes());
      int summed = dice.below(3);
      while (labels.size() < 3 || (summed-- > 0 && labels.size() < LETTERS.size())) {
        labels.add(sizes.any());
      }
      factors.add(some(3));
      List<Integer> uncovered = new ArrayList<>();
      for (int axis = 0; axis < shape.rank(); axis++) {
        if (!factors.getFirst().contains(axis)) uncovered.add(axis);
      }
      if (!uncovered.isEmpty()) factors.add(uncovered);
      if (factors.size() < 2 || dice.chance(0.4)) factors.add(some(1 + dice.below(2)));
      if (dice.chance(0.2)) Collections.reverse(factors);
    }

    /** Different labels in any order, now and then one of them twice. */
    private List<Integer> some(int count) {
      List<Integer> some = new ArrayList<>();
      while (some.size() < count) {
        int label = dice.below(labels.size());
        if (!some.contains(label)) some.add(label);
      }
      if (count == 3 && dice.chance(0.1)) some.set(0, some.get(2));
      return some;
    }

    private List<Term> parts(int budget) {
      int share = Math.max(1, budget / factors.size());
      List<Term> parts = new ArrayList<>();
      for (List<Integer> factor : factors) {
        parts.add(generator.make(Shape.of(factor.stream().map(labels::get).toList()), share));
      }
      return parts;
    }

    private List<Integer> result() {
      return IntStream.range(0, shape.rank()).boxed().toList();
    }

    Term einsum(int budget) {
      Function<List<Integer>, String> word =
          axes -> axes.stream().map(LETTERS::get).collect(Collectors.joining());
      String operands = factors.stream().map(word).collect(Collectors.joining(","));
      String places = ", #".repeat(factors.size());
      String pattern = "einsum(\"" + operands + "->" + word.apply(result()) + "\"" + places + ")";
      return new Term(shape, pattern, Term.Form.CLOSED, parts(budget));
    }

    Term indexed(int budget) {
      if (shape.isScalar()) repeatEveryLabel();
      List<Term> parts = parts(budget);
      boolean more = !shape.isScalar() && dice.chance(0.3);
      if (more) parts.add(generator.make(shape, Math.max(1, budget / 3)));
      List<String> names = names();
      Function<List<Integer>, String> entry =
          axes -> axes.stream().map(names::get).collect(Collectors.joining(",", "[", "]"));
      String product =
          factors.stream().map(f -> "#" + entry.apply(f)).collect(Collectors.joining("*"));
      String sum = more ? dice.pick(" + #", " - #") + entry.apply(result()) : "";
      String left = shape.isScalar() ? "f" : "Y" + entry.apply(result());
      return Term.infix(shape, left + " = " + product + sum, parts.toArray(new Term[0]));
    }

    /** A number is taken for index notation if no index stands alone. */
    private void repeatEveryLabel() {
      for (int label = 0; label < labels.size(); label++) {
        int own = label;
        long uses = factors.stream().flatMap(List::stream).filter(l -> l == own).count();
        if (uses == 1) factors.add(List.of(own));
      }
    }

    /** For each label a name that nothing else has. */
    private List<String> names() {
      List<String> free =
          new ArrayList<>(List.of("i", "j", "l", "o", "i1", "i2", "i3", "i4", "i5"));
      variables.all().forEach(v -> free.remove(v.name()));
      return free.subList(0, labels.size());
    }
  }
}
