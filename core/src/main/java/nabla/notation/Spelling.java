package nabla.notation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.diagnostic.Span;
import nabla.lang.BinaryOperator;
import nabla.lang.Program;
import nabla.lang.Syntax;
import nabla.operation.Operation.Transposition;
import nabla.operation.Power;
import nabla.operation.Primitive;
import nabla.tensor.Alternating;
import nabla.tensor.Apply;
import nabla.tensor.Constant;
import nabla.tensor.Einsum;
import nabla.tensor.Elementwise;
import nabla.tensor.Extent;
import nabla.tensor.Fuse;
import nabla.tensor.Operator;
import nabla.tensor.Rational;
import nabla.tensor.Selection;
import nabla.tensor.Size;
import nabla.tensor.Structural;
import nabla.tensor.Sum;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Triangle;
import nabla.tensor.Unit;
import nabla.tensor.Variable;

/**
 * Tensors in matrix notation. Every tensor is spelled once, so that shared parts are shared syntax.
 * A part that has no matrix notation gets a name and is defined in index notation.
 */
final class Spelling {
  private static final int LONGEST_COMPARED = 300;

  /** What it costs a reader to look up a name, in tokens. */
  private static final int DEFINITION = 16;

  private final Map<Tensor, Boolean> matrices = new HashMap<>();
  private final Map<Tensor, Syntax> known = new HashMap<>();
  private final Map<Tensor, Syntax> turned = new HashMap<>();
  private final Set<Tensor> named = new HashSet<>();
  private final Map<Tensor, Program.Definition> definitions = new LinkedHashMap<>();
  private final IdentityHashMap<Syntax, String> texts = new IdentityHashMap<>();
  private final Tokens tokens = new Tokens();
  private final ProductSpelling products = new ProductSpelling(this);
  private final FreshNames names;
  private final Map<Tensor, Syntax> written;

  /**
   * @param names gives names to intermediates
   * @param written how the user wrote some parts
   */
  Spelling(FreshNames names, Map<Tensor, Syntax> written) {
    this.names = names;
    this.written = written;
  }

  /** Whether the negative of a sum, but not the sum, is a part of what the user wrote. */
  boolean prefersNegative(Sum sum) {
    return !written.isEmpty()
        && !written.containsKey(sum)
        && written.containsKey(sum.times(Rational.MINUS_ONE));
  }

  int length(Syntax syntax) {
    return tokens.count(syntax);
  }

  FreshNames names() {
    return names;
  }

  /** Whether a sum turned out to be too long for brackets; found once, since it is costly. */
  boolean needsName(Sum sum) {
    return named.contains(sum);
  }

  void needName(Sum sum) {
    named.add(sum);
  }

  /** The definitions of the parts without matrix notation, in the order of their use. */
  List<Program.Definition> definitions() {
    return List.copyOf(definitions.values());
  }

  /** Whether a tensor has a matrix notation of its own. */
  boolean isMatrixNotation(Tensor t) {
    Boolean answer = matrices.get(t);
    if (answer != null) return answer;
    boolean found =
        switch (t) {
          case Variable v -> true;
          case Constant c -> true;
          case Extent e -> true;
          case Structural c -> isMatrixNotation(c);
          case Elementwise e -> true;
          case Apply a -> true;
          case Sum s ->
              s.isZero() ? s.rank() <= 2 : s.operands().stream().allMatch(this::isMatrixNotation);
          case Einsum e -> products.isMatrixNotation(e);
        };
    matrices.put(t, found);
    return found;
  }

  /** A number, a column or a matrix; a name if there is no notation for it. */
  Syntax of(Tensor t) {
    Syntax syntax = known.get(t);
    if (syntax == null) {
      syntax = isMatrixNotation(t) ? asWritten(t, spell(t)) : define(t);
      known.put(t, syntax);
    }
    return syntax;
  }

  private Syntax asWritten(Tensor t, Syntax own) {
    Syntax user = written.get(t);
    return user != null && length(user) <= length(own) ? user : own;
  }

  private Syntax define(Tensor t) {
    String name = names.intermediate();
    List<String> axes = names.axes(t.rank(), Set.of());
    Syntax body = new IndexSpelling(this).definition(t, axes);
    definitions.put(t, new Program.Definition(name, axes, body, Span.NONE));
    Syntax syntax = Build.name(name);
    tokens.weigh(syntax, length(body) + DEFINITION);
    return syntax;
  }

