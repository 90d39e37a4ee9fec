package nabla.cli;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.DoubleStream;
import nabla.optimize.Curvature;
import nabla.optimize.Iteration;
import nabla.optimize.Minimum;
import nabla.tensor.NumericArray;

/** What a minimisation has found, for people. */
final class MinimumText {
  /** What is so small beside the largest value is shown as zero. */
  private static final double ROUNDING = 1e-15;

  private MinimumText() {}

  static String progress(Iteration iteration) {
    return "iteration %d, value %s, gradient %s"
        .formatted(iteration.number(), digits(iteration.value()), digits(iteration.gradientNorm()));
  }

  static String people(Minimum found, List<String> over, Question question) {
    NumbersText numbers = new NumbersText(/* full= */ false, /* single= */ false);
    StringBuilder text = new StringBuilder();
    text.append("value    ").append(numbers.inline(NumericArray.scalar(found.value())));
    text.append('\n');
    for (String name : over) {
      NumericArray array = Objects.requireNonNull(found.point().get(name));
      text.append(name).append(" ".repeat(Math.max(1, 9 - name.length())));
      if (array.rank() == 0) text.append(numbers.inline(array)).append('\n');
      else {
        text.append(Datum.kind(array.shape()));
        if (array.rank() == 1) text.append("  ").append(numbers.inline(array)).append('\n');
        else numbers.lines(array).forEach(line -> text.append('\n').append(line));
        if (array.rank() > 1) text.append('\n');
      }
    }
    found
        .formula()
        .forEach((name, formula) -> text.append("formula  " + name + " = " + formula + "\n"));
    found
        .multipliers()
        .forEach(
            (constraint, multiplier) ->
                text.append("held by  ").append(held(constraint, multiplier)).append('\n'));
    text.append("found    ").append(kind(found)).append('\n');
    text.append("way      ").append(way(found)).append('\n');
    if (!question.data().isEmpty()) {
      text.append("data     ").append(EvaluationText.data(question)).append('\n');
    }
    return text.toString();
  }

  private static String held(String constraint, NumericArray multiplier) {
    boolean isInequality = constraint.matches(".*[<>≤≥].*");
    boolean loose = isInequality && DoubleStream.of(multiplier.data()).allMatch(y -> y == 0);
    return constraint + (loose ? ", loose" : ", multiplier " + entries(multiplier));
  }

  /** On one line, six digits each; those of a matrix row by row. */
  private static String entries(NumericArray array) {
    NumbersText numbers = new NumbersText(/* full= */ false, /* single= */ false);
    String entries = numbers.inline(NumericArray.vector(array.data()));
    return array.rank() > 0 ? entries : entries.substring(1, entries.length() - 1);
  }

  private static String kind(Minimum found) {
    Curvature c = found.curvature();
    String kind = found.isConverged() ? kind(c.kind()) : "no minimum yet";
    if (found.global()) kind = globalKind(c.kind());
    if (Double.isNaN(c.smallest())) return kind;
    return kind
        + ": eigenvalues of the Hessian from "
        + digits(c.smallest())
        + " to "
        + digits(c.largest());
  }

  private static String globalKind(Curvature.Kind kind) {
    return switch (kind) {
      case STRICT_MINIMUM -> "the global minimum, as the function is convex";
      case FLAT -> "a global minimum, as the function is convex, flat in some direction";
      default -> "a global minimum, as the function is convex";
    };
  }

  private static String kind(Curvature.Kind kind) {
    return switch (kind) {
      case STRICT_MINIMUM -> "a strict minimum";
      case FLAT -> "a point that is flat in some direction";
      case SADDLE -> "a saddle";
      case MAXIMUM -> "a maximum";
      case UNKNOWN -> "a point of unknown kind: no Hessian tells it";
    };
  }

  private static String way(Minimum found) {
    String way =
        "%d %s; %s"
            .formatted(
                found.iterations(),
                found.iterations() == 1 ? "iteration" : "iterations",
                found.reason());
    if (found.isConverged()) return way;
    String rest = "; largest entry of the gradient " + digits(found.gradientNorm());
    return found.violation() > 0
        ? way + rest + "; constraints missed by " + digits(found.violation())
        : way + rest;
  }

  private static String digits(double number) {
    return number == 0 ? "0" : String.format(Locale.ROOT, "%.3g", number);
  }

  /** A line for each point: what it is, the value and the variables. */
  static String table(List<Minimum> found, List<String> over) {
    if (found.isEmpty()) return "no isolated point with gradient zero was found\n";
    StringBuilder text = new StringBuilder();
    double largest = found.stream().mapToDouble(m -> Math.abs(m.value())).max().orElse(0);
    for (Minimum m : found) {
      double value = Math.abs(m.value()) < ROUNDING * largest ? 0 : m.value();
      List<String> point =
          over.stream()
              .map(name -> name + " = " + entries(Objects.requireNonNull(m.point().get(name))))
              .toList();
      text.append(
          "%-16s value %-10s %s\n"
              .formatted(
                  word(m.curvature().kind()),
                  entries(NumericArray.scalar(value)),
                  String.join(", ", point)));
    }
    return text.toString();
  }

  private static String word(Curvature.Kind kind) {
    return switch (kind) {
      case STRICT_MINIMUM -> "strict minimum";
      case FLAT -> "flat point";
      case SADDLE -> "saddle";
      case MAXIMUM -> "maximum";
      case UNKNOWN -> "unknown";
    };
  }
}
