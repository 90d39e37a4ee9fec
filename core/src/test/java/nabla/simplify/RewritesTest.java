package nabla.simplify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import nabla.lang.Elaboration;
import nabla.lang.Problem;
import nabla.notation.Notation;
import nabla.notation.TextPrinter;
import nabla.operation.Condition;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of expressions: the rules read as a table, and what they leave alone. */
class RewritesTest {
  private static Problem read(String expression, String declarations) {
    return Elaboration.read(expression, Objects.requireNonNullElse(declarations, ""), Map.of());
  }

  private static List<Variable> variables(Problem problem) {
    return problem.variables().stream().map(Problem.Symbol::variable).toList();
  }

  /** The other expression over the same variables, flattened and oriented but not rewritten. */
  private static Tensor flat(Problem problem, String expression) {
    Tensor tensor = Elaboration.readAs(expression, variables(problem), problem.tensor().shape());
    return new Normalizer(OrientationRules.RULES).normalize(tensor);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      textBlock =
          """
          sum(x - sum(x)/n*ones(n))            ¦ x: vector[n]               ¦ 0
          sum(x - sum(x)*ones(n))              ¦ x: vector[n]               ¦ sum(x - sum(x)*ones(n))
          sum(x - y)                           ¦ x: vector[n]               ¦ sum(x - y)
          tr(A - tr(A)/n*eye(n))               ¦                            ¦ 0
          sin(0*x)                             ¦                            ¦ zeros(n)
          cos(0*x)                             ¦                            ¦ ones(n)
          sigmoid(0*x)                         ¦                            ¦ 0.5*ones(n)
          log(ones(n))                         ¦ x: vector[n]               ¦ zeros(n)
          softplus(0*x)                        ¦                            ¦ softplus(zeros(n))
          arccos(0*x)                          ¦                            ¦ arccos(zeros(n))
          sin(-x)                              ¦                            ¦ -sin(x)
          cos(-x)                              ¦                            ¦ cos(x)
          exp(-x)                              ¦                            ¦ ones(n)./exp(x)
          relu(-x)                             ¦                            ¦ relu(-x)
          cos(-2*x)                            ¦                            ¦ cos(2*x)
          exp(log(x))                          ¦                            ¦ x
          log(exp(x))                          ¦                            ¦ x
          log(exp(x).^3)                       ¦                            ¦ 3*x
          log(exp(A)')                         ¦                            ¦ A'
          log(2*exp(x))                        ¦                            ¦ log(2*exp(x))
          log(exp(x) + exp(x))                 ¦                            ¦ log(2*exp(x))
          abs(x)                               ¦ x: vector[n] positive      ¦ x
          abs(x)                               ¦ x: vector[n] nonnegative   ¦ abs(x)
          relu(exp(x))                         ¦                            ¦ exp(x)
          sign(x)                              ¦ x: vector[n] positive      ¦ ones(n)
          step(cosh(x) + 2*exp(x))             ¦                            ¦ ones(n)
          step(cosh(x) - exp(x))               ¦                            ¦ step(cosh(x) - exp(x))
          abs(diag(exp(x)))                    ¦                            ¦ abs(diag(exp(x)))
          abs(exp(x).*sigmoid(y))              ¦                            ¦ exp(x).*sigmoid(y)
          abs(softplus(x))                     ¦                            ¦ softplus(x)
          exp(log(x))                          ¦ x: vector[n] positive      ¦ x
          e^c                                  ¦                            ¦ exp(c)
          pi^c                                 ¦                            ¦ pi^c
          c^d*c^2                              ¦                            ¦ c^(d + 2)
          c^d*c^-1                             ¦                            ¦ c^(d - 1)
          c^d*c^d                              ¦                            ¦ c^(2*d)
          c^d*d^c                              ¦                            ¦ c^d*d^c
          (c^d)^2                              ¦                            ¦ c^(2*d)
          c^a*c^b                              ¦                            ¦ c^(a + b)
          sign(x)./abs(x)                      ¦                            ¦ ones(n)./x
          sign(x).*abs(x)                      ¦                            ¦ x
          sign(x)./abs(x).^2                   ¦                            ¦ ones(n)./(x.*abs(x))
          sign(x).*abs(y)                      ¦                            ¦ sign(x).*abs(y)
          sign(x)*abs(x)'                      ¦                            ¦ sign(x)*abs(x)'
          abs(x).^2                            ¦                            ¦ x.^2
          abs(x).^4                            ¦                            ¦ x.^4
          abs(x).^3                            ¦                            ¦ abs(x).^3
          abs(x)'*abs(x)                       ¦                            ¦ x'*x
          sqrt(x.^2)                           ¦                            ¦ abs(x)
          sqrt(4*x.^2)                         ¦                            ¦ 2*abs(x)
          sqrt(x.^2)                           ¦ x: vector[n] positive      ¦ x
          sqrt(x.^3)                           ¦                            ¦ x.^1.5
          sinh(x)./cosh(x)                     ¦                            ¦ tanh(x)
          sinh(x).^2./cosh(x).^3               ¦                            ¦ tanh(x).^2./cosh(x)
          sinh(x)./cosh(y)                     ¦                            ¦ sinh(x)./cosh(y)
          cosh(x)./sinh(x)                     ¦                            ¦ cosh(x)./sinh(x)
          sin(A')                              ¦                            ¦ sin(A)'
          inv(A')                              ¦                            ¦ inv(A)'
          adj(A')                              ¦                            ¦ adj(A)'
          softmax(A')                          ¦                            ¦ softmax(A)'
          rowsoftmax(A')                       ¦                            ¦ rowsoftmax(A')
          det(A')                              ¦                            ¦ det(A)
          logdet(A')                           ¦                            ¦ logdet(A)
          max(A')                              ¦                            ¦ max(A)
          prod(A')                             ¦                            ¦ prod(A)
          x'*W*x                               ¦ W: matrix[n,n] skew        ¦ 0
          x'*W*y + y'*W*x                      ¦ W: matrix[n,n] skew        ¦ 0
          W + W'                               ¦ W: matrix[n,n] skew        ¦ zeros(n, n)
          tr(W)                                ¦ W: matrix[n,n] skew        ¦ 0
          tr(W*S)                              ¦ W: matrix[n,n] skew; S: matrix[n,n] symmetric ¦ 0
          log(sum(exp(x)))                     ¦                            ¦ lse(x)
          log(sum(exp(A)))                     ¦                            ¦ lse(A)
          log(exp(A)*ones(n))                  ¦                            ¦ rowlse(A)
          log(exp(A)'*ones(m))                 ¦ A: matrix[m,n]             ¦ rowlse(A')
          log(tr(exp(A)))                      ¦                            ¦ log(tr(exp(A)))
          log(2*sum(exp(x)))                   ¦                            ¦ log(2*sum(exp(x)))
          exp(x)/sum(exp(x))                   ¦                            ¦ softmax(x)
          exp(x)/sum(exp(x))^2                 ¦                            ¦ softmax(x)/sum(exp(x))
          exp(A)/sum(exp(A))                   ¦                            ¦ softmax(A)
          exp(y)/sum(exp(x))                   ¦                            ¦ exp(y)/sum(exp(x))
          diag(ones(m)./(exp(A)*ones(n)))*exp(A)  ¦ A: matrix[m,n]          ¦ rowsoftmax(A)
          exp(A)*diag(ones(n)./(exp(A)'*ones(m))) ¦ A: matrix[m,n]          ¦ rowsoftmax(A')'
          sum(softmax(x))                      ¦                            ¦ 1
          sum(softmax(A))                      ¦                            ¦ 1
          rowsoftmax(A)*ones(n)                ¦                            ¦ ones(m)
          rowsoftmax(A)'*ones(m)               ¦ A: matrix[m,n]             ¦ rowsoftmax(A)'*ones(m)
          sum(softmax(x).^2)                   ¦                            ¦ sum(softmax(x).^2)
          sum(y)                               ¦ y: vector[n] simplex       ¦ 1
          sum(y.*x)                            ¦ y: vector[n] simplex       ¦ y'*x
          u'*u                                 ¦ u: vector[n] unit          ¦ 1
          u*u'                                 ¦ u: vector[n] unit          ¦ u*u'
          u'*u*x                               ¦ u: vector[n] unit          ¦ x
          sum(u)                               ¦ u: vector[n] unit          ¦ sum(u)
          Q'*Q                                 ¦ Q: matrix[n,n] orthogonal  ¦ eye(n)
          Q*Q'                                 ¦ Q: matrix[n,n] orthogonal  ¦ eye(n)
          Q*Q                                  ¦ Q: matrix[n,n] orthogonal  ¦ Q*Q
          x'*Q'*Q*x                            ¦ Q: matrix[n,n] orthogonal  ¦ x'*x
          inv(Q)                               ¦ Q: matrix[n,n] orthogonal  ¦ Q'
          P*P                                  ¦ P: matrix[n,n] idempotent  ¦ P
          P^3*x                                ¦ P: matrix[n,n] idempotent  ¦ P*x
          P'*P'*x                              ¦ P: matrix[n,n] idempotent  ¦ P'*x
          tr(P*P)                              ¦ P: matrix[n,n] idempotent  ¦ tr(P)
          P'*P                                 ¦ P: matrix[n,n] idempotent  ¦ P'*P
          P.*P                                 ¦ P: matrix[n,n] idempotent  ¦ P.*P
          x'*P'*P*x                            ¦ P: matrix[n,n] symmetric idempotent ¦ x'*P*x
          log(1 + exp(x))                      ¦                            ¦ softplus(x)
          log(1 + exp(-x))                     ¦                            ¦ softplus(-x)
          log(2 + exp(x))                      ¦                            ¦ log(2 + exp(x))
          log(1 + 2*exp(x))                    ¦                            ¦ log(1 + 2*exp(x))
          log(1 + exp(x) + y)                  ¦                            ¦ log(1 + exp(x) + y)
          1/(1 + exp(c))                       ¦ c: scalar                  ¦ sigmoid(-c)
          1/(1 + exp(-c))^2                    ¦ c: scalar                  ¦ sigmoid(c)^2
          1 + exp(c)                           ¦ c: scalar                  ¦ 1 + exp(c)
          exp(c)/(1 + exp(c))                  ¦ c: scalar                  ¦ sigmoid(c)
          exp(c)^2*sigmoid(-c)                 ¦ c: scalar                  ¦ exp(c)^2*sigmoid(-c)
          exp(2*c)*sigmoid(-2*c)               ¦ c: scalar                  ¦ sigmoid(2*c)
          1 - sigmoid(c)                       ¦ c: scalar                  ¦ sigmoid(-c)
          c - c*sigmoid(d)                     ¦ c: scalar; d: scalar       ¦ c*sigmoid(-d)
          sigmoid(c) - sigmoid(c)^2            ¦ c: scalar                  ¦ sigmoid(c)*sigmoid(-c)
          2 - sigmoid(c)                       ¦ c: scalar                  ¦ 2 - sigmoid(c)
          sigmoid(c) + sigmoid(-c)             ¦ c: scalar                  ¦ 1
          sin(c)^2 + cos(c)^2                  ¦ c: scalar                  ¦ 1
          3*sin(c)^2*d + 3*cos(c)^2*d          ¦ c: scalar; d: scalar       ¦ 3*d
          2*sin(c)^2 + cos(c)^2                ¦ c: scalar                  ¦ 2*sin(c)^2 + cos(c)^2
          sin(c)^2 + cos(d)^2                  ¦ c: scalar; d: scalar       ¦ sin(c)^2 + cos(d)^2
          inv(inv(A))                          ¦                            ¦ A
          inv(2*A)                             ¦                            ¦ 0.5*inv(A)
          inv(c*A)                             ¦                            ¦ inv(A)/c
          inv(2*A + 4*B)                       ¦                            ¦ 0.5*inv(A + 2*B)
          inv(2*eye(n))                        ¦ x: vector[n]               ¦ 0.5*eye(n)
          A*inv(A)                             ¦                            ¦ eye(n)
          inv(A)*A*x                           ¦                            ¦ x
          inv(A)*inv(A)                        ¦                            ¦ inv(A)*inv(A)
          inv(A)*A'                            ¦                            ¦ inv(A)*A'
          inv(A)*B*A                           ¦                            ¦ inv(A)*B*A
          A*B*inv(A*B)                         ¦ A: matrix[n,n]             ¦ eye(n)
          inv(A'*A)*A'*A*x                     ¦                            ¦ x
          tr(inv(A)*A)                         ¦                            ¦ n
          inv(A).*A                            ¦                            ¦ inv(A).*A
          inv(A + B)*(A + B)                   ¦                            ¦ eye(n)
          adj(A)/det(A)                        ¦                            ¦ inv(A)
          adj(A)/det(A)^2                      ¦                            ¦ inv(A)/det(A)
          adj(A)/sqrt(det(A))                  ¦                            ¦ adj(A)/sqrt(det(A))
          adj(A)/det(B)                        ¦ B: matrix[n,n]; A: matrix[n,n] ¦ adj(A)/det(B)
          adj(A)                               ¦ A: matrix[n,n] invertible  ¦ det(A)*inv(A)
          adj(A)                               ¦ A: matrix[n,n] symmetric   ¦ adj(A)
          adj(A*B)                             ¦ A, B: matrix[n,n] invertible ¦ det(A*B)*inv(A*B)
          adj(A.*B)                            ¦ A, B: matrix[n,n] invertible ¦ adj(A.*B)
          det(inv(A))                          ¦                            ¦ 1/det(A)
          logdet(inv(A))                       ¦                            ¦ -logdet(A)
          det(adj(A))                          ¦                            ¦ det(adj(A))
          log(det(A))                          ¦                            ¦ logdet(A)
          log(det(2*A))                        ¦                            ¦ logdet(2*A)
          log(2*det(A))                        ¦                            ¦ log(2) + logdet(A)
          log(det(A)/2)                        ¦                            ¦ log(0.5) + logdet(A)
          log(-det(A))                         ¦                            ¦ log(-det(A))
          log(sqrt(det(A)))                    ¦                            ¦ 0.5*logdet(A)
          log(1/det(A))                        ¦                            ¦ -logdet(A)
          log(det(inv(A)))                     ¦                            ¦ -logdet(A)
          log(det(A)^2)                        ¦                            ¦ log(det(A)^2)
          log(exp(c)*det(A)^3)                 ¦ c: scalar                  ¦ c + 3*logdet(A)
          log((2*pi)^n*det(A))                 ¦ A: matrix[n,n]             ¦ log((2*pi)^n) + logdet(A)
          log(c*det(A))                        ¦ c: scalar                  ¦ log(c*det(A))
          log(c*det(A))                        ¦ c: scalar positive         ¦ log(c) + logdet(A)
          log(det(A)*det(B))                   ¦                            ¦ log(det(A)*det(B))
          log(1 + det(A))                      ¦                            ¦ log(1 + det(A))
          dexpm(A,A)                           ¦                             ¦ A*expm(A)
          dexpm(A,inv(A))                      ¦                             ¦ inv(A)*expm(A)
          dexpm(A,expm(A))                     ¦                             ¦ expm(A)*expm(A)
          dexpm(A,adj(A))                      ¦                             ¦ adj(A)*expm(A)
          dexpm(A,B)                           ¦                             ¦ dexpm(A,B)
          dexpm(A,A')                          ¦                             ¦ dexpm(A,A')
          dexpm(A,A*B)                         ¦                             ¦ dexpm(A,A*B)
          dexpm(A,A*A*A)                       ¦                             ¦ A*A*A*expm(A)
          dexpm(A,eye(n))                      ¦ A: matrix[n,n]              ¦ expm(A)
          dexpm(A,A + 2*eye(n))                ¦ A: matrix[n,n]              ¦ (A + 2*eye(n))*expm(A)
          dexpm(A,A + B)                       ¦                             ¦ dexpm(A,A + B)
          dexpm(c*A,A)                         ¦                             ¦ A*expm(c*A)
          dexpm(A,c*A)                         ¦                             ¦ c*A*expm(A)
          dlogm(A,A)                           ¦                             ¦ eye(n)
          dlogm(A,A*A)                         ¦                             ¦ A
          dsinm(A,A)                           ¦                             ¦ A*cosm(A)
          dcosm(A,A)                           ¦                             ¦ -A*sinm(A)
          sylv(A,A,A)                          ¦                             ¦ 0.5*eye(n)
          sylv(A,A,A*A)                        ¦                             ¦ 0.5*A
          sylv(A,B,A)                          ¦                             ¦ sylv(A,B,A)
          tr(dexpm(A,B))                       ¦                             ¦ tr(B*expm(A))
          tr(A*dexpm(A,B))                     ¦                             ¦ tr(A*expm(A)*B)
          tr(B*dexpm(A,C))                     ¦                             ¦ tr(B*dexpm(A,C))
          L.*R                                 ¦ L: matrix[n,n] lower; R: matrix[n,n] upper ¦ diag(diag(L).*diag(R))
          L.*M'                                ¦ L, M: matrix[n,n] lower     ¦ diag(diag(L).*diag(M))
          L.*M                                 ¦ L, M: matrix[n,n] lower     ¦ L.*M
          tril(L)                              ¦ L: matrix[n,n] lower        ¦ L
          triu(L)                              ¦ L: matrix[n,n] lower        ¦ diag(diag(L))
          triu(L')                             ¦ L: matrix[n,n] lower        ¦ L'
          triu(R)                              ¦ R: matrix[n,n] upper        ¦ R
          tril(R')                             ¦ R: matrix[n,n] upper        ¦ R'
          tril(R)                              ¦ R: matrix[n,n] upper        ¦ diag(diag(R))
          tril(A)                              ¦                             ¦ tril(A)
          tril(inv(L))                         ¦ L: matrix[n,n] lower        ¦ inv(L)
          triu(inv(R))                         ¦ R: matrix[n,n] upper        ¦ inv(R)
          tril(inv(R))                         ¦ R: matrix[n,n] upper        ¦ diag(diag(inv(R)))
          tril(inv(A))                         ¦                             ¦ tril(inv(A))
          tril(triu(A))                        ¦ A: matrix[n,n]              ¦ diag(diag(A))
          tril(tril(A))                        ¦ A: matrix[n,n]              ¦ tril(A)
          tril(chol(X))                        ¦ X: matrix[n,n] pd           ¦ chol(X)
          triu(chol(X))                        ¦ X: matrix[n,n] pd           ¦ diag(diag(chol(X)))
          chol(X)*chol(X)'                     ¦ X: matrix[n,n] pd           ¦ X
          chol(X)'*chol(X)                     ¦ X: matrix[n,n] pd           ¦ chol(X)'*chol(X)
          chol(X)*chol(Y)'                     ¦ X, Y: matrix[n,n] pd        ¦ chol(X)*chol(Y)'
          chol(A)*chol(A)'                     ¦                             ¦ 0.5*(A + A')
          inv(chol(X))'*inv(chol(X))           ¦ X: matrix[n,n] pd           ¦ inv(X)
          inv(chol(X))*inv(chol(X))'           ¦ X: matrix[n,n] pd           ¦ inv(chol(X))*inv(chol(X))'
          x'*chol(X)*chol(X)'*y                ¦ X: matrix[n,n] pd           ¦ x'*X*y
          expm(A')                             ¦                             ¦ expm(A)'
          logm(A')                             ¦                             ¦ logm(A)'
          sqrtm(A')                            ¦                             ¦ sqrtm(A)'
          sinm(A')                             ¦                             ¦ sinm(A)'
          cosm(A')                             ¦                             ¦ cosm(A)'
          pinv(A')                             ¦                             ¦ pinv(A)'
          polar(A')                            ¦                             ¦ polar(A)'
          chol(A')                             ¦                             ¦ chol(A)
          nuc(A')                              ¦                             ¦ nuc(A)
          smax(A')                             ¦                             ¦ smax(A)
          lmax(A')                             ¦                             ¦ lmax(A)
          vmin(A')                             ¦                             ¦ vmin(A)
          rowmax(A')                           ¦                             ¦ rowmax(A')
          """)
  void normalForm(String expression, String declarations, String normal) {
    Problem problem = read(expression, declarations);
    assertThat(new Simplifier().normalize(problem.tensor())).isEqualTo(flat(problem, normal));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      textBlock =
          """
          inv(A*B)            ¦ A, B: matrix[n,n]                  ¦ inv(B)*inv(A)
          inv(A*B*C)          ¦ A, B, C: matrix[n,n]               ¦ inv(C)*inv(B)*inv(A)
          inv(A'*B)           ¦ A, B: matrix[n,n]                  ¦ inv(B)*inv(A)'
          inv(2*c*A*B)        ¦ A, B: matrix[n,n]                  ¦ 0.5*inv(B)*inv(A)/c
          inv(A'*B)           ¦ A, B: matrix[m,n]                  ¦ inv(A'*B)
          inv(A.*B)           ¦ A, B: matrix[n,n]                  ¦ inv(A.*B)
          inv(diag(x)*A)      ¦ A: matrix[n,n]                     ¦ inv(diag(x)*A)
          """)
  void inversesOfProductsAreTakenApart(String expression, String declarations, String normal) {
    Problem problem = read(expression, declarations);
    Tensor split = new Normalizer(Simplifier.rules()).normalize(problem.tensor());
    assertThat(split).isEqualTo(flat(problem, normal));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      textBlock =
          """
          A*(x - b)                    ¦ A*x - A*b
          (a + b)'*(x - y)             ¦ a'*x - a'*y + b'*x - b'*y
          (x + y).^2                   ¦ x.^2 + 2*x.*y + y.^2
          2*(A*(x + 3*y) - A*x)        ¦ 6*A*y
          sin(x + y)                   ¦ sin(x + y)
          (x + y).^3                   ¦ (x + y).^3
          ones(n)./(x + y)             ¦ ones(n)./(x + y)
          A*x                          ¦ A*x
          c*(A + B)*(x + y)            ¦ c*A*x + c*B*x + c*A*y + c*B*y
          """)
  void expansion(String expression, String expanded) {
    Problem problem = read(expression, expression.contains("b") ? "a, b: vector" : "");
    Tensor flat = new Normalizer(List.of()).normalize(problem.tensor());
    Tensor found = Objects.requireNonNull(Expansion.of(flat));
    assertThat(new Normalizer(List.of()).normalize(found)).isEqualTo(flat(problem, expanded));
  }

