package nabla.lang;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import nabla.diagnostic.Code;
import nabla.diagnostic.Span;
import nabla.tensor.Rational;

/**
 * What letters and their subscripts name. {@code x_1} is the variable {@code x_1}, unless {@code x}
 * is known and {@code x_1} is not, when it is an entry; {@code x_i} is an entry where {@code i} is
 * an index. If both could be meant it is an error.
 */
final class LatexNames {
  private final LatexCursor in;
  private final Map<String, Integer> known;
  private final Set<String> functions;
  private final Map<String, String> shapes = new HashMap<>();
  private final Set<String> bare = new HashSet<>();
  private final Map<String, Span> subscripted = new LinkedHashMap<>();

  /** What has an index of a sum somewhere, and those indices. */
  private final Set<String> entries = new HashSet<>();

  private final Set<String> everBound = new HashSet<>();
  private final Map<String, Span> called = new LinkedHashMap<>();

  /** The indices of the sums around this place. */
  final List<String> bound = new ArrayList<>();

  /** Whether every subscript is an index, because the left side has indices. */
  boolean indexNotation;

  /**
   * @param known the number of axes of each variable that is declared
   * @param functions the names of functions that are declared
   */
  LatexNames(LatexCursor in, Map<String, Integer> known, Set<String> functions) {
    this.functions = functions;
    this.in = in;
    this.known = new HashMap<>(known);
  }

  boolean isKnown(String name) {
    return known.containsKey(name);
  }

  boolean isFunction(String name) {
    return functions.contains(name);
  }

  /** From here on a name stands for an intermediate. */
  void define(String name) {
    known.putIfAbsent(name, -1);
  }

  /** Remembers the shape of a name: {@code L} and {@code \mathcal{L}} can't both occur. */
  void shape(String name, String shape, Span span) {
    String other = shapes.putIfAbsent(name, shape);
    if (other == null || other.equals(shape)) return;
    throw in.error(
        Code.NAME,
        span,
        name + " is written in two shapes, which are one name here",
        "write both alike, or give one of them a subscript");
  }

  /** A name without a subscript. */
  Syntax plain(String name, Span span) {
    bare.add(name);
    boolean unitMatrix = name.equals("I") && !isKnown("I");
    return new Syntax.Name(unitMatrix ? "eye" : name, span);
  }

  /** A Greek letter before a bracket was taken for a function. */
  void calledAsFunction(String name, Span span) {
    called.putIfAbsent(name, span);
  }

  private static String joined(List<LatexToken> tokens) {
    return tokens.stream()
        .map(t -> t.kind() == LatexToken.Kind.WORD ? t.content() : t.text())
        .map(text -> text.equals("\\_") ? "_" : text)
        .collect(Collectors.joining());
  }

  private static boolean isWord(LatexToken t) {
    return switch (t.kind()) {
      case LETTER, NUMBER, WORD -> true;
      default -> t.is("\\_");
    };
  }

  /** A name with a subscript: a variable, or an entry of one. */
  Syntax subscripted(Syntax.Name letter, List<LatexToken> below, Span span, LatexParser parser) {
    String base = letter.name();
    if (below.isEmpty()) throw in.error(Code.SYNTAX, span, "the subscript is empty", "");
    boolean word = below.stream().allMatch(LatexNames::isWord);
    String sub = joined(below);
    String full = full(base, sub);
    boolean numeric = below.stream().allMatch(t -> t.kind() == LatexToken.Kind.NUMBER);
    if (base.equals("I") && !isKnown("I") && !(word && isKnown(full)) && !hasIndex(below)) {
      return new Syntax.Call("eye", List.of(parser.part(below, span)), span);
    }
    if (isEnd(below)) {
      entries.add(base);
      return new Syntax.Index(letter, indices(below, span, parser), span);
    }
    if (word && isKnown(full)) {
      if (numeric && known.getOrDefault(base, 0) == 1) throw variableOrEntry(base, full, sub, span);
      return new Syntax.Name(full, span);
    }
    if (hasIndex(below)) entries.add(base);
    if (!word || hasIndex(below) || (indexNotation && !isText(below))) {
      return new Syntax.Index(letter, indices(below, span, parser), span);
    }
    if (known.getOrDefault(base, 0) > 0) return entry(letter, below, numeric, span, parser);
    subscripted.putIfAbsent(full, span);
    return new Syntax.Name(full, span);
  }

  /** The variable x1 is set as x_1, and X_{ab} may be Xab; a Greek letter has a command. */
  private String full(String base, String sub) {
    String plain = base + sub;
    boolean joined = isKnown(plain) && !Greek.WITH_COMMAND.contains(plain);
    return joined && !isKnown(base + "_" + sub) ? plain : base + "_" + sub;
  }

