package nabla.cli;

import java.util.stream.Stream;
import nabla.DifferentialOperator;
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

      Requests come on standard input, answers go to standard output, in order.
      A bad line gets an error for answer and stops nothing.

        {"id": 1, "expr": "x'*A*x", "wrt": "x"}
        {"id": 2, "expr": "x'*x", "wrt": "x", "at": {"x": [1, 2]}}

      Only expr and wrt are needed. The others: where, order, layout, structure,
      at (data), check, proof, seed, nameRepeats, forms, operator (gradient,
      jacobian, hessian, laplacian, divergence), claim (to be judged), explain
      (a way: differential, limit, entries, chain) with detail, and each (several
      derivatives instead of wrt).
      """;

  static final String COMPLETION =
      """

      To use it at once:

        source <(nabla completion)
      """;

  static final String[] EXAMPLES = {
    "",
    "Examples:",
    "  nabla \"x'*A*x\" x                            the gradient",
    "  nabla \"x'*A*x\" x --where \"A: matrix[n,n] symmetric\"",
    "  nabla \"norm2(X*w - y)^2\" w --order 2        the Hessian",
    "  nabla \"exp(x'*A*y)\" x y                     by x, then by y",
    "  nabla laplacian \"log(norm2(x))\" x          also gradient, jacobian, divergence",
    "  nabla \"A*x\" x --layout numerator            another layout",
    "  nabla \"A*X*B\" X                             matrix by matrix",
    "  nabla \"u = A*x - b; u'*u\" x                 with an intermediate",
    "  nabla \"norm2(A*x - b)\" x --name-repeats     with intermediates in the answer",
    "  nabla explain \"x'*A*x\" x                    the way there, line by line",
    "  nabla \"logdet(X)\" X --proof                 with a certificate",
    "  nabla check \"x'*A*x\" x --claim \"2*A*x\"    what is wrong with an answer",
    "  nabla check --derivation homework.txt       the first wrong line",
    "  nabla eval \"x'*A*x\" x --data A.csv --data \"x=[1,2]\"    numbers",
    "  nabla minimize \"norm2(A*x - b)^2\" --data A.csv --data b.csv    the least value",
    "  nabla convex \"sum(log(1 + exp(X*w)))\" --over w    a proof, or a counterexample",
    "  nabla plot \"x^2 - y^2\" -o saddle.svg       a picture",
    "  nabla \"log(det(X))\" X --format latex        for a paper",
    "  nabla '\\frac{1}{2}\\|Ax-b\\|_2^2' x           LaTeX, as a paper has it",
    "",
    "A vector is a column, x' a row; * is the matrix product, .* goes entry by entry.",
    "What is not declared is inferred: capitals are matrices, a to g are scalars,",
    "h to z vectors, unless the expression makes no sense so. LaTeX is read too; in",
    "single quotes, a shell leaves its backslashes alone.",
  };

  static final String[] GENERAL =
      Stream.concat(
              Stream.of(EXAMPLES),
              Stream.of(
                  "",
                  "Exit status: 0 an answer, 1 its check failed, 2 the input is wrong,",
                  "3 a limit was reached."))
          .toArray(String[]::new);

  private Help() {}

  static String[] examples(DifferentialOperator operator) {
    return switch (operator) {
      case DERIVATIVE -> EXAMPLES;
      case GRADIENT -> example("gradient \"norm2(A*x - b)^2\" x");
      case JACOBIAN -> example("jacobian \"softmax(W*x)\" x --layout numerator");
      case HESSIAN -> example("hessian \"log(1 + exp(a'*x))\" x", "hessian \"exp(x'*A*y)\" x y");
      case LAPLACIAN -> example("laplacian \"log(norm2(x))\" x");
      case DIVERGENCE -> example("divergence \"x/norm2(x)^3\" x");
    };
  }

  private static String[] example(String... words) {
    return Stream.concat(Stream.of("", "Examples:"), Stream.of(words).map(w -> "  nabla " + w))
        .toArray(String[]::new);
  }

  /** {@code nabla help COMMAND}. */
  static CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage().header("Show the help of a command.").description("");
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
    if (wanted == null) {
      throw Misuse.command(name, own.getParent().getCommandSpec());
    }
    wanted.usage(own.getOut());
    return ExitCode.OK;
  }

  static OptionSpec option() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .description("Show this help and exit.")
        .build();
  }
}