  private Syntax spell(Tensor t) {
    return switch (t) {
      case Variable v -> Build.name(v.name());
      case Constant c -> Build.number(c.exact());
      case Extent e -> Build.size(e.size());
      case Structural c -> constant(c);
      case Elementwise e -> function(e.operator(), e.operands(), e.rank());
      case Apply a -> applied(a);
      case Sum s -> sum(s);
      case Einsum e -> products.of(Rational.ONE, e, false);
    };
  }

  private static boolean isMatrixNotation(Structural constant) {
    return switch (constant) {
      case Unit _, Triangle _, Selection _ -> true;
      case Fuse _, Alternating _ -> false;
    };
  }

  private static Syntax constant(Structural constant) {
    return switch (constant) {
      case Unit u -> Build.call("unit", Build.integer(u.index()), Build.size(u.size()));
      case Triangle t -> Build.call("tril", Build.call("ones", sizes(t.shape())));
      case Selection s ->
          Build.index(
              Build.call("eye", Build.size(s.size())),
              List.of(new Syntax.Colon(Span.NONE), Build.range(s)));
      case Fuse _, Alternating _ -> throw new IllegalStateException("no matrix notation");
    };
  }

  private static List<Syntax> sizes(List<Size> shape) {
    return shape.stream().map(Build::size).toList();
  }

  private Syntax function(Operator operator, List<Tensor> operands, int rank) {
    if (operator.equals(Power.POWER)) {
      BinaryOperator sign = rank == 0 ? BinaryOperator.POWER : BinaryOperator.ELEMENTWISE_POWER;
      Tensor base = operands.get(0);
      Tensor exponent = operands.get(1);
      Syntax left = isFilled(exponent) ? of(base) : filled(base);
      return Build.binary(sign, left, filled(exponent));
    }
    List<Tensor> written = Primitive.of(operator).written(operands);
    return Build.call(operator.name(), written.stream().map(this::of).toList());
  }

  /** inv, adj, det, logdet: of the matrix or of its transpose, whichever reads better. */
  private Syntax applied(Apply a) {
    Syntax plain = function(a.operator(), a.operands(), a.rank());
    Transposition transposition = Primitive.of(a.operator()).transposition();
    boolean invariant = transposition == Transposition.IDLE;
    if (transposition == Transposition.OTHER) return plain;
    Tensor matrix = a.operands().getFirst();
    if (matrix.rank() != 2 || matrix.isSymmetric() || !isMatrixNotation(matrix)) return plain;
    Syntax inner = Build.call(a.operator().name(), turned(matrix));
    Syntax other = invariant ? inner : Build.transpose(inner);
    int saved = length(plain) - length(other);
    boolean plainer = length(inner) < length(plain);
    return saved > 0 || (saved == 0 && plainer) ? other : plain;
  }

  /** A base or exponent, without the ones that a scalar was broadcast with; the other has them. */
  private Syntax filled(Tensor t) {
    return isFilled(t) ? of(products.scalarsOf((Einsum) t)) : of(t);
  }

  private static boolean isFilled(Tensor t) {
    return t.rank() > 0
        && t instanceof Einsum e
        && e.factors().stream().allMatch(f -> f.labels().isEmpty())
        && Set.copyOf(e.output()).size() == e.rank();
  }

  /** A column as a row, a matrix transposed; transposes stand at the leaves of products. */
  Syntax turned(Tensor t) {
    Syntax syntax = turned.get(t);
    if (syntax == null) {
      syntax = turn(t);
      turned.put(t, syntax);
    }
    return syntax;
  }

  private Syntax turn(Tensor t) {
    if (t.isSymmetric() || t.rank() == 0) return of(t);
    if (!isMatrixNotation(t)) return Build.transpose(of(t));
    if (t instanceof Einsum e) return products.of(Rational.ONE, e, true);
    Syntax whole = Build.transpose(of(t));
    if (t.rank() == 2
        && t instanceof Apply a
        && Primitive.of(a.operator()).transposition() == Transposition.FOLLOWS) {
      Syntax inner = Build.call(a.operator().name(), turned(a.operands().getFirst()));
      return length(inner) < length(whole) ? inner : whole;
    }
    if (t.rank() == 2 && (t instanceof Sum || t instanceof Elementwise)) {
      Syntax inner = of(transposed(t));
      if (length(inner) < length(whole)) return inner;
    }
    return whole;
  }

