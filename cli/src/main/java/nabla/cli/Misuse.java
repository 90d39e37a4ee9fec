package nabla.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import nabla.DifferentialOperator;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import nabla.lang.Suggestions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Options and commands that there are not, or that are used wrongly. */
final class Misuse {
  private Misuse() {}

  /** What the parser of the command line found wrong. */
  static NablaException of(ParameterException e) {
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    if (e instanceof MissingParameterException m && m.getMissing().size() == 1) {
      ArgSpec missing = m.getMissing().getFirst();
      if (missing instanceof OptionSpec option) {
        return wrong("the option " + option.longestName() + " needs a value", list(spec));
      }
    }
    if (e instanceof UnmatchedArgumentException u) return unmatched(u.getUnmatched(), spec);
    String message = Objects.requireNonNullElse(e.getMessage(), "these words mean nothing");
    String line = message.lines().findFirst().orElse("");
    String lower = line.substring(0, 1).toLowerCase(Locale.ROOT) + line.substring(1);
    return wrong(lower.replaceFirst("is not an? (int|long)$", "is not a whole number"), list(spec));
  }

  /** Of an option that there is not, its value is left over too. */
  private static NablaException unmatched(List<String> words, CommandSpec spec) {
    for (String word : words) if (word.matches("--.+|-\\w")) return option(word, spec);
    return wrong(
        "'" + words.getFirst() + "' is one word too many",
        "an expression with blanks stands in quotes; " + list(spec));
  }

  private static String list(CommandSpec spec) {
    return spec.qualifiedName() + " --help lists the options";
  }

  static NablaException option(String word, CommandSpec spec) {
    String name = word.replaceFirst("=.*", "");
    return wrong("there is no option " + name, meant(name.substring(2), spec));
  }

  private static String meant(String name, CommandSpec spec) {
    if (DiffCommand.FORMATS.contains(name)) return "write --format " + name;
    if (name.equals(DifferentialOperator.DERIVATIVE.label())) return "write nabla diff EXPR VAR";
    if (DifferentialOperator.of(name).isPresent()) return "write nabla " + name + " EXPR VAR";
    List<String> options =
        spec.optionsMap().keySet().stream()
            .filter(option -> option.startsWith("--"))
            .map(option -> option.substring(2))
            .toList();
    String nearest = Suggestions.nearest(name, options);
    return proposal(nearest == null ? null : "--" + nearest, list(spec));
  }

  /**
   * Whether the first word was meant as a command: nobody differentiates a bare name of several
   * letters by itself, or by what is no name.
   */
  static boolean isCommand(List<String> words) {
    if (words.isEmpty() || !words.getFirst().matches("[a-z][a-z-]{2,}")) return false;
    return words.size() == 1 || !words.get(1).matches("\\p{L}[\\p{L}\\d_]*");
  }

  static NablaException command(String word, CommandSpec root) {
    List<String> commands =
        root.subcommands().entrySet().stream()
            .filter(e -> !e.getValue().getCommandSpec().usageMessage().hidden())
            .map(Map.Entry::getKey)
            .toList();
    String nearest = Suggestions.nearest(word, commands);
    return wrong(
        "there is no command " + word,
        proposal(nearest, "the commands are " + String.join(", ", commands)));
  }

  private static String proposal(@Nullable String nearest, String otherwise) {
    return nearest == null ? otherwise : "did you mean " + nearest + "?";
  }

  private static NablaException wrong(String message, String hint) {
    return new NablaException(new Diagnostic(Code.REQUEST, message, Span.NONE, "", hint));
  }
}