  @Test
  void expansionHasABound() {
    Problem problem = read("(a+b)*(c+d)*(a+c)*(b+d)*(a+d)*(b+c)*(a+e1)", "e1: scalar");
    Tensor flat = new Normalizer(List.of()).normalize(problem.tensor());
    assertThat(Expansion.of(flat)).isNull();
    Problem short6 = read("(a+b)*(c+d)*(a+c)*(b+d)*(a+d)*(b+c)", "");
    assertThat(Expansion.of(new Normalizer(List.of()).normalize(short6.tensor()))).isNotNull();
  }

  /** Factored with each preference, printed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      textBlock =
          """
          A'*A*x - A'*b          ¦ LONGEST ¦ A'*(A*x - b)
          c*x + c*y              ¦ LONGEST ¦ c*(x + y)
          A*B + A*C              ¦ LEFT    ¦ A*(B + C)
          B*A + C*A              ¦ RIGHT   ¦ (B + C)*A
          A*B + A*C + D*C        ¦ LEFT    ¦ A*(B + C) + D*C
          A*B + A*C + D*C        ¦ RIGHT   ¦ (A + D)*C + A*B
          S*A + A'*S             ¦ LONGEST ¦ S*A + A'*S
          x.*y + x.*z            ¦ LONGEST ¦ x.*(y + z)
          x/c + y/c              ¦ LONGEST ¦ (x + y)/c
          x/c + y/c^2            ¦ LONGEST ¦ (y/c + x)/c
          c^2*x + c*y            ¦ LONGEST ¦ c*(c*x + y)
          sqrt(c)*x + c*y        ¦ LONGEST ¦ sqrt(c)*x + c*y
          a*b' + a*x'            ¦ LEFT    ¦ a*(b + x)'
          b*a' + x*a'            ¦ RIGHT   ¦ (b + x)*a'
          x'*A*y + x'*B*y        ¦ LONGEST ¦ x'*(A + B)*y
          x'*y + x'*z            ¦ LONGEST ¦ (y + z)'*x
          A*x + B*y              ¦ LONGEST ¦ A*x + B*y
          exp(x).*y + exp(x)     ¦ LONGEST ¦ exp(x).*(ones(n) + y)
          diag(x)*A + diag(y)*A  ¦ LONGEST ¦ diag(x + y)*A
          sin(c)*(c*x + c*y)     ¦ LONGEST ¦ c*sin(c)*(x + y)
          c*d + c*f + c*g + d*g  ¦ LONGEST ¦ c*(d + f + g) + d*g
          c*d + c*sin(f + g) + d*sin(f + g)        ¦ LONGEST ¦ (c + d)*sin(f + g) + c*d
          c*d + c*f + c*sin(f+g) + d*sin(f+g)      ¦ LONGEST ¦ (c + d)*sin(f + g) + c*(d + f)
          c*d + c*f + c*g + c*sin(f+g) + d*sin(f+g) ¦ LONGEST ¦ c*(sin(f + g) + d + f + g) + d*sin(f + g)
          c*A*B + d*A*B          ¦ LEFT    ¦ (c + d)*A*B
          c*A*B + c*A*C          ¦ RIGHT   ¦ c*A*(B + C)
          A.*B + A.*C            ¦ LONGEST ¦ A.*(B + C)
          S.*A + S.*A'           ¦ LONGEST ¦ S.*(A + A')
          S*A + S*A'             ¦ LEFT    ¦ S*(A + A')
          A*S + A'*S             ¦ RIGHT   ¦ (A + A')*S
          tr(A)*x + tr(A)*y      ¦ LONGEST ¦ tr(A)*(x + y)
          diag(x)*A + diag(x)*B  ¦ LONGEST ¦ diag(x)*(A + B)
          x*x' + x*y'            ¦ LEFT    ¦ x*(x + y)'
          sum(x)*y + sum(x)^2*z  ¦ LONGEST ¦ sum(x)*(sum(x)*z + y)
          """)
  void factored(String expression, Factoring.Preference preference, String text) {
    boolean symmetric = expression.contains("S");
    Problem problem =
        read(expression, symmetric ? "S: matrix[n,n] symmetric" : "a, b, x, y, z: vector");
    Notation notation = new Notation(problem.tensor(), variables(problem), Map.of());
    Tensor normal = new Simplifier().normalize(problem.tensor());
    Tensor factored = new Factoring(notation::length, preference).factor(normal);
    assertThat(TextPrinter.print(notation.of(factored, List.of("i", "j"), false))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      textBlock =
          """
          diag(x) + diag(y)                ¦ diag(x + y)
          diag(x) - 2*diag(y) + A          ¦ diag(x - 2*y) + A
          diag(x) + 2*eye(n)               ¦ diag(x) + 2*eye(n)
          diag(x) + A                      ¦ diag(x) + A
          ones(n)./exp(x)                  ¦ exp(-x)
          exp(x).^3                        ¦ exp(3*x)
          exp(x)                           ¦ exp(x)
          y./exp(x)                        ¦ y.*exp(-x)
          """)
  void presented(String expression, String shown) {
    Problem problem = read(expression, "x, y: vector[n]; A: matrix[n,n]");
    Tensor normal = new Simplifier().normalize(problem.tensor());
    Tensor presented = new Presentation(Set.of()).of(normal);
    assertThat(presented).isEqualTo(flat(problem, shown));
  }

  /** Of x - y and y - x the one that the user wrote is kept inside odd and even functions. */
  @Test
  void signsAreThoseThatTheUserWrote() {
    Problem problem = read("sign(x - y) + abs(x - y) + relu(x - y)", "");
    Tensor difference = flat(problem, "x - y");
    Tensor normal = new Simplifier().normalize(problem.tensor());
    for (Tensor written : List.of(difference, Tensors.negate(difference))) {
      Tensor presented = new Presentation(Set.of(written)).of(normal);
      boolean straight = written.equals(difference);
      String expected =
          straight
              ? "sign(x - y) + abs(x - y) + relu(x - y)"
              : "abs(y - x) - sign(y - x) + relu(x - y)";
      assertThat(presented).isEqualTo(flat(problem, expected));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      textBlock =
          """
          log(x)                     ¦ x: vector[n]               ¦ x > 0
          log(x)                     ¦ x: vector[n] positive      ¦ ``
          log(exp(x))                ¦ x: vector[n]               ¦ ``
          log(det(A))                ¦ A: matrix[n,n] pd          ¦ ``
          log(det(A))                ¦ A: matrix[n,n] psd         ¦ det(A) > 0
          log(x'*x + 1)              ¦ x: vector[n]               ¦ ``
          log(x'*x)                  ¦ x: vector[n]               ¦ x ≠ 0
          log(x.^2 + exp(y))         ¦ x: vector[n]               ¦ ``
          log(x.^3 + exp(y))         ¦ x: vector[n]               ¦ x.^3 + exp(y) > 0
          log(y + exp(x))            ¦ y: vector[n] nonnegative   ¦ ``
          log(exp(x) - y)            ¦ y: vector[n] nonnegative   ¦ exp(x) - y > 0
          log1p(x)                   ¦ x: vector[n] positive      ¦ ``
          log1p(x)                   ¦ x: vector[n]               ¦ x > -1
          arcsin(x)                  ¦ x: vector[n]               ¦ x in (-1, 1)
          1/c                        ¦ c: scalar                  ¦ c ≠ 0
          1/c                        ¦ c: scalar positive         ¦ ``
          1/pi                       ¦ c: scalar                  ¦ ``
          log(3)                     ¦ c: scalar                  ¦ ``
          log(-3 + 0*c)              ¦ c: scalar                  ¦ -3 > 0
          sqrt(c)                    ¦ c: scalar                  ¦ c > 0
          norm2(x)                   ¦ x: vector[n]               ¦ ``
          x/norm2(x)                 ¦ x: vector[n]               ¦ x ≠ 0
          1/(x'*x)                   ¦ x: vector[n]               ¦ x ≠ 0
          1/(x'*x)^2                 ¦ x: vector[n]               ¦ x ≠ 0
          sqrt(x'*y)                 ¦ x: vector[n]               ¦ x'*y > 0
          log(c)/c                   ¦ c: scalar                  ¦ c > 0
          inv(A)                     ¦ A: matrix[n,n]             ¦ A invertible
          inv(A)                     ¦ A: matrix[n,n] invertible  ¦ ``
          inv(A)                     ¦ A: matrix[n,n] pd          ¦ ``
          inv(A)                     ¦ A: matrix[n,n] orthogonal  ¦ ``
          inv(A*B)                   ¦ A, B: matrix[n,n] invertible ¦ ``
          inv(A*B)                   ¦ A: matrix[n,n] invertible; B: matrix[n,n] ¦ A*B invertible
          inv(A*B')                  ¦ A, B: matrix[n,n] invertible ¦ ``
          inv(A.*B)                  ¦ A, B: matrix[n,n] invertible ¦ A.*B invertible
          inv(A'*A)                  ¦ A: matrix[m,n] ¦ A'*A invertible
          inv(A)/det(A)              ¦ A: matrix[n,n]             ¦ det(A) ≠ 0
          inv(A)*log(det(A))         ¦ A: matrix[n,n]             ¦ det(A) > 0
          inv(B)/det(A)              ¦ A, B: matrix[n,n]          ¦ det(A) ≠ 0, B invertible
          abs(x)                     ¦ x: vector[n]               ¦ every entry of x ≠ 0
          log(norm2(x))              ¦ x: vector[n]               ¦ x ≠ 0
          log(abs(x))                ¦ x: vector[n]               ¦ every entry of x ≠ 0
          log(x.^2)                  ¦ x: vector[n]               ¦ every entry of x ≠ 0
          log(c^4)                   ¦ c: scalar                  ¦ c ≠ 0
          1/norm1(x)                 ¦ x: vector[n]               ¦ every entry of x ≠ 0
          log(2*pi*c)                ¦ c: scalar positive         ¦ ``
          log(c)/log(2)              ¦ c: scalar positive         ¦ ``
          log(softmax(x)[2])         ¦ x: vector[n]               ¦ ``
          log(softmax(x))            ¦ x: vector[n]               ¦ ``
          """)
  void conditions(String expression, String declarations, String conditions) {
    Problem problem = read(expression, declarations);
    Notation notation = new Notation(problem.tensor(), variables(problem), Map.of());
    Tensor flat = new Normalizer(List.of()).normalize(problem.tensor());
    List<String> found =
        Conditions.of(List.of(flat)).stream().map(c -> text(notation, c)).sorted().toList();
    List<String> expected =
        Arrays.stream(conditions.split(",(?! 1\\)) ", -1))
            .filter(c -> !c.isEmpty())
            .sorted()
            .toList();
    assertThat(found).isEqualTo(expected);
  }

  private static String text(Notation notation, Condition c) {
    return c.text(TextPrinter.print(notation.of(c.subject(), List.of(), false)));
  }

  /** The shortest of all forms; of equally short ones always the same. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      textBlock =
          """
          A'*(A*x - b) + A'*b         ¦ b: vector         ¦ A'*A*x
          2*A'*A*x - 2*A'*b           ¦ b: vector         ¦ 2*A'*(A*x - b)
          A*x + A*y - A*(x + y)       ¦                   ¦ zeros(m)
          inv(A*B)*A*x                ¦ A, B: matrix[n,n] ¦ inv(B)*x
          ones(n)./exp(x)             ¦                   ¦ exp(-x)
          """)
  void shortest(String expression, String declarations, String text) {
    Problem problem = read(expression, declarations);
    Notation notation = new Notation(problem.tensor(), variables(problem), Map.of());
    Tensor shortest = new Simplifier().shortest(problem.tensor(), Set.of(), notation::length);
    assertThat(TextPrinter.print(notation.of(shortest, List.of(), false))).isEqualTo(text);
  }
}
