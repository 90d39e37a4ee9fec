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

  private static @Nullable Cut rows(List<Form> parts, int at) {
    if (isOne(parts, at, true)) {
      Syntax position = position(parts, at + 1, true);
      if (position != null) return new Cut(position, 2);
    }
    if (!(parts.get(at) instanceof Form.Leaf l) || !l.turned()) return null;
    return switch (l.tensor()) {
      case Unit u -> new Cut(Build.integer(u.index()), 1);
      case Selection s -> new Cut(Build.range(s), 1);
      default -> null;
    };
  }

  private static @Nullable Cut columns(List<Form> parts, int at) {
    if (isOne(parts, at + 1, false)) {
      Syntax position = position(parts, at, false);
      if (position != null) return new Cut(position, 2);
    }
    if (at >= parts.size() || !(parts.get(at) instanceof Form.Leaf l) || l.turned()) return null;
    return switch (l.tensor()) {
      case Unit u -> new Cut(Build.integer(u.index()), 1);
      case Selection s -> new Cut(Build.range(s), 1);
      default -> null;
    };
  }

  /** The position that a factor selects, without the axis that is left of length 1. */
  private static @Nullable Syntax position(List<Form> parts, int at, boolean turned) {
    boolean single =
        at < parts.size()
            && parts.get(at) instanceof Form.Leaf l
            && l.turned() == turned
            && l.tensor() instanceof Selection s
            && s.length().equals(Size.of(1));
    return single ? Build.position((Selection) ((Form.Leaf) parts.get(at)).tensor()) : null;
  }

  /** Whether a factor is a single 1 that takes that axis away. */
  private static boolean isOne(List<Form> parts, int at, boolean turned) {
    return at < parts.size()
        && parts.get(at) instanceof Form.Ones one
        && one.turned() == turned
        && one.shape().equals(List.of(Size.of(1)));
  }

  private static boolean isCut(Form form) {
    return form instanceof Form.Leaf l
        && (l.tensor() instanceof Unit || l.tensor() instanceof Selection);
  }

  /** How many factors from a position on are one slice; 1 if there is none. */
  static int length(List<Form> parts, int from) {
    Cut rows = from + 1 < parts.size() ? rows(parts, from) : null;
    int target = from + (rows == null ? 0 : rows.factors());
    if (target >= parts.size() || isCut(parts.get(target))) return isUnit(parts, from) ? 2 : 1;
    Cut columns = columns(parts, target + 1);
    boolean both = rows != null && columns != null;
    boolean entry = both || parts.get(target).isVector();
    // A whole row or column reads as well as a product with a unit vector.
    if (!entry && rows != null && rows.index() instanceof Syntax.Numeral) return 1;
    if (!entry && columns != null && columns.index() instanceof Syntax.Numeral) return 1;
    return 1 + (rows == null ? 0 : rows.factors()) + (columns == null ? 0 : columns.factors());
  }

  /** Whether two factors are a unit vector whose place is no number. */
  private static boolean isUnit(List<Form> parts, int at) {
    return (isOne(parts, at + 1, false) && position(parts, at, false) != null)
        || (isOne(parts, at, true) && position(parts, at + 1, true) != null);
  }

  /** It as a column or a row of the unit matrix. */
  private static Syntax unit(List<Form> parts) {
    boolean row = parts.getFirst() instanceof Form.Ones;
    var selection = (Selection) ((Form.Leaf) parts.get(row ? 1 : 0)).tensor();
    Syntax position = Objects.requireNonNull(Build.position(selection));
    Syntax all = new Syntax.Colon(Span.NONE);
    Syntax identity = Build.call("eye", Build.size(selection.size()));
    return Build.index(identity, row ? List.of(position, all) : List.of(all, position));
  }

  Syntax of(List<Form> parts) {
    if (parts.size() == 2 && isUnit(parts, 0)) return unit(parts);
    Cut rows = rows(parts, 0);
    int at = rows == null ? 0 : rows.factors();
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
