package nabla.generated;

import java.util.ArrayList;
import java.util.List;
import nabla.tensor.Size;

/** Draws well-typed expressions: leaves, operators, and every function of the catalogue. */
final class Generator {
  /** The parser takes 10,000 characters. */
  private static final int LONGEST = 8_000;

  private final Dice dice;
  private final Taste taste;
  private final Sizes sizes;
  private final Variables variables;
  private final Calls calls;
  private final TensorTerms tensors;
  private final List<Term> made = new ArrayList<>();

  private Generator(Dice dice) {
    this.dice = dice;
    this.taste = dice.pick(Taste.ALL);
    this.sizes = new Sizes(dice);
    this.variables = new Variables(dice, taste.declared());
    this.calls = new Calls(dice, sizes, taste, this);
    this.tensors = new TensorTerms(dice, sizes, variables, this);
  }

  /** The expression that belongs to a seed. */
  static Sample draw(long seed) {
    Dice dice = new Dice(seed);
    Generator generator = new Generator(dice);
    Term term = generator.root();
    List<Term> named = generator.intermediates(term);
    generator.variables.tell(generator.sizes.numbers().keySet());
    Sample sample =
        new Sample(term, named, generator.variables.all(), generator.sizes.numbers(), dice.seed());
    return sample.text().length() <= LONGEST ? sample : draw(seed + 1);
  }

  /** Mostly small, now and then up to about 90 nodes. */
  private int budget() {
    int small = 2 + dice.below(14);
    return dice.chance(0.7) ? small : dice.chance(0.8) ? small + dice.below(25) : dice.below(90);
  }

  private Term root() {
    Shape shape = rootShape();
    int budget = budget();
    boolean statement = !shape.row() && dice.chance(taste.tensors());
    return statement ? tensors.statement(shape, budget) : make(shape, budget);
  }

  private Shape rootShape() {
    if (dice.chance(taste.tensors() / 2)) return tensors.anyTensor();
    if (dice.chance(0.6)) return Shape.SCALAR;
    if (dice.chance(0.6)) return Shape.vector(dice.chance(0.1) ? sizes.product() : sizes.any());
    return dice.chance(0.2) ? Shape.row(sizes.any()) : anyMatrix();
  }

  private Shape anyMatrix() {
    return Shape.matrix(sizes.any(), sizes.any());
  }

  Shape anyShape() {
    if (dice.chance(taste.tensors())) return tensors.anyTensor();
    return switch (dice.below(8)) {
      case 0 -> Shape.SCALAR;
      case 1, 2, 3 -> Shape.vector(dice.chance(0.1) ? sizes.product() : sizes.any());
      case 4 -> Shape.row(sizes.any());
      case 5 -> Shape.matrix(sizes.product(), sizes.any());
      default -> anyMatrix();
    };
  }

  private List<Term> intermediates(Term root) {
    List<Term> named = new ArrayList<>();
    if (dice.chance(0.8)) return named;
    List<Term> parts =
        root.all().stream().filter(t -> !t.parts().isEmpty() && !t.equals(root)).toList();
    for (int k = 0; k < parts.size() && named.size() < 2; k++) {
      if (dice.chance(0.3)) named.addFirst(parts.get(k));
    }
    return named;
  }

  /** An expression of this shape with about so many nodes. */
  Term make(Shape shape, int budget) {
    Term term = budget <= 1 ? leaf(shape) : compound(shape, budget - 1);
    if (!term.parts().isEmpty()) made.add(term);
    return term;
  }

  private Term compound(Shape shape, int budget) {
    if (dice.chance(0.12)) {
      List<Term> again =
          made.stream().filter(t -> t.shape().equals(shape) && t.count() <= 25).toList();
      if (!again.isEmpty()) return dice.pick(again);
    }
    if (dice.chance(taste.calls())) {
      Term call = calls.of(shape, budget);
      if (call != null) return call;
    }
    boolean product = dice.chance(shape.rank() == 3 ? 0.4 : taste.tensors());
    if (product && !shape.row()) return tensors.of(shape, budget);
    return switch (shape.rank()) {
      case 0 -> number(budget);
      case 1 -> dice.chance(0.4) ? vector(shape, budget) : entrywise(shape, budget);
      case 3 -> entrywise(shape, budget);
      default -> dice.chance(0.6) ? matrix(shape, budget) : entrywise(shape, budget);
    };
  }

