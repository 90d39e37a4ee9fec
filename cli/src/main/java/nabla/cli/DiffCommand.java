package nabla.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.Derivative;
import nabla.DifferentialOperator;
import nabla.Expression;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.json.DerivativeAnswer;
import nabla.json.DerivativeRequest;
import nabla.json.Json;
import nabla.verify.CheckReport;
import nabla.verify.exact.Certificate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code nabla EXPR VAR…}: one derivative, for people or for a pipe. */
final class DiffCommand {
  private static final int WRONG = 1;

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
    Arguments.add(spec, operator);
    addDisplay(spec);
    return spec.addOption(Help.option());
  }

  private static String header(DifferentialOperator operator) {
    return switch (operator) {
      case DERIVATIVE -> "The derivative of an expression, checked.";
      case GRADIENT -> "The gradient of a scalar.";
      case JACOBIAN -> "The Jacobian: axes of the variable first, unless --layout says otherwise.";
      case HESSIAN -> "The Hessian of a scalar.";
      case LAPLACIAN -> "The Laplacian: the sum of the second derivatives by each entry.";
      case DIVERGENCE -> "The divergence: the sum of the derivatives of entry i by entry i.";
    };
  }

  private static void addDisplay(CommandSpec spec) {
    spec.addOption(
        Arguments.option(
                "--format",
                "FORMAT",
                "Print only the formula: text, unicode or latex; or all of it: json.")
            .completionCandidates(FORMATS)
            .build());
    spec.addOption(
        Arguments.option("--seed", "N", "What the points of the check are drawn from (default 1).")
            .type(Long.class)
            .build());
    spec.addOption(Arguments.flag("--no-check", "Do not check the formula."));
    spec.addOption(
        Arguments.flag(
            "--proof",
            "Certify the formula by exact arithmetic modulo random primes, and say with which"
                + " probability that may be an error."));
    spec.addOption(
        Arguments.flag(
            "--name-repeats",
            "Give names to long parts that are repeated: \"t1 = A*x - b; t1/norm2(t1)\"."));
    spec.addOption(
        Arguments.flag(
            "--forms",
            "Show all forms: by indices, with Kronecker products, as a differential, by slices,"
                + " times a direction."));
  }

  static int run(ParseResult parsed) {
    List<String> words = Arguments.words(parsed);
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
    DerivativeRequest request = Arguments.request(parsed, words);
    PrintWriter out = parsed.commandSpec().commandLine().getOut();
    if (format.equals("json")) return json(request, out);
    if (!format.equals(TEXT)) requireOneFormula(request, format);
    Expression expression = Expression.parse(request.expression(), request.declarations());
    Derivative derivative = request.derivatives(expression).getFirst();
    CheckReport check = request.check() ? derivative.check(request.seed()) : null;
    Certificate certificate = request.proof() ? derivative.certificate(request.seed()) : null;
    boolean wrong = check != null && check.status() == CheckReport.Status.FAILED;
    wrong |= certificate != null && certificate.status() == Certificate.Status.REFUTED;
    switch (format) {
      case "text" -> out.println(derivative.text());
      case "unicode" -> out.println(derivative.unicode());
      case "latex" -> out.println(derivative.latex());
      default -> {
        out.print(DiffText.of(expression, derivative, check));
        if (certificate != null) out.print(CertificateText.of(certificate));
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

  private static void requireOneFormula(DerivativeRequest request, String format) {
    if (!request.allLayouts() && !request.forms() && !request.proof()) return;
    String more = request.proof() ? "the proof" : request.forms() ? "all forms" : "all layouts";
    throw new NablaException(
        Code.REQUEST,
        "--format " + format + " prints one formula; for " + more + " leave it out or take json");
  }

  private static int json(DerivativeRequest request, PrintWriter out) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>(DerivativeAnswer.to(request));
    out.println(Json.write(answer));
    boolean wrong =
        (answer.get("check") instanceof Map<?, ?> check
                && Boolean.FALSE.equals(check.get("passed")))
            || (answer.get("certificate") instanceof Map<?, ?> certificate
                && Boolean.TRUE.equals(certificate.get("refuted")));
    return wrong ? WRONG : ExitCode.OK;
  }
}
