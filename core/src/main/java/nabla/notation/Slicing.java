package nabla.notation;

import java.util.List;
import nabla.diagnostic.Span;
import nabla.lang.Syntax;
import nabla.tensor.Selection;
import nabla.tensor.Size;
import nabla.tensor.Unit;
import org.jspecify.annotations.Nullable;

/**
 * Slices and entries among the factors of a matrix product: what selects rows before a factor and
 * columns behind it are indices of that factor, {@code X[2:n,:]}, {@code x[1]}.
 */
final class Slicing {
  private final FormSpelling forms;

  Slicing(FormSpelling forms) {
    this.forms = forms;
  }

  /** What one factor, or one and a single 1 behind it, selects; how many factors that takes. */
  private record Cut(Syntax index, int factors) {}

  private static @Nullable Cut rows(List<Form> parts, int at) {
    if (!(parts.get(at) instanceof Form.Leaf l) || !l.turned()) return null;
    return switch (l.tensor()) {
      case Unit u -> new Cut(Build.integer(u.index()), 1);
      case Selection s -> new Cut(Build.range(s), 1);
      default -> null;
    };
  }

  private static @Nullable Cut columns(List<Form> parts, int at) {
    if (at >= parts.size() || !(parts.get(at) instanceof Form.Leaf l) || l.turned()) return null;
    return switch (l.tensor()) {
      case Unit u -> new Cut(Build.integer(u.index()), 1);
      case Selection s when s.length().equals(Size.of(1)) && isOnes(parts, at + 1) ->
          new Cut(Build.position(s), 2);
      case Selection s -> new Cut(Build.range(s), 1);
      default -> null;
    };
  }

  private static boolean isOnes(List<Form> parts, int at) {
    return at < parts.size() && parts.get(at) instanceof Form.Ones;
  }

  private static boolean isCut(Form form) {
    return form instanceof Form.Leaf l
        && (l.tensor() instanceof Unit || l.tensor() instanceof Selection);
  }

  /** How many factors from a position on are one slice; 1 if there is none. */
  static int length(List<Form> parts, int from) {
    Cut rows = from + 1 < parts.size() ? rows(parts, from) : null;
    int target = from + (rows == null ? 0 : 1);
    if (isCut(parts.get(target))) return 1;
    Cut columns = columns(parts, target + 1);
    boolean both = rows != null && columns != null;
    boolean entry = both || parts.get(target).isVector();
    // A whole row or column reads as well as a product with a unit vector.
    if (!entry && rows != null && !(rows.index() instanceof Syntax.Range)) return 1;
    if (!entry && columns != null && !(columns.index() instanceof Syntax.Range)) return 1;
    return 1 + (rows == null ? 0 : 1) + (columns == null ? 0 : columns.factors());
  }

  Syntax of(List<Form> parts) {
    Cut rows = rows(parts, 0);
    int at = rows == null ? 0 : 1;
    Form target = parts.get(at);
    Cut columns = columns(parts, at + 1);
    if (!target.isVector()) {
      return Build.index(forms.of(target), List.of(index(rows), index(columns)));
    }
    if (rows != null) return Build.index(forms.of(target), List.of(rows.index()));
    Syntax entry = Build.index(forms.of(target.turn()), List.of(index(columns)));
    return index(columns) instanceof Syntax.Range ? Build.transpose(entry) : entry;
  }

  private static Syntax index(@Nullable Cut cut) {
    return cut == null ? new Syntax.Colon(Span.NONE) : cut.index();
  }
}
