package nabla.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nabla.engine.kernel.BinaryFunction;
import nabla.engine.kernel.UnaryFunction;
import nabla.operation.Determinant;
import nabla.operation.Inverse;
import nabla.operation.LogDeterminant;
import nabla.operation.Softmax;
import nabla.tensor.Apply;
import nabla.tensor.Operator;
import nabla.tensor.Size;
import nabla.tensor.Tensor;

/** Operations that are neither products nor elementwise as nodes of a plan. */
final class ApplyLowering {
  private final Lowering lowering;
  private final Map<Tensor, Value> factorizations = new HashMap<>();
  private final Map<Exponentials, Exponentials.Values> exponentials = new HashMap<>();

  /**
   * Exponentials that cannot overflow, and their sums over the axes from {@code kept} on.
   *
   * @param x what they are of
   */
  private record Exponentials(Tensor x, int kept) {
    /**
     * @param shift what was subtracted before
     */
    private record Values(Value shift, Value exponentials, Value sums) {}
  }

  ApplyLowering(Lowering lowering) {
    this.lowering = lowering;
  }

  Value of(Apply apply) {
    Operator operator = apply.operator();
    if (operator.equals(Inverse.INVERSE)) return factored(apply, Node.Use.INVERSE);
    if (operator.equals(LogDeterminant.LOGDET)) return factored(apply, Node.Use.LOG_DETERMINANT);
    if (operator.equals(Determinant.DETERMINANT)) return factored(apply, Node.Use.DETERMINANT);
    if (operator.equals(Softmax.LSE)) return logSumExp(apply, 0);
    if (operator.equals(Softmax.ROW_LSE)) return logSumExp(apply, 1);
    if (operator.equals(Softmax.SOFTMAX)) return softmax(apply, 0);
    if (operator.equals(Softmax.ROW_SOFTMAX)) return softmax(apply, 1);
    if (operator instanceof SoftmaxProducts.Part part) return part(part, apply);
    if (operator instanceof Marginals.Summed) return lowering.value(apply.operands().getFirst());
    if (operator instanceof MatrixMaps.Mapped mapped) {
      return lowering.reference(mapped.name(), mapped::value, apply);
    }
    return lowering.reference(operator, apply);
  }

  private Value factored(Apply apply, Node.Use use) {
    Value factorization = factorization(apply);
    Value result = lowering.nodes.computed(apply.shape(), lowering.shape(apply));
    return lowering.nodes.add(new Node.Factored(result, use, factorization, null, false, 1));
  }

  /** The factorisation of the operand, one for all that is computed from it. */
  Value factorization(Apply apply) {
    Tensor matrix = apply.operands().getFirst();
    Value known = factorizations.get(matrix);
    if (known != null) return known;
    Value value = lowering.value(matrix);
    int n = value.shape()[0];
    int[] shape = {Node.Factorization.length(n)};
    Value result = lowering.nodes.computed(List.of(Size.of(shape[0])), shape);
    lowering.nodes.add(new Node.Factorization(result, value, matrix.isSymmetric()));
    factorizations.put(matrix, result);
    return result;
  }

  /** log(Σ exp(x - shift)) + shift over the axes from {@code kept} on. */
  private Value logSumExp(Apply apply, int kept) {
    Exponentials.Values e = exponentials(new Exponentials(apply.operands().getFirst(), kept));
    Code log = new Code.Unary(UnaryFunction.LOG, Nodes.here(e.sums()));
    return lowering.nodes.pointwise(Domain.of(e.sums()), Code.plus(log, Nodes.here(e.shift())));
  }

  private Value softmax(Apply apply, int kept) {
    Exponentials.Values e = exponentials(new Exponentials(apply.operands().getFirst(), kept));
    Domain domain = Domain.of(e.exponentials());
    Code sums = Nodes.along(e.sums(), domain.rank());
    return lowering.nodes.pointwise(
        domain, Nodes.call(BinaryFunction.DIVIDE, Nodes.here(e.exponentials()), sums));
  }

  /**
   * So small that the exponentials add up to 1 at most; a power of 2, so that nothing is rounded.
   */
  private Value part(SoftmaxProducts.Part part, Apply apply) {
    Exponentials.Values e = exponentials(new Exponentials(apply.operands().getFirst(), 0));
    Value whole =
        switch (part) {
          case EXPONENTIALS -> e.exponentials();
          case TOTAL -> e.sums();
        };
    double share = Math.scalb(1.0, -1 - Math.getExponent((double) e.exponentials().count()));
    return lowering.nodes.pointwise(Domain.of(whole), Code.scaled(share, Nodes.here(whole)));
  }

  private Exponentials.Values exponentials(Exponentials of) {
    Exponentials.Values known = exponentials.get(of);
    if (known != null) return known;
    Exponentials.Values values = computed(of);
    exponentials.put(of, values);
    return values;
  }

  private Exponentials.Values computed(Exponentials of) {
    Domain domain = lowering.domain(of.x());
    Code x = lowering.here(of.x(), domain.rank());
    Value largest = lowering.nodes.reduced(domain, of.kept(), x, Node.Effect.MAX);
    Value shift = of.kept() == 0 ? shift(largest) : rowShifts(largest);
    Code shifted = Nodes.call(BinaryFunction.SUBTRACT, x, Nodes.along(shift, domain.rank()));
    Value exponentials =
        lowering.nodes.pointwise(domain, new Code.Unary(UnaryFunction.EXP, shifted));
    Value sums =
        lowering.nodes.reduced(domain, of.kept(), Nodes.here(exponentials), Node.Effect.SUM);
    return new Exponentials.Values(shift, exponentials, sums);
  }

  private Value shift(Value largest) {
    Value shift = lowering.nodes.computed(Domain.of(largest));
    return lowering.nodes.add(new Node.Shift(shift, largest));
  }

  /** The shift of each row, finite as that of {@link Node.Shift}. */
  private Value rowShifts(Value largest) {
    Code least = new Code.Literal(-lowering.precision.largest());
    Code most = new Code.Literal(lowering.precision.largest());
    Code atLeast = Nodes.call(BinaryFunction.MAX, Nodes.here(largest), least);
    return lowering.nodes.pointwise(
        Domain.of(largest), Nodes.call(BinaryFunction.MIN, atLeast, most));
  }
}
