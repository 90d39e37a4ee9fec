package nabla.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Questions in JSON and their answers; those of {@code nabla batch} are tested with it. */
class QuestionTest {
  private static String answer(Question question, String request) {
    return Json.write(question.answer(request));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "PARSE | {\"expr\":\"norm2(A*x-b)\",\"where\":\"b: vector[m]\"} |"
            + " \"kind\":\"scalar\",\"shape\":[]",
        "CHECK | {\"derivation\":\"f = x'*x\\ndf/dx = 2*x\"} | \"right\":true",
        "CHECK | {\"derivation\":\"f = x'*x\\ndf/dx = x\"} | \"right\":false",
        "CHECK | {\"expr\":\"x'*x\",\"wrt\":\"x\"} | the field \\\"claim\\\" is missing",
        "EVALUATE |"
            + " {\"expr\":\"x'*A*x\",\"at\":{\"A\":[[1,2],[3,4]],\"x\":[1,1]},\"hessian\":\"x\"} |"
            + " \"numeric\":[[2.0,5.0],[5.0,8.0]]",
        "EVALUATE | {\"expr\":\"x'*y\",\"at\":{\"x\":[1,1]}} | \"drawn\":{\"y\":[",
        "EVALUATE | {\"expr\":\"A*x\"} | A has no data; give some in \\\"at\\\", or the size m in"
            + " \\\"size\\\"",
        "MINIMIZE | {\"expr\":\"norm2(A*x-b)^2\",\"at\":{\"A\":[[2,0],[0,4]],\"b\":[2,4]}} |"
            + " \"formula\":{\"x\":\"inv(A'*A)*A'*b\"}",
        "MINIMIZE | {\"expr\":\"x^2\",\"where\":\"x: scalar\",\"explain\":true} |"
            + " \"explanation\":[",
        "MINIMIZE | {\"expr\":\"x'*x\",\"at\":{\"x\":[1]}} | nothing moves: all variables have"
            + " data",
        "MINIMIZE | {\"expr\":\"x'*x\",\"from\":{\"x\":[1]},\"seconds\":1e300} | \"ok\":true",
        "CONVEX | {\"expr\":\"x^2-y^2\",\"where\":\"x, y: scalar\"} | \"notConvex\":",
        "PLOT | {\"expr\":\"x^2\",\"where\":\"x: scalar\",\"range\":{\"x\":[1]}} | the range of x"
            + " is a list of two numbers",
      })
  void answers(Question question, String request, String part) {
    assertThat(answer(question, request)).contains(part);
  }

  /** Too many numbers are refused before they are computed. */
  @Test
  void largeAnswers() {
    String x = IntStream.range(0, 1100).mapToObj(_ -> "1").collect(Collectors.joining(","));
    assertThat(
            answer(
                Question.DERIVATIVE,
                "{\"expr\":\"exp(x'*x)\",\"wrt\":\"x\",\"order\":2,\"at\":{\"x\":[" + x + "]}}"))
        .contains("\"code\":\"limit\"", "1.2e+06 numbers");
    assertThat(
            answer(
                Question.DERIVATIVE,
                "{\"expr\":\"x*x'\",\"wrt\":\"x\",\"check\":false,\"at\":{\"x\":[" + x + "]}}"))
        .contains("\"code\":\"limit\"", "1.2e+06 numbers");
    assertThat(answer(Question.EVALUATE, "{\"expr\":\"x'*x\",\"size\":{\"n\":2000000}}"))
        .contains("\"code\":\"limit\"");
  }

  @Test
  void anInterruptedThreadEndsItsWork() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> Question.DERIVATIVE.answer("{\"expr\":\"x'*x\",\"wrt\":\"x\"}"))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(answer(Question.DERIVATIVE, "{\"expr\":\"x'*x\",\"wrt\":\"x\"}")).contains("2*x");
  }
}
