package nabla.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nabla.json.JsonText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program that reads answers may rely on, field by field. */
class JsonContractTest {
  private static final String FULL =
      """
      {"id":"q1","expr":"x'*A*x","wrt":"x","where":"A: matrix[n,n]; x: vector[n]","order":1,\
      "layout":"denominator","structure":"ambient","at":{"A":[[1,2],[3,4]],"x":[1,1]},\
      "check":true,"seed":1,"nameRepeats":false}\
      """;

  @Test
  void anAnswerHasTheseFieldsInThisOrder() {
    Map<?, ?> answer = answer(FULL);
    assertThat(keys(answer))
        .containsExactly(
            "id", "ok", "function", "derivative", "variables", "value", "numeric", "check");
    assertThat(keys(answer.get("function"))).containsExactly("text", "latex", "kind", "shape");
    assertThat(keys(answer.get("derivative")))
        .containsExactly("text", "unicode", "latex", "kind", "shape", "axes", "conditions");
    assertThat(keys(answer.get("check")))
        .containsExactly("passed", "points", "maxRelativeError", "sizes", "seed");
    for (Object variable : (List<?>) Objects.requireNonNull(answer.get("variables"))) {
      assertThat(keys(variable)).containsExactly("name", "kind", "shape", "properties", "declared");
    }
  }

  @Test
  void formsAndLayoutsAreAdded() {
    String request = "{'expr':'A*X','wrt':'X','layout':'all','forms':true,'check':false}";
    Map<?, ?> derivative = map(answer(request.replace('\'', '"')).get("derivative"));
    assertThat(keys(derivative))
        .containsExactly(
            "text",
            "unicode",
            "latex",
            "kind",
            "shape",
            "axes",
            "conditions",
            "layouts",
            "forms",
            "whyIndexed");
    List<?> layouts = (List<?>) Objects.requireNonNull(derivative.get("layouts"));
    assertThat(layouts).hasSize(3);
    for (Object layout : layouts) {
      assertThat(keys(layout)).containsExactly("layout", "text", "latex", "kind", "shape", "axes");
    }
    List<?> forms = (List<?>) Objects.requireNonNull(derivative.get("forms"));
    assertThat(forms)
        .extracting(form -> map(form).get("form"))
        .containsExactly("index", "kronecker", "differential", "slices", "cotangent");
    for (Object form : forms) {
      assertThat(keys(form))
          .containsExactly("form", "label", "text", "unicode", "latex", "shape", "meaning");
    }
  }

  @Test
  void whatHasANameIsAskedForByIt() {
    String request = "{'expr':'c*x','wrt':'x','operator':'divergence','at':{'x':[1,2],'c':3}}";
    Map<?, ?> answer = answer(request.replace('\'', '"'));
    Map<?, ?> derivative = map(answer.get("derivative"));
    assertThat(derivative.get("text")).isEqualTo("c*n");
    assertThat(derivative.get("axes")).isEqualTo("D = the sum of ∂y_i/∂x_i over i");
    assertThat(String.valueOf(answer.get("numeric"))).isEqualTo("6.0");
    assertThat(map(answer.get("check")).get("passed")).isEqualTo(true);
    assertThat(answer("{\"expr\":\"x'*x\",\"wrt\":\"x\",\"operator\":\"curl\"}").get("ok"))
        .isEqualTo(false);
  }

