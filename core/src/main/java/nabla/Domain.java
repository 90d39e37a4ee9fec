package nabla;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import nabla.lang.Problem;
import nabla.lang.Syntax;
import nabla.notation.Notation;
import nabla.notation.TextPrinter;
import nabla.operation.Condition;
import nabla.operation.Primitive;
import nabla.tensor.Apply;
import nabla.tensor.Elementwise;
import nabla.tensor.NumericArray;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;
import nabla.verify.Binding;
import nabla.verify.Evaluation;
import nabla.verify.ReferenceInterpreter;
import org.jspecify.annotations.Nullable;

/** The values of expressions where they are defined, and which part is not where they are not. */
final class Domain {
  private Domain() {}

  /**
   * Evaluates an expression where it is defined.
   *
   * @throws NablaException with {@link Code#DOMAIN} if an operation left its domain; what merely
   *     overflows, or comes from data that are infinite or NaN, passes
   */
  static NumericArray value(Problem problem, Binding at) {
    Evaluation evaluation =
        new ReferenceInterpreter(problem.tensor(), at.sizes()).evaluate(at.variables());
    Tensor undefined = evaluation.undefined();
    if (undefined != null) throw outside(problem, undefined);
    return evaluation.value();
  }

  /** What is divided by where an expression is evaluated as it was written. */
  static List<Tensor> divisors(Problem problem) {
    Set<String> texts = new HashSet<>();
    Deque<Syntax> open = new ArrayDeque<>(List.of(problem.program().result().value()));
    while (!open.isEmpty()) {
      Syntax part = open.pop();
      open.addAll(part.parts());
      if (!(part instanceof Syntax.Binary b)) continue;
      switch (b.operator()) {
        case DIVIDE, ELEMENTWISE_DIVIDE -> texts.add(text(problem, b.right()));
        case LEFT_DIVIDE -> texts.add(text(problem, b.left()));
        default -> {}
      }
    }
    return problem.parts().entrySet().stream()
        .filter(e -> texts.contains(text(problem, e.getValue())))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Refuses a point where an expression is not defined, as {@link #value} does. */
  static void require(Problem problem, Binding at) {
    value(problem, at);
  }

  private static NablaException outside(Problem problem, Tensor undefined) {
    Syntax part = problem.parts().get(undefined);
    String subject = part == null ? "a part of the expression" : text(problem, part);
    return new NablaException(
        new Diagnostic(
            Code.DOMAIN,
            subject + " is not defined for these data: " + reason(problem, undefined),
            part == null ? Span.NONE : part.span(),
            problem.source(),
            ""));
  }

  private static String reason(Problem problem, Tensor undefined) {
    @Nullable Primitive operation =
        switch (undefined) {
          case Elementwise e -> Primitive.of(e.operator());
          case Apply a -> Primitive.of(a.operator());
          default -> null;
        };
    if (operation == null) return "division by zero, or a root of a negative number";
    String conditions =
        operation.conditions(undefined.operands()).stream()
            .map(c -> statement(problem, c))
            .collect(Collectors.joining(", "));
    return operation.name() + (conditions.isEmpty() ? " has no value" : " needs " + conditions);
  }

  /** {@code x > 0}, or {@code that x has a single largest entry}. */
  private static String statement(Problem problem, Condition condition) {
    String requirement = condition.requirement();
    boolean clause = requirement.startsWith("has ") || requirement.startsWith("keeps ");
    return (clause ? "that " : "") + name(problem, condition.subject()) + " " + requirement;
  }

  private static String name(Problem problem, Tensor tensor) {
    Syntax part = problem.parts().get(tensor);
    if (part != null) return text(problem, part);
    List<Variable> variables = problem.variables().stream().map(Problem.Symbol::variable).toList();
    Notation notation = new Notation(problem.tensor(), variables, Map.of());
    return TextPrinter.print(notation.of(tensor, List.of(), false));
  }

  private static String text(Problem problem, Syntax part) {
    String source = problem.source();
    int from = source.offsetByCodePoints(0, part.span().start());
    return source.substring(from, source.offsetByCodePoints(from, part.span().length()));
  }
}
