package nabla.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nabla.DifferentialOperator;
import nabla.Expression;
import nabla.Symbol;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.json.DerivativeRequest;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** What every command about a derivative takes: the expression, the variables, the conventions. */
final class Arguments {
  /** But those of an index such as {@code X[1,2]}. */
  static final String COMMA = ",(?![^\\[]*\\])";

  private Arguments() {}

  static void add(CommandSpec spec, DifferentialOperator operator) {
    addWords(spec, "may be left out if there is only one.");
    if (operator == DifferentialOperator.DERIVATIVE) {
      spec.addOption(
          option("--order", "N", "Differentiate N times by the same variable.")
              .type(Integer.class)
              .build());
    }
    addConventions(spec, List.of(DerivativeRequest.ALL));
  }

  /**
   * @param without what the variables may be left out for
   */
  static void addWords(CommandSpec spec, String without) {
    addExpression(spec, "The expression, such as \"x'*A*x\".");
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("1..*")
            .arity("0..*")
            .paramLabel("[VAR...]")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .splitRegex(COMMA)
            .hideParamSyntax(true)
            .description(
                "Differentiate by this variable, or entries of one such as \"X[1,2]\" and"
                    + " \"X[:,1]\", and by the next one after that; "
                    + without)
            .build());
    spec.addOption(
        option("--wrt", "VAR[,VAR...]", "The same as VAR.")
            .hideParamSyntax(true)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .splitRegex(COMMA)
            .build());
    addDeclarations(spec);
  }

  static void addDeclarations(CommandSpec spec) {
    spec.addOption(
        option(
                "--where",
                "DECLARATIONS",
                "What variables are: \"A: matrix[n,n] symmetric; x: vector[n]\".")
            .build());
  }

  /**
   * How derivatives are arranged, and what declared structure means.
   *
   * @param further what {@code --layout} takes beside the layouts
   */
  static void addConventions(CommandSpec spec, List<String> further) {
    List<String> layouts = new ArrayList<>(List.of("denominator", "numerator", "mixed"));
    layouts.addAll(further);
    String last = further.isEmpty() ? " or mixed." : ", mixed, or all of them.";
    spec.addOption(
        option("--layout", "LAYOUT", "denominator (default), numerator" + last)
            .completionCandidates(layouts)
            .build());
    spec.addOption(
        option(
                "--structure",
                "S",
                "What a declared structure means: ambient (default) changes every entry, projected "
                    + "keeps the structure, independent changes the free entries.")
            .completionCandidates(List.of("ambient", "projected", "independent"))
            .build());
  }

  static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).type(boolean.class).description(description).build();
  }

  static OptionSpec.Builder option(String name, String label, String description) {
    return OptionSpec.builder(name).paramLabel(label).type(String.class).description(description);
  }

  /** An option that may be repeated. */
  static OptionSpec.Builder words(String name, String label, String description) {
    return option(name, label, description)
        .hideParamSyntax(true)
        .type(List.class)
        .auxiliaryTypes(String.class);
  }

  /** What every command begins with. */
  static void addExpression(CommandSpec spec, String description) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("0..1")
            .paramLabel("EXPR")
            .type(String.class)
            .description(description)
            .build());
  }

  /** The expression and the variables; what looks like an option but is none is refused. */
  static List<String> words(ParseResult parsed) {
    List<String> words = new ArrayList<>();
    if (parsed.hasMatchedPositional(0)) words.add(parsed.matchedPositionalValue(0, ""));
    words.addAll(parsed.matchedPositionalValue(1, List.<String>of()));
    for (String word : words) {
      if (word.matches("--[a-zA-Z][a-zA-Z0-9-]*(=.*)?")) {
        throw Misuse.option(word, parsed.commandSpec());
      }
    }
    boolean alone = parsed.commandSpec().parent() == null && !parsed.hasMatchedOption("--wrt");
    if (alone && Misuse.isCommand(words)) {
      throw Misuse.command(words.getFirst(), parsed.commandSpec());
    }
    return words;
  }

  static DerivativeRequest request(ParseResult parsed, List<String> words) {
    List<String> by = new ArrayList<>(words.subList(1, words.size()));
    by.addAll(parsed.matchedOptionValue("--wrt", List.<String>of()));
    by.replaceAll(String::strip);
    String expression = words.getFirst();
    String declarations = parsed.matchedOptionValue("--where", "");
    if (by.isEmpty()) by.add(onlyVariable(expression, declarations));
    int order =
        operator(parsed) == DifferentialOperator.DERIVATIVE
            ? parsed.matchedOptionValue("--order", 1)
            : 1;
    return new DerivativeRequest(
        expression,
        operator(parsed),
        List.of(DerivativeRequest.by(by, order)),
        false,
        declarations,
        DerivativeRequest.layout(parsed.matchedOptionValue("--layout", "denominator")),
        parsed.matchedOptionValue("--layout", "").equals(DerivativeRequest.ALL),
        DerivativeRequest.structure(parsed.matchedOptionValue("--structure", "ambient")),
        Map.of(),
        !parsed.hasMatchedOption("--no-check"),
        parsed.hasMatchedOption("--proof"),
        parsed.matchedOptionValue("--seed", 1L),
        parsed.hasMatchedOption("--name-repeats"),
        parsed.hasMatchedOption("--forms"),
        parsed.matchedOptionValue("--claim", ""),
        "",
        1);
  }

  private static DifferentialOperator operator(ParseResult parsed) {
    return DifferentialOperator.of(parsed.commandSpec().name())
        .orElse(DifferentialOperator.DERIVATIVE);
  }

  private static String onlyVariable(String expression, String declarations) {
    return onlyVariable(Expression.parse(expression, declarations));
  }

  /** The variable to differentiate by where none is named. */
  static String onlyVariable(Expression expression) {
    List<String> names = expression.variables().stream().map(Symbol::name).toList();
    if (names.size() == 1) return names.getFirst();
    throw new NablaException(
        Code.WRT,
        names.isEmpty()
            ? "the expression has no variable to differentiate by"
            : "differentiate by which variable? name one of " + String.join(", ", names));
  }
}
