package nabla;

import java.util.ArrayList;
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
import nabla.verify.Binding;
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

  /**
   * A claim that has the shape of the derivative in some arrangement.
   *
   * @param place the arrangement in words; empty if it is the one that was asked for
   * @param label what the formula is, if it is not the derivative in a layout
   */
  private record Fit(String correct, Tensor right, Tensor claimed, String place, String label) {
    /** With the arrangement, if it is not the one that was asked for. */
    Verdict named(Verdict verdict) {
      boolean plain = place.isEmpty() || verdict.kind() == Verdict.Kind.WRONG;
      return new Verdict(
          verdict.kind(),
          plain ? verdict.message() : place + ", " + verdict.message(),
          verdict.correct(),
          verdict.difference(),
          verdict.witness(),
          label,
          "");
    }
  }

  Verdict judge(String text) {
    Claim claim = new Claim(expression, text);
    List<Fit> fits;
    try {
      fits = fits(claim);
    } catch (NablaException e) {
      return ifSquare(text, misshapen(null)).orElseThrow(() -> e);
    }
    for (Fit fit : fits) if (comparison.same(fit.right(), fit.claimed())) return right(fit, text);
    Optional<Verdict> otherwise = inOtherStructure(text);
    if (otherwise.isPresent()) return otherwise.get();
    Verdict verdict = fits.isEmpty() ? misshapen(claim.alone()) : wrong(fits);
    boolean unexplained = fits.isEmpty() || verdict.kind() == Verdict.Kind.WRONG;
    return unexplained ? ifSquare(text, verdict).orElse(verdict) : verdict;
  }

  /** What holds only under a condition holds for data that meet it. */
  Verdict judge(String text, Binding data) {
    Verdict verdict = judge(text);
    if (verdict.kind() != Verdict.Kind.RIGHT_ONLY_IF) return verdict;
    for (Fit fit : fits(new Claim(expression, text))) {
      if (!comparison.sameAt(data, fit.right(), fit.claimed())) continue;
      String message = "right for these data; in general " + verdict.message();
      String evidence = "the claim and the derivative have the same values for these data";
      return new Verdict(
          Verdict.Kind.RIGHT_FOR_DATA, message, fit.correct(), "", null, fit.label(), evidence);
    }
    return verdict;
  }

  /**
   * In every layout, the one that was asked for first, and as a matrix.
   *
   * @throws NablaException if the claim can't be read as any of these
   */
  private List<Fit> fits(Claim claim) {
    List<Fit> fits = new ArrayList<>();
    Set<Tensor> seen = new LinkedHashSet<>();
    NablaException unreadable = null;
    for (Layout layout : layouts()) {
      try {
        Derivative shown = derivative.in(layout);
        Tensor claimed = claim.as(shown.shape());
        if (claimed != null && seen.add(shown.tensor())) fits.add(fit(shown, claimed, claim));
        Vectorization vectors = derivative.vectorized(layout);
        Tensor matrix = vectors == null ? null : claim.as(vectors.tensor().shape());
        if (vectors != null && matrix != null && seen.add(vectors.tensor())) {
          fits.add(fit(vectors, matrix));
        }
      } catch (NablaException e) {
        if (unreadable == null) unreadable = e;
      }
    }
    if (fits.isEmpty() && unreadable != null) throw unreadable;
    return fits;
  }

  /** Whether the claim lets the entries of a structured variable move otherwise. */
  private Optional<Verdict> inOtherStructure(String text) {
    for (Derivative other : derivative.inOtherStructures()) {
      Verdict verdict = other.referee().rightAway(text);
      if (verdict == null) continue;
      String message = "right with --structure " + other.structure().label();
      boolean turned = verdict.kind() == Verdict.Kind.OTHER_LAYOUT;
      return Optional.of(
          new Verdict(
              Verdict.Kind.OTHER_STRUCTURE,
              turned ? verdict.message().replaceFirst("right", message) : message,
              verdict.correct(),
              "",
              null,
              verdict.label(),
              verdict.evidence()));
    }
    return Optional.empty();
  }

  /** The verdict if the claim is right as it stands, else null. */
  private @Nullable Verdict rightAway(String text) {
    return fits(new Claim(expression, text)).stream()
        .filter(fit -> comparison.same(fit.right(), fit.claimed()))
        .map(fit -> right(fit, text))
        .findFirst()
        .orElse(null);
  }

  private Fit fit(Derivative shown, Tensor claimed, Claim claim) {
    Derivative own = shown;
    Layout layout = shown.layout();
    if (shown.shape().size() == 1) {
      Problem alone = claim.alone();
      boolean row = alone != null && alone.row();
      if (row != shown.kind().equals("row")) layout = row ? Layout.NUMERATOR : Layout.DENOMINATOR;
      own = shown.in(layout);
    }
    boolean asked = layout == derivative.layout();
    String place = asked ? "" : "in " + layout.label() + " layout";
    return new Fit(own.text(), own.tensor(), claimed, place, "");
  }

  private Fit fit(Vectorization vectors, Tensor claimed) {
    String text = vectors.text();
    String correct = text == null ? derivative.text() : text;
    String label = text == null ? "" : vectors.label();
    return new Fit(correct, vectors.tensor(), claimed, "as " + vectors.label(), label);
  }

  /** The layout that was asked for first. */
  private List<Layout> layouts() {
    Set<Layout> layouts = new LinkedHashSet<>(List.of(derivative.layout()));
    layouts.addAll(List.of(Layout.values()));
    return List.copyOf(layouts);
  }

  private Verdict right(Fit fit, String text) {
    List<Tensor> domain = new ArrayList<>(expression.problem().written());
    domain.add(fit.right());
    boolean undefined = comparison.isUndefinedFor(domain, written(text, fit));
    if (!fit.place().isEmpty()) {
      String message = "right " + fit.place();
      return right(Verdict.Kind.OTHER_LAYOUT, message, fit);
    }
    boolean tooLong = letters(text) > LONG * letters(fit.correct());
    List<String> needed =
        tooLong || undefined ? furtherConditions(fit.claimed(), undefined) : List.of();
    if (!needed.isEmpty()) {
      String where = String.join(" and ", needed).replace(" invertible", " is invertible");
      String rest =
          derivative.conditions().isEmpty() ? " holds everywhere" : " needs no such condition";
      String message = "right where " + where + "; " + fit.correct() + rest;
      return right(Verdict.Kind.RIGHT_WHERE, message, fit);
    }
    if (undefined) {
      String message = "right where it is defined; " + fit.correct() + " is defined elsewhere, too";
      return right(Verdict.Kind.RIGHT_WHERE, message, fit);
    }
    return tooLong
        ? right(Verdict.Kind.RIGHT_BUT_LONG, "right, but shorter is " + fit.correct(), fit)
        : right(Verdict.Kind.RIGHT, "right", fit);
  }

  /** Those of signs count only if points were found where they are not met. */
  private List<String> furtherConditions(Tensor claimed, boolean undefined) {
    return derivative.furtherConditions(claimed).stream()
        .filter(condition -> undefined || !condition.matches(".* (>|≥|<|≤) .*"))
        .toList();
  }

  /** A claim and its parts. */
  private List<Tensor> written(String text, Fit fit) {
    Problem alone = new Claim(expression, text).alone();
    List<Tensor> written = new ArrayList<>(alone == null ? List.of() : alone.written());
    written.add(fit.claimed());
    return written;
  }

  private static long letters(String text) {
    return text.chars().filter(c -> c != ' ').count();
  }

  private Verdict right(Verdict.Kind kind, String message, Fit fit) {
    String evidence = comparison.evidence(fit.right(), fit.claimed());
    return new Verdict(kind, message, fit.correct(), "", null, fit.label(), evidence);
  }

  /** What is wrong in the arrangement in which least is. */
  private Verdict wrong(List<Fit> fits) {
    for (Fit fit : fits) {
      Optional<Verdict> multiple = comparison.multiple(fit.correct(), fit.right(), fit.claimed());
      if (multiple.isPresent()) return fit.named(multiple.get());
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
    return fit.named(comparison.wrong(fit.correct(), fit.right(), fit.claimed()));
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
        .anyMatch(fit -> comparison.same(fit.right(), fit.claimed()));
  }

  /** A claim as a tensor, of the shape in which it is right or in which it can be read. */
  Tensor claimed(String text) {
    List<Fit> fits = fits(new Claim(expression, text));
    for (Fit fit : fits) if (comparison.same(fit.right(), fit.claimed())) return fit.claimed();
    return fits.isEmpty()
        ? Elaboration.over(text, expression.problem().context()).tensor()
        : fits.getFirst().claimed();
  }

  private Verdict misshapen(@Nullable Problem alone) {
    String shape = alone == null ? "" : "the claim is " + described(alone.tensor().shape()) + ", ";
    return new Verdict(
        Verdict.Kind.SHAPE,
        shape + "the derivative is " + described(derivative.shape()) + orAsMatrix(),
        derivative.text(),
        "",
        null);
  }

  private String orAsMatrix() {
    Vectorization vectors = derivative.vectorized(Layout.NUMERATOR);
    return vectors == null
        ? ""
        : ", or " + described(vectors.tensor().shape()) + " as " + vectors.label();
  }

  static String described(List<Size> shape) {
    String kind = Expression.kind(shape.size(), false);
    if (shape.isEmpty()) return "a " + kind;
    return kind + shape.stream().map(Size::toString).collect(Collectors.joining(",", "[", "]"));
  }
}
