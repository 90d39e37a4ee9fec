package nabla.notation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nabla.lang.Program;
import nabla.lang.Syntax;
import nabla.operation.Catalogue;
import nabla.operation.Operation;
import nabla.operation.Signature;

/**
 * How many axes a part of a formula has, as far as its parts tell: what norms and bars look like
 * depends on it.
 */
final class Ranks {
  static final int UNKNOWN = -1;

  private final Map<String, Integer> names;

  private Ranks(Map<String, Integer> names) {
    this.names = names;
  }

  /**
   * @param variables the number of axes of each variable
   */
  static Ranks of(Program program, Map<String, Integer> variables) {
    Ranks ranks = new Ranks(new HashMap<>(variables));
    for (Program.Definition d : program.definitions()) {
      int rank = d.indices().isEmpty() ? ranks.of(d.value()) : d.indices().size();
      ranks.names.put(d.name(), rank);
    }
    return ranks;
  }

  int of(Syntax s) {
    return switch (s) {
      case Syntax.Numeral _ -> 0;
      case Syntax.Name n -> names.getOrDefault(n.name(), n.name().equals("eye") ? 2 : 0);
      case Syntax.Negate n -> of(n.operand());
      case Syntax.Transpose t -> of(t.operand());
      case Syntax.Binary b -> binary(b);
      case Syntax.Call c -> call(c);
      case Syntax.Index i ->
          (int)
              i.indices().stream()
                  .filter(x -> x instanceof Syntax.Colon || x instanceof Syntax.Range)
                  .count();
      case Syntax.MatrixLiteral _, Syntax.Colon _, Syntax.Range _, Syntax.Text _ -> UNKNOWN;
    };
  }

  private int binary(Syntax.Binary b) {
    int left = of(b.left());
    int right = of(b.right());
    if (left == UNKNOWN || right == UNKNOWN) return UNKNOWN;
    return switch (b.operator()) {
      case ADD, SUBTRACT, ELEMENTWISE_MULTIPLY, ELEMENTWISE_DIVIDE, ELEMENTWISE_POWER ->
          Math.max(left, right);
      case MULTIPLY -> {
        if (left == 0 || right == 0) yield Math.max(left, right);
        boolean inner = left == 1 && right == 1 && isRow(b.left());
        if (inner) yield 0;
        yield left == 1 && right == 1 ? 2 : left + right - 2;
      }
      case DIVIDE, POWER -> left;
      case LEFT_DIVIDE -> right;
      case KRONECKER -> left == 1 && right == 1 ? 1 : 2;
    };
  }

  /** Whether a vector is written as a row. */
  private boolean isRow(Syntax s) {
    return switch (s) {
      case Syntax.Transpose t -> !isRow(t.operand());
      case Syntax.Negate n -> isRow(n.operand());
      case Syntax.Binary b ->
          of(b.left()) == 1 ? isRow(b.left()) : of(b.left()) == 0 && isRow(b.right());
      case Syntax.Index i ->
          !(i.indices().getFirst() instanceof Syntax.Colon) && of(i.target()) == 2;
      default -> false;
    };
  }

  private int call(Syntax.Call c) {
    List<Syntax> arguments = c.arguments();
    return switch (c.function()) {
      case "ones", "zeros" -> arguments.size();
      case "eye", "K", "matrix", "unvec" -> 2;
      case "unit", "vector" -> 1;
      case "transpose" -> of(arguments.getFirst());
      case "einsum" ->
          arguments.getFirst() instanceof Syntax.Text t
              ? t.text().replace(" ", "").replaceFirst(".*->", "").length()
              : UNKNOWN;
      default -> operation(Catalogue.find(c.function()), arguments);
    };
  }

  private int operation(
      @org.jspecify.annotations.Nullable Operation operation, List<Syntax> arguments) {
    if (operation == null) return UNKNOWN;
    List<Integer> ranks = arguments.stream().map(this::of).toList();
    for (Signature signature : operation.signatures()) {
      if (!fits(signature, ranks)) continue;
      if (!signature.result().any()) return signature.result().rank();
      return ranks.stream().mapToInt(Integer::intValue).max().orElse(UNKNOWN);
    }
    return UNKNOWN;
  }

  private static boolean fits(Signature signature, List<Integer> ranks) {
    if (signature.parameters().size() != ranks.size()) return false;
    for (int k = 0; k < ranks.size(); k++) {
      Signature.Parameter p = signature.parameters().get(k);
      if (!p.any() && p.rank() != ranks.get(k)) return false;
    }
    return true;
  }
}
