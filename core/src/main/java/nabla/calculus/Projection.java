package nabla.calculus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.operation.DiagonalMap;
import nabla.tensor.Extent;
import nabla.tensor.Product;
import nabla.tensor.Property;
import nabla.tensor.Rational;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.TermByTerm;
import nabla.tensor.Triangle;
import nabla.tensor.Variable;

/**
 * The derivative by a structured variable from the one by all its entries, G. Either projected onto
 * the changes that keep the structure, or by its free entries.
 *
 * <pre>
 *                projected              free entries
 * symmetric      (G + G')/2             G + G' - G.*I
 * skew           (G - G')/2             G - G'
 * diagonal       G.*I                   the same
 * lower, upper   tril(G), triu(G)       the same
 * Toeplitz       mean of each diagonal  sum of each diagonal
 * orthogonal X   G - X*sym(X'*G)        none
 * simplex        G - mean(G)            none
 * unit x         G - x*x'*G             none
 * </pre>
 *
 * <p>(Matrix Cookbook 2.8; Edelman, Arias and Smith 1998 for orthogonal matrices.)
 */
public final class Projection {
  private static final Set<Property> SYMMETRIC =
      EnumSet.of(Property.SYMMETRIC, Property.PD, Property.PSD);
  private static final Set<Property> CURVED = EnumSet.of(Property.ORTHOGONAL, Property.UNIT);

  private final Variable x;
  private final int first;

  /**
   * @param x the variable
   * @param first the first axis of the derivative that belongs to it
   */
  public Projection(Variable x, int first) {
    this.x = x;
    this.first = first;
  }

  /** Whether changes of the variable that keep its structure depend on where it is. */
  public static boolean isCurved(Variable x) {
    return x.properties().stream().anyMatch(CURVED::contains);
  }

  /** Whether the declared properties restrict how the entries may change. */
  public static boolean isStructured(Variable x) {
    return isCurved(x)
        || isSymmetric(x)
        || x.is(Property.SKEW)
        || x.is(Property.DIAGONAL)
        || x.is(Property.LOWER)
        || x.is(Property.UPPER)
        || x.is(Property.TOEPLITZ)
        || x.is(Property.SIMPLEX);
  }

  /** Rejects structures that meet where the changes that keep both are not those of either. */
  private void rejectMeeting() {
    boolean flat = isDiagonal(x) || isSymmetric(x) || x.is(Property.SKEW);
    boolean triangular = x.is(Property.LOWER) || x.is(Property.UPPER);
    boolean meet =
        x.is(Property.IDEMPOTENT)
            || (x.is(Property.ORTHOGONAL) && (flat || triangular || x.is(Property.TOEPLITZ)))
            || (x.is(Property.SKEW) && triangular)
            || (x.is(Property.UNIT) && x.is(Property.SIMPLEX));
    if (!meet) return;
    throw new NablaException(
        Code.UNSUPPORTED,
        "the changes that keep all that is declared of " + x.name() + " are not known");
  }

  private static boolean isSymmetric(Variable x) {
    return x.properties().stream().anyMatch(SYMMETRIC::contains);
  }

  /** Whether only the diagonal is free, by declaration or because several properties meet. */
  private static boolean isDiagonal(Variable x) {
    boolean triangular = x.is(Property.LOWER) || x.is(Property.UPPER);
    boolean both = x.is(Property.LOWER) && x.is(Property.UPPER);
    return x.is(Property.DIAGONAL) || both || (isSymmetric(x) && triangular);
  }

  /** The derivative along the changes that keep the structure. */
  public Tensor projected(Tensor g) {
    rejectMeeting();
    if (x.is(Property.TOEPLITZ)) return toeplitzProjected(g);
    if (isDiagonal(x)) return diagonal(g);
    if (x.is(Property.ORTHOGONAL)) return tangent(g);
    if (isSymmetric(x)) return half(Tensors.add(g, turned(g)));
    if (x.is(Property.SKEW)) return half(Tensors.subtract(g, turned(g)));
    if (x.is(Property.SIMPLEX)) return Tensors.subtract(g, mean(g));
    if (x.is(Property.UNIT)) return Tensors.subtract(g, radial(g));
    return triangular(g);
  }

  /**
   * The derivative by the free entries.
   *
   * @throws NablaException with {@link Code#UNSUPPORTED} if the structure leaves no entry free
   */
  public Tensor independent(Tensor g) {
    if (isCurved(x) || x.is(Property.SIMPLEX)) {
      throw new NablaException(
          Code.UNSUPPORTED,
          "the entries of "
              + x.name()
              + " are not free: it is "
              + x.properties().stream().sorted().map(Property::label).findFirst().orElse("")
              + "; use the structure projected");
    }
    rejectMeeting();
    if (x.is(Property.TOEPLITZ)) return toeplitzIndependent(g);
    if (isDiagonal(x)) return diagonal(g);
    if (isSymmetric(x)) {
      return Tensors.subtract(Tensors.add(g, turned(g)), diagonal(g));
    }
    if (x.is(Property.SKEW)) return Tensors.subtract(g, turned(g));
    return triangular(g);
  }

