package nabla.simplify;

import static nabla.operation.Activation.ABS;
import static nabla.operation.Activation.RELU;
import static nabla.operation.Activation.SIGMOID;
import static nabla.operation.Activation.SIGN;
import static nabla.operation.Activation.SOFTPLUS;
import static nabla.operation.Activation.STEP;
import static nabla.operation.Exponential.EXP;
import static nabla.operation.Exponential.LOG;
import static nabla.operation.Trigonometric.COS;
import static nabla.operation.Trigonometric.COSH;
import static nabla.operation.Trigonometric.SIN;
import static nabla.operation.Trigonometric.SINH;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import nabla.operation.Adjugate;
import nabla.operation.Catalogue;
import nabla.operation.Determinant;
import nabla.operation.Elementary;
import nabla.operation.Extremum;
import nabla.operation.Inverse;
import nabla.operation.LogDeterminant;
import nabla.operation.Operation;
import nabla.operation.Power;
import nabla.operation.ProductOfEntries;
import nabla.operation.Softmax;
import nabla.tensor.Constant;
import nabla.tensor.Extent;
import nabla.tensor.Product;
import nabla.tensor.Property;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;

/**
 * For each rule, by name, tensors on which it should fire and others that are nearly such: another
 * exponent, a label that something else carries, a diagonal, a coefficient.
 */
final class RuleInstances {
  private static final List<Elementary> FUNCTIONS =
      Catalogue.all().stream()
          .filter(Elementary.class::isInstance)
          .map(Elementary.class::cast)
          .toList();

  /** What takes a number as it takes a vector of one entry. */
  private static final List<String> ONE_NUMBER =
      List.of("lse", "max", "min", "prod", "softmax", "argmax", "argmin");

  private static final Map<String, Function<Draw, Tensor>> OF =
      Map.ofEntries(
          Map.entry("total of a sum", RuleInstances::total),
          Map.entry("value at a constant", RuleInstances::constant),
          Map.entry("parity", d -> d.of(FUNCTIONS).at(negative(d))),
          Map.entry("exponential of a negative", d -> EXP.at(negative(d))),
          Map.entry("exp of log", d -> EXP.at(d.of(LOG, LOG, SIN).at(d.tensor(d.shape())))),
          Map.entry("log of exp", d -> d.of(LOG, LOG, SIN).at(powerOf(d, EXP))),
          Map.entry("known sign", RuleInstances::knownSign),
          Map.entry("constant exponent", RuleInstances::constantExponent),
          Map.entry("power of e", RuleInstances::powerOfE),
          Map.entry("collect powers", RuleInstances::collectPowers),
          Map.entry("sign over absolute value", d -> pairOf(d, SIGN, ABS)),
          Map.entry("even power of absolute value", d -> pairOf(d, ABS, d.of(SIN, ABS))),
          Map.entry("root of a square", RuleInstances::rootOfSquare),
          Map.entry("hyperbolic tangent", d -> pairOf(d, SINH, COSH)),
          Map.entry("transpose outside", RuleInstances::outside),
          Map.entry("transpose is idle", RuleInstances::idle),
          Map.entry("skew", RuleInstances::skew),
          Map.entry("of one number", RuleInstances::ofOneNumber),
          Map.entry("log-sum-exp", d -> d.of(LOG, LOG, SIN).at(sumOfExp(d, d.tensor(d.shape())))),
          Map.entry("softmax", RuleInstances::softmax),
          Map.entry("sum of softmax", RuleInstances::sumOfSoftmax),
          Map.entry("declared value", RuleInstances::declared),
          Map.entry("softplus", d -> d.of(LOG, LOG, SIN).at(onePlusExp(d, exponent(d, d.shape())))),
          Map.entry("logistic", RuleInstances::logistic),
          Map.entry("logistic numerator", RuleInstances::logisticNumerator),
          Map.entry("logistic complement", RuleInstances::complement),
          Map.entry("logistic pair", RuleInstances::logisticPair),
          Map.entry("Pythagoras", RuleInstances::pythagoras),
          Map.entry("inverse of inverse", RuleInstances::inverseOfInverse),
          Map.entry("inverse of a multiple", RuleInstances::inverseOfMultiple),
          Map.entry("inverse of orthogonal", RuleInstances::inverseOfOrthogonal),
          Map.entry("cancel inverse", RuleInstances::cancelInverse),
          Map.entry("adjugate over determinant", RuleInstances::adjugateOverDeterminant),
          Map.entry("adjugate of invertible", d -> Adjugate.at(invertibleOrNot(d, d.square()))),
          Map.entry("determinant of inverse", RuleInstances::determinantOfInverse),
          Map.entry("logarithm of determinant", RuleInstances::logarithmOfDeterminant),
          Map.entry("inverse of a product", d -> Inverse.at(chain(d))),
          Map.entry("triangles back to back", MatrixRuleInstances::opposite),
          Map.entry("superfluous triangle", MatrixRuleInstances::superfluous),
          Map.entry("Cholesky factor", MatrixRuleInstances::cholesky),
          Map.entry("commuting direction", MatrixRuleInstances::commuting));

