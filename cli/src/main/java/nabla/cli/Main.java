package nabla.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import nabla.Nabla;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The command {@code nabla}. Commands are declared by calls and not by annotations: reading these
 * by reflection doubles the time to start.
 */
public final class Main {
  private Main() {}

  /**
   * Runs one command and ends the JVM with its exit status.
   *
   * @param args the words after {@code nabla}
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandSpec nabla = CommandSpec.create().name("nabla").version("nabla " + Nabla.version());
    nabla.usageMessage().description("Matrix calculus.");
    nabla.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Show this help and exit.")
            .build());
    nabla.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Print the version and exit.")
            .build());
    CommandSpec train = CommandSpec.create();
    train.usageMessage().hidden(true);
    nabla.addSubcommand("train", train);
    return new CommandLine(nabla).setExecutionStrategy(Main::run);
  }

  private static int run(ParseResult parsed) {
    Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) return helped;
    if (parsed.hasSubcommand()) return train();
    throw new ParameterException(parsed.commandSpec().commandLine(), "Missing command");
  }

  /** Walks the paths that users take most, so that the build can record them in the AOT cache. */
  private static int train() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    for (String option : List.of("--version", "--help", "--no-such-option")) {
      commandLine().setOut(nowhere).setErr(nowhere).execute(option);
    }
    return ExitCode.OK;
  }
}
