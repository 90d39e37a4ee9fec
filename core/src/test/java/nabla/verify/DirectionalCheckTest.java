package nabla.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.lang.Context;
import nabla.lang.Elaboration;
import nabla.lang.Problem;
import nabla.tensor.Tensor;
import nabla.tensor.Variable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What passes for a differential, and what for an expansion: nothing but the right formula. */
class DirectionalCheckTest {
  private static final String WHERE =
      "A, X: matrix[n,n]; x, b: vector[n]; c: scalar; h: vector[n]; H: matrix[n,n]";

  private record Reading(Problem problem, Context context) {
    static Reading of(String function) {
      Problem problem = Elaboration.read(function, WHERE, Map.of());
      return new Reading(problem, problem.context());
    }

    Variable variable(String name) {
      return problem.variable(name).orElseThrow();
    }

    Tensor formula(String text) {
      return Elaboration.readAs(text, context, problem.tensor().shape());
    }

    DirectionalCheck check(String by) {
      List<Variable> variables = new ArrayList<>();
      problem.variables().forEach(s -> variables.add(s.variable()));
      return new DirectionalCheck(problem.tensor(), variable(by), variables, 1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          x'*A*x            | x | h'*A*x + x'*A*h            | true
          x'*A*x            | x | x'*(A + A')*h              | true
          x'*A*x            | x | 2*x'*A*h                   | false
          x'*A*x            | x | x'*A*h                     | false
          x'*A*x            | x | x'*(A - A')*h              | false
          x'*A*x            | x | 1.0001*x'*(A + A')*h       | false
          inv(X)            | X | -inv(X)*H*inv(X)           | true
          inv(X)            | X | inv(X)*H*inv(X)            | false
          inv(X)            | X | -inv(X)*inv(X)*H           | false
          inv(X)            | X | -inv(X)'*H*inv(X)          | false
          log(det(X))       | X | tr(inv(X)*H)               | true
          log(det(X))       | X | tr(inv(X)'*H)              | false
          norm2(A*x - b)    | x | (A*x - b)'*A*h/norm2(A*x - b)  | true
          norm2(A*x - b)    | x | (A*x - b)'*A*h             | false
          exp(c*x)          | x | c*exp(c*x).*h              | true
          exp(c*x)          | x | exp(c*x).*h                | false
          """)
  void isADifferential(String function, String by, String formula, boolean right) {
    Reading reading = Reading.of(function);
    String change = by.equals("x") ? "h" : "H";
    DirectionalCheck.Finding found =
        reading
            .check(by)
            .derivative(reading.problem().tensor(), reading.formula(formula), change, Map.of());
    assertThat(found)
        .isEqualTo(right ? DirectionalCheck.Finding.HOLDS : DirectionalCheck.Finding.FAILS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          x'*A*x      | x | true  | (x + h)'*A*(x + h)                          | true
          x'*A*x      | x | true  | x'*A*x + x'*A*h + h'*A*x + h'*A*h           | true
          x'*A*x      | x | true  | x'*A*x + x'*A*h + h'*A*x                    | false
          x'*A*x      | x | true  | x'*A*x + x'*A*h + h'*A*x + 2*h'*A*h         | false
          x'*A*x      | x | false | x'*A*x + x'*A*h + h'*A*x                    | true
          x'*A*x      | x | false | x'*A*x + 2*x'*A*h                           | false
          inv(X)      | X | false | inv(X) - inv(X)*H*inv(X)                    | true
          inv(X)      | X | true  | inv(X) - inv(X)*H*inv(X)                    | false
          inv(X)      | X | false | inv(X) + inv(X)*H*inv(X)                    | false
          det(X)      | X | false | det(X)*(1 + tr(inv(X)*H))                   | true
          det(X)      | X | false | det(X)*(1 + tr(H))                          | false
          A*x         | x | true  | A*x + A*h                                   | true
          A*x         | x | true  | A*x + 1.000001*A*h                          | false
          """)
  void isWhereTheVariableHasMoved(
      String function, String by, boolean exactly, String formula, boolean right) {
    Reading reading = Reading.of(function);
    String change = by.equals("x") ? "h" : "H";
    DirectionalCheck.Finding found =
        reading
            .check(by)
            .moved(reading.problem().tensor(), reading.formula(formula), change, exactly);
    assertThat(found)
        .isEqualTo(right ? DirectionalCheck.Finding.HOLDS : DirectionalCheck.Finding.FAILS);
  }

  /** A differential of a part, under a name, is what differences say it is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          exp(x'*x)   | x | x'*x   | exp(x'*x)*c           | true
          exp(x'*x)   | x | x'*x   | c                     | false
          exp(x'*x)   | x | x'*A*x | exp(x'*x)*c           | false
          """)
  void openDifferentialsCount(
      String function, String by, String part, String formula, boolean right) {
    Reading reading = Reading.of(function);
    Tensor open = Elaboration.readAs(part, reading.context(), List.of());
    Variable named = new Variable("c", List.of(), Set.of());
    DirectionalCheck.Finding found =
        reading
            .check(by)
            .derivative(
                reading.problem().tensor(),
                reading.formula(formula),
                "h",
                Map.of(named.name(), open));
    assertThat(found)
        .isEqualTo(right ? DirectionalCheck.Finding.HOLDS : DirectionalCheck.Finding.FAILS);
  }
}
