package nabla;

import java.util.stream.Collectors;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import nabla.lang.Problem;
import nabla.lang.Syntax;
import nabla.operation.Primitive;
import nabla.tensor.Apply;
import nabla.tensor.Elementwise;
import nabla.tensor.Tensor;
import nabla.verify.Evaluation;
import org.jspecify.annotations.Nullable;

/** Says which part of an expression is not defined at a point. */
final class Domain {
  private Domain() {}

  /**
   * @throws NablaException with {@link Code#DOMAIN} if an operation left its domain; what merely
   *     overflows, or comes from data that are infinite or NaN, passes
   */
  static void require(Problem problem, Evaluation evaluation) {
    Tensor undefined = evaluation.undefined();
    if (undefined == null) return;
    Syntax part = problem.parts().get(undefined);
    String subject = part == null ? "a part of the expression" : text(problem, part);
    throw new NablaException(
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
            .map(c -> name(problem, c.subject()) + " " + c.requirement())
            .collect(Collectors.joining(", "));
    return operation.name() + (conditions.isEmpty() ? " has no value" : " needs " + conditions);
  }

  private static String name(Problem problem, Tensor tensor) {
    Syntax part = problem.parts().get(tensor);
    return part == null ? "its operand" : text(problem, part);
  }

  private static String text(Problem problem, Syntax part) {
    String source = problem.source();
    int from = source.offsetByCodePoints(0, part.span().start());
    return source.substring(from, source.offsetByCodePoints(from, part.span().length()));
  }
}
