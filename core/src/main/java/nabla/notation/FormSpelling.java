package nabla.notation;

import java.util.ArrayList;
import java.util.List;
import nabla.lang.BinaryOperator;
import nabla.lang.Syntax;
import nabla.operation.Activation;
import nabla.tensor.Elementwise;
import nabla.tensor.Rational;
import nabla.tensor.Unit;
import org.jspecify.annotations.Nullable;

/** Matrices, vectors and the numbers made of them, from {@link Form} to syntax. */
final class FormSpelling {
  private final Spelling spelling;

  FormSpelling(Spelling spelling) {
    this.spelling = spelling;
  }

  Syntax of(Form form) {
    return switch (form) {
      case Form.Leaf l -> l.turned() ? spelling.turned(l.tensor()) : spelling.of(l.tensor());
      case Form.Chain c -> chain(c.parts());
      case Form.Hadamard h -> hadamard(h);
      case Form.Diagonal d -> Build.call("diag", of(d.vector()));
      case Form.DiagonalOf d -> turnedIf(d.turned(), Build.call("diag", eitherWay(d.matrix())));
      case Form.Ones o ->
          turnedIf(o.turned(), Build.call("ones", o.shape().stream().map(Build::size).toList()));
      case Form.Identity i -> Build.call("eye", Build.size(i.size()));
      case Form.Kronecker k -> Build.call("kron", of(k.left()), of(k.right()));
      case Form.Commutation k -> Build.call("K", Build.size(k.rows()), Build.size(k.columns()));
      case Form.Call c ->
          turnedIf(
              c.turned(), Build.call(c.function(), c.arguments().stream().map(this::of).toList()));
      case Form.ColumnKronecker k when k.turned() ->
          spelling.shortest(
              List.of(
                  Build.call("kron", of(k.left().turn()), of(k.right().turn())),
                  Build.transpose(Build.call("kron", of(k.left()), of(k.right())))));
      case Form.ColumnKronecker k -> Build.call("kron", of(k.left()), of(k.right()));
      case Form.Vectorized v -> turnedIf(v.turned(), Build.call("vec", of(v.matrix())));
    };
  }

  private static Syntax turnedIf(boolean turned, Syntax syntax) {
    return turned ? Build.transpose(syntax) : syntax;
  }

  /** A matrix of which only the diagonal counts. */
  private Syntax eitherWay(Form matrix) {
    return spelling.shortest(List.of(of(matrix), of(matrix.turn())));
  }

  /** Equal neighbours become powers. */
  private Syntax chain(List<Form> parts) {
    List<Syntax> factors = new ArrayList<>();
    for (int k = 0; k < parts.size(); ) {
      int cut = Slicing.length(parts, k);
      if (cut > 1) {
        factors.add(new Slicing(this).of(parts.subList(k, k + cut)));
        k += cut;
        continue;
      }
      int next = k + 1;
      while (next < parts.size()
          && parts.get(next).equals(parts.get(k))
          && Slicing.length(parts, next) == 1) next++;
      Syntax factor = of(parts.get(k));
      int count = next - k;
      factors.add(
          count == 1 ? factor : Build.binary(BinaryOperator.POWER, factor, Build.integer(count)));
      k = next;
    }
    return ProductSpelling.product(factors);
  }

  private Syntax hadamard(Form.Hadamard h) {
    Syntax turnedInside = entrywise(Form.powers(h));
    if (!h.turned()) return turnedInside;
    return spelling.shortest(List.of(Build.transpose(entrywise(h.parts())), turnedInside));
  }

  private Syntax entrywise(List<Form.Powered> parts) {
    List<Syntax> above = new ArrayList<>();
    List<Syntax> below = new ArrayList<>();
    for (Form.Powered p : parts) {
      boolean dropped = p.form() instanceof Form.Ones && p.exponent().isOne();
      if (dropped) continue;
      (p.exponent().signum() < 0 ? below : above).add(power(of(p.form()), p.exponent().abs()));
    }
    above.sort(spelling.simpler());
    below.sort(spelling.simpler());
    if (above.isEmpty()) return onlyBelow(parts, below);
    Syntax quotient = join(above);
    return below.isEmpty()
        ? quotient
        : Build.binary(BinaryOperator.ELEMENTWISE_DIVIDE, quotient, join(below));
  }

  private Syntax onlyBelow(List<Form.Powered> parts, List<Syntax> below) {
    for (Form.Powered p : parts) {
      if (p.form() instanceof Form.Ones) {
        return below.isEmpty()
            ? of(p.form())
            : Build.binary(BinaryOperator.ELEMENTWISE_DIVIDE, of(p.form()), join(below));
      }
    }
    return Build.binary(
        BinaryOperator.ELEMENTWISE_POWER, join(below), Build.negate(Build.integer(1)));
  }

