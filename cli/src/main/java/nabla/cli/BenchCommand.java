package nabla.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nabla.CompiledFunction;
import nabla.Expression;
import nabla.Output;
import nabla.Results;
import nabla.Symbol;
import nabla.WorkPlan;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import nabla.tensor.Variable;
import nabla.verify.Binding;
import nabla.verify.SamplePoints;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code nabla bench EXPR VAR --size n=1000}: how fast derivatives are on random data. */
final class BenchCommand {
  private static final int USUAL_SIZE = 1_000;

  /** Points of which one may lie where the function is defined. */
  private static final int ATTEMPTS = 11;

  private static final Pattern SIZE = Pattern.compile("(\\p{L}[\\p{L}\\p{N}_]*) *= *(\\d{1,9})");

  private BenchCommand() {}

  static CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("bench");
    spec.usageMessage()
        .header("Measure how fast an expression and its derivatives are on random data.")
        .description("")
        .customSynopsis("nabla bench [options] EXPR VAR...")
        .footer(
            "",
            "Examples:",
            "  nabla bench \"norm2(X*w - y)^2\" w --size m=10000 --size n=200",
            "  nabla bench \"sum(log(1 + exp(-y.*(X*w))))\" w --hessian --size m=10000",
            "  nabla bench \"logdet(S)\" S --where \"S: matrix[n,n] pd\" --size n=500",
            "",
            "Data are normal numbers that have the properties that are declared. The",
            "variables named, or all, are new at each evaluation; what only others take",
            "part in is computed once. A size that is not named is 1000. Without an output",
            "it is value and gradient, or value and Jacobian.");
    Arguments.addWords(spec, "may be left out if there is only one.");
    spec.addOption(
        Arguments.option("--size", "NAME=N", "How large an axis is; may be repeated.")
            .hideParamSyntax(true)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .splitRegex(",")
            .build());
    spec.addOption(Arguments.flag("--value", "Compute the value."));
    spec.addOption(Arguments.flag("--gradient", "Compute the gradient by each variable."));
    spec.addOption(Arguments.flag("--hessian", "Compute the Hessian by each variable."));
    spec.addOption(Arguments.flag("--jacobian", "Compute the Jacobian by each variable."));
    EvalCommand.addEngine(spec);
    spec.addOption(Arguments.flag("--explain-plan", "Print the steps, their work and memory."));
    spec.addOption(
        Arguments.option("--seed", "N", "What the data are drawn from (default 1).")
            .type(Long.class)
            .build());
    return spec.addOption(Help.option());
  }

  static int run(ParseResult parsed) {
    List<String> words = Arguments.words(parsed);
    CommandLine own = parsed.commandSpec().commandLine();
    if (words.isEmpty()) {
      own.usage(own.getOut());
      return ExitCode.OK;
    }
    Expression expression =
        Expression.parse(words.getFirst(), parsed.matchedOptionValue("--where", ""));
    List<String> by = by(parsed, words, expression);
    List<Output> outputs = outputs(parsed, expression, by);
    Predicate<String> moves =
        name -> by.isEmpty() || by.stream().anyMatch(v -> EvalCommand.isOf(v, name));
    Map<String, Integer> sizes = sizes(parsed, expression);
    PrintWriter out = own.getOut();
    out.println("outputs  " + String.join(", ", outputs.stream().map(Output::label).toList()));
    if (!sizes.isEmpty()) out.println("sizes    " + sizes(sizes));
    out.flush();
    try (Progress progress = new Progress(own.getErr())) {
      measure(parsed, expression, outputs, moves, sizes, progress, out);
    }
    out.flush();
    return ExitCode.OK;
  }

  private static List<String> by(ParseResult parsed, List<String> words, Expression expression) {
    List<String> by = new ArrayList<>(words.subList(1, words.size()));
    by.addAll(parsed.matchedOptionValue("--wrt", List.<String>of()));
    by.replaceAll(String::strip);
    boolean derivatives =
        !parsed.hasMatchedOption("--value")
            || List.of("--gradient", "--hessian", "--jacobian").stream()
                .anyMatch(parsed::hasMatchedOption);
    if (by.isEmpty() && derivatives) by.add(Arguments.onlyVariable(expression));
    return by;
  }

  private static List<Output> outputs(ParseResult parsed, Expression expression, List<String> by) {
    boolean scalar = expression.shape().isEmpty();
    boolean usual =
        List.of("--value", "--gradient", "--hessian", "--jacobian").stream()
            .noneMatch(parsed::hasMatchedOption);
    Set<Output> outputs = new LinkedHashSet<>();
    if (usual || parsed.hasMatchedOption("--value")) outputs.add(Output.value());
    for (String v : by) {
      if ((usual && scalar) || parsed.hasMatchedOption("--gradient")) {
        outputs.add(Output.gradient(v));
      }
      if ((usual && !scalar) || parsed.hasMatchedOption("--jacobian")) {
        outputs.add(Output.jacobian(v));
      }
      if (parsed.hasMatchedOption("--hessian")) outputs.add(Output.hessian(v));
    }
    return List.copyOf(outputs);
  }

  private static Map<String, Integer> sizes(ParseResult parsed, Expression expression) {
    Map<String, Integer> given = new LinkedHashMap<>();
    for (String word : parsed.matchedOptionValue("--size", List.<String>of())) {
      Matcher size = SIZE.matcher(word.strip());
      if (!size.matches() || Integer.parseInt(size.group(2)) == 0) {
        throw new NablaException(
            Code.REQUEST,
            "sizes are written --size n=1000, with numbers from 1 to 999999999, not " + word);
      }
      given.put(size.group(1), Integer.parseInt(size.group(2)));
    }
    Map<String, Integer> sizes = new LinkedHashMap<>();
    for (Symbol s : expression.variables()) {
      for (var size : s.shape()) {
        for (String name : size.names()) sizes.put(name, given.getOrDefault(name, USUAL_SIZE));
      }
    }
    for (String name : given.keySet()) {
      if (sizes.containsKey(name)) continue;
      throw new NablaException(
          Code.REQUEST,
          "there is no size "
              + name
              + (sizes.isEmpty() ? "" : "; the sizes are " + String.join(", ", sizes.keySet())));
    }
    return sizes;
  }

  private static String sizes(Map<String, Integer> sizes) {
    return String.join(
        ", ", sizes.entrySet().stream().map(e -> e.getKey() + " = " + e.getValue()).toList());
  }

  private static void measure(
      ParseResult parsed,
      Expression expression,
      List<Output> outputs,
      Predicate<String> moves,
      Map<String, Integer> sizes,
      Progress progress,
      PrintWriter out) {
    long seed = parsed.matchedOptionValue("--seed", 1L);
    progress.at("differentiating");
    double[] compile = new double[1];
    CompiledFunction compiled =
        EvalCommand.timed(
            () -> EvalCommand.engine(parsed, expression.compile(outputs.toArray(Output[]::new))),
            seconds -> compile[0] = seconds);
    progress.at("drawing data");
    List<Variable> variables = expression.variables().stream().map(Symbol::variable).toList();
    Binding data = SamplePoints.draw(variables, sizes, seed, 0);
    EvalCommand.Prepared ready = EvalCommand.prepare(compiled, moves, data.variables());
    progress.at("first evaluation");
    double[] first = new double[1];
    Results results = EvalCommand.timed(ready::evaluate, seconds -> first[0] = seconds);
    int attempt = 0;
    while (!isFinite(results) && ++attempt < ATTEMPTS) {
      progress.at("looking for a point where the function is defined");
      data = SamplePoints.draw(variables, sizes, seed, attempt);
      ready = EvalCommand.prepare(compiled, moves, data.variables());
      results = ready.evaluate();
    }
    WorkPlan plan = ready.plan();
    EvalCommand.Prepared next =
        ready.at(SamplePoints.draw(variables, sizes, seed, attempt + 1).variables());
    progress.at("measuring");
    Repetition later = Repetition.of(byTurns(ready, isFinite(next.evaluate()) ? next : ready));
    print(parsed, seed, data, plan, new Evaluation.Timing(compile[0], first[0], later), out);
    if (!isFinite(results)) out.println("note     results are not finite at any of 11 points");
  }

  /** Some decompositions are known when they are asked for at the same point again. */
  private static Runnable byTurns(EvalCommand.Prepared one, EvalCommand.Prepared other) {
    AtomicBoolean turn = new AtomicBoolean();
    return () -> {
      boolean first = turn.getPlain();
      turn.setPlain(!first);
      (first ? one : other).evaluate();
    };
  }

  private static void print(
      ParseResult parsed,
      long seed,
      Binding data,
      WorkPlan plan,
      Evaluation.Timing timing,
      PrintWriter out) {
    double bytes = 0;
    for (NumericArray array : data.variables().values()) bytes += 8.0 * array.count();
    Repetition later = timing.later();
    out.println("data     " + bytes(bytes) + " of random numbers, seed " + seed);
    out.println("compile  " + EvaluationText.seconds(timing.compile()));
    out.println("first    " + EvaluationText.seconds(timing.first()));
    out.println(
        "median   "
            + EvaluationText.seconds(later.median())
            + ", fastest "
            + EvaluationText.seconds(later.fastest())
            + ", of "
            + later.runs());
    out.println(
        "work     "
            + EvaluationText.si(plan.flops())
            + "flop, "
            + EvaluationText.si(plan.flops() / later.median())
            + "flop/s");
    if (!plan.preparation().isEmpty()) {
      out.println(
          "once     "
              + EvaluationText.si(plan.preparationFlops())
              + "flop for data that do not move");
    }
    out.println("memory   " + bytes(plan.memory()) + " for what is computed");
    out.println("engine   " + plan.engine());
    String precision = parsed.hasMatchedOption("--single") ? "single" : "double";
    out.println(
        "threads  " + parsed.matchedOptionValue("--threads", 1) + ", " + precision + " precision");
    if (parsed.hasMatchedOption("--explain-plan")) out.print(plan);
  }

  private static String bytes(double bytes) {
    return EvaluationText.si(bytes) + "B";
  }

  private static boolean isFinite(Results results) {
    return results.all().values().stream()
        .filter(EvaluationText::isShown)
        .allMatch(array -> Arrays.stream(array.dense().data()).allMatch(Double::isFinite));
  }
}
