package nabla.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import nabla.diagnostic.Span;
import nabla.lang.BinaryOperator;
import nabla.lang.Syntax;
import nabla.notation.TextPrinter;
import nabla.operation.Condition;
import nabla.simplify.Conditions;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import org.jspecify.annotations.Nullable;

/**
 * The differential of a function of matrices that stand for its arguments, found from its
 * derivative and written down: whatever the catalogue differentiates has a rule, {@code d(inv(U)) =
 * -inv(U)*dU*inv(U)}.
 */
final class FunctionDifferentials {
  private static final List<String> VECTORS = List.of("u", "v", "w", "z", "s", "t", "p", "q");
  private static final List<String> MATRICES = List.of("U", "V", "W", "Z", "S", "T", "P", "Q");

  private static final String CHANGE = "zz_";

  private final Scope scope;
  private final Writer writer;
  private final Differentials differentials;

  FunctionDifferentials(Scope scope, Writer writer, Differentials differentials) {
    this.scope = scope;
    this.writer = writer.forgetting();
    this.differentials = differentials;
  }

  /**
   * An argument and what stands for it.
   *
   * @param row whether the argument is a row; a variable is a column
   * @param change its differential; null if it is constant
   */
  private record Argument(
      Syntax written, Variable variable, boolean row, @Nullable Variable change) {}

  /**
   * The differential of a call or of an operator.
   *
   * @param operands its parts, in order
   */
  Optional<Differentials.Rewrite> of(Syntax call, List<Syntax> operands) {
    return of(call, operands, names -> call.map(part -> names.getOrDefault(part, part)));
  }

  /** That of norm2(a)^2, seen as a function of a. */
  Optional<Differentials.Rewrite> ofSquaredNorm(Syntax.Binary square) {
    Syntax.Call norm = (Syntax.Call) square.left();
    return of(
        square,
        norm.arguments(),
        names -> {
          Syntax inner = norm.map(part -> names.getOrDefault(part, part));
          return Make.binary(square.operator(), inner, square.right());
        });
  }

  /**
   * @param rebuild the function of what stands for the operands
   */
  private Optional<Differentials.Rewrite> of(
      Syntax call,
      List<Syntax> operands,
      Function<IdentityHashMap<Syntax, Syntax>, Syntax> rebuild) {
    List<Argument> arguments = new ArrayList<>();
    IdentityHashMap<Syntax, Syntax> replaced = new IdentityHashMap<>();
    for (Syntax operand : operands) {
      if (isFixed(operand)) continue;
      Optional<Scope.Part> part = scope.part(operand);
      if (part.isEmpty()) return Optional.empty();
      Argument a = argument(operand, part.get(), arguments);
      arguments.add(a);
      Syntax name = Make.name(a.variable().name());
      replaced.put(operand, a.row() ? Make.transpose(name) : name);
    }
    Syntax local = rebuild.apply(replaced);
    List<Variable> variables = variables(arguments);
    Optional<Scope.Part> meaning = scope.read(Make.text(local), variables);
    if (meaning.isEmpty()) return Optional.empty();
    Tensor f = meaning.get().tensor();
    Optional<Syntax> linear = linear(call, local, f, arguments, meaning.get().row());
    Tensor differential = differential(f, arguments);
    Optional<Syntax> formula =
        linear.isPresent()
            ? linear
            : writer.with(variables).matrix(differential, meaning.get().row());
    boolean scalar = f.rank() == 0 && arguments.stream().allMatch(a -> a.variable().rank() == 0);
    return formula
        .map(result -> ordered(result, scalar, variables))
        .map(
            result ->
                new Differentials.Rewrite(
                    substituted(result, arguments),
                    List.of(rule(call, local, result, arguments)),
                    linear.isPresent(),
                    conditions(call, arguments)));
  }

  /** In products whose order is free, what changes stands last, as one writes it. */
  private static Syntax ordered(Syntax s, boolean scalar, List<Variable> variables) {
    boolean free =
        s instanceof Syntax.Binary b
            && (b.operator() == BinaryOperator.ELEMENTWISE_MULTIPLY
                || (scalar && b.operator() == BinaryOperator.MULTIPLY));
    if (!free) return s.map(part -> ordered(part, scalar, variables));
    BinaryOperator operator = ((Syntax.Binary) s).operator();
    List<Syntax> changing = new ArrayList<>();
    List<Syntax> all = new ArrayList<>();
    for (Syntax f : Make.factors(s, operator)) {
      Syntax inner = ordered(f, scalar, variables);
      boolean changes =
          variables.stream()
              .anyMatch(v -> v.name().startsWith(CHANGE) && Scope.mentions(inner, v.name()));
      (changes ? changing : all).add(inner);
    }
    all.addAll(changing);
    return Make.product(all, operator);
  }

  /** Numbers, and names that do not depend on the variable, are a part of the rule. */
  private boolean isFixed(Syntax operand) {
    return operand instanceof Syntax.Numeral
        || operand instanceof Syntax.Text
        || (operand instanceof Syntax.Negate n && n.operand() instanceof Syntax.Numeral)
        || (operand instanceof Syntax.Name && !scope.dependsOnVariable(operand));
  }

