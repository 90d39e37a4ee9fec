package nabla.cli;

import java.util.List;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import nabla.lang.Suggestions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Help texts that are longer than a line. */
final class Help {
  static final String BATCH =
      """
      Answer requests in JSON, one a line on standard input, one answer a line on
      standard output. A bad line gets an error for answer and stops nothing.

        {"id": 1, "expr": "x'*A*x", "wrt": "x", "at": {"A": [[1,2],[3,4]], "x": [1,1]}}

      Only expr and wrt are needed. The others: where, order, layout, structure,
      at (data), check, seed, and each (several derivatives instead of wrt).
      """;

  static final String COMPLETION =
      """
      Print a completion script for bash and zsh. To use it at once:

        source <(nabla completion)
      """;

  static final String[] EXAMPLES = {
    "",
    "Examples:",
    "  nabla \"x'*A*x\" x                            the gradient",
    "  nabla \"x'*A*x\" x --where \"A: matrix[n,n] symmetric\"",
    "  nabla \"norm2(X*w - y)^2\" w --order 2        the Hessian",
    "  nabla \"exp(x'*A*y)\" x y                     by x, then by y",
    "  nabla \"A*X*B\" X --layout numerator          another layout",
    "  nabla \"u = A*x - b; u'*u\" x                 with an intermediate",
    "  nabla \"log(det(X))\" X --format latex        for a paper",
    "",
    "A vector is a column, x' a row; * is the matrix product, .* goes entry by entry.",
    "What is not declared is inferred: capitals are matrices, a to g are scalars, h to z",
    "vectors, unless the expression says otherwise.",
    "",
    "Exit status: 0 an answer, 1 its check failed, 2 the input is wrong, 3 a limit was reached.",
  };

  private Help() {}

  /** {@code nabla help COMMAND}. */
  static CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage().description("Show the help of a command.", "");
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("0..1")
            .paramLabel("COMMAND")
            .type(String.class)
            .description("The command; without one, the help of nabla itself.")
            .build());
    return spec.addOption(option());
  }

  static int show(ParseResult parsed) {
    CommandLine own = parsed.commandSpec().commandLine();
    String name = parsed.matchedPositionalValue(0, "");
    CommandLine wanted =
        name.isEmpty() ? own.getParent() : own.getParent().getSubcommands().get(name);
    if (wanted == null) throw noCommand(name, own.getParent());
    wanted.usage(own.getOut());
    return ExitCode.OK;
  }

  /** A word that is nearly a command is hardly meant as an expression. */
  static void rejectCommand(String word, CommandLine nabla) {
    boolean near = word.matches("[a-z]{3,}") && nearest(word, nabla) != null;
    if (near) throw noCommand(word, nabla);
  }

  private static NablaException noCommand(String name, CommandLine nabla) {
    String nearest = nearest(name, nabla);
    return new NablaException(
        new Diagnostic(
            Code.REQUEST,
            "there is no command " + name,
            Span.NONE,
            "",
            nearest == null ? "nabla --help lists them" : "did you mean nabla " + nearest + "?"));
  }

  private static @Nullable String nearest(String word, CommandLine nabla) {
    List<String> commands =
        nabla.getSubcommands().keySet().stream().filter(c -> !c.equals("train")).toList();
    return Suggestions.nearest(word, commands);
  }

  static OptionSpec option() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .description("Show this help and exit.")
        .build();
  }
}
