package nabla.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import nabla.DifferentialOperator;
import nabla.Nabla;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * The command {@code nabla}. Commands are declared by calls and not by annotations: reading these
 * by reflection doubles the time to start.
 */
public final class Main {
  private static final int LIMIT = 3;
  private static final int INTERRUPTED = 130;
  private static final String QUOTES =
      "hint: a shell takes ' away unless the expression stands in double quotes";
  private static final long STACK = 512L << 20;

  private Main() {}

  /**
   * Runs one command and ends the JVM with its exit status.
   *
   * @param args the words after {@code nabla}
   */
  public static void main(String[] args) {
    // Formulas are UTF-8 wherever they go, whatever the locale says.
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    // Formulas are walked recursively, and a sum may have thousands of terms.
    Runnable command =
        () -> {
          int status = commandLine().setOut(out).setErr(err).execute(args);
          out.flush();
          err.flush();
          System.exit(status);
        };
    new Thread(null, command, "nabla", STACK).start();
  }

  static CommandLine commandLine() {
    CommandSpec nabla =
        DiffCommand.spec("nabla", DifferentialOperator.DERIVATIVE)
            .version("nabla " + Nabla.version());
    nabla.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Print the version and exit.")
            .build());
    nabla
        .usageMessage()
        .header("Matrix calculus: the derivative of an expression, checked.")
        .footer(Help.GENERAL);
    nabla.addSubcommand("diff", DiffCommand.spec("diff", DifferentialOperator.DERIVATIVE));
    for (DifferentialOperator operator : DifferentialOperator.values()) {
      if (operator == DifferentialOperator.DERIVATIVE) continue;
      nabla.addSubcommand(operator.label(), DiffCommand.spec(operator.label(), operator));
    }
    nabla.addSubcommand("explain", ExplainCommand.spec());
    nabla.addSubcommand("check", CheckCommand.check());
    nabla.addSubcommand("equal", CheckCommand.equal());
    nabla.addSubcommand("eval", EvalCommand.spec());
    nabla.addSubcommand("minimize", MinimizeCommand.spec());
    nabla.addSubcommand("convex", ConvexCommand.spec());
    nabla.addSubcommand("plot", PlotCommand.spec());
    nabla.addSubcommand("serve", ServeCommand.spec());
    nabla.addSubcommand("bench", BenchCommand.spec());
    nabla.addSubcommand("batch", command("Answer requests in JSON, one a line.", Help.BATCH));
    nabla.addSubcommand(
        "completion", command("Print a completion script for bash and zsh.", Help.COMPLETION));
    nabla.addSubcommand("help", Help.spec());
    CommandSpec train = command("", "");
    train.addPositional(
        PositionalParamSpec.builder().index("0").arity("0..1").type(String.class).build());
    train.usageMessage().hidden(true);
    nabla.addSubcommand("train", train);
    CommandLine line = new CommandLine(nabla);
    line.setExecutionStrategy(Main::run);
    line.setParameterExceptionHandler((e, words) -> refused(Misuse.of(e), e.getCommandLine()));
    // An expression may begin with a minus sign.
    line.setUnmatchedOptionsArePositionalParams(true).setPosixClusteredShortOptionsAllowed(false);
    return line;
  }

  private static CommandSpec command(String header, String description) {
    CommandSpec command = CommandSpec.create();
    command.usageMessage().header(header).description(description.split("\n", -1));
    return command.addOption(Help.option());
  }

  private static int run(ParseResult parsed) throws CommandLine.ExecutionException {
    Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) return helped;
    ParseResult last = parsed;
    while (last.hasSubcommand()) last = last.subcommand();
    CommandLine line = last.commandSpec().commandLine();
    try {
      return switch (last.commandSpec().name()) {
        case "batch" -> {
          Batch.run(System.in, line.getOut());
          yield ExitCode.OK;
        }
        case "completion" -> {
          line.getOut().print(AutoComplete.bash("nabla", parsed.commandSpec().commandLine()));
          yield ExitCode.OK;
        }
        case "explain" -> ExplainCommand.run(last);
        case "check" -> CheckCommand.runCheck(last);
        case "bench" -> BenchCommand.run(last);
        case "eval" -> EvalCommand.run(last);
        case "minimize" -> MinimizeCommand.run(last);
        case "convex" -> ConvexCommand.run(last);
        case "plot" -> PlotCommand.run(last);
        case "serve" -> ServeCommand.run(last);
        case "equal" -> CheckCommand.runEqual(last);
        case "help" -> Help.show(last);
        case "train" -> {
          Training.run(last.matchedPositionalValue(0, ""));
          yield ExitCode.OK;
        }
        default -> DiffCommand.run(last);
      };
    } catch (NablaException e) {
      return refused(e, line);
    } catch (CancellationException e) {
      line.getErr().println("interrupted");
      return INTERRUPTED;
    } catch (StackOverflowError | OutOfMemoryError e) {
      line.getErr().println("error: this is too large");
      return LIMIT;
    } catch (IOException | RuntimeException e) {
      line.getErr().println("error: internal error, please report it: " + e);
      return LIMIT;
    }
  }

  private static int refused(NablaException e, CommandLine line) {
    line.getErr().print(ErrorText.of(e.diagnostic()));
    if (mayLackQuotes(e.diagnostic())) line.getErr().println(QUOTES);
    line.getErr().flush();
    return e.diagnostic().code() == Code.LIMIT ? LIMIT : ExitCode.USAGE;
  }

  /** {@code nabla x'*A*x' x} arrives as {@code x*A*x x}. */
  private static boolean mayLackQuotes(Diagnostic d) {
    boolean both = d.message().contains("both columns");
    boolean latex = d.source().contains("\\");
    return d.code() == Code.SHAPE && both && !latex && !d.source().contains("'");
  }
}
