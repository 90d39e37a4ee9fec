package nabla.generated;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A well-typed expression as a tree of texts.
 *
 * @param pattern its text, {@code #} where a part stands
 * @param form how the text binds
 */
record Term(Shape shape, String pattern, Form form, List<Term> parts) {
  enum Form {
    /** A name, a number or a call: needs no brackets, and its parts need none. */
    CLOSED,
    /** Operators between parts. */
    OPEN
  }

  static Term leaf(Shape shape, String text) {
    return new Term(shape, text, text.startsWith("-") ? Form.OPEN : Form.CLOSED, List.of());
  }

  static Term call(Shape shape, String name, List<Term> parts) {
    String places = String.join(", ", parts.stream().map(_ -> "#").toList());
    return new Term(shape, name + "(" + places + ")", Form.CLOSED, List.copyOf(parts));
  }

  static Term infix(Shape shape, String pattern, Term... parts) {
    return new Term(shape, pattern, Form.OPEN, List.of(parts));
  }

  String text() {
    return text(List.of());
  }

  /** The text in which some parts are written by the names u1, u2, …. */
  private String text(List<Term> named) {
    int name = named.indexOf(this);
    return name >= 0 ? "u" + (name + 1) : spelled(named);
  }

  private String spelled(List<Term> named) {
    StringBuilder text = new StringBuilder();
    int part = 0;
    for (int k = 0; k < pattern.length(); k++) {
      char c = pattern.charAt(k);
      if (c != '#') {
        text.append(c);
        continue;
      }
      Term own = parts.get(part++);
      boolean bare = form == Form.CLOSED || own.form == Form.CLOSED || named.contains(own);
      text.append(bare ? own.text(named) : "(" + own.text(named) + ")");
    }
    return text.toString();
  }

  /** The program in which some parts are intermediates with names of their own. */
  String program(List<Term> intermediates) {
    StringBuilder program = new StringBuilder();
    for (int k = 0; k < intermediates.size(); k++) {
      String value = intermediates.get(k).spelled(intermediates.subList(0, k));
      program.append("u").append(k + 1).append(" = ").append(value).append("; ");
    }
    return program.append(spelled(intermediates)).toString();
  }

  int count() {
    int count = 1;
    for (Term part : parts) count += part.count();
    return count;
  }

  /** This and every part of it, each once, outer ones first. */
  Set<Term> all() {
    Set<Term> all = new LinkedHashSet<>();
    List<Term> open = new ArrayList<>(List.of(this));
    for (int k = 0; k < open.size(); k++) if (all.add(open.get(k))) open.addAll(open.get(k).parts);
    return all;
  }

  /** The same with one part exchanged wherever it stands. */
  Term replace(Term part, Term other) {
    if (equals(part)) return other;
    return mapParts(p -> p.replace(part, other));
  }

  private Term mapParts(UnaryOperator<Term> change) {
    return parts.isEmpty()
        ? this
        : new Term(shape, pattern, form, parts.stream().map(change).toList());
  }
}
