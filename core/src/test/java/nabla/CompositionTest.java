package nabla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import nabla.corpus.Corpus;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import nabla.tensor.Property;
import nabla.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Expressions built in code are those that are read from their text. */
class CompositionTest {
  private static final Expression A = Nabla.matrix("A", "m", "n");
  private static final Expression S = Nabla.variable("S: matrix[n,n] symmetric");
  private static final Expression X = Nabla.vector("x", "n");
  private static final Expression Y = Nabla.vector("y", "n");
  private static final Expression C = Nabla.scalar("c");

  static Stream<Arguments> built() {
    return Stream.of(
        Arguments.of(A.times(X), "A*x", "vector"),
        Arguments.of(X.transpose().times(S).times(X), "x'*S*x", "scalar"),
        Arguments.of(X.transpose().times(S), "x'*S", "row"),
        Arguments.of(X.plus(Y).minus(X.negate()), "x + y - (-x)", "vector"),
        Arguments.of(X.minus(Y.minus(X)), "x - (y - x)", "vector"),
        Arguments.of(X.plus(1).minus(0.5), "x + 1 - 0.5", "vector"),
        Arguments.of(X.times(2).plus(Y).dividedBy(C), "(2*x + y)/c", "vector"),
        Arguments.of(X.dividedBy(-4), "x/(-4)", "vector"),
        Arguments.of(S.solve(X), "S\\x", "vector"),
        Arguments.of(A.dividedBy(S), "A/S", "matrix"),
        Arguments.of(S.power(-1), "S^-1", "matrix"),
        Arguments.of(C.plus(1).power(0.5), "(c + 1)^0.5", "scalar"),
        Arguments.of(X.elementTimes(Y).elementDividedBy(X), "x.*y./x", "vector"),
        Arguments.of(X.plus(Y).elementPower(3), "(x + y).^3", "vector"),
        Arguments.of(A.kronecker(S), "A⊗S", "matrix"),
        Arguments.of(A.plus(A).entry(1, 2), "(A + A)[1,2]", "scalar"),
        Arguments.of(X.entry(2), "x[2]", "scalar"),
        Arguments.of(Nabla.call("exp", X.plus(Y)), "exp(x + y)", "vector"),
        Arguments.of(Nabla.call("kron", A, S), "kron(A, S)", "matrix"),
        Arguments.of(Nabla.number(1e-3).times(X), "0.001*x", "vector"),
        Arguments.of(Nabla.number(-0.0).times(X), "0*x", "vector"));
  }

  @ParameterizedTest
  @MethodSource("built")
  void textAndKind(Expression expression, String text, String kind) {
    assertThat(expression.text()).isEqualTo(text);
    assertThat(expression.toString()).isEqualTo(text);
    assertThat(expression.kind()).isEqualTo(kind);
  }

  static Stream<Corpus.Case> cases() {
    return Corpus.cases().stream();
  }

  /** Twice the function is built of what was read, whatever it is, and has twice the derivative. */
  @ParameterizedTest
  @MethodSource("cases")
  void whatWasReadIsBuiltUpon(Corpus.Case c) {
    Expression read = Expression.parse(c.expression(), c.declarations(), c.at());
    Expression doubled = read.plus(read);
    List<String> by = c.by();
    NumericArray once = read.derivative(by, Layout.DENOMINATOR, Structure.AMBIENT).value(c.at());
    NumericArray twice =
        doubled.derivative(by, Layout.DENOMINATOR, Structure.AMBIENT).value(c.at());
    double largest = 1;
    for (double d : once.data()) largest = Math.max(largest, Math.abs(d));
    for (int k = 0; k < once.count(); k++) {
      assertThat(Math.abs(twice.data()[k] - 2 * once.data()[k])).isLessThan(1e-9 * largest);
    }
  }

  @Test
  void inferredVariablesAreInferredAgain() {
    Expression sum = Expression.parse("A*x").plus(Expression.parse("B*y"));
    assertThat(sum.text()).isEqualTo("A*x + B*y");
    assertThat(sum.shape()).hasToString("[m]");
    assertThat(sum.variables())
        .extracting(s -> s.name() + s.variable().shape())
        .containsExactly("A[m, n]", "x[n]", "B[m, k]", "y[k]");
  }

  @Test
  void symbolsSayWhatTheyAre() {
    Expression f =
        Expression.parse("A*x + T[1,1,1]*b", "T: tensor[m,2,3]; A: matrix[m,n] positive");
    assertThat(f.variables())
        .extracting(Symbol::name, Symbol::kind, s -> s.shape().toString(), Symbol::declared)
        .containsExactly(
            tuple("A", "matrix", "[m, n]", true),
            tuple("x", "vector", "[n]", false),
            tuple("T", "tensor", "[m, 2, 3]", true),
            tuple("b", "scalar", "[]", false));
    assertThat(f.variables().getFirst().properties()).containsExactly(Property.POSITIVE);
    assertThat(f.jacobian("x").tree()).hasToString("'(A)");
  }