  private Term number(int budget) {
    Shape x = Shape.vector(sizes.any());
    return switch (dice.below(8)) {
      case 0, 1 -> two(Shape.SCALAR, "#*#", x.transposed(), x, budget);
      case 2 -> entry(budget);
      case 3 -> {
        Shape y = Shape.vector(sizes.any());
        Term left = make(x.transposed(), budget / 3);
        Term middle = make(Shape.matrix(x.sizes().getFirst(), y.sizes().getFirst()), budget / 3);
        yield Term.infix(Shape.SCALAR, "#*#*#", left, middle, make(y, budget / 3));
      }
      default -> entrywise(Shape.SCALAR, budget);
    };
  }

  private Term entry(int budget) {
    Shape of = dice.chance(0.6) ? Shape.vector(sizes.any()) : anyMatrix();
    Term target = make(of, dice.chance(0.5) ? 1 : budget);
    List<String> indices = new ArrayList<>();
    for (Size size : of.sizes()) indices.add(String.valueOf(1 + dice.below(sizes.number(size))));
    return Term.infix(Shape.SCALAR, "#[" + String.join(",", indices) + "]", target);
  }

  private Term vector(Shape shape, int budget) {
    if (shape.row() && dice.chance(0.4)) return turned(shape, budget);
    if (dice.chance(0.1)) return tensors.ofMatrix(shape, budget);
    Size n = shape.sizes().getFirst();
    Size m = sizes.any();
    if (shape.row()) return two(shape, "#*#", Shape.row(m), Shape.matrix(m, n), budget);
    if (dice.chance(0.15)) {
      Term inverted = calls.meeting("invertible", Shape.matrix(n, n), budget / 2);
      return Term.infix(shape, "#\\ #", inverted, make(shape, budget / 2));
    }
    return two(shape, "#*#", Shape.matrix(n, m), Shape.vector(m), budget);
  }

  private Term turned(Shape shape, int budget) {
    return Term.infix(shape, "#'", make(shape.transposed(), budget));
  }

  private Term matrix(Shape shape, int budget) {
    Size m = shape.sizes().get(0);
    Size n = shape.sizes().get(1);
    Size k = sizes.any();
    return switch (dice.below(10)) {
      case 0, 1 -> turned(shape, budget);
      case 2 -> two(shape, "#*#", Shape.vector(m), Shape.row(n), budget);
      case 3 -> {
        Term inverted = calls.meeting("invertible", Shape.matrix(m, m), budget / 2);
        yield Term.infix(shape, "#\\ #", inverted, make(shape, budget / 2));
      }
      case 4 -> {
        Term inverted = calls.meeting("invertible", Shape.matrix(n, n), budget / 2);
        yield Term.infix(shape, "#/#", make(shape, budget / 2), inverted);
      }
      case 5 -> kronecker(shape, budget);
      case 6 -> shape.isSquare() ? matrixPower(shape, budget) : turned(shape, budget);
      default -> two(shape, "#*#", Shape.matrix(m, k), Shape.matrix(k, n), budget);
    };
  }

  private Term matrixPower(Shape shape, int budget) {
    int power = dice.pick(2, 2, 3, -1, -2, 0, 1);
    Term base = power < 0 ? calls.meeting("invertible", shape, budget) : make(shape, budget);
    return Term.infix(shape, "#^" + power, base);
  }

  private Term kronecker(Shape shape, int budget) {
    List<Size> rows = sizes.split(shape.sizes().get(0));
    List<Size> columns = sizes.split(shape.sizes().get(1));
    Shape left = Shape.matrix(rows.get(0), columns.get(0));
    Shape right = Shape.matrix(rows.get(1), columns.get(1));
    return two(shape, "#⊗#", left, right, budget);
  }

  private Term two(Shape shape, String pattern, Shape left, Shape right, int budget) {
    int own = budget <= 2 ? 1 : 1 + dice.below(budget - 1);
    return Term.infix(shape, pattern, make(left, own), make(right, Math.max(1, budget - own)));
  }

