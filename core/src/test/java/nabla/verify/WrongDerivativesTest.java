package nabla.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nabla.calculus.Differentiation;
import nabla.lang.Elaboration;
import nabla.lang.Problem;
import nabla.simplify.Simplifier;
import nabla.tensor.NumericArray;
import nabla.tensor.Product;
import nabla.tensor.Rational;
import nabla.tensor.Size;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Unit;
import nabla.tensor.Variable;
import nabla.verify.CheckReport.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The check rejects every derivative that is wrong and accepts the one that is right. */
class WrongDerivativesTest {
  /** Expression, then the variables to differentiate by; what is declared comes after a |. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "x'*A*x ; x",
        "x'*A*x ; A",
        "x'*A*x ; x,x",
        "x'*A*x ; A,x",
        "A*x ; x",
        "A*x ; A",
        "A*B ; B",
        "tr(A*B) ; A",
        "norm2(A*x - b) ; x | b: vector[m]",
        "norm2(A*x - b)^2 ; x,x | b: vector[m]",
        "norm1(x) ; x",
        "sum(log(1 + exp(A*x))) ; x",
        "sum(log(1 + exp(A*x))) ; x,x",
        "sum(exp(x)) ; x,x,x",
        "log(det(X)) ; X",
        "tr(inv(X)*A) ; X",
        "inv(X) ; X",
        "det(X) ; X",
        "softmax(x) ; x",
        "lse(A*x) ; x,x",
        "x./y ; y",
        "x.^y ; x",
        "x.^y ; y",
        "sqrt(x'*S*x) ; x | S: matrix[n,n] pd",
        "c^3 ; c,c",
        "sin(c)*x ; c",
        "max(x) ; x",
        "prod(x) ; x",
        "x'*D*y ; D | D: matrix[n,n]",
        "kron(A,B) ; A",
        "sum(relu(A*x)) ; x",
        "tanh(A*x) ; x",
        "sum(x.^3)/1000000 ; x",
        "x/norm2(x) ; x",
        "(x'*A*x)/(x'*x) ; x"
      })
  void wrongOnesAreRejected(String text) {
    String[] parts = text.split("\\s*[;|]\\s*", -1);
    Problem problem = Elaboration.read(parts[0], parts.length > 2 ? parts[2] : "", Map.of());
    List<Variable> by =
        Stream.of(parts[1].split(",", -1)).map(n -> problem.variable(n).orElseThrow()).toList();
    List<Tensor> chain = new ArrayList<>(List.of(problem.tensor()));
    Simplifier simplifier = new Simplifier();
    for (int k = 0; k < by.size(); k++) {
      Tensor next = Differentiation.next(chain.getLast(), by.subList(0, k), by.get(k));
      chain.add(simplifier.normalize(next));
    }
    CheckReport right = DerivativeCheck.atRandomPoints(chain, by, 3);
    assertThat(right.status()).as("%s", right).isEqualTo(Status.PASSED);
    assertThat(right.points()).isEqualTo(SampleSizes.COUNT);
    Tensor last = chain.removeLast();
    wrong(last)
        .forEach(
            (mistake, tensor) -> {
              if (isEqual(last, tensor)) return;
              List<Tensor> claimed = new ArrayList<>(chain);
              claimed.add(tensor);
              CheckReport report = DerivativeCheck.atRandomPoints(claimed, by, 3);
              assertThat(report.status()).as("%s: %s", mistake, report).isEqualTo(Status.FAILED);
              assertThat(report.passed()).isFalse();
            });
  }

  private static Map<String, Tensor> wrong(Tensor right) {
    Map<String, Tensor> wrong = new LinkedHashMap<>();
    wrong.put("scaled", Tensors.scale(Rational.of(1001, 1000), right));
    wrong.put("doubled", Tensors.scale(Rational.TWO, right));
    wrong.put("negated", Tensors.negate(right));
    wrong.put("zero", Sum.zero(right.shape()));
    if (right.rank() > 1) wrong.put("transposed", swapped(right, 0, 1));
    if (right.rank() > 2) wrong.put("last axes swapped", swapped(right, 1, 2));
    if (right instanceof Sum sum) {
      for (Sum.Term t : sum.terms()) {
        wrong.put(
            "without " + t, Tensors.subtract(sum, Tensors.scale(t.coefficient(), t.tensor())));
        wrong.put(
            "sign of " + t,
            Tensors.subtract(sum, Tensors.scale(Rational.TWO.times(t.coefficient()), t.tensor())));
      }
    }
    wrong.put(
        "one entry off",
        Tensors.add(right, Tensors.scale(Rational.of(1, 100), entry(right.shape()))));
    wrong.put(
        "all entries off",
        Tensors.add(right, Tensors.scale(Rational.of(1, 1000), Tensors.ones(right.shape()))));
    return wrong;
  }

  private static Tensor swapped(Tensor tensor, int a, int b) {
    List<Integer> order = new ArrayList<>();
    for (int axis = 0; axis < tensor.rank(); axis++) {
      order.add(axis == a ? b : axis == b ? a : axis);
    }
    return Tensors.permute(tensor, order);
  }

  /** 1 at the first position of every axis. */
  private static Tensor entry(List<Size> shape) {
    Product product = new Product();
    List<Integer> labels = product.labels(shape);
    for (int axis = 0; axis < shape.size(); axis++) {
      product.factor(new Unit(shape.get(axis), 1), labels.get(axis));
    }
    return product.to(labels);
  }

  /** Transposing what is symmetric is no mistake. */
  private static boolean isEqual(Tensor right, Tensor wrong) {
    if (!right.shape().equals(wrong.shape())) return false;
    Map<String, Integer> sizes = SampleSizes.of(List.of(right, wrong)).getFirst();
    List<Variable> variables = Tensors.variables(right);
    Binding at = SamplePoints.draw(variables, sizes, 11, 3);
    NumericArray a = ReferenceInterpreter.evaluate(right, at);
    NumericArray b = ReferenceInterpreter.evaluate(wrong, at);
    for (int k = 0; k < a.count(); k++) {
      if (!(Math.abs(a.data()[k] - b.data()[k]) <= 1e-12 * (1 + Math.abs(a.data()[k])))) {
        return false;
      }
    }
    return true;
  }

  /** A check that has not run anywhere has not passed. */
  @Test
  void nothingPassesWithoutARun() {
    Problem problem = Elaboration.read("log(-x'*x - 1)", "", Map.of());
    Variable x = problem.variable("x").orElseThrow();
    Tensor derivative = Differentiation.derivative(problem.tensor(), x);
    CheckReport report =
        DerivativeCheck.atRandomPoints(List.of(problem.tensor(), derivative), List.of(x), 1);
    assertThat(report.status()).isEqualTo(Status.NOT_CHECKED);
    assertThat(report.passed()).isFalse();
    assertThat(report.points()).isZero();
    assertThat(report.sizes()).isEmpty();
  }
}