  private RuleInstances() {}

  /** The names of the rules that have instances, in the order of the alphabet. */
  static List<String> names() {
    return OF.keySet().stream().sorted().toList();
  }

  static Tensor draw(String rule, Draw draw) {
    return Objects.requireNonNull(OF.get(rule)).apply(draw);
  }

  private static Tensor ofOneNumber(Draw d) {
    List<Operation> all =
        Catalogue.all().stream().filter(o -> ONE_NUMBER.contains(o.name())).toList();
    Tensor operand = d.chance(90) ? d.tensor(List.of()) : d.tensor(d.shape());
    return d.of(all).of(List.of(operand));
  }

  private static boolean isSquare(List<Size> shape) {
    return shape.size() == 2 && shape.get(0).equals(shape.get(1));
  }

  // Linear

  private static Tensor total(Draw d) {
    List<Size> shape = d.shape(d.of(1, 1, 2, 2));
    if (shape.size() == 2 && d.chance(30)) shape = d.square();
    Tensor x = d.tensor(shape);
    List<Sum.Term> terms = new ArrayList<>(List.of(new Sum.Term(Rational.ONE, x)));
    for (int k = 1 + d.below(2); k > 0; k--) terms.add(new Sum.Term(d.number(), mean(d, x)));
    if (d.chance(40)) terms.add(new Sum.Term(d.number(), d.tensor(shape)));
    Product product = new Product().times(d.number());
    List<Integer> labels = new ArrayList<>(product.labels(shape));
    if (isSquare(shape) && d.chance(30)) {
      labels.set(1, labels.get(0));
    }
    product.factor(Sum.of(terms, shape), d.chance(90) ? Rational.ONE : Rational.TWO, labels);
    if (d.chance(10)) product.factor(d.scalar());
    List<Integer> output = new ArrayList<>();
    for (int label : labels) if (d.chance(40)) output.add(label);
    return product.to(output);
  }

  /** The mean over all, some or no axes, or the trace, spread over the shape again. */
  private static Tensor mean(Draw d, Tensor x) {
    Product product = new Product();
    List<Integer> from = product.labels(x.shape());
    product.factor(x, from);
    List<Integer> output = new ArrayList<>();
    for (int axis = 0; axis < x.rank(); axis++) {
      boolean over = d.chance(60);
      if (over && d.chance(85)) {
        product.factor(Extent.of(x.shape().get(axis)), Rational.MINUS_ONE, List.of());
      }
      output.add(over ? product.label(x.shape().get(axis)) : from.get(axis));
    }
    return product.to(output);
  }

  // Functions

  private static Tensor constant(Draw d) {
    List<Size> shape = d.shape();
    Tensor operand =
        switch (d.below(4)) {
          case 0 -> Sum.zero(shape);
          case 1 -> d.constant(Rational.ONE, shape);
          case 2 -> d.constant(d.number(), shape);
          default -> Tensors.identity(d.size());
        };
    return d.chance(80) ? d.of(FUNCTIONS).at(operand) : LOG.at(d.constant(Rational.ONE, shape));
  }

