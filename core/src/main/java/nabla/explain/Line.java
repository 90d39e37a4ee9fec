package nabla.explain;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.lang.Program;
import nabla.lang.Syntax;
import nabla.notation.LatexPrinter;
import nabla.tensor.Size;

/**
 * A line of a derivation; it has been verified.
 *
 * @param left what stands on its left
 * @param right the formula on its right
 * @param tail what follows the formula: a remainder such as {@code + O(‖h‖²)}, or nothing
 * @param changed the parts of the formula that the rules have changed; the objects themselves
 * @param rules what leads here from the line before; empty for the first
 * @param conditions what the rules need, such as {@code X invertible}
 * @param shape the sizes of the axes of the formula
 * @param row whether it is a vector that is written as a row
 */
public record Line(
    Label left,
    Program right,
    Label tail,
    Set<Syntax> changed,
    List<Rule> rules,
    List<String> conditions,
    List<Size> shape,
    boolean row) {

  /** The same in text and in LaTeX. */
  public record Label(String text, String latex) {
    static final Label NONE = new Label("", "");

    /** The derivative by each entry, where what is declared of the variable changes it. */
    static final Label EACH_ENTRY = new Label("G", "G");
  }

  public Line {
    Set<Syntax> same = Collections.newSetFromMap(new IdentityHashMap<>());
    same.addAll(changed);
    changed = Collections.unmodifiableSet(same);
    rules = List.copyOf(rules);
    conditions = List.copyOf(conditions);
    shape = List.copyOf(shape);
  }

  /** The same with another left side and formula. */
  public Line with(Label otherLeft, Program otherRight) {
    return new Line(otherLeft, otherRight, tail, changed, rules, conditions, shape, row);
  }

  /** The formula in LaTeX, with what is new underlined, and its tail. */
  public String latex(Map<String, Integer> ranks) {
    String formula = Differentials.upright(LatexPrinter.print(right, ranks, changed));
    return formula + tail.latex();
  }
}
