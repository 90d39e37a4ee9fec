package nabla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TimeZone;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import nabla.json.Json;
import nabla.json.JsonText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same input gives the same bytes, whatever was asked before and wherever it runs. */
@Isolated("sets the default locale and time zone")
class DeterminismTest {
  private static final List<String> REQUESTS = new ArrayList<>();
  private static final List<String> ANSWERS = new ArrayList<>();

  /** Letters beyond ASCII, checks, several variables, parts written twice, and mistakes. */
  private static final List<String> OTHERS =
      List.of(
          "{\"id\":\"İ\",\"expr\":\"θ'*Σ*θ + i'*X*i\",\"wrt\":\"θ\",\"where\":\"θ: vector[n]\"}",
          "{\"id\":1.50,\"expr\":\"x'*A*x/3 + 0.1*norm2(x)\",\"wrt\":\"x\",\"order\":2}",
          "{\"expr\":\"(A*x - b)'*(A*x - b) + (b - A*x)'*C*(b - A*x)\",\"wrt\":[\"x\",\"b\"]}",
          "{\"expr\":\"inv(X)*A*inv(X)\",\"wrt\":\"X\",\"layout\":\"mixed\"}",
          "{\"expr\":\"x'*A*x + sum(log(1 + exp(y.*(B*x))))\",\"each\":[\"x\",\"y\"],\"seed\":5}",
          "{\"expr\":\"(a'*inv(X')*b)*(a'*inv(X)'*c)\",\"wrt\":\"a\",\"where\":\"c: vector[n]\"}",
          "{\"expr\":\"sigmiod(x)\",\"wrt\":\"x\"}",
          "{\"expr\":\"A*B*x\",\"wrt\":\"t\"}",
          "{\"expr\":\"A*x + ı\",\"wrt\":\"x\"}",
          "{\"expr\":\"x*x\",\"wrt\":\"x\",\"where\":\"x: vector[n]\"}",
          "no request");

  @BeforeAll
  static void answerOnce() throws IOException {
    try (var cases = DeterminismTest.class.getResourceAsStream("/corpus/cases.jsonl")) {
      String text =
          new String(Objects.requireNonNull(cases).readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) REQUESTS.add(request(line));
    }
    REQUESTS.addAll(OTHERS);
    for (String request : REQUESTS) ANSWERS.add(Batch.answer(request));
    assertThat(ANSWERS).anyMatch(a -> a.contains("\"passed\":true")).noneMatch(String::isBlank);
  }

  private static String request(String line) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    JsonText.read(line, fields);
    Map<String, Object> request = new LinkedHashMap<>();
    for (String name : List.of("id", "expr", "wrt", "where", "structure", "at", "order")) {
      request.put(name, Objects.requireNonNull(fields.get(name)));
    }
    request.put("check", false);
    return Json.write(request);
  }

  @Test
  void inAnyOrderOfTheRequests() {
    for (int k : order(1)) assertThat(Batch.answer(REQUESTS.get(k))).isEqualTo(ANSWERS.get(k));
  }

  @Test
  void inFourThreadsAtOnce() throws InterruptedException, ExecutionException {
    List<Integer> all = new ArrayList<>();
    for (long seed = 2; seed < 4; seed++) all.addAll(order(seed));
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<String>> answers =
          all.stream().map(k -> threads.submit(() -> Batch.answer(REQUESTS.get(k)))).toList();
      for (int n = 0; n < all.size(); n++) {
        assertThat(answers.get(n).get()).isEqualTo(ANSWERS.get(all.get(n)));
      }
    }
  }

  private static List<Integer> order(long seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, REQUESTS.size()).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    return order;
  }

  /** Turkish has two letters i; Arabic has digits of its own. */
  @ParameterizedTest
  @ValueSource(strings = {"tr-TR", "ar-EG-u-nu-arab"})
  void inAnyLocaleAndTimeZone(String tag) {
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(tag));
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
      for (int k = 0; k < REQUESTS.size(); k++) {
        assertThat(Batch.answer(REQUESTS.get(k))).isEqualTo(ANSWERS.get(k));
      }
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  /**
   * Another JVM salts its immutable sets and maps anew, and can be told how to hash identities;
   * here also with another locale, time zone and charset.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:hashCode=2 -Duser.language=tr -Duser.country=TR -Dfile.encoding=ISO-8859-9",
        "-XX:hashCode=3 -Duser.language=ar -Duser.country=EG -Duser.timezone=Asia/Tokyo"
            + " -Dfile.encoding=UTF-16"
      })
  void inAnotherVirtualMachine(String options, @TempDir Path folder)
      throws IOException, InterruptedException {
    Path in = Files.write(folder.resolve("in"), REQUESTS);
    Path out = folder.resolve("out");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UnlockExperimentalVMOptions", "-XX:+UseSerialGC"));
    command.addAll(List.of(options.split(" ")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("nabla.cli.Main", "batch"));
    Process process =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.waitFor()).isZero();
    String expected = String.join("\n", ANSWERS) + "\n";
    assertThat(Files.readAllBytes(out)).isEqualTo(expected.getBytes(StandardCharsets.UTF_8));
  }
}
