package nabla.generated;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.calculus.Differentiation;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.operation.Catalogue;
import nabla.operation.Condition;
import nabla.operation.Elementary;
import nabla.operation.MatrixMap;
import nabla.operation.Operation;
import nabla.operation.Signature;
import nabla.simplify.Conditions;
import nabla.tensor.Apply;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Calls of every function of the catalogue, by its signatures, with operands that mostly meet the
 * conditions that the function itself states.
 */
final class Calls {
  private static final double CAREFUL = 0.97;
  private static final double STEEP = 50;

  /**
   * The operations that can be differentiated three times; the gamma family ends somewhere, and so
   * do the derivatives of matrix functions.
   */
  private static final List<Operation> SMOOTH =
      Catalogue.all().stream().filter(Calls::isSmooth).toList();

  private final Dice dice;
  private final Sizes sizes;
  private final Taste taste;
  private final Generator generator;

  Calls(Dice dice, Sizes sizes, Taste taste, Generator generator) {
    this.dice = dice;
    this.sizes = sizes;
    this.taste = taste;
    this.generator = generator;
  }

  private static boolean isSmooth(Operation operation) {
    if (operation instanceof MatrixMap || operation.name().equals("polar")) return false;
    if (!(operation instanceof Elementary function)) return true;
    Variable x = new Variable("x", List.of(), Set.of());
    try {
      Tensor derivative = function.at(x);
      for (int order = 0; order < 3; order++) {
        derivative = Differentiation.derivative(derivative, x);
      }
      return true;
    } catch (NablaException e) {
      return e.diagnostic().code() != Code.UNSUPPORTED;
    }
  }

  private record Call(Operation operation, List<Shape> operands) {}

  /** A call that returns this shape, or null if no function does. */
  @Nullable Term of(Shape shape, int budget) {
    List<Call> calls = new ArrayList<>();
    List<Call> favourites = new ArrayList<>();
    for (Operation operation : SMOOTH) {
      for (Signature signature : operation.signatures()) {
        List<Shape> operands = operands(signature, shape);
        if (operands == null) continue;
        calls.add(new Call(operation, operands));
        if (taste.favourites().contains(operation.name())) favourites.add(calls.getLast());
      }
    }
    if (calls.isEmpty()) return null;
    boolean favourite = !favourites.isEmpty() && dice.chance(0.7);
    return call(dice.pick(favourite ? favourites : calls), shape, budget);
  }

  /** The shapes of the operands for a result of this shape, or null if it does not fit. */
  private @Nullable List<Shape> operands(Signature signature, Shape shape) {
    Map<String, Size> bound = new HashMap<>();
    Shape any = null;
    if (signature.result().any()) any = shape;
    else if (signature.result().rank() != shape.rank() || shape.row()) return null;
    else if (!bind(signature.result(), shape, bound)) return null;
    List<Shape> operands = new ArrayList<>();
    for (Signature.Parameter p : signature.parameters()) {
      if (p.any() && any == null) any = generator.anyShape();
      operands.add(p.any() ? java.util.Objects.requireNonNull(any) : operand(p, bound));
    }
    return operands;
  }

  private boolean bind(Signature.Parameter p, Shape shape, Map<String, Size> bound) {
    for (int axis = 0; axis < p.rank(); axis++) {
      Size needed = p.shape().get(axis);
      if (needed.isNumber()) {
        if (!needed.equals(shape.sizes().get(axis))) return false;
        continue;
      }
      List<String> factors = p.shape().get(axis).terms().firstKey().names();
      List<Size> own =
          factors.size() == 1
              ? List.of(shape.sizes().get(axis))
              : sizes.split(shape.sizes().get(axis));
      for (int k = 0; k < factors.size(); k++) {
        Size known = bound.putIfAbsent(factors.get(k), own.get(k));
        if (known != null && !known.equals(own.get(k))) return false;
      }
    }
    return true;
  }

  private Shape operand(Signature.Parameter p, Map<String, Size> bound) {
    for (Size size : p.shape()) {
      for (String name : size.names()) bound.computeIfAbsent(name, n -> sizes.any());
    }
    return Shape.of(p.shape().stream().map(s -> s.substitute(bound)).toList());
  }

  private Term call(Call call, Shape shape, int budget) {
    List<Tensor> symbols = new ArrayList<>();
    for (Shape s : call.operands()) {
      symbols.add(new Variable("operand" + symbols.size(), s.sizes(), Set.of()));
    }
    List<Condition> conditions = Conditions.of(List.of(call.operation().of(symbols)));
    List<Term> operands = new ArrayList<>();
    for (int k = 0; k < symbols.size(); k++) {
      int share = Math.max(1, budget / symbols.size());
      Term operand =
          meeting(requirement(conditions, symbols.get(k)), call.operands().get(k), share);
      operands.add(isSteep(call.operation()) && dice.chance(CAREFUL) ? bounded(operand) : operand);
    }
    String name = call.operation().name();
    if (!call.operation().aliases().isEmpty() && dice.chance(0.1)) {
      name = dice.pick(call.operation().aliases());
    }
    return Term.call(shape, name, operands);
  }

  private static String requirement(List<Condition> conditions, Tensor operand) {
    for (Condition c : conditions) {
      if (c.subject().equals(operand)) return c.requirement();
      if (c.subject() instanceof Apply a && a.operands().contains(operand)) return "invertible";
    }
    return "";
  }

  private static boolean isSteep(Operation operation) {
    return operation instanceof Elementary e && Math.abs(e.function().applyAsDouble(6)) > STEEP;
  }

  /** An expression that mostly meets a requirement as conditions spell it. */
  Term meeting(String requirement, Shape shape, int budget) {
    Term plain = generator.make(shape, Math.max(1, budget));
    if (!dice.chance(CAREFUL)) return plain;
    return switch (requirement) {
      case "> 0", "> -1" -> positive(plain);
      case "≠ 0" -> dice.chance(0.6) ? positive(plain) : various(plain);
      case "has a single largest entry", "has a single smallest entry" -> various(plain);
      case "in (-1, 1)" -> Term.infix(shape, "0.9*#", bounded(plain));
      case "≠ π/2 + kπ" -> bounded(plain);
      case "invertible" -> invertible(plain);
      default -> plain;
    };
  }

  private Term positive(Term x) {
    Shape shape = x.shape();
    return switch (dice.below(4)) {
      case 0 -> Term.call(shape, "exp", List.of(bounded(x)));
      case 1 -> Term.call(shape, "cosh", List.of(bounded(x)));
      case 2 -> Term.infix(shape, shape.isScalar() ? "#^2 + 1" : "#.^2 + 1", x);
      default -> Term.infix(shape, "# + 0.5", Term.call(shape, "abs", List.of(x)));
    };
  }

  /** With entries that are hardly 0 or equal. */
  private Term various(Term x) {
    if (x.parts().isEmpty() && x.pattern().length() == 1) return x;
    return Term.infix(x.shape(), "# + #", x, generator.variable(x.shape()));
  }

  /** Between -1 and 1. */
  Term bounded(Term x) {
    return Term.call(x.shape(), dice.pick("tanh", "sin"), List.of(x));
  }

  private Term invertible(Term x) {
    Shape shape = x.shape();
    if (x.parts().isEmpty() && dice.chance(0.6)) return x;
    return dice.chance(0.7)
        ? Term.infix(shape, "#'*# + eye(" + shape.sizes().getFirst() + ")", x, x)
        : Term.infix(shape, "# + 3*eye(" + shape.sizes().getFirst() + ")", bounded(x));
  }
}
