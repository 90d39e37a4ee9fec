package nabla.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import nabla.Nabla;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code nabla}. */
@Command(
    name = "nabla",
    description = "Matrix calculus.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  Main() {}

  /**
   * Runs one command and ends the JVM with its exit status.
   *
   * @param args the words after {@code nabla}
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command.");
  }

  /** Walks the paths that users take most, so that the build can record them in the AOT cache. */
  @Command(name = "train", hidden = true)
  void train() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    for (String option : List.of("--version", "--help", "--no-such-option")) {
      commandLine().setOut(nowhere).setErr(nowhere).execute(option);
    }
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"nabla " + Nabla.version()};
    }
  }
}
