package nabla.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import nabla.tensor.NumericArray;
import nabla.tensor.Property;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the catalogue says of each operation: names, signatures, conditions, kinks. */
class CatalogueTest {
  private static final Size N = Size.of("n");

  private static Operation operation(String name) {
    return Objects.requireNonNull(Catalogue.find(name), name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      textBlock =
          """
          exp          ¦            ¦ any -> any
          log          ¦ ln         ¦ any -> any
          log1p        ¦            ¦ any -> any
          expm1        ¦            ¦ any -> any
          sqrt         ¦            ¦ any -> any
          sin          ¦            ¦ any -> any
          cos          ¦            ¦ any -> any
          tan          ¦            ¦ any -> any
          arcsin       ¦ asin       ¦ any -> any
          arccos       ¦ acos       ¦ any -> any
          arctan       ¦ atan       ¦ any -> any
          sinh         ¦            ¦ any -> any
          cosh         ¦            ¦ any -> any
          tanh         ¦            ¦ any -> any
          sigmoid      ¦            ¦ any -> any
          softplus     ¦            ¦ any -> any
          relu         ¦            ¦ any -> any
          step         ¦            ¦ any -> any
          abs          ¦            ¦ any -> any
          sign         ¦            ¦ any -> any
          erf          ¦            ¦ any -> any
          erfc         ¦            ¦ any -> any
          gammaln      ¦            ¦ any -> any
          digamma      ¦            ¦ any -> any
          trigamma     ¦            ¦ any -> any
          polygamma2   ¦            ¦ any -> any
          polygamma3   ¦            ¦ any -> any
          polygamma4   ¦            ¦ any -> any
          polygamma5   ¦            ¦ any -> any
          polygamma6   ¦            ¦ any -> any
          power        ¦            ¦ any, any -> any
          sum          ¦            ¦ any -> scalar
          mean         ¦            ¦ any -> scalar
          rowsum       ¦            ¦ matrix[m,n] -> vector[m]
          colsum       ¦            ¦ matrix[m,n] -> vector[n]
          rowmean      ¦            ¦ matrix[m,n] -> vector[m]
          colmean      ¦            ¦ matrix[m,n] -> vector[n]
          tr           ¦ trace      ¦ matrix[n,n] -> scalar
          norm1        ¦            ¦ any -> scalar
          norm2        ¦ norm normF ¦ any -> scalar
          norminf      ¦            ¦ any -> scalar
          normp        ¦            ¦ any, scalar -> scalar
          prod         ¦            ¦ any -> scalar
          max          ¦            ¦ any -> scalar
          min          ¦            ¦ any -> scalar
          argmax       ¦            ¦ any -> any
          argmin       ¦            ¦ any -> any
          softmax      ¦            ¦ any -> any
          lse          ¦ logsumexp  ¦ any -> scalar
          rowsoftmax   ¦            ¦ matrix[m,n] -> matrix[m,n]
          rowlse       ¦            ¦ matrix[m,n] -> vector[m]
          det          ¦            ¦ matrix[n,n] -> scalar
          logdet       ¦            ¦ matrix[n,n] -> scalar
          inv          ¦            ¦ matrix[n,n] -> matrix[n,n]
          adj          ¦            ¦ matrix[n,n] -> matrix[n,n]
          diag         ¦            ¦ vector[n] -> matrix[n,n]; matrix[n,n] -> vector[n]
          vec          ¦            ¦ matrix[m,n] -> vector[m*n]; vector[n] -> vector[n]
          kron         ¦            ¦ matrix[m,n], matrix[p,q] -> matrix[m*p,n*q]; vector[m], vector[p] -> vector[m*p]; matrix[m,n], vector[p] -> matrix[m*p,n]; vector[m], matrix[p,q] -> matrix[m*p,q]; scalar, any -> any; any, scalar -> any
          norm4        ¦            ¦ any -> scalar
          rowmax       ¦            ¦ matrix[m,n] -> vector[m]
          rowargmax    ¦            ¦ matrix[m,n] -> matrix[m,n]
          solve        ¦            ¦ matrix[n,n], vector[n] -> vector[n]; matrix[n,n], matrix[n,m] -> matrix[n,m]
          pinv         ¦            ¦ matrix[m,n] -> matrix[n,m]
          chol         ¦            ¦ matrix[n,n] -> matrix[n,n]
          sylv         ¦            ¦ matrix[m,m], matrix[n,n], matrix[m,n] -> matrix[m,n]
          sylvinv      ¦            ¦ matrix[m,m], matrix[n,n] -> tensor[m,n,m,n]
          expm         ¦            ¦ matrix[n,n] -> matrix[n,n]
          logm         ¦            ¦ matrix[n,n] -> matrix[n,n]
          sqrtm        ¦            ¦ matrix[n,n] -> matrix[n,n]
          sinm         ¦            ¦ matrix[n,n] -> matrix[n,n]
          cosm         ¦            ¦ matrix[n,n] -> matrix[n,n]
          dexpm        ¦            ¦ matrix[n,n] -> tensor[n,n,n,n]; matrix[n,n], matrix[n,n] -> matrix[n,n]
          ddexpm       ¦            ¦ matrix[n,n] -> tensor[n,n,n,n,n,n]
          dlogm        ¦            ¦ matrix[n,n] -> tensor[n,n,n,n]; matrix[n,n], matrix[n,n] -> matrix[n,n]
          ddlogm       ¦            ¦ matrix[n,n] -> tensor[n,n,n,n,n,n]
          dsinm        ¦            ¦ matrix[n,n] -> tensor[n,n,n,n]; matrix[n,n], matrix[n,n] -> matrix[n,n]
          ddsinm       ¦            ¦ matrix[n,n] -> tensor[n,n,n,n,n,n]
          dcosm        ¦            ¦ matrix[n,n] -> tensor[n,n,n,n]; matrix[n,n], matrix[n,n] -> matrix[n,n]
          ddcosm       ¦            ¦ matrix[n,n] -> tensor[n,n,n,n,n,n]
          lmax         ¦            ¦ matrix[n,n] -> scalar
          lmin         ¦            ¦ matrix[n,n] -> scalar
          vmax         ¦            ¦ matrix[n,n] -> vector[n]
          vmin         ¦            ¦ matrix[n,n] -> vector[n]
          smax         ¦ spectral normspec ¦ matrix[m,n] -> scalar
          umax         ¦            ¦ matrix[m,n] -> vector[m]
          wmax         ¦            ¦ matrix[m,n] -> vector[n]
          nuc          ¦            ¦ matrix[m,n] -> scalar
          polar        ¦            ¦ matrix[m,n] -> matrix[m,n]
          dpolar       ¦            ¦ matrix[m,n] -> tensor[m,n,m,n]; matrix[m,n], matrix[m,n] -> matrix[m,n]
          sym          ¦            ¦ matrix[n,n] -> matrix[n,n]
          skew         ¦            ¦ matrix[n,n] -> matrix[n,n]
          tril         ¦            ¦ matrix[m,n] -> matrix[m,n]
          triu         ¦            ¦ matrix[m,n] -> matrix[m,n]
          cross        ¦            ¦ vector[3], vector[3] -> vector[3]
          crossmat     ¦            ¦ vector[3] -> matrix[3,3]
          """)
  void namesAndSignatures(String name, String aliases, String signatures) {
    Operation operation = operation(name);
    assertThat(operation.name()).isEqualTo(name);
    assertThat(String.join(" ", operation.aliases()))
        .isEqualTo(Objects.requireNonNullElse(aliases, ""));
    for (String alias : operation.aliases()) assertThat(operation(alias)).isSameAs(operation);
    assertThat(String.join("; ", operation.signatures().stream().map(CatalogueTest::text).toList()))
        .isEqualTo(signatures);
  }

  private static String text(Signature signature) {
    return String.join(", ", signature.parameters().stream().map(CatalogueTest::text).toList())
        + " -> "
        + text(signature.result());
  }

  private static String text(Signature.Parameter p) {
    if (p.any()) return "any";
    String kind = List.of("scalar", "vector", "matrix", "tensor").get(Math.min(p.rank(), 3));
    return p.rank() == 0 ? kind : kind + p.shape().toString().replace(" ", "");
  }

  @Test
  void everyOperationIsComplete() {
    Set<String> names = new HashSet<>();
    for (Operation operation : Catalogue.all()) {
      assertThat(operation.summary()).as(operation.name()).isNotBlank().doesNotContain("\n");
      assertThat(operation.signatures()).as(operation.name()).isNotEmpty();
      assertThat(Catalogue.find(operation.name())).isSameAs(operation);
      List<String> own = new ArrayList<>(List.of(operation.name()));
      own.addAll(operation.aliases());
      for (String name : own) assertThat(names.add(name)).as(name).isTrue();
    }
    assertThat(Catalogue.names()).isEqualTo(names);
    assertThat(Catalogue.find("nothing")).isNull();
    assertThat(Catalogue.all()).extracting(Operation::summary).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "log, > 0",
    "log1p, > -1",
    "arcsin, 'in (-1, 1)'",
    "arccos, 'in (-1, 1)'",
    "abs, ≠ 0",
    "sign, ≠ 0",
    "relu, ≠ 0",
    "step, ≠ 0",
    "tan, ≠ π/2 + kπ",
    "inv, invertible",
    "logdet, det",
    "max, has a single largest entry",
    "min, has a single smallest entry",
    "argmax, has a single largest entry",
    "argmin, has a single smallest entry",
    "rowmax, has a single largest entry in each row",
    "rowargmax, has a single largest entry in each row",
    "logm, has no eigenvalue that is negative or 0",
    "sqrtm, has no eigenvalue that is negative or 0",
    "dlogm, has no eigenvalue that is negative or 0",
    "ddlogm, has no eigenvalue that is negative or 0",
    "chol, positive definite",
    "pinv, keeps its rank nearby",
    "lmax, has a single largest eigenvalue; symmetric",
    "vmax, has a single largest eigenvalue; symmetric",
    "lmin, has a single smallest eigenvalue; symmetric",
    "vmin, has a single smallest eigenvalue; symmetric",
    "smax, has a single largest singular value",
    "umax, has a single largest singular value",
    "wmax, has a single largest singular value",
    "nuc, has full rank",
    "polar, has full rank",
    "dpolar, has full rank",
    "expm, ",
    "sinm, ",
    "cosm, ",
    "dexpm, ",
    "exp, ",
    "sin, ",
    "sigmoid, ",
    "det, ",
    "adj, ",
    "softmax, ",
    "prod, "
  })
  void conditions(String name, String requirement) {
    Variable x = new Variable("X", List.of(N, N), Set.of());
    List<Condition> conditions = ((Primitive) operation(name)).conditions(List.of(x));
    if (requirement == null) {
      assertThat(conditions).isEmpty();
    } else if (requirement.equals("det")) {
      assertThat(conditions).containsExactly(Condition.positive(Determinant.at(x)));
    } else {
      assertThat(conditions)
          .extracting(Condition::requirement)
          .containsExactly(requirement.split("; "));
      assertThat(conditions).allMatch(c -> c.subject().equals(x));
    }
  }

