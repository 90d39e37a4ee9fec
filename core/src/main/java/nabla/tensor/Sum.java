package nabla.tensor;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A linear combination of tensors of one shape. Terms are distinct, carry no coefficient of their
 * own, are no sums, and are sorted; the sum without terms is zero.
 */
public final class Sum extends Tensor {

  /** One addend: {@code coefficient * tensor}. */
  public record Term(Rational coefficient, Tensor tensor) {}

  private final List<Term> terms;

  private Sum(List<Term> terms, List<Size> shape) {
    super(shape, digest(terms, shape));
    this.terms = List.copyOf(terms);
  }

  private static Digest digest(List<Term> terms, List<Size> shape) {
    Digest digest = Digest.tag("sum");
    if (terms.isEmpty()) for (Size size : shape) digest = digest.with(size);
    for (Term term : terms) {
      digest = digest.with(term.coefficient()).with(term.tensor().digest());
    }
    return digest;
  }

  /** Zero of a shape. */
  public static Sum zero(List<Size> shape) {
    return new Sum(List.of(), List.copyOf(shape));
  }

  /**
   * The linear combination with nested sums merged, equal terms added up and zeros dropped; a
   * single term comes back as a scaled tensor.
   */
  public static Tensor of(List<Term> terms, List<Size> shape) {
    Map<Tensor, Rational> merged = new LinkedHashMap<>();
    for (Term term : terms) collect(term.coefficient(), term.tensor(), merged);
    List<Term> kept = new ArrayList<>();
    merged.forEach(
        (tensor, coefficient) -> {
          if (!coefficient.isZero()) kept.add(new Term(coefficient, tensor));
        });
    if (kept.size() == 1)
      return Tensors.scale(kept.getFirst().coefficient(), kept.getFirst().tensor());
    kept.sort(Comparator.comparing(term -> term.tensor().digest()));
    return new Sum(kept, List.copyOf(shape));
  }

  private static void collect(Rational factor, Tensor tensor, Map<Tensor, Rational> merged) {
    switch (tensor) {
      case Sum sum -> {
        for (Term t : sum.terms) collect(factor.times(t.coefficient()), t.tensor(), merged);
      }
      case Einsum product when !product.coefficient().isOne() ->
          collect(factor.times(product.coefficient()), product.withoutCoefficient(), merged);
      default -> merged.merge(tensor, factor, Rational::plus);
    }
  }

  public List<Term> terms() {
    return terms;
  }

  public boolean isZero() {
    return terms.isEmpty();
  }

  /**
   * The largest rational that divides every coefficient and leaves whole numbers without a common
   * divisor, the first of them positive; 1 for zero.
   */
  public Rational content() {
    if (terms.isEmpty()) return Rational.ONE;
    BigInteger numerator = BigInteger.ZERO;
    BigInteger denominator = BigInteger.ONE;
    for (Term term : terms) {
      numerator = numerator.gcd(term.coefficient().numerator());
      BigInteger d = term.coefficient().denominator();
      denominator = denominator.multiply(d).divide(denominator.gcd(d));
    }
    Rational content = new Rational(numerator, denominator);
    return terms.getFirst().coefficient().signum() < 0 ? content.negate() : content;
  }

  /** This sum with every coefficient multiplied. */
  public Tensor times(Rational factor) {
    if (factor.isZero()) return zero(shape());
    return new Sum(
        terms.stream().map(t -> new Term(t.coefficient().times(factor), t.tensor())).toList(),
        shape());
  }

  @Override
  public List<Tensor> operands() {
    return terms.stream().map(Term::tensor).toList();
  }

  @Override
  public Tensor mapOperands(UnaryOperator<Tensor> change) {
    return of(
        terms.stream().map(t -> new Term(t.coefficient(), change.apply(t.tensor()))).toList(),
        shape());
  }

  @Override
  boolean symmetricContent() {
    return equals(Tensors.transpose(this));
  }
}