  @Test
  void intermediatesAreKept() {
    Expression f = Expression.parse("u = A*x; u'*u");
    Expression g = Expression.parse("u = A*x; sum(u)");
    assertThat(f.plus(g).text()).isEqualTo("u = A*x; u'*u + sum(u)");
  }

  @Test
  void tensorsAreWrittenAsShortAsTheyCanBe() {
    Expression f = Expression.parse("u = A*x; u'*u + c*x'*x", "c: scalar");
    Tensor hessian = f.compilation(List.of(Output.hessian("x"))).tensors().getFirst();
    assertThat(f.written(hessian).text()).isEqualTo("2*(c*eye(n) + A'*A)");
    Expression g = Expression.parse("norm2(X)^2");
    Tensor whole = g.compilation(List.of(Output.hessian("X"))).tensors().getFirst();
    assertThatThrownBy(() -> g.written(whole))
        .isInstanceOfSatisfying(
            NablaException.class,
            e -> assertThat(e.diagnostic().code()).isEqualTo(Code.UNSUPPORTED));
  }

  @Test
  void derivativesAreBuiltUpon() {
    Expression f = Expression.parse("log(1 + exp(w'*x))");
    Expression gradient = f.gradient("w").expression();
    assertThat(gradient.text()).isEqualTo("sigmoid(w'*x)*x");
    assertThat(gradient.jacobian("w").text()).isEqualTo(f.hessian("w").text());
  }

  static Stream<Arguments> refused() {
    Expression inferred = Expression.parse("u = A*x; u'*u");
    Expression other = Expression.parse("u = x; u'*u");
    Expression index = Expression.parse("D[i,j] = A[i,k]*B[k,j]");
    return Stream.of(
        refusal(() -> A.times(A), Code.SHAPE),
        refusal(() -> X.times(Y), Code.SHAPE),
        refusal(() -> A.plus(S), Code.SHAPE),
        refusal(() -> X.plus(Nabla.matrix("x", "n", "n")), Code.DECLARATION),
        refusal(() -> S.plus(Nabla.matrix("S", "n", "n")), Code.DECLARATION),
        refusal(() -> X.times(Nabla.scalar("n")), Code.DECLARATION),
        refusal(() -> Nabla.scalar("u").plus(inferred), Code.DECLARATION),
        refusal(() -> other.plus(inferred), Code.DECLARATION),
        refusal(() -> Expression.parse("u'*u").plus(inferred), Code.DECLARATION),
        refusal(() -> Expression.parse("n'*u").plus(S), Code.DECLARATION),
        refusal(
            () -> Expression.parse("e*x", "x: scalar").times(Nabla.scalar("e")), Code.DECLARATION),
        refusal(() -> Nabla.scalar("pi").plus(Expression.parse("pi*x'*x")), Code.DECLARATION),
        refusal(() -> Nabla.call("a+exp", X), Code.NAME),
        refusal(() -> index.plus(A), Code.UNSUPPORTED),
        refusal(() -> X.entry(0), Code.VALUE),
        refusal(() -> Nabla.call("exq", X), Code.NAME),
        refusal(() -> Nabla.call("exp", X, Y), Code.ARITY),
        refusal(() -> Nabla.variable("x"), Code.DECLARATION),
        refusal(() -> Nabla.variable("x: vector[n]; y: vector[n]"), Code.DECLARATION),
        refusal(() -> Nabla.variable("x, y: vector[n]"), Code.DECLARATION),
        refusal(() -> Nabla.vector("x y", "n"), Code.DECLARATION),
        refusal(() -> Nabla.vector("exp", "n"), Code.DECLARATION));
  }

  private static Arguments refusal(Supplier<Expression> built, Code code) {
    return Arguments.of(built, code);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void mistakesAreRefused(Supplier<Expression> built, Code code) {
    assertThatThrownBy(built::get)
        .isInstanceOfSatisfying(
            NablaException.class, e -> assertThat(e.diagnostic().code()).isEqualTo(code));
  }

  @Test
  void numbersAreFinite() {
    assertThatThrownBy(() -> Nabla.number(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
  }

  static Stream<Arguments> trees() {
    return Stream.of(
        Arguments.of("x'*A*x", "*(*('(x), A), x)"),
        Arguments.of("D[i,j] = A[j,i]*x[i]", "=([](D, i, j), *([](A, j, i), [](x, i)))"),
        Arguments.of("-exp(2*x) + 0.5", "+(-(exp(*(2, x))), 0.5)"),
        Arguments.of("u = A*x; u'*u", "*('(*(A, x)), *(A, x))"),
        Arguments.of(
            "X[1,2] + X[1,:]*X[2,1:3]'", "+([](X, 1, 2), *([](X, 1, :()), '([](X, 2, :(1, 3)))))"),
        Arguments.of("[1, 2; 3, 4]*x", "*([;]([,](1, 2), [,](3, 4)), x)"),
        Arguments.of("einsum(\"ij,j->i\", A, x)", "einsum(\"ij,j->i\"(), A, x)"));
  }

  @ParameterizedTest
  @MethodSource("trees")
  void treesAreWalked(String text, String tree) {
    assertThat(Expression.parse(text, "X: matrix[m,3]").tree()).hasToString(tree);
  }
}
