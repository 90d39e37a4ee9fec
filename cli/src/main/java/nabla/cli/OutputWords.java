package nabla.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import nabla.DifferentialOperator;
import nabla.Layout;
import nabla.Output;
import nabla.Structure;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.json.DerivativeRequest;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Which outputs are asked for, and what they are called. */
final class OutputWords {
  private static final String VALUE = "value";

  private OutputWords() {}

  static void add(CommandSpec spec) {
    spec.addOption(Arguments.flag("--value", "The value; so it is if nothing is asked for."));
    addList(spec, "--gradient", "VAR[,VAR...]", "The gradient of a scalar by each variable.");
    addList(
        spec, "--hessian", "VAR[,VAR]", "The Hessian of a scalar, or its block of two variables.");
    addList(spec, "--jacobian", "VAR[,VAR...]", "The Jacobian by each variable.");
    addList(
        spec, "--derivative", "VAR[,VAR...]", "The derivative by one variable after the other.");
  }

  private static void addList(CommandSpec spec, String name, String label, String description) {
    spec.addOption(
        Arguments.option(name, label, description)
            .hideParamSyntax(true)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .build());
  }

  /**
   * The outputs, each once.
   *
   * @param by what the words after the expression are
   */
  static List<Output> outputs(ParseResult parsed, List<String> by) {
    LinkedHashSet<Output> outputs = new LinkedHashSet<>();
    if (parsed.hasMatchedOption("--value")) outputs.add(Output.value());
    if (!by.isEmpty()) outputs.add(Output.derivative(by.toArray(String[]::new)));
    for (List<String> each : lists(parsed, "--gradient"))
      each.forEach(v -> outputs.add(Output.gradient(v)));
    for (List<String> each : lists(parsed, "--jacobian"))
      each.forEach(v -> outputs.add(Output.jacobian(v)));
    for (List<String> pair : lists(parsed, "--hessian")) outputs.add(hessian(pair));
    for (List<String> all : lists(parsed, "--derivative")) {
      outputs.add(Output.derivative(all.toArray(String[]::new)));
    }
    if (outputs.isEmpty()) outputs.add(Output.value());
    String name = parsed.matchedOptionValue("--layout", "denominator");
    if (name.equals(DerivativeRequest.ALL)) {
      throw new NablaException(Code.REQUEST, "one layout is evaluated at a time");
    }
    Layout layout = DerivativeRequest.layout(name);
    Structure structure =
        DerivativeRequest.structure(parsed.matchedOptionValue("--structure", "ambient"));
    return outputs.stream().map(o -> o.isValue() ? o : o.in(layout).with(structure)).toList();
  }

  private static Output hessian(List<String> by) {
    return switch (by.size()) {
      case 1 -> Output.hessian(by.getFirst());
      case 2 -> Output.hessian(by.getFirst(), by.getLast());
      default -> throw new NablaException(Code.WRT, "the hessian is by one or two variables");
    };
  }

  private static List<List<String>> lists(ParseResult parsed, String option) {
    List<List<String>> lists = new ArrayList<>();
    for (String words : parsed.matchedOptionValue(option, List.<String>of())) {
      lists.add(Stream.of(words.split(Arguments.COMMA, -1)).map(String::strip).toList());
    }
    return lists;
  }

  /** The name of an output in a file of several, such as {@code hessian_w}. */
  static String name(Output output) {
    return output.isValue()
        ? VALUE
        : output.operator().label() + "_" + String.join("_", by(output));
  }

  private static List<String> by(Output output) {
    boolean twice = output.operator() == DifferentialOperator.HESSIAN;
    List<String> by = output.variables();
    return twice && by.getFirst().equals(by.getLast()) ? by.subList(0, 1) : by;
  }

  /**
   * The output that a word names, by its whole name or, if that is enough, by its first part.
   *
   * @throws NablaException with {@link Code#REQUEST} if there is none, or more than one
   */
  static Output named(String word, List<Output> outputs) {
    Function<Output, String> operator = o -> o.isValue() ? VALUE : o.operator().label();
    List<Output> found =
        outputs.stream()
            .filter(o -> name(o).equals(word) || operator.apply(o).equals(word))
            .toList();
    if (found.size() == 1) return found.getFirst();
    String names = String.join(", ", outputs.stream().map(OutputWords::name).toList());
    throw new NablaException(
        Code.REQUEST,
        found.isEmpty()
            ? "no " + word + " was asked for; there is " + names
            : "several outputs are a " + word + ": " + names);
  }
}