  /** A subscript that is the word end in italics is the last entry; that of a name is upright. */
  private static boolean isEnd(List<LatexToken> below) {
    LatexToken only = below.getFirst();
    return below.size() == 1
        && only.kind() == LatexToken.Kind.WORD
        && only.text().equals("mathit")
        && only.content().equals(Slices.END);
  }

  private static boolean isText(List<LatexToken> below) {
    return below.stream().anyMatch(t -> t.kind() == LatexToken.Kind.WORD);
  }

  /** Whether an index of a sum stands in a subscript. */
  private boolean hasIndex(List<LatexToken> below) {
    everBound.addAll(bound);
    return below.stream()
        .anyMatch(t -> t.kind() == LatexToken.Kind.LETTER && bound.contains(t.text()));
  }

  private Syntax entry(
      Syntax.Name letter, List<LatexToken> below, boolean numeric, Span span, LatexParser parser) {
    String base = letter.name();
    int axes = known.getOrDefault(base, 0);
    if (!numeric) {
      throw in.error(
          Code.KIND,
          span,
          in.text(span) + " is an entry of " + base + ", but nothing runs over its index",
          "write \\sum_i, or D_i = … to name the result's indices");
    }
    String digits = joined(below);
    if (axes > 1 && digits.length() > 1) {
      throw in.error(
          Code.SYNTAX,
          span,
          in.text(span) + " could be one index or several",
          "write " + base + "_{" + String.join(",", digits.split("")) + "}");
    }
    return new Syntax.Index(letter, indices(below, span, parser), span);
  }

  private RuntimeException variableOrEntry(String base, String full, String sub, Span span) {
    return in.error(
        Code.NAME,
        span,
        in.text(span) + " could be the variable " + full + " or an entry of " + base,
        "write (" + base + ")_{" + sub + "} for the entry, or rename the variable");
  }

  /** The indices in a subscript: letters and digits, or parts with commas between them. */
  List<Syntax> indices(List<LatexToken> below, Span span, LatexParser parser) {
    boolean commas = below.stream().anyMatch(t -> t.is(","));
    boolean single = below.stream().allMatch(LatexNames::isWord);
    List<Syntax> indices = new ArrayList<>();
    if (!commas && single) {
      for (LatexToken t : below) indices.add(index(t));
      return List.copyOf(indices);
    }
    List<LatexToken> piece = new ArrayList<>();
    for (LatexToken t : below) {
      if (t.is(",")) {
        indices.add(piece(piece, span, parser));
        piece.clear();
      } else {
        piece.add(t);
      }
    }
    indices.add(piece(piece, span, parser));
    return List.copyOf(indices);
  }

  private Syntax index(LatexToken t) {
    if (t.kind() == LatexToken.Kind.NUMBER) {
      if (t.text().length() > 9) throw in.error(Code.LIMIT, t.span(), "the index is too long", "");
      return new Syntax.Numeral(Rational.parse(t.text()), t.span());
    }
    return new Syntax.Name(joined(List.of(t)), t.span());
  }

  private Syntax piece(List<LatexToken> piece, Span span, LatexParser parser) {
    if (piece.isEmpty()) throw in.error(Code.SYNTAX, span, "an index is missing", "");
    if (piece.size() == 1 && piece.getFirst().is(":")) {
      return new Syntax.Colon(piece.getFirst().span());
    }
    if (piece.size() == 1 && isWord(piece.getFirst())) return index(piece.getFirst());
    int colon = -1;
    for (int k = 0; k < piece.size(); k++) if (piece.get(k).is(":")) colon = k;
    if (colon < 0) return parser.part(piece, span);
    Syntax from = parser.part(piece.subList(0, colon), span);
    Syntax to = parser.part(piece.subList(colon + 1, piece.size()), span);
    return new Syntax.Range(from, to, from.span().to(to.span()));
  }

  /** What can be seen only at the end: a name that was used in two ways. */
  void check() {
    subscripted.forEach(
        (full, span) -> {
          String base = full.substring(0, full.indexOf('_'));
          String sub = full.substring(full.indexOf('_') + 1);
          boolean index = !sub.matches("0|[A-Za-z]{3,}|.*_.*");
          if (everBound.contains(sub)) {
            throw in.error(
                Code.NAME,
                span,
                in.text(span) + " stands outside of the sum over " + sub,
                "put brackets around what is summed, or name the result's index: D_"
                    + sub
                    + " = …");
          }
          boolean vector = bare.contains(base) || entries.contains(base);
          if (vector && index && !isKnown(base)) {
            throw in.error(
                Code.NAME,
                span,
                in.text(span) + " could be a variable or an entry of " + base,
                "declare " + full + " if it is a variable, " + base + " if it is an entry");
          }
        });
    called.forEach(
        (name, span) -> {
          if (bare.contains(name)) {
            throw in.error(
                Code.NAME,
                span,
                "\\" + name + " is a variable elsewhere, but could be a function here",
                "declare " + name + ", or write \\" + name + " \\cdot (…)");
          }
        });
  }
}