  @Test
  void generalPowersNeedAPositiveBase() {
    Variable x = new Variable("x", List.of(N), Set.of());
    Variable y = new Variable("y", List.of(N), Set.of());
    assertThat(Power.POWER.conditions(List.of(x, y))).containsExactly(Condition.positive(x));
    assertThat(Condition.nonzero(x)).isEqualTo(new Condition(x, "≠ 0"));
    assertThat(Condition.invertible(x)).isEqualTo(new Condition(x, "invertible"));
  }

  @ParameterizedTest
  @CsvSource({
    "inv, true",
    "adj, true",
    "sin, true",
    "softmax, false",
    "argmax, false",
    "expm, true",
    "logm, true",
    "sqrtm, true",
    "sinm, true",
    "cosm, true",
    "pinv, true",
    "chol, false",
    "tril, false"
  })
  void symmetryOfTheResult(String name, boolean symmetric) {
    Tensor s = new Variable("S", List.of(N, N), Set.of(Property.SYMMETRIC));
    Tensor a = new Variable("A", List.of(N, N), Set.of());
    assertThat(operation(name).of(List.of(s)).isSymmetric()).isEqualTo(symmetric);
    assertThat(operation(name).of(List.of(a)).isSymmetric()).isFalse();
  }

  /** Values where they are decided by a convention, and how far it is to the nearest kink. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          abs     | -2 0.5 0   | 2 0.5 0    | 0
          sign    | -2 3 0     | -1 1 0     | 0
          step    | -2 3 0     | 0 1 0      | 0
          step    | -2 3 -0.5  | 0 1 0      | 0.5
          relu    | -2 3 0.25  | 0 3 0.25   | 0.25
          sigmoid | 0 1000 -1000 | 0.5 1 0  | Infinity
          softplus | 1000 -1000 | 1000 0    | Infinity
          exp     | 0 1        | 1 2.718281828459045 | Infinity
          max     | 1 3 2      | 3          | 1
          min     | 1 3 1.5    | 1          | 0.5
          max     | 5 3 4.5 -1 | 5          | 0.5
          min     | 5 3 4.5 -1 | -1         | 4
          argmax  | 1 3 2      | 0 1 0      | 1
          argmin  | 2 3 1      | 0 0 1      | 1
          argmax  | 3 1 3      | 1 0 0      | 0
          argmin  | 1 3 1      | 1 0 0      | 0
          max     | 7          | 7          | Infinity
          argmax  | 1 NaN 2    | 0 1 0      |
          argmax  | NaN 1 2    | 1 0 0      |
          prod    | 2 0 3      | 0          | Infinity
          softmax | 1000 1000  | 0.5 0.5    | Infinity
          lse     | 1000 1000  | 1000.6931471805599 | Infinity
          """)
  void valuesAndKinks(String name, String operand, String value, String distance) {
    NumericArray x = numbers(operand);
    Primitive operation = (Primitive) operation(name);
    assertThat(operation.value(List.of(x)).data())
        .containsExactly(numbers(value).data(), within(1e-12));
    if (distance != null) {
      assertThat(operation.distanceToKink(List.of(x))).isEqualTo(Double.parseDouble(distance));
    }
  }

  /** The same of a square matrix. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rowmax    | 1 3; 5 4         | 1
          rowmax    | 1 3; 5 5         | 0
          rowargmax | 7 3; 5 4         | 1
          lmax      | 5 0 0; 0 3 0; 0 0 -4 | 2
          lmin      | 5 0 0; 0 3 0; 0 0 -4 | 7
          vmax      | 5 0 0; 0 3 0; 0 0 -4 | 2
          vmin      | 5 0 0; 0 3 0; 0 0 -4 | 7
          lmax      | 5 0; 0 3         | 2
          vmin      | 5 0; 0 3         | 2
          lmax      | 5                | Infinity
          lmin      | 5                | Infinity
          smax      | 5 0 0; 0 3 0; 0 0 -4 | 1
          umax      | 5 0 0; 0 3 0; 0 0 -4 | 1
          wmax      | 5 0; 0 -3        | 2
          smax      | -5               | Infinity
          nuc       | 5 0 0; 0 3 0; 0 0 -4 | 3
          polar     | 5 0; 0 -3        | 3
          dpolar    | 5 0; 0 0         | 0
          nuc       | 2                | 2
          expm      | 1 0; 0 1         | Infinity
          chol      | 1 0; 0 1         | Infinity
          """)
  void kinksOfMatrices(String name, String operand, double distance) {
    String[] rows = operand.split("; ", -1);
    double[][] entries =
        Arrays.stream(rows).map(row -> numbers(row).data()).toArray(double[][]::new);
    double found =
        ((Primitive) operation(name)).distanceToKink(List.of(NumericArray.matrix(entries)));
    if (Double.isInfinite(distance)) assertThat(found).isEqualTo(distance);
    else assertThat(found).isCloseTo(distance, within(1e-12));
  }

  /** f(X') = f(X)' for these, f(X') = f(X) for those. */
  @ParameterizedTest
  @CsvSource({
    "inv, FOLLOWS",
    "adj, FOLLOWS",
    "expm, FOLLOWS",
    "logm, FOLLOWS",
    "sqrtm, FOLLOWS",
    "sinm, FOLLOWS",
    "cosm, FOLLOWS",
    "pinv, FOLLOWS",
    "polar, FOLLOWS",
    "det, IDLE",
    "logdet, IDLE",
    "chol, IDLE",
    "lmax, IDLE",
    "lmin, IDLE",
    "vmax, IDLE",
    "vmin, IDLE",
    "smax, IDLE",
    "nuc, IDLE",
    "umax, OTHER",
    "wmax, OTHER",
    "dexpm, OTHER",
    "rowmax, OTHER",
    "softmax, FOLLOWS",
    "rowsoftmax, OTHER",
    "lse, IDLE",
    "rowlse, OTHER",
    "max, IDLE",
    "argmax, FOLLOWS",
    "prod, IDLE"
  })
  void transposition(String name, Operation.Transposition expected) {
    assertThat(operation(name).transposition()).isEqualTo(expected);
  }

  private static NumericArray numbers(String text) {
    double[] data = Arrays.stream(text.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
    return NumericArray.of(new int[] {data.length}, data);
  }

  @Test
  void signaturesAreRead() {
    Signature none = Signature.parse("-> scalar");
    assertThat(none.parameters()).isEmpty();
    Signature two = Signature.parse(" matrix[m*p, n] , vector[n] -> any");
    assertThat(two.parameters()).hasSize(2);
    assertThat(two.parameters().getFirst().shape())
        .containsExactly(Size.of("m").times(Size.of("p")), N);
    assertThat(two.parameters().getFirst().any()).isFalse();
    assertThat(two.parameters().getLast().rank()).isEqualTo(1);
    assertThat(two.result().any()).isTrue();
    assertThat(Signature.all("any -> any", "-> scalar")).hasSize(2).contains(none);
  }
}
