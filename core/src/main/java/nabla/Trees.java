package nabla;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nabla.lang.Program;
import nabla.lang.Syntax;

/** Trees of what was written. */
final class Trees {
  private Trees() {}

  /** The result of a program, with its definitions in place. */
  static Tree of(Program program) {
    Map<String, Tree> defined = new HashMap<>();
    Tree result = new Tree.Operation("", List.of());
    for (Program.Definition d : program.all()) {
      result = indexed(d, of(d.value(), defined));
      defined.put(d.name(), result);
    }
    return result;
  }

  /** An index that is not on the left is summed, so that the left side means something. */
  private static Tree indexed(Program.Definition d, Tree value) {
    if (d.indices().isEmpty()) return value;
    List<Tree> left = new ArrayList<>(List.of(new Tree.Name(d.name())));
    for (String index : d.indices()) left.add(new Tree.Name(index));
    return new Tree.Operation("=", List.of(new Tree.Operation("[]", left), value));
  }

  private static Tree of(Syntax syntax, Map<String, Tree> defined) {
    return switch (syntax) {
      case Syntax.Numeral n -> new Tree.Numeral(n.value().doubleValue());
      case Syntax.Name n -> defined.getOrDefault(n.name(), new Tree.Name(n.name()));
      case Syntax.Call c -> new Tree.Operation(c.function(), all(c.arguments(), defined));
      case Syntax.Negate n -> new Tree.Operation("-", List.of(of(n.operand(), defined)));
      case Syntax.Transpose t -> new Tree.Operation("'", List.of(of(t.operand(), defined)));
      case Syntax.Binary b -> binary(b, defined);
      case Syntax.Index i -> {
        Stream<Syntax> parts = Stream.concat(Stream.of(i.target()), i.indices().stream());
        yield new Tree.Operation("[]", all(parts.toList(), defined));
      }
      case Syntax.Colon c -> new Tree.Operation(":", List.of());
      case Syntax.Range r -> new Tree.Operation(":", all(List.of(r.from(), r.to()), defined));
      case Syntax.MatrixLiteral m -> {
        List<Tree> rows = new ArrayList<>();
        for (List<Syntax> row : m.rows()) rows.add(new Tree.Operation("[,]", all(row, defined)));
        yield new Tree.Operation("[;]", rows);
      }
      case Syntax.Text t -> new Tree.Operation("\"" + t.text() + "\"", List.of());
    };
  }

  /** Without recursion to the left, where sums of thousands of terms grow. */
  private static Tree binary(Syntax.Binary outermost, Map<String, Tree> defined) {
    List<Syntax.Binary> spine = new ArrayList<>(List.of(outermost));
    while (spine.getLast().left() instanceof Syntax.Binary b) spine.add(b);
    Tree tree = of(spine.getLast().left(), defined);
    for (Syntax.Binary b : spine.reversed()) {
      tree = new Tree.Operation(b.operator().text(), List.of(tree, of(b.right(), defined)));
    }
    return tree;
  }

  private static List<Tree> all(List<Syntax> parts, Map<String, Tree> defined) {
    return parts.stream().map(part -> of(part, defined)).toList();
  }
}