  private static Tensor negative(Draw d) {
    List<Size> shape = d.shape();
    Tensor x = d.tensor(shape);
    return switch (d.below(4)) {
      case 0 -> Tensors.negate(x);
      case 1 -> Tensors.scale(d.number(), Tensors.hadamard(x, d.scalar()));
      case 2 -> Tensors.subtract(Tensors.negate(x), d.tensor(shape));
      default ->
          Tensors.add(Tensors.scale(d.number(), x), Tensors.scale(d.number(), d.tensor(shape)));
    };
  }

  /**
   * A power of a function with its axes permuted; seldom with a coefficient, a sum or a diagonal.
   */
  private static Tensor powerOf(Draw d, Elementary function) {
    Tensor x = d.tensor(d.shape());
    if (d.chance(20)) return function.at(x);
    Product product = new Product();
    List<Integer> labels = product.labels(x.shape());
    product.factor(function.at(x), d.exponent(), labels);
    if (d.chance(15)) product.times(d.number());
    List<Integer> output = new ArrayList<>(d.shuffled(labels));
    if (!output.isEmpty() && d.chance(10)) output.removeLast();
    if (!output.isEmpty() && d.chance(10)) output.add(output.getFirst());
    if (d.chance(10)) output.add(product.label(d.size()));
    return product.to(output);
  }

  private static Tensor knownSign(Draw d) {
    Tensor x = positive(d, d.shape(), 2);
    return d.of(ABS, RELU, SIGN, STEP, d.of(FUNCTIONS)).at(x);
  }

  /** Mostly positive everywhere. */
  private static Tensor positive(Draw d, List<Size> shape, int depth) {
    int kind = d.below(depth == 0 ? 4 : 9);
    Tensor any = d.tensor(shape);
    return switch (kind) {
      case 0, 1 -> d.variable(shape, Property.POSITIVE);
      case 2 -> d.of(EXP, COSH, SIGMOID, SOFTPLUS, SINH, COS).at(any);
      case 3 -> d.chance(80) ? d.variable(shape, Property.POSITIVE) : any;
      case 4 -> Tensors.scale(d.number(), positive(d, shape, depth - 1));
      case 5 -> Tensors.power(positive(d, shape, depth - 1), d.exponent());
      case 6 ->
          Tensors.add(
              positive(d, shape, depth - 1),
              Tensors.scale(d.number(), positive(d, shape, depth - 1)));
      case 7 -> Tensors.hadamard(positive(d, shape, depth - 1), positive(d, shape, depth - 1));
      default -> {
        Product product = new Product();
        List<Integer> labels = product.labels(shape);
        List<Integer> output = new ArrayList<>(labels);
        product.factor(positive(d, shape, depth - 1), labels);
        if (isSquare(shape)) output.set(1, output.get(0));
        yield product.to(output);
      }
    };
  }

  private static Tensor constantExponent(Draw d) {
    List<Size> shape = d.chance(20) ? d.square() : d.shape();
    Tensor exponent =
        switch (d.below(8)) {
          case 0 -> Sum.zero(shape);
          case 1 -> d.tensor(shape);
          case 2 -> shape.size() == 2 && d.chance(50) ? diagonal(d, shape) : d.tensor(shape);
          case 3 -> Tensors.scale(d.number(), d.tensor(shape));
          default -> d.constant(d.exponent(), shape);
        };
    return d.chance(95) ? Power.at(d.tensor(shape), exponent) : SIN.at(exponent);
  }

  private static Tensor diagonal(Draw d, List<Size> shape) {
    return isSquare(shape)
        ? Tensors.scale(d.number(), Tensors.identity(shape.getFirst()))
        : d.tensor(shape);
  }

  private static Tensor powerOfE(Draw d) {
    List<Size> shape = d.shape();
    Tensor e = d.chance(80) ? Constant.E : d.of(Constant.PI, d.scalar(), EXP.at(d.scalar()));
    if (d.chance(10)) e = Tensors.scale(d.number(), e);
    return Power.at(Tensors.broadcast(e, shape), d.tensor(shape));
  }

