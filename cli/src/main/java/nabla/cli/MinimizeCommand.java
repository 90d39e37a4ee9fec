package nabla.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.optimize.Minimization;
import nabla.optimize.Minimum;
import nabla.optimize.Options;
import nabla.tensor.NumericArray;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code nabla minimize EXPR --over x --data A=A.csv}: where a function is least. */
final class MinimizeCommand {
  private MinimizeCommand() {}

  static CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("minimize");
    spec.usageMessage()
        .header("Find where a scalar function is least.")
        .description("")
        .customSynopsis("nabla minimize [options] EXPR")
        .footer(
            "",
            "Examples:",
            "  nabla minimize \"norm2(A*x - b)^2 + c*norm2(x)^2\" --over x",
            "    --data A=A.csv --data b=b.npy --data c=0.1",
            "  nabla minimize \"100*(x[2] - x[1]^2)^2 + (1 - x[1])^2\" --from \"x=[-1.2,1]\"",
            "",
            "Exit status: 0 converged, 1 not converged, 2 the input is wrong.");
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("0..1")
            .paramLabel("EXPR")
            .type(String.class)
            .description("The function, a scalar.")
            .build());
    spec.addOption(
        words("--over", "VAR[,VAR...]", "What moves; without it, all that have no data.")
            .splitRegex(",")
            .build());
    Arguments.addDeclarations(spec);
    spec.addOption(
        words("--data", "[NAME=]DATA", "What does not move, as for nabla eval.").build());
    spec.addOption(words("--from", "[NAME=]DATA", "Where to start; without it, at zero.").build());
    addLimits(spec);
    EvalCommand.addFormat(spec);
    return spec.addOption(Help.option());
  }

  private static CommandLine.Model.OptionSpec.Builder words(
      String name, String label, String description) {
    return Arguments.option(name, label, description)
        .hideParamSyntax(true)
        .type(List.class)
        .auxiliaryTypes(String.class);
  }

  private static void addLimits(CommandSpec spec) {
    spec.addOption(
        Arguments.option(
                "--tolerance",
                "T",
                "How large an entry of the gradient may be in the end (default 1e-8).")
            .type(Double.class)
            .build());
    spec.addOption(
        Arguments.option("--iterations", "N", "At most N iterations (default 1000).")
            .type(Integer.class)
            .build());
    spec.addOption(
        Arguments.option("--time", "SECONDS", "At most so long (default 600).")
            .type(Double.class)
            .build());
    spec.addOption(
        Arguments.option("--seed", "N", "What random starting points are drawn from (default 1).")
            .type(Long.class)
            .build());
    spec.addOption(
        Arguments.option("--threads", "N", "Use N threads where that helps (default 1).")
            .type(Integer.class)
            .build());
  }

  static int run(ParseResult parsed) {
    CommandLine own = parsed.commandSpec().commandLine();
    if (!parsed.hasMatchedPositional(0)) {
      own.usage(own.getOut());
      return ExitCode.OK;
    }
    String format = EvalCommand.format(parsed);
    Options options = options(parsed);
    DataWords words = DataWords.read(parsed.matchedOptionValue("--data", List.<String>of()));
    Set<String> started = words.addAll(parsed.matchedOptionValue("--from", List.<String>of()));
    Question question =
        Question.readPart(
            parsed.matchedPositionalValue(0, ""), parsed.matchedOptionValue("--where", ""), words);
    List<String> over = over(parsed, question, started);
    question.requireAll(over, words);
    Minimum found;
    try (Progress progress = new Progress(own.getErr())) {
      found = asked(question, over, options).minimize(i -> progress.at(MinimumText.progress(i)));
    }
    own.getOut()
        .print(
            format.equals("json")
                ? Json.write(MinimumText.fields(found)) + "\n"
                : MinimumText.people(found, over, question));
    own.getOut().flush();
    return found.isConverged() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static Options options(ParseResult parsed) {
    Options usual = Options.usual();
    double seconds = parsed.matchedOptionValue("--time", usual.time().toMillis() / 1e3);
    return new Options(
        parsed.matchedOptionValue("--tolerance", usual.tolerance()),
        parsed.matchedOptionValue("--iterations", usual.iterations()),
        Duration.ofNanos(Math.round(seconds * 1e9)),
        parsed.matchedOptionValue("--threads", usual.threads()),
        parsed.matchedOptionValue("--seed", usual.seed()));
  }

  /** What moves: what is said to, else what has a start or no data. */
  static List<String> over(ParseResult parsed, Question question, Set<String> started) {
    List<String> said = parsed.matchedOptionValue("--over", List.<String>of());
    if (!said.isEmpty()) return said.stream().map(String::strip).toList();
    List<String> missing = question.missing();
    return question.expression().variables().stream()
        .map(s -> s.name())
        .filter(name -> missing.contains(name) || started.contains(name))
        .toList();
  }

  private static Minimization asked(Question question, List<String> over, Options options) {
    Minimization asked =
        Minimization.of(question.expression(), over.toArray(String[]::new)).with(options);
    for (Map.Entry<String, NumericArray> e : question.data().entrySet()) {
      asked =
          over.contains(e.getKey())
              ? asked.from(e.getKey(), e.getValue())
              : asked.bind(e.getKey(), e.getValue());
    }
    return asked;
  }
}
