package nabla;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nabla.tensor.Variable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which forms there are, how they are labelled and what they say. */
class FormsListTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          x'*A*x | x    | denominator | expanded: ∂f/∂x: A*x + A'*x / index: ∂f/∂x: D[i] = ((A + A')*x)[i] / differential: df: dx'*(A + A')*x
          A*x    | x    | denominator | "index: ∂y/∂x: D[i,j] = A[j,i] / differential: dy: A*dx / slices: ∂y/∂x[r]: A*e_r / cotangent: g·∂y/∂x: A'*g"
          A*X    | X    | numerator   | "index: ∂Y/∂X: D[i,j,r,s] = A[i,r]*delta[j,s] / kronecker: ∂vec(Y)/∂vec(X)': kron(eye(k), A) / differential: dY: A*dX / slices: ∂Y/∂X[r,s]: A*e_r*e_s' / cotangent: G·∂Y/∂X: A'*G"
          A*X    | X    | denominator | "index: ∂Y/∂X: D[r,s,i,j] = A[i,r]*delta[s,j] / kronecker: ∂vec(Y)'/∂vec(X): kron(eye(k), A') / differential: dY: A*dX / slices: ∂Y/∂X[r,s]: A*e_r*e_s' / cotangent: G·∂Y/∂X: A'*G"
          X*x    | X    | mixed       | "index: ∂y/∂X: D[i,r,s] = x[s]*delta[i,r] / kronecker: ∂y/∂vec(X)': kron(x', eye(m)) / differential: dy: dX*x / slices: ∂y/∂X[r,s]: e_r*(e_s'*x) / cotangent: g·∂y/∂X: g*x'"
          x'*A*x | x,x  | denominator | "index: ∂²f/∂x∂x: D[i,j] = A[i,j] + A[j,i] / differential: d²f: 2*dx'*A*dx / direction: ∂²f/∂x∂x·v: (A + A')*v"
          x'*X*y | X,x  | denominator | "index: ∂²f/∂X∂x: D[i,j,r] = y[j]*delta[i,r] / kronecker: ∂²f/∂vec(X)∂x': kron(y, eye(n)) / differential: d²f: dx'*dX*y / direction: ∂²f/∂X∂x·v: v*y'"
          diag(x)*A*diag(x) | x | numerator | "index: ∂Y/∂x: D[i,j,r] = x[i]*A[i,j]*delta[j,r] + x[j]*A[i,j]*delta[i,r] / kronecker: ∂vec(Y)/∂x': diag(vec(A))*kron(eye(n), x) + diag(vec(A))*kron(x, eye(n)) / differential: dY: A.*(dx*x' + x*dx') / slices: ∂Y/∂x[r]: A.*(e_r*x' + x*e_r') / cotangent: G·∂Y/∂x: (A.*G + (A.*G)')*x"
          exp(A*X) | X | numerator | "index: ∂Y/∂X: D[i,j,r,s] = A[i,r]*delta[j,s]*exp(A*X)[i,j] / kronecker: ∂vec(Y)/∂vec(X)': diag(vec(exp(A*X)))*kron(eye(k), A) / differential: dY: (A*dX).*exp(A*X) / slices: ∂Y/∂X[r,s]: diag(A*e_r)*exp(A*X)*diag(e_s) / cotangent: G·∂Y/∂X: A'*(G.*exp(A*X))"
          exp(a)*X | a,X | numerator | "index: ∂²Y/∂a∂X: D[i,j,r,s] = exp(a)*delta[i,r]*delta[j,s] / kronecker: ∂²vec(Y)/∂a∂vec(X)': exp(a)*eye(m*n) / differential: d²Y: da*exp(a)*dX / slices: ∂²Y/∂a∂X[r,s]: exp(a)*e_r*e_s' / direction: ∂²Y/∂a∂X·V: exp(a)*V"
          (w'*x)*(A*y) | x,y | numerator | "index: ∂²y/∂x∂y: D[i,r,s] = w[r]*A[i,s] / differential: d²y: A*dy*(dx'*w) / slices: ∂²y/∂x∂y[r]: A*e_r*w' / direction: ∂²y/∂x∂y·v: A*v*w'"
          (w'*x)*(A*y) | x,y | denominator | "index: ∂²y/∂x∂y: D[r,s,i] = w[r]*A[i,s] / differential: d²y: A*dy*(dx'*w) / slices: ∂²y/∂x∂y[r]: w*e_r'*A' / direction: ∂²y/∂x∂y·v: w*v'*A'"
          x'*C*D*x | x  | denominator | expanded: ∂f/∂x: C*D*x + D'*C'*x / index: ∂f/∂x: G[i] = ((C*D + D'*C')*x)[i] / differential: df: dx'*(C*D + D'*C')*x
          c^2    | c    | denominator | "index: ∂f/∂c: 2*c / differential: df: 2*c*dc"
          logdet(X) | X[1,2] | denominator | "index: ∂f/∂X[1,2]: inv(X)[2,1]"
          """)
  void forms(String function, String variables, String layout, String expected) {
    List<String> by = variables.contains("[") ? List.of(variables) : List.of(variables.split(","));
    String found =
        Expression.parse(function, "")
            .derivative(by, Layout.of(layout).orElseThrow())
            .forms()
            .stream()
            .map(f -> f.kind().label() + ": " + f.label() + ": " + f.formula().text())
            .reduce((a, b) -> a + " / " + b)
            .orElseThrow();
    assertThat(found).isEqualTo(expected);
  }

  /** Names that variables have, and those of the changes of others, are no names of changes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x'*x_1 + dx  | x, x_1: vector[n]; dx: scalar   | x,x_1 | dx_1'*dx_2
          x'*dx + dx_1 | x, dx: vector[n]; dx_1: scalar  | x     | dx'*dx_2
          """)
  void changesHaveNamesOfTheirOwn(
      String function, String declarations, String by, String expected) {
    Form form =
        Expression.parse(function, declarations)
            .derivative(List.of(by.split(",")), Layout.DENOMINATOR, Structure.AMBIENT)
            .forms()
            .stream()
            .filter(f -> f.kind() == Form.Kind.DIFFERENTIAL)
            .findFirst()
            .orElseThrow();
    assertThat(form.formula().text()).isEqualTo(expected);
    assertThat(form.with().stream().map(Variable::name)).doesNotHaveDuplicates();
  }

  /** The change of a projected variable has its structure. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          symmetric | projected   | dX: matrix symmetric
          pd        | projected   | dX: matrix symmetric
          skew      | projected   | dX: matrix skew
          lower     | projected   | dX: matrix lower
          symmetric | ambient     | dX: matrix
          symmetric | independent | dX: matrix symmetric
          """)
  void changes(String property, String structure, String expected) {
    Form form =
        Expression.parse("tr(A*X)", "X: matrix[n,n] " + property)
            .derivative(List.of("X"), Layout.DENOMINATOR, Structure.of(structure).orElseThrow())
            .forms()
            .stream()
            .filter(f -> f.kind() == Form.Kind.DIFFERENTIAL)
            .findFirst()
            .orElseThrow();
    Symbol change = new Symbol(form.with().getFirst(), false);
    StringBuilder text = new StringBuilder(change.name() + ": " + change.kind());
    change.properties().forEach(p -> text.append(" ").append(p.label()));
    assertThat(text).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          A*x             | x | ''
          A*X             | X | the result has 4 axes, a matrix has two
          X*x             | X | the result has 3 axes, a matrix has two
          """)
  void whyThereIsNoMatrix(String function, String by, String why) {
    assertThat(Expression.parse(function).jacobian(by).whyIndexed()).isEqualTo(why);
  }
}