  private static Tensor collectPowers(Draw d) {
    List<Size> shape = d.shape(d.of(0, 1, 2, 2));
    Tensor x = d.of(d.variable(shape, Property.POSITIVE), d.tensor(shape));
    Scene scene = new Scene(d);
    List<Integer> labels = scene.labels(shape);
    scene.with(Power.at(x, d.tensor(shape)), d.of(Rational.ONE, d.exponent()), labels);
    List<Integer> other = d.chance(80) ? labels : scene.someLabels(shape, Set.of());
    if (d.chance(70)) scene.with(x, d.exponent(), other);
    if (d.chance(50))
      scene.with(Power.at(d.chance(80) ? x : EXP.at(x), d.tensor(shape)), Rational.ONE, other);
    return scene.build();
  }

  /** Powers of two functions of one operand, mostly at the same position. */
  private static Tensor pairOf(Draw d, Elementary first, Elementary second) {
    List<Size> shape = d.shape(d.of(0, 1, 2, 2));
    if (d.chance(30) && shape.size() == 2) shape = d.square();
    Tensor x = d.tensor(shape);
    Scene scene = new Scene(d);
    List<Integer> labels = scene.labels(shape);
    scene.with(first.at(x), d.of(Rational.ONE, d.exponent()), labels);
    List<Integer> other = d.chance(85) ? labels : scene.someLabels(shape, Set.of());
    scene.with(second.at(d.chance(90) ? x : d.tensor(shape)), d.exponent(), other);
    return scene.build();
  }

  private static Tensor rootOfSquare(Draw d) {
    List<Size> shape = d.shape(d.of(0, 1, 2, 2));
    if (d.chance(30) && shape.size() == 2) shape = d.square();
    Tensor base = d.of(d.tensor(shape), positive(d, shape, 1));
    Product square = new Product();
    if (d.chance(50)) square.times(d.of(Rational.TWO, Rational.of(4, 9), Rational.of(-1)));
    List<Integer> labels = square.labels(shape);
    square.factor(base, Rational.of(d.of(-2, 2, 2, 4, 3)), labels);
    List<Integer> inner = new ArrayList<>(d.shuffled(labels));
    if (!inner.isEmpty() && d.chance(10)) inner.removeLast();
    if (!inner.isEmpty() && d.chance(10)) inner.add(inner.getFirst());
    if (d.chance(10)) inner.add(square.label(d.size()));
    if (d.chance(10)) square.factor(d.variable(List.of(), Property.POSITIVE));
    Tensor root = square.to(inner);
    Scene scene = new Scene(d);
    Rational exponent = Rational.of(d.of(-3, -1, 1, 3), d.of(2, 2, 4, 1));
    return scene.with(root, exponent, scene.labels(root.shape())).build();
  }

  // Orientation

  private static Tensor outside(Draw d) {
    List<Size> shape = d.square();
    if (d.chance(30)) shape = d.shape(2);
    Tensor x = d.of(Tensors.transpose(d.tensor(shape.reversed())), d.tensor(shape));
    return switch (d.below(5)) {
      case 0 -> d.of(FUNCTIONS).at(x);
      case 1 -> Power.at(d.of(x, d.variable(shape, Property.POSITIVE)), d.tensor(shape));
      case 2 ->
          isSquare(shape)
              ? d.of(Inverse.at(x), Adjugate.at(x))
              : Power.at(EXP.at(x), Tensors.transpose(d.tensor(shape.reversed())));
      default ->
          apply(d.of(Softmax.SOFTMAX, Softmax.ROW_SOFTMAX, Extremum.ARGMAX, Extremum.ARGMIN), x);
    };
  }

  private static Tensor apply(Operation operation, Tensor... operands) {
    return operation.of(List.of(operands));
  }

  private static Tensor idle(Draw d) {
    List<Size> shape = d.square();
    Tensor x = Tensors.transpose(d.tensor(shape));
    if (d.chance(30)) return d.of(Determinant.at(x), LogDeterminant.at(x), Inverse.at(x));
    Tensor y = Tensors.transpose(d.tensor(d.shape(2)));
    return apply(
        d.of(
            Softmax.LSE,
            Softmax.ROW_LSE,
            Softmax.SOFTMAX,
            Extremum.MAX,
            Extremum.MIN,
            ProductOfEntries.PROD),
        y);
  }

