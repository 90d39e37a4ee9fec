package nabla.bench.compare;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A scalar function of one variable, its data for any size, and the best form a person can give.
 */
interface Problem {
  /** Of a variable with more entries nobody wants a dense Hessian: this one takes 800 MB. */
  long DENSE = 10_000;

  /** All of them, in the order of the report. */
  static List<Problem> all() {
    return List.of(
        new LogisticRegression(),
        new MatrixFactorization(),
        new ReluNetwork(),
        new QuadraticForm(),
        new LogDeterminant(),
        new GaussianLikelihood(),
        new SoftmaxRegression(),
        new LogSumExp(),
        new LeastSquares());
  }

  /** The problem with this name. */
  static Problem of(String name) {
    return all().stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no problem is called %s; there are %s"
                        .formatted(
                            name, all().stream().map(Problem::name).collect(joining(", ")))));
  }

  /** The problems that a user names, all if there are none; an unknown name ends the program. */
  static List<Problem> asked(List<String> names) {
    try {
      return names.isEmpty() ? all() : names.stream().map(Problem::of).toList();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return List.of();
    }
  }

  /** The name on the command line. */
  String name();

  /** The function in Nabla's language, over the names of {@link #data}. */
  String formula();

  /** The name of the variable. */
  String variable();

  /** Whether the variable is a symmetric matrix, of which systems may read only one triangle. */
  default boolean symmetric() {
    return false;
  }

  /** The sizes that are measured unless others are asked for. */
  List<Integer> sizes();

  /** What is measured at this size. */
  Set<Operation> operations(int n);

  /** How many entries the variable has. */
  long entries(int n);

  Data data(int n);

  /** The function by hand: on the data alone, nothing kept from call to call but buffers. */
  Map<Operation, Computation> byHand(Data data, Team team);
}
