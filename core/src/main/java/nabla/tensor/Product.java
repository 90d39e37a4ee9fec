package nabla.tensor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;

/**
 * Builds an {@link Einsum}: hand out labels, multiply factors onto them, name the output.
 *
 * <pre>{@code
 * // A*x
 * var p = new Product();
 * int i = p.label(m), j = p.label(n);
 * Tensor y = p.factor(A, i, j).factor(x, j).to(i);
 * }</pre>
 *
 * Building eliminates unit tensors, ones and Fuse pairs, adds up exponents of equal factors, splits
 * off scalar factors and brings the rest into canonical form. Products nested in products are taken
 * over as they are unless they merely relabel, so that shared work stays shared; {@link
 * #flattening()} dissolves them all, for display.
 */
public final class Product {
  /** Canonical labels cost the cube of the number of factors, or more if many are equal. */
  private static final int MOST_FACTORS = 210;

  /** A product that has so many factors takes in no further product whole. */
  private static final int MOST_FLATTENED = 100;

  /** The derivative of a product has the square of its factors. */
  private static final int MOST_SCALARS = 300;

  private Rational coefficient = Rational.ONE;
  private boolean flatten;
  private boolean zero;
  private final java.util.BitSet forgotten = new java.util.BitSet();
  private final List<Size> sizes = new ArrayList<>();
  private final List<Integer> parent = new ArrayList<>();
  private final List<Einsum.Factor> factors = new ArrayList<>();
  private List<Integer> pendingOutput = List.of();

  /** The number 1, over no axes. */
  public Product() {}

  /** Dissolves nested products from here on, but for those that would make this one too long. */
  public Product flattening() {
    flatten = true;
    return this;
  }

  /** Whether all products nested in a product can be dissolved; half of them would be worse. */
  public static boolean canFlatten(Einsum product) {
    int count = 0;
    for (Einsum.Factor f : product.factors()) {
      count += f.tensor() instanceof Einsum e ? e.factors().size() : 1;
    }
    return count <= MOST_FLATTENED;
  }

  /** A new label. */
  public int label(Size size) {
    sizes.add(size);
    parent.add(sizes.size() - 1);
    return sizes.size() - 1;
  }

  /** A new label for each axis. */
  public List<Integer> labels(List<Size> shape) {
    List<Integer> labels = new ArrayList<>();
    for (Size size : shape) labels.add(label(size));
    return labels;
  }

  public Product times(Rational factor) {
    coefficient = coefficient.times(factor);
    return this;
  }

  /** A label that vanished with its factors: if nothing carries it, no sum over it is meant. */
  public Product forget(int label) {
    forgotten.set(label);
    return this;
  }

  /** Makes two labels one, as multiplication by a unit tensor would. */
  public Product unify(int first, int second) {
    int a = find(first);
    int b = find(second);
    if (a != b) parent.set(Math.max(a, b), Math.min(a, b));
    return this;
  }

  private int find(int label) {
    int root = label;
    while (parent.get(root) != root) root = parent.get(root);
    return root;
  }

  public Product factor(Tensor tensor, Integer... labels) {
    return factor(tensor, Rational.ONE, List.of(labels));
  }

  public Product factor(Tensor tensor, List<Integer> labels) {
    return factor(tensor, Rational.ONE, labels);
  }

  /**
   * Multiplies by the elementwise power of a tensor.
   *
   * @throws IllegalArgumentException unless there is a label for every axis
   */
  public Product factor(Tensor tensor, Rational exponent, List<Integer> labels) {
    if (labels.size() != tensor.rank()) {
      throw new IllegalArgumentException(labels.size() + " labels for " + tensor.shape());
    }
    if (exponent.isZero()) return this;
    switch (tensor) {
      case Sum sum when sum.isZero() && exponent.signum() > 0 -> zero = true;
      case Sum sum -> factorSum(sum, exponent, labels);
      case Einsum product -> factorProduct(product, exponent, labels);
      default -> factors.add(new Einsum.Factor(tensor, exponent, List.copyOf(labels)));
    }
    return this;
  }