  private Argument argument(Syntax operand, Scope.Part part, List<Argument> before) {
    List<String> letters = part.tensor().rank() == 2 ? MATRICES : VECTORS;
    List<String> used = before.stream().map(a -> a.variable().name()).toList();
    String name = scope.free(letters.stream().filter(l -> !used.contains(l)).toList());
    Variable variable = new Variable(name, part.shape(), Set.of());
    Variable change =
        scope.dependsOnVariable(operand)
            ? new Variable(scope.free(CHANGE + name), part.shape(), Set.of())
            : null;
    return new Argument(operand, variable, part.row(), change);
  }

  private static List<Variable> variables(List<Argument> arguments) {
    List<Variable> variables = new ArrayList<>();
    for (Argument a : arguments) {
      variables.add(a.variable());
      if (a.change() != null) variables.add(a.change());
    }
    return variables;
  }

  private Tensor differential(Tensor f, List<Argument> arguments) {
    List<Tensor> changes = new ArrayList<>();
    for (Argument a : arguments) {
      if (a.change() != null) changes.add(writer.differential(f, a.variable(), a.change()));
    }
    return Tensors.add(changes.toArray(Tensor[]::new));
  }

  /** The function of the change, if it is linear in the only argument that changes. */
  private Optional<Syntax> linear(
      Syntax call, Syntax local, Tensor f, List<Argument> arguments, boolean row) {
    if (!(call instanceof Syntax.Call)) return Optional.empty();
    List<Argument> changing = arguments.stream().filter(a -> a.change() != null).toList();
    if (changing.size() != 1) return Optional.empty();
    Argument only = changing.getFirst();
    Map<String, Syntax> change =
        Map.of(only.variable().name(), Make.name(Objects.requireNonNull(only.change()).name()));
    Syntax ofChange = Scope.substituted(local, change);
    Optional<Scope.Part> read = scope.read(Make.text(ofChange), variables(arguments));
    if (read.isEmpty() || read.get().row() != row) return Optional.empty();
    boolean same =
        writer
            .normalized(read.get().tensor())
            .equals(writer.normalized(differential(f, arguments)));
    return same ? Optional.of(ofChange) : Optional.empty();
  }

  /** With the arguments in the place of the names that stand for them. */
  private Syntax substituted(Syntax formula, List<Argument> arguments) {
    Map<String, Syntax> values = new HashMap<>();
    for (Argument a : arguments) {
      values.put(a.variable().name(), a.row() ? Make.transpose(a.written()) : a.written());
      if (a.change() == null) continue;
      Syntax change = differentials.d(a.written());
      values.put(a.change().name(), a.row() ? Make.transpose(change) : change);
    }
    return untransposed(Scope.substituted(formula, values));
  }

  private static Syntax untransposed(Syntax s) {
    Syntax inner = s.map(FunctionDifferentials::untransposed);
    return inner instanceof Syntax.Transpose(Syntax.Transpose t, Span ignored)
        ? t.operand()
        : inner;
  }

  private static Rule rule(
      Syntax call, Syntax local, Syntax differential, List<Argument> arguments) {
    Map<String, Syntax> names = new HashMap<>();
    for (Argument a : arguments) {
      if (a.change() == null) continue;
      names.put(a.change().name(), Make.name("d" + a.variable().name()));
    }
    Syntax named = Scope.substituted(differential, names);
    String statement = "d(" + Make.text(local) + ") = " + Make.text(named);
    return new Rule(name(call), statement);
  }

  private static boolean isNorm(Syntax.Call c) {
    return c.function().equals("norm2") || c.function().equals("normF");
  }

  private static String name(Syntax call) {
    return switch (call) {
      case Syntax.Binary b when b.left() instanceof Syntax.Call c && isNorm(c) ->
          "differential of a squared norm";
      case Syntax.Binary b ->
          switch (b.operator()) {
            case POWER, ELEMENTWISE_POWER -> "power rule";
            case DIVIDE, ELEMENTWISE_DIVIDE -> "quotient rule";
            case LEFT_DIVIDE -> "solution of a linear system";
            default -> "sum rule";
          };
      case Syntax.Call c -> "differential of " + c.function();
      default -> "block by block";
    };
  }

  /** What the rule needs and its arguments do not need already. */
  private List<String> conditions(Syntax call, List<Argument> arguments) {
    Set<Condition> inner = new LinkedHashSet<>();
    for (Argument a : arguments) {
      scope.part(a.written()).ifPresent(p -> inner.addAll(Conditions.of(List.of(p.tensor()))));
    }
    return scope.part(call).stream()
        .flatMap(p -> Conditions.of(List.of(p.tensor())).stream())
        .filter(c -> !inner.contains(c))
        .map(c -> c.text(TextPrinter.print(writer.program(c.subject(), List.of(), false))))
        .toList();
  }
}