  @Test
  void anAnswerHasTheseValues() {
    Map<?, ?> answer = answer(FULL);
    assertThat(answer.get("id")).isEqualTo("q1");
    assertThat(answer.get("ok")).isEqualTo(true);
    assertThat(map(answer.get("function")))
        .containsOnly(
            entry("text", "x'*A*x"),
            entry("latex", "x^{\\top} A x"),
            entry("kind", "scalar"),
            entry("shape", List.of()));
    assertThat(map(answer.get("derivative")))
        .containsOnly(
            entry("text", "(A + A')*x"),
            entry("unicode", "(A + Aᵀ)·x"),
            entry("latex", "\\left(A + A^{\\top}\\right) x"),
            entry("kind", "vector"),
            entry("shape", List.of("n")),
            entry("axes", "D[i] = ∂f/∂x_i"),
            entry("conditions", List.of()));
    assertThat(answer.get("variables"))
        .isEqualTo(
            List.of(
                Map.of(
                    "name",
                    "x",
                    "kind",
                    "vector",
                    "shape",
                    List.of("n"),
                    "properties",
                    List.of(),
                    "declared",
                    true),
                Map.of(
                    "name",
                    "A",
                    "kind",
                    "matrix",
                    "shape",
                    List.of("n", "n"),
                    "properties",
                    List.of(),
                    "declared",
                    true)));
    assertThat(doubles(answer.get("value"))).containsExactly(10.0);
    assertThat(doubles(answer.get("numeric"))).containsExactly(7.0, 13.0);
    Map<?, ?> check = map(answer.get("check"));
    assertThat(check.get("passed")).isEqualTo(true);
    assertThat(check.get("points")).isEqualTo(new BigDecimal(3));
    assertThat(doubles(check.get("maxRelativeError")).getFirst()).isBetween(0.0, 1e-9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"a\"", "null", "[1,{\"k\":2.50}]", "1.50", "true"})
  void theIdComesBackAsItWasSent(String id) {
    String answer = Batch.answer("{\"id\":" + id + ",\"expr\":\"x'*x\",\"wrt\":\"x\"}");
    assertThat(answer).startsWith("{\"id\":" + id + ",\"ok\":true,");
    assertThat(Batch.answer("{\"id\":" + id + ",\"expr\":\"x'*\",\"wrt\":\"x\"}"))
        .startsWith("{\"id\":" + id + ",\"ok\":false,");
  }

  @Test
  void onlyExprAndWrtAreNeeded() {
    Map<?, ?> answer = answer("{\"expr\":\"x'*x\",\"wrt\":\"x\"}");
    assertThat(keys(answer)).containsExactly("ok", "function", "derivative", "variables", "check");
  }

  @Test
  void withoutACheckThereIsNone() {
    Map<?, ?> answer = answer("{\"expr\":\"x'*x\",\"wrt\":\"x\",\"check\":false}");
    assertThat(keys(answer)).containsExactly("ok", "function", "derivative", "variables");
  }

  @Test
  void aProofIsACertificate() {
    Map<?, ?> answer = answer("{\"expr\":\"x'*x\",\"wrt\":\"x\",\"proof\":true}");
    assertThat(keys(answer))
        .containsExactly("ok", "function", "derivative", "variables", "check", "certificate");
    Map<?, ?> certificate = map(answer.get("certificate"));
    assertThat(keys(certificate))
        .containsExactly(
            "certified", "primes", "seed", "points", "sizes", "degree", "errorProbability");
    assertThat(certificate.get("certified")).isEqualTo(true);
    assertThat((List<?>) certificate.get("primes")).hasSize(4);
    assertThat(certificate.get("points")).isEqualTo(new BigDecimal(4));
    assertThat(keys(((List<?>) Objects.requireNonNull(certificate.get("sizes"))).getFirst()))
        .containsExactly("n");
    assertThat(doubles(certificate.get("errorProbability")).getFirst()).isBetween(0.0, 1e-9);
  }

  @Test
  void whereThereIsNoProofTheReasonIsGiven() {
    Map<?, ?> answer = answer("{\"expr\":\"max(x)\",\"wrt\":\"x\",\"proof\":true}");
    assertThat(map(answer.get("certificate")))
        .containsOnly(entry("certified", false), entry("reason", "max has a kink"));
  }

  @Test
  void wrtMayBeAList() {
    Map<?, ?> answer =
        answer(
            "{\"expr\":\"x'*A*y\",\"wrt\":[\"x\",\"y\"],"
                + "\"at\":{\"A\":[[1,2]],\"x\":[1],\"y\":[1,1]}}");
    assertThat(map(answer.get("derivative")).get("axes")).isEqualTo("D[i,j] = ∂²f/∂x_i∂y_j");
    assertThat(doubles(answer.get("numeric"))).containsExactly(1.0, 2.0);
  }

