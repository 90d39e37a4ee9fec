package nabla.notation;

import java.util.List;
import java.util.Objects;
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

  /** What one factor, or one and a single 1 beside it, selects; how many factors that takes. */
  private record Cut(Syntax index, int factors) {}

  /**
   * @param turned whether rows are cut, before the factor
   */
  private static @Nullable Cut cut(List<Form> parts, int at, boolean turned) {
    Selection single = single(parts, at, turned);
    if (single != null) return new Cut(Objects.requireNonNull(Build.position(single)), 2);
    if (at >= parts.size() || !(parts.get(at) instanceof Form.Leaf l) || l.turned() != turned) {
      return null;
    }
    return switch (l.tensor()) {
      case Unit u -> new Cut(Build.integer(u.index()), 1);
      case Selection s -> new Cut(Build.range(s), 1);
      default -> null;
    };
  }

  /**
   * A range of one position that can be written, of which a 1 beside it takes the axis away: before
   * it where rows are cut. Null if there is none.
   */
  private static @Nullable Selection single(List<Form> parts, int at, boolean turned) {
    if (at + 1 >= parts.size()) return null;
    boolean one =
        parts.get(turned ? at : at + 1) instanceof Form.Ones o
            && o.turned() == turned
            && o.shape().equals(List.of(Size.of(1)));
    if (!one
        || !(parts.get(turned ? at + 1 : at) instanceof Form.Leaf l)
        || l.turned() != turned
        || !(l.tensor() instanceof Selection s)) {
      return null;
    }
    return s.length().equals(Size.of(1)) && Build.position(s) != null ? s : null;
  }

  private static boolean isCut(Form form) {
    return form instanceof Form.Leaf l
        && (l.tensor() instanceof Unit || l.tensor() instanceof Selection);
  }

  /** How many factors from a position on are one slice; 1 if there is none. */
  static int length(List<Form> parts, int from) {
    Cut rows = from + 1 < parts.size() ? cut(parts, from, true) : null;
    int target = from + (rows == null ? 0 : rows.factors());
    if (target >= parts.size()) return 2;
    if (isCut(parts.get(target))) {
      boolean unit = (rows != null && rows.factors() == 2) || single(parts, from, false) != null;
      return unit ? 2 : 1;
    }
    Cut columns = cut(parts, target + 1, false);
    boolean both = rows != null && columns != null;
    boolean entry = both || parts.get(target).isVector();
    // A whole row or column reads as well as a product with a unit vector.
    if (!entry && rows != null && rows.index() instanceof Syntax.Numeral) return 1;
    if (!entry && columns != null && columns.index() instanceof Syntax.Numeral) return 1;
    return 1 + (rows == null ? 0 : rows.factors()) + (columns == null ? 0 : columns.factors());
  }

  /** A unit vector whose place is no number, as a row or a column of the unit matrix. */
  private static Syntax unit(Selection place, boolean row) {
    Syntax position = Objects.requireNonNull(Build.position(place));
    Syntax all = new Syntax.Colon(Span.NONE);
    Syntax identity = Build.call("eye", Build.size(place.size()));
    return Build.index(identity, row ? List.of(position, all) : List.of(all, position));
  }

  Syntax of(List<Form> parts) {
    Selection column = single(parts, 0, false);
    if (column != null) return unit(column, false);
    Cut rows = cut(parts, 0, true);
    int at = rows == null ? 0 : rows.factors();
    if (at == parts.size()) return unit(Objects.requireNonNull(single(parts, 0, true)), true);
    Form target = parts.get(at);
    Cut columns = cut(parts, at + 1, false);
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
