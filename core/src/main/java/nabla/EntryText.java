package nabla;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nabla.tensor.Variable;

/**
 * Says what an entry of a derivative is: {@code ∂f/∂x_i}, {@code ∂y_j/∂x_i}, {@code ∂²f/∂x_i∂x_j}.
 */
final class EntryText {
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  private EntryText() {}

  /**
   * @param names the name of each axis, those of the variables first
   */
  static String of(Chain chain, Map<Integer, String> names) {
    return chain.operator.isTrace()
        ? sum(chain, List.copyOf(names.values()))
        : of(chain.by, chain.own(), names);
  }

  /** {@code sum of ∂²f/∂x_i∂x_i over i}. */
  private static String sum(Chain chain, List<String> left) {
    int pairs = chain.by.getFirst().rank();
    List<String> summed =
        Stream.of("i", "j", "r", "s", "t", "u", "v", "w")
            .filter(name -> !left.contains(name))
            .limit(pairs)
            .toList();
    Map<Integer, String> names = new HashMap<>();
    for (int k = 0; k < pairs; k++) {
      names.put(k, summed.get(k));
      names.put(pairs + k, summed.get(k));
    }
    for (int k = 0; k < left.size(); k++) names.put(2 * pairs + k, left.get(k));
    String entry = of(chain.by, chain.expression.shape().size(), names);
    return pairs == 0 ? entry : "the sum of " + entry + " over " + String.join(",", summed);
  }

  private static String of(List<Variable> by, int own, Map<Integer, String> names) {
    StringBuilder below = new StringBuilder();
    int axis = 0;
    for (Variable v : by) {
      below.append("∂").append(v.name()).append(subscript(names, axis, v.rank()));
      axis += v.rank();
    }
    return "∂" + power(by) + function(own) + subscript(names, axis, own) + "/" + below;
  }

  /** {@code ∂f/∂x}, {@code ∂²f/∂x∂y}; {@code Δf} and {@code ∇·y}. */
  static String label(Chain chain) {
    String function = function(chain.expression.shape().size());
    return switch (chain.operator) {
      case LAPLACIAN -> "Δ" + function;
      case DIVERGENCE -> "∇·" + function;
      default -> label(chain.by, chain.own());
    };
  }

  /** {@code ∂f/∂x}, {@code ∂²f/∂x∂y}. */
  static String label(List<Variable> by, int own) {
    return label(by, function(own));
  }

  /** The same with a letter for the function. */
  static String label(List<Variable> by, String function) {
    StringBuilder below = new StringBuilder();
    for (Variable v : by) below.append("∂").append(v.name());
    return "∂" + power(by) + function + "/" + below;
  }

  /** {@code \frac{\partial f}{\partial x}}. */
  static String latex(List<Variable> by, String function) {
    String order = by.size() == 1 ? "" : "^{" + by.size() + "}";
    StringBuilder below = new StringBuilder();
    for (Variable v : by) below.append("\\partial ").append(v.name()).append(' ');
    return "\\frac{\\partial" + order + " " + function + "}{" + below.toString().strip() + "}";
  }

  /** The order as a superscript; nothing for the first. */
  static String power(List<Variable> by) {
    return by.size() == 1 ? "" : String.valueOf(SUPERSCRIPTS.charAt(Math.min(9, by.size())));
  }

  /** The usual letter: f for a number, y for a vector, Y for more. */
  static String function(int rank) {
    return rank == 0 ? "f" : rank == 1 ? "y" : "Y";
  }

  private static String subscript(Map<Integer, String> names, int from, int count) {
    if (count == 0) return "";
    String indices =
        IntStream.range(from, from + count).mapToObj(names::get).collect(Collectors.joining(","));
    return count == 1 ? "_" + indices : "_{" + indices + "}";
  }
}
