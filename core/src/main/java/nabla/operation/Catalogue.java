package nabla.operation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every operation of the language, by name; the only list of them. */
public final class Catalogue {
  private static final List<Operation> OPERATIONS = operations();
  private static final Map<String, Operation> BY_NAME = byName();

  private Catalogue() {}

  private static List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    all.addAll(
        List.of(
            Exponential.EXP, Exponential.LOG, Exponential.LOG1P, Exponential.EXPM1, Power.SQRT));
    all.addAll(
        List.of(
            Trigonometric.SIN,
            Trigonometric.COS,
            Trigonometric.TAN,
            Trigonometric.ARCSIN,
            Trigonometric.ARCCOS,
            Trigonometric.ARCTAN,
            Trigonometric.SINH,
            Trigonometric.COSH,
            Trigonometric.TANH));
    all.addAll(
        List.of(
            Activation.SIGMOID,
            Activation.SOFTPLUS,
            Activation.RELU,
            Activation.STEP,
            Activation.ABS,
            Activation.SIGN));
    all.addAll(List.of(ErrorFunction.ERF, ErrorFunction.ERFC));
    all.addAll(GammaFunctions.ALL);
    all.add(Power.POWER);
    all.addAll(Reductions.ALL);
    all.addAll(Norms.ALL);
    all.addAll(
        List.of(
            ProductOfEntries.PROD,
            Extremum.MAX,
            Extremum.MIN,
            Extremum.ARGMAX,
            Extremum.ARGMIN,
            RowMaximum.ROW_MAX,
            RowMaximum.ROW_ARGMAX,
            Softmax.SOFTMAX,
            Softmax.LSE,
            Softmax.ROW_SOFTMAX,
            Softmax.ROW_LSE));
    all.addAll(
        List.of(
            Determinant.DETERMINANT, LogDeterminant.LOGDET, Inverse.INVERSE, Adjugate.ADJUGATE));
    all.addAll(List.of(Inverse.SOLVE, PseudoInverse.PINV, Cholesky.CHOL));
    all.addAll(List.of(SylvesterInverse.SYLV, SylvesterInverse.INVERSE));
    all.addAll(MatrixFunction.ALL);
    all.addAll(FrechetDerivative.all());
    all.addAll(List.of(Eigen.LARGEST, Eigen.SMALLEST, Eigen.LARGEST_VECTOR, Eigen.SMALLEST_VECTOR));
    all.addAll(List.of(Singular.VALUE, Singular.LEFT, Singular.RIGHT));
    all.addAll(List.of(Nuclear.NORM, Nuclear.POLAR, Nuclear.POLAR_DERIVATIVE));
    all.addAll(DiagonalMap.ALL);
    all.addAll(Parts.ALL);
    all.addAll(CrossProduct.ALL);
    all.addAll(Reshapings.ALL);
    return List.copyOf(all);
  }

  private static Map<String, Operation> byName() {
    Map<String, Operation> names = new LinkedHashMap<>();
    for (Operation operation : OPERATIONS) {
      names.put(operation.name(), operation);
      for (String alias : operation.aliases()) names.put(alias, operation);
    }
    return names;
  }

  /** The operations in the order of their families. */
  public static List<Operation> all() {
    return OPERATIONS;
  }

  /** The operation with this name or alias, or null. */
  public static @Nullable Operation find(String name) {
    return BY_NAME.get(name);
  }

  /** Every name and alias. */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }
}
