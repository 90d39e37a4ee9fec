package nabla.generated;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.operation.Adjugate;
import nabla.operation.Determinant;
import nabla.operation.Inverse;
import nabla.operation.LogDeterminant;
import nabla.operation.PseudoInverse;
import nabla.operation.Trigonometric;
import nabla.tensor.Apply;
import nabla.tensor.Einsum;
import nabla.tensor.Elementwise;
import nabla.tensor.Operator;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.verify.Binding;
import nabla.verify.Evaluation;
import nabla.verify.ReferenceInterpreter;
import nabla.verify.SamplePoints;
import org.jspecify.annotations.Nullable;

/** Points in the domain, away from kinks, where nothing is large and rounding decides nothing. */
final class Points {
  private static final double SMALLEST_DIVISOR = 1e-6;
  private static final double WORST_CONDITION = 1e8;
  static final double LARGEST = 1e7;
  private static final double CLOSEST_KINK = 0.01;
  private static final int ATTEMPTS = 36;
  private static final Set<Operator> PERIODIC = Set.of(Trigonometric.SIN, Trigonometric.COS);

  private static final Set<Operator> SOLVING =
      Set.of(Inverse.INVERSE, Determinant.DETERMINANT, LogDeterminant.LOGDET, Adjugate.ADJUGATE);

  private Points() {}

  /** A good point for all of these, or null if there is none. */
  static @Nullable Binding good(Sample sample, List<Tensor> all, long seed) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Binding at = SamplePoints.draw(sample.variables(), sample.sizes(), seed, attempt);
      if (isGood(all, at)) return at;
    }
    return null;
  }

  /** The reference interpreter takes no arrays of ten million entries. */
  static boolean isTooLarge(NablaException e) {
    return e.diagnostic().code() == Code.LIMIT
        && e.diagnostic().message().startsWith("an intermediate array");
  }

  /** Whether it is a good point for all of these. */
  static boolean isGood(List<Tensor> all, Binding at) {
    try {
      return all.stream().allMatch(t -> isGood(t, at));
    } catch (NablaException e) {
      if (isTooLarge(e)) return false;
      throw e;
    }
  }

  private static boolean isGood(Tensor tensor, Binding at) {
    Evaluation evaluation = new ReferenceInterpreter(tensor, at.sizes()).evaluate(at.variables());
    for (double x : evaluation.value().data()) if (!(Math.abs(x) < LARGEST)) return false;
    return evaluation.distanceToKink() > CLOSEST_KINK && isWellConditioned(tensor, at);
  }

  /** Where rounding errors are divided or inverted, two right formulas may well differ. */
  static boolean isWellConditioned(Tensor tensor, Binding at) {
    for (Tensor node : Tensors.topological(tensor)) {
      boolean fine =
          switch (node) {
            case Einsum e ->
                e.factors().stream()
                    .filter(f -> f.exponent().signum() < 0)
                    .allMatch(f -> smallest(f.tensor(), at) > SMALLEST_DIVISOR);
            // Of 1e17 a sine turns within one rounding.
            case Elementwise e when PERIODIC.contains(e.operator()) ->
                largest(e.operands().getFirst(), at) < LARGEST;
            case Apply a when SOLVING.contains(a.operator()) -> {
              Tensor matrix = a.operands().getFirst();
              yield largest(matrix, at) * largest(Inverse.at(matrix), at) < WORST_CONDITION;
            }
            case Apply a when a.operator().equals(PseudoInverse.PINV) ->
                hasFullRank(a.operands().getFirst(), at);
            default -> true;
          };
      if (!fine) return false;
    }
    return true;
  }

  /** Otherwise rounding decides on the rank, and with it on the pseudoinverse. */
  private static boolean hasFullRank(Tensor matrix, Binding at) {
    Tensor turned = Tensors.transpose(matrix);
    boolean tall =
        matrix.shape().get(0).value(at.sizes()) > matrix.shape().get(1).value(at.sizes());
    Tensor gram = tall ? Tensors.multiply(turned, matrix) : Tensors.multiply(matrix, turned);
    return largest(gram, at) * largest(Inverse.at(gram), at) < WORST_CONDITION;
  }

  private static double smallest(Tensor tensor, Binding at) {
    return magnitudes(tensor, at).min().orElse(Double.POSITIVE_INFINITY);
  }

  private static double largest(Tensor tensor, Binding at) {
    return magnitudes(tensor, at).max().orElse(0);
  }

  private static DoubleStream magnitudes(Tensor tensor, Binding at) {
    return Arrays.stream(ReferenceInterpreter.evaluate(tensor, at).data()).map(Math::abs);
  }
}
