package nabla.lang;

import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The name that was probably meant. */
public final class Suggestions {
  /** A matrix and what it is multiplied by. */
  private static final Pattern JOINED = Pattern.compile("[A-Z][A-Za-z]");

  private Suggestions() {}

  /** The closest of the names, or one that the word shortens or extends; null if none is close. */
  public static @Nullable String nearest(String written, Collection<String> names) {
    if (written.length() == 1) {
      return names.stream().filter(written::equalsIgnoreCase).findFirst().orElse(null);
    }
    String best = null;
    int least = 1 + Math.max(1, written.length() / 3);
    for (String name : names) {
      if (Math.abs(written.length() - name.length()) > least) continue;
      int distance = distance(written.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
      boolean nearer =
          best != null
              && distance == least
              && (written.startsWith(name)
                  || (!written.startsWith(best) && name.compareTo(best) < 0));
      if (distance < least || nearer) {
        least = distance;
        best = name;
      }
    }
    return best == null ? extended(written.toLowerCase(Locale.ROOT), names) : best;
  }

  /** The longest name that the word begins with, else the shortest one that begins with it. */
  private static @Nullable String extended(String written, Collection<String> names) {
    String inner = null;
    String outer = null;
    for (String name : names) {
      if (Math.min(name.length(), written.length()) < 3) continue;
      if (written.startsWith(name) && (inner == null || name.length() > inner.length())) {
        inner = name;
      }
      if (name.startsWith(written) && (outer == null || name.compareTo(outer) < 0)) outer = name;
    }
    return inner == null ? outer : inner;
  }

  /** {@code A*x} for {@code Ax}, which seems to be a product; other names as they are. */
  static String apart(String name) {
    return JOINED.matcher(name).matches() ? String.join("*", name.split("")) : name;
  }

  /** Insertions, deletions, exchanges and swaps of neighbours (Damerau and Levenshtein). */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) d[i][0] = i;
    for (int j = 0; j <= b.length(); j++) d[0][j] = j;
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
    return d[a.length()][b.length()];
  }
}
