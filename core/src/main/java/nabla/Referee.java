package nabla;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nabla.diagnostic.NablaException;
import nabla.lang.Elaboration;
import nabla.lang.Problem;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Judges claims about one derivative, in whatever layout they are. */
final class Referee {
  /** So much longer than the derivative that the short form is worth telling. */
  private static final double LONG = 1.5;

  private final Derivative derivative;
  private final Expression expression;
  private final Comparison comparison;

  Referee(Derivative derivative, Expression expression, Comparison comparison) {
    this.derivative = derivative;
    this.expression = expression;
    this.comparison = comparison;
  }

  /** A claim that has the shape of the derivative in a layout. */
  private record Fit(Derivative shown, Tensor claimed) {}

  Verdict judge(String text) {
    Problem alone;
    Set<Fit> fits;
    try {
      Claim claim = new Claim(expression, text);
      alone = claim.alone();
      fits = fits(claim);
    } catch (NablaException e) {
      return ifSquare(text, misshapen(null)).orElseThrow(() -> e);
    }
    boolean row = alone != null && alone.row();
    for (Fit fit : fits) {
      if (comparison.same(fit.shown().tensor(), fit.claimed())) {
        return right(fit.shown(), text, row);
      }
    }
    Verdict verdict = fits.isEmpty() ? misshapen(alone) : wrong(List.copyOf(fits));
    boolean unexplained = fits.isEmpty() || verdict.kind() == Verdict.Kind.WRONG;
    return unexplained ? ifSquare(text, verdict).orElse(verdict) : verdict;
  }

  private Set<Fit> fits(Claim claim) {
    Set<Fit> fits = new LinkedHashSet<>();
    Set<Tensor> seen = new LinkedHashSet<>();
    for (Layout layout : layouts()) {
      Derivative shown = derivative.in(layout);
      Tensor claimed = claim.as(shown.shape());
      if (claimed != null && seen.add(shown.tensor())) fits.add(new Fit(shown, claimed));
    }
    return fits;
  }

  /** The layout that was asked for first. */
  private List<Layout> layouts() {
    Set<Layout> layouts = new LinkedHashSet<>(List.of(derivative.layout()));
    layouts.addAll(List.of(Layout.values()));
    return List.copyOf(layouts);
  }

  private Verdict right(Derivative shown, String text, boolean row) {
    boolean turned = shown.shape().size() == 1 && row != shown.kind().equals("row");
    boolean sameShape = derivative.tensor().equals(shown.tensor());
    if (turned) {
      return otherLayout(row ? Layout.NUMERATOR : Layout.DENOMINATOR);
    }
    if (shown.layout() != derivative.layout() && !sameShape) return otherLayout(shown.layout());
    boolean tooLong = letters(text) > LONG * letters(shown.text());
    return tooLong
        ? right(Verdict.Kind.RIGHT_BUT_LONG, "right, but shorter is " + shown.text(), shown)
        : right(Verdict.Kind.RIGHT, "right", shown);
  }

  private Verdict otherLayout(Layout layout) {
    String message = "right in " + layout.label() + " layout";
    return right(Verdict.Kind.OTHER_LAYOUT, message, derivative.in(layout));
  }

  private static long letters(String text) {
    return text.chars().filter(c -> c != ' ').count();
  }

  private static Verdict right(Verdict.Kind kind, String message, Derivative shown) {
    return new Verdict(kind, message, shown.text(), "", null);
  }

  /** What is wrong in the layout in which least is. */
  private Verdict wrong(List<Fit> fits) {
    for (Fit fit : fits) {
      Optional<Verdict> multiple =
          comparison.multiple(fit.shown().text(), fit.shown().tensor(), fit.claimed());
      if (multiple.isPresent()) return named(multiple.get(), fit);
    }
    Verdict first = wrong(fits.getFirst());
    if (first.kind() != Verdict.Kind.WRONG) return first;
    for (Fit fit : fits.subList(1, fits.size())) {
      Verdict other = wrong(fit);
      if (other.kind() != Verdict.Kind.WRONG) return other;
    }
    return first;
  }

  private Verdict wrong(Fit fit) {
    return named(comparison.wrong(fit.shown().text(), fit.shown().tensor(), fit.claimed()), fit);
  }

  /** With the layout, if it is not the one that was asked for. */
  private Verdict named(Verdict verdict, Fit fit) {
    Layout layout = fit.shown().layout();
    if (layout == derivative.layout() || verdict.kind() == Verdict.Kind.WRONG) return verdict;
    return new Verdict(
        verdict.kind(),
        "in " + layout.label() + " layout, " + verdict.message(),
        verdict.correct(),
        verdict.difference(),
        verdict.witness());
  }

  /** Whether the claim would be right if two sizes were one; with the evidence that it is not. */
  private Optional<Verdict> ifSquare(String text, Verdict otherwise) {
    return SquareMatrices.of(expression)
        .filter(square -> isRight(square, text))
        .map(
            square ->
                new Verdict(
                    Verdict.Kind.RIGHT_ONLY_IF,
                    "right only if " + square.text(),
                    otherwise.correct(),
                    otherwise.difference(),
                    otherwise.witness()))
        .findFirst();
  }

  private boolean isRight(SquareMatrices square, String text) {
    try {
      return derivative.over(square.variables()).referee().accepts(text);
    } catch (NablaException unreadable) {
      return false;
    }
  }

  private boolean accepts(String text) {
    return fits(new Claim(expression, text)).stream()
        .anyMatch(fit -> comparison.same(fit.shown().tensor(), fit.claimed()));
  }

  /** A claim as a tensor, of the shape in which it is right or in which it can be read. */
  Tensor claimed(String text) {
    Set<Fit> fits = fits(new Claim(expression, text));
    for (Fit fit : fits) {
      if (comparison.same(fit.shown().tensor(), fit.claimed())) return fit.claimed();
    }
    return fits.isEmpty()
        ? Elaboration.over(text, expression.problem().context()).tensor()
        : fits.iterator().next().claimed();
  }

  private Verdict misshapen(@Nullable Problem alone) {
    String shape = alone == null ? "" : "the claim is " + described(alone.tensor().shape()) + ", ";
    return new Verdict(
        Verdict.Kind.SHAPE,
        shape + "the derivative is " + described(derivative.shape()),
        derivative.text(),
        "",
        null);
  }

  static String described(List<Size> shape) {
    String kind = Expression.kind(shape.size(), false);
    if (shape.isEmpty()) return "a " + kind;
    return kind + shape.stream().map(Size::toString).collect(Collectors.joining(",", "[", "]"));
  }
}