  /** The mean or the sum of each diagonal, at each of its entries. */
  private Tensor alongDiagonals(Tensor g, DiagonalMap map) {
    return TermByTerm.each(
        g,
        (product, labels) -> {
          List<Integer> output = new ArrayList<>(labels);
          for (int axis = 0; axis < 2; axis++) {
            output.set(first + axis, product.label(x.shape().get(axis)));
          }
          List<Integer> both = new ArrayList<>(output.subList(first, first + 2));
          both.addAll(labels.subList(first, first + 2));
          return product.factor(map.at(x.shape()), both).to(output);
        });
  }

  /** The trace on the diagonal. */
  private Tensor traceOnDiagonal(Tensor g) {
    return TermByTerm.each(
        g,
        (product, labels) -> {
          List<Integer> output = new ArrayList<>(labels);
          product.unify(labels.get(first), labels.get(first + 1));
          int place = product.label(x.shape().getFirst());
          output.set(first, place);
          output.set(first + 1, place);
          return product.to(output);
        });
  }

  private Tensor toeplitzProjected(Tensor g) {
    if (isDiagonal(x)) {
      Tensor size = Tensors.power(Extent.of(x.shape().getFirst()), Rational.MINUS_ONE);
      return TermByTerm.each(
          traceOnDiagonal(g), (product, labels) -> product.factor(size, List.of()).to(labels));
    }
    Tensor mean = alongDiagonals(g, DiagonalMap.MEAN);
    if (isSymmetric(x)) return half(Tensors.add(mean, turned(mean)));
    return x.is(Property.SKEW) ? half(Tensors.subtract(mean, turned(mean))) : triangular(mean);
  }

  private Tensor toeplitzIndependent(Tensor g) {
    if (isDiagonal(x)) return traceOnDiagonal(g);
    Tensor sum = alongDiagonals(g, DiagonalMap.SUM);
    if (isSymmetric(x)) {
      return Tensors.subtract(Tensors.add(sum, turned(sum)), traceOnDiagonal(g));
    }
    return x.is(Property.SKEW) ? Tensors.subtract(sum, turned(sum)) : triangular(sum);
  }

  /** With zeros where a triangular variable has them. */
  private Tensor triangular(Tensor g) {
    if (x.is(Property.LOWER)) return triangle(g, first, first + 1);
    return x.is(Property.UPPER) ? triangle(g, first + 1, first) : g;
  }

  private static Tensor half(Tensor g) {
    return Tensors.scale(Rational.HALF, g);
  }

  private Tensor turned(Tensor g) {
    List<Integer> order = new ArrayList<>();
    for (int axis = 0; axis < g.rank(); axis++) order.add(axis);
    Collections.swap(order, first, first + 1);
    return Tensors.permute(g, order);
  }

  private Tensor diagonal(Tensor g) {
    return TermByTerm.each(
        g, (product, labels) -> product.unify(labels.get(first), labels.get(first + 1)).to(labels));
  }

  private Tensor triangle(Tensor g, int row, int column) {
    Triangle triangle = new Triangle(x.shape().getFirst(), x.shape().getFirst());
    return TermByTerm.each(
        g,
        (product, labels) ->
            product.factor(triangle, labels.get(row), labels.get(column)).to(labels));
  }

  /** The mean over the axis, at each of its positions. */
  private Tensor mean(Tensor g) {
    return TermByTerm.each(
        g,
        (product, labels) -> {
          List<Integer> output = new ArrayList<>(labels);
          output.set(first, product.label(g.shape().get(first)));
          product.factor(Extent.of(g.shape().get(first)), Rational.MINUS_ONE, List.of());
          return product.to(output);
        });
  }

  /** x[i] x[k] G[k]. */
  private Tensor radial(Tensor g) {
    return TermByTerm.each(
        g,
        (product, labels) -> {
          List<Integer> output = new ArrayList<>(labels);
          output.set(first, product.label(g.shape().get(first)));
          product.factor(x, labels.get(first)).factor(x, output.get(first));
          return product.to(output);
        });
  }

  /** G - X (X'G + G'X)/2. */
  private Tensor tangent(Tensor g) {
    Tensor straight =
        TermByTerm.each(g, (product, labels) -> throughSquare(product, labels, false));
    Tensor crossed = TermByTerm.each(g, (product, labels) -> throughSquare(product, labels, true));
    return Tensors.subtract(g, half(Tensors.add(straight, crossed)));
  }

  /** X[i,k] X[l,k] G[l,j], or X[i,k] G[l,k] X[l,j] if crossed. */
  private Tensor throughSquare(Product product, List<Integer> labels, boolean crossed) {
    List<Integer> output = new ArrayList<>(labels);
    int l = labels.get(first);
    int k = product.label(x.shape().get(1));
    int i = product.label(x.shape().get(0));
    output.set(first, i);
    if (crossed) {
      int j = product.label(x.shape().get(1));
      output.set(first + 1, j);
      product.unify(k, labels.get(first + 1));
      product.factor(x, i, k).factor(x, l, j);
    } else {
      product.factor(x, i, k).factor(x, l, k);
    }
    return product.to(output);
  }
}