  private static Tensor transposed(Tensor t) {
    return switch (t) {
      case Elementwise e -> e.mapOperands(Spelling::transposed);
      default -> Tensors.transpose(t);
    };
  }

  private Syntax sum(Sum s) {
    if (s.isZero()) return zero(s.shape());
    Syntax blocks = new BlockSpelling(this).of(s);
    if (blocks != null) return blocks;
    List<Signed> terms = new ArrayList<>();
    for (Sum.Term term : s.terms()) terms.add(signed(term.coefficient(), term.tensor()));
    Syntax plain = join(terms);
    Rational content = s.content().abs();
    if (content.isOne()) return plain;
    List<Signed> primitive = new ArrayList<>();
    for (Sum.Term term : s.terms()) {
      primitive.add(signed(term.coefficient().dividedBy(content), term.tensor()));
    }
    Syntax factored = scaled(content, join(primitive));
    return length(factored) < length(plain) ? factored : plain;
  }

  private static Syntax scaled(Rational factor, Syntax body) {
    if (Build.isDecimal(factor)) return Build.times(Build.number(factor), body);
    Syntax above = Build.number(new Rational(factor.numerator(), java.math.BigInteger.ONE));
    Syntax below = Build.number(new Rational(factor.denominator(), java.math.BigInteger.ONE));
    boolean unit = factor.numerator().equals(java.math.BigInteger.ONE);
    return Build.over(unit ? body : Build.times(above, body), below);
  }

  /** A term and the sign before it. */
  record Signed(boolean negative, Syntax syntax) {}

  private Signed signed(Rational coefficient, Tensor tensor) {
    Syntax syntax =
        coefficient.isOne() ? of(tensor) : products.of(coefficient, Einsum.view(tensor), false);
    return syntax instanceof Syntax.Negate n
        ? new Signed(true, n.operand())
        : new Signed(false, syntax);
  }

  /** Long terms first, the first one positive if there is one. */
  Syntax join(List<Signed> terms) {
    List<Signed> sorted = new ArrayList<>(terms);
    sorted.sort(Comparator.comparing(Signed::syntax, longestFirst()));
    for (int k = 0; k < sorted.size(); k++) {
      if (sorted.get(k).negative()) continue;
      sorted.addFirst(sorted.remove(k));
      break;
    }
    Signed first = sorted.getFirst();
    Syntax sum = first.negative() ? Build.negate(first.syntax()) : first.syntax();
    for (Signed term : sorted.subList(1, sorted.size())) {
      BinaryOperator sign = term.negative() ? BinaryOperator.SUBTRACT : BinaryOperator.ADD;
      sum = Build.binary(sign, sum, term.syntax());
    }
    return sum;
  }

  private Comparator<Syntax> longestFirst() {
    return Comparator.<Syntax>comparingInt(s -> transposes(s) - length(s))
        .thenComparingInt(this::transposes)
        .thenComparing(this::comparableText);
  }

  private int transposes(Syntax syntax) {
    String text = comparableText(syntax);
    int count = 0;
    for (int k = 0; k < text.length(); k++) if (text.charAt(k) == '\'') count++;
    return count;
  }

  /** The order of factors: fewer tokens, then the alphabet. */
  Comparator<Syntax> simpler() {
    return Comparator.<Syntax>comparingInt(this::length).thenComparing(this::comparableText);
  }

  private String comparableText(Syntax syntax) {
    if (length(syntax) > LONGEST_COMPARED) return "";
    return texts.computeIfAbsent(syntax, LinearPrinter::text);
  }

  private static Syntax zero(List<Size> shape) {
    if (shape.isEmpty()) return Build.integer(0);
    return Build.call("zeros", shape.stream().map(Build::size).toList());
  }

  /** The best of some ways to write the same. */
  Syntax shortest(List<Syntax> candidates) {
    return candidates.stream().min(simpler()).orElseThrow();
  }
}
