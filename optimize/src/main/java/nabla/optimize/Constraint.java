package nabla.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nabla.Expression;
import nabla.Nabla;
import nabla.Symbol;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;

/**
 * What a point has to meet.
 *
 * @param text as the user wrote it
 * @param residual has to be zero, or at most zero, entry by entry
 * @param isEquality whether it has to be zero
 * @param plus the side that adds to the residual
 * @param minus the other side
 */
record Constraint(String text, Expression residual, boolean isEquality, String plus, String minus) {
  private static final Pattern RELATION = Pattern.compile("<=|>=|==|=|≤|≥|<|>");

  /** What stands between two relations, and is not within brackets. */
  private static final Pattern SEVERAL =
      Pattern.compile("[<>=≤≥][^\\[(<>=≤≥]*[,;&][^\\])<>=≤≥]*[<>=≤≥]");

  /**
   * Reads {@code "sum(x) = 1"}, {@code "x >= 0"}, or {@code "0 <= x <= 1"}, which are two.
   *
   * @param declarations of the variables
   * @throws NablaException with {@link Code#SYNTAX} if it is no such relation, and as {@link
   *     Expression#parse}
   */
  static List<Constraint> parse(String text, String declarations) {
    List<String> sides = new ArrayList<>();
    List<String> relations = new ArrayList<>();
    Matcher matcher = RELATION.matcher(text);
    int begin = 0;
    while (matcher.find()) {
      sides.add(text.substring(begin, matcher.start()).strip());
      relations.add(matcher.group());
      begin = matcher.end();
    }
    sides.add(text.substring(begin).strip());
    if (relations.isEmpty() || sides.contains("")) {
      throw new NablaException(
          Code.SYNTAX, "\"" + text + "\" is no constraint; write one as sum(x) = 1 or x >= 0");
    }
    if (relations.size() > 1 && SEVERAL.matcher(text).find()) {
      throw new NablaException(
          Code.SYNTAX, "\"" + text + "\" is several constraints; write each as one of its own");
    }
    List<Constraint> parsed = new ArrayList<>();
    for (int k = 0; k < relations.size(); k++) {
      String left = sides.get(k);
      String right = sides.get(k + 1);
      String written = left + " " + relations.get(k) + " " + right;
      parsed.add(of(written, left, relations.get(k), right, declarations));
    }
    return parsed;
  }

  private static Constraint of(
      String text, String left, String relation, String right, String declarations) {
    boolean turned = relation.equals(">=") || relation.equals("≥");
    if (relation.equals("<") || relation.equals(">")) {
      throw new NablaException(
          Code.SYNTAX,
          "\""
              + text
              + "\" is strict, and what is at the limit would not count; write "
              + relation
              + "= instead");
    }
    String plus = turned ? right : left;
    String minus = turned ? left : right;
    Expression residual = Expression.parse("(" + plus + ") - (" + minus + ")", declarations);
    // only a column can be declared, as its multiplier is
    if (residual.kind().equals("row")) residual = residual.transpose();
    boolean isEquality = relation.startsWith("=");
    return new Constraint(text, residual, isEquality, plus, minus);
  }

  /**
   * The rows as one scalar: their sum, each times an entry of a variable of that name, which is
   * nonnegative.
   */
  Expression weighted(String weights) {
    if (residual.shape().isEmpty()) return residual;
    String declaration = weights + ": " + residual.kind() + residual.shape() + " nonnegative";
    return Nabla.call("sum", residual.elementTimes(Nabla.variable(declaration)));
  }

  Constraint with(Expression other) {
    return new Constraint(text, other, isEquality, other.text(), "0");
  }

  /**
   * @throws NablaException with {@link Code#VALUE} if a variable neither has data nor moves
   */
  void requireData(Map<String, NumericArray> data, List<String> over) {
    for (Symbol s : residual.variables()) {
      boolean known = data.containsKey(s.name()) || over.contains(s.name());
      if (known || !residual.mentions(s.name())) continue;
      throw new NablaException(Code.VALUE, s.name() + " in " + text + " has no data");
    }
  }

  /**
   * By how much the worst row misses what it has to be.
   *
   * @param residuals by row
   */
  double missed(double[] residuals) {
    double worst = 0;
    for (double c : residuals) worst = Math.max(worst, isEquality ? Math.abs(c) : c);
    return worst;
  }

  /** 1 or -1 if a variable stands alone on a side and nowhere else, with that sign; else 0. */
  int signOf(String variable) {
    String both = plus + " " + minus;
    if (both.indexOf(variable) != both.lastIndexOf(variable)) return 0;
    if (plus.equals(variable)) return 1;
    return minus.equals(variable) ? -1 : 0;
  }
}