  private static Tensor skew(Draw d) {
    List<Size> shape = d.square();
    Tensor s = d.variable(shape, d.chance(90) ? Property.SKEW : Property.SYMMETRIC);
    Scene scene = new Scene(d);
    List<Integer> labels = d.shuffled(scene.labels(shape));
    scene.with(s, d.of(Rational.ONE, Rational.ONE, Rational.TWO, Rational.of(3)), labels);
    List<Size> vector = shape.subList(0, 1);
    if (d.chance(50)) {
      Tensor x = d.tensor(vector);
      for (int label : labels) scene.with(d.chance(80) ? x : d.tensor(vector), label);
    }
    if (d.chance(30)) scene.with(s, Rational.ONE, scene.someLabels(shape, Set.of()));
    if (d.chance(30)) {
      List<Integer> turned = d.of(labels, labels.reversed());
      scene.with(d.of(s, d.variable(shape, Property.SYMMETRIC)), Rational.ONE, turned);
    }
    return scene.build();
  }

  // Softmax and declared sums

  private static Tensor sumOfExp(Draw d, Tensor x) {
    Product product = new Product();
    List<Integer> labels = new ArrayList<>(product.labels(x.shape()));
    if (isSquare(x.shape()) && d.chance(10)) {
      labels.set(1, labels.get(0));
    }
    Rational exponent = d.chance(90) ? Rational.ONE : d.exponent();
    product.factor(d.chance(95) ? EXP.at(x) : SIN.at(x), exponent, labels);
    if (d.chance(10)) product.times(d.number());
    if (d.chance(5)) product.factor(d.scalar());
    List<Integer> output = new ArrayList<>();
    for (int label : labels)
      if (output.size() + 1 < labels.size() && d.chance(40)) output.add(label);
    if (d.chance(5)) output.add(product.label(d.size()));
    if (!output.isEmpty() && d.chance(5)) output.add(output.getFirst());
    return product.to(output);
  }

  private static Tensor softmax(Draw d) {
    List<Size> shape = d.shape(d.of(0, 1, 1, 2, 2, 2, 3));
    if (d.chance(50) && shape.size() == 2) shape = d.square();
    Tensor x = d.tensor(shape);
    Tensor total = sumOfExp(d, x);
    Scene scene = new Scene(d);
    List<Integer> labels = scene.labels(shape);
    scene.with(EXP.at(x), d.chance(70) ? Rational.ONE : d.exponent(), labels);
    Rational exponent = d.chance(70) ? Rational.MINUS_ONE : d.exponent();
    scene.with(total, exponent, scene.someLabels(total.shape(), Set.of()));
    return scene.build();
  }

  private static Tensor sumOfSoftmax(Draw d) {
    boolean rows = d.chance(50);
    List<Size> shape = rows ? d.shape(2) : d.shape(d.of(0, 1, 2, 3));
    if (rows && d.chance(20)) shape = d.square();
    Tensor s = apply(rows ? Softmax.ROW_SOFTMAX : Softmax.SOFTMAX, d.tensor(shape));
    Scene scene = new Scene(d);
    List<Integer> labels = scene.labels(shape);
    scene.with(s, d.chance(85) ? Rational.ONE : d.exponent(), labels);
    return scene.build(Set.copyOf(rows ? labels.subList(1, 2) : labels));
  }

  private static Tensor declared(Draw d) {
    Scene scene = new Scene(d);
    if (d.chance(50)) {
      List<Size> shape = d.chance(85) ? d.shape(1) : d.shape(2);
      boolean simplex = d.chance(50);
      List<Integer> labels = scene.labels(shape);
      Tensor x = d.variable(shape, simplex ? Property.SIMPLEX : Property.UNIT);
      Rational usual = simplex ? Rational.ONE : Rational.TWO;
      scene.with(x, d.chance(80) ? usual : d.exponent(), labels);
      return scene.build(Set.copyOf(labels));
    }
    List<Size> shape = d.square();
    Property property = d.chance(50) ? Property.ORTHOGONAL : Property.IDEMPOTENT;
    Tensor q = d.variable(shape, property);
    Size size = shape.getFirst();
    int joint = scene.label(size);
    int i = scene.label(size);
    int j = scene.label(size);
    int axis = d.below(2);
    scene.with(q, d.chance(90) ? Rational.ONE : Rational.TWO, pair(axis, joint, i));
    int other = d.chance(60) ? axis : 1 - axis;
    scene.with(d.chance(90) ? q : d.variable(shape, property), Rational.ONE, pair(other, joint, j));
    return scene.build(Set.of(joint));
  }

