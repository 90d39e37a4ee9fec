package nabla.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.Derivative;
import nabla.DifferentialOperator;
import nabla.Expression;
import nabla.Verdict;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
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
            "",
            "A claim may be in any layout. Exit status: 0 it is right, 1 it is not.");
    Arguments.add(spec, DifferentialOperator.DERIVATIVE);
    spec.addOption(
        Arguments.option("--claim", "ANSWER", "What the derivative is claimed to be.").build());
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

  static int runCheck(ParseResult parsed) {
    List<String> words = Arguments.words(parsed);
    if (words.isEmpty()) {
      CommandLine own = parsed.commandSpec().commandLine();
      own.usage(own.getOut());
      return ExitCode.OK;
    }
    Request request = Arguments.request(parsed, words);
    if (request.claim().isBlank()) {
      throw new NablaException(Code.REQUEST, "what is claimed? write --claim ANSWER");
    }
    Expression expression = Expression.parse(request.expression(), request.declarations());
    Derivative derivative = request.derivatives(expression).getFirst();
    return answer(parsed, derivative.judge(request.claim()), derivative.label(), "claim");
  }

  static int runEqual(ParseResult parsed) {
    String declarations = parsed.matchedOptionValue("--where", "");
    Expression first = Expression.parse(parsed.matchedPositionalValue(0, ""), declarations);
    Expression second = Expression.parse(parsed.matchedPositionalValue(1, ""), declarations);
    return answer(parsed, first.judge(second), "first", "second");
  }

  private static int answer(ParseResult parsed, Verdict verdict, String label, String claim) {
    PrintWriter out = parsed.commandSpec().commandLine().getOut();
    String format = parsed.matchedOptionValue("--format", FORMATS.getFirst());
    switch (format) {
      case "people" -> out.print(VerdictText.of(verdict, label, claim));
      case "json" -> {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("ok", true);
        fields.put("verdict", VerdictText.fields(verdict));
        out.println(Json.write(fields));
      }
      default ->
          throw new NablaException(
              Code.REQUEST,
              "there is no format " + format + "; it is " + String.join(", ", FORMATS));
    }
    out.flush();
    return verdict.isRight() ? ExitCode.OK : WRONG;
  }
}
