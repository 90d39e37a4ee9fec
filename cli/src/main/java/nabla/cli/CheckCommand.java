package nabla.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import nabla.Derivation;
import nabla.Derivative;
import nabla.DifferentialOperator;
import nabla.Expression;
import nabla.Verdict;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.json.DerivationFields;
import nabla.json.DerivativeRequest;
import nabla.json.Json;
import nabla.json.VerdictFields;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code nabla check EXPR VAR --claim ANSWER} and {@code nabla equal EXPR EXPR}. */
final class CheckCommand {
  private static final int WRONG = 1;
  private static final List<String> FORMATS = List.of("people", "json");

  private CheckCommand() {}

  static CommandSpec check() {
    CommandSpec spec = CommandSpec.create().name("check");
    spec.usageMessage()
        .header("Whether a claim is the derivative, and if not, what is wrong with it.")
        .description("")
        .customSynopsis("nabla check [options] EXPR VAR... --claim ANSWER")
        .footer(
            "",
            "Examples:",
            "  nabla check \"x'*A*x\" x --claim \"2*A*x\"",
            "  nabla check \"softmax(x)\" x --claim \"diag(softmax(x))\"",
            "  nabla check \"x'*A*x\" x --order 2 --claim \"A + A'\"",
            "  nabla check --derivation homework.txt",
            "",
            "A claim may be in any layout. Exit status: 0 it is right, 1 it is not.");
    Arguments.add(spec, DifferentialOperator.DERIVATIVE);
    spec.addOption(
        Arguments.option("--claim", "ANSWER", "What the derivative is claimed to be.").build());
    spec.addOption(
        Arguments.option(
                "--derivation",
                "FILE",
                "Judge each line of a derivation instead; - is standard input.")
            .build());
    addFormat(spec);
    return spec.addOption(Help.option());
  }

  static CommandSpec equal() {
    CommandSpec spec = CommandSpec.create().name("equal");
    spec.usageMessage()
        .header("Whether two expressions are equal, and if not, how they differ.")
        .description("")
        .footer(
            "",
            "Examples:",
            "  nabla equal \"tr(A*B)\" \"tr(B*A)\"",
            "  nabla equal \"x'*A*y\" \"y'*A*x\"",
            "",
            "Exit status: 0 they are equal, 1 they are not.");
    for (int k = 0; k < 2; k++) {
      spec.addPositional(
          PositionalParamSpec.builder()
              .index(String.valueOf(k))
              .arity("1")
              .paramLabel("EXPR")
              .type(String.class)
              .description(k == 0 ? "An expression." : "Another one.")
              .build());
    }
    Arguments.addDeclarations(spec);
    addFormat(spec);
    return spec.addOption(Help.option());
  }

  private static void addFormat(CommandSpec spec) {
    spec.addOption(
        Arguments.option("--format", "FORMAT", "people (default) or json.")
            .completionCandidates(FORMATS)
            .build());
  }

  static int runCheck(ParseResult parsed) throws IOException {
    List<String> words = Arguments.words(parsed);
    String file = parsed.matchedOptionValue("--derivation", "");
    if (!file.isEmpty()) return runDerivation(parsed, words, file);
    if (words.isEmpty()) {
      CommandLine own = parsed.commandSpec().commandLine();
      own.usage(own.getOut());
      return ExitCode.OK;
    }
    DerivativeRequest request = Arguments.request(parsed, words);
    if (request.claim().isBlank()) {
      throw new NablaException(Code.REQUEST, "what is claimed? write --claim ANSWER");
    }
    Expression expression = Expression.parse(request.expression(), request.declarations());
    Derivative derivative = request.derivatives(expression).getFirst();
    return answer(parsed, derivative.judge(request.claim()), derivative.label(), "claim");
  }

  private static int runDerivation(ParseResult parsed, List<String> words, String file)
      throws IOException {
    if (!words.isEmpty() || parsed.hasMatchedOption("--claim")) {
      throw new NablaException(Code.REQUEST, "a derivation says itself what is differentiated");
    }
    String declarations = parsed.matchedOptionValue("--where", "");
    List<Derivation.Step> steps = Derivation.parse(text(file), declarations).judge();
    boolean right = steps.stream().allMatch(Derivation.Step::isRight);
    print(parsed, () -> DerivationText.of(steps), () -> DerivationFields.of(steps));
    return right ? ExitCode.OK : WRONG;
  }

  private static String text(String file) throws IOException {
    if (file.equals("-")) return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    try {
      return Files.readString(Path.of(file));
    } catch (NoSuchFileException e) {
      throw new NablaException(Code.REQUEST, "there is no file " + file);
    } catch (MalformedInputException e) {
      throw new NablaException(Code.REQUEST, file + " is no text in UTF-8");
    } catch (IOException e) {
      throw new NablaException(Code.REQUEST, file + " can't be read");
    }
  }

  static int runEqual(ParseResult parsed) {
    String declarations = parsed.matchedOptionValue("--where", "");
    Expression first = Expression.parse(parsed.matchedPositionalValue(0, ""), declarations);
    Expression second = Expression.parse(parsed.matchedPositionalValue(1, ""), declarations);
    return answer(parsed, first.judge(second), "first", "second");
  }

  private static int answer(ParseResult parsed, Verdict verdict, String label, String claim) {
    print(
        parsed,
        () -> VerdictText.of(verdict, label, claim),
        () -> {
          Map<String, @Nullable Object> fields = new LinkedHashMap<>();
          fields.put("ok", true);
          fields.put("verdict", VerdictFields.of(verdict));
          return fields;
        });
    return verdict.isRight() ? ExitCode.OK : WRONG;
  }

  private static void print(
      ParseResult parsed, Supplier<String> people, Supplier<Map<String, @Nullable Object>> json) {
    PrintWriter out = parsed.commandSpec().commandLine().getOut();
    String format = parsed.matchedOptionValue("--format", FORMATS.getFirst());
    switch (format) {
      case "people" -> out.print(people.get());
      case "json" -> out.println(Json.write(json.get()));
      default ->
          throw new NablaException(
              Code.REQUEST,
              "there is no format " + format + "; it is " + String.join(", ", FORMATS));
    }
    out.flush();
  }
}