  /** The joint label at the axis, the other one at the other. */
  private static List<Integer> pair(int axis, int joint, int other) {
    return axis == 0 ? List.of(joint, other) : List.of(other, joint);
  }

  // The logistic function and sums of complementary terms

  /** exp(x), exp(x)^c or a relabelled one. */
  private static Tensor exponent(Draw d, List<Size> shape) {
    if (d.chance(50)) return EXP.at(d.tensor(shape));
    Tensor power = powerOf(d, EXP);
    return power.shape().equals(shape) ? power : EXP.at(Tensors.negate(d.tensor(shape)));
  }

  private static Tensor onePlusExp(Draw d, Tensor exp) {
    Rational one = d.chance(90) ? Rational.ONE : d.number();
    Rational other = d.chance(90) ? Rational.ONE : d.number();
    List<Sum.Term> terms = new ArrayList<>();
    terms.add(new Sum.Term(one, Tensors.ones(exp.shape())));
    terms.add(new Sum.Term(other, exp));
    if (d.chance(5)) terms.add(new Sum.Term(Rational.ONE, d.tensor(exp.shape())));
    return Sum.of(terms, exp.shape());
  }

  private static Tensor logistic(Draw d) {
    List<Size> shape = d.shape(d.of(0, 1, 1, 2, 2));
    Scene scene = new Scene(d);
    Tensor base = onePlusExp(d, exponent(d, shape));
    Rational exponent = d.chance(70) ? Rational.of(-1 - d.below(3)) : d.exponent();
    return scene.with(base, exponent, scene.labels(shape)).build();
  }

  private static Tensor logisticNumerator(Draw d) {
    List<Size> shape = d.shape(d.of(0, 1, 1, 2, 2));
    Tensor x = d.of(d.variable(shape), d.tensor(shape));
    Scene scene = new Scene(d);
    List<Integer> labels = scene.labels(shape);
    Rational a = Rational.of(d.of(-2, -1, 1, 1, 2, 3, 4), d.of(1, 1, 2));
    int b = d.of(-1, 1, 1, 2, 3, 4, 5);
    int parts = 1 + d.below(4);
    Rational c = d.chance(80) ? a.dividedBy(Rational.of(-parts)) : a;
    scene.with(EXP.at(x), a, labels);
    List<Integer> other = d.chance(90) ? labels : scene.someLabels(shape, Set.of());
    scene.with(SIGMOID.at(Tensors.scale(c, x)), Rational.of(b), other);
    return scene.build();
  }

  /** Terms that share a random product; seldom with different coefficients or other terms too. */
  private static Tensor sumOf(
      Draw d, List<Size> shape, Tensor first, Tensor second, Rational sign) {
    Tensor rest = d.chance(50) ? Tensors.ones(shape) : d.tensor(shape);
    Rational c = d.number();
    List<Sum.Term> terms = new ArrayList<>();
    terms.add(new Sum.Term(c, Tensors.hadamard(rest, first)));
    terms.add(
        new Sum.Term(d.chance(85) ? c.times(sign) : d.number(), Tensors.hadamard(rest, second)));
    if (d.chance(40)) terms.add(new Sum.Term(d.number(), d.tensor(shape)));
    return Sum.of(terms, shape);
  }

  private static Tensor complement(Draw d) {
    List<Size> shape = d.shape(d.of(0, 1, 2, 2));
    Tensor s = Tensors.power(SIGMOID.at(d.tensor(shape)), Rational.of(d.of(1, 1, 2, -1)));
    Tensor more = d.chance(60) ? Tensors.ones(shape) : SIGMOID.at(d.tensor(shape));
    return sumOf(d, shape, more, Tensors.hadamard(more, s), Rational.MINUS_ONE);
  }