  /** Multiplies by a tensor, factor by factor if it is a product itself. */
  public Product dissolved(Tensor tensor, List<Integer> labels) {
    if (tensor instanceof Einsum product) inline(product, Rational.ONE, labels);
    else factor(tensor, labels);
    return this;
  }

  /** A sum enters as a primitive one: what all its coefficients share becomes a coefficient. */
  private void factorSum(Sum sum, Rational exponent, List<Integer> labels) {
    Rational content = sum.content();
    Rational power = Powers.exact(content, exponent);
    if (content.isOne() || power == null) {
      Rational magnitude = Powers.exact(content.abs(), exponent);
      if (content.abs().isOne() || magnitude == null) {
        factors.add(new Einsum.Factor(sum, exponent, List.copyOf(labels)));
        return;
      }
      content = content.abs();
      power = magnitude;
    }
    coefficient = coefficient.times(power);
    Tensor primitive = sum.times(content.inverse());
    factors.add(new Einsum.Factor(primitive, exponent, List.copyOf(labels)));
  }

  private void factorProduct(Einsum product, Rational exponent, List<Integer> labels) {
    boolean plain = exponent.isOne();
    boolean fits = factors.size() + product.factors().size() <= MOST_FLATTENED;
    boolean light = product.factors().size() <= 1 || product.rank() == 0 || (flatten && fits);
    boolean connectedScalar = product.rank() == 0 && product.contracts();
    if (plain && light && !connectedScalar) {
      inline(product, Rational.ONE, labels);
      return;
    }
    boolean repeats = product.output().stream().distinct().count() < product.rank();
    // 1/0 is not 0: what a structural constant leaves out is divided by, too.
    boolean holes =
        exponent.signum() < 0 && product.factors().stream().anyMatch(f -> structural(f.tensor()));
    if (!plain && !product.contracts() && !repeats && !holes) {
      if (exponent.isInteger() && !product.coefficient().isZero()) {
        inline(product, exponent, labels);
        return;
      }
      if (inlineRoot(product, exponent, labels)) return;
    }
    factors.add(new Einsum.Factor(product, exponent, List.copyOf(labels)));
  }

  /** (c f^e)^r = c^r f^(e r) for one factor, c > 0 with an exact root, and e no even number. */
  private boolean inlineRoot(Einsum product, Rational exponent, List<Integer> labels) {
    Rational power = Powers.exact(product.coefficient(), exponent);
    if (product.factors().isEmpty()) {
      if (power == null) return false;
      coefficient = coefficient.times(power);
      return true;
    }
    if (product.factors().size() > 1) {
      if (power == null || power.isOne()) return false;
      coefficient = coefficient.times(power);
      factor(product.withoutCoefficient(), exponent, labels);
      return true;
    }
    Rational inner = product.factors().getFirst().exponent();
    boolean even = inner.numerator().getLowestSetBit() > 0;
    if (power == null || even) return false;
    inline(product, exponent, labels);
    return true;
  }

  /** Multiplies by a product raised to a power that may pass to its factors. */
  private void inline(Einsum product, Rational exponent, List<Integer> labels) {
    Rational power = Powers.exact(product.coefficient(), exponent);
    if (power == null) {
      throw new NablaException(
          Code.LIMIT,
          product.coefficient() + "^" + exponent + " has too many digits to be written out");
    }
    coefficient = coefficient.times(power);
    List<Integer> renamed = new ArrayList<>();
    for (int k = 0; k < product.sizes().size(); k++) renamed.add(-1);
    for (int axis = 0; axis < product.rank(); axis++) {
      int inner = product.output().get(axis);
      if (renamed.get(inner) < 0) renamed.set(inner, labels.get(axis));
      else unify(renamed.get(inner), labels.get(axis));
    }
    for (int k = 0; k < renamed.size(); k++) {
      if (renamed.get(k) < 0) renamed.set(k, label(product.sizes().get(k)));
    }
    for (Einsum.Factor f : product.factors()) {
      List<Integer> mapped = f.labels().stream().map(renamed::get).toList();
      factor(f.tensor(), f.exponent().times(exponent), mapped);
    }
  }

