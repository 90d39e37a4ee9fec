package nabla.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nabla.Derivative;
import nabla.DifferentialOperator;
import nabla.Expression;
import nabla.Symbol;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.verify.CheckReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code nabla EXPR VAR…}: one derivative, for people or for a pipe. */
final class DiffCommand {
  private static final int WRONG = 1;

  /** But those of an index such as {@code X[1,2]}. */
  private static final String COMMA = ",(?![^\\[]*\\])";

  private static final String TEXT = "people";
  static final List<String> FORMATS = List.of("text", "unicode", "latex", "json");

  private DiffCommand() {}

  /** The command of a differential operator; that of derivatives, too, may go without a name. */
  static CommandSpec spec(String name, DifferentialOperator operator) {
    CommandSpec spec = CommandSpec.create().name(name);
    boolean alone = name.equals("nabla");
    spec.usageMessage()
        .header(header(operator))
        .description("")
        .customSynopsis("nabla " + (alone ? "" : name + " ") + "[options] EXPR VAR...")
        .footer(Help.examples(operator));
    addWords(spec);
    if (operator == DifferentialOperator.DERIVATIVE) {
      spec.addOption(
          option("--order", "N", "Differentiate N times by the same variable.")
              .type(Integer.class)
              .build());
    }
    addConventions(spec);
    addDisplay(spec);
    return spec.addOption(Help.option());
  }

  private static String header(DifferentialOperator operator) {
    return switch (operator) {
      case DERIVATIVE -> "The derivative of an expression, checked.";
      case GRADIENT -> "The gradient of a scalar.";
      case JACOBIAN -> "The Jacobian of a vector, or of anything else.";
      case HESSIAN -> "The Hessian of a scalar.";
      case LAPLACIAN -> "The Laplacian: the sum of the second derivatives by each entry.";
      case DIVERGENCE -> "The divergence: the sum of the derivatives of entry i by entry i.";
    };
  }