  private static Tensor logisticPair(Draw d) {
    List<Size> shape = d.shape(d.of(0, 1, 2, 2));
    Tensor x = d.tensor(shape);
    Tensor negative = d.chance(90) ? Tensors.negate(x) : d.tensor(shape);
    return sumOf(d, shape, SIGMOID.at(x), SIGMOID.at(negative), Rational.ONE);
  }

  private static Tensor pythagoras(Draw d) {
    List<Size> shape = d.shape(d.of(0, 1, 2, 2));
    Tensor x = d.tensor(shape);
    Rational a = d.chance(85) ? Rational.TWO : d.exponent();
    Tensor sine = Tensors.power(SIN.at(x), a);
    Tensor cosine = Tensors.power(COS.at(d.chance(90) ? x : d.tensor(shape)), Rational.TWO);
    Tensor more = d.chance(70) ? Tensors.ones(shape) : d.of(SIN, COS).at(x);
    return sumOf(
        d, shape, Tensors.hadamard(more, sine), Tensors.hadamard(more, cosine), Rational.ONE);
  }

  // Inverses

  private static Tensor inverseOfInverse(Draw d) {
    Tensor x = d.invertible(d.square());
    return d.of(Inverse.at(Inverse.at(x)), Inverse.at(Adjugate.at(x)), Adjugate.at(Inverse.at(x)));
  }

  private static Tensor inverseOfMultiple(Draw d) {
    List<Size> shape = d.square();
    Tensor x =
        d.chance(10)
            ? Tensors.ones(shape)
            : d.chance(20) ? Tensors.identity(shape.getFirst()) : d.invertible(shape);
    Tensor scaled = Tensors.scale(d.number(), x);
    Product product = new Product();
    List<Integer> labels = product.labels(shape);
    product.factor(scaled, labels);
    if (d.chance(50)) product.factor(d.scalar(), Rational.of(d.power()), List.of());
    if (d.chance(20)) product.factor(d.tensor(List.of()));
    return Inverse.at(product.to(labels));
  }

  private static Tensor inverseOfOrthogonal(Draw d) {
    List<Size> shape = d.square();
    Tensor q = d.variable(shape, d.chance(90) ? Property.ORTHOGONAL : Property.INVERTIBLE);
    if (d.chance(10)) q = Tensors.identity(shape.getFirst());
    if (d.chance(10)) q = Tensors.scale(d.number(), q);
    return d.of(Inverse.at(q), Inverse.at(q), Inverse.at(Tensors.transpose(q)), Adjugate.at(q));
  }

  private static Tensor cancelInverse(Draw d) {
    List<Size> shape = d.square();
    Size n = shape.getFirst();
    Tensor x = d.chance(50) ? chain(d, shape) : d.invertible(shape);
    Scene scene = new Scene(d);
    int free = scene.label(n);
    int joint = scene.label(n);
    int other = scene.label(n);
    boolean left = d.chance(50);
    scene.with(
        Inverse.at(x), d.chance(90) ? Rational.ONE : Rational.TWO, pair(left ? 0 : 1, joint, free));
    Tensor partner =
        d.chance(85) ? x : d.of(Tensors.transpose(x), Inverse.at(x), d.invertible(shape));
    List<Integer> labels = pair(left ? 1 : 0, joint, other);
    if (d.chance(5)) labels = labels.reversed();
    addDissolved(scene, partner, labels);
    return scene.build(Set.of(joint));
  }

  /** A product factor by factor, on labels of its own for what it sums. */
  private static void addDissolved(Scene scene, Tensor tensor, List<Integer> labels) {
    if (!(tensor instanceof nabla.tensor.Einsum e) || e.output().stream().distinct().count() < 2) {
      scene.with(tensor, Rational.ONE, labels);
      return;
    }
    List<Integer> own = new ArrayList<>();
    for (int k = 0; k < e.sizes().size(); k++) {
      int axis = e.output().indexOf(k);
      own.add(axis >= 0 ? labels.get(axis) : scene.label(e.sizes().get(k)));
    }
    for (nabla.tensor.Einsum.Factor f : e.factors()) {
      scene.with(f.tensor(), f.exponent(), f.labels().stream().map(own::get).toList());
    }
  }

