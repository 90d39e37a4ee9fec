package nabla;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import nabla.lang.Problem;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.verify.Agreement;
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

  Verdict judge(String text) {
    Claim claim = new Claim(expression, text);
    Problem alone = claim.alone();
    boolean row = alone != null && alone.row();
    Tensor own = null;
    for (Layout layout : layouts()) {
      Derivative shown = derivative.in(layout);
      Tensor claimed = claim.as(shown.shape());
      if (claimed == null) continue;
      if (own == null || layout == derivative.layout()) own = claimed;
      if (comparison.outcome(shown.tensor(), claimed) != Agreement.Kind.EQUAL) continue;
      return right(shown, layout, text, row);
    }
    if (own == null) return misshapen(alone);
    Derivative shown = fitting(own.shape());
    return comparison.wrong(shown.text(), shown.tensor(), own);
  }

  /** The layout that was asked for first. */
  private List<Layout> layouts() {
    Set<Layout> layouts = new LinkedHashSet<>(List.of(derivative.layout()));
    layouts.addAll(List.of(Layout.values()));
    return List.copyOf(layouts);
  }

  private Derivative fitting(List<Size> shape) {
    return layouts().stream()
        .map(derivative::in)
        .filter(d -> d.shape().equals(shape))
        .findFirst()
        .orElseThrow();
  }

  private Verdict right(Derivative shown, Layout layout, String text, boolean row) {
    boolean turned = shown.shape().size() == 1 && row != shown.kind().equals("row");
    boolean sameShape = derivative.tensor().equals(shown.tensor());
    if (turned) {
      Layout fits = row ? Layout.NUMERATOR : Layout.DENOMINATOR;
      return right(Verdict.Kind.OTHER_LAYOUT, "right in " + fits.label() + " layout", fits);
    }
    if (layout != derivative.layout() && !sameShape) {
      return right(Verdict.Kind.OTHER_LAYOUT, "right in " + layout.label() + " layout", layout);
    }
    boolean tooLong = letters(text) > LONG * letters(shown.text());
    return tooLong
        ? right(Verdict.Kind.RIGHT_BUT_LONG, "right, but shorter is " + shown.text(), layout)
        : right(Verdict.Kind.RIGHT, "right", layout);
  }

  private static long letters(String text) {
    return text.chars().filter(c -> c != ' ').count();
  }

  private Verdict right(Verdict.Kind kind, String message, Layout layout) {
    return new Verdict(kind, message, derivative.in(layout).text(), "", null);
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

  private static String described(List<Size> shape) {
    String kind = Expression.kind(shape.size(), false);
    if (shape.isEmpty()) return "a " + kind;
    return kind + shape.stream().map(Size::toString).collect(Collectors.joining(",", "[", "]"));
  }
}
