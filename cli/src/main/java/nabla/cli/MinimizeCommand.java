package nabla.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nabla.Expression;
import nabla.Symbol;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.json.Json;
import nabla.json.MinimumFields;
import nabla.optimize.Minimization;
import nabla.optimize.Minimum;
import nabla.optimize.Options;
import nabla.optimize.Step;
import nabla.plot.Picture;
import nabla.plot.Plot;
import nabla.tensor.NumericArray;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code nabla minimize EXPR --over x --data A=A.csv}: where a function is least. */
final class MinimizeCommand {
  private static final Pattern RELATION = Pattern.compile("<=|>=|==|=|≤|≥|<|>");

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
            "  nabla minimize \"norm2(A*x - b)^2\" --subject \"sum(x) = 1\" \"x >= 0\"",
            "    --data A=A.csv --data b=b.npy",
            "  nabla minimize \"100*(x[2] - x[1]^2)^2 + (1 - x[1])^2\" --from \"x=[-1.2,1]\"",
            "    --plot path.svg",
            "",
            "Exit status: 0 converged, 1 not converged, 2 the input is wrong.");
    Arguments.addExpression(spec, "The function, a scalar.");
    spec.addOption(
        Arguments.words("--over", "VAR[,VAR...]", "What moves; without it, all that have no data.")
            .splitRegex(",")
            .build());
    spec.addOption(
        Arguments.words(
                "--subject",
                "CONSTRAINT",
                "What has to hold, such as \"sum(x) = 1\" or \"x >= 0\".")
            .arity("1..*")
            .build());
    Arguments.addDeclarations(spec);
    spec.addOption(
        Arguments.words("--data", "[NAME=]DATA", "What does not move, as for nabla eval.").build());
    spec.addOption(
        Arguments.words("--from", "[NAME=]DATA", "Where to start; without it, at zero.").build());
    spec.addOption(
        Arguments.option(
                "--starts", "N", "List the points with gradient zero that are found from N starts.")
            .type(Integer.class)
            .build());
    spec.addOption(Arguments.flag("--explain", "Show how one gets to the formula."));
    spec.addOption(
        Arguments.option(
                "--plot",
                "FILE",
                "Draw it as an .svg or a .png: a curve or contour lines with the path of"
                    + " iterations, or of more than two numbers how they converge.")
            .build());
    addLimits(spec);
    EvalCommand.addFormat(spec);
    return spec.addOption(Help.option());
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
      if (parsed.hasMatchedOption("--subject")) throw swallowed();
      own.usage(own.getOut());
      return ExitCode.OK;
    }
    String format = EvalCommand.format(parsed);
    Options options = options(parsed);
    Path picture = PlotCommand.file(parsed.matchedOptionValue("--plot", ""));
    requireTogether(parsed);
    DataWords words = DataWords.read(parsed.matchedOptionValue("--data", List.<String>of()));
    Set<String> started = words.addAll(parsed.matchedOptionValue("--from", List.<String>of()));
    List<String> subject = parsed.matchedOptionValue("--subject", List.<String>of());
    Question question =
        understood(
            parsed.matchedPositionalValue(0, ""),
            parsed.matchedOptionValue("--where", ""),
            subject,
            words);
    List<String> over =
        question.over(parsed.matchedOptionValue("--over", List.<String>of()), started);
    question.requireAll(over, words);
    Minimization asked = asked(question, over, options, subject.toArray(String[]::new));
    if (parsed.hasMatchedOption("--starts")) {
      return list(
          own, asked.stationaryPoints(parsed.matchedOptionValue("--starts", 1)), over, format);
    }
    List<Step> steps = parsed.hasMatchedOption("--explain") ? asked.explain() : null;
    Minimum found;
    try (Interruption _ = new Interruption();
        Progress progress = new Progress(own.getErr())) {
      found = asked.minimize(i -> progress.goesOn(MinimumText.progress(i)));
      own.getOut()
          .print(
              format.equals("json")
                  ? Json.write(MinimumFields.with(MinimumFields.of(found), steps)) + "\n"
                  : MinimumText.people(found, over, question) + StepsText.people(steps));
      own.getOut().flush();
    }
    if (picture != null) {
      Picture drawn = draw(question, over, options);
      drawn.write(picture);
      if (!format.equals("json")) {
        own.getOut().println("picture  " + picture + ": " + drawn.title());
        own.getOut().flush();
      }
    }
    return found.isConverged() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static Picture draw(Question question, List<String> over, Options options) {
    Map<String, NumericArray> data = new LinkedHashMap<>(question.data());
    Map<String, NumericArray> start = new LinkedHashMap<>(data);
    data.keySet().removeAll(over);
    start.keySet().retainAll(over);
    return Plot.ofMinimization(question.expression(), over, data, start, options);
  }

  /** What would be left out of the answer must not be asked for. */
  private static void requireTogether(ParseResult parsed) {
    if (parsed.hasMatchedOption("--plot") && parsed.hasMatchedOption("--subject")) {
      throw new NablaException(
          Code.UNSUPPORTED, "a picture knows no constraints: leave out --plot or --subject");
    }
    if (!parsed.hasMatchedOption("--starts")) return;
    for (String one : List.of("--plot", "--explain")) {
      if (!parsed.hasMatchedOption(one)) continue;
      throw new NablaException(
          Code.REQUEST, one + " is of one minimum, and --starts lists many points: leave out one");
    }
  }

  /** An option that takes several words takes the expression too. */
  private static NablaException swallowed() {
    return new NablaException(
        Code.REQUEST, "the expression is missing; it stands before --subject, not after it");
  }

  private static int list(CommandLine own, List<Minimum> found, List<String> over, String format) {
    own.getOut()
        .print(
            format.equals("json")
                ? Json.write(MinimumFields.list(found)) + "\n"
                : MinimumText.table(found, over));
    own.getOut().flush();
    return ExitCode.OK;
  }

  /**
   * The function with the data of the constraints as well. What variables are follows from all of
   * them together: they are read as definitions before the function.
   */
  private static Question understood(
      String text, String declarations, List<String> subject, DataWords words) {
    if (subject.isEmpty()) return Question.readPart(text, declarations, words);
    String name = "constraint"; // that of no variable
    while ((text + declarations + subject).contains(name)) name += "0";
    StringBuilder all = new StringBuilder();
    for (String constraint : subject) {
      String difference = RELATION.matcher(constraint).replaceAll(") - (");
      all.append(name).append(all.length()).append(" = (").append(difference).append("); ");
    }
    Question joint;
    try {
      joint = Question.readPart(all + text, declarations, words);
    } catch (NablaException unclear) {
      Expression function = Expression.parse(text, declarations);
      String first = function.variables().getFirst().name();
      Minimization.of(function, first).subjectTo(subject.toArray(String[]::new));
      throw unclear;
    }
    String known =
        joint.expression().variables().stream()
            .map(Symbol::declaration)
            .collect(Collectors.joining("; "));
    return new Question(Expression.parse(text, known), joint.data());
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

  private static Minimization asked(
      Question question, List<String> over, Options options, String... subject) {
    Minimization asked =
        Minimization.of(question.expression(), over.toArray(String[]::new))
            .subjectTo(subject)
            .with(options);
    for (Map.Entry<String, NumericArray> e : question.data().entrySet()) {
      asked =
          over.contains(e.getKey())
              ? asked.from(e.getKey(), e.getValue())
              : asked.bind(e.getKey(), e.getValue());
    }
    return asked;
  }
}
