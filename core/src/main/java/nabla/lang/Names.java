package nabla.lang;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The free names of an expression.
 *
 * @param values names that stand for values, each at its first place, in order
 * @param sizes names that stand where a size is expected
 * @param columns names that are vectors for sure: transposed somewhere, or right of a matrix
 * @param indexed names that are indexed somewhere, with the number of indices
 */
record Names(
    List<Syntax.Name> values,
    Set<String> sizes,
    Set<String> columns,
    Map<String, Integer> indexed) {

  static Names of(Program program) {
    Map<String, Syntax.Name> values = new LinkedHashMap<>();
    Set<String> sizes = new LinkedHashSet<>();
    Set<String> columns = new LinkedHashSet<>();
    Map<String, Integer> indexed = new LinkedHashMap<>();
    Set<String> defined = new HashSet<>();
    for (Program.Definition d : program.all()) {
      Collector collector =
          new Collector(values, sizes, columns, indexed, defined, IndexNotation.isIn(d));
      collector.collect(d.value());
      defined.add(d.name());
    }
    return new Names(List.copyOf(values.values()), sizes, columns, indexed);
  }

  /** Walks with a stack of its own: expressions may be long chains. */
  private record Collector(
      Map<String, Syntax.Name> values,
      Set<String> sizes,
      Set<String> columns,
      Map<String, Integer> indexed,
      Set<String> defined,
      boolean indexForm) {

    void collect(Syntax root) {
      Deque<Syntax> open = new ArrayDeque<>(List.of(root));
      while (!open.isEmpty()) {
        Syntax s = open.pop();
        switch (s) {
          case Syntax.Name n -> {
            if (!defined.contains(n.name())) values.putIfAbsent(n.name(), n);
          }
          case Syntax.Transpose t -> {
            if (t.operand() instanceof Syntax.Name n) columns.add(n.name());
            open.push(t.operand());
          }
          case Syntax.Negate n -> open.push(n.operand());
          case Syntax.Binary b -> {
            if (b.operator() == BinaryOperator.MULTIPLY
                && b.right() instanceof Syntax.Name n
                && !KindChoices.isScalar(n.name())
                && isMatrix(b.left())) {
              columns.add(n.name());
            }
            open.push(b.right());
            open.push(b.left());
          }
          case Syntax.Index i -> index(i, open);
          case Syntax.Call c -> call(c, open);
          case Syntax.MatrixLiteral m ->
              m.rows().forEach(row -> row.reversed().forEach(open::push));
          case Syntax.Range r -> {
            sizeNames(r.from());
            sizeNames(r.to());
          }
          case Syntax.Numeral n -> {}
          case Syntax.Text t -> {}
          case Syntax.Colon c -> {}
        }
      }
    }

    /** Whether the letter, or that of the last factor, says matrix. */
    private static boolean isMatrix(Syntax left) {
      return switch (left) {
        case Syntax.Name n -> KindChoices.isMatrix(n.name());
        case Syntax.Transpose t -> isMatrix(t.operand());
        case Syntax.Binary b -> b.operator() == BinaryOperator.MULTIPLY && isMatrix(b.right());
        default -> false;
      };
    }

    private void index(Syntax.Index i, Deque<Syntax> open) {
      if (i.target() instanceof Syntax.Name n) indexed.put(n.name(), i.indices().size());
      if (!indexForm) {
        for (Syntax index : i.indices().reversed()) {
          if (index instanceof Syntax.Binary && Calls.polynomial(index) != null) sizeNames(index);
          else if (!Slices.isEnd(index)) open.push(index);
        }
        open.push(i.target());
        return;
      }
      for (Syntax index : i.indices()) {
        if (index instanceof Syntax.Binary b && b.right() instanceof Syntax.Binary times) {
          sizeNames(times.left());
        }
      }
      if (!IndexNotation.isConstant(i)) open.push(i.target());
    }

    private void call(Syntax.Call c, Deque<Syntax> open) {
      List<Syntax> own = Calls.sizeArguments(c);
      for (Syntax argument : own) sizeNames(argument);
      for (Syntax argument : c.arguments().reversed()) {
        if (!own.contains(argument)) open.push(argument);
      }
    }

    private void sizeNames(Syntax argument) {
      var size = Calls.polynomial(argument);
      if (size == null) return;
      for (String name : size.names()) if (!name.equals(Slices.END)) sizes.add(name);
    }
  }
}