  /** Takes over a product factor by factor, with another coefficient and the same output. */
  Product relabelled(Einsum product, Rational newCoefficient) {
    coefficient = newCoefficient;
    for (Size size : product.sizes()) label(size);
    for (Einsum.Factor f : product.factors()) factor(f.tensor(), f.exponent(), f.labels());
    pendingOutput = product.output();
    return this;
  }

  Tensor toOutput() {
    return to(pendingOutput);
  }

  public Tensor to(Integer... output) {
    return to(List.of(output));
  }

  /** The product summed over every label that is not in {@code output}. */
  public Tensor to(List<Integer> output) {
    List<Size> shape = output.stream().map(sizes::get).toList();
    if (zero || coefficient.isZero()) return Sum.zero(shape);
    List<Integer> roots = roots(output);
    List<Einsum.Factor> merged = merge(output);
    if (zero) return Sum.zero(shape);
    roots = roots(roots);
    List<Einsum.Factor> scalars = new ArrayList<>();
    List<Einsum.Factor> attached = new ArrayList<>();
    split(merged, roots, scalars, attached);
    if (attached.size() > MOST_FACTORS) {
      throw new NablaException(
          Code.LIMIT, "a product of more than " + MOST_FACTORS + " vectors and matrices");
    }
    if (scalars.size() > MOST_SCALARS) {
      throw new NablaException(Code.LIMIT, "a product of more than " + MOST_SCALARS + " numbers");
    }
    return assemble(scalars, attached, roots);
  }

  /** Applies the unifications, eliminates structural constants and adds exponents, to the end. */
  private List<Einsum.Factor> merge(List<Integer> output) {
    while (true) {
      List<Einsum.Factor> before = List.copyOf(factors);
      Map<Tensor, Map<List<Integer>, Rational>> exponents = new LinkedHashMap<>();
      for (Einsum.Factor f : before) {
        List<Integer> labels = canonicalAxes(f);
        exponents
            .computeIfAbsent(f.tensor(), t -> new LinkedHashMap<>())
            .merge(labels, f.exponent(), (a, b) -> structural(f.tensor()) ? a : a.plus(b));
      }
      factors.clear();
      exponents.forEach((tensor, uses) -> uses.forEach((labels, e) -> addPower(tensor, e, labels)));
      List<Integer> kept = roots(output);
      boolean eliminated = StructuralConstants.eliminate(factors, kept, this);
      if (!eliminated && factors.equals(before)) return before;
    }
  }

  /** A literal to a whole power is a coefficient; a power of a product may pass to its factors. */
  private void addPower(Tensor tensor, Rational exponent, List<Integer> labels) {
    if (exponent.isZero()) return;
    if (tensor instanceof Einsum e && e.factors().isEmpty() && e.rank() == 0) {
      Rational power = Powers.exact(e.coefficient(), exponent);
      if (power != null) {
        coefficient = coefficient.times(power);
        return;
      }
    }
    if (tensor instanceof Einsum e && !exponent.isOne()) {
      factorProduct(e, exponent, labels);
      return;
    }
    factors.add(new Einsum.Factor(tensor, structural(tensor) ? Rational.ONE : exponent, labels));
  }

  private static boolean structural(Tensor tensor) {
    return tensor instanceof Structural s && s.isIndicator();
  }

  private List<Integer> canonicalAxes(Einsum.Factor f) {
    List<Integer> labels = roots(f.labels());
    if (labels.size() == 2 && labels.get(0) > labels.get(1) && f.tensor().isSymmetric()) {
      return List.of(labels.get(1), labels.get(0));
    }
    return labels;
  }

  /** What the labels have become by unification; the same list if that is nothing new. */
  private List<Integer> roots(List<Integer> labels) {
    boolean same = true;
    for (int label : labels) if (find(label) != label) same = false;
    return same ? labels : labels.stream().map(this::find).toList();
  }

  /** Called back by the elimination of structural constants. */
  void vanish() {
    zero = true;
  }

  /** The size of a label. */
  public Size size(int label) {
    return sizes.get(label);
  }

