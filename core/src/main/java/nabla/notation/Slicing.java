package nabla.notation;

import java.util.List;
import nabla.diagnostic.Span;
import nabla.lang.Syntax;
import nabla.tensor.Selection;
import org.jspecify.annotations.Nullable;

/**
 * Slices among the factors of a matrix product: a selection of rows before a factor and one of
 * columns behind it are indices of that factor, {@code X[2:n,:]}.
 */
final class Slicing {
  private final FormSpelling forms;

  Slicing(FormSpelling forms) {
    this.forms = forms;
  }

  private static @Nullable Selection selection(Form form, boolean ofRows) {
    return form instanceof Form.Leaf l
            && l.turned() == ofRows
            && l.tensor() instanceof Selection s
        ? s
        : null;
  }

  /** How many factors from a position on are one slice; 1 if there is none. */
  static int length(List<Form> parts, int from) {
    boolean rows = selection(parts.get(from), true) != null && from + 1 < parts.size();
    int target = rows ? from + 1 : from;
    if (parts.get(target) instanceof Form.Leaf l && l.tensor() instanceof Selection) return 1;
    boolean columns =
        target + 1 < parts.size() && selection(parts.get(target + 1), false) != null;
    return 1 + (rows ? 1 : 0) + (columns ? 1 : 0);
  }

  Syntax of(List<Form> parts) {
    Selection rows = selection(parts.getFirst(), true);
    Selection columns = selection(parts.getLast(), false);
    Form target = parts.get(rows == null ? 0 : 1);
    if (!target.isVector()) {
      return Build.index(forms.of(target), List.of(index(rows), index(columns)));
    }
    if (rows != null) return Build.index(forms.of(target), List.of(index(rows)));
    return Build.transpose(Build.index(forms.of(target.turn()), List.of(index(columns))));
  }

  private static Syntax index(@Nullable Selection range) {
    return range == null ? new Syntax.Colon(Span.NONE) : Build.range(range);
  }
}