  private static Tensor adjugateOverDeterminant(Draw d) {
    List<Size> shape = d.square();
    Tensor x = d.invertible(shape);
    Scene scene = new Scene(d);
    scene.with(Adjugate.at(x), d.chance(90) ? Rational.ONE : Rational.TWO, scene.labels(shape));
    Tensor y = d.chance(90) ? x : d.invertible(shape);
    Rational exponent = Rational.of(d.of(-4, -2, -2, -3, -1, 2), 2);
    return scene.with(Determinant.at(y), exponent, List.of()).build();
  }

  private static Tensor invertibleOrNot(Draw d, List<Size> shape) {
    return switch (d.below(6)) {
      case 0 -> d.variable(shape, Property.INVERTIBLE);
      case 1 -> d.variable(shape, Property.PD);
      case 2 -> d.variable(shape, Property.ORTHOGONAL);
      case 3 -> Inverse.at(d.tensor(shape));
      case 4 ->
          Tensors.multiply(
              d.variable(shape, Property.INVERTIBLE),
              Tensors.transpose(d.variable(shape, Property.INVERTIBLE)));
      default -> singularOrNot(d, shape);
    };
  }

  private static Tensor singularOrNot(Draw d, List<Size> shape) {
    Tensor v = d.variable(shape, Property.INVERTIBLE);
    return switch (d.below(5)) {
      case 0 -> Tensors.hadamard(v, d.variable(shape, Property.INVERTIBLE));
      case 1 -> Tensors.hadamard(v, d.scalar());
      case 2 -> d.variable(shape, Property.PSD);
      case 3 -> {
        Tensor x = d.variable(shape.subList(0, 1));
        Product product = new Product();
        List<Integer> labels = product.labels(shape);
        yield product.factor(x, labels.get(0)).factor(x, labels.get(1)).to(labels);
      }
      default -> d.tensor(shape);
    };
  }

  private static Tensor determinantOfInverse(Draw d) {
    Tensor x = d.invertible(d.square());
    Tensor y = d.of(Inverse.at(x), Inverse.at(x), Adjugate.at(x), x);
    return d.of(Determinant.at(y), LogDeterminant.at(y));
  }

  private static Tensor logarithmOfDeterminant(Draw d) {
    Tensor determinant = Determinant.at(d.invertible(d.square()));
    if (d.chance(30)) return LOG.at(determinant);
    Tensor positive = d.of(EXP.at(d.scalar()), Constant.PI, d.scalar());
    Rational exponent = Rational.of(d.of(-4, -2, -1, 1, 2, 3, 4), 2);
    Scene scene = new Scene(d).with(determinant, exponent, List.of());
    if (d.chance(70)) scene.with(positive, d.of(Rational.ONE, Rational.MINUS_ONE), List.of());
    return LOG.at(scene.build());
  }

  private static Tensor chain(Draw d) {
    return chain(d, d.square());
  }

  /** A product of two or three matrices, mostly square, some transposed, seldom no chain at all. */
  private static Tensor chain(Draw d, List<Size> shape) {
    Size n = shape.getFirst();
    Product product = new Product().times(d.chance(70) ? Rational.ONE : d.number());
    int first = product.label(n);
    int at = first;
    Size from = n;
    int links = 2 + d.below(2);
    for (int k = 0; k < links; k++) {
      Size to = k == links - 1 || d.chance(85) ? n : d.size();
      int next = product.label(to);
      boolean turned = d.chance(40);
      List<Size> own = turned ? List.of(to, from) : List.of(from, to);
      Tensor link = from.equals(to) && d.chance(30) ? d.invertible(own) : d.variable(own);
      List<Integer> labels = turned ? List.of(next, at) : List.of(at, next);
      product.factor(link, d.chance(95) ? Rational.ONE : Rational.TWO, labels);
      if (d.chance(5)) product.factor(d.variable(List.of(to)), next);
      at = next;
      from = to;
    }
    if (d.chance(30)) product.factor(d.scalar(), Rational.of(d.power()), List.of());
    return d.chance(90) ? product.to(first, at) : product.to(at, first);
  }
}