  /** Parts that no output label reaches become scalar factors of their own. */
  private void split(
      List<Einsum.Factor> all,
      List<Integer> output,
      List<Einsum.Factor> scalars,
      List<Einsum.Factor> attached) {
    Components components = new Components(all, output);
    Map<Integer, List<Einsum.Factor>> closed = new LinkedHashMap<>();
    for (Einsum.Factor f : all) {
      if (f.labels().isEmpty()) scalars.add(f);
      else if (components.touchesOutput(f)) attached.add(f);
      else closed.computeIfAbsent(components.of(f), k -> new ArrayList<>()).add(f);
    }
    for (int k = 0; k < sizes.size(); k++) {
      if (find(k) == k && !components.carries(k) && !output.contains(k) && !forgotten.get(k)) {
        factorExtent(sizes.get(k), scalars);
      }
    }
    for (List<Einsum.Factor> part : closed.values()) addScalar(scalars, part);
  }

  private void factorExtent(Size size, List<Einsum.Factor> scalars) {
    if (size.isNumber()) coefficient = coefficient.times(Rational.of(size.value(Map.of())));
    else addExponent(scalars, Extent.of(size), Rational.ONE);
  }

  private void addScalar(List<Einsum.Factor> scalars, List<Einsum.Factor> part) {
    Tensor scalar = CanonicalLabels.product(Rational.ONE, part, List.of(), sizes);
    addExponent(scalars, scalar, Rational.ONE);
  }

  private static void addExponent(List<Einsum.Factor> scalars, Tensor scalar, Rational exponent) {
    for (int k = 0; k < scalars.size(); k++) {
      Einsum.Factor f = scalars.get(k);
      if (f.tensor().equals(scalar)) {
        Rational sum = f.exponent().plus(exponent);
        if (sum.isZero()) scalars.remove(k);
        else scalars.set(k, new Einsum.Factor(scalar, sum, List.of()));
        return;
      }
    }
    scalars.add(new Einsum.Factor(scalar, exponent, List.of()));
  }

  private Tensor assemble(
      List<Einsum.Factor> scalars, List<Einsum.Factor> attached, List<Integer> output) {
    if (coefficient.isZero()) {
      return Sum.zero(output.stream().map(sizes::get).toList());
    }
    List<Einsum.Factor> all = new ArrayList<>(scalars);
    all.addAll(attached);
    if (all.size() == 1 && coefficient.isOne() && all.getFirst().isPlain()) {
      Einsum.Factor only = all.getFirst();
      boolean straight = only.labels().equals(output);
      boolean turned = only.tensor().isSymmetric() && only.labels().reversed().equals(output);
      if ((straight || turned) && distinct(output)) return only.tensor();
    }
    return CanonicalLabels.product(coefficient, all, output, sizes);
  }

  private static boolean distinct(List<Integer> labels) {
    return labels.stream().distinct().count() == labels.size();
  }

  /** Which factors hang together through summed labels. */
  private static final class Components {
    private final Map<Integer, Integer> parent = new HashMap<>();
    private final List<Integer> outputs = new ArrayList<>();

    Components(List<Einsum.Factor> factors, List<Integer> output) {
      for (Einsum.Factor f : factors) {
        for (int label : f.labels()) join(f.labels().getFirst(), label);
      }
      for (int label : output) if (carries(label)) outputs.add(root(label));
    }

    boolean carries(int label) {
      return parent.containsKey(label);
    }

    int of(Einsum.Factor f) {
      return root(f.labels().getFirst());
    }

    boolean touchesOutput(Einsum.Factor f) {
      return outputs.contains(of(f));
    }

    private void join(int a, int b) {
      parent.putIfAbsent(a, a);
      parent.putIfAbsent(b, b);
      int x = root(a);
      int y = root(b);
      if (x != y) parent.put(Math.max(x, y), Math.min(x, y));
    }

    private int root(int label) {
      int r = label;
      while (true) {
        int next = java.util.Objects.requireNonNull(parent.get(r));
        if (next == r) return r;
        r = next;
      }
    }
  }
}