  @Test
  void eachAsksForSeveralDerivatives() {
    Map<?, ?> answer =
        answer("{\"expr\":\"x'*A*x\",\"each\":[\"x\",\"A\"],\"at\":{\"A\":[[2]],\"x\":[3]}}");
    assertThat(keys(answer)).containsExactly("ok", "function", "derivatives", "variables", "value");
    List<?> derivatives = (List<?>) Objects.requireNonNull(answer.get("derivatives"));
    assertThat(keys(derivatives.getFirst()))
        .containsExactly(
            "wrt",
            "text",
            "unicode",
            "latex",
            "kind",
            "shape",
            "axes",
            "conditions",
            "numeric",
            "check");
    assertThat(derivatives.stream().map(d -> map(d).get("wrt"))).isEqualTo(List.of("x", "A"));
    assertThat(doubles(map(derivatives.get(0)).get("numeric"))).containsExactly(12.0);
    assertThat(doubles(map(derivatives.get(1)).get("numeric"))).containsExactly(9.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x'*x   | x | denominator | vector | n   | D[i] = ∂f/∂x_i
          x'*x   | x | numerator   | row    | n   | D[i] = ∂f/∂x_i
          A*x    | x | denominator | matrix | n,m | D[i,j] = ∂y_j/∂x_i
          A*x    | x | numerator   | matrix | m,n | D[i,j] = ∂y_i/∂x_j
          A*x    | x | mixed       | matrix | m,n | D[i,j] = ∂y_i/∂x_j
          A*x    | A | denominator | tensor | m,n,m | D[r,s,i] = ∂y_i/∂A_{r,s}
          t^2    | t | denominator | scalar |     | D = ∂f/∂t
          """)
  void kindShapeAndAxesByLayout(
      String expr, String wrt, String layout, String kind, String shape, String axes) {
    String request =
        "{\"expr\":\"%s\",\"wrt\":\"%s\",\"layout\":\"%s\"}".formatted(expr, wrt, layout);
    Map<?, ?> derivative = map(answer(request).get("derivative"));
    assertThat(derivative.get("kind")).isEqualTo(kind);
    assertThat(derivative.get("shape"))
        .isEqualTo(shape == null ? List.of() : List.of(shape.split(",", -1)));
    assertThat(derivative.get("axes")).isEqualTo(axes);
  }

  @Test
  void theOrderOfNumericIsThatOfTheIndices() {
    String at = ",\"at\":{\"A\":[[1,2,3],[4,5,6]],\"x\":[1,1,1]}}";
    String request = "{\"expr\":\"A*x\",\"wrt\":\"x\",\"layout\":\"%s\"" + at;
    assertThat(answer(request.formatted("numerator")).get("numeric"))
        .hasToString("[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]");
    assertThat(answer(request.formatted("denominator")).get("numeric"))
        .hasToString("[[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]");
  }

  @Test
  void numbersThatJsonCannotSpellAreTexts() {
    Map<?, ?> answer =
        answer("{\"expr\":\"sum(exp(x))\",\"wrt\":\"x\",\"check\":false,\"at\":{\"x\":[1000,0]}}");
    assertThat(answer.get("value")).isEqualTo("Infinity");
    assertThat(answer.get("numeric")).hasToString("[Infinity, 1.0]");
  }

  @Test
  void sizesAreNamesOrNumbers() {
    Map<?, ?> answer = answer("{\"expr\":\"A*x\",\"wrt\":\"x\",\"where\":\"A: matrix[2,n]\"}");
    assertThat(map(answer.get("derivative")).get("shape"))
        .isEqualTo(List.of("n", new BigDecimal(2)));
  }

  @Test
  void repeatedPartsGetNamesOnRequest() {
    Map<?, ?> answer = answer("{\"expr\":\"norm2(A*x - b)\",\"wrt\":\"x\",\"nameRepeats\":true}");
    assertThat(map(answer.get("derivative")).get("text"))
        .isEqualTo("t1 = A*x - b; A'*t1/norm2(t1)");
    assertThat(map(answer.get("check")).get("passed")).isEqualTo(true);
  }

  @Test
  void anErrorHasTheseFields() {
    Map<?, ?> answer = answer("{\"id\":7,\"expr\":\"nrom2(x)\",\"wrt\":\"x\"}");
    assertThat(keys(answer)).containsExactly("id", "ok", "error");
    assertThat(map(answer.get("error")))
        .containsOnly(
            entry("code", "name"),
            entry("message", "there is no function nrom2"),
            entry("column", new BigDecimal(1)),
            entry("length", new BigDecimal(5)),
            entry("field", "expr"),
            entry("hint", "did you mean norm2?"));
  }

  private static Map<?, @Nullable Object> answer(String request) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    JsonText.read(Batch.answer(request), fields);
    return map(fields);
  }

  private static Map<Object, @Nullable Object> map(@Nullable Object value) {
    Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
    ((Map<?, ?>) Objects.requireNonNull(value)).forEach(copy::put);
    return copy;
  }

  private static List<Object> keys(@Nullable Object value) {
    return new ArrayList<>(map(value).keySet());
  }

  private static List<Double> doubles(@Nullable Object value) {
    if (value instanceof BigDecimal number) return List.of(number.doubleValue());
    return ((List<?>) Objects.requireNonNull(value))
        .stream().flatMap(v -> doubles(v).stream()).toList();
  }
}
