package nabla.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import nabla.Derivative;
import nabla.DifferentialOperator;
import nabla.Explanation;
import nabla.Explanation.Method;
import nabla.Expression;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.json.DerivativeAnswer;
import nabla.json.DerivativeRequest;
import nabla.json.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code nabla explain EXPR VAR}: how one gets to the derivative. */
final class ExplainCommand {
  private static final List<String> FORMATS =
      List.of("text", "unicode", "latex", "markdown", "json");
  private static final List<String> METHODS =
      Stream.of(Method.values()).map(Method::label).toList();

  private ExplainCommand() {}

  static CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("explain");
    spec.usageMessage()
        .header("How one gets to the derivative, line by line; every line is verified.")
        .description("")
        .customSynopsis("nabla explain [options] EXPR VAR...")
        .footer(
            "",
            "Examples:",
            "  nabla explain \"x'*A*x\" x",
            "  nabla explain \"x'*A*x\" x --by limit         the definition: f(x + h) - f(x)",
            "  nabla explain \"A*x\" x --by entries          written out, entry by entry",
            "  nabla explain \"u = A*x - b; u'*u\" x --by chain",
            "  nabla explain \"log(det(X))\" X --detail 3 --format latex",
            "",
            "What is new in a line is underlined. LaTeX is a whole document.");
    Arguments.add(spec, DifferentialOperator.DERIVATIVE);
    spec.addOption(
        Arguments.option("--by", "METHOD", "differential (default), limit, entries or chain.")
            .completionCandidates(METHODS)
            .build());
    spec.addOption(
        Arguments.option(
                "--detail",
                "N",
                "0 the main steps, 1 what fits on a board (default), 2 every step, 3 one rule a"
                    + " line.")
            .type(Integer.class)
            .build());
    spec.addOption(
        Arguments.option("--sizes", "n=2,...", "Sizes for --by entries; those not named are 2.")
            .build());
    spec.addOption(
        Arguments.option("--format", "FORMAT", "text (default), unicode, latex, markdown or json.")
            .completionCandidates(FORMATS)
            .build());
    spec.addOption(
        Arguments.option("--seed", "N", "What the points are drawn from (default 1).")
            .type(Long.class)
            .build());
    return spec.addOption(Help.option());
  }

  static int run(ParseResult parsed) {
    List<String> words = Arguments.words(parsed);
    CommandLine own = parsed.commandSpec().commandLine();
    if (words.isEmpty()) {
      own.usage(own.getOut());
      return ExitCode.OK;
    }
    String format = parsed.matchedOptionValue("--format", "text");
    if (!FORMATS.contains(format)) {
      throw new NablaException(
          Code.REQUEST, "there is no format " + format + "; it is " + String.join(", ", FORMATS));
    }
    DerivativeRequest request = Arguments.request(parsed, words);
    if (request.allLayouts()) {
      throw new NablaException(Code.REQUEST, "one layout is explained at a time");
    }
    Expression expression = Expression.parse(request.expression(), request.declarations());
    Derivative derivative = request.derivatives(expression).getFirst();
    Explanation explanation = derivative.explain(options(parsed, request));
    PrintWriter out = own.getOut();
    switch (format) {
      case "text" -> {
        out.print(explanation.text());
        out.print(remarks(expression, request));
      }
      case "unicode" -> out.print(explanation.unicode());
      case "latex" -> out.print(explanation.latex());
      case "markdown" -> out.print(explanation.markdown());
      default -> {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("ok", true);
        answer.put("explanation", DerivativeAnswer.explanation(explanation));
        out.println(Json.write(answer));
      }
    }
    out.flush();
    return ExitCode.OK;
  }

  private static Explanation.Options options(ParseResult parsed, DerivativeRequest request) {
    String by = parsed.matchedOptionValue("--by", Method.DIFFERENTIAL.label());
    if (parsed.hasMatchedOption("--sizes") && DerivativeRequest.method(by) != Method.ENTRIES) {
      throw new NablaException(Code.REQUEST, "--sizes goes with --by entries");
    }
    return new Explanation.Options(
        DerivativeRequest.method(by),
        parsed.matchedOptionValue("--detail", 1),
        sizes(parsed.matchedOptionValue("--sizes", "")),
        request.seed());
  }

  /** {@code n=2,m=3}. */
  private static Map<String, Integer> sizes(String text) {
    Map<String, Integer> sizes = new TreeMap<>();
    for (String size : text.split(",", -1)) {
      if (size.isBlank()) continue;
      String[] parts = size.strip().split(" *= *", 2);
      if (parts.length < 2 || !parts[1].matches("\\d{1,3}")) {
        throw new NablaException(Code.REQUEST, "sizes are written n=2,m=3, not " + size.strip());
      }
      sizes.put(parts[0], Integer.parseInt(parts[1]));
    }
    return sizes;
  }

  private static String remarks(Expression expression, DerivativeRequest request) {
    String inferred = DiffText.inferred(expression);
    return (inferred.isEmpty() ? "" : "inferred " + inferred + "\n")
        + "checked  every line, with differences at random points (seed "
        + request.seed()
        + ")\n";
  }
}
