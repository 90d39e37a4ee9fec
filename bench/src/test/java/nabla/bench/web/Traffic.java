package nabla.bench.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What clients send. */
final class Traffic {
  /** Typical questions of users. */
  static final List<String> DERIVATIVES =
      List.of(
          derivative("x'*A*x", "x"),
          derivative("norm2(A*x - b)^2", "x"),
          derivative("norm2(A*x - b)^2 + c*norm2(x)^2", "x"),
          derivative("sum(log(1 + exp(-y.*(X*w))))", "w"),
          derivative("logdet(X)", "X"),
          derivative("tr(A*X*B*X')", "X"),
          derivative("log(sum(exp(A*x)))", "x"),
          derivative("A*x", "x"),
          derivative("softmax(x)", "x"),
          derivative("norm2(T - U*V')^2", "U"),
          derivative("(x'*A*x)/(x'*x)", "x"),
          derivative("exp(-norm2(x - u)^2/2)", "x"),
          derivative("inv(X)*a", "X"),
          derivative("x.*log(x)", "x"),
          derivative("tr(inv(S)*X*X') + logdet(S)", "S"),
          derivative("a'*X*b", "X"));

  /** Takes seconds, if it is let. */
  static final String HEAVY =
      "{\"expr\":\""
          + IntStream.rangeClosed(1, 90)
              .mapToObj(k -> "sin(a" + k + "'*x)")
              .collect(Collectors.joining("*"))
          + "\",\"wrt\":\"x\",\"operator\":\"hessian\"}";

  record Request(String question, String body) {}

  private Traffic() {}

  private static String derivative(String expression, String by) {
    return "{\"expr\":\"" + expression + "\",\"wrt\":\"" + by + "\"}";
  }

  /** A request as the world sends them: most are good, some are wrong, some mean harm. */
  static Request any(Random random) {
    String good = DERIVATIVES.get(random.nextInt(DERIVATIVES.size()));
    return switch (random.nextInt(20)) {
      case 0 -> new Request("explain", good);
      case 1 -> new Request("parse", "{\"expr\":\"A*x + x'\"}");
      case 2 -> new Request("derivative", cut(good, random));
      case 3 -> new Request("derivative", garbage(random, 200));
      case 4 ->
          new Request("derivative", "{\"expr\":\"" + formula(random, 60) + "\",\"wrt\":\"x\"}");
      case 5 ->
          new Request("evaluate", "{\"expr\":\"x'*A*x\",\"size\":{\"n\":20},\"gradient\":\"x\"}");
      case 6 -> new Request("evaluate", "{\"expr\":\"x*x'*A\",\"size\":{\"n\":100000}}");
      case 7 ->
          new Request("minimize", "{\"expr\":\"norm2(x - [1;2])^2\",\"subject\":\"sum(x) = 1\"}");
      case 8 -> new Request("convex", "{\"expr\":\"log(sum(exp(x)))\"}");
      case 9 -> new Request("plot", "{\"expr\":\"x^2 - y^2\",\"where\":\"x, y: scalar\"}");
      case 10 -> new Request("check", good.replace("}", ",\"claim\":\"2*A*x\"}"));
      case 11 -> new Request("nothing", good);
      case 12 -> new Request("derivative", "{\"expr\":\"" + "(".repeat(5000) + "\",\"wrt\":\"x\"}");
      case 13 ->
          random.nextInt(20) == 0
              ? new Request("derivative", HEAVY)
              : new Request("derivative", good);
      case 14 -> new Request("derivative", "\\\\href{javascript:alert(1)}<script>" + good);
      default -> new Request("derivative", good);
    };
  }

  private static String cut(String text, Random random) {
    return text.substring(0, random.nextInt(text.length()));
  }

  private static String garbage(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int k = 0; k < length; k++) text.append((char) (32 + random.nextInt(95)));
    return text.toString();
  }

  private static String formula(Random random, int length) {
    List<String> parts =
        List.of("x", "A", "*", "+", "'", "(", ")", "^2", "exp(", "sum(", "inv(", "-");
    List<String> text = new ArrayList<>();
    for (int k = 0; k < length; k++) text.add(parts.get(random.nextInt(parts.size())));
    return String.join("", text);
  }
}
