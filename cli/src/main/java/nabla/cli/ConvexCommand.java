package nabla.cli;

import java.util.List;
import nabla.Expression;
import nabla.json.ConvexityFields;
import nabla.json.Json;
import nabla.optimize.Convexity;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code nabla convex EXPR --over x}: whether a function is convex, with a proof. */
final class ConvexCommand {
  private static final int NOT_PROVED = 1;

  private ConvexCommand() {}

  static CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("convex");
    spec.usageMessage()
        .header("Whether a scalar function is convex, with a proof or a counterexample.")
        .description("")
        .customSynopsis("nabla convex [options] EXPR")
        .footer(
            "",
            "Examples:",
            "  nabla convex \"norm2(A*x - b)^2 + c*norm2(x)^2\" --over x",
            "    --where \"c: scalar positive\"",
            "  nabla convex \"-logdet(X)\" --where \"X: matrix[n,n] pd\"",
            "  nabla convex \"norm2(T - U*V')^2\" --over U,V",
            "",
            "Exit status: 0 it is convex, 1 it is not or that is not known, 2 the input is wrong.");
    Arguments.addExpression(spec, "The function, a scalar.");
    spec.addOption(
        Arguments.words(
                "--over", "VAR[,VAR...]", "What moves, all together; without it, every variable.")
            .splitRegex(",")
            .build());
    Arguments.addDeclarations(spec);
    EvalCommand.addFormat(spec);
    return spec.addOption(Help.option());
  }

  static int run(ParseResult parsed) {
    CommandLine own = parsed.commandSpec().commandLine();
    if (!parsed.hasMatchedPositional(0)) {
      own.usage(own.getOut());
      return ExitCode.OK;
    }
    String format = EvalCommand.format(parsed);
    Expression function =
        Expression.parse(
            parsed.matchedPositionalValue(0, ""), parsed.matchedOptionValue("--where", ""));
    List<String> over = parsed.matchedOptionValue("--over", List.<String>of());
    Convexity found =
        Convexity.of(function, over.stream().map(String::strip).toArray(String[]::new));
    own.getOut()
        .print(
            format.equals("json")
                ? Json.write(ConvexityFields.of(found)) + "\n"
                : ConvexityText.people(found));
    own.getOut().flush();
    return found.isConvex() ? ExitCode.OK : NOT_PROVED;
  }
}
