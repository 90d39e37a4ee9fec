package nabla;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.NablaException;
import nabla.diagnostic.Span;
import org.jspecify.annotations.Nullable;

/**
 * A derivation in lines, as it stands on paper; each step is judged by itself.
 *
 * <pre>{@code
 * String text = "f = x'*A*x\ndf = dx'*A*x + x'*A*dx\n   = 2*x'*A*dx\ndf/dx = (A + A')*x";
 * Derivation.Step step = Derivation.parse(text).firstWrong().orElseThrow();
 * step.line() // 3
 * step.verdict().message() // equal only if A is symmetric
 * }</pre>
 *
 * <p>A line is {@code left = right}, or {@code = right}, which goes on from the line above. On the
 * left stands a new name, which is defined; {@code df/dx}, {@code grad f} and the like; a
 * differential {@code df} or {@code d(x'*A*x)}; or an expression. What follows a {@code #} is a
 * remark, and a line may begin with {@code where} and declare variables.
 */
public final class Derivation {

  /**
   * One step.
   *
   * @param line its number in the text, from 1
   * @param text the step as it was written
   * @param label what it is compared with: what stands on the left, or the line above
   * @param verdict what became of it; null if it is given, such as a definition
   */
  public record Step(int line, String text, String label, @Nullable Verdict verdict) {
    /** Whether nothing is wrong with it. */
    public boolean isRight() {
      return verdict == null || verdict.isRight();
    }
  }

  /**
   * What stands between two signs of equality.
   *
   * @param source the whole line
   * @param column where it begins there, from 0
   */
  record Part(int line, String source, int column, String text) {
    NablaException error(Code code, String message, String hint) {
      Span span = new Span(column, Math.max(1, text.codePointCount(0, text.length())));
      return new NablaException(
          new Diagnostic(code, "line " + line + ": " + message, span, source, hint));
    }

    /** An error in this text, after a prefix that the user has not written here. */
    NablaException in(NablaException e, String read) {
      Diagnostic d = e.diagnostic();
      if (!d.source().isEmpty() && !d.source().equals(read)) return e;
      int prefix = read.codePointCount(0, read.length()) - text.codePointCount(0, text.length());
      boolean inside = read.endsWith(text) && d.span().start() >= prefix;
      Span span =
          inside
              ? new Span(d.span().start() - prefix + column, d.span().length())
              : new Span(column, text.codePointCount(0, text.length()));
      return new NablaException(
          new Diagnostic(d.code(), "line " + line + ": " + d.message(), span, source, d.hint()));
    }
  }

  /** Equal parts one after the other; the first is what stands on the left. */
  record Chain(Part left, List<Part> parts) {}

  private final String declarations;
  private final List<Chain> chains;

  private Derivation(String declarations, List<Chain> chains) {
    this.declarations = declarations;
    this.chains = chains;
  }

  /** Reads a derivation that declares its variables itself, or needs no declarations. */
  public static Derivation parse(String text) {
    return parse(text, "");
  }

  /**
   * Reads a derivation.
   *
   * @param declarations what variables are, besides what the text says
   * @throws NablaException if a line is none, with the line in its message
   */
  public static Derivation parse(String text, String declarations) {
    List<String> declared = new ArrayList<>();
    if (!declarations.isBlank()) declared.add(declarations);
    List<Chain> chains = new ArrayList<>();
    int number = 0;
    for (String source : text.split("\\R", -1)) {
      number++;
      String line = bare(source);
      if (line.isBlank()) continue;
      if (line.strip().matches("where\\b.*")) {
        declared.add(line.strip().replaceFirst("where\\s*:?", ""));
      } else {
        read(parts(number, source, line.replace('&', ' ')), chains);
      }
    }
    if (chains.isEmpty()) throw new NablaException(Code.SYNTAX, "the derivation has no lines");
    return new Derivation(String.join("; ", declared), List.copyOf(chains));
  }

  /** A word or an arrow that leads from the line above to this one. */
  private static final Pattern LEADING =
      Pattern.compile(
          "^\\s*(?:(?i:let|hence|thus|so|then|therefore|and)(?:\\s*,|(?=\\s+[^\\s=]))"
              + "|=>|⇒|⟹|→|∴|\\\\(?:Rightarrow|implies|Longrightarrow|therefore)(?![a-z]))");

  /** A line without remarks, words and what LaTeX has around it; what stays keeps its column. */
  private static String bare(String source) {
    String line = source.replaceFirst("#.*", "").replaceFirst("\\\\\\\\\\s*$", "");
    if (line.strip().matches("\\\\(begin|end)\\{[a-z]+\\*?}")) return "";
    Matcher leading = LEADING.matcher(line);
    while (leading.find()) {
      line = " ".repeat(leading.end()) + line.substring(leading.end());
      leading = LEADING.matcher(line);
    }
    return line;
  }

  private static void read(List<Part> parts, List<Chain> chains) {
    Part left = parts.getFirst();
    if (parts.size() == 1) {
      throw left.error(Code.SYNTAX, "a sign of equality is missing", "write … = …");
    }
    for (Part part : parts.subList(1, parts.size())) {
      if (part.text().isBlank()) throw part.error(Code.SYNTAX, "nothing stands after the =", "");
    }
    if (!left.text().isBlank()) chains.add(new Chain(left, new ArrayList<>()));
    if (chains.isEmpty()) {
      throw left.error(Code.SYNTAX, "there is no line above that this could go on from", "");
    }
    chains.getLast().parts().addAll(parts.subList(1, parts.size()));
  }

  /** The parts of a line between signs of equality outside brackets. */
  private static List<Part> parts(int number, String source, String line) {
    List<Part> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int k = 0; k <= line.length(); k++) {
      char c = k == line.length() ? '=' : line.charAt(k);
      if ("([{".indexOf(c) >= 0) depth++;
      if (")]}".indexOf(c) >= 0) depth--;
      boolean ends = c == '=' && (depth == 0 || k == line.length());
      if (!ends || (k < line.length() && isIndexed(line.substring(from, k)))) continue;
      String text = line.substring(from, k);
      int blank = text.length() - text.stripLeading().length();
      int column = line.codePointCount(0, from + blank);
      parts.add(new Part(number, source, column, text.strip()));
      from = k + 1;
    }
    return parts;
  }

  /** Whether it is the left side of index notation, which belongs to what follows. */
  private static boolean isIndexed(String text) {
    return text.strip().matches("\\w+\\[[a-z](\\s*,\\s*[a-z])*]");
  }

  /**
   * Every step in order, each compared with what it claims to be equal to.
   *
   * @throws NablaException if a step can't be read; the message names the line. Also if there are
   *     definitions alone
   */
  public List<Step> judge() {
    DerivationReferee referee = new DerivationReferee(declarations);
    List<Step> steps = new ArrayList<>();
    for (Chain chain : chains) steps.addAll(referee.judge(chain));
    if (steps.stream().allMatch(step -> step.verdict() == null)) {
      throw new NablaException(
          new Diagnostic(
              Code.REQUEST,
              "nothing to judge: every line is a definition",
              Span.NONE,
              "",
              "write a line such as df/dx = …"));
    }
    return List.copyOf(steps);
  }

  /**
   * The first step that is not right.
   *
   * @throws NablaException if a step can't be read
   */
  public Optional<Step> firstWrong() {
    return judge().stream().filter(s -> !s.isRight()).findFirst();
  }
}
