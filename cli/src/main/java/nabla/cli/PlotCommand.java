package nabla.cli;

import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nabla.Symbol;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.optimize.Options;
import nabla.plot.Picture;
import nabla.plot.Plot;
import nabla.plot.Range;
import nabla.tensor.NumericArray;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code nabla plot EXPR -o FILE}: a picture of a scalar function. */
final class PlotCommand {
  private static final List<String> KINDS =
      java.util.Arrays.stream(Plot.Kind.values()).map(Plot.Kind::label).toList();
  private static final Pattern RANGE =
      Pattern.compile("\\s*([\\p{L}][\\p{L}\\p{N}_]*(?:\\[[\\d,\\s]+\\])?)\\s*=([^:]+):([^:]+)");

  private PlotCommand() {}

  static CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("plot");
    spec.usageMessage()
        .header("Draw a picture of a scalar function.")
        .description("")
        .customSynopsis("nabla plot [options] EXPR")
        .footer(
            "",
            "Examples:",
            "  nabla plot \"100*(x[2] - x[1]^2)^2 + (1 - x[1])^2\" --from \"x=[-1.2,1]\"",
            "    -o rosenbrock.svg",
            "  nabla plot \"x^2 - y^2\" --where \"x, y: scalar\" --kind surface -o saddle.png",
            "  nabla plot \"sin(x)/x\" --where \"x: scalar\" --range \"x=-20:20\" -o sinc.svg",
            "  nabla plot \"norm2(A*x - b)^2\" --data A.csv --data b.csv --kind slice",
            "    -o slice.svg",
            "  nabla plot \"exp(x'*A*x)\" --kind taylor -o taylor.svg",
            "",
            "An .svg reads in light and in dark surroundings; without -o it goes to standard",
            "output.");
    Arguments.addExpression(spec, "The function, a scalar.");
    spec.addOption(
        Arguments.option(
                "--kind",
                "KIND",
                "contour, surface, curve, slice, convergence or taylor; without it, a curve for"
                    + " one number that moves, contour for two.")
            .completionCandidates(KINDS)
            .build());
    spec.addOption(
        Arguments.words("--over", "VAR[,VAR...]", "What moves; without it, all that have no data.")
            .splitRegex(",")
            .build());
    Arguments.addDeclarations(spec);
    addData(spec);
    spec.addOption(
        Arguments.words(
                "--range",
                "NAME=LOW:HIGH",
                "What an axis shows, as \"x=-2:2\" or \"x[1]=0:1, x[2]=-1:1\".")
            .build());
    spec.addOption(
        Arguments.option("--seed", "N", "What random directions are drawn from (default 1).")
            .type(Long.class)
            .build());
    spec.addOption(
        OptionSpec.builder("-o", "--out")
            .paramLabel("FILE")
            .type(String.class)
            .description("Write an .svg or a .png.")
            .build());
    return spec.addOption(Help.option());
  }

  private static void addData(CommandSpec spec) {
    spec.addOption(
        Arguments.words("--data", "[NAME=]DATA", "What does not move, as for nabla eval.").build());
    spec.addOption(
        Arguments.words("--from", "[NAME=]DATA", "Where nabla minimize starts; its path is drawn.")
            .build());
    spec.addOption(
        Arguments.words("--at", "[NAME=]DATA", "The point of a slice or of a Taylor expansion.")
            .build());
    spec.addOption(
        Arguments.words(
                "--along",
                "NAME=DATA",
                "A direction of a slice or of a Taylor expansion; without it, random ones.")
            .build());
  }

  static int run(ParseResult parsed) {
    CommandLine own = parsed.commandSpec().commandLine();
    if (!parsed.hasMatchedPositional(0)) {
      own.usage(own.getOut());
      return ExitCode.OK;
    }
    Path file = file(parsed.matchedOptionValue("--out", ""));
    Plot plot = plot(parsed);
    Picture picture =
        parsed.hasMatchedOption("--kind")
            ? plot.draw(Plot.Kind.of(parsed.matchedOptionValue("--kind", "")))
            : plot.draw();
    PrintWriter out = own.getOut();
    if (file == null) out.print(picture.svg());
    else {
      picture.write(file);
      out.println("written  " + file + ": " + picture.title());
      for (String finding : picture.findings()) out.println("         " + finding);
    }
    out.flush();
    return ExitCode.OK;
  }

  /** Where a picture goes; null if nothing is said. */
  static @Nullable Path file(String name) {
    if (name.isEmpty()) return null;
    String lower = name.toLowerCase(Locale.ROOT);
    if (!lower.endsWith(".svg") && !lower.endsWith(".png")) {
      throw new NablaException(Code.REQUEST, "a picture is an .svg or a .png, not " + name);
    }
    // no window is opened, whatever the machine has
    System.setProperty("java.awt.headless", "true");
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new NablaException(Code.REQUEST, "there can't be a file " + name);
    }
  }

  private static List<String> list(ParseResult parsed, String option) {
    return parsed.matchedOptionValue(option, List.<String>of());
  }

  private static Plot plot(ParseResult parsed) {
    DataWords words = DataWords.read(list(parsed, "--data"));
    Set<String> started = words.addAll(list(parsed, "--from"));
    DataWords centre = DataWords.read(list(parsed, "--at"));
    // a point tells what its variable is, unless a start does
    boolean alone = Collections.disjoint(words.all().keySet(), centre.all().keySet());
    if (alone) words.addAll(list(parsed, "--at"));
    Question question =
        Question.readPart(
            parsed.matchedPositionalValue(0, ""), parsed.matchedOptionValue("--where", ""), words);
    Set<String> moved = new LinkedHashSet<>(started);
    moved.addAll(centre.all().keySet());
    List<String> over = question.over(list(parsed, "--over"), moved);
    question.requireAll(over, words);
    long seed = parsed.matchedOptionValue("--seed", Options.usual().seed());
    Plot plot =
        Plot.of(question.expression(), over.toArray(String[]::new))
            .with(Options.usual().withSeed(seed));
    for (Map.Entry<String, NumericArray> e : question.data().entrySet()) {
      if (!over.contains(e.getKey())) plot = plot.bind(e.getKey(), e.getValue());
      else if (started.contains(e.getKey())) plot = plot.from(e.getKey(), e.getValue());
    }
    for (Symbol s : question.expression().variables()) {
      Datum at = centre.all().get(s.name());
      if (at != null) plot = plot.at(s.name(), at.as(s.name(), s.kind(), s.shape().size()));
    }
    for (Map.Entry<String, Datum> e : DataWords.read(list(parsed, "--along")).all().entrySet()) {
      plot = plot.along(e.getKey(), e.getValue().array());
    }
    for (String range : list(parsed, "--range")) plot = ranged(plot, range);
    return plot;
  }

  /** With the ranges that are named, separated by commas that are not those of an index. */
  private static Plot ranged(Plot plot, String words) {
    Plot ranged = plot;
    for (String word : words.split(Arguments.COMMA, -1)) {
      Matcher range = RANGE.matcher(word);
      if (!range.matches()) throw noRange(word);
      double low = number(range.group(2), word);
      double high = number(range.group(3), word);
      ranged = ranged.range(range.group(1).replaceAll("\\s", ""), new Range(low, high));
    }
    return ranged;
  }

  private static double number(String text, String word) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw noRange(word);
    }
  }

  private static NablaException noRange(String word) {
    return new NablaException(
        Code.REQUEST, word.strip() + " is no range; write --range \"x=-2:2\"");
  }
}