  private static Syntax join(List<Syntax> factors) {
    Syntax product = factors.getFirst();
    for (Syntax f : factors.subList(1, factors.size())) {
      product = Build.binary(BinaryOperator.ELEMENTWISE_MULTIPLY, product, f);
    }
    return product;
  }

  private static Syntax power(Syntax base, Rational exponent) {
    if (exponent.isOne()) return base;
    if (exponent.equals(Rational.HALF)) return Build.call("sqrt", base);
    return Build.binary(BinaryOperator.ELEMENTWISE_POWER, base, Build.number(exponent));
  }

  /** A form summed over its axes. */
  Syntax closed(Form form, boolean matrix) {
    List<Form.Powered> parts = Form.powers(form);
    if (parts.size() == 1) return single(parts.getFirst(), matrix);
    if (parts.size() == 2) {
      Syntax entry = entry(parts.get(0), parts.get(1));
      if (entry == null) entry = entry(parts.get(1), parts.get(0));
      if (entry != null) return entry;
    }
    Syntax sum = Build.call("sum", eitherWay(form));
    List<Syntax> ways = new ArrayList<>();
    for (Form.Powered p : parts) {
      if (!p.exponent().isOne()) continue;
      List<Form.Powered> others = new ArrayList<>(parts);
      others.remove(p);
      Form rest = Form.of(others);
      boolean below = others.stream().allMatch(o -> o.exponent().signum() < 0);
      if (below || (matrix && others.size() > 1)) continue;
      ways.addAll(
          matrix ? traces(p.form(), rest) : List.of(of(Form.multiply(p.form().turn(), rest))));
    }
    if (ways.isEmpty()) return sum;
    Syntax product = spelling.shortest(ways);
    return spelling.length(sum) < spelling.length(product) ? sum : product;
  }

  /** The power of one entry, {@code x[2]^3}. */
  private @Nullable Syntax entry(Form.Powered at, Form.Powered of) {
    if (of.exponent().isOne() || !of.form().isVector()) return null;
    if (!(at.form() instanceof Form.Leaf l) || !(l.tensor() instanceof Unit u)) return null;
    Syntax entry = Build.index(of(of.form()), List.of(Build.integer(u.index())));
    Rational power = of.exponent().abs();
    Syntax raised =
        power.isOne() ? entry : Build.binary(BinaryOperator.POWER, entry, Build.number(power));
    return of.exponent().signum() < 0 ? Build.over(Build.integer(1), raised) : raised;
  }

  private List<Syntax> traces(Form left, Form right) {
    boolean plain = !(right instanceof Form.Hadamard);
    return plain ? traces(Form.multiply(left.turn(), right)) : List.of();
  }

  /** Every way to begin the circle of a trace, in both directions. */
  private List<Syntax> traces(Form matrix) {
    List<Syntax> ways = new ArrayList<>();
    for (Form direction : List.of(matrix, matrix.turn())) {
      List<Form> circle = new ArrayList<>(Form.chain(direction));
      for (int k = 0; k < circle.size(); k++) {
        ways.add(Build.call("tr", chain(circle)));
        circle.addLast(circle.removeFirst());
      }
    }
    return ways;
  }

  private Syntax single(Form.Powered part, boolean matrix) {
    Form form = part.form();
    if (part.exponent().equals(Rational.TWO)) return square(form, matrix);
    if (!part.exponent().isOne()) return Build.call("sum", of(Form.of(List.of(part))));
    return switch (form) {
      case Form.DiagonalOf d -> spelling.shortest(traces(d.matrix()));
      case Form.Vectorized v -> Build.call("sum", of(v.matrix()));
      case Form.Leaf(Elementwise e, _) when e.operator().equals(Activation.ABS) ->
          Build.call("norm1", spelling.of(e.operands().getFirst()));
      case Form.Chain c when c.parts().getLast() instanceof Form.Ones && !matrix ->
          Build.call("sum", eitherWay(new Form.Chain(c.parts().subList(0, c.parts().size() - 1))));
      default -> Build.call("sum", eitherWay(form));
    };
  }

  private Syntax square(Form form, boolean matrix) {
    Syntax norm = Build.binary(BinaryOperator.POWER, normOf(form), Build.integer(2));
    if (matrix) return norm;
    return spelling.shortest(List.of(norm, of(Form.multiply(form.turn(), form))));
  }

  /** norm2(u) if the form, summed, is u'*u; otherwise null. */
  @Nullable Syntax norm(Form form) {
    List<Form.Powered> parts = Form.powers(form);
    boolean square = parts.size() == 1 && parts.getFirst().exponent().equals(Rational.TWO);
    return square ? normOf(parts.getFirst().form()) : null;
  }

  /** Of a matrix or of its transpose, whichever is shorter. */
  private Syntax normOf(Form form) {
    return Build.call("norm2", form.isVector() ? of(form) : eitherWay(form));
  }
}