  private static void addWords(CommandSpec spec) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("0..1")
            .paramLabel("EXPR")
            .type(String.class)
            .description("The expression, such as \"x'*A*x\".")
            .build());
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
                    + " \"X[:,1]\", and by the next one after that; may be left out if there is"
                    + " only one.")
            .build());
    spec.addOption(
        option("--wrt", "VAR[,VAR...]", "The same as VAR.")
            .hideParamSyntax(true)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .splitRegex(COMMA)
            .build());
    spec.addOption(
        option(
                "--where",
                "DECLARATIONS",
                "What variables are: \"A: matrix[n,n] symmetric; x: vector[n]\".")
            .build());
  }

  private static void addConventions(CommandSpec spec) {
    spec.addOption(
        option("--layout", "LAYOUT", "denominator (default), numerator, mixed, or all of them.")
            .completionCandidates(List.of("denominator", "numerator", "mixed", "all"))
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

  private static void addDisplay(CommandSpec spec) {
    spec.addOption(
        option(
                "--format",
                "FORMAT",
                "Print only the formula: text, unicode or latex; or all of it: json.")
            .completionCandidates(FORMATS)
            .build());
    spec.addOption(
        option("--seed", "N", "What the points of the check are drawn from (default 1).")
            .type(Long.class)
            .build());
    spec.addOption(flag("--no-check", "Do not check the formula."));
    spec.addOption(
        flag(
            "--name-repeats",
            "Give names to long parts that are repeated: \"t1 = A*x - b; t1/norm2(t1)\"."));
    spec.addOption(
        flag(
            "--forms",
            "Show all forms: by indices, with Kronecker products, as a differential, by slices,"
                + " times a direction."));
  }

  private static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).type(boolean.class).description(description).build();
  }

  private static OptionSpec.Builder option(String name, String label, String description) {
    return OptionSpec.builder(name).paramLabel(label).type(String.class).description(description);
  }

  static int run(ParseResult parsed) {
    List<String> words = words(parsed);
    if (words.isEmpty()) {
      CommandLine own = parsed.commandSpec().commandLine();
      own.usage(own.getOut());
      return ExitCode.OK;
    }
    String format = parsed.matchedOptionValue("--format", TEXT);
    if (!format.equals(TEXT) && !FORMATS.contains(format)) {
      throw new NablaException(
          Code.REQUEST, "there is no format " + format + "; it is " + String.join(", ", FORMATS));
    }
    Request request = request(parsed, words);
    PrintWriter out = parsed.commandSpec().commandLine().getOut();
    if (format.equals("json")) return json(request, out);
    Expression expression = Expression.parse(request.expression(), request.declarations());
    Derivative derivative = request.derivatives(expression).getFirst();
    CheckReport check = request.check() ? derivative.check(request.seed()) : null;
    boolean wrong = check != null && check.status() == CheckReport.Status.FAILED;
    switch (format) {
      case "text" -> out.println(derivative.text());
      case "unicode" -> out.println(derivative.unicode());
      case "latex" -> out.println(derivative.latex());
      default -> {
        out.print(DiffText.of(expression, derivative, check));
        if (request.allLayouts()) out.print(FormsText.layouts(derivative));
        if (request.forms()) out.print(FormsText.forms(derivative));
      }
    }
    if (check != null && !check.passed() && !format.equals(TEXT)) {
      parsed.commandSpec().commandLine().getErr().print(DiffText.check(check));
    }
    out.flush();
    return wrong ? WRONG : ExitCode.OK;
  }

  private static int json(Request request, PrintWriter out) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>(Answer.to(request));
    out.println(Json.write(answer));
    boolean wrong =
        answer.get("check") instanceof Map<?, ?> check && Boolean.FALSE.equals(check.get("passed"));
    return wrong ? WRONG : ExitCode.OK;
  }

  /** The expression and the variables; what looks like an option but is none is refused. */
  private static List<String> words(ParseResult parsed) {
    List<String> words = new ArrayList<>();
    if (parsed.hasMatchedPositional(0)) words.add(parsed.matchedPositionalValue(0, ""));
    words.addAll(parsed.matchedPositionalValue(1, List.<String>of()));
    for (String word : words) {
      if (word.matches("--[a-zA-Z][a-zA-Z-]*(=.*)?")) {
        throw Misuse.option(word, parsed.commandSpec());
      }
    }
    boolean alone = parsed.commandSpec().parent() == null && !parsed.hasMatchedOption("--wrt");
    if (alone && Misuse.isCommand(words)) {
      throw Misuse.command(words.getFirst(), parsed.commandSpec());
    }
    return words;
  }

  private static Request request(ParseResult parsed, List<String> words) {
    List<String> by = new ArrayList<>(words.subList(1, words.size()));
    by.addAll(parsed.matchedOptionValue("--wrt", List.<String>of()));
    String expression = words.getFirst();
    String declarations = parsed.matchedOptionValue("--where", "");
    if (by.isEmpty()) by.add(onlyVariable(expression, declarations));
    int order =
        operator(parsed) == DifferentialOperator.DERIVATIVE
            ? parsed.matchedOptionValue("--order", 1)
            : 1;
    return new Request(
        expression,
        operator(parsed),
        List.of(Request.by(by, order)),
        false,
        declarations,
        Request.layout(parsed.matchedOptionValue("--layout", "denominator")),
        parsed.matchedOptionValue("--layout", "").equals(Request.ALL),
        Request.structure(parsed.matchedOptionValue("--structure", "ambient")),
        Map.of(),
        !parsed.hasMatchedOption("--no-check"),
        parsed.matchedOptionValue("--seed", 1L),
        parsed.hasMatchedOption("--name-repeats"),
        parsed.hasMatchedOption("--forms"));
  }

  private static DifferentialOperator operator(ParseResult parsed) {
    return DifferentialOperator.of(parsed.commandSpec().name())
        .orElse(DifferentialOperator.DERIVATIVE);
  }

  private static String onlyVariable(String expression, String declarations) {
    List<String> names =
        Expression.parse(expression, declarations).variables().stream().map(Symbol::name).toList();
    if (names.size() == 1) return names.getFirst();
    throw new NablaException(
        Code.WRT,
        names.isEmpty()
            ? "the expression has no variable to differentiate by"
            : "differentiate by which variable? name one of " + String.join(", ", names));
  }
}
