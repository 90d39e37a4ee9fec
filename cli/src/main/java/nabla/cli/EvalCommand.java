package nabla.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import nabla.CompiledFunction;
import nabla.Output;
import nabla.Results;
import nabla.WorkPlan;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.json.Json;
import nabla.tensor.NumericArray;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code nabla eval EXPR --gradient x --data x=x.npy}: an expression and its derivatives as
 * numbers.
 */
final class EvalCommand {
  private static final List<String> FORMATS = List.of("people", "json");

  private EvalCommand() {}

  static CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("eval");
    spec.usageMessage()
        .header("Evaluate an expression and its derivatives on data.")
        .description("")
        .customSynopsis("nabla eval [options] EXPR [VAR...]")
        .footer(
            "",
            "Examples:",
            "  nabla eval \"x'*A*x\" --data \"A=[1,2;3,4]\" --data \"x=[1,1]\"",
            "  nabla eval \"norm2(X*w - y)^2\" --value --gradient w --data X=X.npy",
            "    --data y=y.csv --data \"w=[0,0]\"",
            "  nabla eval \"sum(log(1 + exp(-y.*(X*w))))\" --gradient w --hessian w",
            "    --data data.npz --out results.npz",
            "  nabla eval \"logdet(S)\" --gradient S --data S.csv --out gradient=g.csv",
            "",
            "Files are .npy, .npz, .csv, .mtx and .json; one without NAME gives all arrays",
            "that are in it, by their names or, if it has but one, by its own.");
    Arguments.addWords(spec, "the same as --derivative VAR,VAR.");
    OutputWords.add(spec);
    spec.addOption(
        Arguments.option(
                "--data",
                "[NAME=]DATA",
                "A number, a matrix \"[1,2;3,4]\", a file, or - for JSON from standard input.")
            .hideParamSyntax(true)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .build());
    spec.addOption(
        Arguments.option(
                "--out",
                "[NAME=]FILE",
                "Write an output, such as gradient=g.npy, or all to an .npz or .json.")
            .hideParamSyntax(true)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .build());
    spec.addOption(Arguments.flag("--full", "Print all entries and all digits."));
    Arguments.addConventions(spec, List.of());
    addEngine(spec);
    spec.addOption(Arguments.flag("--explain-plan", "Print the steps, their work and memory."));
    spec.addOption(Arguments.flag("--time", "Print how long it took, and takes again."));
    addFormat(spec);
    return spec.addOption(Help.option());
  }

  static void addFormat(CommandSpec spec) {
    spec.addOption(
        Arguments.option("--format", "FORMAT", "people (default) or json.")
            .completionCandidates(FORMATS)
            .build());
  }

  /** How the engine is to work. */
  static void addEngine(CommandSpec spec) {
    spec.addOption(
        Arguments.option(
                "--threads",
                "N",
                "Use N threads where that helps (default 1); sums depend on N in the last digits.")
            .type(Integer.class)
            .build());
    spec.addOption(Arguments.flag("--single", "Compute with numbers of 32 bits."));
  }

  static int run(ParseResult parsed) {
    List<String> words = Arguments.words(parsed);
    CommandLine own = parsed.commandSpec().commandLine();
    if (words.isEmpty()) {
      own.usage(own.getOut());
      return ExitCode.OK;
    }
    String format = format(parsed);
    List<String> by = new ArrayList<>(words.subList(1, words.size()));
    by.addAll(parsed.matchedOptionValue("--wrt", List.<String>of()));
    List<Output> outputs = OutputWords.outputs(parsed, by.stream().map(String::strip).toList());
    OutputFiles files =
        OutputFiles.of(parsed.matchedOptionValue("--out", List.<String>of()), outputs);
    DataWords data = DataWords.read(parsed.matchedOptionValue("--data", List.<String>of()));
    Question question =
        Question.read(words.getFirst(), parsed.matchedOptionValue("--where", ""), data);
    Evaluation found = evaluate(parsed, question, outputs, files);
    PrintWriter out = own.getOut();
    if (format.equals("json")) out.println(Json.write(EvaluationText.fields(found)));
    else {
      boolean single = parsed.hasMatchedOption("--single");
      boolean full = parsed.hasMatchedOption("--full");
      out.print(EvaluationText.people(found, new NumbersText(full, single)));
    }
    out.flush();
    return ExitCode.OK;
  }

  static String format(ParseResult parsed) {
    String format = parsed.matchedOptionValue("--format", FORMATS.getFirst());
    if (FORMATS.contains(format)) return format;
    throw new NablaException(
        Code.REQUEST, "there is no format " + format + "; it is " + String.join(", ", FORMATS));
  }

  private static Evaluation evaluate(
      ParseResult parsed, Question question, List<Output> outputs, OutputFiles files) {
    double[] compile = new double[1];
    CompiledFunction compiled =
        timed(
            () -> engine(parsed, question.expression().compile(outputs.toArray(Output[]::new))),
            seconds -> compile[0] = seconds);
    List<String> by = outputs.stream().flatMap(o -> o.variables().stream()).toList();
    Prepared ready =
        prepare(compiled, name -> by.stream().anyMatch(v -> isOf(v, name)), question.data());
    double[] first = new double[1];
    Results results = timed(ready::evaluate, seconds -> first[0] = seconds);
    String plan = parsed.hasMatchedOption("--explain-plan") ? ready.plan().toString() : "";
    Evaluation.Timing timing =
        parsed.hasMatchedOption("--time")
            ? new Evaluation.Timing(compile[0], first[0], Repetition.of(ready::evaluate))
            : null;
    return new Evaluation(
        question,
        results,
        files.write(results),
        Oddities.notes(question, results, parsed.hasMatchedOption("--single")),
        plan,
        timing);
  }

  /** A function, and the point where it is evaluated. */
  record Prepared(CompiledFunction function, Map<String, NumericArray> point) {
    Results evaluate() {
      return function.evaluate(point);
    }

    /** The same function at another point, whose data may be more than what moves. */
    Prepared at(Map<String, NumericArray> data) {
      Map<String, NumericArray> other = new LinkedHashMap<>(data);
      other.keySet().retainAll(point.keySet());
      return new Prepared(function, other);
    }

    WorkPlan plan() {
      return function.plan(point);
    }
  }

  /**
   * What moves is given with the point, and the rest is bound, as in an iteration.
   *
   * @param moves whether the variable of a name does
   */
  static Prepared prepare(
      CompiledFunction function, Predicate<String> moves, Map<String, NumericArray> data) {
    CompiledFunction bound = function;
    Map<String, NumericArray> point = new LinkedHashMap<>();
    for (Map.Entry<String, NumericArray> e : data.entrySet()) {
      if (moves.test(e.getKey())) point.put(e.getKey(), e.getValue());
      else bound = bound.bind(e.getKey(), e.getValue());
    }
    return new Prepared(bound, point);
  }

  /** The function as the options have it. */
  static CompiledFunction engine(ParseResult parsed, CompiledFunction function) {
    CompiledFunction precise =
        parsed.hasMatchedOption("--single") ? function.inSinglePrecision() : function;
    return precise.withThreads(parsed.matchedOptionValue("--threads", 1));
  }

  /** Whether one is a variable, or entries of it. */
  static boolean isOf(String words, String name) {
    return words.equals(name) || words.startsWith(name + "[");
  }

  static <T> T timed(Supplier<T> action, DoubleConsumer seconds) {
    long start = System.nanoTime();
    T result = action.get();
    seconds.accept((System.nanoTime() - start) * 1e-9);
    return result;
  }
}