  /** Sums, products, quotients and powers entry by entry, and with a scalar. */
  private Term entrywise(Shape shape, int budget) {
    boolean scalar = shape.isScalar();
    Shape number = Shape.SCALAR;
    return switch (dice.below(scalar ? 9 : 13)) {
      case 0, 1 -> two(shape, "# + #", shape, shape, budget);
      case 2 -> two(shape, "# - #", shape, shape, budget);
      case 3, 4 -> two(shape, scalar && dice.chance(0.7) ? "#*#" : "#.*#", shape, shape, budget);
      case 5 -> {
        Term below = calls.meeting("≠ 0", shape, budget / 2);
        yield Term.infix(shape, scalar ? "#/#" : "#./#", make(shape, budget / 2), below);
      }
      case 6 -> power(shape, budget);
      case 7 -> Term.infix(shape, "-#", make(shape, budget));
      case 8 -> two(shape, "#*#", number, shape, budget);
      case 9 -> two(shape, dice.pick("#*#", "#.*#"), shape, number, budget);
      case 10 ->
          Term.infix(
              shape, "#/#", make(shape, budget / 2), calls.meeting("≠ 0", number, budget / 2));
      case 11 -> two(shape, dice.pick("# + #", "# - #"), shape, number, budget);
      default -> filled(shape, budget);
    };
  }

  /** With a constant whose size follows from where it stands. */
  private Term filled(Shape shape, int budget) {
    Term other = make(shape, budget);
    if (shape.row() || shape.rank() == 3) return Term.infix(shape, "# + " + literal(), other);
    if (shape.rank() == 1)
      return Term.infix(shape, dice.pick("#.*", "# + ") + "vector(" + literal() + ")", other);
    if (shape.isSquare() && dice.chance(0.5)) {
      return Term.infix(shape, dice.pick("# + eye", "#*eye", "eye - #"), other);
    }
    return Term.infix(shape, dice.pick("#.*", "# + ") + "matrix(" + literal() + ")", other);
  }

  private Term power(Shape shape, int budget) {
    String sign = shape.isScalar() && dice.chance(0.7) ? "^" : ".^";
    if (dice.chance(0.15)) {
      Shape exponent = dice.chance(0.5) ? Shape.SCALAR : shape;
      Term base = calls.meeting("> 0", shape, budget / 2);
      Term power = calls.bounded(make(exponent, budget / 2));
      return Term.infix(
          shape, "#" + (exponent.isScalar() && shape.isScalar() ? sign : ".^") + "#", base, power);
    }
    if (dice.chance(0.6))
      return Term.infix(shape, "#" + sign + dice.pick("2", "2", "3", "4"), make(shape, budget));
    if (dice.chance(0.4)) {
      return Term.infix(
          shape,
          "#" + sign + dice.pick("(-1)", "(-2)", "-1", "-3"),
          calls.meeting("≠ 0", shape, budget));
    }
    String exponent =
        dice.pick("0.5", "(1/2)", "1.5", "(-0.5)", "(2/3)", "(1/3)", "(-3/2)", "(4/3)", "(-1/3)");
    return Term.infix(shape, "#" + sign + exponent, calls.meeting("> 0", shape, budget));
  }

  private String literal() {
    return dice.pick("1", "2", "3", "0.5", "0.1", "1.5", "0.25", "pi", "10", "0.7");
  }

  Term variable(Shape shape) {
    return shape.row()
        ? Term.infix(shape, "#'", variables.of(shape.transposed()))
        : variables.of(shape);
  }

  private Term leaf(Shape shape) {
    if (shape.row()) return Term.infix(shape, "#'", leaf(shape.transposed()));
    boolean variable = dice.chance(shape.isScalar() ? 0.6 : 0.96);
    if (variable || shape.rank() == 3) return variables.of(shape);
    String own = String.join(",", shape.sizes().stream().map(Size::toString).toList());
    return switch (shape.rank()) {
      case 0 -> Term.leaf(shape, dice.chance(0.9) ? literal() : sizes.any().toString());
      case 1 ->
          dice.chance(0.7)
              ? Term.leaf(shape, "ones(" + own + ")")
              : Term.leaf(
                  shape,
                  "unit("
                      + (1 + dice.below(sizes.number(shape.sizes().getFirst())))
                      + ","
                      + own
                      + ")");
      default ->
          shape.isSquare() && dice.chance(0.7)
              ? Term.leaf(shape, "eye(" + shape.sizes().getFirst() + ")")
              : Term.leaf(shape, (dice.chance(0.9) ? "ones(" : "zeros(") + own + ")");
    };
  }
}
