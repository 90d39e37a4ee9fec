package nabla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import nabla.Expression;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiffTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "norm2(A*x - b)^2",
        "tr(A*X'*B*X*C)",
        "w'*(kron(A, X)*u)",
        "sum(x)/n + n",
        "alpha*x'*x",
        "y[i] = T[i,j,k]*x[j]*x[k]"
      })
  void whatWasInferredCanBeDeclared(String text) {
    Expression inferred = Expression.parse(text);
    Expression declared = Expression.parse(text, DiffText.inferred(inferred));
    assertThat(DiffText.inferred(declared)).isEmpty();
    assertThat(declared.variables().stream().map(s -> s.name() + s.variable().shape()))
        .isEqualTo(
            inferred.variables().stream().map(s -> s.name() + s.variable().shape()).toList());
    assertThat(declared.shape()).isEqualTo(inferred.shape());
    for (var symbol : inferred.variables()) {
      assertThat(declared.derivative(symbol.name()).text())
          .isEqualTo(inferred.derivative(symbol.name()).text());
    }
  }
}
